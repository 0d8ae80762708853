"""Routes of importing: send a list, say what its columns hold, look at it, confirm it."""

import secrets
from functools import partial

from starlette.responses import Response

from app.contract import queries as contract
from app.exchange.imports import queries
from app.exchange.imports.forms import ColumnsForm, UploadForm
from app.exchange.imports.queries import Batch, SheetView
from app.exchange.imports.rules import FIELD_NAMES, IMPORTED, Stage, Verdict
from app.exchange.imports.service import background, receiving, telling
from app.exchange.imports.service.confirming import begin_confirming, confirm
from app.exchange.imports.service.receiving import Sent
from app.exchange.imports.service.staging import limits_of, stage
from app.exchange.imports.service.undoing import begin_undoing, undo
from app.exchange.layouts import Field, Layout
from app.kernel.acts import Act
from app.kernel.csvs import MEDIA_TYPE, csv_rows
from app.kernel.errors import Invalid, NotFound
from app.settings import MEBIBYTE
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

# The form around a file of the largest size; what an installation allows is checked on reading.
MOST_SENT = 51 * MEBIBYTE
LISTS = [
    ("", "Every list in the file"),
    *((layout.value, layout.label) for layout in list(Layout)[:-1]),
    (Layout.PLAIN.value, "A list in the council’s own columns"),
]
Sample = tuple[str, int, list[str], list[queries.SampleRow]]
NO_FILE = "Choose the file to import."
REFUSED_HEADER = ("Sheet", "Line", "Column", "Reason")

routes = Routes("/imports")


@routes.get("", needs=Act.IMPORT_RUN, name="imports.index")
def index(uow: UnitOfWork, page: Page, form: Submission[UploadForm]) -> Response:
    form.start(listed_on=uow.today)
    if form.sent and not _has_file(form) and form.error("file") is None:
        form.fail("file", NO_FILE)
    return page.show(
        "exchange/imports.html",
        form=form,
        lots=[(lot.id, lot.name) for lot in contract.list_lots(uow) if lot.closed_on is None],
        lists=LISTS,
        batches=queries.list_batches(uow),
    )


@routes.post("", needs=Act.IMPORT_RUN, name="imports.upload", shows=index, max_body=MOST_SENT)
def upload(uow: UnitOfWork, page: Page, form: Submission[UploadForm]) -> Response:
    if not _has_file(form):
        raise Invalid("file", NO_FILE)
    sent, answers = form.files["file"], form.valid
    batch_id = receiving.receive(
        uow,
        answers.lot_id,
        Sent(sent.file, sent.filename or "", answers.listed_on, answers.only),
    )
    _read_on(page, uow, batch_id)
    return page.go("imports.show", batch_id=batch_id)


@routes.get("/{batch_id}", needs=Act.IMPORT_RUN, name="imports.show")
def show(batch_id: Id, uow: UnitOfWork, page: Page) -> Response:
    batch = queries.find_batch(uow, batch_id)
    if batch.stage is Stage.MAPPING:
        return page.go("imports.columns", batch_id=batch_id)
    previewed = batch.stage is Stage.PREVIEWED
    return page.show(
        "exchange/import.html",
        batch=batch,
        under_way=batch.is_under_way(uow.now),
        reached=telling.reached(batch.kept_as),
        sheets=queries.list_sheets(uow, batch_id),
        refused=list(queries.list_refused(uow, batch_id, queries.SHOWN)),
        samples=_samples(uow, batch) if previewed else [],
        names=FIELD_NAMES,
        key=secrets.token_urlsafe(18),
    )


@routes.get("/{batch_id}/progress", needs=Act.IMPORT_RUN, name="imports.progress", polled=True)
def progress(batch_id: Id, uow: UnitOfWork, page: Page) -> Response:
    batch = queries.find_batch(uow, batch_id)
    if not batch.is_under_way(uow.now):
        return page.go("imports.show", batch_id=batch_id)
    reached = telling.reached(batch.kept_as)
    return page.show("exchange/_import_progress.html", batch=batch, reached=reached)


@routes.get("/{batch_id}/columns", needs=Act.IMPORT_RUN, name="imports.columns")
def columns(
    batch_id: Id, uow: UnitOfWork, page: Page, query: Query, form: Submission[ColumnsForm]
) -> Response:
    batch = queries.find_batch(uow, batch_id)
    if batch.stage is not Stage.MAPPING:
        return page.go("imports.show", batch_id=batch_id)
    sheets = queries.list_sheets(uow, batch_id)
    sheet = _asked_for(sheets, query.get("sheet") or form.value("sheet_id"))
    if sheet is not None:
        places = {name: place for place, name in reversed(list(enumerate(sheet.headers)))}
        known = {field: places.get(header) for field, header in sheet.mapping.items()}
        form.start(sheet_id=sheet.id, **known)
    return page.show(
        "exchange/columns.html",
        form=form,
        batch=batch,
        sheets=sheets,
        sheet=sheet,
        alike=[one for one in sheets if sheet and one != sheet and one.headers == sheet.headers],
        names=FIELD_NAMES,
        key=secrets.token_urlsafe(18),
    )


@routes.post(
    "/{batch_id}/columns", needs=Act.IMPORT_RUN, name="imports.choose_columns", shows=columns
)
def choose_columns(
    batch_id: Id, uow: UnitOfWork, page: Page, form: Submission[ColumnsForm]
) -> Response:
    answers = form.valid.model_dump(exclude={"sheet_id", "together"}, exclude_none=True)
    sheet = _asked_for(queries.list_sheets(uow, batch_id), str(form.valid.sheet_id))
    if sheet is None:
        raise NotFound
    mapping = {Field(name): _header(sheet, name, place) for name, place in answers.items()}
    receiving.choose_columns(uow, batch_id, sheet.id, mapping, together=form.valid.together)
    _read_on(page, uow, batch_id)
    return page.go("imports.show", batch_id=batch_id)


@routes.post("/{batch_id}/confirm", needs=Act.IMPORT_RUN, name="imports.confirm")
def confirm_all(batch_id: Id, uow: UnitOfWork, page: Page) -> Response:
    begin_confirming(uow, batch_id)
    background.start(confirm, page.site.database, uow.actor, batch_id)
    return page.go("imports.show", batch_id=batch_id)


@routes.post("/{batch_id}/confirm-good-rows", needs=Act.IMPORT_RUN, name="imports.confirm_good")
def confirm_good_rows(batch_id: Id, uow: UnitOfWork, page: Page) -> Response:
    begin_confirming(uow, batch_id, good_rows=True)
    background.start(confirm, page.site.database, uow.actor, batch_id)
    return page.go("imports.show", batch_id=batch_id)


@routes.post("/{batch_id}/discard", needs=Act.IMPORT_RUN, name="imports.discard")
def discard(batch_id: Id, uow: UnitOfWork, page: Page) -> Response:
    receiving.discard(uow, batch_id)
    return page.go("imports.index", notice="The list was discarded. Nothing was imported.")


@routes.get("/{batch_id}/undo", needs=Act.IMPORT_UNDO, name="imports.undo_form")
def undo_form(batch_id: Id, uow: UnitOfWork, page: Page) -> Response:
    batch = queries.find_batch(uow, batch_id)
    if batch.stage not in IMPORTED or batch.is_under_way(uow.now):
        return page.go("imports.show", batch_id=batch_id)
    return page.show(
        "exchange/imports/undo.html",
        batch=batch,
        obstacles=queries.in_the_way(uow, batch_id),
        effect=queries.effect(uow, batch_id),
        key=secrets.token_urlsafe(18),
    )


@routes.post("/{batch_id}/undo", needs=Act.IMPORT_UNDO, name="imports.undo")
def undo_import(batch_id: Id, uow: UnitOfWork, page: Page) -> Response:
    begin_undoing(uow, batch_id)
    background.start(undo, page.site.database, uow.actor, batch_id)
    return page.go("imports.show", batch_id=batch_id)


@routes.get("/{batch_id}/refused.csv", needs=Act.IMPORT_RUN, name="imports.refused")
def refused(batch_id: Id, uow: UnitOfWork, page: Page) -> Response:
    queries.find_batch(uow, batch_id)
    lines = queries.list_refused(uow, batch_id)
    rows = ((one.sheet, one.line, one.column, one.reason) for one in lines)
    name = f"refused-{secrets.token_hex(4)}.csv"
    return page.download(csv_rows(REFUSED_HEADER, rows), name, MEDIA_TYPE)


def _has_file(form: Submission[UploadForm]) -> bool:
    sent = form.files.get("file")
    return sent is not None and bool(sent.filename)


def _read_on(page: Page, uow: UnitOfWork, batch_id: int) -> None:
    work = partial(stage, limits=limits_of(page.site.settings))
    background.start(work, page.site.database, uow.actor, batch_id)


def _samples(uow: UnitOfWork, batch: Batch) -> list[Sample]:
    """The first rows of each kind, with the fields that any of them holds."""
    wanted = (
        ("New rows", batch.new, Verdict.NEW),
        ("Changed rows", batch.changed, Verdict.CHANGED),
        ("Differences to settle", batch.differences, None),
    )
    samples = []
    for title, number, verdict in wanted:
        if number:
            rows = queries.list_sample(uow, batch.id, verdict)
            held = [name for name in FIELD_NAMES if any(name in row.facts for row in rows)]
            samples.append((title, number, held[1:], rows))
    return samples


def _asked_for(sheets: list[SheetView], sheet_id: str) -> SheetView | None:
    """The sheet that was chosen; where there is only one, that."""
    if len(sheets) == 1:
        return sheets[0]
    return next((sheet for sheet in sheets if str(sheet.id) == sheet_id), None)


def _header(sheet: SheetView, name: str, place: int) -> str:
    if place >= len(sheet.headers):
        raise Invalid(name, "Choose one of the list’s columns.")
    return sheet.headers[place]
