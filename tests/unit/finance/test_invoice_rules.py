"""Months, answers, credits and payments of invoices."""

from datetime import date

import pytest

from app.finance.invoices.rules import (
    Amount,
    Answer,
    Answered,
    check_month,
    check_payment,
    check_query,
    credit_of,
    credit_title,
    months,
    part_of,
    settled,
)
from app.finance.milestones.rules import (
    LARGEST,
    MilestoneTerms,
    check_certificate,
    check_milestone,
    days_late,
)
from app.kernel.errors import Invalid, Refused

START, END = date(2026, 11, 2), date(2027, 4, 30)
TODAY = date(2027, 1, 5)
NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
LINE = Answered(Amount(10_000, 2_000), Answer.QUERIED)


def test_months_that_are_over_can_be_billed_in_their_order_from_the_contracts_first_on() -> None:
    assert months(START, TODAY) == [DECEMBER, NOVEMBER]
    assert months(START, date(2026, 11, 30)) == []
    assert months(START, date(2028, 1, 1))[0] == date(2027, 12, 1)
    term = {"starts_on": START, "today": TODAY}
    check_month(DECEMBER, **term, last_billed=NOVEMBER)
    for month, last, words in (
        (date(2027, 1, 1), None, "January 2027 is not over yet"),
        (date(2026, 10, 1), None, "October 2026 is before the contract’s term"),
        (NOVEMBER, DECEMBER, "December 2026 is billed already"),
    ):
        with pytest.raises(Invalid, match=words):
            check_month(month, **term, last_billed=last)


def test_a_part_of_a_line_takes_its_part_of_the_tax() -> None:
    assert part_of(Amount(10_000, 2_001), 5_000) == Amount(5_000, 1_001)
    assert part_of(Amount(0, 0), 0) == Amount(0, 0)


def test_only_an_unanswered_line_is_queried_and_not_without_a_word() -> None:
    check_query(Answer.WAITING, "Which?")
    with pytest.raises(Refused, match="accepted already"):
        check_query(Answer.ACCEPTED, "Which?")
    with pytest.raises(Invalid, match="Say what"):
        check_query(Answer.WAITING, "")


def test_a_query_is_settled_between_nought_and_the_whole() -> None:
    assert settled(LINE, 0, credited=0).answer is Answer.REJECTED
    assert settled(LINE, 5_000, credited=0).accepted == Amount(5_000, 1_000)
    for pence in (-1, 10_001):
        with pytest.raises(Invalid, match="between nought"):
            settled(LINE, pence, credited=0)
    with pytest.raises(Invalid, match="of it was credited already"):
        settled(LINE, 4_999, credited=5_000)
    with pytest.raises(Refused, match="Only a queried line"):
        settled(Answered(Amount(1), Answer.WAITING), 1, credited=0)


def test_a_deduction_is_accepted_whole() -> None:
    less = Answered(Amount(-500, -100), Answer.QUERIED)
    assert settled(less, -500, credited=0).accepted == Amount(-500, -100)
    with pytest.raises(Invalid, match="A deduction is accepted whole: −£5"):
        settled(less, -400, credited=0)


def test_a_credit_is_of_what_was_accepted() -> None:
    half = Answered(Amount(10_000, 2_000), Answer.ACCEPTED, Amount(5_000, 1_000))
    assert credit_of(half, cases=2, back=1, given=Amount()) == Amount(2_500, 500)
    gone = Answered(Amount(10_000, 2_000), Answer.REJECTED)
    assert credit_of(gone, cases=2, back=2, given=Amount()) == Amount()
    assert credit_title("N/1", 2, 1) == "1 case of N/1, line 2, came back"
    assert credit_title("N/1", 2, 3) == "3 cases of N/1, line 2, came back"


def test_credits_from_before_a_settlement_count_towards_what_is_paid_back_after_it() -> None:
    whole = Answered(Amount(100_000, 20_000), Answer.QUERIED)
    first = credit_of(whole, cases=10, back=1, given=Amount())
    assert first == Amount(10_000, 2_000)
    fifth = settled(whole, 20_000, credited=first.pence)
    assert credit_of(fifth, cases=10, back=2, given=first) == Amount()
    assert credit_of(fifth, cases=10, back=10, given=first) == Amount(10_000, 2_000)


def test_no_more_is_paid_than_is_accepted_and_not_before_the_invoice() -> None:
    facts = {"due": 100, "issued_on": START, "today": TODAY}
    check_payment(100, TODAY, **facts)
    for pence, day, words in (
        (0, TODAY, "above nought"),
        (101, TODAY, "£1.00 is accepted and not paid yet"),
        (1, date(2027, 1, 6), "has not come yet"),
        (1, date(2026, 11, 1), "issued on 2 Nov 2026"),
    ):
        with pytest.raises(Invalid, match=words):
            check_payment(pence, day, **facts)


def milestone(**changes: object) -> MilestoneTerms:
    values = {"title": "Half", "clause": "6.1", "due_on": date(2027, 1, 29), "pence": 100}
    return MilestoneTerms(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"clause": ""}, "clause"),
        ({"due_on": date(2027, 5, 1)}, "due_on"),
        ({"due_on": date(2026, 11, 1)}, "due_on"),
        ({"pence": -1}, "pence"),
        ({"pence": LARGEST + 1}, "pence"),
        ({"pence": 0}, "pence"),
    ],
)
def test_a_milestone_that_cannot_be_meant_is_refused(
    changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        check_milestone(milestone(**changes), starts_on=START, ends_on=END)
    assert refused.value.field == field


def test_a_milestone_may_pay_the_retention_out_alone() -> None:
    check_milestone(milestone(pence=0, releases=True), starts_on=START, ends_on=END)
    check_milestone(milestone(), starts_on=START, ends_on=END)


def test_a_certificate_needs_evidence_and_a_day_that_has_come() -> None:
    facts = {"evidence": "Seen", "starts_on": START, "today": TODAY, "certified": False}
    check_certificate(TODAY, **facts)
    with pytest.raises(Refused, match="certified already"):
        check_certificate(TODAY, **(facts | {"certified": True}))
    with pytest.raises(Refused, match="has not said yet"):
        check_certificate(TODAY, **(facts | {"evidence": ""}))
    with pytest.raises(Invalid, match="has not come yet"):
        check_certificate(date(2027, 1, 6), **facts)
    with pytest.raises(Invalid, match="The contract starts on"):
        check_certificate(date(2026, 11, 1), **facts)


def test_a_milestone_is_late_by_days_until_it_is_achieved() -> None:
    assert days_late(date(2027, 1, 1), None, TODAY) == 4
    assert days_late(date(2027, 1, 1), date(2027, 1, 2), TODAY) == 1
    assert days_late(date(2027, 1, 9), None, TODAY) == 0
