"""Reads whose hold-up it was, as far as the reader may see it."""

from datetime import timedelta

from app.cases.clock_statements import queries as statements
from app.contract import queries as contract
from app.performance.rules import periods
from app.reports.hold_ups.rules import HoldUp, by_period, by_week
from app.work.uow import UnitOfWork

WEEKS = timedelta(weeks=13)
SHOWN_PERIODS = 6


def weekly(uow: UnitOfWork) -> list[HoldUp]:
    """The weeks of the last quarter of a year of which a statement was issued, latest first."""
    return by_week(statements.by_week(uow, uow.today - WEEKS))


def in_periods(uow: UnitOfWork) -> list[HoldUp]:
    """The last complete periods of four weeks, with what is small hidden."""
    start = min((one.starts_on for one in contract.list_contracts(uow)), default=uow.today)
    whole = periods(start, uow.today)[-SHOWN_PERIODS:]
    if not whole:
        return []
    return by_period(statements.by_week(uow, whole[0][0] - timedelta(days=1)), whole)
