"""Routes of exporting: the list of cases as a file, by the same filter as the page."""

import secrets
from collections.abc import Iterator
from typing import IO

from starlette.responses import Response

from app.cases.register.queries import CaseFilter
from app.contract import queries as contract
from app.exchange.exports.queries import HEADER, case_rows
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
    _note(uow, wanted, "CSV")
    return page.download(csv_rows(HEADER, case_rows(uow, wanted)), _name("csv"), CSV)


@routes.get("/export.xlsx", needs=Act.CASE_EXPORT, name="exports.xlsx")
def export_xlsx(uow: UnitOfWork, page: Page, query: Query) -> Response:
    wanted, _ignored = CaseFilter.read(query)
    _note(uow, wanted, "XLSX")
    file = xlsx(HEADER, case_rows(uow, wanted), sheet="Cases")
    return page.download(_read(file), _name("xlsx"), XLSX)


def _note(uow: UnitOfWork, wanted: CaseFilter, kind: str) -> None:
    """Who took which list, seen by each lot it can hold cases of."""
    what = f"Export {kind}: {wanted.url('cases')}"[:200]
    for lot in contract.list_lots(uow):
        if lot.id is not None and wanted.lot in (None, lot.id):
            uow.seen(lot_id=lot.id, what=what)


def _name(ending: str) -> str:
    return f"cases-{secrets.token_hex(4)}.{ending}"


def _read(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(_CHUNK):
            yield chunk
