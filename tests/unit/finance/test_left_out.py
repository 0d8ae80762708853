"""What is signed and paid for by no price, so that nobody learns it from a missing line."""

from datetime import date

from app.finance.evidence.rules import ExpenseDone, ShiftDone
from app.finance.left_out.rules import LeftOut, is_paid, left_out
from app.finance.prices.rules import PriceModel, PriceTerms
from app.people.rules import Post

FIRST, DAY = date(2026, 11, 2), date(2026, 11, 10)
WORKER, SENIOR = Post.SOCIAL_WORKER, Post.SENIOR_SOCIAL_WORKER
RATE = PriceTerms(PriceModel.DAY_RATE, FIRST, band=WORKER, pence=1, full_minutes=444)
CLEARED = PriceTerms(PriceModel.CLEARED, FIRST, pence=1)
TEAM = PriceTerms(PriceModel.TEAM_WEEK, FIRST, pence=1)


def test_hours_are_paid_by_their_rate_by_a_teams_week_or_by_cases_where_nobody_has_a_rate():
    ended = PriceTerms(PriceModel.TEAM_WEEK, FIRST, ends_on=date(2026, 11, 12), pence=1)
    for prices, band, paid in (
        ([RATE], WORKER, True),
        ([RATE], SENIOR, False),
        ([RATE, CLEARED], SENIOR, False),
        ([RATE, TEAM], SENIOR, True),
        ([CLEARED], SENIOR, True),
        # A week is paid by the price of its Friday.
        ([ended], SENIOR, False),
        ([PriceTerms(PriceModel.HIRE, FIRST, band=SENIOR, pence=1)], SENIOR, False),
        ([], WORKER, False),
    ):
        assert is_paid(prices, band, DAY) is paid
    assert not is_paid([RATE], WORKER, date(2026, 11, 1))


def test_what_no_price_pays_for_is_told_post_by_post_and_corrections_count():
    shifts = [
        ShiftDone(1, 1, WORKER, DAY, 444),
        ShiftDone(2, 2, SENIOR, DAY, 444),
        ShiftDone(3, 2, SENIOR, FIRST, 100),
        ShiftDone(4, 3, Post.TEAM_MANAGER, DAY, 30),
        ShiftDone(5, 3, Post.TEAM_MANAGER, DAY, -30),
    ]
    spent = [ExpenseDone(1, 1, DAY, 1_250)]
    senior = LeftOut(SENIOR, 544, FIRST, DAY)
    assert left_out([RATE], shifts, spent) == [senior, LeftOut(None, 1_250, DAY, DAY)]
    at_cost = PriceTerms(PriceModel.EXPENSES, FIRST, ends_on=date(2026, 11, 4), pence=1)
    assert left_out([RATE, at_cost], shifts, spent) == [senior]
