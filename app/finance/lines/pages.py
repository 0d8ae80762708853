"""Routes of an invoice's lines: what stands behind one, the answers to it, and the file of all."""

import secrets

from starlette.responses import Response

from app.finance.evidence.rules import LineKind
from app.finance.invoices import queries as invoices
from app.finance.invoices import service
from app.finance.invoices.rules import check_queried, check_waiting
from app.finance.lines import queries
from app.finance.lines.forms import QueryForm, ReplyForm, SettleForm
from app.finance.prices.queries import codes_of
from app.finance.prices.rules import show_percent
from app.kernel.acts import Act
from app.kernel.csvs import MEDIA_TYPE, csv_rows
from app.people.rules import show_hours
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, NoAnswers, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/money/invoices")


@routes.get("/lines/{invoice_line_id}", needs=Act.INVOICE_ITEMS, name="lines.show")
def show_line(invoice_line_id: Id, uow: UnitOfWork, page: Page, query: Query) -> Response:
    line = invoices.find_line(uow, invoice_line_id)
    return page.show(
        "finance/lines/line.html",
        line=line,
        invoice=invoices.find_invoice(uow, line.invoice_id),
        cases=queries.list_cases(uow, line, query.get("page")) if line.has_cases else None,
        entries=queries.list_entries(uow, line, query.get("page")) if line.has_entries else None,
        failure_id=queries.find_failure(uow, line),
        in_minutes=line.kind in {LineKind.DAY_RATE, LineKind.TEAM_WEEK},
        hours=show_hours,
        percent=show_percent,
        key=secrets.token_urlsafe(18),
    )


@routes.post("/lines/{invoice_line_id}/accept", needs=Act.INVOICE_ACCEPT, name="lines.accept")
def accept(
    invoice_line_id: Id, uow: UnitOfWork, page: Page, form: Submission[NoAnswers]
) -> Response:
    service.accept(uow, invoice_line_id, version=form.ask_version())
    return _to_invoice(uow, page, invoice_line_id, "The line is accepted.")


@routes.get("/lines/{invoice_line_id}/query", needs=Act.INVOICE_ACCEPT, name="lines.query_form")
def query_form(
    invoice_line_id: Id, uow: UnitOfWork, page: Page, form: Submission[QueryForm]
) -> Response:
    line = invoices.find_line(uow, invoice_line_id)
    check_waiting(line.answered.answer)
    form.start(version=line.version)
    return page.show("finance/lines/query.html", form=form, line=line)


@routes.post(
    "/lines/{invoice_line_id}/query", needs=Act.INVOICE_ACCEPT, name="lines.query", shows=query_form
)
def query(
    invoice_line_id: Id, uow: UnitOfWork, page: Page, form: Submission[QueryForm]
) -> Response:
    service.query(uow, invoice_line_id, form.valid.reason, version=form.ask_version())
    return _to_invoice(uow, page, invoice_line_id, "The line is queried; the others can be paid.")


@routes.get("/lines/{invoice_line_id}/reply", needs=Act.INVOICE_REPLY, name="lines.reply_form")
def reply_form(
    invoice_line_id: Id, uow: UnitOfWork, page: Page, form: Submission[ReplyForm]
) -> Response:
    line = invoices.find_line(uow, invoice_line_id)
    check_queried(line.answered.answer, "replied to")
    form.start(version=line.version, reply=line.reply)
    return page.show("finance/lines/reply.html", form=form, line=line)


@routes.post(
    "/lines/{invoice_line_id}/reply", needs=Act.INVOICE_REPLY, name="lines.reply", shows=reply_form
)
def reply(
    invoice_line_id: Id, uow: UnitOfWork, page: Page, form: Submission[ReplyForm]
) -> Response:
    service.reply(uow, invoice_line_id, form.valid.reply, version=form.ask_version())
    return _to_invoice(uow, page, invoice_line_id, "The reply is kept.")


@routes.get("/lines/{invoice_line_id}/settle", needs=Act.INVOICE_ACCEPT, name="lines.settle_form")
def settle_form(
    invoice_line_id: Id, uow: UnitOfWork, page: Page, form: Submission[SettleForm]
) -> Response:
    line = invoices.find_line(uow, invoice_line_id)
    check_queried(line.answered.answer, "settled")
    form.start(version=line.version, pence=f"{line.answered.whole.pence / 100:.2f}")
    return page.show("finance/lines/settle.html", form=form, line=line)


@routes.post(
    "/lines/{invoice_line_id}/settle",
    needs=Act.INVOICE_ACCEPT,
    name="lines.settle",
    shows=settle_form,
)
def settle(
    invoice_line_id: Id, uow: UnitOfWork, page: Page, form: Submission[SettleForm]
) -> Response:
    typed = form.valid
    service.settle(uow, invoice_line_id, typed.pence, typed.settlement, version=form.ask_version())
    return _to_invoice(uow, page, invoice_line_id, "The query is settled.")


@routes.get("/{invoice_id}/export.csv", needs=Act.INVOICE_EXPORT, name="lines.export")
def export(invoice_id: Id, uow: UnitOfWork, page: Page) -> Response:
    invoice = invoices.find_invoice(uow, invoice_id)
    lines = invoices.lines_of(uow, [invoice_id])
    rows = queries.rows_to_export(invoice, lines, codes_of(uow, invoice.lot_id))
    file_name = f"{invoice.kind.value}-{invoice_id}.csv"
    return page.download(csv_rows(queries.HEADER, rows), file_name, MEDIA_TYPE)


def _to_invoice(uow: UnitOfWork, page: Page, line_id: int, notice: str) -> Response:
    line = invoices.find_line(uow, line_id)
    return page.go("invoices.show", notice, invoice_id=line.invoice_id)
