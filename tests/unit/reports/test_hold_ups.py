"""Working days by side, and what outsiders see of them."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.kernel.clock import Holder
from app.reports.hold_ups.rules import Side, hold_ups

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
    here, there = hold_ups(found, exact=True)
    assert (here.days, here.total) == ((60, 30, 10), 100)
    assert [here.share(side) for side in Side] == ["60 %", "30 %", "10 %"]
    assert there.share(Side.AGENCY) == "n/a"


@given(weeks)
def test_outsiders_see_no_few_days_and_cannot_work_them_out(
    lots: dict[int, dict[Holder, int]],
) -> None:
    found = [(lot, WEEK, holder, days) for lot, one in lots.items() for holder, days in one.items()]
    exact, told = hold_ups(found, exact=True), hold_ups(found, exact=False)
    for whole, guarded in zip(exact, told, strict=True):
        for days, shown in zip(whole.days, guarded.days, strict=True):
            assert shown in (None, days)
            assert shown is None or not 0 < shown < 6
        assert guarded.days.count(None) != 1
        assert all(
            guarded.share(side) == "c"
            for side, shown in zip(Side, guarded.days, strict=True)
            if shown is None
        )
