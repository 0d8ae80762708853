"""Each class of a forecast goes at its own pace, and a case counts in one of them alone."""

from datetime import date, timedelta

from app.cases.groups.rules import ForecastClass, GroupChange
from app.cases.scope.rules import Change, Ledger, Term
from app.performance.rules import paces

FIRST = date(2026, 9, 4)
TODAY = date(2026, 11, 20)


def friday(number: int) -> date:
    return FIRST + timedelta(weeks=number)


def test_each_class_is_set_against_what_it_held_six_full_weeks_ago() -> None:
    opening = [Change(1, FIRST, Term.OPENING, "", 100)]
    cleared = [Change(1, friday(week), Term.CLEARED, "", -6) for week in range(1, 11)]
    protected = [GroupChange(1, FIRST, 20, 0)]
    protected += [GroupChange(1, friday(week), 1, 2) for week in range(1, 11)]
    under_protection, others = paces(Ledger((*opening, *cleared)), tuple(protected), TODAY)
    # The last full week is that of 13 November, the tenth after the first; six weeks before is
    # the fourth. One of six leaves the first class net each week, five the other.
    assert under_protection.forecast_class is ForecastClass.PROTECTED
    assert (under_protection.weeks, under_protection.before, under_protection.open) == (6, 16, 10)
    assert under_protection.ends_on == friday(10) + timedelta(weeks=10)
    assert (others.weeks, others.before, others.open) == (6, 60, 30)
    assert others.ends_on == friday(10) + timedelta(weeks=6)
    assert under_protection.open + others.open == 100 - 60


def test_an_enquiry_moves_its_case_from_one_class_to_the_other_on_its_day() -> None:
    opening = (Change(1, FIRST, Term.OPENING, "", 10),)
    moved = (GroupChange(1, TODAY, 1, 0),)
    under_protection, others = paces(Ledger(opening), moved, TODAY)
    assert (under_protection.before, under_protection.open, others.open) == (0, 1, 9)
    assert under_protection.ends_on is None
    assert others.ends_on is None


def test_nothing_is_said_of_a_pace_before_a_full_week() -> None:
    opening = (Change(1, TODAY, Term.OPENING, "", 10),)
    assert [one.weeks for one in paces(Ledger(opening), (), TODAY)] == [0, 0]
    assert [one.ends_on for one in paces(Ledger(opening), (), TODAY)] == [None, None]
    assert paces(Ledger(()), (), TODAY) == ()
