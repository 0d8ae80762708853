"""Gathers the answers to a commissioner's questions from stored readings, totals and counters."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta

from app.cases.scope import queries as scope
from app.cases.scope.rules import rate_of_weeks
from app.finance.outlook import queries as outlook
from app.finance.outlook.models import LotOutlook
from app.performance.measures import queries as measures
from app.performance.measures.rules import Cohort, Measure
from app.performance.service_levels import queries as service_levels
from app.performance.service_levels.queries import Judged
from app.performance.service_levels.rules import Rag
from app.performance.variations import queries as variations
from app.performance.variations.rules import Standing
from app.planning.clearance import PresentRate
from app.reports.commentary import queries as commentary
from app.reports.commentary.queries import CommentaryView, SentenceView
from app.reports.hold_ups import queries as hold_ups
from app.reports.hold_ups.rules import HoldUp
from app.work.uow import UnitOfWork

OUTCOMES = (Measure.CHILD_SEEN, Measure.NEEDS_MET, Measure.RE_REFERRED, Measure.CONFERENCE)
# Far enough back for the last whole month.
LAST_MONTH = timedelta(days=62)
_GRAVEST = (Rag.RED, Rag.AMBER, Rag.GREEN, Rag.NONE)


@dataclass(frozen=True)
class LotAnswer:
    """What is known of one lot beside its counts."""

    standing: Standing | None
    rate: PresentRate
    outcomes: Mapping[Measure, str]
    levels: tuple[Judged, ...]
    money: LotOutlook | None
    hold_up: HoldUp | None

    @property
    def level(self) -> Judged | None:
        """The service level that stands worst."""
        return min(self.levels, key=lambda one: _GRAVEST.index(one.rag), default=None)


@dataclass(frozen=True)
class Answers:
    """Every lot's answer, the month of the outcomes, and what is said of each contract."""

    lots: Mapping[int, LotAnswer]
    month: str
    said: list[tuple[CommentaryView, list[SentenceView]]]


def answers(uow: UnitOfWork, open_cases: Mapping[int, int]) -> Answers:
    """The answers for the actor's lots, given how many cases each has open."""
    standings = {one.lot_id: one for one in variations.standings(uow, open_cases)}
    outcomes, month = _outcomes(uow, open_cases)
    levels: dict[int, list[Judged]] = defaultdict(list)
    for one in service_levels.judged(uow, exact=False):
        levels[one.lot_id].append(one)
    weeks = scope.list_latest(uow)
    rates = {
        lot_id: rate_of_weeks([one for one in weeks if one.lot_id == lot_id], uow.today)
        for lot_id in open_cases
    }
    money = {one.lot_id: one.found for one in outlook.outlook(uow)}
    last = {one.lot_id: one for one in reversed(hold_ups.in_periods(uow))}
    lots = {
        lot_id: LotAnswer(
            standings.get(lot_id),
            rate,
            outcomes[lot_id],
            tuple(levels[lot_id]),
            money.get(lot_id),
            last.get(lot_id),
        )
        for lot_id, rate in rates.items()
    }
    return Answers(lots, month, commentary.in_force(uow))


def _outcomes(uow: UnitOfWork, lots: Collection[int]) -> tuple[dict[int, dict[Measure, str]], str]:
    """What outsiders may see of outcomes in the last whole month that was read, and which it is."""
    found = measures.readings(
        uow,
        monthly=True,
        measures=OUTCOMES,
        lots=lots,
        since=uow.today - LAST_MONTH,
        running=False,
    )
    whole = [one for one in found if one.cohort is Cohort.ALL]
    last = max((one.starts_on for one in whole), default=None)
    by_lot: dict[int, dict[Measure, str]] = defaultdict(dict)
    for one, told in measures.outsiders(whole).items():
        if one.starts_on == last:
            by_lot[one.lot_id][one.measure] = told.shown
    return by_lot, f"{last:%B %Y}" if last else ""
