"""Reads of checklist templates: the one in force and the versions before it."""

from sqlalchemy import bindparam
from sqlmodel import col, select

from app.agreements.checklists.models import ChecklistTemplate
from app.agreements.checklists.rules import HANDED_OVER, Item, Template
from app.plans.rules import Outcome
from app.work.terms import versions_of
from app.work.uow import UnitOfWork

_IN_FORCE = (
    select(
        col(ChecklistTemplate.items),
        col(ChecklistTemplate.visit_days),
        col(ChecklistTemplate.supervision_days),
    )
    .where(
        ChecklistTemplate.contract_id == bindparam("contract_id"),
        ChecklistTemplate.outcome == bindparam("outcome"),
        col(ChecklistTemplate.from_on) <= bindparam("today"),
    )
    .order_by(col(ChecklistTemplate.from_on).desc(), col(ChecklistTemplate.number).desc())
    .limit(1)
)


def in_force(uow: UnitOfWork, contract_id: int, outcome: Outcome) -> Template:
    """What is asked today before a case of this outcome is handed over."""
    found = uow.rows(_IN_FORCE, contract_id=contract_id, outcome=outcome, today=uow.today).first()
    return _template(*found) if found else Template()


def list_in_force(uow: UnitOfWork, contract_id: int) -> list[tuple[Outcome, Template]]:
    """What is asked today for every outcome that hands a case over."""
    return [(outcome, in_force(uow, contract_id, outcome)) for outcome in HANDED_OVER]


def versions(
    uow: UnitOfWork, contract_id: int, outcome: Outcome
) -> list[tuple[ChecklistTemplate, str | None]]:
    """Every version for one outcome with who set it, newest first."""
    return versions_of(uow, ChecklistTemplate, contract_id, ChecklistTemplate.outcome == outcome)


def template_of(row: ChecklistTemplate) -> Template:
    """A version without who set it."""
    return _template(row.items, row.visit_days, row.supervision_days)


def _template(items: str, visit_days: int | None, supervision_days: int) -> Template:
    return Template(frozenset(Item(word) for word in items.split()), visit_days, supervision_days)
