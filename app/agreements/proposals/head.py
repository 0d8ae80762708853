"""The head of the agreement desk, as home pages show it: few columns, in one question."""

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Integer, literal_column, select, union_all
from sqlmodel import col

from app.agreements.proposals.models import Proposal
from app.agreements.proposals.queries import FLAGGED, IN_TURN, OTHERS, working_days
from app.cases.register.models import Case
from app.contract import queries as contract
from app.contract.models import Contract, Lot
from app.contract.queries import CalendarTerms
from app.plans.models import OutcomePlan
from app.plans.rules import Outcome
from app.work.uow import UnitOfWork


class First(NamedTuple):
    """A proposal at the head of the desk, with the working days that it has waited."""

    days: int
    id: int
    case_id: int
    reference: str
    lot: str
    outcome: Outcome


_COLUMNS: tuple[Any, ...] = (
    *contract.CALENDAR,
    Proposal.proposed_at,
    Proposal.id,
    Proposal.case_id,
    Case.reference,
    Lot.name,
    OutcomePlan.outcome,
)


@cache
def _first(most: int) -> Any:
    """As many as are wanted of the flagged and of the others, since no index has the order of both.

    The limit stands in the statement, which SQLite would otherwise plan anew each time.
    """
    few = literal_column(str(most), Integer)
    parts = FLAGGED.order_by(*IN_TURN).limit(few), OTHERS.limit(few)
    placed = (
        part.add_columns(literal_column(str(place), Integer).label("place")).subquery()
        for place, part in enumerate(parts)
    )
    head = union_all(*(select(part) for part in placed)).subquery()
    return (
        select(*_COLUMNS)
        .select_from(Proposal)
        .join(head, head.c.id == col(Proposal.id))
        .join(Case, col(Case.id) == Proposal.case_id)
        .join(OutcomePlan, col(OutcomePlan.id) == Proposal.plan_id)
        .join(Lot, col(Lot.id) == Proposal.lot_id)
        .join(Contract, col(Contract.id) == Case.contract_id)
        .order_by(head.c.place, *IN_TURN)
        .limit(few)
    )


def list_first_out(uow: UnitOfWork, most: int) -> list[First]:
    """The head of the desk, not counting what comes after it."""
    found = uow.rows(_first(most)).all()
    terms = {CalendarTerms(*row[: len(contract.CALENDAR)]) for row in found}
    calendars = {one.contract_id: contract.calendar_of(uow, one) for one in terms}
    return [
        First(working_days(calendars[contract_id], proposed_at, uow), *shown)
        for contract_id, _, _, proposed_at, *shown in found
    ]
