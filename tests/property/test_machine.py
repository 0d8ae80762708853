"""What holds for every table of moves."""

from enum import StrEnum

from hypothesis import given
from hypothesis import strategies as st

from app.kernel.acts import Act
from app.kernel.errors import Refused
from app.kernel.machine import Machine


class Stage(StrEnum):
    """Five stages without a meaning."""

    A = "a"
    B = "b"
    C = "c"
    D = "d"
    E = "e"


ACTS = list(Act)[:6]
machines = st.builds(
    Machine,
    st.dictionaries(
        st.tuples(st.sampled_from(Stage), st.sampled_from(ACTS)), st.sampled_from(Stage)
    ),
)


@given(machines, st.sampled_from(Stage))
def test_the_buttons_are_exactly_the_acts_that_are_not_refused(
    machine: Machine[Stage], state: Stage
) -> None:
    for act in ACTS:
        try:
            machine.after(state, act)
        except Refused:
            assert act not in machine.acts_from(state)
        else:
            assert act in machine.acts_from(state)


@given(machines)
def test_the_table_says_all_the_machine_does(machine: Machine[Stage]) -> None:
    for move in machine.table():
        assert machine.after(move.before, move.act) == move.after
    assert Machine({(m.before, m.act): m.after for m in machine.table()}).table() == machine.table()
