"""Reads of stored readings and of the versions that both parties signed."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.access.models import User
from app.contract.models import Lot
from app.kernel.days import london_date
from app.performance.measures.catalogue import DEFINITIONS
from app.performance.measures.models import MeasureReading, MeasureVersion, RunningReading
from app.performance.measures.rules import Cohort, Measure, Reading, figure, show
from app.performance.measures.tallies import (
    Guarded,
    Signed,
    guarded,
    guarded_parts,
    month_of,
    version_on,
)
from app.plans.rules import hash_of
from app.work.uow import UnitOfWork

_COLUMNS = ("measure", "lot_id", "starts_on", "ends_on", "cohort", "numerator", "denominator")
_REST = ("amount", "version", "read_at")


def _of(model: Any) -> list[Any]:
    return [getattr(model, name) for name in (*_COLUMNS, *_REST)]


_WANTED = (
    col(MeasureReading.lot_id).in_(bindparam("lots", expanding=True)),
    col(MeasureReading.measure).in_(bindparam("measures", expanding=True)),
    col(MeasureReading.monthly) == bindparam("monthly"),
    col(MeasureReading.starts_on) >= bindparam("since"),
)
_PERIOD: tuple[Any, ...] = (
    MeasureReading.lot_id,
    MeasureReading.measure,
    MeasureReading.starts_on,
    MeasureReading.cohort,
)


def _newest(*kept: Any) -> Select[Any]:
    """The last row of each period that was read, of those kept."""
    last = select(func.max(col(MeasureReading.id))).where(*_WANTED, *kept).group_by(*_PERIOD)
    return select(*_of(MeasureReading)).where(col(MeasureReading.id).in_(last))


_AS_THEN = _newest(col(MeasureReading.in_force))
_BY_VERSION = _newest(col(MeasureReading.version) == bindparam("version"))
# Tried by any version, or read when it was in force.
_BY_EACH = select(*_of(MeasureReading)).where(
    col(MeasureReading.id).in_(
        select(func.max(col(MeasureReading.id)))
        .where(*_WANTED, col(MeasureReading.version) > 0)
        .group_by(*_PERIOD, col(MeasureReading.version))
    )
)
_RUNNING = select(*_of(RunningReading)).where(
    col(RunningReading.lot_id).in_(bindparam("lots", expanding=True)),
    col(RunningReading.measure).in_(bindparam("measures", expanding=True)),
    col(RunningReading.monthly) == bindparam("monthly"),
)
_DAYS = select(
    col(Lot.id), col(MeasureVersion.measure), col(MeasureVersion.number), col(MeasureVersion.within)
).join(MeasureVersion, col(MeasureVersion.contract_id) == col(Lot.contract_id))
_CONTRACTS = select(col(Lot.id), col(Lot.contract_id))
_LOTS = select(col(Lot.id)).order_by(col(Lot.contract_id), col(Lot.name))
_MEASURES, _COHORTS = list(Measure), list(Cohort)


@dataclass(frozen=True)
class VersionView:
    """A version of a definition, with who drafted and signed it."""

    measure: Measure
    number: int
    words: str
    within: int | None
    said: str
    said_hash: str
    reason: str
    drafted_by: str
    drafted_at: datetime | None
    agency_by: str
    agency_at: datetime | None
    council_by: str
    council_at: datetime | None

    @property
    def is_altered(self) -> bool:
        """Whether it says something else than what was signed."""
        return hash_of(self.said) != self.said_hash

    @property
    def from_on(self) -> date | None:
        """The day on which the second side signed; none while one of them has not."""
        if self.agency_at is None or self.council_at is None:
            return None
        return london_date(max(self.agency_at, self.council_at))

    @property
    def signed(self) -> Signed:
        return Signed(self.number, self.within, self.from_on)


def readings(
    uow: UnitOfWork,
    *,
    monthly: bool,
    measures: Collection[Measure] | None = None,
    lots: Collection[int] | None = None,
    since: date | None = None,
    running: bool = True,
) -> list[Reading]:
    """What was read of whole weeks or months, as defined then, and how far the running one is.

    Exact figures: whoever shows a sensitive measure to people outside the contract's teams asks
    `outsiders` for what they may see. By measure, lot and cohort, the earliest period first.
    """
    wanted = _wanted(uow, measures, lots) | {"monthly": monthly}
    found = list(uow.rows(_AS_THEN, **wanted, since=since or date.min))
    if running:
        found += uow.rows(_RUNNING, **wanted)
    return sorted((Reading(*row) for row in found), key=_place)


def by_version(
    uow: UnitOfWork, measure: Measure, version: int, *, monthly: bool, lots: Collection[int]
) -> list[Reading]:
    """What whole periods come to by one version of a definition, where it was tried on them."""
    wanted = _wanted(uow, [measure], lots) | {"monthly": monthly, "version": version}
    found = uow.rows(_BY_VERSION, **wanted, since=date.min)
    return sorted((Reading(*row) for row in found), key=_place)


def as_now(
    uow: UnitOfWork, found: Sequence[Reading], *, monthly: bool, exact: bool
) -> list[Reading]:
    """Readings by the version in force today, where it was tried on their period; others as then.

    Unless `exact`, those of sensitive measures and of parts stay as then: beside one another, two
    figures of one period would give a small number away.
    """
    contracts = dict(uow.rows(_CONTRACTS).all())
    means = {one: definitions(uow, one) for one in set(contracts.values())}

    def current(one: Reading) -> int:
        return means[contracts[one.lot_id]][one.measure].number

    old = [
        one
        for one in found
        if one.version != current(one)
        and (exact or (one.cohort is Cohort.ALL and not DEFINITIONS[one.measure].sensitive))
    ]
    wanted = _wanted(uow, {one.measure for one in old}, {one.lot_id for one in old})
    rows = uow.rows(_BY_EACH, **wanted, monthly=monthly, since=date.min) if old else ()
    each = (Reading(*row) for row in rows)
    by_now = {_place(one): one for one in each if one.version == current(one)}
    kept = set(old)
    return [by_now.get(_place(one), one) if one in kept else one for one in found]


def days_of(uow: UnitOfWork) -> Callable[[Reading], int | None]:
    """How many days each reading was allowed by its version; None for a measure without any.

    Readings that allow other days do not say whether anything moved between them.
    """
    known = {(lot, measure, number): days for lot, measure, number, days in uow.rows(_DAYS)}
    return lambda one: known.get(
        (one.lot_id, one.measure, one.version), DEFINITIONS[one.measure].within
    )


def counted_alike(found: Sequence[Reading], days: Callable[[Reading], int | None]) -> list[Reading]:
    """Those that were allowed as many days as the last one, by `days_of`."""
    return [one for one in found if days(one) == days(found[-1])]


def outsiders(found: Iterable[Reading]) -> dict[Reading, Guarded]:
    """What people outside the contract's teams may see: of a sensitive measure, whole months.

    So it is with the parts of any measure, of which a sensitive one tells none. A reading that is
    left out is not for them: two periods that overlap, or a part and the whole, would give a small
    number away.
    """
    plain: dict[Reading, Guarded] = {}
    alike: dict[tuple[Measure, date], list[Reading]] = defaultdict(list)
    parts: dict[tuple[Measure, int, date], list[Reading]] = defaultdict(list)
    for one in found:
        whole, monthly = one.cohort is Cohort.ALL, one.ends_on == month_of(one.starts_on).ends_on
        if not DEFINITIONS[one.measure].sensitive:
            if whole:
                plain[one] = Guarded(one, one.numerator, share_shown=True)
            elif monthly:
                parts[one.measure, one.lot_id, one.starts_on].append(one)
        elif whole and monthly:
            alike[one.measure, one.starts_on].append(one)
    for period in alike.values():
        plain |= guarded(period)
    for both in parts.values():
        plain |= guarded_parts(both)
    return plain


def definitions(uow: UnitOfWork, contract_id: int) -> dict[Measure, VersionView]:
    """What each measure of a contract means today."""
    kept = _versions(uow, contract_id)
    return {one: in_force(one, kept.get(one, []), uow.today) for one in Measure}


def versions(uow: UnitOfWork, contract_id: int, measure: Measure) -> list[VersionView]:
    """Every version of a definition, signed or not, the last one first."""
    return _versions(uow, contract_id).get(measure, [])


def signed_versions(uow: UnitOfWork, contract_id: int) -> dict[Measure, list[Signed]]:
    """The versions of every measure as the reading of periods asks for them."""
    kept = _versions(uow, contract_id)
    return {measure: [one.signed for one in views] for measure, views in kept.items()}


def in_force(measure: Measure, kept: Sequence[VersionView], day: date) -> VersionView:
    """The version that counts on a day: the last that both signed, or the standard one."""
    number = version_on([one.signed for one in kept], day, standard(measure)).number
    return next((one for one in kept if one.number == number), _standard_view(measure))


def standard(measure: Measure) -> Signed:
    """What Clearway begins with, as version 0, until both sides sign another."""
    return Signed(0, DEFINITIONS[measure].within, None)


def _standard_view(measure: Measure) -> VersionView:
    definition = DEFINITIONS[measure]
    said = said_of(measure, definition.words, definition.within)
    what = measure, 0, definition.words, definition.within, said, hash_of(said), ""
    nobody = ("", None)
    return VersionView(*what, *nobody, *nobody, *nobody)


def said_of(measure: Measure, words: str, within: int | None) -> str:
    """The whole of a definition with its worked example, as both sides sign it."""
    definition = DEFINITIONS[measure]
    shown = show(measure.kind, figure(measure.kind, definition.expected))
    lines = {
        "Measure": measure.label,
        "What it says": words,
        "Days": "None" if within is None else f"{within} {definition.unit_of_days}",
        "Out of": definition.of,
        "Counted": definition.counted,
        "In the period by": definition.day,
        "Left out": definition.left_out,
        "Parts": ", ".join(one.label for one in definition.cohorts),
        "Worked example": f"{'; '.join(definition.example)}. It comes to {shown}.",
    }
    return "\n".join(f"{name}: {text}" for name, text in lines.items())


def _versions(uow: UnitOfWork, contract_id: int) -> dict[Measure, list[VersionView]]:
    found: dict[Measure, list[VersionView]] = defaultdict(list)
    for row in uow.rows(_VERSIONS, contract_id=contract_id):
        view = VersionView(*row)
        found[view.measure].append(view)
    return found


_DRAFTER, _AGENCY, _COUNCIL = aliased(User), aliased(User), aliased(User)
_VERSION: tuple[Any, ...] = (
    MeasureVersion.measure,
    MeasureVersion.number,
    MeasureVersion.words,
    MeasureVersion.within,
    MeasureVersion.said,
    MeasureVersion.said_hash,
    MeasureVersion.reason,
    func.coalesce(_DRAFTER.name, ""),
    MeasureVersion.at,
    func.coalesce(_AGENCY.name, ""),
    MeasureVersion.agency_at,
    func.coalesce(_COUNCIL.name, ""),
    MeasureVersion.council_at,
)
_VERSIONS = (
    select(*_VERSION)
    .select_from(MeasureVersion)
    .outerjoin(_DRAFTER, col(_DRAFTER.id) == col(MeasureVersion.by_user_id))
    .outerjoin(_AGENCY, col(_AGENCY.id) == col(MeasureVersion.agency_by))
    .outerjoin(_COUNCIL, col(_COUNCIL.id) == col(MeasureVersion.council_by))
    .where(col(MeasureVersion.contract_id) == bindparam("contract_id"))
    .order_by(col(MeasureVersion.number).desc())
)


def _wanted(
    uow: UnitOfWork, measures: Collection[Measure] | None, lots: Collection[int] | None
) -> dict[str, Any]:
    known = list(lots) if lots is not None else [lot_id for (lot_id,) in uow.rows(_LOTS)]
    return {"lots": known, "measures": list(measures or Measure)}


def _place(one: Reading) -> tuple[int, int, int, date]:
    return (
        _MEASURES.index(one.measure),
        one.lot_id,
        _COHORTS.index(one.cohort),
        one.starts_on,
    )
