"""Makes holds and statements of the clock."""

from datetime import date, timedelta
from typing import Any

from app.cases.clock_statements.models import ClockLine, ClockStatement
from app.cases.holds import service as holds
from app.cases.holds.models import Hold
from app.cases.holds.rules import HoldReason
from app.cases.holds.service import Wish
from app.cases.states import CaseState
from app.kernel.clock import Holder
from tests.makers import a_case
from tests.world import TODAY, World


def a_hold(world: World, case_id: int, by: str = "tess", **terms: Any) -> int:
    """A hold that began today and returns in two weeks; returns its id."""
    wish: dict[str, Any] = {
        "reason": HoldReason.SPECIALIST,
        "owner_id": world.user("tara" if by == "tara" else "tess"),
        "began_on": world.clock.now.date(),
        "review_on": world.clock.now.date() + timedelta(days=7),
        "until_on": world.clock.now.date() + timedelta(days=14),
    }
    with world.acting(by) as uow:
        holds.place(uow, case_id, Wish(**wish | terms))
    return max(hold.id for hold in world.rows(Hold))


def a_past_hold(
    world: World, case_id: int, since: date, until: date, lot: str = "North", **facts: Any
) -> None:
    """A hold of days gone by."""
    values: dict[str, Any] = {"reason": HoldReason.CRIMINAL, "owner_id": world.user("tess")}
    with world.setting_up() as uow:
        uow.add(
            Hold(
                case_id=case_id,
                lot_id=world.lot(lot),
                began_on=since,
                review_on=until,
                until_on=until,
                **values | facts,
            )
        )


def rows_of_clocks(world: World, lot: str = "North") -> dict[str, int]:
    """A hold of a case in the lot, a statement and its line, by the names of their ids."""
    worker = {"North": "priya", "South": "sam"}.get(lot)
    facts = {"practitioner_id": world.practitioner(worker)} if worker else {}
    case_id = a_case(world, lot, state=CaseState.ALLOCATED, allocated_on=TODAY, **facts)
    with world.setting_up() as uow:
        hold = uow.add(
            Hold(
                case_id=case_id,
                lot_id=world.lot(lot),
                reason=HoldReason.SPECIALIST,
                owner_id=world.user("tess"),
                began_on=TODAY,
                review_on=TODAY + timedelta(days=7),
                until_on=TODAY + timedelta(days=14),
            )
        )
        statement = uow.add(
            ClockStatement(
                lot_id=world.lot(lot),
                week_ending=TODAY - timedelta(days=7),
                days=5,
                issued_at=uow.now,
            )
        )
        line = uow.add(
            ClockLine(
                lot_id=world.lot(lot),
                statement_id=statement.id or 0,
                holder=Holder.AGENCY,
                why="At work",
                since=TODAY - timedelta(days=11),
                until=TODAY - timedelta(days=7),
                days=5,
                cases=1,
            )
        )
        return {"hold_id": hold.id or 0, "clock_id": statement.id or 0, "line_id": line.id or 0}
