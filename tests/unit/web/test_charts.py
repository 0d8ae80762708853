"""What a chart says, in marks and in words."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.charts import (
    Bar,
    BurnDown,
    Chart,
    Column,
    Point,
    Series,
    Span,
    Spend,
    Variation,
    bars,
    burn_down,
    series,
    spend,
    stacked,
    variation,
)

SVG = "{http://www.w3.org/2000/svg}"
START = date(2026, 7, 24)
TODAY = date(2026, 11, 20)
END = date(2027, 1, 22)
# Widths of Arial's letters in thousandths of its size; every other sign is 556 or, if capital, 700.
THIN = {**dict.fromkeys("ijl'", 222), **dict.fromkeys(" .,ft/!", 278), **dict.fromkeys("r-()", 333)}
MIDDLING = dict.fromkeys("cksvxyz", 500) | {"w": 722, "m": 833, "M": 833, "W": 944, "…": 1000}
LETTERS = THIN | MIDDLING


def weekly(*counts: int) -> tuple[Point, ...]:
    return tuple(Point(START + timedelta(weeks=week), count) for week, count in enumerate(counts))


def a_burn_down(remaining: Sequence[int] = (600, 590, 560, 520), **changes: object) -> BurnDown:
    fields: dict[str, object] = {
        "remaining": weekly(*remaining),
        "planned": (Point(START, 600), Point(END, 0)),
        "scope": (Point(START, 600), Point(START + timedelta(weeks=2), 640)),
        "reopened": weekly(0, 0, 6, 9),
        "today": TODAY,
        "target": END,
    }
    return BurnDown(**(fields | changes))  # type: ignore[arg-type]


def a_spend(spent: Sequence[int] = (0, 1_200_000, 2_600_000)) -> Spend:
    points = weekly(*spent)
    planned = Point(START, 0), Point(END, 56_000_000)
    return Spend(planned, points, (points[-1], Point(END, 61_000_000)), TODAY)


LATER = [Point(START + timedelta(weeks=week), 8_500) for week in range(3, 9)]


def shares(basis_points: int) -> str:
    return f"{basis_points / 100:.0f} %"


def a_variation(*counts: int, **changes: object) -> Chart:
    fields: dict[str, object] = {
        "spans": [Span(weekly(*counts), 8_100, 6_900, 9_300)],
        "signals": {START + timedelta(weeks=1): "Worse", START: "Better"},
        "target": [Point(START, 7_000), Point(END, 9_000)],
        "references": [("England 2024", 8_450), ("Highest quarter 2024", 8_990)],
        "changes": [],
        "words": shares,
        "ticks": shares,
        "unit": 100,
    }
    series = Variation(**(fields | changes))  # type: ignore[arg-type]
    return variation(series, "Timeliness", "As it says.")


PARTS = ("Close, no further action", "Early help", "Child-in-need plan", "Section 47")


def a_stack(weeks: int = 17, most: int = 12) -> Chart:
    columns = tuple(
        Column(
            START + timedelta(weeks=week),
            tuple(week * place % (most + 1) for place in range(1, 5)),
        )
        for week in range(weeks)
    )
    return stacked(columns, parts=PARTS, title="Cleared by outcome")


def a_caseload(*counts: int, limit: int | None = 16) -> Chart:
    rows = [Bar(f"Practitioner {place}", count) for place, count in enumerate(counts, 1)]
    return bars(rows, title="Caseload", unit="cases", limit=limit, limit_words="Guide")


def words(svg: str) -> list[str]:
    return [text.text or "" for text in ET.fromstring(svg).iter(f"{SVG}text")]


def boxes(svg: str) -> Iterator[tuple[str, float, float, float, float]]:
    """Each label's words and the space that they take."""
    groups = ET.fromstring(svg).iter(f"{SVG}g")
    for group, text in [(one, text) for one in groups for text in one]:
        said, x, y = text.text or "", float(text.get("x", "")), float(text.get("y", ""))
        wide = sum(LETTERS.get(sign, 700 if sign.isupper() else 556) for sign in said) * 0.013
        left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[group.get("text-anchor", "")]
        yield said, left, y - 10, left + wide, y


def assert_sound(chart: Chart) -> None:
    for svg in (chart.svg, chart.narrow):
        root = ET.fromstring(svg)
        _, _, width, height = (float(part) for part in root.get("viewBox", "").split())
        assert root.get("role") == "img"
        assert root.findtext(f"{SVG}title")
        assert root.findtext(f"{SVG}desc") == chart.reading
        assert "style=" not in svg
        assert "nan" not in svg
        assert_within(svg, width, height)
        assert_apart(svg)
    assert all(len(row) == len(chart.heads) for row in chart.rows)


def assert_within(svg: str, width: float, height: float) -> None:
    for said, left, top, right, bottom in boxes(svg):
        assert left >= 0, said
        assert right <= width, said
        assert top >= -3, said
        assert bottom <= height, said
    for place in re.findall(r'points="([^"]*)"', svg):
        for pair in place.split():
            x, y = (float(part) for part in pair.split(","))
            assert -0.1 <= x <= width + 0.1
            assert -0.1 <= y <= height + 0.1


def assert_apart(svg: str) -> None:
    for one, other in combinations(boxes(svg), 2):
        beside = one[1] < other[3] and other[1] < one[3]
        level = one[2] < other[4] and other[2] < one[4]
        assert not (beside and level), f"{one[0]!r} stands on {other[0]!r}"


# Its first day is wider than the small figures beside it.
FROM_25_SEP = [Point(date(2026, 9, 25) + timedelta(weeks=week), 5) for week in range(9)]
ALL = {
    "burn-down": burn_down(a_burn_down()),
    "burn-down of one day": burn_down(a_burn_down([600], reopened=(), scope=(), target=None)),
    "burn-down at nought": burn_down(a_burn_down([0, 0, 0], planned=weekly(0, 0), scope=weekly(0))),
    "burn-down of millions": burn_down(a_burn_down([98_765_432, 87_654_321])),
    "burn-down with nothing": burn_down(a_burn_down([], planned=(), scope=(), reopened=())),
    "burn-down with a near target": burn_down(a_burn_down(target=TODAY + timedelta(1))),
    "burn-down of ten years": burn_down(a_burn_down(target=date(2036, 7, 1))),
    "burn-down of close lines": burn_down(a_burn_down([600, 600, 600], scope=weekly(600, 601))),
    "spend": spend(a_spend()),
    "spend of nothing": spend(Spend((), (), (), TODAY)),
    "spend planned only": spend(Spend((Point(START, 0), Point(END, 100)), (), (), TODAY)),
    "spend of billions": spend(a_spend([0, 340_000_000_000])),
    "stack": a_stack(),
    "stack of one week": a_stack(1),
    "stack of three years": a_stack(156),
    "stack of thousands": a_stack(17, 5_000),
    "stack of nothing": stacked((), parts=PARTS, title="Cleared by outcome"),
    "caseload": a_caseload(22, 12, 9, 14, 17, 16, 0),
    "caseload without limit": a_caseload(3, limit=None),
    "caseload at nought": a_caseload(0, 0),
    "caseload of thousands": a_caseload(12_345, 3),
    "caseload of nobody": a_caseload(),
    "periods of small figures": series([Series("All work", FROM_25_SEP)], "Days", str),
    "one period": series([Series("All work", weekly(100))], "Share", str),
    "variation": a_variation(8_000, 6_500, 8_800, 9_000),
    "variation of one value": a_variation(8_000, signals={}, target=[]),
    "variation of nothing at all": a_variation(0, 0, 0, references=[], signals={}),
    "variation after a change": a_variation(
        spans=[Span(weekly(8_000, 6_500), 7_000, 6_000, 8_000), Span(LATER, 8_500, 7_900, 9_100)],
        changes=[LATER[0].on],
    ),
}


@pytest.mark.parametrize("chart", ALL.values(), ids=ALL.keys())
def test_every_chart_is_named_described_and_free_of_collisions(chart: Chart) -> None:
    assert_sound(chart)


def test_a_burn_down_says_how_it_stands_against_plan_and_scope() -> None:
    reading = burn_down(a_burn_down()).reading
    assert reading == (
        "520 cases remaining on 14 Aug 2026, 11 fewer than planned. Scope 640, from 600. "
        "9 of the remaining had been cleared before. Target end 22 Jan 2027."
    )


def test_a_burn_down_draws_remaining_plan_scope_and_reopened_each_in_its_own_dash() -> None:
    svg = burn_down(a_burn_down()).svg
    assert {"Remaining 520", "Plan", "Scope 640", "Reopened 9", "Today", "Target"} <= set(
        words(svg)
    )
    lines = ET.fromstring(svg).iter(f"{SVG}polyline")
    dashes = {line.get("class"): line.get("stroke-dasharray") for line in lines}
    own = [dashes[name] for name in ("s-blue", "s-violet", "s-amber", "s-ink")]
    assert len(set(own)) == 4
    assert dashes["s-ink"] is None


def test_scope_moves_in_steps_not_slopes() -> None:
    svg = burn_down(a_burn_down()).svg
    lines = ET.fromstring(svg).iter(f"{SVG}polyline")
    scope = next(line for line in lines if line.get("class") == "s-violet")
    points = [pair.split(",") for pair in scope.get("points", "").split()]
    for (x1, y1), (x2, y2) in pairwise(points):
        assert x1 == x2 or y1 == y2


def test_a_burn_down_tells_its_figures_in_a_table_too() -> None:
    chart = burn_down(a_burn_down())
    assert chart.rows[-1] == ("14 Aug 2026", "520", "531", "640", "9")


def test_a_burn_down_without_figures_says_so() -> None:
    chart = burn_down(a_burn_down([], planned=(), scope=(), reopened=()))
    assert chart.reading == "No cases have been counted yet."
    assert "No figures yet" in words(chart.svg)


def test_spend_says_what_was_spent_and_where_the_rate_leads() -> None:
    assert spend(a_spend()).reading == (
        "£26k spent by 7 Aug 2026, £17.1k less than the £43.1k planned by then. "
        "At the present rate £610k by 22 Jan 2027, £50k more than the £560k planned in all."
    )


def test_spend_exactly_as_planned_says_so() -> None:
    points = Point(START, 0), Point(END, 56_000_000)
    reading = spend(Spend(points, points, (), TODAY)).reading
    assert reading == "£560k spent by 22 Jan 2027, the £560k planned by then."


def test_spend_without_a_plan_says_only_what_was_spent() -> None:
    reading = spend(Spend((), (Point(START, 95_000),), (), TODAY)).reading
    assert reading == "£950 spent by 24 Jul 2026."


def test_a_burn_down_on_plan_says_so() -> None:
    assert (
        "600 cases remaining on 24 Jul 2026, as planned." in burn_down(a_burn_down([600])).reading
    )


def test_spend_before_any_cost_names_the_plan() -> None:
    reading = spend(Spend((Point(START, 0), Point(END, 56_000_000)), (), (), TODAY)).reading
    assert reading == "£560k is planned. No spend has been recorded yet."


def test_a_caseload_over_its_limit_is_told_by_shape_colour_and_word() -> None:
    chart = a_caseload(22, 16, 0)
    marks = list(ET.fromstring(chart.svg).iter(f"{SVG}path"))
    assert [mark.get("class") for mark in marks] == [
        "f-red s-ground",
        "f-blue s-ground",
        "f-blue s-ground",
    ]
    assert marks[0].get("d") != marks[1].get("d")
    assert "Over the guide of 16: Practitioner 1 (22)." in chart.reading
    assert "0" in words(chart.svg)


def test_a_long_list_over_the_limit_is_counted_not_read_out() -> None:
    assert "and 4 more." in a_caseload(*[20] * 9).reading


def test_a_long_name_is_cut_in_the_picture_and_whole_in_the_table() -> None:
    name = "Wilhelmina Featherstonehaugh-Cholmondeley-Marjoribanks the Younger"
    chart = bars([Bar(name, 3)], title="Caseload", unit="cases")
    assert any(said.endswith("…") for said in words(chart.narrow))
    assert chart.rows[0][0] == name


def test_every_part_of_a_column_carries_its_letter() -> None:
    svg = a_stack().svg
    assert {"A", "B", "C", "D", *PARTS} <= set(words(svg))


def test_a_stack_reads_its_parts_from_most_to_least() -> None:
    columns = Column(START, (1, 5)), Column(START + timedelta(7), (2, 0))
    reading = stacked(columns, parts=("Early help", "Section 47"), title="Cleared").reading
    assert reading == (
        "8 cases in 2 weeks: Section 47 5, Early help 3. 2 in the week ending 31 Jul 2026."
    )


def test_a_stack_refuses_more_parts_than_can_be_told_apart() -> None:
    with pytest.raises(ValueError, match="at most 8"):
        stacked((), parts=tuple(map(str, range(9))), title="Cleared")


def test_names_are_escaped_wherever_they_stand() -> None:
    chart = bars([Bar("<b>&\"O'Neill", 3)], title="<script>", unit="cases", limit=1)
    assert "<b>" not in chart.svg
    assert "<script>" not in chart.svg
    assert "<b>&\"O'Neill" in words(chart.svg)


@given(
    st.lists(st.integers(0, 3000), min_size=1, max_size=30),
    st.lists(st.integers(0, 3000), max_size=5),
    st.integers(0, 400),
)
def test_no_burn_down_lays_a_label_on_another(
    remaining: list[int], scope: list[int], ahead: int
) -> None:
    target = START + timedelta(len(remaining) * 7 + ahead)
    assert_sound(burn_down(a_burn_down(remaining, scope=weekly(*scope), target=target)))


def test_a_variation_marks_what_stands_out_by_shape_and_word_and_tells_its_limits() -> None:
    chart = a_variation(8_000, 6_500, 8_800)
    assert {"Better", "Worse", "Upper 93 %", "Mean 81 %", "Lower 69 %", "Now 88 %"} <= set(
        words(chart.svg)
    )
    assert chart.rows[1] == ("31 Jul 2026", "65 %", "81 %", "69 %", "93 %", "71 %", "Worse")
    assert chart.rows[2][-1] == "–"
    shapes = [mark.get("d") for mark in ET.fromstring(chart.svg).iter(f"{SVG}path")]
    assert len(set(shapes)) == 3
