"""Gathers a contract's final account from the rooms that know its parts."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlmodel import col

from app.access.models import User
from app.access.roles import Organisation
from app.agreements.watch import queries as watch
from app.agreements.watch.rules import Rate
from app.cases.assessments.models import Assessment
from app.cases.scope import queries as scope
from app.cases.scope.rules import Statement, Term, statements
from app.contract import queries as contract
from app.contract.models import Contract, Lot
from app.exit.account.models import Lesson
from app.exit.account.rules import Known, LessonKind, unproved
from app.exit.data_return import queries as data
from app.exit.transition import queries as transition
from app.finance import queries as finance
from app.finance.rules import Account
from app.performance.guard import queries as guard
from app.performance.variations import queries as variations
from app.performance.variations.queries import VariationRow
from app.work.uow import UnitOfWork

YEAR = 365


@dataclass(frozen=True)
class LotLine:
    """One lot: its ledger over the whole contract, its money, and when it was to be cleared."""

    lot: str
    ledger: Statement
    money: Account
    original_end: date
    target_end: date
    last_cleared_on: date | None

    def term(self, term: Term) -> int:
        return self.ledger.shown(term)

    @property
    def open(self) -> int:
        return self.ledger.closing


@dataclass(frozen=True)
class LessonRow:
    """A lesson with who added it."""

    kind: LessonKind
    words: str
    side: Organisation
    by: str | None
    at: datetime


@dataclass(frozen=True)
class Quality:
    """What the guard counted in the contract's lots, in the last complete periods."""

    key: str
    words: str


@dataclass(frozen=True)
class FinalAccount:
    """Everything the account says; what it cannot prove is said last."""

    contract: Contract
    lots: tuple[LotLine, ...]
    variations: tuple[VariationRow, ...]
    quality: tuple[Quality, ...]
    rates: tuple[tuple[str, date | None, tuple[Rate, ...]], ...]
    stayed: int
    workers: int
    lessons: tuple[LessonRow, ...]
    unproved: tuple[str, ...]

    @property
    def spent(self) -> int:
        return sum(lot.money.spent for lot in self.lots)

    @property
    def cleared(self) -> int:
        """Cases cleared that stayed so."""
        return sum(lot.term(Term.CLEARED) - lot.term(Term.REOPENED) for lot in self.lots)

    @property
    def per_cleared(self) -> int | None:
        return self.spent // self.cleared if self.cleared > 0 else None


def final_account(uow: UnitOfWork, contract_id: int) -> FinalAccount:
    """The account of a contract as it stands today; NotFound when it is not the actor's."""
    agreed = contract.find_contract(uow, contract_id)
    lots = [lot for lot in contract.list_lots(uow) if lot.contract_id == contract_id]
    lines = _lines(uow, lots)
    known = _known(uow, agreed, lots, lines)
    own = {lot.id for lot in lots}
    stayed, workers = transition.count_stayed(uow, contract_id)
    return FinalAccount(
        agreed,
        tuple(lines),
        tuple(variations.list_variations(uow, contract_id)),
        tuple(_quality(uow, own)),
        tuple(_rates(uow, own)),
        stayed,
        workers,
        tuple(list_lessons(uow, contract_id)),
        tuple(unproved(known)),
    )


def list_lessons(uow: UnitOfWork, contract_id: int) -> list[LessonRow]:
    """What people added, the first one first."""
    found = uow.session.execute(
        select(
            col(Lesson.kind), col(Lesson.words), col(Lesson.side), col(User.name), col(Lesson.at)
        )
        .outerjoin(User, col(User.id) == col(Lesson.by_user_id))
        .where(col(Lesson.contract_id) == contract_id)
        .order_by(col(Lesson.id))
    )
    return [LessonRow(*row) for row in found]


def _lines(uow: UnitOfWork, lots: Sequence[Lot]) -> list[LotLine]:
    ledgers = statements(scope.list_since(uow, uow.today), date.min)
    accounts = {one.lot_id: one.account for one in finance.list_accounts(uow)}
    asked = variations.asked_of_lots(uow)
    # The first first, so that the last day of each lot stays.
    cleared = {one.lot_id: one.day for one in scope.list_cleared(uow, date.min) if one.cases}
    return [
        LotLine(
            lot.name,
            ledgers.get(lot_id, Statement(0, {})),
            accounts[lot_id],
            (asked[lot_id].first or asked[lot_id].now).ends_on,
            asked[lot_id].now.ends_on,
            cleared.get(lot_id),
        )
        for lot in lots
        for lot_id in [lot.id or 0]
    ]


def _quality(uow: UnitOfWork, own: Collection[int | None]) -> Iterator[Quality]:
    for measure in guard.guard(uow).measures:
        lots = [one for one in measure.lots if one.lot_id in own]
        events, trials = sum(one.events or 0 for one in lots), sum(one.trials for one in lots)
        counted = f"{events:,} of {trials:,} {measure.of} in the last complete periods"
        yield Quality(measure.key, f"{measure.title}: {counted}")


def _rates(
    uow: UnitOfWork, own: Collection[int | None]
) -> Iterator[tuple[str, date | None, tuple[Rate, ...]]]:
    told = watch.rates_by_lot(uow, exact=True)
    for (lot_id, _), rates in zip(contract.lot_choices(uow), told, strict=True):
        if lot_id in own:
            yield rates


def _known(
    uow: UnitOfWork, agreed: Contract, lots: Sequence[Lot], lines: Sequence[LotLine]
) -> Known:
    frozen, watched = scope.list_baselines(uow), watch.looked_to(uow)
    own = {lot.id for lot in lots}
    closures = [one for one in watch.list_closed(uow) if one.lot_id in own]
    not_yet = sum(
        one.cases
        for one in closures
        if one.lot_id not in watched or (watched[one.lot_id] - one.day).days < YEAR
    )
    unseen = uow.session.scalar(
        select(func.count())
        .select_from(Assessment)
        .where(
            col(Assessment.lot_id).in_(own),
            col(Assessment.authorised_on).is_not(None),
            col(Assessment.seen_on).is_(None),
        )
    )
    returns = data.list_returns(uow)
    return Known(
        open_cases=sum(line.open for line in lines),
        lots_without_baseline=[lot.name for lot in lots if lot.id not in frozen],
        lots_not_watched=[lot.name for lot in lots if lot.id not in watched],
        closures_not_watched=not_yet,
        unseen=int(unseen or 0),
        uncosted_lots=[line.lot for line in lines if not line.money.spent],
        returned=any(one.contract_id == agreed.id and one.received_at for one in returns),
        ends_on=agreed.ends_on,
        today=uow.today,
    )
