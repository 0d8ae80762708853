"""Whatever happens to a case, its time is shared out with no gap and no overlap, and sums hold."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.cases.clock_statements.rules import Posting, lines_of, nights, say
from app.cases.holds.rules import HoldReason, Pause, Tile, Turn, shares, whose
from app.cases.states import CaseState
from app.kernel.calendar import Counting, england_and_wales
from app.kernel.clock import Holder, time_by_holder
from app.kernel.days import week_ending

START = date(2026, 11, 2)
REACH = 80
days = st.integers(0, REACH).map(lambda n: START + timedelta(days=n))
OPEN = [state for state in CaseState if state.is_open]


@st.composite
def holds(draw: st.DrawFn) -> list[Pause]:
    """Holds one after the other, as the act of placing one sees to; some end on their first day."""
    cuts = sorted(draw(st.lists(days, max_size=8)))
    reasons = st.sampled_from(HoldReason)
    return [
        Pause(number, draw(reasons), since, until)
        for number, (since, until) in enumerate(zip(cuts[::2], cuts[1::2], strict=False))
    ]


def turns(states: list[CaseState]) -> st.SearchStrategy[list[Turn]]:
    one = st.builds(Turn, days, st.sampled_from(states))
    return st.lists(one, max_size=8).map(lambda found: sorted(found, key=lambda turn: turn.on))


@given(turns(list(CaseState)), holds(), days, days, st.sampled_from(Counting))
def test_tiles_fill_a_cases_time_and_their_days_sum_to_the_clock(
    made: list[Turn], pauses: list[Pause], received_on: date, end: date, counting: Counting
) -> None:
    calendar = england_and_wales(counting)
    tiles = whose(made, pauses, start=START, end=end, received_on=received_on)
    spans = [(one.held.since, one.held.until) for one in tiles]
    assert [since for since, _ in spans[1:]] == [until for _, until in spans[:-1]]
    each = shares(tiles, calendar)
    if tiles:
        assert (spans[0][0], spans[-1][1]) == (START, end)
        assert sum(each) == calendar.days_between(START, end)
    by_holder = Counter[Holder]()
    for one, number in zip(tiles, each, strict=True):
        by_holder[one.held.holder] += number
    told = time_by_holder([one.held for one in tiles], calendar)
    assert all(by_holder[holder] == told[holder] for holder in Holder)


@given(st.lists(st.tuples(turns(OPEN), holds(), days, days), min_size=1, max_size=5))
def test_the_weeks_of_a_lot_sum_to_its_cases_and_every_figure_to_its_rows(
    cases: list[tuple[list[Turn], list[Pause], date, date]],
) -> None:
    calendar = england_and_wales()
    end = week_ending(START + timedelta(days=REACH))
    stays = [(min(one, other), max(one, other)) for *_, one, other in cases]
    told = Counter[Holder]()
    friday = week_ending(START)
    while friday <= end:
        week = nights(friday, calendar)
        lines = [
            line
            for number, ((made, pauses, *_), (came, left)) in enumerate(
                zip(cases, stays, strict=True), start=1
            )
            for line in lines_of(
                number,
                whose(made, pauses, start=START - timedelta(days=7), end=end, received_on=came),
                [Posting(came, 1), Posting(left, -1)],
                week,
            )
        ]
        open_at = [sum(came <= night < left for came, left in stays) for night, _ in week]
        said = say(lines, open_at, week)
        assert said.total == sum(open_at) == sum(said.by_holder.values())
        assert all(line.days > 0 for line in said.lines)
        told.update(said.by_holder)
        friday += timedelta(days=7)
    expected = Counter[Holder]()
    for (made, pauses, *_), (came, left) in zip(cases, stays, strict=True):
        tiles = whose(made, pauses, start=came, end=left, received_on=came)
        expected.update(_by_holder(tiles, calendar.days_between))
    assert +told == +expected


def _by_holder(tiles: tuple[Tile, ...], between: object) -> Counter[Holder]:
    found = Counter[Holder]()
    for one in tiles:
        found[one.held.holder] += between(one.held.since, one.held.until)  # type: ignore[operator]
    return found
