"""The table of moves, asked from every side."""

from enum import StrEnum

import pytest

from app.kernel.acts import Act
from app.kernel.errors import Refused
from app.kernel.machine import Machine, Move, words


class Stage(StrEnum):
    """Four stages of an invented piece of work."""

    WAITING = "waiting"
    IN_HAND = "in_hand"
    WRITTEN = "written"
    FILED = "filed"


MOVES = Machine(
    {
        (Stage.WAITING, Act.ASSESSMENT_START): Stage.IN_HAND,
        (Stage.IN_HAND, Act.ASSESSMENT_SUBMIT): Stage.WRITTEN,
        (Stage.WRITTEN, Act.ASSESSMENT_RETURN): Stage.IN_HAND,
        (Stage.WRITTEN, Act.ASSESSMENT_AUTHORISE): Stage.FILED,
        (Stage.WAITING, Act.ASSESSMENT_AUTHORISE): Stage.FILED,
    }
)


def test_an_act_leads_to_the_state_in_the_table() -> None:
    assert MOVES.after(Stage.WRITTEN, Act.ASSESSMENT_RETURN) is Stage.IN_HAND


def test_a_refusal_names_the_act_and_the_states_it_is_possible_from() -> None:
    with pytest.raises(Refused) as refusal:
        MOVES.after(Stage.IN_HAND, Act.ASSESSMENT_AUTHORISE)
    assert refusal.value.sentence == (
        "“Authorise an assessment” needs the state written or waiting; it is in hand now."
    )


def test_an_act_the_table_does_not_know_is_refused_plainly() -> None:
    with pytest.raises(Refused, match="“See cases in their lots” is not possible here"):
        MOVES.after(Stage.WAITING, Act.CASE_VIEW)


def test_the_acts_from_a_state_are_its_buttons() -> None:
    assert MOVES.acts_from(Stage.WRITTEN) == {Act.ASSESSMENT_RETURN, Act.ASSESSMENT_AUTHORISE}
    assert MOVES.acts_from(Stage.FILED) == frozenset()


def test_the_table_keeps_the_order_it_was_written_in() -> None:
    assert MOVES.table()[0] == Move(Stage.WAITING, Act.ASSESSMENT_START, Stage.IN_HAND)
    assert len(MOVES.table()) == 5


def test_a_table_changed_after_building_changes_no_move() -> None:
    moves = {(Stage.WAITING, Act.ASSESSMENT_START): Stage.IN_HAND}
    machine = Machine(moves)
    moves.clear()
    assert machine.after(Stage.WAITING, Act.ASSESSMENT_START) is Stage.IN_HAND


def test_a_state_reads_as_words() -> None:
    assert words(Stage.IN_HAND) == "in hand"
