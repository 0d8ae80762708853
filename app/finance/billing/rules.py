"""The lines that a lot's month comes to under its prices, worked out from evidence alone.

Each line is rounded once, to the nearest penny, halves away from zero. Caps lower charges in
proportion; deductions come after them. Value added tax is rounded once for each line.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from app.finance.evidence.rules import (
    RETAINED,
    CaseEvent,
    CreditWaived,
    Entry,
    Evidence,
    LineKind,
    ShiftDone,
    attendance,
    attended,
)
from app.finance.prices.rules import PriceModel, PriceTerms, of_month, show_percent
from app.kernel.money import Pence, proportion, share, show, split
from app.people.rules import show_hours

PER_CASE = {
    PriceModel.ASSESSMENT: LineKind.ASSESSMENT,
    PriceModel.CLEARED: LineKind.CLEARED,
    PriceModel.SCREENED_OUT: LineKind.SCREENED_OUT,
}


@dataclass(frozen=True)
class Draft:
    """A line as the evidence has it; `worth` is before caps, `pence` after them, without tax."""

    kind: LineKind
    title: str
    clause: str
    worth: int
    pence: int
    vat: int
    vat_pence: int = 0
    quantity: int = 0
    price_id: int | None = None
    unit_pence: int = 0
    cases: tuple[CaseEvent, ...] = ()
    entries: tuple[Entry, ...] = ()
    billed_to: date | None = None


def lines_of(evidence: Evidence) -> list[Draft]:
    """Every line of a month: charges within the caps, then deductions, each with its tax."""
    charges = [
        *_days(evidence),
        *_weeks(evidence),
        *_cases(evidence),
        *_expenses(evidence),
        *_milestones(evidence),
    ]
    taxed = [
        replace(one, vat_pence=share(Pence(one.pence), one.vat))
        for one in capped(charges, room(evidence))
    ]
    return [*taxed, *_deductions(evidence, taxed)]


def _days(evidence: Evidence) -> list[Draft]:
    lines = []
    for price in _prices(evidence, PriceModel.DAY_RATE):
        done = [
            one for one in evidence.shifts if one.band is price.band and price.holds_on(one.day)
        ]
        if not done:
            continue
        minutes = sum(one.minutes for one in done)
        worth = price.worth(minutes)
        days = f"{show_hours(abs(minutes))} hours at {show(Pence(price.pence))} a day"
        lines.append(
            _line(
                LineKind.DAY_RATE,
                f"{price.title}: {days}",
                price,
                worth,
                quantity=minutes,
                entries=tuple(_of_shift(one) for one in done),
                billed_to=max(one.day for one in done),
            )
        )
    return lines


def _weeks(evidence: Evidence) -> list[Draft]:
    """A week belongs to the price of its Friday; one that nobody signed waits."""
    lines = []
    for price in _prices(evidence, PriceModel.TEAM_WEEK):
        parts, entries = Fraction(0), []
        for friday in evidence.fridays:
            minutes = attended(evidence.attended, friday)
            if not price.holds_on(friday) or (price.full_minutes and minutes is None):
                continue
            parts += attendance(price, minutes or 0)
            entries.append(Entry(friday.isoformat(), friday, minutes or 0))
        new = len(entries)
        for change, entry in _corrected(evidence, price):
            parts += change
            entries.append(entry)
        if entries:
            weeks = _counted(new, "week") if new else ""
            late = _counted(len(entries) - new, "correction") if len(entries) > new else ""
            what = " and ".join(words for words in (weeks, late) if words)
            by = " by attendance" if price.full_minutes else ""
            lines.append(
                _line(
                    LineKind.TEAM_WEEK,
                    f"{price.title}: {what}{by} at {show(Pence(price.pence))}",
                    price,
                    proportion(Pence(price.pence), parts.numerator, parts.denominator),
                    quantity=len(entries),
                    entries=tuple(entries),
                    billed_to=max(one.day for one in entries),
                )
            )
    return lines


def _corrected(evidence: Evidence, price: PriceTerms) -> Iterator[tuple[Fraction, Entry]]:
    """Weeks corrected since they were billed by attendance: the part of the price it changes."""
    for friday, billed in evidence.weeks.items():
        minutes = attended(evidence.attended, friday) or 0
        change = attendance(price, minutes) - attendance(price, billed.minutes)
        if change and price.holds_on(friday):
            source = f"{friday.isoformat()}/{billed.times + 1}"
            yield change, Entry(source, friday, minutes - billed.minutes)


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _cases(evidence: Evidence) -> list[Draft]:
    lines = []
    for model, kind in PER_CASE.items():
        for price in _prices(evidence, model):
            own = [one for one in evidence.cases.get(model, ()) if price.holds_on(one.on)]
            if own:
                fee = f" at {show(Pence(price.pence))}" if price.pence else ""
                lines.append(
                    _line(
                        kind,
                        f"{price.title}: {_counted(len(own), 'case')}{fee}",
                        price,
                        Pence(price.pence * len(own)),
                        quantity=len(own),
                        cases=tuple(own),
                        billed_to=max(one.on for one in own),
                    )
                )
    return lines


def _expenses(evidence: Evidence) -> list[Draft]:
    """At cost, and at most what the month's price allows."""
    price = _of_month(evidence, PriceModel.EXPENSES)
    if price is None or not evidence.expenses:
        return []
    cost = sum(one.pence for one in evidence.expenses)
    line = _line(
        LineKind.EXPENSES,
        f"{price.title}, at most {show(Pence(price.pence))} a month",
        price,
        Pence(cost),
        quantity=len(evidence.expenses),
        entries=tuple(
            Entry(str(one.expense_id), one.day, one.pence, one.practitioner_id)
            for one in evidence.expenses
        ),
        billed_to=evidence.ends_on,
    )
    return [replace(line, unit_pence=0, pence=min(cost, price.pence))]


def _milestones(evidence: Evidence) -> list[Draft]:
    return [
        Draft(
            LineKind.MILESTONE,
            one.title,
            one.clause,
            one.pence,
            one.pence,
            one.vat,
            quantity=1,
            unit_pence=one.pence,
            entries=(Entry(str(one.milestone_id), one.achieved_on, one.pence),),
        )
        for one in evidence.milestones
        if one.pence
    ]


def room(evidence: Evidence) -> int | None:
    """How much may still be charged, by the tightest cap of the month."""
    rooms = []
    month = _of_month(evidence, PriceModel.MONTH_CAP)
    lot = _of_month(evidence, PriceModel.LOT_CAP)
    if month is not None:
        rooms.append(month.pence)
    if lot is not None:
        rooms.append(lot.pence - evidence.charged)
    if evidence.contract_cap is not None:
        rooms.append(evidence.contract_cap - evidence.charged_in_contract)
    return max(0, min(rooms)) if rooms else None


def capped(charges: Sequence[Draft], most: int | None) -> list[Draft]:
    """The same charges, those above nought lowered in proportion where they pass the cap."""
    gains = [max(0, one.pence) for one in charges]
    less = sum(one.pence for one in charges if one.pence < 0)
    if most is None or sum(gains) + less <= most:
        return list(charges)
    parts = split(Pence(most - less), gains)
    return [
        replace(one, pence=part) if one.pence > 0 else one
        for one, part in zip(charges, parts, strict=True)
    ]


def _deductions(evidence: Evidence, charges: Sequence[Draft]) -> list[Draft]:
    """What is held back, paid out or taken off; its tax is in proportion to that of the charges.

    What is paid out or given back carries the tax that was taken with it.
    """
    net = sum(one.pence for one in charges)
    tax = sum(one.vat_pence for one in charges)

    def taxed(line: Draft) -> Draft:
        vat = proportion(Pence(line.pence), tax, net) if net > 0 else 0
        return replace(line, vat_pence=vat)

    lines, out, out_vat = [], evidence.retained, evidence.retained_vat
    retention = _of_month(evidence, PriceModel.RETENTION)
    held = sum(one.pence for one in charges if one.kind in RETAINED)
    kept = share(Pence(max(0, held)), retention.share) if retention else Pence(0)
    if retention and kept:
        title = f"Retention of {show_percent(retention.share)}"
        line = taxed(_deduction(LineKind.RETENTION, title, retention.clause, -kept))
        lines.append(line)
        out, out_vat = out - line.pence, out_vat - line.vat_pence
    if evidence.released and out > 0:
        paid = _deduction(LineKind.RETENTION_PAID, "Retention paid out", "", out)
        lines.append(replace(paid, vat_pence=out_vat))
    for one in evidence.credits:
        line = taxed(_deduction(LineKind.SERVICE_CREDIT, one.words, one.clause, -one.pence))
        entry = Entry(one.key, evidence.ends_on, -one.pence)
        lines.append(replace(line, entries=(entry,)))
    return lines + [_given_back(one, evidence.ends_on) for one in evidence.waived]


def _given_back(credit: CreditWaived, on: date) -> Draft:
    title = f"Waived and given back: {credit.words}"
    line = _deduction(LineKind.SERVICE_CREDIT, title, credit.clause, credit.pence)
    entry = Entry(credit.key, on, credit.pence)
    return replace(line, vat_pence=credit.vat_pence, entries=(entry,))


def _deduction(kind: LineKind, title: str, clause: str, pence: int) -> Draft:
    return Draft(kind, title, clause, pence, pence, 0, quantity=1)


def _line(
    kind: LineKind,
    title: str,
    price: PriceTerms,
    worth: Pence,
    *,
    quantity: int,
    billed_to: date,
    cases: tuple[CaseEvent, ...] = (),
    entries: tuple[Entry, ...] = (),
) -> Draft:
    return Draft(
        kind,
        title,
        price.clause,
        worth,
        worth,
        price.vat,
        quantity=quantity,
        price_id=price.price_id,
        unit_pence=price.pence,
        cases=cases,
        entries=entries,
        billed_to=billed_to,
    )


def _of_shift(one: ShiftDone) -> Entry:
    return Entry(str(one.shift_id), one.day, one.minutes, one.practitioner_id)


def _prices(evidence: Evidence, model: PriceModel) -> list[PriceTerms]:
    return [one for one in evidence.prices if one.model is model]


def _of_month(evidence: Evidence, model: PriceModel) -> PriceTerms | None:
    return of_month(evidence.prices, model, evidence.starts_on, evidence.ends_on)
