"""What measures come to: figures, tallies, periods, versions, examples and what outsiders see."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.calendar import Counting, england_and_wales
from app.kernel.errors import Invalid, Refused
from app.performance.measures.catalogue import DEFINITIONS, NOT_HELD
from app.performance.measures.definition import run_example
from app.performance.measures.events.chosen import EVENTS, OF_WORKERS, STANDING
from app.performance.measures.events.columns import Span
from app.performance.measures.queries import said_of
from app.performance.measures.rules import (
    OF_COUNTS,
    PARTS,
    Better,
    Cohort,
    Group,
    Kind,
    Measure,
    Period,
    Reading,
    Tally,
    figure,
    show,
)
from app.performance.measures.tallies import (
    MONTHS_READ,
    WEEKS_READ,
    Fact,
    Line,
    Signed,
    add_up,
    calendar_days,
    check_draft,
    check_signature,
    guarded,
    guarded_parts,
    middle,
    month_of,
    periods,
    tally,
    version_on,
    week_of,
)

CALENDAR = england_and_wales()
READ_AT = datetime(2026, 11, 20, 0, 10, tzinfo=UTC)


def reading(
    numerator: int, denominator: int, measure: Measure = Measure.CHILD_SEEN, lot_id: int = 1
) -> Reading:
    first, last = date(2026, 10, 1), date(2026, 10, 31)
    told = (measure, lot_id, first, last, Cohort.ALL, numerator, denominator, None, 0, READ_AT)
    return Reading(*told)


# Figures


@pytest.mark.parametrize(
    ("kind", "tallied", "value", "shown"),
    [
        (Kind.SHARE, Tally(28, 34), 28 / 34, "82.4%"),
        (Kind.SHARE, Tally(0, 0), None, "n/a"),
        (Kind.COUNT, Tally(0, 0), 0.0, "0"),
        (Kind.COUNT, Tally(1204, 1204), 1204.0, "1,204"),
        (Kind.MEDIAN, Tally(3, 3, 10), 10.0, "10"),
        (Kind.MEDIAN, Tally(0, 0), None, "n/a"),
        (Kind.RATE, Tally(28, 2), 14.0, "14.0"),
        (Kind.RATE, Tally(0, 0), None, "n/a"),
    ],
)
def test_a_tally_is_a_figure_in_the_terms_of_its_kind(
    kind: Kind, tallied: Tally, value: float | None, shown: str
) -> None:
    assert figure(kind, tallied) == value
    assert show(kind, figure(kind, tallied)) == shown


def test_a_median_without_an_amount_is_not_available() -> None:
    assert figure(Kind.MEDIAN, Tally(1, 1, None)) is None


def test_a_share_has_wilsons_interval_and_nothing_else_has_one() -> None:
    interval = reading(8, 10).interval
    assert interval is not None
    assert (round(interval.low, 3), round(interval.high, 3)) == (0.490, 0.943)
    assert reading(0, 0).interval is None
    assert reading(3, 3, Measure.OPEN).interval is None
    assert reading(8, 10).value == 0.8
    assert reading(8, 10).shown == "80.0%"


# Definitions


def test_every_measure_has_a_definition_a_select_and_a_group() -> None:
    assert set(DEFINITIONS) == set(Measure)
    assert set(EVENTS) | set(STANDING) == set(Measure)
    assert {one.group for one in DEFINITIONS.values()} == set(Group)
    assert {one for one in DEFINITIONS if DEFINITIONS[one].standing} == set(STANDING)
    assert all(Cohort.ALL in one.cohorts for one in DEFINITIONS.values())
    assert {one for one in Measure if len(DEFINITIONS[one].cohorts) == 1} == OF_WORKERS | OF_COUNTS
    assert all(len(why) > 20 for _, why in NOT_HELD)


def test_what_is_about_children_and_safeguarding_is_sensitive_and_money_is_nowhere() -> None:
    plain = {one for one in Measure if not DEFINITIONS[one].sensitive}
    children = {one for one in Measure if DEFINITIONS[one].group is Group.CHILDREN}
    assert children & plain == {Measure.RISK_REVIEWED}
    assert Measure.HANDED_BACK not in plain
    assert all("£" not in one.words for one in DEFINITIONS.values())


@pytest.mark.parametrize("measure", Measure)
@pytest.mark.parametrize("counting", Counting)
def test_the_worked_example_of_a_measure_comes_out(measure: Measure, counting: Counting) -> None:
    definition, calendar = DEFINITIONS[measure], england_and_wales(counting)
    events, tallied = run_example(measure.kind, definition, definition.within, calendar)
    assert tallied == definition.expected
    of_events = measure.kind is not Kind.RATE and measure not in OF_COUNTS
    assert len(events) == (tallied.denominator if of_events else len(definition.example))
    if measure.kind is Kind.SHARE and of_events:
        assert sum(counts for _, counts in events) == tallied.numerator
    signed = said_of(measure, definition.words, definition.within)
    assert f"Worked example: {'; '.join(definition.example)}. It comes to " in signed


@pytest.mark.parametrize("measure", [one for one in Measure if DEFINITIONS[one].least_most])
def test_the_worked_example_comes_out_whatever_days_a_version_allows(measure: Measure) -> None:
    definition = DEFINITIONS[measure]
    for within in definition.least_most or ():
        _, tallied = run_example(measure.kind, definition, within, CALENDAR)
        assert tallied == definition.expected
    assert definition.within is not None


# Tallies


def test_what_did_not_end_counts_against_a_share() -> None:
    began = date(2026, 9, 1)
    facts = [
        Fact("in time", began, began + timedelta(days=7)),
        Fact("late", began, began + timedelta(days=8)),
        Fact("open", began),
    ]
    assert tally(Kind.SHARE, facts, 7, calendar_days) == Tally(1, 3)


def test_days_that_are_not_known_cannot_be_counted() -> None:
    with pytest.raises(ValueError, match="open has no days"):
        tally(Kind.MEDIAN, [Fact("open", date(2026, 9, 1))], None, calendar_days)


@given(st.lists(st.integers(0, 90), max_size=30))
def test_the_middle_one_has_no_more_below_it_than_above(amounts: list[int]) -> None:
    found = middle(Counter(amounts))
    assert found.denominator == len(amounts)
    if amounts:
        assert found.amount in amounts
        assert sum(one < found.amount for one in amounts) <= len(amounts) // 2
        assert sum(one > found.amount for one in amounts) <= len(amounts) // 2
    else:
        assert found.amount is None


def test_lines_fall_into_every_period_and_cohort_that_holds_them() -> None:
    week, month = week_of(date(2026, 10, 5)), month_of(date(2026, 10, 5))
    lines = [
        Line(1, Cohort.NEW, date(2026, 10, 5), 3, 2),
        Line(1, Cohort.INHERITED, date(2026, 10, 6), 1, 0),
        Line(1, Cohort.NEW, date(2026, 10, 29), 4, 4),
        Line(2, Cohort.NEW, date(2026, 12, 1), 9, 9),
    ]
    found = add_up(Kind.SHARE, lines, [week, month], list(Cohort))
    assert found[week, 1, Cohort.ALL] == Tally(2, 4)
    assert found[week, 1, Cohort.INHERITED] == Tally(0, 1)
    assert found[month, 1, Cohort.NEW] == Tally(6, 7)
    assert not [key for key in found if key[1] == 2]
    whole = add_up(Kind.SHARE, lines, [month], [Cohort.ALL])
    assert set(whole) == {(month, 1, Cohort.ALL)}


def test_the_middle_of_a_period_is_that_of_all_its_lines() -> None:
    month = month_of(date(2026, 10, 5))
    lines = [
        Line(1, Cohort.NEW, date(2026, 10, 5), 2, 2, 4),
        Line(1, Cohort.NEW, date(2026, 10, 6), 3, 3, 9),
    ]
    found = add_up(Kind.MEDIAN, lines, [month], [Cohort.ALL])
    assert found[month, 1, Cohort.ALL] == Tally(5, 5, 9)


# Periods and versions


def test_weeks_run_from_saturday_to_friday_and_months_are_months() -> None:
    assert week_of(date(2026, 11, 14)) == Period(date(2026, 11, 20), date(2026, 11, 14), False)
    assert month_of(date(2028, 2, 9)) == Period(date(2028, 2, 29), date(2028, 2, 1), True)
    assert month_of(date(2026, 12, 31)).ends_on == date(2026, 12, 31)


@given(st.dates(date(2025, 1, 1), date(2026, 6, 30)), st.integers(0, 900))
def test_periods_cover_every_day_once_by_week_and_once_by_month(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    found = periods(first, last)
    for monthly, most in ((False, WEEKS_READ), (True, MONTHS_READ)):
        alike = sorted((one for one in found if one.monthly is monthly), key=lambda p: p.starts_on)
        assert 1 <= len(alike) <= most
        assert alike[-1].starts_on <= last <= alike[-1].ends_on
        for one, after in pairwise(alike):
            assert after.starts_on == one.ends_on + timedelta(days=1)
        if len(alike) < most:
            assert alike[0].starts_on <= first <= alike[0].ends_on


def test_the_version_that_counts_is_the_last_that_both_had_signed_by_the_day() -> None:
    standard = Signed(0, 45, None)
    versions = [Signed(1, 45, date(2026, 10, 2)), Signed(2, 40, date(2026, 11, 2))]
    versions.append(Signed(3, 35, None))
    assert version_on(versions, date(2026, 10, 1), standard).number == 0
    assert version_on(versions, date(2026, 10, 31), standard).number == 1
    assert version_on(versions, date(2026, 11, 20), standard).number == 2


@pytest.mark.parametrize(
    ("within", "bounds", "same", "first", "field"),
    [
        (5, None, False, False, "within"),
        (None, (1, 90), False, False, "within"),
        (0, (1, 90), False, False, "within"),
        (91, (1, 90), False, False, "within"),
        (45, (1, 90), True, False, "words"),
    ],
)
def test_a_version_that_cannot_be_meant_is_refused_beside_its_field(
    within: int | None, bounds: tuple[int, int] | None, same: bool, first: bool, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        check_draft(within, bounds, same=same, first=first)
    assert refused.value.field == field


def test_the_first_version_may_say_what_clearway_begins_with() -> None:
    check_draft(45, (1, 90), same=True, first=True)
    check_draft(None, None, same=False, first=False)


def test_a_side_signs_once_and_only_the_newest_version() -> None:
    check_signature(mine=False, is_newest=True)
    with pytest.raises(Refused, match="has signed"):
        check_signature(mine=True, is_newest=True)
    with pytest.raises(Refused, match="newer version"):
        check_signature(mine=False, is_newest=False)


# What outsiders see


def test_a_small_number_and_what_would_tell_it_are_hidden() -> None:
    lots = [reading(40, 43, lot_id=1), reading(30, 50, lot_id=2), reading(20, 60, lot_id=3)]
    found = guarded(lots)
    assert found[lots[0]].shown == "c"
    assert found[lots[0]].denominator == 43
    # Another lot is hidden with it, so that the sum of all does not tell it.
    assert sum(one.numerator is None for one in found.values()) == 2


def test_a_whole_that_is_small_is_hidden_and_a_share_is_told_from_ten_on() -> None:
    few, some, none = reading(0, 3), reading(0, 9, lot_id=2), reading(0, 0, lot_id=3)
    found = guarded([few, some, none])
    assert (found[few].shown, found[few].denominator) == ("c", None)
    assert (found[some].shown, found[some].denominator) == ("–", 9)
    assert found[none].shown == "n/a"
    assert guarded([]) == {}


def test_a_small_count_is_hidden_and_none_is_told() -> None:
    lots = [reading(n, n, Measure.FLAGS, lot_id=n) for n in (0, 1, 5, 6)]
    assert [one.shown for one in guarded(lots).values()] == ["0", "c", "c", "6"]


def test_both_parts_are_hidden_where_a_number_of_either_is_small() -> None:
    def parts(inherited: tuple[int, int], new: tuple[int, int]) -> list[tuple[str, int | None]]:
        both = [
            replace(reading(*counts, Measure.DURATION), cohort=cohort)
            for counts, cohort in zip((inherited, new), PARTS, strict=True)
        ]
        return [(one.shown, one.denominator) for one in guarded_parts(both).values()]

    assert parts((20, 40), (30, 30)) == [("50.0%", 40), ("100.0%", 30)]
    assert parts((0, 0), (30, 30)) == [("n/a", 0), ("100.0%", 30)]
    assert parts((0, 8), (30, 30)) == [("–", 8), ("100.0%", 30)]
    # The whole is known to all, so that one part would tell the other.
    for few in ((1, 1), (3, 40), (37, 40), (0, 5)):
        assert parts(few, (30, 30)) == [("c", None), ("c", None)]


# Days inside a statement


@pytest.mark.parametrize("counting", Counting)
@pytest.mark.parametrize("within", [1, 5, 45])
def test_days_of_a_span_are_those_that_counting_finds(counting: Counting, within: int) -> None:
    between = england_and_wales(counting).days_between
    first, last = date(2026, 12, 21), date(2027, 1, 10)
    span = Span(first, last, (1,), between, within)
    around = [first + timedelta(days=n) for n in range(-100, 60)]
    for day in span.days:
        fit = [one for one in around if one <= day and between(one, day) <= within]
        assert span.first_days[day] == min(fit)
    for day in around:
        ends = [one for one in around if one >= day and between(day, one) <= within]
        latest = max(ends, default=day)
        assert span.last_days.get(day) == (latest if first <= latest <= last else None)


def test_a_measure_without_days_asks_for_none() -> None:
    span = Span(date(2026, 1, 1), date(2026, 1, 2), (1,), calendar_days, None)
    with pytest.raises(ValueError, match="no days"):
        _ = span.first_days


def test_which_way_is_better_is_said_of_every_measure() -> None:
    assert {one.better for one in Measure} == set(Better)
    assert all(one.label and one.unit for one in Measure)
