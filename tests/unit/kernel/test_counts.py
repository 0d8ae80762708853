"""Counts that stop at a bound and say so."""

from app.kernel.counts import NONE, Count, counted


def test_a_count_says_in_figures_what_was_found_and_that_there_are_more() -> None:
    assert [str(counted(found, 1_000)) for found in (0, 999, 1_000, 1_001)] == [
        "0",
        "999",
        "1,000",
        "1,000+",
    ]
    assert str(Count(57_900)) == "57,900"


def test_only_a_count_of_none_is_nothing() -> None:
    assert not NONE
    assert counted(1, 1_000)
    assert counted(1_001, 1_000)


def test_what_was_not_counted_is_above_any_number() -> None:
    assert [counted(found, 100).is_above(99) for found in (99, 100, 101)] == [False, True, True]
    assert (counted(101, 100).is_above(500), counted(100, 100).is_above(500)) == (True, False)
