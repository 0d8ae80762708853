"""The head of the agreement desk, as home pages show it: few columns, in one question."""

from typing import Any, NamedTuple

from sqlalchemy import Integer, literal_column, select, union_all
from sqlmodel import col

from app.agreements.proposals.models import Proposal
from app.agreements.proposals.queries import FLAGGED, IN_TURN, OTHERS, SIZE, working_days
from app.cases.register.models import Case
from app.contract import queries as contract
from app.contract.models import Lot
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


# As many as are wanted of each, since no index has the order of both.
_HEAD = union_all(
    *(
        select(some.add_columns(literal_column(place, Integer).label("place")).subquery())
        for place, some in (
            ("0", FLAGGED.order_by(*IN_TURN).limit(SIZE)),
            ("1", OTHERS.limit(SIZE)),
        )
    )
).subquery()
_COLUMNS: tuple[Any, ...] = (
    Case.contract_id,
    Proposal.proposed_at,
    Proposal.id,
    Proposal.case_id,
    Case.reference,
    Lot.name,
    OutcomePlan.outcome,
)
_FIRST_OUT = (
    select(*_COLUMNS)
    .select_from(Proposal)
    .join(_HEAD, _HEAD.c.id == col(Proposal.id))
    .join(Case, col(Case.id) == Proposal.case_id)
    .join(OutcomePlan, col(OutcomePlan.id) == Proposal.plan_id)
    .join(Lot, col(Lot.id) == Proposal.lot_id)
    .order_by(_HEAD.c.place, *IN_TURN)
    .limit(SIZE)
)


def list_first_out(uow: UnitOfWork, most: int) -> list[First]:
    """The head of the desk, not counting what comes after it."""
    found = uow.rows(_FIRST_OUT, size=most).all()
    calendars = {one: contract.calendar(uow, one) for one in {row.contract_id for row in found}}
    return [
        First(working_days(calendars[contract_id], proposed_at, uow), *shown)
        for contract_id, proposed_at, *shown in found
    ]
