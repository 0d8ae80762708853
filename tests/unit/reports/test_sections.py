"""Sections: cells in words, totals, digests, and what moved between two reports."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.reports.sections.moves import compare, drivers, figure
from app.reports.sections.rules import (
    HIDDEN,
    Audience,
    Cell,
    Column,
    Content,
    Period,
    Section,
    Shown,
    Table,
    basis_points,
    canonical,
    digest_of,
    plain,
    read,
    said,
    table,
)
from app.reports.sections.scene import Scene

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
LOT, COUNT = Column("Lot", Shown.WORDS), Column("Cases", added=True)


def a_table(*rows: tuple[Cell, ...], key: str = "cases", **others: object) -> Table:
    return table(key, "Cases", [LOT, COUNT], rows, "What is open.", NOW, **others)  # type: ignore[arg-type]


def a_report(*tables: Table, audience: Audience = Audience.RESTRICTED) -> Content:
    return Content(
        "Monthly contract review",
        "Northshire",
        "All lots",
        Period(date(2026, 10, 1), date(2026, 10, 31)),
        audience,
        NOW,
        (Section("work", "Work", ("Said.",), tables),),
    )


@pytest.mark.parametrize(
    ("cell", "shown", "words"),
    [
        (None, Shown.COUNT, "n/a"),
        (HIDDEN, Shown.COUNT, "c"),
        (-1234, Shown.COUNT, "−1,234"),
        (123450, Shown.POUNDS, "£1,234.50"),
        (8246, Shown.SHARE, "82.5%"),
        (152, Shown.TENTHS, "15.2"),
        (-95, Shown.RATIO, "−0.95"),
        ("2026-11-20", Shown.DAY, "20 Nov 2026"),
        ("", Shown.DAY, ""),
        ("=1+1", Shown.WORDS, "=1+1"),
    ],
)
def test_a_cell_is_said_in_the_words_of_its_column(cell: Cell, shown: Shown, words: str) -> None:
    assert said(cell, shown) == words


def test_a_figure_with_a_unit_of_its_own_stands_to_the_right_and_is_no_number() -> None:
    assert said("83.3%", Shown.FIGURE) == "83.3%"
    assert [shown for shown in Shown if not shown.is_right] == [Shown.WORDS, Shown.DAY]
    assert Shown.FIGURE.is_right
    assert not Shown.FIGURE.is_number


def test_a_share_of_nothing_is_not_applicable() -> None:
    assert basis_points(3, 0) is None
    assert basis_points(1, 3) == 3333


def test_totals_are_added_up_and_can_be_added_up_again() -> None:
    found = a_table(("North", 3), ("South", 4))
    assert found.totals == ("All", 7)
    assert found.said()[-1] == ["All", "7"]
    assert found.is_live(1)
    assert not a_table(("North", 3)).totals


def test_beside_a_hidden_number_there_is_no_sum() -> None:
    found = a_table(("North", HIDDEN), ("South", 40))
    assert found.totals == ("All", HIDDEN)
    assert found.hides
    assert not found.is_live(1)
    assert not a_table(("North", 3), ("South", 4), totals=("All", 9)).is_live(1)


def test_what_a_report_says_is_read_back_as_it_was_and_has_one_digest() -> None:
    report = a_report(a_table(("North", 3), ("South", None), links=("/a", "/b")))
    text = canonical(plain(report))
    again = read(text)
    assert canonical(plain(again)) == text
    assert digest_of(plain(again)) == digest_of(plain(report))
    assert again.tables[0].links == ()
    assert again.mark == Audience.RESTRICTED.mark


def test_a_digest_changes_with_each_part_of_a_table() -> None:
    one = a_table(("North", 3))
    others = [
        a_table(("North", 4)),
        replace(one, definition="What else is open."),
        replace(one, version=2),
        replace(one, as_at=NOW.replace(hour=11)),
        replace(one, title="Others"),
    ]
    assert len({one.digest, *(other.digest for other in others)}) == 6
    assert replace(one, links=("/a",)).digest == one.digest


def test_a_period_says_its_days_and_what_lies_in_it() -> None:
    period = Period(date(2026, 10, 1), date(2026, 10, 31))
    assert period.words == "1 Oct 2026 to 31 Oct 2026"
    assert [period.holds(date(2026, 10, day)) for day in (1, 31)] == [True, True]
    assert not period.holds(date(2026, 11, 1))


def test_each_audience_has_a_mark_and_only_managers_exact_numbers() -> None:
    assert len({one.mark for one in Audience}) == 3
    assert [one for one in Audience if one.is_exact] == [Audience.RESTRICTED]


def test_what_moved_is_told_by_row_and_column_and_nothing_else_is() -> None:
    before = a_report(a_table(("North", 3), ("South", 40)), a_table(("Mid", 1), key="gone"))
    after = a_report(a_table(("North", 5), ("South", HIDDEN), ("Mid", 2)), a_table(key="new"))
    [found] = compare(before, after)
    assert found.key == "cases"
    assert [(one.row, one.before, one.after, one.change) for one in found.moves] == [
        ("North", "3", "5", "+2"),
        ("South", "40", "c", ""),
        ("All", "43", "c", ""),
    ]
    assert compare(after, after) == []


def test_rows_that_begin_alike_are_told_apart_by_their_second_cell() -> None:
    columns = [LOT, Column("Days", Shown.WORDS), COUNT]
    before, after = (
        a_report(
            table("r", "R", columns, [["North", "30", 1], ["North", "60", n]], "D", NOW, totals=())
        )
        for n in (2, 3)
    )
    assert next((one.row, one.change) for one in compare(before, after)[0].moves) == (
        "North · 60",
        "+1",
    )


def test_bounds_of_an_interval_are_no_moves_of_their_own() -> None:
    columns = [LOT, COUNT, Column("From", Shown.SHARE), Column("To", Shown.SHARE)]
    before, after = (
        a_report(table("r", "R", columns, [["North", n, 10 * n, 90 * n]], "D", NOW, totals=()))
        for n in (2, 3)
    )
    assert [one.column for one in compare(before, after)[0].moves] == [COUNT.title]


def test_rows_are_told_apart_by_as_many_cells_as_that_takes() -> None:
    columns = [LOT, Column("Measure", Shown.WORDS), Column("Part", Shown.WORDS), COUNT]
    rows = [["North", "Timely", part, 1] for part in ("All", "Inherited")]
    before = a_report(table("r", "R", columns, [["North", "Timely", "All", 1]], "D", NOW))
    after = a_report(table("r", "R", columns, rows, "D", NOW, totals=()))
    assert compare(before, after) == []
    later = [["North", "Timely", "All", 4], rows[1]]
    [found] = compare(after, a_report(table("r", "R", columns, later, "D", NOW, totals=())))
    assert [(one.row, one.change) for one in found.moves] == [
        ("North · Timely · All", "+3"),
        ("All ·  · ", "+3"),
    ]


@pytest.mark.parametrize(
    ("first", "last", "may"),
    [
        (date(2026, 10, 1), date(2026, 10, 31), True),
        (date(2026, 10, 14), date(2026, 10, 31), True),
        (date(2026, 10, 1), date(2026, 10, 30), False),
        (date(2026, 9, 30), date(2026, 10, 31), False),
        (date(2026, 11, 2), date(2026, 11, 20), False),
    ],
)
def test_only_a_month_at_its_end_is_told_in_parts_that_hide_small_numbers(
    first: date, last: date, *, may: bool
) -> None:
    def of(audience: Audience) -> Scene:
        return Scene(None, None, {}, Period(first, last), audience)  # type: ignore[arg-type]

    assert of(Audience.COMMISSIONER).may_break_down is may
    assert of(Audience.PUBLIC).may_break_down is may
    assert of(Audience.RESTRICTED).may_break_down


LEDGER = (
    "Open at the start",
    "Received",
    "Handed back",
    "Transferred",
    "Cleared",
    "Reopened",
    "Open at the end",
)


def a_review(
    ledger: tuple[int, ...],
    *,
    weekly: int | None,
    in_post: int = 10,
    to_agree: int = 4,
    outcomes: tuple[int, int] = (6, 6),
) -> Content:
    lot = Column("Lot", Shown.WORDS)
    return a_report(
        table("ledger", "L", [lot, *(Column(one) for one in LEDGER)], [["All", *ledger]], "", NOW),
        table(
            "standing",
            "S",
            [lot, Column("Open"), Column("To agree")],
            [["All", ledger[-1], to_agree]],
            "",
            NOW,
        ),
        table(
            "pace", "P", [lot, Column("Cleared a week", Shown.TENTHS)], [["All", weekly]], "", NOW
        ),
        table("workers", "W", [lot, Column("In post")], [["All", in_post]], "", NOW),
        table(
            "outcomes",
            "O",
            [lot, Column("All")],
            [["Closed", outcomes[0]], ["Stepped down", outcomes[1]]],
            "",
            NOW,
            totals=["All", sum(outcomes)],
        ),
    )


def test_why_figures_moved_is_told_cause_by_cause() -> None:
    before = a_review((120, 10, 0, 0, 30, 0, 100), weekly=50)
    after = a_review((100, 6, 2, 0, 24, 0, 80), weekly=40, in_post=9, to_agree=7, outcomes=(15, 5))
    found = {one.name: one for one in drivers(before, after)}
    assert list(found) == [
        "Open at the end",
        "Scope",
        "Pace, cleared a week",
        "Staffing, in post",
        "Waiting for agreement",
        "Mix of outcomes",
    ]
    assert found["Open at the end"].words == "6 received, 2 handed back, 24 cleared."
    assert (found["Scope"].before, found["Scope"].after) == ("10", "4")
    assert "less than" in found["Scope"].words
    assert found["Pace, cleared a week"].words.startswith("What is open takes 4 weeks more")
    assert found["Staffing, in post"].words == "−1 against before."
    assert found["Waiting for agreement"].words == "+3 against before."
    assert (found["Mix of outcomes"].before, found["Mix of outcomes"].after) == ("50.0%", "75.0%")


def test_where_nothing_moved_it_says_so() -> None:
    one = a_review((100, 0, 0, 0, 0, 0, 100), weekly=50)
    found = {each.name: each.words for each in drivers(one, one)}
    assert found["Open at the end"] == "Nothing moved."
    assert found["Scope"] == "As many cases came in as in the period before."
    assert found["Pace, cleared a week"] == "The pace is unchanged."
    assert found["Staffing, in post"] == "Unchanged."
    assert found["Mix of outcomes"] == "No outcome’s share moved."


def test_a_small_change_of_pace_is_not_made_much_of() -> None:
    before = a_review((10, 0, 0, 0, 0, 0, 10), weekly=50)
    after = a_review((10, 5, 0, 0, 5, 0, 10), weekly=51)
    told = {one.name: one.words for one in drivers(before, after)}
    assert told["Pace, cleared a week"].endswith("as long as at the pace before.")
    assert "more than" in told["Scope"]
    faster = a_review((10, 0, 0, 0, 0, 0, 10), weekly=100)
    words = {one.name: one.words for one in drivers(before, faster)}["Pace, cleared a week"]
    assert words == "What is open takes a week fewer at this pace than at the one before."


def test_periods_that_do_not_adjoin_are_not_bridged() -> None:
    before = a_review((120, 0, 0, 0, 0, 0, 100), weekly=None)
    after = a_review((90, 0, 0, 0, 0, 0, 90), weekly=None)
    told = {one.name: one.words for one in drivers(before, after)}
    assert told["Open at the end"] == "The two periods do not follow each other."
    assert "Pace, cleared a week" not in told


def test_a_cause_that_a_report_does_not_tell_of_is_left_out() -> None:
    empty = a_report()
    assert drivers(empty, a_review((1, 0, 0, 0, 0, 0, 1), weekly=1)) == []
    hidden = a_report(a_table(("North", HIDDEN), ("South", 4)))
    assert figure(hidden, "cases", "Cases") is None
    assert figure(hidden, "cases", "Others") is None
    assert figure(a_report(a_table(("North", 3), ("South", 4))), "cases", "Cases") == 7
    outcomes = table("outcomes", "O", [LOT, COUNT], [["Closed", 0], ["Other", 0]], "", NOW)
    assert drivers(a_report(outcomes), a_report(outcomes)) == []
