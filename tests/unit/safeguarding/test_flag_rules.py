"""Rules of safeguarding flags."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from app.kernel.errors import Invalid, Refused
from app.safeguarding.flags.rules import (
    Answered,
    Call,
    Called,
    CallOutcome,
    Raised,
    Standing,
    alert_due,
    by_week,
    call_instant,
    check_acknowledge,
    check_attach,
    check_call,
    check_resolve,
    goes_up,
    hours_waiting,
    weeks_until,
)

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def test_a_new_flag_is_acknowledged_and_then_resolved() -> None:
    check_acknowledge(Standing(acknowledged=False, resolved=False))
    check_resolve(Standing(acknowledged=True, resolved=False))


def test_a_flag_is_not_acknowledged_twice() -> None:
    with pytest.raises(Refused, match="already acknowledged"):
        check_acknowledge(Standing(acknowledged=True, resolved=False))


def test_a_flag_is_not_resolved_unseen_or_twice() -> None:
    with pytest.raises(Refused, match="before you resolve"):
        check_resolve(Standing(acknowledged=False, resolved=False))
    with pytest.raises(Refused, match="already resolved"):
        check_resolve(Standing(acknowledged=True, resolved=True))


@pytest.mark.parametrize(("minutes", "hours"), [(0, 0), (59, 0), (60, 1), (24 * 60, 24)])
def test_only_whole_hours_count(minutes: int, hours: int) -> None:
    assert hours_waiting(NOW - timedelta(minutes=minutes), NOW) == hours


@pytest.mark.parametrize(
    ("hours", "alert"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 3), (7, 3), (8, 4), (24, 8)]
)
def test_alerts_come_again_and_from_the_fourth_hour_go_up(hours: int, alert: int) -> None:
    assert alert_due(hours) == alert
    assert goes_up(alert) is (hours >= 4)


def test_a_flag_is_put_on_a_case_once_while_it_is_open() -> None:
    check_attach(None, Standing(acknowledged=True, resolved=False))
    with pytest.raises(Refused, match="on a case already"):
        check_attach(5, Standing(acknowledged=False, resolved=False))
    with pytest.raises(Refused, match="already resolved"):
        check_attach(None, Standing(acknowledged=True, resolved=True))


def test_a_call_was_made_and_belongs_to_the_flag() -> None:
    def call(at: datetime) -> Call:
        return Call(at, Called.POLICE, CallOutcome.ACTS)

    check_call(call(NOW), NOW, NOW)
    with pytest.raises(Invalid, match="not come yet"):
        check_call(call(NOW + timedelta(minutes=1)), NOW, NOW)
    with pytest.raises(Invalid, match="more than a day before"):
        check_call(call(NOW - timedelta(hours=25)), NOW, NOW)


def test_an_hour_that_the_clocks_skip_is_refused_and_one_shown_twice_is_asked_about() -> None:
    half_past_one = time(1, 30)
    with pytest.raises(Invalid, match="clocks go forward"):
        call_instant(date(2027, 3, 28), half_past_one, "")
    with pytest.raises(Invalid, match="comes twice"):
        call_instant(date(2026, 10, 25), half_past_one, "")
    first, second = (
        call_instant(date(2026, 10, 25), half_past_one, which) for which in ("first", "second")
    )
    assert (first.hour, second.hour) == (0, 1)
    assert call_instant(date(2026, 7, 1), half_past_one, "") == datetime(
        2026, 7, 1, 0, 30, tzinfo=UTC
    )


LOTS = [(1, "North"), (2, "South"), (3, "Fen")]


def raised(lot: str, number: int, hours: int | None = 1) -> list[Raised]:
    acknowledged_at = NOW + timedelta(hours=hours) if hours is not None else None
    (lot_id,) = (lot_id for lot_id, name in LOTS if name == lot)
    return [Raised(lot_id, NOW, acknowledged_at)] * number


def test_flags_are_counted_by_lot_and_week_and_by_how_soon_they_were_acknowledged() -> None:
    flags = raised("North", 2) + raised("North", 1, hours=5) + raised("South", 1, hours=None)
    weeks = by_week(flags, LOTS[:2], NOW.date(), exact=True)
    assert weeks.endings[-1] == date(2026, 11, 20)
    assert len(weeks.endings) == 13
    assert weeks.counts[-1] == (3, 1)
    assert weeks.counts[0] == (0, 0)
    assert weeks.answered == (Answered("North", 3, 2, 1, 0), Answered("South", 1, 0, 0, 1))


def test_small_numbers_of_flags_are_hidden_with_what_would_tell_them() -> None:
    earlier = [Raised(1, NOW - timedelta(weeks=1), None)] * 5
    flags = raised("North", 9) + earlier + raised("South", 7) + raised("Fen", 7, hours=9)
    flags += raised("Fen", 2)
    weeks = by_week(flags, LOTS, NOW.date(), exact=False)
    assert weeks.counts[-2:] == ((None, 0, 0), (9, 7, 9))
    hidden = (None, None, None, None)
    assert weeks.answered == (
        Answered("North", *hidden),
        Answered("South", 7, 7, 0, 0),
        Answered("Fen", *hidden),
    )


def test_the_weeks_counted_end_with_this_one() -> None:
    assert weeks_until(date(2026, 11, 21))[-1] == date(2026, 11, 27)
