"""Acts on drift: a look, a case put aside with its reason, and the contract's terms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, delete, select

from app.cases.drift import queries, rules
from app.cases.drift.models import DriftAside, DriftingCase, DriftLook, DriftTerms
from app.cases.drift.rules import Aside, Drift, Policy
from app.cases.register import service as register
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.days import london_date
from app.work.terms import next_number
from app.work.uow import UnitOfWork


def look(uow: UnitOfWork, elsewhere: Mapping[int, date]) -> int:
    """Look over the actor's open cases and list those that drift; returns how many do.

    `elsewhere` tells when something happened on a case that this room cannot see. The cases are
    read before the command, so that nobody waits to write meanwhile.
    """
    found = find(uow, elsewhere)
    with uow.command(Act.DRIFT_LOOK):
        return keep(uow, found)


def find(uow: UnitOfWork, elsewhere: Mapping[int, date]) -> list[Drift]:
    """Every drifting case of the actor's lots."""
    found = []
    history = rules.histories(queries.list_spells(uow), uow.today)
    for one in contract.list_contracts(uow):
        if one.id is None:
            continue
        policy, calendar = queries.policy_of(uow, one.id), contract.calendar(uow, one.id)
        for case in queries.list_standstills(uow, one.id, elsewhere):
            known = history.get((case.lot_id, case.stage))
            judged = rules.judge(case, policy, known, calendar, uow.today)
            if judged:
                found.append(judged)
    return found


def keep(uow: UnitOfWork, found: list[Drift]) -> int:
    """Keep what a look found, within a command: each lot's list anew, and when it was made."""
    uow.must_be_in(Act.DRIFT_LOOK, Act.DEMO_SEED)
    lots = uow.actor.lot_ids
    listed_on = {row.case_id: row.listed_on for row in uow.session.exec(select(DriftingCase))}
    uow.session.exec(delete(DriftingCase).where(col(DriftingCase.lot_id).in_(lots)))
    most = {
        lot.id or 0: queries.policy_of(uow, lot.contract_id).most for lot in contract.list_lots(uow)
    }
    looks = {row.lot_id: row for row in uow.session.exec(select(DriftLook)).all()}
    for lot_id in sorted(lots):
        of_lot = [one for one in found if one.case.lot_id == lot_id]
        listed = rules.most_stuck(of_lot, most[lot_id])
        rows = [_row(one, place, uow.today, listed_on) for place, one in enumerate(listed, 1)]
        uow.load(DriftingCase, rows)
        look = looks.get(lot_id) or uow.add(
            DriftLook(
                lot_id=lot_id,
                looked_at=uow.now,
                by_user_id=uow.actor.user_id,
                found=0,
                listed=0,
            )
        )
        if look.by_user_id is not None or london_date(look.looked_at) != uow.today:
            look.by_user_id = uow.actor.user_id
        look.looked_at = uow.now
        look.found, look.listed = len(of_lot), len(listed)
    return len(found)


def _row(one: Drift, place: int, today: date, known: Mapping[int, date]) -> dict[str, object]:
    case = one.case
    return {
        "lot_id": case.lot_id,
        "case_id": case.case_id,
        "place": place,
        "stage": case.stage,
        "stage_since": case.stage_since,
        "idle_since": case.idle_since,
        "basis": one.basis,
        "still_there": one.still_there,
        "suggestion": one.suggestion,
        "listed_on": known.get(case.case_id, today),
    }


def put_aside(uow: UnitOfWork, case_id: int, reason: Aside, until: date, note: str = "") -> None:
    """Leave a case off the list of drifting cases until a day."""
    with uow.command(Act.DRIFT_ASIDE):
        leave_off(uow, case_id, reason, until, note)


def leave_off(uow: UnitOfWork, case_id: int, reason: Aside, until: date, note: str = "") -> None:
    """What `put_aside` does, within the command of a decision."""
    uow.must_be_in()
    case = register.find(uow, case_id)
    rules.check_aside(until, uow.today)
    uow.add(
        DriftAside(
            case_id=case_id,
            lot_id=case.lot_id,
            reason=reason,
            until=until,
            note=note,
            by_user_id=uow.actor.user_id,
            at=uow.now,
        )
    )
    row = uow.session.exec(select(DriftingCase).where(DriftingCase.case_id == case_id)).first()
    if row is not None:
        # None for the lot that a case went to since, where nobody has looked yet.
        look = uow.session.exec(select(DriftLook).where(DriftLook.lot_id == row.lot_id)).first()
        if look is not None:
            look.found, look.listed = max(0, look.found - 1), max(0, look.listed - 1)
        uow.remove(row)


@dataclass(frozen=True)
class Agreed:
    """Terms as they were agreed: what, and the reason or clause."""

    policy: Policy
    reason: str


def set_policy(uow: UnitOfWork, contract_id: int, agreed: Agreed, *, began_from: int) -> None:
    """Agree what the contract calls drift: a new version, while earlier ones are kept."""
    with uow.command(Act.CONTRACT_EDIT):
        contract.find_contract(uow, contract_id)
        versions = queries.versions(uow, contract_id)
        number = next_number(versions, began_from, queries.shown)
        rules.check_policy(agreed.policy)
        uow.add(
            DriftTerms(
                contract_id=contract_id,
                number=number,
                **vars(agreed.policy),
                reason=agreed.reason,
                by_user_id=uow.actor.user_id,
                at=uow.now,
            )
        )
