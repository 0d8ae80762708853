"""Routes of delays: the list, a case's own, the weekly sheet, days lost, and the acts on one."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from starlette.responses import Response

from app.access.roles import Role
from app.cases.actions import queries as actions
from app.cases.actions.rules import What
from app.cases.delays import queries, rules, service
from app.cases.delays.forms import ChangeForm, DelayForm, EndForm, ReplyForm
from app.cases.delays.queries import DelayFilter, DelayRow, Show
from app.cases.delays.rules import Ask, DelayReason, Reply, Terms
from app.cases.delays.service import RESTS, Replied
from app.cases.ladder import queries as ladder
from app.cases.ladder.forms import DecisionForm
from app.cases.ladder.rules import OF_DELAYS
from app.cases.register import queries as register
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.clock import Holder
from app.kernel.days import show_date, week_beginning
from app.kernel.errors import NotFound, Refused
from app.web import charts
from app.web.charts import Chart, Column
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes()
WEEKS = 12
# A column of the chart has eight parts at most; the last stands for every other reason.
PARTS = 7
MARK = "OFFICIAL-SENSITIVE"
HOLDERS = [(one.value, one.label) for one in Holder]
ASKS = [(one.value, one.label) for one in Ask]


@routes.get("/delays", needs=Act.DELAY_VIEW, name="delays.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    lots = contract.lot_choices(uow)
    first = week_beginning(rules.weeks_back(uow.today, WEEKS)[0])
    wanted = DelayFilter.read(query, dict(lots), first)
    delays = queries.list_delays(uow, wanted, query.get("page"))
    return page.show(
        "cases/delays/index.html",
        delays=delays,
        wanted=wanted,
        shows=list(Show),
        lots=lots,
        reasons=[(one.value, one.label) for one in DelayReason],
        holders=HOLDERS,
        page_url=lambda number: wanted.url(number),
    )


@routes.get("/delays/lost", needs=Act.DELAY_VIEW, name="delays.lost")
def lost(uow: UnitOfWork, page: Page, query: Query) -> Response:
    lots = contract.lot_choices(uow)
    lot = next((one for one, _ in lots if str(one) == query.get("lot")), None)
    endings = rules.weeks_back(uow.today, WEEKS)
    first = week_beginning(endings[0])
    stretches = queries.list_lost(uow, first, lot)
    by_week = rules.lost_by_week(stretches, endings, uow.today)
    return page.show(
        "cases/delays/lost.html",
        lots=lots,
        lot=lot,
        lot_names=dict(lots),
        first=first,
        weeks=WEEKS,
        chart=_chart(by_week, endings),
        by_reason={reason: sum(days) for reason, days in by_week.items()},
        holder_names=dict(HOLDERS),
        totals=rules.totals(stretches, first, uow.today),
        link=DelayFilter(Show.LOST, lot, since=first),
    )


def _chart(by_week: Mapping[DelayReason, Sequence[int]], endings: Sequence[Any]) -> Chart:
    named, others = list(by_week.items())[:PARTS], list(by_week.values())[PARTS:]
    columns = tuple(
        Column(
            ending,
            (
                *(days[place] for _, days in named),
                *([sum(days[place] for days in others)] if others else []),
            ),
        )
        for place, ending in enumerate(endings)
    )
    parts = (*(reason.label for reason, _ in named), *(["Other reasons"] if others else []))
    return charts.stacked(columns, parts=parts, title="Days lost by reason", unit="days")


@routes.get("/delays/sheet", needs=Act.DELAY_VIEW, name="delays.sheet")
def sheet(uow: UnitOfWork, page: Page, query: Query) -> Response:
    lots = contract.lot_choices(uow)
    lot = _lot(lots, query)
    return page.show(
        "cases/delays/sheet.html",
        sheet=queries.sheet(uow, lot),
        lots=lots,
        lot=lot,
        lot_name=dict(lots).get(lot, ""),
    )


@routes.get("/delays/sheet.pdf", needs=Act.DELAY_VIEW, name="delays.sheet_pdf")
def sheet_pdf(uow: UnitOfWork, page: Page, query: Query) -> Response:
    lots = contract.lot_choices(uow)
    lot = _lot(lots, query)
    held = queries.sheet(uow, lot)
    return page.pdf(
        "cases/delays/sheet.typ",
        f"delays-{uow.today.isoformat()}.pdf",
        MARK,
        lot=dict(lots).get(lot, ""),
        total=held.total,
        rows=[_told(row, held, uow) for row in held.rows],
    )


def _told(row: DelayRow, held: queries.Sheet, uow: UnitOfWork) -> list[str]:
    said = held.replies[row.id][-1:]
    last = " ".join(
        f"{one.reply.label}{f' ({show_date(one.until)})' if one.until else ''}. {one.note}".strip()
        for one in said
    )
    solution = f": {row.solution}" if row.solution else ""
    return [
        row.reference,
        row.reason.label,
        str(row.days(uow.today)),
        show_date(row.expected_end),
        f"{row.ask.label}{solution}",
        last,
    ]


def _lot(lots: Sequence[tuple[int, str]], query: Query) -> int:
    """The lot asked for, or the reader's first; nobody without a lot has a sheet."""
    asked = [lot for lot, _ in lots if str(lot) == query.get("lot")]
    found = next(iter([*asked, *(lot for lot, _ in lots)]), None)
    if found is None:
        raise NotFound
    return found


@routes.get("/cases/{case_id}/delays", needs=Act.DELAY_VIEW, name="delays.show")
def show(case_id: Id, uow: UnitOfWork, page: Page) -> Response:
    case = register.case_view(uow, case_id)
    uow.seen(lot_id=case.lot_id, case_id=case.id, what="delays")
    delays = queries.of_case(uow, case_id)
    return page.show(
        "cases/delays/case.html",
        case=case,
        delays=delays,
        replies=queries.replies_to(uow, [delay.id for delay in delays]),
        standings=queries.standings(uow, delays),
        steps=[step for step in ladder.steps_of(uow, case_id) if step.delay_id is not None],
        reasons={delay.id: delay.reason.label for delay in delays},
        key=secrets.token_urlsafe(18),
    )


@routes.get("/cases/{case_id}/delays/new", needs=Act.DELAY_RECORD, name="delays.form")
def record_form(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[DelayForm]) -> Response:
    case = register.case_view(uow, case_id)
    form.start(
        begins_on=uow.today,
        expected_end=uow.today + timedelta(days=14),
        owner_id=uow.actor.user_id,
        ask=Ask.NOTHING.value,
    )
    may_choose = uow.actor.role is not Role.PRACTITIONER
    return page.show(
        "cases/delays/record.html",
        form=form,
        case=case,
        reasons=[
            (one.value, one.label)
            for one in DelayReason
            if may_choose or one is not DelayReason.PURPOSEFUL
        ],
        holders=HOLDERS,
        owners=actions.possible_owners(uow, case_id),
        asks=ASKS,
    )


@routes.post(
    "/cases/{case_id}/delays/new", needs=Act.DELAY_RECORD, name="delays.record", shows=record_form
)
def record(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[DelayForm]) -> Response:
    said = form.valid.model_dump()
    said["holder"] = said["holder"] or form.valid.reason.holder
    service.record(uow, case_id, Terms(**said))
    return page.go("delays.show", case_id=case_id, notice="The delay is recorded.")


@routes.get("/delays/{delay_id}/change", needs=Act.DELAY_RECORD, name="delays.change_form")
def change_form(
    delay_id: Id, uow: UnitOfWork, page: Page, form: Submission[ChangeForm]
) -> Response:
    delay = queries.find(uow, delay_id)
    form.start(
        version=delay.version,
        **{name: getattr(delay, name) for name in ChangeForm.model_fields},
    )
    return page.show(
        "cases/delays/change.html",
        form=form,
        delay=delay,
        holders=HOLDERS,
        owners=actions.possible_owners(uow, delay.case_id),
        asks=ASKS,
    )


@routes.post(
    "/delays/{delay_id}/change", needs=Act.DELAY_RECORD, name="delays.change", shows=change_form
)
def change(delay_id: Id, uow: UnitOfWork, page: Page, form: Submission[ChangeForm]) -> Response:
    delay = queries.find(uow, delay_id)
    terms = Terms(reason=delay.reason, begins_on=delay.begins_on, **form.valid.model_dump())
    form.call("owner_id", actions.possible_owners(uow, delay.case_id))
    service.change(uow, delay_id, terms, version=form.ask_version())
    return page.go("delays.show", case_id=delay.case_id, notice="The delay is changed.")


@routes.get("/delays/{delay_id}/end", needs=Act.DELAY_RECORD, name="delays.end_form")
def end_form(delay_id: Id, uow: UnitOfWork, page: Page, form: Submission[EndForm]) -> Response:
    form.start(ended_on=uow.today)
    return page.show("cases/delays/end.html", form=form, delay=queries.find(uow, delay_id))


@routes.post("/delays/{delay_id}/end", needs=Act.DELAY_RECORD, name="delays.end", shows=end_form)
def end(delay_id: Id, uow: UnitOfWork, page: Page, form: Submission[EndForm]) -> Response:
    delay = service.end(uow, delay_id, form.valid.ended_on)
    return page.go("delays.show", case_id=delay.case_id, notice="The delay has ended.")


@routes.get("/delays/{delay_id}/reply", needs=Act.DELAY_REPLY, name="delays.reply_form")
def reply_form(delay_id: Id, uow: UnitOfWork, page: Page, form: Submission[ReplyForm]) -> Response:
    delay = queries.find(uow, delay_id)
    form.start(what=What.CHASE_PARTNER.value)
    return page.show(
        "cases/delays/reply.html",
        form=form,
        delay=delay,
        said=queries.replies_to(uow, [delay_id])[delay_id],
        replies=[(one.value, one.label) for one in Reply],
        owners=actions.possible_owners(uow, delay.case_id, uow.actor.organisation),
        kinds=[(one.value, one.label) for one in What],
    )


@routes.post(
    "/delays/{delay_id}/reply", needs=Act.DELAY_REPLY, name="delays.reply", shows=reply_form
)
def reply(delay_id: Id, uow: UnitOfWork, page: Page, form: Submission[ReplyForm]) -> Response:
    delay = service.reply(uow, delay_id, Replied(**form.valid.model_dump()))
    return page.go(
        "delays.sheet", lot=delay.lot_id, notice="The reply is kept, and the case says so."
    )


@routes.post(
    "/delays/{delay_id}/escalation/acknowledge",
    needs=Act.ESCALATION_ACKNOWLEDGE,
    name="delays.acknowledge",
)
def acknowledge(delay_id: Id, uow: UnitOfWork, page: Page) -> Response:
    delay = queries.find(uow, delay_id)
    service.acknowledge(uow, delay_id)
    return page.go("delays.show", case_id=delay.case_id, notice="The escalation is acknowledged.")


@routes.get("/delays/{delay_id}/escalation", needs=Act.ESCALATION_DECIDE, name="delays.decide_form")
def decide_form(
    delay_id: Id, uow: UnitOfWork, page: Page, form: Submission[DecisionForm]
) -> Response:
    delay = queries.find(uow, delay_id)
    reached = queries.standings(uow, [delay]).get(delay_id)
    if reached is None:
        raise Refused(RESTS)
    return page.show(
        "cases/delays/decide.html",
        form=form,
        delay=delay,
        stands=reached.standing,
        decisions=[(one.value, one.label) for one in OF_DELAYS],
    )


@routes.post(
    "/delays/{delay_id}/escalation",
    needs=Act.ESCALATION_DECIDE,
    name="delays.decide",
    shows=decide_form,
)
def decide(delay_id: Id, uow: UnitOfWork, page: Page, form: Submission[DecisionForm]) -> Response:
    delay, said = queries.find(uow, delay_id), form.valid
    service.decide(uow, delay_id, said.decision, said.until, said.note)
    return page.go("delays.show", case_id=delay.case_id, notice="The escalation is decided.")
