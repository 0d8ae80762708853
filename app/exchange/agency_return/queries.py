"""What the return says of each agency as a whole: the rules, and what it cost by month."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, func, select
from sqlmodel import col

from app.contract import queries as contract
from app.finance.evidence.rules import CHARGES, LineKind
from app.finance.invoices.models import Invoice, InvoiceLine
from app.finance.invoices.queries import COUNTS
from app.people.engagement.queries import Assignment
from app.people.engagement.rules import Quarter, Standing, standings
from app.work.uow import UnitOfWork

_KINDS = (*CHARGES, LineKind.CASE_CREDIT)
_BY_MONTH = (
    select(col(Invoice.contract_id), col(Invoice.month), func.sum(COUNTS))
    .join(InvoiceLine, col(InvoiceLine.invoice_id) == col(Invoice.id))
    .where(
        col(Invoice.issued_at).is_not(None),
        col(Invoice.month).between(bindparam("first"), bindparam("last")),
        col(InvoiceLine.kind).in_(_KINDS),
    )
    .group_by(col(Invoice.contract_id), col(Invoice.month))
)


@dataclass(frozen=True)
class AgencyTotals:
    """One agency's quarter for one council; a month that nobody billed yet costs None."""

    council: str
    agency: str
    assignments: int
    standings: Sequence[Standing]
    months: Sequence[tuple[date, int | None]]

    @property
    def rules_not_met(self) -> list[str]:
        return [one.rule.label for one in self.standings if one.not_met]


def list_totals(
    uow: UnitOfWork, quarter: Quarter, assignments: Sequence[Assignment]
) -> list[AgencyTotals]:
    """Each agency that had an assignment in the quarter; what it cost is in pence, without tax."""
    by_agency: dict[tuple[str, str], list[Assignment]] = defaultdict(list)
    for one in assignments:
        by_agency[one.council, one.agency].append(one)
    signed = contract.list_contracts(uow)
    costs = _costs(uow, quarter, {one.id or 0: (one.council, one.agency) for one in signed})
    begun: dict[tuple[str, str], date] = {}
    for agreed in signed:
        whose = agreed.council, agreed.agency
        begun[whose] = min(begun.get(whose, date.max), agreed.starts_on.replace(day=1))
    return [
        AgencyTotals(
            *whose,
            len(own),
            standings([one.faults for one in own]),
            [
                (month, costs.get((*whose, month)))
                for month in quarter.months
                if begun[whose] <= month <= uow.today
            ],
        )
        for whose, own in sorted(by_agency.items())
    ]


def _costs(
    uow: UnitOfWork, quarter: Quarter, whose: Mapping[int, tuple[str, str]]
) -> Counter[tuple[str, str, date]]:
    costs: Counter[tuple[str, str, date]] = Counter()
    found = uow.rows(_BY_MONTH, first=quarter.starts_on, last=quarter.ends_on)
    for contract_id, month, pence in found:
        costs[*whose[contract_id], month] += int(pence)
    return costs
