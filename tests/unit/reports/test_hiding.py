"""Breakdowns for those who may not see small numbers."""

from datetime import UTC, datetime

from app.cases.scope.rules import Statement, Term
from app.reports.sections.hiding import Breakdown, lay_out, lay_out_both, public_ledger, together
from app.reports.sections.rules import HIDDEN, Audience

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
PARTS = ("Returned", "Stuck", "Unused")
OF_LOTS = Breakdown(PARTS, {"North": (3, 20, 0), "South": (9, 15, 0)})


def test_managers_see_parts_as_they_are_and_others_no_small_one() -> None:
    exact = lay_out("k", "T", "What", OF_LOTS, "D", NOW, Audience.RESTRICTED)
    assert exact.said() == [
        ["Returned", "3", "9", "12"],
        ["Stuck", "20", "15", "35"],
        ["All", "23", "24", "47"],
    ]
    hidden = lay_out("k", "T", "What", OF_LOTS, "D", NOW, Audience.COMMISSIONER)
    assert hidden.rows == (
        ("Returned", HIDDEN, HIDDEN, 12),
        ("Stuck", HIDDEN, HIDDEN, 35),
    )
    assert hidden.totals == ("All", 23, 24, 47)


def test_one_part_alone_is_shown_beside_another_and_none_makes_no_rows() -> None:
    one = Breakdown(PARTS, {"North": (0, 0, 3)})
    found = lay_out("k", "T", "What", one, "D", NOW, Audience.COMMISSIONER)
    assert [row[0] for row in found.rows] == ["Returned", "Unused"]
    assert found.rows[1][1] == HIDDEN
    first = lay_out(
        "k", "T", "What", Breakdown(PARTS, {"North": (7, 0, 0)}), "D", NOW, Audience.COMMISSIONER
    )
    assert [row[0] for row in first.rows] == ["Returned", "Stuck"]
    nothing = Breakdown(PARTS, {"North": (0, 0, 0)})
    for audience in Audience:
        empty = lay_out("k", "T", "What", nothing, "D", NOW, audience)
        assert (empty.rows, empty.totals) == ((), ())


def test_two_tables_of_the_same_things_hide_the_same_totals() -> None:
    by_holder = Breakdown(PARTS, {"Agency": (10, 30, 0), "Council": (2, 5, 0)})
    names = (("a", "A", "What"), ("b", "B", "What"))
    first, second = lay_out_both(names, (OF_LOTS, by_holder), "D", NOW, Audience.COMMISSIONER)
    assert [row[-1] for row in first.rows] == [row[-1] for row in second.rows]
    assert HIDDEN in second.rows[0]
    assert [one.totals[0] for one in (first, second)] == ["All", "All"]
    few = Breakdown(PARTS, {"Agency": (12, 33, 0), "Family": (0, 2, 0)})
    for audience, told in ((Audience.COMMISSIONER, False), (Audience.RESTRICTED, True)):
        both = lay_out_both(names, (OF_LOTS, few), "D", NOW, audience)
        assert [bool(one.totals) for one in both] == [told, told]
    exact = lay_out_both(names, (OF_LOTS, by_holder), "D", NOW, Audience.RESTRICTED)
    assert not any(table.hides for table in exact)
    nothing = Breakdown(PARTS, {"North": (0, 0, 0)})
    assert not lay_out_both(names, (nothing, nothing), "D", NOW, Audience.PUBLIC)[0].rows


def test_the_public_ledger_hides_small_terms_and_no_level_that_is_not_small() -> None:
    lots = {
        "North": Statement(100, {Term.RECEIVED: 3, Term.CLEARED: -20}),
        "South": Statement(50, {Term.RECEIVED: 9, Term.CLEARED: -12}),
    }
    told = public_ledger(lots)
    assert told is not None
    assert told["North"] == {
        "before": 100,
        "received": HIDDEN,
        "handed_back": 0,
        "transferred": 0,
        "cleared": HIDDEN,
        "reopened": 0,
        "closing": 83,
    }
    assert told["All"]["received"] == 12


def test_where_lots_cannot_be_told_apart_there_is_no_public_ledger_of_them() -> None:
    lots = {
        "North": Statement(100, {Term.RECEIVED: 2}),
        "South": Statement(4, {}),
    }
    assert public_ledger(lots) is None
    whole = public_ledger({"All lots": together(list(lots.values()))})
    assert whole is not None
    assert whole["All lots"]["received"] == HIDDEN
