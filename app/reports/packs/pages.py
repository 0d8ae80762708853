"""Routes of packs: what was issued, drafts and their previews, files, comparison, schedules."""

from collections.abc import Iterator
from secrets import token_urlsafe

from starlette.responses import Response

from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.days import show_moment
from app.kernel.errors import NotFound
from app.reports.packs import queries, service, views
from app.reports.packs.forms import DraftForm, IssueForm, SayForm, ScheduleForm
from app.reports.packs.queries import DraftView, PackView
from app.reports.packs.rules import Day, Kind, Weekday
from app.reports.sections.moves import compare, drivers
from app.reports.sections.rules import Audience, Content, Section, Table
from app.reports.writers import MEDIA_TYPE, workbook
from app.web.forms import Submission
from app.web.page import Page
from app.web.pdf import make_pdf
from app.web.routes import Id, NoAnswers, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/packs")
PDF = "application/pdf"
# Letters that a column always has room for, and those that it has at most, beside others.
NARROW, WIDEST = 16, 48
# So many columns fill the page by themselves.
MANY = 6


@routes.get("", needs=Act.PACK_VIEW, name="packs.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    return page.show(
        "reports/packs/index.html",
        drafts=queries.list_drafts(uow) if page.may(Act.PACK_BUILD) else [],
        issued=queries.list_issued(uow, query.get("page")),
        page_url=lambda number: f"/packs?page={number}",
    )


@routes.get("/new", needs=Act.PACK_BUILD, name="packs.draft_form")
def draft_form(uow: UnitOfWork, page: Page, form: Submission[DraftForm]) -> Response:
    contracts = contract.list_contracts(uow)
    form.start(contract_id=contracts[0].id if len(contracts) == 1 else None)
    return page.show(
        "reports/packs/new.html",
        form=form,
        contracts=[(one.id, one.name) for one in contracts],
        kinds=[(one.value, one.label) for one in Kind],
        lots=contract.lot_choices(uow),
        issued=views.issued_of_now(uow),
    )


@routes.post("/new", needs=Act.PACK_BUILD, name="packs.draft", shows=draft_form)
def draft(uow: UnitOfWork, page: Page, form: Submission[DraftForm]) -> Response:
    sent = form.valid
    draft_id = service.draft(uow, sent.contract_id, sent.kind, sent.lot)
    return page.go("packs.draft_show", "The pack is drafted.", draft_id=draft_id)


@routes.get("/drafts/{draft_id}", needs=Act.PACK_BUILD, name="packs.draft_show")
def show_draft(draft_id: Id, uow: UnitOfWork, page: Page, form: Submission[SayForm]) -> Response:
    one = queries.find_draft(uow, draft_id)
    form.start(version=one.version, remarks=one.remarks, decisions=one.decisions)
    return page.show(
        "reports/packs/draft.html",
        draft=one,
        why_not=views.why_not(uow, one),
        form=form,
        key=token_urlsafe(18),
    )


@routes.post("/drafts/{draft_id}", needs=Act.PACK_BUILD, name="packs.draft_say", shows=show_draft)
def say(draft_id: Id, uow: UnitOfWork, page: Page, form: Submission[SayForm]) -> Response:
    sent = form.valid
    service.say(uow, draft_id, sent.remarks, sent.decisions, version=form.ask_version())
    return page.go("packs.draft_show", "It is saved in the draft.", draft_id=draft_id)


@routes.post("/drafts/{draft_id}/drop", needs=Act.PACK_BUILD, name="packs.draft_drop")
def drop(draft_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.drop(uow, draft_id)
    return page.go("packs.index", "The draft is gone.")


@routes.get("/drafts/{draft_id}/preview", needs=Act.PACK_BUILD, name="packs.preview")
def preview(draft_id: Id, uow: UnitOfWork, page: Page, query: Query) -> Response:
    one, content = _draft_content(uow, draft_id, query)
    return page.show(
        "reports/packs/draft_preview.html",
        draft=one,
        content=content,
        audiences=one.kind.audiences,
    )


@routes.get("/drafts/{draft_id}/pack.pdf", needs=Act.PACK_BUILD, name="packs.draft_pdf")
def draft_pdf(draft_id: Id, uow: UnitOfWork, page: Page, query: Query) -> Response:
    one, content = _draft_content(uow, draft_id, query)
    made = _pdf(content, f"DRAFT · {content.mark}", f"Drafted by {page.actor.name}")
    return page.download([made], f"draft-{one.id}-{content.audience.value}.pdf", PDF)


@routes.get("/drafts/{draft_id}/pack.xlsx", needs=Act.PACK_BUILD, name="packs.draft_xlsx")
def draft_xlsx(draft_id: Id, uow: UnitOfWork, page: Page, query: Query) -> Response:
    one, content = _draft_content(uow, draft_id, query)
    made = workbook(content, {"Status": "Draft", "Made by": page.actor.name})
    return page.download([made], f"draft-{one.id}-{content.audience.value}.xlsx", MEDIA_TYPE)


@routes.get("/drafts/{draft_id}/issue", needs=Act.PACK_ISSUE, name="packs.issue_form")
def issue_form(draft_id: Id, uow: UnitOfWork, page: Page, form: Submission[IssueForm]) -> Response:
    one = queries.find_draft(uow, draft_id)
    form.start(version=one.version)
    why_not = views.why_not(uow, one)
    return page.show("reports/packs/issue.html", draft=one, why_not=why_not, form=form)


@routes.post("/drafts/{draft_id}/issue", needs=Act.PACK_ISSUE, name="packs.issue", shows=issue_form)
def issue(draft_id: Id, uow: UnitOfWork, page: Page, form: Submission[IssueForm]) -> Response:
    pack_id = service.issue(uow, draft_id, form.valid.changed, version=form.ask_version())
    return page.go("packs.show", "The pack is issued.", pack_id=pack_id)


@routes.get("/schedules", needs=Act.PACK_SCHEDULE, name="packs.schedules")
def schedules(uow: UnitOfWork, page: Page, form: Submission[ScheduleForm]) -> Response:
    contracts = contract.list_contracts(uow)
    form.start(contract_id=contracts[0].id if len(contracts) == 1 else None)
    return page.show(
        "reports/packs/schedules.html",
        form=form,
        schedules=[
            (row, queries.day_of(row).words(row.kind)) for row in queries.list_schedules(uow)
        ],
        names={one.id: one.name for one in contracts},
        contracts=[(one.id, one.name) for one in contracts],
        kinds=[(one.value, one.label) for one in Kind if one.can_be_scheduled],
        weekdays=[(one.value, one.label) for one in Weekday],
        key=token_urlsafe(18),
    )


@routes.post("/schedules", needs=Act.PACK_SCHEDULE, name="packs.schedule", shows=schedules)
def schedule(uow: UnitOfWork, page: Page, form: Submission[ScheduleForm]) -> Response:
    sent = form.valid
    weekday = int(sent.weekday) if sent.weekday is not None else None
    service.set_schedule(uow, sent.contract_id, sent.kind, Day(weekday, sent.month_day))
    return page.go("packs.schedules", "The schedule is set.")


@routes.post("/schedules/{schedule_id}/end", needs=Act.PACK_SCHEDULE, name="packs.schedule_end")
def end_schedule(schedule_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.end_schedule(uow, schedule_id)
    return page.go("packs.schedules", "The pack is drafted by hand from now on.")


@routes.get("/{pack_id}", needs=Act.PACK_VIEW, name="packs.show")
def show(pack_id: Id, uow: UnitOfWork, page: Page, query: Query) -> Response:
    one, editions, content = _issued(uow, pack_id, query)
    return page.show(
        "reports/packs/show.html",
        pack=one,
        editions=editions,
        content=content,
        digest=next(of.digest for of in editions if of.audience is content.audience),
        revisions=queries.revisions_of(uow, one),
        before=queries.issue_before(uow, one),
        drafted=views.drafted_again(uow, one) if page.may(Act.PACK_ISSUE) else None,
        key=Submission(NoAnswers).key,
    )


@routes.get("/{pack_id}/pack.pdf", needs=Act.PACK_VIEW, name="packs.pdf")
def pack_pdf(pack_id: Id, uow: UnitOfWork, page: Page, query: Query) -> Response:
    one, _, content = _issued(uow, pack_id, query, "pack as a document")
    made = _pdf(content, content.mark, _issued_words(one))
    return page.download([made], f"{one.file_name(content.audience)}.pdf", PDF)


@routes.get("/{pack_id}/pack.xlsx", needs=Act.PACK_VIEW, name="packs.xlsx")
def pack_xlsx(pack_id: Id, uow: UnitOfWork, page: Page, query: Query) -> Response:
    one, editions, content = _issued(uow, pack_id, query, "pack as a workbook")
    digest = next(of.digest for of in editions if of.audience is content.audience)
    stamp = {"Status": _issued_words(one), "Pack": one.title, "SHA-256": digest}
    name = f"{one.file_name(content.audience)}.xlsx"
    return page.download([workbook(content, stamp)], name, MEDIA_TYPE)


@routes.get("/{pack_id}/compare", needs=Act.PACK_VIEW, name="packs.compare")
def moved(pack_id: Id, uow: UnitOfWork, page: Page, query: Query) -> Response:
    one, _, content = _issued(uow, pack_id, query)
    earlier = _earlier(uow, one, query)
    before = queries.read_edition(uow, earlier, content.audience)
    # What two issues about one period tell otherwise was put right: no cause lies between them.
    again = one.number == earlier.number
    return page.show(
        "reports/packs/compare.html",
        pack=one,
        earlier=earlier,
        audience=content.audience,
        moved=compare(before, content),
        again=again,
        drivers=[] if again else drivers(before, content),
    )


@routes.post("/{pack_id}/receipt", needs=Act.PACK_RECEIVE, name="packs.receive")
def receive(pack_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.receive(uow, pack_id)
    return page.go("packs.show", "It is kept that the council received it.", pack_id=pack_id)


@routes.post("/{pack_id}/again", needs=Act.PACK_ISSUE, name="packs.again")
def again(pack_id: Id, uow: UnitOfWork, page: Page) -> Response:
    draft_id = service.draft_again(uow, pack_id)
    return page.go("packs.draft_show", "A further issue is drafted.", draft_id=draft_id)


def _draft_content(uow: UnitOfWork, draft_id: int, query: Query) -> tuple[DraftView, Content]:
    one = queries.find_draft(uow, draft_id)
    audience = _asked(query, list(one.kind.audiences))
    return one, queries.build(uow, one.about, audience, one.said)


def _issued(
    uow: UnitOfWork, pack_id: int, query: Query, what: str = "pack"
) -> tuple[PackView, list[queries.EditionView], Content]:
    """An issue with the edition that is asked for; looking at references is kept."""
    one = queries.find_issue(uow, pack_id)
    editions = queries.editions_of(uow, one)
    audience = _asked(query, [of.audience for of in editions])
    content = queries.read_edition(uow, one, audience)
    if audience.is_exact:
        for lot in contract.list_lots(uow):
            if lot.contract_id == one.contract_id and one.lot_id in (None, lot.id):
                uow.seen(lot_id=lot.id or 0, what=what)
    return one, editions, content


def _asked(query: Query, known: list[Audience]) -> Audience:
    """The audience that the address asks for, or the first of those that there are."""
    if not known:
        raise NotFound
    return next((one for one in known if one == query.get("for")), known[0])


def _earlier(uow: UnitOfWork, one: PackView, query: Query) -> PackView:
    """The revision that the address asks for, or the pack before."""
    revisions = {str(of.revision): of for of in queries.revisions_of(uow, one)}
    earlier = revisions.get(query.get("revision", "")) or queries.issue_before(uow, one)
    if earlier is None:
        raise NotFound
    return earlier


def _issued_words(one: PackView) -> str:
    return f"{one.name}, issued by {one.issued_by} on {show_moment(one.issued_at)}"


def _pdf(content: Content, mark: str, by: str) -> bytes:
    return make_pdf(
        "reports/packs/pack.typ",
        {
            "contract": content.contract,
            "mark": mark,
            "as_at": show_moment(content.as_at),
            "by": by,
            "title": content.title,
            "about": [
                ["About", content.about],
                ["Period", content.period.words],
                ["For", content.audience.label],
                ["Status", by],
            ],
            "sections": list(_sections(content)),
        },
        content.as_at,
    )


def _sections(content: Content) -> Iterator[dict[str, object]]:
    for section in content.sections:
        yield {
            "title": section.title,
            "words": list(section.words),
            "tables": _tables(section),
        }


def _tables(section: Section) -> list[dict[str, object]]:
    return [
        {
            "title": table.title,
            "head": [head.title for head in table.columns],
            "right": [place for place, head in enumerate(table.columns) if head.shown.is_right],
            "rows": table.said(),
            "widths": _widths(table),
            "definition": f"{table.definition} Version {table.version}.",
            "stamp": f"As at {show_moment(table.as_at)} · SHA-256 {table.digest}",
        }
        for table in section.tables
    ]


def _widths(table: Table) -> list[int]:
    """Each column's part of the page by its longest words; 0 for one as wide as what it holds."""
    rows = table.said()
    longest = [
        max((len(row[place]) for row in rows), default=0) for place in range(len(table.columns))
    ]
    parts = [min(letters, WIDEST) if letters > NARROW else 0 for letters in longest]
    return parts if any(parts) or len(parts) > MANY else [1, *parts[1:]]
