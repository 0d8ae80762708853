"""Reads of a contract's clocks: those in force, the draft, and every version."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import col, select

from app.access.models import User
from app.cases.due_days.models import ClockTerms
from app.cases.due_days.rules import KINDS, Clocks, shown
from app.contract import queries as contract
from app.contract.models import ClockRule
from app.kernel.clock import AssessmentType
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class VersionView:
    """One version with who drafted and who agreed it."""

    number: int
    version: int
    clocks: Clocks
    reason: str
    drafted_by: str | None
    drafted_at: datetime
    agreed_by: str | None
    agreed_at: datetime | None
    cases: int

    @property
    def said(self) -> dict[str, str]:
        return shown(self.clocks)


def clocks_of(uow: UnitOfWork, contract_id: int) -> Clocks:
    """The clocks in force; NotFound when the contract is absent or not the actor's."""
    agreed = contract.find_contract(uow, contract_id)
    rules = {one.assessment_type: one for one in _rules(uow, contract_id)}
    of_kinds: dict[str, Any] = {
        f"{name}_{part}": getattr(rules[kind], column) if kind in rules else None
        for name, kind in KINDS.items()
        for part, column in (("days", "limit_working_days"), ("start", "start_event"))
    }
    return Clocks(
        **of_kinds,
        conference_days=agreed.conference_within_days,
        seen_days=agreed.seen_within_days,
        decide_days=agreed.decide_within_days,
        chase_most=agreed.chase_most,
    )


def kinds_of(uow: UnitOfWork, contract_id: int) -> frozenset[AssessmentType]:
    """The kinds of assessment that the contract has a clock for."""
    return frozenset(one.assessment_type for one in _rules(uow, contract_id))


def draft_of(uow: UnitOfWork, contract_id: int) -> ClockTerms | None:
    """The version that waits for the council, if there is one."""
    waits = ClockTerms.contract_id == contract_id, col(ClockTerms.agreed_at).is_(None)
    return uow.session.exec(select(ClockTerms).where(*waits)).first()


def versions(uow: UnitOfWork, contract_id: int) -> list[VersionView]:
    """Every version, the newest first, and before all others the draft."""
    drafter, agreer = aliased(User), aliased(User)
    found = uow.session.execute(
        select(ClockTerms, drafter.name, agreer.name)
        .outerjoin(drafter, col(drafter.id) == col(ClockTerms.drafted_by))
        .outerjoin(agreer, col(agreer.id) == col(ClockTerms.agreed_by))
        .where(ClockTerms.contract_id == contract_id)
        .order_by(col(ClockTerms.number).desc())
    )
    return [
        VersionView(
            row.number,
            row.version,
            terms_of(row),
            row.reason,
            drafted_by,
            row.drafted_at,
            agreed_by,
            row.agreed_at,
            row.cases,
        )
        for row, drafted_by, agreed_by in found
    ]


def terms_of(row: ClockTerms) -> Clocks:
    """A stored version as its rules take it."""
    return Clocks(**{one.name: getattr(row, one.name) for one in fields(Clocks)})


def _rules(uow: UnitOfWork, contract_id: int) -> list[ClockRule]:
    return list(uow.session.exec(select(ClockRule).where(ClockRule.contract_id == contract_id)))
