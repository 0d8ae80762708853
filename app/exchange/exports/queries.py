"""The rows of an export: exactly the cases of a filter, in its order."""

from collections.abc import Iterator

from app.cases.register.filter import CaseFilter
from app.cases.register.queries import stream_cases
from app.exchange.writers import Value
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


def case_rows(uow: UnitOfWork, wanted: CaseFilter) -> Iterator[tuple[Value, ...]]:
    """Read as they are written, so that an export of any length takes little memory."""
    for case in stream_cases(uow, wanted):
        yield (
            case.reference,
            case.lot,
            case.state.label,
            case.priority.label,
            case.open_flags,
            case.referred_on,
            case.due_on,
            case.practitioner,
            case.seen_on,
            case.age_band,
            case.outcome.replace("_", " ").capitalize(),
            case.ended_on,
        )
