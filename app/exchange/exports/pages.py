"""Routes of exporting: the list of cases as a file, by the same filter as the page."""

import secrets
from collections.abc import Iterator
from typing import IO

from starlette.responses import Response

from app.cases.register.filter import CaseFilter, exactly, filter_of
from app.cases.register.queries import count_cases
from app.exchange.exports import service
from app.exchange.exports.forms import ENDINGS, PurposeForm
from app.exchange.exports.queries import HEADER, case_rows
from app.exchange.exports.rules import needs_purpose
from app.exchange.writers import json_rows, xlsx
from app.kernel.acts import Act
from app.kernel.csvs import MEDIA_TYPE, csv_rows
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Query, Routes
from app.work.uow import UnitOfWork

JSON = "application/json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CHUNK = 1 << 16

routes = Routes("/cases")


@routes.get("/export.csv", needs=Act.CASE_EXPORT, name="exports.csv")
def export_csv(uow: UnitOfWork, page: Page, query: Query) -> Response:
    return _one_lots(uow, page, query, "csv")


@routes.get("/export.xlsx", needs=Act.CASE_EXPORT, name="exports.xlsx")
def export_xlsx(uow: UnitOfWork, page: Page, query: Query) -> Response:
    return _one_lots(uow, page, query, "xlsx")


@routes.get("/export.json", needs=Act.CASE_EXPORT, name="exports.json")
def export_json(uow: UnitOfWork, page: Page, query: Query) -> Response:
    return _one_lots(uow, page, query, "json")


@routes.get("/export", needs=Act.CASE_EXPORT, name="exports.form")
def purpose_form(
    uow: UnitOfWork, page: Page, query: Query, form: Submission[PurposeForm]
) -> Response:
    wanted = filter_of(form.value("filter")) if form.sent else CaseFilter.read(query)[0]
    ending = query.get("ending", "")
    form.start(
        filter=wanted.url("").removeprefix("?"), ending=ending if ending in ENDINGS else "csv"
    )
    return page.show(
        "exchange/exports/purpose.html",
        form=form,
        wanted=wanted,
        total=count_cases(uow, wanted),
        lots=len(uow.actor.lot_ids),
    )


@routes.post("/export", needs=Act.CASE_EXPORT, name="exports.take", shows=purpose_form)
def take(uow: UnitOfWork, page: Page, form: Submission[PurposeForm]) -> Response:
    said = form.valid
    wanted = exactly(said.filter)
    service.take(uow, _what(wanted, said.ending), said.purpose)
    answer = _file(uow, page, wanted, said.ending)
    # A second press leads back to the list.
    answer.headers["Location"] = wanted.url()
    return answer


def _one_lots(uow: UnitOfWork, page: Page, query: Query, ending: str) -> Response:
    """The file at once where it is of one lot; else first what it is for."""
    wanted, ignored = CaseFilter.read(query)
    if ignored:
        # The list says what it did not know; in a file nobody would see that it holds more.
        return page.go_to(f"/cases?{page.request.url.query}")
    if needs_purpose(wanted.lot, uow.actor.lot_ids):
        asked = wanted.url("/cases/export")
        return page.go_to(f"{asked}{'&' if '?' in asked else '?'}ending={ending}")
    service.note(uow, wanted.lot, _what(wanted, ending))
    return _file(uow, page, wanted, ending)


def _what(wanted: CaseFilter, ending: str) -> str:
    return f"Export {ending.upper()}: {wanted.url('cases')}"


def _file(uow: UnitOfWork, page: Page, wanted: CaseFilter, ending: str) -> Response:
    name = f"cases-{secrets.token_hex(4)}.{ending}"
    if ending == "csv":
        return page.download(csv_rows(HEADER, case_rows(uow, wanted)), name, MEDIA_TYPE)
    if ending == "json":
        return page.download(json_rows(HEADER, case_rows(uow, wanted)), name, JSON)
    return page.download(_read(xlsx(HEADER, case_rows(uow, wanted), sheet="Cases")), name, XLSX)


def _read(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(_CHUNK):
            yield chunk
