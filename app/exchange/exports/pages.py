"""Routes of exporting: the list of cases as a file, by the same filter as the page."""

import secrets
from collections.abc import Iterator
from typing import IO

from starlette.responses import Response

from app.cases.register.filter import CaseFilter
from app.exchange.exports.queries import HEADER, case_rows
from app.exchange.exports.service import note
from app.exchange.writers import csv_rows, xlsx
from app.kernel.acts import Act
from app.web.page import Page
from app.web.routes import Query, Routes
from app.work.uow import UnitOfWork

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CHUNK = 1 << 16

routes = Routes("/cases")


@routes.get("/export.csv", needs=Act.CASE_EXPORT, name="exports.csv")
def export_csv(uow: UnitOfWork, page: Page, query: Query) -> Response:
    wanted, _ignored = CaseFilter.read(query)
    note(uow, wanted, "CSV")
    return page.download(csv_rows(HEADER, case_rows(uow, wanted)), _name("csv"), CSV)


@routes.get("/export.xlsx", needs=Act.CASE_EXPORT, name="exports.xlsx")
def export_xlsx(uow: UnitOfWork, page: Page, query: Query) -> Response:
    wanted, _ignored = CaseFilter.read(query)
    note(uow, wanted, "XLSX")
    file = xlsx(HEADER, case_rows(uow, wanted), sheet="Cases")
    return page.download(_read(file), _name("xlsx"), XLSX)


def _name(ending: str) -> str:
    return f"cases-{secrets.token_hex(4)}.{ending}"


def _read(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(_CHUNK):
            yield chunk
