"""What an outlook is put together from: prices, weeks so far, weeks ahead and the pace."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.cases.scope.rules import Change, Term
from app.finance.evidence.rules import CaseEvent
from app.finance.outlook.rules import (
    AHEAD_WEEKS,
    Basis,
    CaseMoney,
    LotMoney,
    SoFar,
    Worked,
    beside,
    by_week,
    capped,
    caps_ahead,
    committed,
    differs,
    fees_ahead,
    first_open,
    pace_of,
    paid_share,
    price_of,
    so_far,
    travelled,
    unbilled,
    under_cap,
    weekly_ahead,
)
from app.finance.outlook.words import method, next_week
from app.finance.prices.rules import Parts, PriceModel, PriceTerms
from app.people.rules import Post
from app.planning.cost_paths import LONGEST, Caps, Fees, Known, Seen

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
CLEARED = PriceTerms(PriceModel.CLEARED, FIRST, pence=115_000)
ASSESSED = PriceTerms(PriceModel.ASSESSMENT, FIRST, pence=98_000)
NOVEMBER = date(2026, 11, 1)
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


def _event(on: date) -> CaseEvent:
    return CaseEvent(1, on, 1, datetime(2026, 11, 2, tzinfo=UTC))


def _priced(
    prices: list[PriceTerms], worked: list[Worked], friday: date
) -> tuple[int, Basis] | None:
    found = price_of(prices, worked, friday)
    return found and (sum(found[0].values()), found[1])


def test_a_week_costs_its_days_at_their_rates() -> None:
    assert _priced([RATE], [DAY, DAY], FRIDAY) == (44_400, Basis.DAY_RATES)
    manager = replace(DAY, band=Post.TEAM_MANAGER)
    assert price_of([RATE], [DAY, manager], FRIDAY) is None
    assert price_of([replace(RATE, ends_on=FIRST - WEEK)], [DAY], FRIDAY) is None
    assert price_of([RATE], [], FRIDAY) is None


def test_a_team_price_follows_attendance_and_posts_with_a_rate_come_on_top() -> None:
    days = [replace(DAY, minutes=3_000)]
    assert _priced([TEAM], days, FRIDAY) == (750_000, Basis.TEAM_WEEK)
    assert _priced([RATE, TEAM], days, FRIDAY) == (750_000 + 300_000, Basis.TEAM_WEEK)
    manager = [replace(DAY, minutes=3_000, band=Post.TEAM_MANAGER)]
    assert _priced([RATE, TEAM], manager, FRIDAY) == (750_000, Basis.TEAM_WEEK)
    fixed = replace(TEAM, full_minutes=0)
    for known in (days, []):
        assert _priced([fixed], known, FRIDAY) == (1_000_000, Basis.TEAM_WEEK)
    assert price_of([TEAM], [], FRIDAY) is None


def test_a_week_whose_cases_are_paid_for_costs_nothing_by_itself() -> None:
    assert _priced([CLEARED], [], FRIDAY) == (0, Basis.CASES)
    assert _priced([CLEARED], [DAY], FRIDAY) == (0, Basis.CASES)
    assert _priced([CLEARED, RATE], [DAY], FRIDAY) == (22_200, Basis.DAY_RATES)
    assert price_of([CLEARED, RATE], [], FRIDAY) is None
    assert price_of([CLEARED], [DAY], FIRST - WEEK) is None


def test_cases_not_billed_yet_come_to_their_prices_within_the_cap_of_each_month() -> None:
    dearer = replace(CLEARED, starts_on=FRIDAY, pence=200_000)
    book = [replace(CLEARED, ends_on=FRIDAY - timedelta(1)), dearer, ASSESSED]
    due = {
        PriceModel.CLEARED: [_event(FIRST), _event(FRIDAY), _event(date(2026, 12, 1))],
        PriceModel.ASSESSMENT: [_event(FIRST)],
        PriceModel.SCREENED_OUT: [_event(FIRST)],
    }
    december = date(2026, 12, 1)
    assert unbilled(book, due) == {NOVEMBER: 115_000 + 200_000 + 98_000, december: 200_000}
    cap = PriceTerms(PriceModel.MONTH_CAP, FIRST, pence=300_000)
    assert unbilled([*book, cap], due) == {NOVEMBER: 300_000, december: 200_000}


def test_weeks_of_a_month_above_its_cap_are_lowered_in_proportion() -> None:
    friday, december = date(2026, 12, 4), date(2026, 12, 1)
    parts = {(FRIDAYS[0], NOVEMBER): 100, (friday, NOVEMBER): 300, (friday, december): 900}
    assert capped([TEAM], parts) == parts
    cap = PriceTerms(PriceModel.MONTH_CAP, FIRST, ends_on=date(2026, 11, 20), pence=200)
    assert list(capped([cap], parts).values()) == [50, 150, 900]
    assert by_week(capped([cap], parts)) == {FRIDAYS[0]: 50, friday: 1_050}


def test_a_day_is_of_its_own_month_and_a_teams_week_of_that_of_its_friday() -> None:
    monday, friday, december = date(2026, 11, 30), date(2026, 12, 4), date(2026, 12, 1)
    days = [replace(DAY, day=monday), replace(DAY, day=friday)]
    found = price_of([RATE], days, friday)
    assert found == ({NOVEMBER: 22_200, december: 22_200}, Basis.DAY_RATES)
    whole = replace(TEAM, full_minutes=0)
    assert price_of([whole], [], friday) == ({december: 1_000_000}, Basis.TEAM_WEEK)
    found = price_of([whole, RATE], days, friday)
    assert found == ({NOVEMBER: 22_200, december: 1_022_200}, Basis.TEAM_WEEK)


def test_travel_counts_as_signed_where_it_is_paid_at_cost_and_else_as_recorded() -> None:
    december = date(2026, 12, 4)
    signed, recorded = (
        {
            (FRIDAYS[0], NOVEMBER): 100,
            (FRIDAYS[1], NOVEMBER): 300,
            (december, december.replace(day=1)): 9,
        },
        {FRIDAYS[0]: 77, december: 8},
    )
    assert travelled([TEAM], signed, recorded) == recorded
    at_cost = PriceTerms(PriceModel.EXPENSES, FIRST, ends_on=date(2026, 11, 20), pence=200)
    assert travelled([at_cost], signed, recorded) == {FRIDAYS[0]: 50, FRIDAYS[1]: 150, december: 8}


def test_cases_ahead_cost_what_the_prices_of_their_weeks_say() -> None:
    follows = replace(CLEARED, starts_on=AS_AT + 2 * WEEK, pence=7)
    book = [replace(CLEARED, ends_on=AS_AT + WEEK), follows]
    fees = fees_ahead(book, AS_AT, begun=3, paid=0.5)
    assert fees == Fees([0] * AHEAD_WEEKS, [115_000] + [7] * (AHEAD_WEEKS - 1), 3, 0.5)
    assert fees_ahead([RATE, TEAM], AS_AT, begun=3, paid=0.5) is None


def test_what_leaves_is_paid_for_where_it_was_cleared_and_did_not_come_back() -> None:
    changes = [
        Change(1, FIRST, Term.OPENING, "", 40),
        Change(1, FIRST, Term.CLEARED, "", -9),
        Change(1, FIRST, Term.HANDED_BACK, "", -3),
        Change(1, FIRST, Term.REOPENED, "", 3),
    ]
    assert paid_share(changes) == 0.5
    assert paid_share(changes[:1]) == 1.0


def test_cases_milestones_and_service_credits_are_of_what_was_spent() -> None:
    cases = CaseMoney(500, 70, Fees([1], [2]))
    money = _money(cases=cases, certified=1_000, to_come=9_000, credits=200)
    assert so_far(money) == SoFar(400, 300, 190 + 500 + 1_000 - 200, 90 + 70)


def test_caps_leave_what_was_not_charged_yet_in_the_month_and_in_all() -> None:
    month = PriceTerms(PriceModel.MONTH_CAP, FIRST, pence=900)
    lot = PriceTerms(PriceModel.LOT_CAP, FIRST, pence=5_000)
    cases = CaseMoney(500, 70, Fees([1], [2]))
    money = _money(signed={FRIDAYS[0]: 30}, cases=cases, certified=1_000, to_come=400)
    caps = caps_ahead([month, lot], money, 95)
    # One Friday of November is left after the twentieth, then the four of December.
    assert (caps.month, caps.begun, caps.weeks[:2]) == (900, 95, [1, 4])
    assert sum(caps.weeks) == LONGEST
    # Monday the thirtieth of November is a fifth of the week of the first Friday of December.
    assert caps.early[:2] == [0, 0.2]
    by_team = caps_ahead([month, lot], replace(money, basis=Basis.TEAM_WEEK), 95)
    assert set(by_team.early) == {0}
    assert caps.whole == 5_000 - 30 - 570 - 1_000 - 400
    assert caps_ahead([lot], _money(), 0) == Caps(None, [], 0, 5_000, [])
    assert caps_ahead([TEAM], money, 0) == Caps(None, [], 0, None, [])
    free, tight = replace(money, caps=Caps()), replace(money, caps=caps)
    limited, room = under_cap([free, tight], 4_500)
    assert (room, [one.caps.whole for one in limited]) == (500, [500, 500])
    assert under_cap([tight], 9_000)[0][0].caps.whole == 3_000
    assert under_cap([free], None) == ([free], None)


def test_a_week_that_nobody_recorded_is_accrued_as_it_is_likely_to_come() -> None:
    assert so_far(_money()) == SoFar(400, 300, 190, 90)
    priced = _money(rota={FRIDAYS[2]: 77}, basis=Basis.DAY_RATES)
    assert so_far(priced) == SoFar(400, 300, 190, 77)


def test_the_rota_is_asked_from_the_first_week_that_is_not_known() -> None:
    assert first_open(FIRST, AS_AT, {FRIDAYS[0], FRIDAYS[2]}) == FRIDAYS[1]
    assert first_open(FIRST, AS_AT, set(FRIDAYS)) == AS_AT + WEEK


def test_a_signed_week_counts_by_its_prices_before_what_was_recorded() -> None:
    signed = _money(signed={FRIDAYS[0]: 85, FRIDAYS[2]: 95})
    assert so_far(signed) == SoFar(400, 300, 85 + 10 + 100 + 95, 0)


def test_coming_weeks_cost_what_the_rota_comes_to_or_the_average() -> None:
    assert weekly_ahead(_money()) == [90]
    assert beside(_money()) == 10
    rota = {AS_AT + WEEK: 70, AS_AT + 2 * WEEK: 50}
    weeks = weekly_ahead(_money(rota=rota, basis=Basis.DAY_RATES))
    assert weeks[:3] == [70, 50, 50]
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


def test_cases_are_told_with_their_prices_and_caps_with_what_they_leave() -> None:
    cases = CaseMoney(0, 0, Fees([98_000], [115_000], 12, 0.75))
    money = _money(rota={AS_AT + WEEK: 0}, basis=Basis.CASES, cases=cases)
    assert next_week(money, Known(2)) == 10 + 2 * round(0.75 * 213_000)
    assert next_week(money, Seen([1, 3], [0, 0])) == next_week(money, Known(2))
    assert next_week(_money(), Known(2)) == 100
    said = method(money, Known(2), 5)
    assert "£980.00 assessed and £1,150.00 cleared, as 75% of those that left did" in said
    assert "open cases whose assessment is paid: 12" in said
    assert "weeks of notice" not in said
    most = CaseMoney(0, 0, Fees([2_000_000], [2_000_000], 1_000_000, 1.0))
    caps = Caps(1_000_000_000, [4], 0, 10_000_000_000)
    longest = replace(money, basis=Basis.DAY_RATES, cases=most, to_come=500_000_000, caps=caps)
    said = method(replace(longest, rota={AS_AT + WEEK: 9_000_000}), Known(9), 1_000_000)
    assert len(said) <= 600
    for words in ("Milestones to come add £5,000,000.00", "Caps leave £100,000,000.00 to charge"):
        assert words in said
    assert "No month is charged more than £10,000,000.00" in said


@pytest.mark.parametrize(
    ("eac", "middle", "apart"), [(110, 100, 10), (80, 100, -20), (None, 100, None), (5, 0, None)]
)
def test_two_ways_of_looking_ahead_are_set_beside_each_other(
    eac: int | None, middle: int, apart: int | None
) -> None:
    assert differs(eac, middle) == apart
