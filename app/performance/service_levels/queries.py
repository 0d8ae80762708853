"""Reads of service levels: what is agreed, and where each lot is heading."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import zip_longest

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.access.models import User
from app.contract import queries as contract
from app.performance.measures import queries as measures
from app.performance.measures.catalogue import DEFINITIONS
from app.performance.measures.rules import Cohort, Kind, Measure, Reading
from app.performance.measures.tallies import FEWEST
from app.performance.service_levels import rules
from app.performance.service_levels.models import ServiceLevel, ServiceLevelTerms
from app.performance.service_levels.rules import HEADING_WEEKS, Heading, Rag, Terms
from app.work.uow import UnitOfWork

READ_WEEKS = timedelta(weeks=HEADING_WEEKS + 2)
Series = list[Reading]


@dataclass(frozen=True)
class Agreement:
    """A signed version of a service level, and the first one, where that is another.

    It holds from a day, and until the day from which the next one does.
    """

    level_id: int
    lot_id: int
    lot: str
    measure: Measure
    cohort: Cohort
    number: int
    in_force_from: date
    until: date | None
    terms: Terms
    original: Terms | None


@dataclass(frozen=True)
class Judged:
    """A lot against a service level; values are hundredths of the measure's unit.

    `last` is the last complete week that has a figure; `hidden` ones are not told to the reader.
    """

    agreement: Agreement
    last: Reading | None
    value: float | None
    asked: float
    heading: Heading | None
    rag: Rag
    hidden: bool = False

    @property
    def lot_id(self) -> int:
        return self.agreement.lot_id

    @property
    def measure(self) -> Measure:
        return self.agreement.measure

    @property
    def clause(self) -> str:
        return self.agreement.terms.clause

    @property
    def target(self) -> str:
        """What is asked for on the last day, in words."""
        return self.exactly(self.agreement.terms.to_value)

    @property
    def threshold(self) -> str:
        direction = rules.direction_of(self.measure)
        return rules.say_thresholds(self.agreement.terms, direction, self.exactly)

    @property
    def value_shown(self) -> str:
        return "c" if self.hidden else "n/a" if self.value is None else self.words(self.value)

    @property
    def heading_shown(self) -> str:
        known = self.heading is not None and not self.hidden
        return self.words(self.heading.value) if known and self.heading else "–"

    def words(self, kept: float) -> str:
        return rules.words_of(self.measure, kept)

    def exactly(self, kept: float) -> str:
        return rules.exact_words(self.measure, kept)


@dataclass(frozen=True)
class VersionRow:
    """A version of a service level with who drafted it and who signed for each side."""

    terms: ServiceLevelTerms
    by: str | None
    agency: str | None
    council: str | None


_SIGNED = (
    select(ServiceLevel, ServiceLevelTerms)
    .join(ServiceLevelTerms, col(ServiceLevelTerms.service_level_id) == col(ServiceLevel.id))
    .where(col(ServiceLevelTerms.in_force_from).is_not(None))
    .order_by(col(ServiceLevel.lot_id), col(ServiceLevel.id), col(ServiceLevelTerms.number))
)
_AGENCY, _COUNCIL = aliased(User), aliased(User)
_VERSIONS = (
    select(ServiceLevelTerms, col(User.name), col(_AGENCY.name), col(_COUNCIL.name))
    .outerjoin(User, col(User.id) == col(ServiceLevelTerms.by_user_id))
    .outerjoin(_AGENCY, col(_AGENCY.id) == col(ServiceLevelTerms.agency_signed_by))
    .outerjoin(_COUNCIL, col(_COUNCIL.id) == col(ServiceLevelTerms.council_signed_by))
    .where(col(ServiceLevelTerms.service_level_id) == bindparam("level_id"))
    .order_by(col(ServiceLevelTerms.number).desc())
)
_NEWEST = (
    select(func.max(col(ServiceLevelTerms.id)))
    .group_by(col(ServiceLevelTerms.service_level_id))
    .scalar_subquery()
)
_WAITING = (
    select(ServiceLevel, ServiceLevelTerms)
    .join(ServiceLevelTerms, col(ServiceLevelTerms.service_level_id) == col(ServiceLevel.id))
    .where(col(ServiceLevelTerms.in_force_from).is_(None), col(ServiceLevelTerms.id).in_(_NEWEST))
    .order_by(col(ServiceLevel.lot_id), col(ServiceLevel.id))
)


def agreements(uow: UnitOfWork) -> list[Agreement]:
    """The version in force of every service level of the actor's lots, lot by lot."""
    return [one for one in signed_versions(uow) if one.until is None]


def signed_versions(uow: UnitOfWork) -> list[Agreement]:
    """Every version that both sides have signed, lot by lot, each until the next one held."""
    names = dict(contract.lot_choices(uow))
    rows: dict[int, list[tuple[ServiceLevel, ServiceLevelTerms]]] = defaultdict(list)
    for level, terms in uow.session.execute(_SIGNED):
        rows[level.id or 0].append((level, terms))
    found = [
        _agreement(level, terms, names[level.lot_id], first=pairs[0][1], following=following)
        for pairs in rows.values()
        for (level, terms), following in zip_longest(pairs, [terms for _, terms in pairs[1:]])
    ]
    lots, order = list(names), list(Measure)
    return sorted(found, key=lambda one: (lots.index(one.lot_id), order.index(one.measure)))


def judged(uow: UnitOfWork, *, exact: bool = True) -> list[Judged]:
    """Each lot of the actor against what is agreed of it, by where its last weeks are heading.

    Unless `exact`, weeks of a measure about children or of a part of the work are hidden, and the
    colour too where it rests on fewer than ten events.
    """
    found = agreements(uow)
    weeks = weekly(uow, found)
    told = [_judge(one, weeks[one.level_id], uow.today) for one in found]
    return told if exact else [_guarded(one, weeks[one.agreement.level_id]) for one in told]


def weekly(uow: UnitOfWork, found: Sequence[Agreement]) -> dict[int, Series]:
    """The complete weeks behind each service level, the oldest first.

    Weeks that were counted by other days than the last one lead nowhere and are left out.
    """
    wanted = {one.measure for one in found}
    by_key: dict[tuple[Measure, Cohort, int], Series] = defaultdict(list)
    if wanted:
        since = uow.today - READ_WEEKS
        weeks = measures.readings(uow, measures=wanted, since=since, monthly=False, running=False)
        for one in weeks:
            by_key[one.measure, one.cohort, one.lot_id].append(one)
        days = measures.days_of(uow)
        for key, series in by_key.items():
            by_key[key] = measures.counted_alike(series, days)
    return {one.level_id: by_key[one.measure, one.cohort, one.lot_id] for one in found}


def waiting(uow: UnitOfWork) -> list[tuple[ServiceLevel, ServiceLevelTerms]]:
    """The newest versions that a side has still to sign, each with its service level."""
    return [(level, terms) for level, terms in uow.session.execute(_WAITING)]


def find_level(uow: UnitOfWork, level_id: int) -> ServiceLevel:
    """The service level, or NotFound when it is absent or not the actor's."""
    return uow.get(ServiceLevel, level_id)


def versions(uow: UnitOfWork, level_id: int) -> list[VersionRow]:
    """Every version of a service level, the newest first."""
    return [VersionRow(*row) for row in uow.session.execute(_VERSIONS, {"level_id": level_id})]


def others(
    uow: UnitOfWork, lot_id: int, measure: Measure, cohort: Cohort, but: int | None
) -> list[rules.Span]:
    """When the other service levels of a measure in a lot run: as signed last, and as drafted."""
    found = uow.session.execute(
        select(ServiceLevelTerms)
        .join(ServiceLevel, col(ServiceLevel.id) == col(ServiceLevelTerms.service_level_id))
        .where(
            col(ServiceLevel.lot_id) == lot_id,
            col(ServiceLevel.measure) == measure,
            col(ServiceLevel.cohort) == cohort,
        )
        .order_by(col(ServiceLevelTerms.number))
    ).scalars()
    newest, signed = {}, {}
    for one in found:
        newest[one.service_level_id] = one
        if one.in_force_from is not None:
            signed[one.service_level_id] = one
    kept = [*newest.values(), *signed.values()]
    return [(one.starts_on, one.ends_on) for one in kept if one.service_level_id != but]


def terms_of(row: ServiceLevelTerms) -> Terms:
    return Terms(**{name: getattr(row, name) for name in Terms.__dataclass_fields__})


def value_of(reading: Reading) -> float | None:
    """A reading's figure in hundredths of the measure's unit."""
    return None if reading.value is None else reading.value * rules.scale_of(reading.measure)


def _agreement(
    level: ServiceLevel,
    terms: ServiceLevelTerms,
    lot: str,
    *,
    first: ServiceLevelTerms,
    following: ServiceLevelTerms | None,
) -> Agreement:
    return Agreement(
        level.id or 0,
        level.lot_id,
        lot,
        level.measure,
        level.cohort,
        terms.number,
        terms.in_force_from or terms.starts_on,
        following.in_force_from if following else None,
        terms_of(terms),
        terms_of(first) if terms is not first else None,
    )


def _judge(one: Agreement, series: Series, today: date) -> Judged:
    direction, to = rules.direction_of(one.measure), one.terms.ends_on
    known = [(week.ends_on, value) for week in series if (value := value_of(week)) is not None]
    most = float(rules.WHOLE_SHARE if one.measure.kind is Kind.SHARE else rules.LARGEST_VALUE)
    heads = rules.heading(known, to, most=most)
    last = next((week for week in reversed(series) if value_of(week) is not None), None)
    return Judged(
        one,
        last,
        None if last is None else value_of(last),
        rules.expected(one.terms, min(today, to)),
        heads,
        rules.rag(one.terms, direction, heads.value if heads else None, to),
    )


def _guarded(one: Judged, series: Series) -> Judged:
    """What outsiders see of it; months of such a measure stand on its own page."""
    if not DEFINITIONS[one.measure].sensitive and one.agreement.cohort is Cohort.ALL:
        return one
    events = sum(week.denominator for week in series[-HEADING_WEEKS:])
    return replace(one, hidden=True, rag=one.rag if events >= FEWEST else Rag.NONE)
