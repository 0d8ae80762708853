"""What an outlook is put together from: prices, weeks so far, weeks ahead and the pace."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.cases.scope.rules import Change, Term
from app.finance.outlook.rules import (
    AHEAD_WEEKS,
    Basis,
    LotMoney,
    SoFar,
    Worked,
    committed,
    differs,
    first_open,
    method,
    pace_of,
    price_of,
    so_far,
    weekly_ahead,
)
from app.finance.prices.rules import Parts, PriceModel, PriceTerms
from app.people.rules import Post
from app.planning.cost_paths import Known, Seen

WEEK = timedelta(weeks=1)
FIRST = date(2026, 11, 2)
FRIDAY = date(2026, 11, 6)
AS_AT = FRIDAY + 2 * WEEK
FRIDAYS = [FRIDAY + WEEK * number for number in range(3)]
RATE = PriceTerms(
    PriceModel.DAY_RATE,
    FIRST,
    band=Post.SOCIAL_WORKER,
    pence=44_400,
    full_minutes=444,
    parts=Parts(pay=44_400),
)
TEAM = PriceTerms(PriceModel.TEAM_WEEK, FIRST, pence=1_000_000, full_minutes=4_000)
DAY = Worked(Post.SOCIAL_WORKER, FIRST, 222)


def _money(**changes: object) -> LotMoney:
    plain = LotMoney(
        FIRST,
        AS_AT,
        dict.fromkeys([*FRIDAYS, AS_AT + WEEK], 100),
        {FRIDAYS[0]: 80, FRIDAYS[1]: 100},
        {FRIDAYS[0]: 10},
        {},
        {},
        Basis.AVERAGE,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_a_week_costs_its_days_at_their_rates() -> None:
    assert price_of([RATE], [DAY, DAY], FRIDAY) == (44_400, Basis.DAY_RATES)
    manager = replace(DAY, band=Post.TEAM_MANAGER)
    assert price_of([RATE], [DAY, manager], FRIDAY) is None
    assert price_of([replace(RATE, ends_on=FIRST - WEEK)], [DAY], FRIDAY) is None
    assert price_of([RATE], [], FRIDAY) is None


def test_a_team_price_goes_before_day_rates_and_follows_attendance() -> None:
    days = [replace(DAY, minutes=3_000)]
    assert price_of([RATE, TEAM], days, FRIDAY) == (750_000, Basis.TEAM_WEEK)
    assert price_of([replace(TEAM, full_minutes=0)], days, FRIDAY) == (
        1_000_000,
        Basis.TEAM_WEEK,
    )


def test_a_week_that_nobody_recorded_is_accrued_as_it_is_likely_to_come() -> None:
    assert so_far(_money()) == SoFar(400, 300, 190, 90, 1)
    priced = _money(rota={FRIDAYS[2]: 77}, basis=Basis.DAY_RATES)
    assert so_far(priced) == SoFar(400, 300, 190, 77, 1)


def test_the_rota_is_asked_from_the_first_week_that_is_not_known() -> None:
    assert first_open(FIRST, AS_AT, {FRIDAYS[0], FRIDAYS[2]}) == FRIDAYS[1]
    assert first_open(FIRST, AS_AT, set(FRIDAYS)) == AS_AT + WEEK


def test_a_signed_week_counts_by_its_prices_before_what_was_recorded() -> None:
    signed = _money(signed={FRIDAYS[0]: 85, FRIDAYS[2]: 95})
    assert so_far(signed) == SoFar(400, 300, 85 + 10 + 100 + 95, 0, 0)


def test_coming_weeks_cost_what_the_rota_comes_to_or_the_average() -> None:
    assert weekly_ahead(_money()) == [100]
    rota = {AS_AT + WEEK: 70, AS_AT + 2 * WEEK: 50}
    weeks = weekly_ahead(_money(rota=rota, basis=Basis.DAY_RATES))
    assert weeks[:3] == [80, 60, 60]
    assert len(weeks) == AHEAD_WEEKS + 1
    assert weekly_ahead(_money(staff={}, other={})) == [0]


def test_notice_is_what_is_committed() -> None:
    assert committed(_money(notice_weeks=4)) == 400
    rota = {AS_AT + WEEK: 70, AS_AT + 2 * WEEK: 50}
    assert committed(_money(rota=rota, basis=Basis.DAY_RATES, notice_weeks=2)) == 140


def test_the_pace_is_what_left_and_came_in_full_weeks() -> None:
    today = FRIDAY + 5 * WEEK
    changes = [
        Change(1, FIRST, Term.OPENING, "", 40),
        Change(1, FIRST + WEEK, Term.CLEARED, "", -3),
        Change(1, FIRST + WEEK, Term.HANDED_BACK, "", -1),
        Change(1, FIRST + WEEK, Term.RECEIVED, "", 2),
        Change(1, FIRST + 3 * WEEK, Term.REOPENED, "", 1),
        Change(1, FIRST + 3 * WEEK, Term.TRANSFERRED, "", -1),
        Change(1, today, Term.CLEARED, "", -9),
    ]
    assert pace_of(changes, 5.0, today) == Seen([0, 4, 0, 0, 0], [0, 2, 0, 0, 0])
    assert pace_of(changes, 5.0, FRIDAY + 3 * WEEK) == Known(5.0, doubt=0.5)
    assert pace_of([], 5.0, today) == Known(5.0, doubt=0.5)


def test_the_method_is_told_with_its_assumption() -> None:
    said = method(_money(), Seen([1] * 6, [0] * 6), 1_234)
    assert "1,234 open cases" in said
    assert "the last 6 full weeks" in said
    assert "£1.00, by the last costed weeks" in said
    assert "no fewer than the 4 weeks of notice" in said
    assert "a planning assumption, not a forecast" in method(_money(), Known(3), 5)


@pytest.mark.parametrize(
    ("eac", "middle", "apart"), [(110, 100, 10), (80, 100, -20), (None, 100, None), (5, 0, None)]
)
def test_two_ways_of_looking_ahead_are_set_beside_each_other(
    eac: int | None, middle: int, apart: int | None
) -> None:
    assert differs(eac, middle) == apart
