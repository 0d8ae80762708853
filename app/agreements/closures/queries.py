"""Reads of closures: the one being worked on, its exact words and a case's earlier ones."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from app.access.models import User
from app.agreements.closures import rules
from app.agreements.closures.models import Closure, ClosureTemplate
from app.agreements.closures.rules import (
    Achieved,
    ClosureReason,
    Draft,
    Involvement,
    Item,
    Support,
    Template,
    Told,
)
from app.agreements.gates import queries as gates
from app.agreements.gates.rules import Check
from app.cases.register.models import Case
from app.kernel.errors import NotFound
from app.plans import queries as plans
from app.plans.rules import Route, hash_of, wording
from app.work.terms import versions_of
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class ClosureView:
    """One closure, with the names of its author and of whoever closed the case."""

    id: int
    episode: int
    reason: ClosureReason
    ongoing_support: str
    advice: str
    family_told_on: date | None
    family_not_told: str
    referrer_told_on: date | None
    referrer_not_told: str
    involvement: str
    achieved: Achieved | None
    views: str
    agencies_told: str
    support_from: Support | None
    ticked: str
    written_by: str | None
    written_at: datetime
    proposal_id: int | None
    closed_by: str | None
    closed_at: datetime | None
    version: int

    @property
    def draft(self) -> Draft:
        """What was written, without who wrote it."""
        return Draft(
            self.reason,
            self.ongoing_support,
            self.advice,
            self.family_told_on,
            self.family_not_told,
            self.referrer_told_on,
            self.referrer_not_told,
            frozenset(map(Involvement, self.involvement.split())),
            self.achieved,
            self.views,
            frozenset(map(Told, self.agencies_told.split())),
            self.support_from,
            frozenset(map(Item, self.ticked.split())),
        )

    @property
    def entries(self) -> dict[str, str]:
        """What the closure says, name by name."""
        return rules.entries(self.draft)


_AUTHOR, _CLOSER = aliased(User), aliased(User)
_COLUMNS: tuple[Any, ...] = (
    Closure.id,
    Closure.episode,
    Closure.reason,
    Closure.ongoing_support,
    Closure.advice,
    Closure.family_told_on,
    Closure.family_not_told,
    Closure.referrer_told_on,
    Closure.referrer_not_told,
    Closure.involvement,
    Closure.achieved,
    Closure.views,
    Closure.agencies_told,
    Closure.support_from,
    Closure.ticked,
    _AUTHOR.name,
    Closure.written_at,
    Closure.proposal_id,
    _CLOSER.name,
    Closure.closed_at,
    Closure.version,
)
_CLOSURES = (
    select(*_COLUMNS)
    .select_from(Closure)
    .outerjoin(_AUTHOR, col(_AUTHOR.id) == Closure.written_by)
    .outerjoin(_CLOSER, col(_CLOSER.id) == Closure.closed_by)
    .where(col(Closure.case_id) == bindparam("case_id"))
    .order_by(col(Closure.episode).desc())
)


def for_case(uow: UnitOfWork, case_id: int) -> list[ClosureView]:
    """The closures of one case, newest first; more than one where it was reopened."""
    found = uow.rows(_CLOSURES, case_id=case_id)
    return [ClosureView(*row) for row in found]


def current(uow: UnitOfWork, case_id: int) -> ClosureView | None:
    """The closure of the stretch of work that runs, or None."""
    newest = next(iter(for_case(uow, case_id)), None)
    return newest if newest and newest.episode == plans.episode_of(uow, case_id) else None


def current_row(uow: UnitOfWork, case_id: int) -> Closure | None:
    """The same closure, to be changed or checked."""
    episode = plans.episode_of(uow, case_id)
    return uow.session.exec(
        select(Closure).where(Closure.case_id == case_id, Closure.episode == episode)
    ).first()


def words_of(uow: UnitOfWork, case_id: int) -> dict[str, str]:
    """What is to be agreed: the plan in force and, where it closes the case, the closure."""
    plan = plans.latest(uow, case_id)
    said = plan.entries if plan else {}
    if plan and plan.outcome.route is Route.CLOSURE:
        closure = current(uow, case_id)
        said = said | (closure.entries if closure else {})
    return said


def checks_of(uow: UnitOfWork, of: Case, closure: Closure) -> tuple[Check, ...]:
    """What the closure asks before the actor can close its case, and what of it is met now."""
    written = hash_of(wording(words_of(uow, closure.case_id)))
    facts = gates.facts_of(
        uow, of, agreed_is_latest=closure.agreed_hash == written, proposal_id=closure.proposal_id
    )
    facts = replace(facts, child_died=closure.reason is ClosureReason.RC2)
    said = current(uow, closure.case_id)
    if said is None:
        raise NotFound
    template = template_on(uow, of.contract_id)
    return rules.checks(
        facts, said.draft, template, author=closure.written_by, closer=uow.actor.user_id
    )


def template_on(uow: UnitOfWork, contract_id: int) -> Template:
    """What the council asks for today."""
    versions = template_versions(uow, contract_id)
    in_force = [row for row, _ in versions if row.from_on <= uow.today]
    return template_of(in_force[0]) if in_force else Template()


def template_versions(
    uow: UnitOfWork, contract_id: int
) -> list[tuple[ClosureTemplate, str | None]]:
    """Every version of the checklist with who set it, the last one first."""
    return versions_of(uow, ClosureTemplate, contract_id)


def template_of(row: ClosureTemplate) -> Template:
    return Template(tuple(Item(word) for word in row.items.split()))
