"""Small numbers: what is hidden cannot be worked out from what is shown."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.small_numbers import (
    Arc,
    Hidden,
    TooFew,
    hidden_among,
    suppress,
    suppress_together,
)


def test_counts_of_one_to_five_are_hidden_and_nought_and_six_are_not() -> None:
    hidden = suppress([[0, 6, 20], [0, 9, 30]])
    assert hidden == Hidden(((0, 6, 20), (0, 9, 30)), (0, 15, 50))
    assert suppress([[1, 6, 20], [9, 9, 30]]).rows[0][0] is None


def test_one_small_count_takes_a_second_of_its_row_with_it() -> None:
    [first, second] = suppress([[3, 8, 40], [12, 15, 40]]).rows
    assert first == (None, None, 40)
    assert second == (None, None, 40)


def test_a_row_with_a_single_outcome_hides_a_nought_rather_than_give_itself_away() -> None:
    hidden = suppress([[3, 0]])
    assert hidden.rows == ((None, None),)
    assert hidden.column_totals == (None, None)


def test_a_column_total_that_is_small_is_hidden_though_no_cell_of_it_stands_alone() -> None:
    assert suppress([[2, 9], [1, 9]]).column_totals[0] is None


def test_an_empty_table_has_nothing_to_hide() -> None:
    assert suppress([]) == Hidden((), ())


@pytest.mark.parametrize("rows", [[[4]], [[1, 2], [3]]])
def test_a_table_that_breaks_nothing_down_is_no_breakdown(rows: list[list[int]]) -> None:
    with pytest.raises(ValueError, match="same columns"):
        suppress(rows)


COUNTS = st.integers(0, 9)


@given(
    st.one_of(
        st.lists(st.lists(COUNTS, min_size=3, max_size=3), min_size=1, max_size=2),
        st.lists(st.lists(COUNTS, min_size=2, max_size=2), min_size=1, max_size=3),
    )
)
def test_every_hidden_number_has_a_second_value_that_fits_with_all_that_is_shown(
    rows: list[list[int]],
) -> None:
    hidden = suppress(rows)
    tables = _all_that_fit(hidden, [sum(row) for row in rows])
    totals = [sum(column) for column in zip(*rows, strict=True)]
    lines = [*hidden.rows, hidden.column_totals]
    for i, (line, truth) in enumerate(zip(lines, [*rows, totals], strict=True)):
        for j, (shown, count) in enumerate(zip(line, truth, strict=True)):
            if shown is None:
                assert len({table[i][j] for table in tables}) > 1
            else:
                assert shown == count
                assert not 0 < count < 6


def _all_that_fit(hidden: Hidden, row_totals: list[int]) -> list[list[tuple[int, ...]]]:
    """Every table of whole numbers that agrees with the shown cells and totals."""
    lines = [
        [
            cells
            for cells in product(range(total + 1), repeat=len(row))
            if sum(cells) == total
            and all(shown in (None, cell) for shown, cell in zip(row, cells, strict=True))
        ]
        for row, total in zip(hidden.rows, row_totals, strict=True)
    ]
    found = []
    for table in product(*lines):
        totals = tuple(sum(column) for column in zip(*table, strict=True))
        kept = zip(hidden.column_totals, totals, strict=True)
        if all(shown in (None, total) for shown, total in kept):
            found.append([*table, totals])
    return found


def test_two_tables_of_the_same_things_hide_their_shared_totals_alike() -> None:
    rows, others = [[3, 8], [12, 15]], [[10, 3], [5, 20]]
    first, second = suppress_together(rows, others)
    assert first.column_totals == second.column_totals == (15, 23)
    assert first.rows == ((None, None), (None, None))
    assert second.rows == ((None, None), (None, None))
    assert suppress_together([], []) == (Hidden((), ()), Hidden((), ()))
    with pytest.raises(ValueError, match="same column totals"):
        suppress_together([[3, 8]], [[4, 8]])


def test_a_small_number_beside_which_nothing_may_be_hidden_is_refused() -> None:
    arcs = {"all": Arc("a", "b", 3, fixed=True), "part": Arc("b", "a", 3)}
    with pytest.raises(TooFew):
        hidden_among(arcs)
    free = {name: Arc(arc.start, arc.end, arc.count) for name, arc in arcs.items()}
    assert hidden_among(free) == {"all", "part"}


def test_parts_that_do_not_add_up_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="do not add up"):
        hidden_among({"all": Arc("a", "b", 3), "part": Arc("b", "a", 2)})
