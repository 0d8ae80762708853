"""Which delays a case may have, and how the days they cost are counted."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cases.delays.rules import (
    Ask,
    DelayReason,
    Lost,
    Stretch,
    Terms,
    check_apart,
    check_end,
    check_terms,
    days_lost,
    lost_by_week,
    totals,
    weeks_back,
)
from app.kernel.clock import Holder
from app.kernel.errors import Invalid

TODAY = date(2026, 11, 20)
FIRST = weeks_back(TODAY, 12)[0] - timedelta(days=6)
days = st.dates(date(2026, 6, 1), TODAY)


def test_every_reason_has_a_usual_holder() -> None:
    assert DelayReason.WORKER_CHANGED.holder is Holder.AGENCY
    assert {reason.holder for reason in DelayReason} == set(Holder)


def test_an_ask_and_another_reason_need_their_words() -> None:
    plain = Terms(DelayReason.SPECIALIST, Holder.PARTNER, 1, TODAY, TODAY)
    check_terms(plain, TODAY, TODAY)
    for silent in (
        Terms(DelayReason.OTHER, Holder.AGENCY, 1, TODAY, TODAY),
        Terms(DelayReason.SPECIALIST, Holder.PARTNER, 1, TODAY, TODAY, Ask.CHASE),
    ):
        with pytest.raises(Invalid) as fault:
            check_terms(silent, TODAY, TODAY)
        assert fault.value.field == "solution"


def test_delays_for_one_reason_stand_apart() -> None:
    ended = Stretch(date(2026, 11, 2), date(2026, 11, 9))
    check_apart(date(2026, 11, 9), [ended])
    for begins_on, known in ((date(2026, 11, 8), ended), (TODAY, Stretch(TODAY, None))):
        with pytest.raises(Invalid):
            check_apart(begins_on, [known])
    check_end(TODAY, TODAY, TODAY)


def test_the_last_weeks_end_on_fridays_up_to_the_one_that_runs() -> None:
    endings = weeks_back(date(2026, 11, 18), 3)
    assert endings == [date(2026, 11, 6), date(2026, 11, 13), date(2026, 11, 20)]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(DelayReason),
            st.sampled_from(Holder),
            days,
            st.one_of(st.none(), st.integers(0, 90)),
            st.integers(1, 4),
        ),
        max_size=12,
    )
)
def test_weeks_reasons_holders_and_lots_add_up_to_the_same_days(
    drawn: list[tuple[DelayReason, Holder, date, int | None, int]],
) -> None:
    stretches = [
        Lost(
            count % 2,
            reason,
            holder,
            begins_on,
            None if length is None else min(TODAY, begins_on + timedelta(days=length)),
            count,
        )
        for reason, holder, begins_on, length, count in drawn
    ]
    one_by_one = sum(days_lost(one, FIRST, TODAY, TODAY) for one in stretches)
    weeks = lost_by_week(stretches, weeks_back(TODAY, 12), TODAY)
    assert sum(map(sum, weeks.values())) == one_by_one
    added = totals(stretches, FIRST, TODAY)
    assert {sum(kind.values()) for kind in added.values()} <= {one_by_one}
    sums = [sum(weeks_of) for weeks_of in weeks.values()]
    assert sums == sorted(sums, reverse=True)
