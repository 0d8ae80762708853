"""The rows of an export: exactly the cases of a filter, in its order."""

from collections.abc import Iterator
from functools import lru_cache

from app.cases.register.filter import CaseFilter
from app.cases.register.queries import stream_cases
from app.cases.register.rules import Priority
from app.cases.states import CaseState
from app.kernel.csvs import Value
from app.work.uow import UnitOfWork

HEADER = (
    "Reference",
    "Lot",
    "State",
    "Priority",
    "Open flags",
    "Referred on",
    "Due on",
    "Practitioner",
    "Child seen on",
    "Age",
    "Outcome",
    "Ended on",
)


STATES = {state: state.label for state in CaseState}
PRIORITIES = {priority: priority.label for priority in Priority}


@lru_cache(maxsize=64)
def in_words(outcome: str) -> str:
    return outcome.replace("_", " ").capitalize()


def case_rows(uow: UnitOfWork, wanted: CaseFilter) -> Iterator[tuple[Value, ...]]:
    """Read as they are written, so that an export of any length takes little memory."""
    # Each row is taken apart at once, which for very many is a good part of the work.
    for (
        _,
        reference,
        lot,
        state,
        priority,
        open_flags,
        referred_on,
        due_on,
        practitioner,
        seen_on,
        age_band,
        outcome,
        ended_on,
    ) in stream_cases(uow, wanted):
        yield (
            reference,
            lot,
            STATES[state],
            PRIORITIES[priority],
            open_flags,
            referred_on,
            due_on,
            practitioner,
            seen_on,
            age_band,
            in_words(outcome),
            ended_on,
        )
