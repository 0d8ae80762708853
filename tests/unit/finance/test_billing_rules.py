"""Lines of an invoice from evidence, one by one."""

from datetime import UTC, date, datetime

import pytest

from app.finance.billing.rules import lines_of
from app.finance.evidence.rules import (
    CaseEvent,
    CreditDone,
    CreditWaived,
    Evidence,
    ExpenseDone,
    LineKind,
    MilestoneDone,
    Return,
    ShiftDone,
    WeekBilled,
    attended,
    fridays_over,
    is_of_this_work,
    stands,
)
from app.finance.prices.rules import PriceModel, PriceTerms
from app.people.rules import Post

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
AT = datetime(2026, 11, 10, tzinfo=UTC)


def evidence(*prices: PriceTerms, **facts: object) -> Evidence:
    return Evidence(FIRST, LAST, prices, **facts)  # type: ignore[arg-type]


def cleared(number: int) -> dict[PriceModel, list[CaseEvent]]:
    return {PriceModel.CLEARED: [CaseEvent(one, FIRST, 1, AT) for one in range(number)]}


CLEARED = PriceTerms(PriceModel.CLEARED, FIRST, pence=10_000, vat=2_000)


def shift(day: int, minutes: int) -> ShiftDone:
    return ShiftDone(day, 1, Post.SOCIAL_WORKER, date(2026, 11, day), minutes)


def test_a_month_without_evidence_has_no_lines() -> None:
    every = [
        PriceTerms(one, FIRST, band=Post.SOCIAL_WORKER if one.has_band else None, pence=1)
        for one in PriceModel
    ]
    assert lines_of(evidence(*every)) == []
    assert lines_of(evidence(expenses=[ExpenseDone(1, 1, FIRST, 5)], cases=cleared(1))) == []


def test_a_team_week_follows_attendance_and_waits_for_its_signature() -> None:
    team = PriceTerms(PriceModel.TEAM_WEEK, FIRST, pence=100_000, full_minutes=1_000)
    fridays = fridays_over(FIRST, LAST)
    assert fridays == [date(2026, 11, day) for day in (6, 13, 20, 27)]
    shifts = [shift(3, 500), shift(5, 250), shift(10, 1_500), shift(17, -60)]
    [line] = lines_of(evidence(team, fridays=fridays, attended=shifts))
    assert line.title == "Fixed weekly team price: 3 weeks by attendance at £1,000.00"
    assert [entry.source for entry in line.entries] == ["2026-11-06", "2026-11-13", "2026-11-20"]
    # Three quarters, no more than the whole, and not less than nothing.
    assert line.worth == 175_000
    flat = PriceTerms(PriceModel.TEAM_WEEK, FIRST, date(2026, 11, 12), pence=100_000)
    [line] = lines_of(evidence(flat, fridays=fridays))
    assert (line.title, line.worth) == ("Fixed weekly team price: 1 week at £1,000.00", 100_000)
    assert attended(shifts, date(2026, 11, 27)) is None


def test_a_week_corrected_since_it_was_billed_by_attendance_is_billed_by_the_difference() -> None:
    team = PriceTerms(PriceModel.TEAM_WEEK, FIRST, pence=100_000, full_minutes=1_000)
    first, second = date(2026, 11, 6), date(2026, 11, 13)
    shifts = [shift(3, 750), shift(4, -250), shift(10, 1_200)]
    facts = {"fridays": [second], "attended": shifts}
    [line] = lines_of(evidence(team, weeks={first: WeekBilled(750, 2)}, **facts))
    assert (
        line.title == "Fixed weekly team price: 1 week and 1 correction by attendance at £1,000.00"
    )
    assert (line.worth, line.quantity, line.billed_to) == (75_000, 2, second)
    assert [(one.source, one.quantity) for one in line.entries] == [
        ("2026-11-13", 1_200),
        ("2026-11-06/3", -250),
    ]
    both = {first: WeekBilled(500), second: WeekBilled(1_000)}
    assert lines_of(evidence(team, weeks=both, attended=shifts)) == []
    [less] = lines_of(evidence(team, weeks={first: WeekBilled(1_000)}, attended=shifts))
    assert (less.title, less.pence) == (
        "Fixed weekly team price: 1 correction by attendance at £1,000.00",
        -50_000,
    )
    flat = PriceTerms(PriceModel.TEAM_WEEK, FIRST, pence=100_000)
    assert lines_of(evidence(flat, weeks={first: WeekBilled(1)}, attended=shifts)) == []


def test_a_cap_a_retention_and_expenses_that_end_in_mid_month_still_are_of_the_month() -> None:
    until = date(2026, 11, 20)
    held = [
        PriceTerms(PriceModel.MONTH_CAP, FIRST, until, pence=9_000),
        PriceTerms(PriceModel.RETENTION, FIRST, until, share=500),
        PriceTerms(PriceModel.EXPENSES, FIRST, until, pence=1_000),
    ]
    lines = lines_of(
        evidence(CLEARED, *held, cases=cleared(1), expenses=[ExpenseDone(1, 1, FIRST, 800)])
    )
    assert [(line.kind, line.pence) for line in lines] == [
        (LineKind.CLEARED, 8_333),
        (LineKind.EXPENSES, 667),
        (LineKind.RETENTION, -417),
    ]
    before = date(2026, 10, 31)
    gone = PriceTerms(PriceModel.MONTH_CAP, date(2026, 10, 1), before, pence=1)
    later = PriceTerms(PriceModel.MONTH_CAP, date(2026, 12, 1), pence=1)
    [line] = lines_of(evidence(CLEARED, gone, later, cases=cleared(1)))
    assert line.pence == 10_000


def test_cases_handed_back_are_listed_at_no_charge() -> None:
    free = PriceTerms(PriceModel.SCREENED_OUT, FIRST)
    events = {PriceModel.SCREENED_OUT: [CaseEvent(1, FIRST, 1, AT)]}
    [line] = lines_of(evidence(free, cases=events))
    assert (line.title, line.pence) == ("No fee for a case handed back: 1 case", 0)


@pytest.mark.parametrize(
    ("model", "facts"),
    [
        (PriceModel.MONTH_CAP, {}),
        (PriceModel.LOT_CAP, {"charged": 5_000}),
        (None, {"contract_cap": 35_001, "charged_in_contract": 20_000}),
    ],
)
def test_the_tightest_cap_lowers_every_charge_in_proportion(
    model: PriceModel | None, facts: dict[str, int]
) -> None:
    caps = [PriceTerms(model, FIRST, pence=15_001 + facts.get("charged", 0))] if model else []
    half = [
        MilestoneDone(1, "Half", "6", FIRST, 10_000, 0),
        MilestoneDone(2, "Free", "6", FIRST, 0, 0),
    ]
    [cases, paid] = lines_of(evidence(CLEARED, *caps, cases=cleared(2), milestones=half, **facts))
    assert (cases.worth, cases.pence, cases.vat_pence) == (20_000, 10_001, 2_000)
    assert (paid.worth, paid.pence, paid.vat_pence) == (10_000, 5_000, 0)


def test_a_cap_that_is_used_up_leaves_nothing_and_a_correction_makes_room() -> None:
    spent = evidence(CLEARED, cases=cleared(1), contract_cap=10, charged_in_contract=20)
    assert [line.pence for line in lines_of(spent)] == [0]
    rate = PriceTerms(
        PriceModel.DAY_RATE, FIRST, band=Post.SOCIAL_WORKER, pence=444, full_minutes=444
    )
    cap = PriceTerms(PriceModel.MONTH_CAP, FIRST, pence=9_700)
    lines = lines_of(evidence(CLEARED, rate, cap, cases=cleared(1), shifts=[shift(3, -200)]))
    assert [(line.kind, line.pence) for line in lines] == [
        (LineKind.DAY_RATE, -200),
        (LineKind.CLEARED, 9_900),
    ]


def test_deductions_carry_tax_in_proportion_and_nothing_is_retained_of_expenses() -> None:
    keep = PriceTerms(PriceModel.RETENTION, FIRST, share=500)
    travel = PriceTerms(PriceModel.EXPENSES, FIRST, pence=9_000)
    lines = lines_of(
        evidence(
            CLEARED,
            keep,
            travel,
            cases=cleared(1),
            expenses=[ExpenseDone(1, 1, FIRST, 12_000)],
            credits=[CreditDone("1", "Late assessments", "Schedule 14, 2.1", 1_900)],
        )
    )
    said = [(line.kind, line.worth, line.pence, line.vat_pence) for line in lines]
    assert said == [
        (LineKind.CLEARED, 10_000, 10_000, 2_000),
        (LineKind.EXPENSES, 12_000, 9_000, 0),
        (LineKind.RETENTION, -500, -500, -53),
        (LineKind.SERVICE_CREDIT, -1_900, -1_900, -200),
    ]


def test_a_credit_waived_since_is_given_back_with_the_tax_that_was_taken() -> None:
    waived = [CreditWaived("1", "Late assessments", "Schedule 14, 2.1", 1_900, 200)]
    [alone] = lines_of(evidence(waived=waived))
    assert (alone.kind, alone.pence, alone.vat_pence) == (LineKind.SERVICE_CREDIT, 1_900, 200)
    assert [one.source for one in alone.entries] == ["1 waived"]
    beside = lines_of(evidence(CLEARED, cases=cleared(1), waived=waived))
    assert [(line.pence, line.vat_pence) for line in beside] == [(10_000, 2_000), (1_900, 200)]


def test_what_is_retained_is_paid_out_once_its_milestone_is_certified() -> None:
    keep = PriceTerms(PriceModel.RETENTION, FIRST, share=500)
    paid = lines_of(evidence(CLEARED, keep, cases=cleared(1), retained=700, released=True))
    assert [line.pence for line in paid] == [10_000, -500, 1_200]
    # With the tax that was held back with it, whatever the month charges beside it.
    assert [line.vat_pence for line in paid] == [2_000, -100, 100]
    alone = lines_of(evidence(retained=700, retained_vat=140, released=True))
    assert [(line.pence, line.vat_pence) for line in alone] == [(700, 140)]
    assert lines_of(evidence(released=True)) == []


def test_a_case_is_paid_for_unless_it_came_back_within_its_days() -> None:
    assert stands(FIRST, None, 0)
    assert not stands(FIRST, Return(LAST), 29)
    assert stands(FIRST, Return(LAST), 28)
    assert not stands(FIRST, Return(LAST, handed_back=True), 0)


def test_an_assessment_from_before_a_reopening_is_not_paid_for_again() -> None:
    assert is_of_this_work(FIRST, None)
    assert is_of_this_work(LAST, FIRST)
    assert not is_of_this_work(FIRST, LAST)
    assert not is_of_this_work(None, None)
