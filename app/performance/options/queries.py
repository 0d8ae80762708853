"""Reads of a contract's option periods."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from app.access.models import User
from app.performance.options.models import OptionPeriod
from app.performance.options.rules import Terms, standing
from app.performance.variations.models import Variation
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class OptionRow:
    """An option with what became of it, who decided, and the number of the variation it made."""

    option: OptionPeriod
    words: str
    tone: str
    by: str | None
    variation: int | None

    @property
    def open(self) -> bool:
        return self.tone in {"note", "warn"}


def list_options(uow: UnitOfWork, contract_id: int) -> list[OptionRow]:
    """Every option of a contract, the one to be decided first first."""
    found = uow.session.execute(
        select(OptionPeriod, col(User.name), col(Variation.number))
        .outerjoin(User, col(User.id) == col(OptionPeriod.decided_by))
        .outerjoin(Variation, col(Variation.id) == col(OptionPeriod.variation_id))
        .where(col(OptionPeriod.contract_id) == contract_id)
        .order_by(col(OptionPeriod.decide_by), col(OptionPeriod.id))
    )
    return [
        OptionRow(one, *standing(one.decision, one.decide_by, uow.today), by, number)
        for one, by, number in found
    ]


def find_option(uow: UnitOfWork, option_id: int) -> OptionPeriod:
    return uow.get(OptionPeriod, option_id)


def terms_of(option: OptionPeriod) -> Terms:
    return Terms(option.title, option.clause, option.decide_by, option.extends_to)
