"""The checks of an orderly exit: each that fails, in words, with where its rows stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.exit.residual.rules import Room, receiving_due
from app.exit.steps.rules import StepState
from app.kernel.acts import Act
from app.kernel.days import show_date
from app.kernel.small_numbers import SMALLEST_SHOWN

_NEEDS = {
    "/exit/residual": Act.EXIT_RESIDUAL,
    "/exit/people": Act.STAYING_VIEW,
    "/exit/data": Act.DATA_VIEW,
    "/flags": Act.FLAG_VIEW,
}


@dataclass(frozen=True)
class Failing:
    """One thing to settle, and the address of what it is about."""

    sentence: str
    address: str

    @property
    def needs(self) -> Act:
        """The act of the page at the address: not every reader of the check may open it."""
        path = self.address.partition("?")[0].partition("#")[0]
        return _NEEDS.get(path, Act.EXIT_VIEW)


@dataclass(frozen=True)
class Facts:
    """What a contract's readiness is judged by."""

    contract_id: int
    steps: Sequence[StepState]
    open_cases: int
    without_plan: int
    without_receiver: int
    rooms: Sequence[Room]
    open_flags: int
    undecided: int
    returned: bool
    erasable: bool
    ends_on: date
    today: date

    @property
    def late_for_receivers(self) -> bool:
        """Whether the day has come from which on every open case has a named receiver."""
        return self.today >= receiving_due(self.ends_on)


def failing(facts: Facts) -> list[Failing]:
    """What stands in the way of an orderly exit today; empty when nothing does."""
    return [*_steps(facts), *_cases(facts), *_rest(facts)]


def _steps(facts: Facts) -> Iterator[Failing]:
    here = f"#contract-{facts.contract_id}"
    if not facts.steps:
        yield Failing("There is no exit strategy yet.", here)
    for one in facts.steps:
        if one.done_on is None and one.due_on < facts.today:
            kind = "Gate" if one.gate else "Step"
            yield Failing(
                f"{kind} {one.number} was due on {show_date(one.due_on)}: {one.title}.", here
            )
    ownerless = [one.number for one in facts.steps if not (one.agency_owner and one.council_owner)]
    if ownerless:
        yield Failing(f"Not owned by both sides: {', '.join(map(str, ownerless))}.", here)


def _cases(facts: Facts) -> Iterator[Failing]:
    if facts.late_for_receivers and facts.without_plan:
        yield Failing(
            f"{facts.without_plan:,} of {facts.open_cases:,} open cases have no outcome plan yet,"
            f" and the contract ends on {show_date(facts.ends_on)}.",
            "/exit/residual?way=none",
        )
    if facts.late_for_receivers and facts.without_receiver:
        yield Failing(
            f"{facts.without_receiver:,} of {facts.open_cases:,} open cases have no named receiver;"
            f" each was to have one by {show_date(receiving_due(facts.ends_on))}.",
            "/exit/residual?receiver=none",
        )
    for room in facts.rooms:
        if room.over:
            yield Failing(
                f"{room.team} is named for {room.named:,} cases and can take {room.capacity:,}"
                f" until the end: {room.over:,} too many.",
                f"/exit/outlook#lot-{room.lot_id}",
            )
    if facts.late_for_receivers and facts.open_flags:
        # Not every reader may see a small number; the list behind it tells those who may.
        many = f"{facts.open_flags:,}" if facts.open_flags >= SMALLEST_SHOWN else "1 to 5"
        yield Failing(f"Open cases with an open safeguarding flag: {many}.", "/flags")
    if facts.open_cases and facts.today > facts.ends_on:
        yield Failing(
            f"The contract has ended with {facts.open_cases:,} cases open.", "/exit/residual"
        )


def _rest(facts: Facts) -> Iterator[Failing]:
    if facts.late_for_receivers and facts.undecided:
        people = "worker has" if facts.undecided == 1 else "workers have"
        yield Failing(f"{facts.undecided:,} {people} not said whether they stay.", "/exit/people")
    if not facts.erasable:
        yield Failing(
            "The council has not said how long the data is kept after the end.", "/exit/data"
        )
    if facts.today > facts.ends_on and not facts.returned:
        yield Failing("The data has not been returned to the council.", "/exit/data")
