"""Routes of edit sheets: make one, take it away, bring it back, apply what changed."""

from starlette.responses import Response

from app.cases.register.filter import CaseFilter, exactly, filter_of
from app.cases.register.queries import count_cases
from app.contract import queries as contract
from app.exchange.editsheets import queries, service
from app.exchange.editsheets.forms import ApplyForm, MakeForm, TakeBackForm
from app.exchange.editsheets.rules import COLUMNS, MOST_AT_ONCE, MOST_CASES, Standing, sheet_name
from app.exchange.exports.rules import needs_purpose
from app.exchange.protected import protected_xlsx
from app.exchange.readers import Limits
from app.kernel.acts import Act
from app.kernel.errors import Invalid
from app.settings import MEBIBYTE
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

MOST_SENT = 5 * MEBIBYTE
LIMITS = Limits(sent=MOST_SENT, unpacked=100 * MEBIBYTE, rows=MOST_CASES + 1, seconds=20)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

routes = Routes("/edit-sheets")


@routes.get("", needs=Act.CASE_CORRECT, name="editsheets.index")
def index(uow: UnitOfWork, page: Page, query: Query, form: Submission[MakeForm]) -> Response:
    wanted = filter_of(form.value("filter")) if form.sent else CaseFilter.read(query)[0]
    form.start(filter=wanted.url("").removeprefix("?"))
    return page.show(
        "exchange/editsheets/index.html",
        form=form,
        wanted=wanted,
        total=count_cases(uow, wanted),
        most=MOST_CASES,
        asks_purpose=needs_purpose(wanted.lot, uow.actor.lot_ids),
        sheets=queries.list_sheets(uow),
    )


@routes.post("", needs=Act.CASE_CORRECT, name="editsheets.make", shows=index)
def make(uow: UnitOfWork, page: Page, form: Submission[MakeForm]) -> Response:
    said = form.valid
    sheet_id = service.make(uow, exactly(said.filter), said.purpose)
    return page.go("editsheets.show", sheet_id=sheet_id)


@routes.get("/{sheet_id}", needs=Act.CASE_CORRECT, name="editsheets.show")
def show(
    sheet_id: Id, uow: UnitOfWork, page: Page, query: Query, form: Submission[TakeBackForm]
) -> Response:
    return _show(uow, page, sheet_id, query, form, Submission(ApplyForm))


@routes.get("/{sheet_id}/apply", needs=Act.CASE_CORRECT, name="editsheets.choosing")
def choosing(
    sheet_id: Id, uow: UnitOfWork, page: Page, query: Query, form: Submission[ApplyForm]
) -> Response:
    return _show(uow, page, sheet_id, query, Submission(TakeBackForm), form)


def _show(
    uow: UnitOfWork,
    page: Page,
    sheet_id: int,
    query: Query,
    form: Submission[TakeBackForm],
    apply_form: Submission[ApplyForm],
) -> Response:
    sheet = queries.find_sheet(uow, sheet_id)
    standings = queries.count_standings(uow, sheet_id)
    return page.show(
        "exchange/editsheets/sheet.html",
        form=form,
        apply_form=apply_form,
        sheet=sheet,
        standings=standings,
        ready=standings[Standing.READY],
        at_once=MOST_AT_ONCE,
        rows=queries.list_changes(uow, sheet_id, sum(standings.values()), query.get("page")),
        page_url=lambda number: f"/edit-sheets/{sheet_id}?page={number}",
    )


# A file of cases leaves as any other does: of several lots, only from somebody just proved.
@routes.get("/{sheet_id}/sheet.xlsx", needs=Act.CASE_EXPORT, name="editsheets.download")
def download(sheet_id: Id, uow: UnitOfWork, page: Page) -> Response:
    sheet = queries.find_sheet(uow, sheet_id)
    rows = [
        (one.case_id, one.version, one.reference, *vars(one.facts).values())
        for one in queries.issued_rows(uow, sheet_id)
    ]
    for lot in contract.list_lots(uow):
        if lot.id is not None and sheet.wanted.lot in (None, lot.id):
            uow.seen(lot_id=lot.id, what=f"Edit sheet: {sheet.wanted.url('cases')}"[:200])
    file = protected_xlsx(sheet_name(sheet_id), COLUMNS, rows)
    return page.download([file], f"edit-sheet-{sheet_id}.xlsx", XLSX)


@routes.post(
    "/{sheet_id}/back",
    needs=Act.CASE_CORRECT,
    name="editsheets.take_back",
    shows=show,
    max_body=MOST_SENT + MEBIBYTE,
)
def take_back(
    sheet_id: Id, uow: UnitOfWork, page: Page, form: Submission[TakeBackForm]
) -> Response:
    sent = form.files.get("file")
    if sent is None or not sent.filename:
        raise Invalid("file", "Choose the workbook to bring back.")
    changed = service.take_back(uow, sheet_id, sent.file, sent.filename, LIMITS)
    rows = "1 row differs" if changed == 1 else f"{changed:,} rows differ"
    notice = f"The sheet is read: {rows}. Nothing is changed yet."
    return page.go("editsheets.show", sheet_id=sheet_id, notice=notice)


@routes.post("/{sheet_id}/apply", needs=Act.CASE_CORRECT, name="editsheets.apply", shows=choosing)
def apply(sheet_id: Id, uow: UnitOfWork, page: Page, form: Submission[ApplyForm]) -> Response:
    chosen = form.valid
    done = service.apply(uow, sheet_id, None if chosen.all else chosen.rows)
    applied = (
        "1 case is corrected" if done.applied == 1 else f"{done.applied:,} cases are corrected"
    )
    left = f"; {done.left:,} could not be, and say why below" if done.left else ""
    return page.go("editsheets.show", sheet_id=sheet_id, notice=f"{applied}{left}.")
