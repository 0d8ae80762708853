"""Reads the figures that sentences are drafted from, and the commentaries that were kept."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.access.models import User
from app.agreements.disagreements import queries as disagreements
from app.agreements.meetings.queries import fingerprint
from app.cases.actions import queries as dated
from app.cases.actions.queries import Whose
from app.cases.scope import queries as scope
from app.cases.scope.rules import WEEK, LotWeek, rate_of_weeks
from app.contract import queries as contract
from app.contract.models import Contract
from app.contract.rules import TargetTerms
from app.exit.readiness import queries as readiness
from app.exit.readiness.rules import failing
from app.exit.residual import queries as residual
from app.exit.steps import queries as steps
from app.finance.outlook import queries as outlook
from app.finance.outlook.models import LotOutlook
from app.kernel.acts import Act
from app.kernel.days import week_ending
from app.kernel.errors import NotFound
from app.performance import queries as performance
from app.performance.queries import Figures
from app.planning.clearance import planned_on
from app.reports.commentary.models import Commentary, CommentarySentence
from app.reports.commentary.rules import Facts, LotFacts, Money, Topic, link_for
from app.reports.movements import queries as movements
from app.work.sight import looking_at
from app.work.uow import UnitOfWork

MOST_SHOWN = 50


@dataclass(frozen=True)
class CommentaryView:
    """One commentary with who drafted and who issued it."""

    id: int
    contract_id: int
    contract: str
    number: int
    as_at: datetime
    drafted_by: str | None
    issued_by: str | None
    issued_at: datetime | None
    version: int


@dataclass(frozen=True)
class SentenceView:
    """One sentence as it reads now, with its figures and who edited it."""

    id: int
    commentary_id: int
    position: int
    topic: Topic
    drafted: str
    text: str
    figures: str
    link: str
    left_out: bool
    edited_by: str | None
    edited_at: datetime | None
    version: int

    @property
    def facts(self) -> dict[str, str]:
        found: dict[str, str] = json.loads(self.figures)
        return found

    def link_for(self, may: Callable[[Act], bool]) -> str:
        """Where it leads its reader; nowhere if they may open nothing of it."""
        return link_for(self.link, may) if self.link else ""


def gather(uow: UnitOfWork, contract_id: int, lot_id: int | None = None) -> Facts:
    """What is known today of one of the actor's contracts, or of one lot of it alone."""
    agreed = contract.find_contract(uow, contract_id)
    lots = [lot.id or 0 for lot in contract.list_lots(uow) if lot.contract_id == contract_id]
    with looking_at(uow, contract_id, lots if lot_id is None else [lot_id]):
        return Facts(
            _of_lots(uow),
            escalated=disagreements.count_escalated(uow),
            case_actions_overdue=dated.count_open(uow, Whose.ALL).overdue,
            exit_findings=_exit_findings(uow, agreed) if lot_id is None else (),
        )


def _of_lots(uow: UnitOfWork) -> list[LotFacts]:
    moved, levels = movements.list_moved(uow), movements.list_missed(uow)
    weeks = scope.list_latest(uow)
    targets = contract.list_targets(uow)
    ahead = {one.lot_id: one.found for one in outlook.outlook(uow)}
    return [
        replace(
            _of_lot(uow, one, targets.get(one.lot_id), weeks, ahead.get(one.lot_id)),
            moved=moved.get(one.lot_id, []),
            levels=levels.get(one.lot_id, []),
        )
        for one in performance.figures(uow)
    ]


def _of_lot(
    uow: UnitOfWork,
    figures: Figures,
    target: TargetTerms | None,
    weeks: Sequence[LotWeek],
    ahead: LotOutlook | None,
) -> LotFacts:
    own = [one for one in weeks if one.lot_id == figures.lot_id]
    week = week_ending(uow.today) - WEEK
    planned = None
    if target is not None:
        curve = contract.planned_of(target)
        planned = planned_on(target.opening_backlog, target.starts_on, curve, uow.today)
    return LotFacts(
        figures.lot_id,
        figures.name,
        week,
        open=_open_on(own, week),
        open_before=_open_on(own, week - WEEK),
        cleared=_cleared_in(own, week),
        cleared_before=_cleared_in(own, week - WEEK),
        today=figures.open,
        planned=planned,
        target_ends_on=target.ends_on if target else None,
        clears_on=rate_of_weeks(own, uow.today).ends_on,
        to_decide=figures.to_agree,
        money=_money(ahead),
    )


def _open_on(weeks: Sequence[LotWeek], friday: date) -> int:
    return sum(one.cases for one in weeks if one.ending <= friday)


def _cleared_in(weeks: Sequence[LotWeek], friday: date) -> int:
    return -sum(one.cleared for one in weeks if one.ending == friday)


def _money(ahead: LotOutlook | None) -> Money | None:
    if ahead is None:
        return None
    spent = ahead.actual + ahead.accrued
    return Money(ahead.budget, ahead.planned, spent, ahead.as_at, ahead.middle)


def _exit_findings(uow: UnitOfWork, agreed: Contract) -> list[tuple[str, str]]:
    """What stands in the way of leaving, each with the page that it is about."""
    facts = readiness.facts_by_contract(
        uow, [agreed], steps.list_steps(uow), residual.count_residual(uow)
    )
    return [
        (one.sentence, "/exit" if one.needs is Act.EXIT_VIEW else one.address)
        for one in failing(facts[agreed.id or 0])
    ]


_DRAFTER, _ISSUER, _EDITOR = aliased(User), aliased(User), aliased(User)
_COMMENTARY: tuple[Any, ...] = (
    Commentary.id,
    Commentary.contract_id,
    Contract.name,
    Commentary.number,
    Commentary.as_at,
    _DRAFTER.name,
    _ISSUER.name,
    Commentary.issued_at,
    Commentary.version,
)
_COMMENTARIES = (
    select(*_COMMENTARY)
    .select_from(Commentary)
    .join(Contract, col(Contract.id) == Commentary.contract_id)
    .outerjoin(_DRAFTER, col(_DRAFTER.id) == Commentary.drafted_by)
    .outerjoin(_ISSUER, col(_ISSUER.id) == Commentary.issued_by)
    .order_by(col(Commentary.id).desc())
)
_LATEST_ONES = _COMMENTARIES.limit(MOST_SHOWN)
_ONE = _COMMENTARIES.where(col(Commentary.id) == bindparam("commentary_id"))
_SENTENCE: tuple[Any, ...] = (
    CommentarySentence.id,
    CommentarySentence.commentary_id,
    CommentarySentence.position,
    CommentarySentence.topic,
    CommentarySentence.drafted,
    CommentarySentence.text,
    CommentarySentence.facts,
    CommentarySentence.link,
    CommentarySentence.left_out,
    _EDITOR.name,
    CommentarySentence.edited_at,
    CommentarySentence.version,
)
_SENTENCES = (
    select(*_SENTENCE)
    .select_from(CommentarySentence)
    .outerjoin(_EDITOR, col(_EDITOR.id) == CommentarySentence.edited_by)
    .order_by(col(CommentarySentence.commentary_id), col(CommentarySentence.position))
)
_OF_COMMENTARY = _SENTENCES.where(
    col(CommentarySentence.commentary_id) == bindparam("commentary_id")
)
_SENTENCE_BY_ID = _SENTENCES.where(col(CommentarySentence.id) == bindparam("sentence_id"))
_NEWEST = (
    select(func.max(col(Commentary.id)))
    .where(col(Commentary.issued_at).is_not(None))
    .group_by(col(Commentary.contract_id))
)
_IN_FORCE = _COMMENTARIES.where(col(Commentary.id).in_(_NEWEST))
_SAID = _SENTENCES.where(
    col(CommentarySentence.commentary_id).in_(_NEWEST),
    col(CommentarySentence.left_out).is_(False),
)


def list_commentaries(uow: UnitOfWork) -> list[CommentaryView]:
    """The commentaries of the actor's contracts, the latest first; at most 50."""
    return [CommentaryView(*row) for row in uow.rows(_LATEST_ONES)]


def find_commentary(uow: UnitOfWork, commentary_id: int) -> CommentaryView:
    """One commentary, or NotFound when it is absent or not the actor's."""
    row = uow.rows(_ONE, commentary_id=commentary_id).first()
    if row is None:
        raise NotFound
    return CommentaryView(*row)


def find_readable(uow: UnitOfWork, commentary_id: int) -> CommentaryView:
    """The same; a draft is not there for whoever only reads what is issued."""
    found = find_commentary(uow, commentary_id)
    if found.issued_at is None and not uow.actor.may(Act.COMMENTARY_WRITE):
        raise NotFound
    return found


def sentences_of(uow: UnitOfWork, commentary_id: int) -> list[SentenceView]:
    """Every sentence of a commentary in its order, those left out too."""
    return [SentenceView(*row) for row in uow.rows(_OF_COMMENTARY, commentary_id=commentary_id)]


def find_sentence(uow: UnitOfWork, sentence_id: int) -> SentenceView:
    """One sentence, or NotFound when it is absent or not the actor's."""
    row = uow.rows(_SENTENCE_BY_ID, sentence_id=sentence_id).first()
    if row is None:
        raise NotFound
    return SentenceView(*row)


def in_force(uow: UnitOfWork) -> list[tuple[CommentaryView, list[SentenceView]]]:
    """The latest issued commentary of each of the actor's contracts with what it says."""
    said = [SentenceView(*row) for row in uow.rows(_SAID)]
    return [
        (view, [one for one in said if one.commentary_id == view.id])
        for view in (CommentaryView(*row) for row in uow.rows(_IN_FORCE))
    ]


def version_of(said: Sequence[SentenceView]) -> int:
    """A number that stands for exactly what a commentary says."""
    lines = [(str(one.position), one.text) for one in said if not one.left_out]
    return int(fingerprint(lines)[:7], 16)


def to_json(facts: Mapping[str, str]) -> str:
    """Figures as they are stored."""
    return json.dumps(dict(facts), ensure_ascii=False)
