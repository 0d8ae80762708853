"""What a report is about: a contract or one lot of it, a period and who reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.contract.models import Contract
from app.kernel.acts import Act
from app.reports.sections.rules import Audience, Period
from app.work.uow import UnitOfWork


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

        Only those of one month, told at its end: what other packs tell of parts of a period, or
        of more than it, would give these away.
        """
        first, last = self.period.starts_on, self.period.ends_on
        is_month = first >= last.replace(day=1) and (last + timedelta(days=1)).day == 1
        return self.exact or is_month

    def link(self, address: str, needs: Act | None = None) -> str:
        """An address for who may open rows; nobody is led to a page that `needs` another role."""
        opens = needs is None or self.uow.actor.may(needs)
        return address if self.exact and opens else ""
