"""Routes of the counts of the workforce that measures are worked out from."""

from secrets import token_urlsafe

from starlette.responses import Response

from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.csvs import MEDIA_TYPE, csv_rows
from app.performance.workforce import queries, service
from app.performance.workforce.forms import CountForm
from app.performance.workforce.rules import EQUIVALENTS, show_equivalents
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/measures/workforce")
HEADER = (
    "Lot",
    "Counted for",
    "Social workers in post (FTE)",
    "Agency workers (FTE)",
    "Vacant posts (FTE)",
    "Left in twelve months (FTE)",
    "Contracted workers",
    "Source",
)


@routes.get("", needs=Act.PROGRESS_VIEW, name="workforce.index")
def index(uow: UnitOfWork, page: Page) -> Response:
    return page.show(
        "performance/workforce/index.html",
        counts=queries.list_counts(uow),
        lots=contract.lot_choices(uow),
        equivalents=show_equivalents,
    )


@routes.get("/export.csv", needs=Act.PROGRESS_VIEW, name="workforce.export")
def export(uow: UnitOfWork, page: Page) -> Response:
    rows = [
        (
            one.lot,
            one.counted.as_at.isoformat(),
            *(f"{getattr(one.counted, name) / 100:.2f}" for name in EQUIVALENTS),
            str(one.counted.contracted),
            one.counted.source,
        )
        for one in queries.list_counts(uow)
    ]
    return page.download(csv_rows(HEADER, rows), "workforce.csv", MEDIA_TYPE)


@routes.get("/lots/{lot_id}", needs=Act.WORKFORCE_RECORD, name="workforce.form")
def new_form(lot_id: Id, uow: UnitOfWork, page: Page, form: Submission[CountForm]) -> Response:
    lot = contract.find_lot(uow, lot_id)
    form.start(as_at=uow.today)
    action = page.site.url("workforce.record", lot_id=lot_id)
    return _form(page, form, action, f"Count the workforce of {lot.name}")


@routes.post("/lots/{lot_id}", needs=Act.WORKFORCE_RECORD, name="workforce.record", shows=new_form)
def record(lot_id: Id, uow: UnitOfWork, page: Page, form: Submission[CountForm]) -> Response:
    service.record(uow, lot_id, form.valid.counted)
    return page.go("workforce.index", notice="The count is kept.")


@routes.get("/{count_id}", needs=Act.WORKFORCE_RECORD, name="workforce.edit")
def edit_form(count_id: Id, uow: UnitOfWork, page: Page, form: Submission[CountForm]) -> Response:
    row = queries.find_count(uow, count_id)
    said = vars(queries.counted_of(row))
    shown = {name: f"{said[name] / 100:g}" for name in EQUIVALENTS}
    form.start(version=row.version, **said | shown)
    action = page.site.url("workforce.correct", count_id=count_id)
    lot = contract.find_lot(uow, row.lot_id)
    return _form(page, form, action, f"Correct the count of {lot.name}", removes=count_id)


@routes.post("/{count_id}", needs=Act.WORKFORCE_RECORD, name="workforce.correct", shows=edit_form)
def correct(count_id: Id, uow: UnitOfWork, page: Page, form: Submission[CountForm]) -> Response:
    service.correct(uow, count_id, form.valid.counted, version=form.ask_version())
    return page.go("workforce.index", notice="The count is corrected.")


@routes.post("/{count_id}/remove", needs=Act.WORKFORCE_RECORD, name="workforce.remove")
def remove(count_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.remove(uow, count_id)
    return page.go("workforce.index", notice="The count is taken away.")


def _form(
    page: Page, form: Submission[CountForm], action: str, title: str, removes: int = 0
) -> Response:
    return page.show(
        "performance/workforce/count.html",
        form=form,
        action=action,
        title=title,
        removes=removes,
        key=token_urlsafe(18),
    )
