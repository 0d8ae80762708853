"""What every invoice owes, whatever the contract: equal to the penny to a second reckoning."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from app.finance.billing.rules import Draft, lines_of
from app.finance.evidence.rules import (
    CHARGES,
    CaseEvent,
    CreditDone,
    Evidence,
    ExpenseDone,
    LineKind,
    MilestoneDone,
    ShiftDone,
    fridays_over,
)
from app.finance.invoices.rules import (
    Amount,
    Answer,
    Answered,
    credit_of,
    payable,
    settled,
    standing,
)
from app.finance.prices.rules import PriceModel, PriceTerms
from app.people.rules import Post

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
days = st.dates(FIRST, LAST)
vats = st.sampled_from([0, 500, 2000, 1750])
POSTS = (Post.SOCIAL_WORKER, Post.TEAM_MANAGER)


def nearest(amount: Fraction) -> int:
    """A second rounding to the penny, by decimals."""
    sign = -1 if amount < 0 else 1
    size = Decimal(abs(amount).numerator) / Decimal(abs(amount).denominator)
    return sign * int(size.quantize(Decimal(1), ROUND_HALF_UP))


@st.composite
def price_books(draw: st.DrawFn) -> list[PriceTerms]:
    """Prices of every model, some of them changing in mid-month."""
    book = []
    for model in PriceModel:
        for band in POSTS if model.has_band else (None,):
            if draw(st.booleans()):
                continue
            changes = draw(days)
            terms = PriceTerms(
                model,
                FIRST,
                band=band,
                pence=draw(st.integers(1, 60_000)) if model.amount or band else 0,
                share=draw(st.integers(1, 1000)) if model is PriceModel.RETENTION else 0,
                vat=draw(vats) if model.is_charged else 0,
                full_minutes=draw(st.integers(60, 500)) if model is PriceModel.DAY_RATE else 0,
                price_id=len(book) + 1,
            )
            if model is PriceModel.TEAM_WEEK and draw(st.booleans()):
                terms = replace(terms, full_minutes=draw(st.integers(60, 5_000)))
            if model.is_cap:
                terms = replace(terms, pence=draw(st.integers(1, 3_000_000)))
            if draw(st.booleans()):
                dearer = replace(terms, pence=terms.pence * 2, starts_on=changes + timedelta(1))
                book += [replace(terms, ends_on=changes), dearer]
            else:
                book.append(terms)
    return book


@st.composite
def evidences(draw: st.DrawFn) -> Evidence:
    """A month of a lot with anything that can happen in it."""
    cases = {
        model: [
            CaseEvent(number, day, 1, datetime(2026, 11, 1, tzinfo=UTC))
            for number, day in enumerate(draw(st.lists(days, max_size=6)), start=1)
        ]
        for model in (PriceModel.ASSESSMENT, PriceModel.CLEARED, PriceModel.SCREENED_OUT)
    }
    shifts = [
        ShiftDone(number, 1, draw(st.sampled_from(POSTS)), day, draw(st.integers(-120, 600)))
        for number, day in enumerate(draw(st.lists(days, max_size=8)), start=1)
    ]
    return Evidence(
        FIRST,
        LAST,
        draw(price_books()),
        cases=cases,
        shifts=shifts,
        attended=shifts,
        fridays=fridays_over(FIRST, LAST),
        expenses=[ExpenseDone(1, 1, FIRST, draw(st.integers(1, 90_000)))],
        milestones=[MilestoneDone(1, "Half cleared", "6.1", FIRST, draw(st.integers(0, 10**6)), 0)],
        credits=[CreditDone("late", "Late assessments", "", draw(st.integers(1, 50_000)))],
        charged=draw(st.integers(0, 10**6)),
        contract_cap=draw(st.none() | st.integers(0, 4 * 10**6)),
        charged_in_contract=draw(st.integers(0, 10**6)),
        retained=draw(st.integers(1, 10**5)),
        retained_vat=draw(st.integers(0, 10**4)),
        released=draw(st.booleans()),
    )


def worths(evidence: Evidence) -> Counter[LineKind]:
    """What each kind of charge is worth before caps, reckoned piece by piece from the prices."""
    sums: Counter[LineKind] = Counter()
    for price in evidence.prices:
        if price.model is PriceModel.DAY_RATE:
            minutes = sum(
                one.minutes
                for one in evidence.shifts
                if one.band is price.band and price.holds_on(one.day)
            )
            sums[LineKind.DAY_RATE] += nearest(Fraction(price.pence * minutes, price.full_minutes))
        elif price.model is PriceModel.TEAM_WEEK:
            sums[LineKind.TEAM_WEEK] += nearest(price.pence * weeks_paid(price, evidence))
        elif price.model in evidence.cases:
            number = sum(price.holds_on(one.on) for one in evidence.cases[price.model])
            sums[LineKind(price.model.value)] += price.pence * number
        elif price.model is PriceModel.EXPENSES and price.holds_on(LAST):
            sums[LineKind.EXPENSES] += sum(one.pence for one in evidence.expenses)
    sums[LineKind.MILESTONE] = sum(one.pence for one in evidence.milestones)
    return sums


def weeks_paid(price: PriceTerms, evidence: Evidence) -> Fraction:
    paid = Fraction(0)
    for friday in evidence.fridays:
        week = {friday - timedelta(back) for back in range(7)}
        minutes = [one.minutes for one in evidence.attended if one.day in week]
        if not price.holds_on(friday) or (price.full_minutes and not minutes):
            continue
        share = Fraction(max(0, sum(minutes)), price.full_minutes) if price.full_minutes else 1
        paid += min(Fraction(1), Fraction(share))
    return paid


def of_kind(lines: Sequence[Draft], kind: LineKind) -> list[Draft]:
    return [one for one in lines if one.kind is kind]


@given(evidences())
def test_a_total_equals_a_second_reckoning_to_the_penny(evidence: Evidence) -> None:
    lines = lines_of(evidence)
    for kind, worth in worths(evidence).items():
        assert sum(one.worth for one in of_kind(lines, kind)) == worth, kind
    charges = [one for one in lines if one.kind in CHARGES]
    most = still_free(evidence)
    before = sum(
        min(one.worth, in_month) if one.kind is LineKind.EXPENSES else one.worth
        for one in charges
        for in_month in [expense_cap(evidence)]
    )
    charged = sum(one.pence for one in charges)
    assert charged == (before if most is None else min(before, most))
    for one in charges:
        assert one.vat_pence == nearest(Fraction(one.pence * one.vat, 10_000))
        assert min(0, one.worth) <= one.pence <= max(0, one.worth)
    kept = -sum(one.pence for one in of_kind(lines, LineKind.RETENTION))
    paid_out = sum(one.pence for one in of_kind(lines, LineKind.RETENTION_PAID))
    assert paid_out == (evidence.retained + kept if evidence.released else 0)
    tax_kept = -sum(one.vat_pence for one in of_kind(lines, LineKind.RETENTION))
    tax_out = sum(one.vat_pence for one in of_kind(lines, LineKind.RETENTION_PAID))
    assert tax_out == (evidence.retained_vat + tax_kept if evidence.released else 0)
    taken = sum(one.pence for one in of_kind(lines, LineKind.SERVICE_CREDIT))
    assert taken == -sum(one.pence for one in evidence.credits)
    assert sum(one.pence for one in lines) == charged - kept + paid_out + taken


def still_free(evidence: Evidence) -> int | None:
    used = {PriceModel.MONTH_CAP: 0, PriceModel.LOT_CAP: evidence.charged}
    left = [
        one.pence - used[one.model]
        for one in evidence.prices
        if one.model in used and one.holds_on(LAST)
    ]
    if evidence.contract_cap is not None:
        left.append(evidence.contract_cap - evidence.charged_in_contract)
    return max(0, min(left)) if left else None


def expense_cap(evidence: Evidence) -> int:
    return sum(
        price.pence
        for price in evidence.prices
        if price.model is PriceModel.EXPENSES and price.holds_on(LAST)
    )


@given(evidences())
def test_no_case_and_no_shift_is_billed_twice_under_one_price(evidence: Evidence) -> None:
    lines = lines_of(evidence)
    cases = Counter((one.kind, case.case_id) for one in lines for case in one.cases)
    entries = Counter((one.kind, entry.source) for one in lines for entry in one.entries)
    assert all(times == 1 for times in (*cases.values(), *entries.values()))
    for line in lines:
        if line.cases:
            assert line.quantity == len(line.cases)


answers = st.sampled_from([Answer.WAITING, Answer.QUERIED])
amounts = st.builds(Amount, st.integers(1, 10**7), st.integers(0, 10**6))


@given(amounts, st.integers(1, 60), st.lists(st.integers(1, 9), max_size=9), st.data())
def test_credits_never_give_back_more_than_was_billed(
    whole: Amount, cases: int, turns: list[int], data: st.DataObject
) -> None:
    line = Answered(whole, Answer.QUERIED)
    given_back, back = Amount(), 0
    for wanted in turns:
        back = min(back + wanted, cases)
        given_back += credit_of(line, cases=cases, back=back, given=given_back)
        if line.answer is Answer.QUERIED and data.draw(st.booleans()):
            kept = data.draw(st.integers(given_back.pence, whole.pence))
            line = settled(line, kept, credited=given_back.pence)
        assert given_back.pence <= payable(line).pence <= whole.pence
    given_back += credit_of(line, cases=cases, back=cases, given=given_back)
    assert given_back.pence == payable(line).pence
    if line.answer is Answer.QUERIED:
        assert given_back == whole


@given(st.lists(st.tuples(amounts, answers, st.integers(0, 100)), max_size=8))
def test_accepted_queried_rejected_and_unanswered_add_up_to_the_total(
    lines: list[tuple[Amount, Answer, int]],
) -> None:
    said = []
    for whole, answer, percent in lines:
        line = Answered(whole, answer)
        if answer is Answer.QUERIED and percent < 70:
            line = settled(line, whole.pence * percent // 100, credited=0)
        said.append(line)
    assert standing(said).total == sum((one.whole for one in said), Amount())
