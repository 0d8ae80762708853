"""How an invoice is numbered, sealed, answered line by line, credited and paid."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.finance.billing.rules import Draft
from app.kernel.days import month_end, show_date, show_month
from app.kernel.errors import Invalid, Refused
from app.kernel.labels import Labelled
from app.kernel.money import Pence, proportion, show


class InvoiceKind(Labelled):
    INVOICE = "invoice", "Invoice"
    CREDIT_NOTE = "credit_note", "Credit note"


class Answer(Labelled):
    """What the council says of a line; a rejected one is settled at nought."""

    WAITING = "waiting", "Not answered yet"
    ACCEPTED = "accepted", "Accepted"
    QUERIED = "queried", "Queried"
    REJECTED = "rejected", "Rejected"

    @property
    def is_settled(self) -> bool:
        return self in {Answer.ACCEPTED, Answer.REJECTED}

    @property
    def tone(self) -> str:
        return {"accepted": "good", "queried": "warn", "rejected": "bad"}.get(self.value, "plain")


@dataclass(frozen=True)
class Amount:
    """An amount with its tax, in pence."""

    pence: int = 0
    vat: int = 0

    @property
    def gross(self) -> int:
        return self.pence + self.vat

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.pence + other.pence, self.vat + other.vat)

    def __sub__(self, other: "Amount") -> "Amount":
        return Amount(self.pence - other.pence, self.vat - other.vat)


@dataclass(frozen=True)
class Standing:
    """What an invoice's total is made of; the four add up to it."""

    accepted: Amount = Amount()
    queried: Amount = Amount()
    rejected: Amount = Amount()
    waiting: Amount = Amount()

    @property
    def total(self) -> Amount:
        return self.accepted + self.queried + self.rejected + self.waiting


@dataclass(frozen=True)
class Answered:
    """A line's amount, the answer to it, and what was accepted of it once it is settled."""

    whole: Amount
    answer: Answer
    accepted: Amount = Amount()


def standing(lines: Iterable[Answered]) -> Standing:
    """How far the lines of an invoice are answered; a query holds up its own line alone."""
    accepted = queried = rejected = waiting = Amount()
    for line in lines:
        if line.answer.is_settled:
            accepted += line.accepted
            rejected += line.whole - line.accepted
        elif line.answer is Answer.QUERIED:
            queried += line.whole
        else:
            waiting += line.whole
    return Standing(accepted, queried, rejected, waiting)


def months(starts_on: date, today: date) -> list[date]:
    """The first days of the months since a contract's start that are over, the latest first.

    Those after its end too: what is held back is paid out then, and what came late is billed.
    """
    found, day = [], starts_on.replace(day=1)
    while month_end(day) < today:
        found.append(day)
        day = _next(day)
    return found[::-1]


def _next(first: date) -> date:
    return first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)


def check_month(first: date, *, starts_on: date, today: date, last_billed: date | None) -> None:
    """Raise Invalid for a month that cannot be billed now; months are billed in their order."""
    if first not in months(starts_on, today):
        over = month_end(first) < today
        words = "is before the contract’s term" if over else "is not over yet"
        raise Invalid("month", f"{show_month(first)} {words}.")
    if last_billed is not None and first <= last_billed:
        billed = show_month(last_billed)
        raise Invalid(
            "month", f"{billed} is billed already; what came later goes into the next invoice."
        )


def seal(lines: Sequence[Draft]) -> str:
    """The digest of everything that an invoice bills, down to each case and shift."""
    said = [
        [
            one.kind.value,
            one.title,
            one.clause,
            one.quantity,
            one.unit_pence,
            one.worth,
            one.pence,
            one.vat,
            one.vat_pence,
            [[case.case_id, case.on.isoformat(), case.turn] for case in one.cases],
            [[entry.source, entry.day.isoformat(), entry.quantity] for entry in one.entries],
        ]
        for one in lines
    ]
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def seal_credit(credits: Iterable[tuple[int, Sequence[int], Amount]]) -> str:
    """The digest of a credit note: each line that it pays back, with its cases and the amount."""
    said = [[line, list(cases), amount.pence, amount.vat] for line, cases, amount in credits]
    return hashlib.sha256(json.dumps(said, separators=(",", ":")).encode()).hexdigest()


def credit_title(number: str, position: int, cases: int) -> str:
    """What a line of a credit note says."""
    came = "1 case" if cases == 1 else f"{cases} cases"
    return f"{came} of {number}, line {position}, came back"


def part_of(whole: Amount, pence: int) -> Amount:
    """So many pence of a line with their share of its tax."""
    if not whole.pence:
        return whole
    return Amount(pence, proportion(Pence(whole.vat), pence, whole.pence) if whole.pence > 0 else 0)


def check_waiting(answer: Answer) -> None:
    """Raise Refused for a line that was answered."""
    if answer is not Answer.WAITING:
        raise Refused(f"This line is {answer.label.lower()} already.")


def check_queried(answer: Answer, done: str) -> None:
    """Raise Refused, saying what would be `done`, for a line without an open query."""
    if answer is not Answer.QUERIED:
        raise Refused(f"Only a queried line is {done}.")


def check_query(answer: Answer, reason: str) -> None:
    """Raise Refused or Invalid where a line cannot be queried, or not without a word."""
    check_waiting(answer)
    if not reason:
        raise Invalid("reason", "Say what is queried.")


def settled(line: Answered, pence: int, *, credited: int) -> Answered:
    """A queried line with what the council accepts of it; the rest is rejected.

    `credited` was paid back for its cases since and cannot be rejected as well. A deduction is
    accepted whole.
    """
    check_queried(line.answer, "settled")
    if line.whole.pence <= 0:
        if pence != line.whole.pence:
            whole = show(Pence(line.whole.pence))
            raise Invalid("pence", f"A deduction is accepted whole: {whole}.")
        return Answered(line.whole, Answer.ACCEPTED, line.whole)
    if not 0 <= pence <= line.whole.pence:
        most = show(Pence(line.whole.pence))
        raise Invalid("pence", f"This is between nought and {most}, the line’s amount.")
    if pence < credited:
        raise Invalid("pence", f"{show(Pence(credited))} of it was credited already.")
    answer = Answer.ACCEPTED if pence else Answer.REJECTED
    return Answered(line.whole, answer, part_of(line.whole, pence))


def payable(line: Answered) -> Amount:
    """What a line is taken to come to: accepted once it is settled, until then the whole of it."""
    return line.accepted if line.answer.is_settled else line.whole


def credit_of(line: Answered, *, cases: int, back: int, given: Amount) -> Amount:
    """What is paid back once `back` of a line's cases came back, `given` of it before.

    Worked out on running totals, so that all cases together give back exactly the line, also
    where less of it was accepted since the first of them.
    """
    amount = payable(line)
    pence = proportion(Pence(amount.pence), back, cases)
    vat = proportion(Pence(amount.vat), back, cases)
    return Amount(max(0, pence - given.pence), max(0, vat - given.vat))


def check_payment(pence: int, paid_on: date, *, due: int, issued_on: date, today: date) -> None:
    """Raise Invalid for a payment of more than is accepted and unpaid, or for a wrong day."""
    if pence <= 0:
        raise Invalid("pence", "Enter an amount above nought.")
    if pence > due:
        raise Invalid("pence", f"{show(Pence(due))} is accepted and not paid yet.")
    if paid_on > today:
        raise Invalid("paid_on", f"{show_date(paid_on)} has not come yet.")
    if paid_on < issued_on:
        raise Invalid("paid_on", f"It was issued on {show_date(issued_on)}.")
