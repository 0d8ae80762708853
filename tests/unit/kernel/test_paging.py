"""Page numbers as they come from an address bar."""

import pytest

from app.kernel.paging import Slice, place


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        (None, 1),
        ("", 1),
        ("0", 1),
        ("-1", 1),
        (-1, 1),
        (0, 1),
        ("two", 1),
        ("²", 1),
        ("9" * 40, 1),
        ("2", 2),
        (" 3 ", 3),
        (3, 3),
        ("4", 3),
        ("999999999", 3),
    ],
)
def test_the_page_shown_lies_between_the_first_and_the_last(
    asked: int | str | None, number: int
) -> None:
    assert place(asked, total=45, size=20).number == number


def test_page_numbers_end_at_one_hundred() -> None:
    far = place("101", total=5_000, size=20)
    assert (far.number, far.pages) == (100, 100)
    assert far.notice == "Page 100 is the last one shown; filter the list to see further rows."


def test_a_page_beyond_the_end_says_that_the_list_ends_before() -> None:
    assert place("9", total=45, size=20).notice == "The list ends at page 3, which is shown here."


@pytest.mark.parametrize("asked", ["1", "3", "-7", "x"])
def test_a_page_that_is_there_or_garbled_needs_no_notice(asked: str) -> None:
    assert place(asked, total=45, size=20).notice == ""


@pytest.mark.parametrize(
    ("asked", "total", "first", "last"),
    [(1, 45, 1, 20), (2, 45, 21, 40), (3, 45, 41, 45), (1, 20, 1, 20), (1, 0, 0, 0)],
)
def test_a_place_knows_its_first_and_last_row(
    asked: int, total: int, first: int, last: int
) -> None:
    here = place(asked, total=total, size=20)
    assert (here.first, here.last) == (first, last)


def test_a_slice_is_its_place_with_the_rows() -> None:
    here = place(2, total=5, size=2)
    rows = [10, 20, 30, 40, 50][here.offset : here.offset + here.size]
    found = Slice.at(here, rows)
    assert found.rows == (30, 40)
    assert (found.number, found.total, found.first, found.last) == (2, 5, 3, 4)
