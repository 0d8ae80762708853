"""Three ways of telling one fact, and who can put it right."""

from datetime import date

import pytest

from app.cases.findings.rules import Mender
from app.exchange.differences.rules import (
    GONE_FROM_LIST,
    Compare,
    Compared,
    Difference,
    State,
    check_settling,
    compare,
    is_the_list_again,
)
from app.kernel.errors import Invalid, Refused

LISTED = date(2026, 11, 20)
TEAM, AUTHORISED, ENDED = Compared.SOURCE_TEAM, Compared.AUTHORISED_ON, Compared.ENDED_ON


def found(
    field: Compared, ours: str, now: str, before: str = "", *, silent: bool = False
) -> list[Difference]:
    told = frozenset({field}) if silent else frozenset()
    return list(compare(Compare({field: ours}, {field: now}, {field: before}, LISTED, told)))


@pytest.mark.parametrize(
    ("ours", "now", "before", "mender"),
    [
        ("Fen", "Marsh", "Marsh", Mender.COUNCIL),
        ("Fen", "Marsh", "Moor", Mender.TEAM),
        ("", "Marsh", "", Mender.TEAM),
    ],
)
def test_a_fact_is_put_right_by_whoever_left_it_behind(
    ours: str, now: str, before: str, mender: Mender
) -> None:
    assert found(TEAM, ours, now, before) == [Difference(TEAM, ours, now, before, mender)]


@pytest.mark.parametrize(("ours", "now"), [("Fen", "Fen"), ("Fen", ""), ("", "")])
def test_the_same_value_or_silence_is_no_difference(ours: str, now: str) -> None:
    assert found(TEAM, ours, now) == []
    assert found(AUTHORISED, "", "", silent=True) == []


def test_silence_counts_where_the_list_tells_of_every_piece_of_work() -> None:
    assert found(AUTHORISED, "2026-11-02", "") == []
    (one,) = found(AUTHORISED, "2026-11-02", "", silent=True)
    assert one.mender is Mender.COUNCIL
    assert found(AUTHORISED, LISTED.isoformat(), "", silent=True) == []


@pytest.mark.parametrize(
    ("ours", "now", "mender"),
    [
        ("", "2026-11-02", Mender.TEAM),
        ("2026-11-01", "2026-11-02", Mender.TEAM),
        ("2026-11-03", "2026-11-02", Mender.COUNCIL),
    ],
)
def test_the_later_milestone_is_the_one_to_follow(ours: str, now: str, mender: Mender) -> None:
    assert [one.mender for one in found(ENDED, ours, now)] == [mender]


def test_a_difference_is_settled_once_and_only_by_taking_or_keeping() -> None:
    check_settling(State.OPEN, TEAM, State.TAKEN)
    check_settling(State.OPEN, ENDED, State.KEPT)
    with pytest.raises(Refused, match="settled already"):
        check_settling(State.KEPT, TEAM, State.KEPT)
    with pytest.raises(Invalid):
        check_settling(State.OPEN, TEAM, State.GONE)
    with pytest.raises(Refused, match="“Ended” is not copied"):
        check_settling(State.OPEN, ENDED, State.TAKEN)


def test_facts_are_told_in_words() -> None:
    assert ENDED.in_words("2026-11-02") == "2 Nov 2026"
    assert TEAM.in_words("Marsh") == "Marsh"
    assert TEAM.in_words("") == "Nothing"
    assert all(field.label for field in Compared)
    assert all(state.label for state in State)
    assert [field for field in Compared if not field.can_be_taken] == [
        Compared.SEEN_ON,
        AUTHORISED,
        ENDED,
    ]


def test_a_list_is_the_one_before_again_where_it_tells_of_twice_as_many_as_it_leaves_out() -> None:
    assert is_the_list_again(again=4, missing=2)
    assert not is_the_list_again(again=4, missing=3)
    assert not is_the_list_again(again=4, missing=0)
    gone = GONE_FROM_LIST
    told = [gone.ours, gone.council_now, gone.council_before]
    assert list(map(ENDED.in_words, told)) == ["Nothing", "Not on its list", "On its list"]
