"""A state machine as a table: which act leads from which state to which."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Generic, TypeVar

from app.kernel.acts import Act
from app.kernel.errors import Refused

State = TypeVar("State", bound=StrEnum)


@dataclass(frozen=True)
class Move(Generic[State]):
    """One line of the table: `act` leads from `before` to `after`."""

    before: State
    act: Act
    after: State


class Machine(Generic[State]):
    """The only source of a row's next state; pages draw their buttons from the same table."""

    def __init__(self, moves: Mapping[tuple[State, Act], State]) -> None:
        self._moves = MappingProxyType(dict(moves))

    def after(self, state: State, act: Act) -> State:
        """The state `act` leads to; Refused, with the states it is possible from, otherwise."""
        try:
            return self._moves[state, act]
        except KeyError:
            raise Refused(self._why_not(state, act)) from None

    def acts_from(self, state: State) -> frozenset[Act]:
        return frozenset(act for before, act in self._moves if before == state)

    def table(self) -> tuple[Move[State], ...]:
        """The moves in the order they were written, for the documentation."""
        return tuple(Move(before, act, after) for (before, act), after in self._moves.items())

    def _why_not(self, state: State, act: Act) -> str:
        allowed = [words(move.before) for move in self.table() if move.act == act]
        if not allowed:
            return f"“{act.sentence}” is not possible here."
        needed = " or ".join(allowed)
        return f"“{act.sentence}” needs the state {needed}; it is {words(state)} now."


def words(state: StrEnum) -> str:
    """A state as a person reads it: `handed_over` is “handed over”."""
    return state.value.replace("_", " ")
