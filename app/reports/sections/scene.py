"""What a report is about: a contract or one lot of it, a period and who reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.contract.models import Contract
from app.reports.sections.rules import Audience, Period
from app.work.uow import UnitOfWork

LONGEST_MONTH = 31


@dataclass(frozen=True)
class Scene:
    """The reads of a section narrow themselves to `lots`, names by id, as `uow` sees no other.

    `whole` says that these are all lots of the contract that the actor sees.
    """

    uow: UnitOfWork
    contract: Contract
    lots: Mapping[int, str]
    period: Period
    audience: Audience
    whole: bool = True

    @property
    def as_at(self) -> datetime:
        return self.uow.now

    @property
    def exact(self) -> bool:
        return self.audience.is_exact

    @property
    def may_break_down(self) -> bool:
        """Whether counts of the period may be told in parts that hide small numbers.

        Not where other packs tell of months within it, from which these would be found out.
        """
        return self.exact or (self.period.ends_on - self.period.starts_on).days < LONGEST_MONTH

    def link(self, address: str) -> str:
        """An address for who may open rows; nobody else is led anywhere."""
        return address if self.exact else ""
