"""Reads what weeks bought and cost, the days that were worked, and the quality beside them."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import bindparam, func, select
from sqlmodel import col

from app.contract import queries as contract
from app.contract.models import Lot
from app.finance import queries as finance
from app.finance.prices.models import Price
from app.finance.prices.rules import PriceModel
from app.finance.shifts.models import Shift, Timesheet
from app.finance.value.models import WeekBought
from app.finance.value.rules import (
    Bought,
    Hire,
    UnitCost,
    by_band,
    counted,
    hire,
    unit_cost,
    weeks_of,
)
from app.kernel.acts import Act
from app.kernel.small_numbers import suppress
from app.people.points.queries import points_table
from app.people.points.rules import Band
from app.performance.guard.queries import Guard, guard
from app.performance.guard.rules import Judged, guarded
from app.performance.measures import queries as measures
from app.performance.measures.rules import Cohort, Measure
from app.work.uow import UnitOfWork

KINDS = ("assessed", "cleared")
# The last whole month begins within these.
LATELY = timedelta(days=62)


@dataclass(frozen=True)
class BandCost:
    """What one of a band cost in a lot; without a figure where it would give a number away."""

    band: Band
    number: int | None
    cost: UnitCost | None


@dataclass(frozen=True)
class LotValue:
    """A lot's costs beside the quality of its work: never one without the other."""

    lot_id: int
    lot: str
    assessment: UnitCost | None
    cleared: UnitCost | None
    bands: Mapping[str, Sequence[BandCost]]
    quality: Sequence[tuple[str, Judged]]
    hire: Hire | None


@dataclass(frozen=True)
class Value:
    """Every lot, and the weeks that its quality is of; no lot until there is quality to show."""

    lots: Sequence[LotValue]
    guard: Guard


_BOUGHT = select(
    col(WeekBought.lot_id),
    col(WeekBought.week_ending),
    col(WeekBought.band),
    col(WeekBought.assessed),
    col(WeekBought.cleared),
).order_by(col(WeekBought.week_ending))
_HIRED = (
    select(
        col(Shift.lot_id),
        col(Price.pence),
        col(Price.full_minutes),
        col(Timesheet.week_ending),
        func.sum(col(Shift.minutes)),
    )
    .join(Timesheet, col(Timesheet.id) == col(Shift.timesheet_id))
    .outerjoin(
        Price,
        (col(Price.lot_id) == col(Shift.lot_id))
        & (col(Price.model) == PriceModel.HIRE)
        & (col(Price.band) == col(Shift.band))
        & (col(Price.starts_on) <= col(Shift.day))
        & (func.coalesce(col(Price.ends_on), bindparam("forever")) >= col(Shift.day)),
    )
    .group_by(
        col(Shift.lot_id), col(Price.pence), col(Price.full_minutes), col(Timesheet.week_ending)
    )
)


def value(uow: UnitOfWork, *, exact: bool = True) -> Value:
    """What each of the actor's lots paid for what, from weeks that were counted and costed.

    Unless it is to be `exact` for somebody who may see cases, there is no band of five cases or
    fewer, and none that tells of one.
    """
    looked = guard(uow)
    if not looked.measures:
        return Value((), looked)
    exact = exact and uow.actor.may(Act.CASE_VIEW)
    quality = _quality(uow, looked, exact=exact)
    spent, lots = _spent(uow), contract.list_lots(uow)
    bought: dict[int, list[Bought]] = defaultdict(list)
    for row in uow.rows(_BOUGHT):
        if row.week_ending in spent.get(row.lot_id, {}):
            bought[row.lot_id].append(Bought(*row))
    shown = {kind: _numbers(lots, bought, kind, exact=exact) for kind in KINDS}
    hired = _hire(uow, spent)
    found = [_lot_value(uow, lot, spent, bought, shown, quality, hired) for lot in lots]
    return Value(found, looked)


def _lot_value(
    uow: UnitOfWork,
    lot: Lot,
    spent: Mapping[int, Mapping[date, int]],
    bought: Mapping[int, Sequence[Bought]],
    shown: Mapping[str, Mapping[int, Sequence[int | None]]],
    quality: Mapping[int, Sequence[tuple[str, Judged]]],
    hired: Mapping[int, Hire],
) -> LotValue:
    lot_id = lot.id or 0
    own, paid = bought.get(lot_id, []), spent.get(lot_id, {})
    table = points_table(uow, lot.contract_id)
    costs = {kind: unit_cost(weeks_of(paid, own, kind, None)) for kind in KINDS}
    bands = {}
    for kind in KINDS:
        numbers = shown[kind][lot_id]
        each = by_band(paid, own, kind, table) if None not in numbers else {}
        bands[kind] = [
            BandCost(band, number, each.get(band) if number else None)
            for band, number in zip(Band, numbers, strict=True)
        ]
    return LotValue(
        lot_id,
        lot.name,
        costs["assessed"],
        costs["cleared"],
        bands,
        quality.get(lot_id, ()),
        hired.get(lot_id),
    )


def _numbers(
    lots: Sequence[Lot], bought: Mapping[int, Sequence[Bought]], kind: str, *, exact: bool
) -> dict[int, Sequence[int | None]]:
    """How many of each band every lot had; small numbers hidden from whoever sees no cases."""
    rows = [list(counted(bought.get(lot.id or 0, ()), kind).values()) for lot in lots]
    seen: Sequence[Sequence[int | None]] = rows
    if not exact and rows:
        seen = suppress([[max(0, number) for number in row] for row in rows]).rows
    return {lot.id or 0: row for lot, row in zip(lots, seen, strict=True)}


def _spent(uow: UnitOfWork) -> dict[int, dict[date, int]]:
    """What each lot's weeks cost, all kinds together."""
    found: dict[int, dict[date, int]] = defaultdict(dict)
    for one in finance.list_sums(uow):
        if one.kind is not None:
            weeks = found[one.lot_id]
            weeks[one.week_ending] = weeks.get(one.week_ending, 0) + one.pence
    return found


def _quality(uow: UnitOfWork, looked: Guard, *, exact: bool) -> dict[int, list[tuple[str, Judged]]]:
    """What speed might cost, lot by lot, as the guard on quality has it, and who came back."""
    found: dict[int, list[tuple[str, Judged]]] = defaultdict(list)
    for measure in looked.measures:
        for one in measure.lots if exact else guarded(measure.lots):
            found[one.lot_id].append((measure.title, one))
    again = _referred_again(uow, exact=exact)
    for lot_id, shown in found.items():
        nothing = Judged(lot_id, 0, 0, 0.0, 0, 1.0)
        shown.append((Measure.RE_REFERRED.label, again.get(lot_id, nothing)))
    return found


def _referred_again(uow: UnitOfWork, *, exact: bool) -> dict[int, Judged]:
    """Of the closures of the last month read, those referred again; judged by nobody here."""
    since = uow.today - LATELY
    read = measures.readings(
        uow, monthly=True, measures=[Measure.RE_REFERRED], since=since, running=False
    )
    last = max((one.starts_on for one in read), default=since)
    own = [one for one in read if one.cohort is Cohort.ALL and one.starts_on == last]
    seen = measures.outsiders(own)
    found = {}
    for one in own:
        may = exact or (one in seen and seen[one].share_shown)
        events = (one.numerator if exact else seen[one].numerator) if may else None
        found[one.lot_id] = Judged(one.lot_id, events, one.denominator, 0.0, 0, 1.0)
    return found


def _hire(uow: UnitOfWork, spent: Mapping[int, Mapping[date, int]]) -> dict[int, Hire]:
    """What the days of weeks signed and costed would have cost by the day, beside what they did."""
    worked: dict[int, Counter[tuple[int, int]]] = defaultdict(Counter)
    weeks: dict[int, set[date]] = defaultdict(set)
    for lot_id, pence, full, friday, minutes in uow.rows(_HIRED, forever=date.max):
        if friday in spent.get(lot_id, {}):
            worked[lot_id][pence or 0, full or 0] += int(minutes)
            weeks[lot_id].add(friday)
    return {
        lot_id: hire(
            done, sum(spent[lot_id][friday] for friday in weeks[lot_id]), max(weeks[lot_id])
        )
        for lot_id, done in worked.items()
    }
