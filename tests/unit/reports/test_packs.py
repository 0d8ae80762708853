"""Packs: their periods, their readers and when they are drafted."""

from datetime import date, timedelta

import pytest

from app.access.roles import Role
from app.kernel.errors import Invalid, Refused
from app.reports.packs.rules import (
    Day,
    Kind,
    check_issue,
    check_schedule,
    is_due,
    period_of,
    readable,
    tells_again,
    too_early,
)
from app.reports.sections.rules import Audience, Period

STARTS, ENDS, TODAY = date(2026, 3, 9), date(2027, 4, 30), date(2026, 11, 20)


@pytest.mark.parametrize(
    ("kind", "period"),
    [
        (Kind.WEEKLY, Period(date(2026, 11, 7), date(2026, 11, 13))),
        (Kind.PERFORMANCE, Period(date(2026, 11, 7), date(2026, 11, 13))),
        (Kind.FORTNIGHTLY, Period(date(2026, 10, 31), date(2026, 11, 13))),
        (Kind.MONTHLY, Period(date(2026, 10, 1), date(2026, 10, 31))),
        (Kind.FINAL, Period(STARTS, TODAY)),
    ],
)
def test_a_pack_tells_of_the_period_that_was_over_last(kind: Kind, period: Period) -> None:
    assert period_of(kind, STARTS, ENDS, TODAY) == period


def test_a_period_begins_no_earlier_than_its_contract_and_a_final_report_ends_with_it() -> None:
    begun = date(2026, 10, 14)
    assert period_of(Kind.MONTHLY, begun, ENDS, TODAY).starts_on == begun
    young = date(2026, 11, 18)
    assert period_of(Kind.MONTHLY, young, ENDS, TODAY) == Period(young, TODAY)
    assert period_of(Kind.FINAL, STARTS, date(2026, 9, 30), TODAY).ends_on == date(2026, 9, 30)
    with pytest.raises(Refused, match="nothing to tell"):
        period_of(Kind.WEEKLY, date(2026, 12, 1), ENDS, TODAY)


def test_only_managers_and_auditors_read_what_names_cases() -> None:
    restricted = {role for role in Role if (Kind.MONTHLY, Audience.RESTRICTED) in readable(role)}
    assert Role.COMMISSIONER not in restricted
    assert Role.DISTRICT_MANAGER not in restricted
    assert readable(Role.DISTRICT_MANAGER) == {
        (Kind.WEEKLY, Audience.RESTRICTED),
        (Kind.PERFORMANCE, Audience.RESTRICTED),
    }
    assert {one for _, one in readable(Role.COMMISSIONER)} == {
        Audience.COMMISSIONER,
        Audience.PUBLIC,
    }


def test_weekly_and_fortnightly_packs_have_one_edition_and_the_others_three() -> None:
    assert {kind: len(kind.audiences) for kind in Kind} == {
        Kind.WEEKLY: 1,
        Kind.PERFORMANCE: 1,
        Kind.FORTNIGHTLY: 1,
        Kind.MONTHLY: 3,
        Kind.FINAL: 3,
    }


@pytest.mark.parametrize(
    ("day", "last", "due"),
    [
        (Day(4, None), None, True),
        (Day(4, None), TODAY, False),
        (Day(0, None), date(2026, 11, 15), True),
        (Day(0, None), date(2026, 11, 16), False),
        (Day(None, 3), date(2026, 11, 2), True),
        (Day(None, 3), date(2026, 11, 3), False),
        (Day(None, 25), date(2026, 10, 24), True),
        (Day(None, 25), date(2026, 10, 25), False),
    ],
)
def test_a_draft_that_was_missed_is_made_the_next_day(
    day: Day, last: date | None, *, due: bool
) -> None:
    kind = Kind.WEEKLY if day.month_day is None else Kind.MONTHLY
    assert is_due(kind, day, last, TODAY) is due


def test_a_fortnightly_pack_is_due_every_other_week_and_its_periods_follow_each_other() -> None:
    monday, last, told = Day(0, None), date(2026, 11, 9), []
    for days in range(1, 43):
        today = date(2026, 11, 9) + timedelta(days=days)
        if is_due(Kind.FORTNIGHTLY, monday, last, today):
            last = today
            told.append(period_of(Kind.FORTNIGHTLY, date(2026, 7, 27), date(2027, 5, 3), today))
    assert [one.ends_on for one in told] == [
        date(2026, 11, 20),
        date(2026, 12, 4),
        date(2026, 12, 18),
    ]
    assert [one.starts_on for one in told[1:]] == [
        one.ends_on + timedelta(days=1) for one in told[:-1]
    ]


@pytest.mark.parametrize(
    ("kind", "day", "field"),
    [
        (Kind.FINAL, Day(1, None), "kind"),
        (Kind.MONTHLY, Day(1, 3), "weekday"),
        (Kind.MONTHLY, Day(None, None), "month_day"),
        (Kind.MONTHLY, Day(None, 29), "month_day"),
        (Kind.WEEKLY, Day(0, 3), "month_day"),
        (Kind.WEEKLY, Day(None, None), "weekday"),
    ],
)
def test_a_schedule_asks_for_the_day_that_its_kind_needs(kind: Kind, day: Day, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_schedule(kind, day)
    assert refused.value.field == field


def test_days_of_a_schedule_are_said_in_words() -> None:
    check_schedule(Kind.WEEKLY, Day(0, None))
    check_schedule(Kind.MONTHLY, Day(None, 28))
    assert Day(0, None).words(Kind.WEEKLY) == "Every Monday"
    assert Day(0, None).words(Kind.FORTNIGHTLY) == "Every other Monday"
    assert Day(None, 3).words(Kind.MONTHLY) == "On day 3 of the month"


def test_a_pack_of_some_lots_or_of_a_ledger_out_of_balance_is_not_issued() -> None:
    with pytest.raises(Refused, match="every lot"):
        check_issue(Kind.MONTHLY, [], "", sees_all=False)
    with pytest.raises(Refused, match="North: kept 4"):
        check_issue(Kind.WEEKLY, ["North: kept 4, counted 5."], "", sees_all=False)
    check_issue(Kind.WEEKLY, [], "", sees_all=False)


def test_a_final_report_waits_for_the_last_day_or_the_last_case() -> None:
    def words(today: date = TODAY, *, cases: int = 0, unlisted: tuple[str, ...] = ()) -> str:
        return too_early(open_cases=cases, unlisted=unlisted, ends_on=ENDS, today=today)

    assert "from 30 Apr 2027, the contract’s last day" in words(cases=2)
    assert "2 cases are open" in words(cases=2)
    assert "1 case is open and no list of Mid has come" in words(cases=1, unlisted=("Mid",))
    assert words() == ""
    assert words(ENDS, cases=2, unlisted=("Mid",)) == ""


def test_a_pack_tells_again_only_of_a_contracts_first_days() -> None:
    first, second = date(2026, 11, 2), date(2026, 11, 16)
    told = Period(first, date(2026, 11, 13))
    longer, across = Period(first, date(2026, 11, 20)), Period(date(2026, 11, 7), second)
    for kind in Kind:
        assert tells_again(kind, told, told)
        assert tells_again(kind, across, told)
        assert tells_again(kind, longer, told) is (kind is Kind.FINAL)
        assert not tells_again(kind, Period(second, date(2026, 11, 27)), told)
