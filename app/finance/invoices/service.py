"""Drafts and issues invoices and credit notes, takes the council's answers, records payments."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlmodel import col, select

from app.contract import queries as contract
from app.contract.models import Contract, Lot
from app.finance.billing.rules import Draft, lines_of
from app.finance.evidence import queries as evidence
from app.finance.evidence import service as billed
from app.finance.evidence.rules import LineKind
from app.finance.invoices import queries, rules
from app.finance.invoices.models import Invoice, InvoiceLine, Payment
from app.finance.invoices.queries import CreditDue
from app.finance.invoices.rules import Amount, Answer, Answered, InvoiceKind
from app.finance.invoices.waived import waived_since
from app.finance.prices import queries as prices
from app.finance.prices import service as price_book
from app.kernel.acts import Act
from app.kernel.days import london_date, month_end, show_moment
from app.kernel.errors import Invalid, Refused
from app.people.points.queries import who_agrees
from app.work.uow import UnitOfWork

# A service credit may say more than a line has room for.
LONGEST_TITLE = 200


def draft(uow: UnitOfWork, lot_id: int, month: date) -> int:
    """Draft a lot's invoice of a month from the evidence; returns its id.

    What is due of cases that came back is paid back in a credit note first. The draft bills all
    that happened up to the month's end and was not billed before. Raises Invalid for a month that
    cannot be billed, Refused while the lot has another draft.
    """
    with uow.command(Act.INVOICE_DRAFT):
        lot = contract.find_lot(uow, lot_id)
        _must_see_all(uow, lot)
        if _draft_of(uow, lot_id) is not None:
            raise Refused("This lot has a draft already: issue it or drop it first.")
        agreed = uow.get(Contract, lot.contract_id)
        rules.check_month(
            month,
            starts_on=agreed.starts_on,
            today=uow.today,
            last_billed=queries.last_month(uow, lot_id),
        )
        _credit(uow, lot, queries.credits_due(uow, lot_id))
        lines = _lines(uow, lot, month)
        if not lines:
            raise Invalid("month", "Nothing that is paid for happened up to the end of it.")
        invoice = uow.add(
            Invoice(
                lot_id=lot_id,
                contract_id=lot.contract_id,
                kind=InvoiceKind.INVOICE,
                month=month,
                digest=rules.seal(lines),
                drafted_by=uow.actor.user_id,
                drafted_at=uow.now,
            )
        )
        for position, line in enumerate(lines, start=1):
            row = uow.add(_row(lot_id, invoice.id or 0, position, line))
            _bill(uow, row, line)
        return invoice.id or 0


def drop(uow: UnitOfWork, invoice_id: int, *, version: int) -> None:
    """Drop a draft; what it billed can be drafted again."""
    with uow.command(Act.INVOICE_DRAFT):
        invoice = _draft(uow, invoice_id, version)
        rows = _rows_of(uow, invoice_id)
        billed.let_go(uow, [row.id or 0 for row in rows])
        for row in rows:
            uow.remove(row)
        uow.remove(invoice)


def issue(uow: UnitOfWork, invoice_id: int, *, version: int) -> None:
    """Number and freeze a draft; what came back of earlier ones is paid back in a credit note.

    Refused where the evidence is no longer what was drafted.
    """
    with uow.command(Act.INVOICE_ISSUE):
        invoice = _draft(uow, invoice_id, version)
        lot = contract.find_lot(uow, invoice.lot_id)
        _must_see_all(uow, lot)
        rows = _rows_of(uow, invoice_id)
        billed.let_go(uow, [row.id or 0 for row in rows])
        _credit(uow, lot, queries.credits_due(uow, invoice.lot_id))
        lines = _lines(uow, lot, invoice.month)
        if rules.seal(lines) != invoice.digest:
            raise Refused("The evidence has changed since this was drafted. Drop it and draft it.")
        for row, line in zip(rows, lines, strict=True):
            _bill(uow, row, line)
            if line.price_id is not None and line.billed_to is not None:
                price_book.billed(uow, line.price_id, line.billed_to)
        invoice.number = queries.last_number(uow, invoice.contract_id) + 1
        invoice.issued_by, invoice.issued_at = uow.actor.user_id, uow.now
        for user_id in who_agrees(uow, invoice.contract_id):
            uow.mail(user_id, "An invoice waits for your answer", _path(invoice_id))


def issue_credit_note(uow: UnitOfWork, lot_id: int) -> int:
    """Pay back what is due of a lot's cases that came back; returns the credit note's id."""
    with uow.command(Act.CREDIT_NOTE_ISSUE):
        lot = contract.find_lot(uow, lot_id)
        _must_see_all(uow, lot)
        made = _credit(uow, lot, queries.credits_due(uow, lot_id))
        if made is None:
            raise Refused("No case came back that was billed and not paid back.")
        return made


def issue_all_due(uow: UnitOfWork) -> None:
    """Pay back what is due in each of the actor's lots, as the night does by itself."""
    due: dict[int, list[CreditDue]] = defaultdict(list)
    for one in queries.credits_due(uow):
        due[one.line.lot_id].append(one)
    for lot_id, own in due.items():
        with uow.command(Act.CREDIT_NOTE_ISSUE):
            _credit(uow, contract.find_lot(uow, lot_id), own)


def accept(uow: UnitOfWork, line_id: int, *, version: int) -> None:
    """Accept a line whole, for the council."""
    with uow.command(Act.INVOICE_ACCEPT):
        line = _issued_line(uow, line_id, version)
        rules.check_waiting(line.answer)
        _settle(uow, line, replace(answered(line), answer=Answer.ACCEPTED))


def accept_all(uow: UnitOfWork, invoice_id: int) -> int:
    """Accept every line of an invoice that was not answered; returns how many those were."""
    with uow.command(Act.INVOICE_ACCEPT):
        invoice = uow.get(Invoice, invoice_id)
        _must_be_issued(invoice)
        waiting = [row for row in _rows_of(uow, invoice_id) if row.answer is Answer.WAITING]
        if not waiting:
            raise Refused("Every line is answered already.")
        for row in waiting:
            _settle(uow, row, replace(answered(row), answer=Answer.ACCEPTED))
        return len(waiting)


def query(uow: UnitOfWork, line_id: int, reason: str, *, version: int) -> None:
    """Query a line for the council; the other lines can be accepted and paid meanwhile."""
    with uow.command(Act.INVOICE_ACCEPT):
        line = _issued_line(uow, line_id, version)
        rules.check_query(line.answer, reason)
        line.answer, line.reason = Answer.QUERIED, reason
        line.answered_by, line.answered_at = uow.actor.user_id, uow.now
        _tell(uow, uow.get(Invoice, line.invoice_id).issued_by, "A line is queried", line)


def reply(uow: UnitOfWork, line_id: int, words: str, *, version: int) -> None:
    """Answer a query for the agency."""
    with uow.command(Act.INVOICE_REPLY):
        line = _issued_line(uow, line_id, version)
        rules.check_queried(line.answer, "replied to")
        line.reply, line.replied_by, line.replied_at = words, uow.actor.user_id, uow.now
        _tell(uow, line.answered_by, "A query of an invoice is answered", line)


def settle(uow: UnitOfWork, line_id: int, pence: int, words: str, *, version: int) -> None:
    """Say how much of a queried line the council accepts, without tax; the rest is rejected."""
    with uow.command(Act.INVOICE_ACCEPT):
        line = _issued_line(uow, line_id, version)
        credited = queries.credited(uow, [line_id])[line_id].pence
        line.settlement = words
        _settle(uow, line, rules.settled(answered(line), pence, credited=credited))


def pay(uow: UnitOfWork, invoice_id: int, pence: int, paid_on: date) -> None:
    """Record what the council paid of what it accepted, tax included.

    Of what is owed to the council, as by a credit note, what it got back or set off.
    """
    with uow.command(Act.INVOICE_PAY):
        invoice, shown = uow.get(Invoice, invoice_id), queries.find_invoice(uow, invoice_id)
        issued_on = _must_be_issued(invoice)
        due = abs(shown.due) if shown.can_be_paid else 0
        rules.check_payment(pence, paid_on, due=due, issued_on=issued_on, today=uow.today)
        uow.add(
            Payment(
                lot_id=invoice.lot_id,
                invoice_id=invoice_id,
                paid_on=paid_on,
                pence=-pence if shown.due < 0 else pence,
                by_user_id=uow.actor.user_id,
                at=uow.now,
            )
        )


def answered(line: InvoiceLine) -> Answered:
    """A stored line as the rules take it; before an answer, all of it would be accepted."""
    whole = Amount(line.pence, line.vat_pence)
    settled = line.answer.is_settled
    accepted = Amount(line.accepted_pence, line.accepted_vat) if settled else whole
    return Answered(whole, line.answer, accepted)


def _lines(uow: UnitOfWork, lot: Lot, month: date) -> list[Draft]:
    """What the evidence of a month comes to now, given all that was charged before."""
    lot_id, term = lot.id or 0, uow.get(Contract, lot.contract_id).ends_on
    last = month_end(month)
    # A price that nobody ended ends with the contract.
    terms = [replace(one, ends_on=one.ends_on or term) for one in prices.prices(uow, lot_id)]
    # What is billed after the term is paid by the prices, and held by the caps, of its last month.
    first = min(month, term.replace(day=1))
    gathered = evidence.gather(uow, lot_id, (first, last), terms)
    charged = queries.charged(uow, lot.contract_id)
    retained = queries.retained(uow, lot.contract_id, lot_id)
    return lines_of(
        replace(
            gathered,
            charged=charged.get(lot_id, 0),
            contract_cap=prices.cap_of_contract(uow, lot.contract_id),
            charged_in_contract=sum(charged.values()),
            retained=retained.pence,
            retained_vat=retained.vat,
            waived=waived_since(uow, lot_id),
        )
    )


def _row(lot_id: int, invoice_id: int, position: int, line: Draft) -> InvoiceLine:
    return InvoiceLine(
        lot_id=lot_id,
        invoice_id=invoice_id,
        position=position,
        kind=line.kind,
        title=line.title[:LONGEST_TITLE],
        clause=line.clause,
        quantity=line.quantity,
        unit_pence=line.unit_pence,
        price_id=line.price_id,
        worth=line.worth,
        pence=line.pence,
        vat=line.vat,
        vat_pence=line.vat_pence,
    )


def _bill(uow: UnitOfWork, row: InvoiceLine, line: Draft) -> None:
    """Keep the evidence behind a line, so that nothing else bills it."""
    kept: dict[str, Any] = {"lot_id": row.lot_id, "line_id": row.id, "kind": row.kind}
    if line.cases:
        days = prices.credit_days(uow, line.price_id)
        billed.bill_cases(uow, kept, line.cases, credit_days=days)
    if line.entries:
        billed.bill_entries(uow, kept, line.entries)


def _credit(uow: UnitOfWork, lot: Lot, due: Sequence[CreditDue]) -> int | None:
    """A credit note for what came back; accepted as it is, since it is the council's own."""
    if not due:
        return None
    note = Invoice(
        lot_id=lot.id or 0,
        contract_id=lot.contract_id,
        kind=InvoiceKind.CREDIT_NOTE,
        month=uow.today.replace(day=1),
        number=queries.last_number(uow, lot.contract_id) + 1,
        digest=rules.seal_credit(
            (one.line.line_id, [case.case_id for case in one.cases], one.amount) for one in due
        ),
        drafted_at=uow.now,
        issued_by=uow.actor.user_id,
        issued_at=uow.now,
    )
    note_id = uow.add(note).id or 0
    for position, one in enumerate(due, start=1):
        row = uow.add(
            InvoiceLine(
                lot_id=note.lot_id,
                invoice_id=note_id,
                position=position,
                kind=LineKind.CASE_CREDIT,
                title=rules.credit_title(one.number, one.line.position, len(one.cases)),
                clause=one.line.clause,
                quantity=len(one.cases),
                unit_pence=0,
                credits_line_id=one.line.line_id,
                worth=-one.amount.pence,
                pence=-one.amount.pence,
                vat=one.line.vat,
                vat_pence=-one.amount.vat,
                answer=Answer.ACCEPTED,
                accepted_pence=-one.amount.pence,
                accepted_vat=-one.amount.vat,
                answered_at=uow.now,
            )
        )
        billed.pay_back(uow, [case.billed_id for case in one.cases], row.id or 0)
    return note_id


def _settle(uow: UnitOfWork, line: InvoiceLine, said: Answered) -> None:
    line.answer = said.answer
    line.accepted_pence, line.accepted_vat = said.accepted.pence, said.accepted.vat
    line.answered_by, line.answered_at = uow.actor.user_id, uow.now


def _tell(uow: UnitOfWork, user_id: int | None, subject: str, line: InvoiceLine) -> None:
    if user_id is not None:
        uow.mail(user_id, subject, _path(line.invoice_id))


def _path(invoice_id: int) -> str:
    return f"/money/invoices/{invoice_id}"


def _draft_of(uow: UnitOfWork, lot_id: int) -> Invoice | None:
    drafts = col(Invoice.lot_id) == lot_id, col(Invoice.issued_at).is_(None)
    return uow.session.exec(select(Invoice).where(*drafts)).first()


def _draft(uow: UnitOfWork, invoice_id: int, version: int) -> Invoice:
    invoice = uow.get(Invoice, invoice_id)
    if invoice.issued_at is not None:
        raise Refused("This invoice is issued already: nothing of it changes any more.")
    uow.expect(invoice, version, {"Drafted": show_moment(invoice.drafted_at)})
    return invoice


def _rows_of(uow: UnitOfWork, invoice_id: int) -> Sequence[InvoiceLine]:
    own = select(InvoiceLine).where(col(InvoiceLine.invoice_id) == invoice_id)
    return uow.session.exec(own.order_by(col(InvoiceLine.position))).all()


def _issued_line(uow: UnitOfWork, line_id: int, version: int) -> InvoiceLine:
    line = uow.get(InvoiceLine, line_id)
    _must_be_issued(uow.get(Invoice, line.invoice_id))
    shown = {"Answer": line.answer.label, "Query": line.reason, "Reply": line.reply}
    uow.expect(line, version, shown)
    return line


def _must_be_issued(invoice: Invoice) -> date:
    if invoice.issued_at is None:
        raise Refused("This is a draft: nothing of it can be answered or paid.")
    return london_date(invoice.issued_at)


def _must_see_all(uow: UnitOfWork, lot: Lot) -> None:
    """A case may have been billed in another lot, and a cap counts them all."""
    if not queries.sees_all(uow, lot.contract_id):
        raise Refused("This is for somebody who sees every lot of the contract.")
