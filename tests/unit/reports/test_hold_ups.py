"""Working days by side, and what outsiders see of them."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.kernel.clock import Holder
from app.reports.hold_ups.rules import Side, by_period, by_week

WEEK = date(2026, 11, 13)
holders = st.dictionaries(st.sampled_from(list(Holder)), st.integers(1, 40))
weeks = st.dictionaries(st.integers(1, 4), holders.filter(bool), min_size=1)


def test_partners_family_and_court_are_told_together() -> None:
    found = [
        (1, WEEK, Holder.AGENCY, 60),
        (1, WEEK, Holder.COUNCIL, 30),
        (1, WEEK, Holder.PARTNER, 6),
        (1, WEEK, Holder.COURT, 4),
        (2, WEEK, Holder.FAMILY, 0),
    ]
    here, there = by_week(found)
    assert (here.days, here.total) == ((60, 30, 10), 100)
    assert [here.share(side) for side in Side] == ["60%", "30%", "10%"]
    assert there.share(Side.AGENCY) == "n/a"


def test_a_period_adds_its_weeks_up_and_leaves_out_those_of_none() -> None:
    weeks = [WEEK + timedelta(weeks=n) for n in range(5)]
    found = [(1, week, Holder.AGENCY, 10) for week in weeks]
    found += [(1, week, Holder.COUNCIL, 2) for week in weeks]
    [one] = by_period(found, [weeks[:4]])
    assert (one.ends_on, one.days, one.total) == (weeks[3], (40, 8, 0), 48)
    later, earlier = by_period(found, [weeks[:2], weeks[2:4]])
    assert (later.ends_on, later.share(Side.COUNCIL)) == (weeks[3], "c")
    assert earlier.ends_on == weeks[1]
    assert by_period(found, []) == []


@given(weeks)
def test_outsiders_see_no_few_days_and_cannot_work_them_out(
    lots: dict[int, dict[Holder, int]],
) -> None:
    found = [(lot, WEEK, holder, days) for lot, one in lots.items() for holder, days in one.items()]
    exact, told = by_week(found), by_period(found, [[WEEK]])
    for whole, guarded in zip(exact, told, strict=True):
        for days, shown in zip(whole.days, guarded.days, strict=True):
            assert shown in (None, days)
            assert shown is None or not 0 < shown < 6
        assert guarded.days.count(None) != 1
        assert guarded.total == (None if 0 < whole.total < 6 else whole.total)
        assert all(
            guarded.share(side) == "c"
            for side, shown in zip(Side, guarded.days, strict=True)
            if shown is None
        )
