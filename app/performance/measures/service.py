"""Stores what measures come to, and takes versions of their definitions from draft to signed."""

import threading
from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from functools import partial
from typing import Any

from sqlalchemy import bindparam, delete, func, select
from sqlmodel import col

from app.access.roles import Organisation
from app.cases.listing.queries import must_name_no_case
from app.contract import queries as contract
from app.contract.everywhere import everywhere
from app.contract.models import Contract
from app.kernel.acts import Act
from app.kernel.days import london_instant
from app.kernel.errors import NotFound
from app.performance.measures import queries, reading
from app.performance.measures.catalogue import DEFINITIONS
from app.performance.measures.models import MeasureReading, MeasureVersion, RunningReading
from app.performance.measures.reading import Ground, Tallies
from app.performance.measures.rules import Measure, Period
from app.performance.measures.tallies import check_draft, check_signature, periods
from app.plans.rules import hash_of
from app.work.database import Database
from app.work.keeper import keep_doing
from app.work.terms import next_number, versions_of
from app.work.uow import UnitOfWork

LOOK_EVERY_SECONDS = 600
ONE_DAY = timedelta(days=1)
# After a contract's end, until closures were watched for a year.
FOLLOWED = timedelta(days=366)

_STORED = select(
    col(MeasureReading.measure),
    col(MeasureReading.lot_id),
    col(MeasureReading.monthly),
    col(MeasureReading.starts_on),
).where(
    col(MeasureReading.lot_id).in_(bindparam("lots", expanding=True)),
    col(MeasureReading.in_force),
)
# All of them, since an upgrade may have brought more that day.
_RUNNING_READ = select(func.count(col(RunningReading.measure).distinct())).where(
    col(RunningReading.read_at) >= bindparam("midnight")
)
# On a day on which no period runs. One measure may be read again by itself, or tried by a draft.
_MEASURES_READ = select(func.count(col(MeasureReading.measure).distinct())).where(
    col(MeasureReading.in_force), col(MeasureReading.read_at) >= bindparam("midnight")
)


def keep_reading(database: Database, stop: threading.Event) -> None:
    """Read the measures soon after midnight, or as soon as the server runs again."""
    keep_doing(partial(read_daily, database), LOOK_EVERY_SECONDS, stop)


def read_daily(database: Database) -> bool:
    """Read what is due, unless that was done today; says whether it did."""
    with database.work(everywhere(database)) as uow:
        begun = any(one.starts_on < uow.today for one in contract.list_contracts(uow))
        if not begun or is_read(uow):
            return False
        read_due(uow)
    return True


def read_due(uow: UnitOfWork, since: date = date.min) -> int:
    """Read every period that is over and was not read yet, and how far the running ones are.

    Periods that were over before a day are left out, so that a large register's first reading ends.

    Returns how many figures of whole periods were kept. What is counted is counted before the
    command begins, so that others may write meanwhile.
    """
    uow.actor.must(Act.MEASURE_READ)
    whole: list[dict[str, Any]] = []
    tried: list[dict[str, Any]] = []
    running: list[dict[str, Any]] = []
    for held in contract.list_contracts(uow):
        last = _last_day(uow, held)
        if last < held.starts_on:
            continue
        of = reading.ground(uow, held.id or 0)
        known = {tuple(row) for row in uow.rows(_STORED, lots=of.lots)}
        over, runs = _split(held, last, since)
        for measure in Measure:
            due = [span for span in over if not _is_known(known, of, measure, span)]
            for row in _rows(uow, of, measure, due + runs):
                if Period(row["ends_on"], row["starts_on"], row["monthly"]) in runs:
                    running.append(row)
                elif not _is_kept(row, known):
                    whole.append(row)
            tried += _tried(uow, of, measure, due)
    with uow.command(Act.MEASURE_READ):
        _keep_running(uow, running, list(uow.actor.lot_ids))
        uow.load(MeasureReading, whole + tried)
    return len(whole)


def read_again(uow: UnitOfWork, contract_id: int, measure: Measure) -> int:
    """Read every whole period of a measure again; returns how many figures are other now.

    What was read before stays as it was: each figure that differs is kept as a further row. So is
    what a version tried on past periods came to, so that both are of the same cases.
    """
    uow.actor.must(Act.MEASURE_READ)
    held = contract.find_contract(uow, contract_id)
    of = reading.ground(uow, contract_id)
    over, _ = _split(held, _last_day(uow, held))
    before = {
        (one.lot_id, one.cohort, monthly, one.starts_on): (
            one.numerator,
            one.denominator,
            one.amount,
        )
        for monthly in (False, True)
        for one in queries.readings(
            uow, monthly=monthly, measures=[measure], lots=of.lots, running=False
        )
    }
    found = [row for row in _rows(uow, of, measure, over) if _differs(row, before)]
    tried = list(_tried(uow, of, measure, over))
    with uow.command(Act.MEASURE_READ):
        uow.load(MeasureReading, found + tried)
    return len(found)


def is_read(uow: UnitOfWork) -> bool:
    """Whether today's reading was done, by what only that writes."""
    midnight = london_instant(uow.today, time(0))
    return any(
        uow.rows(read, midnight=midnight).scalar() == len(Measure)
        for read in (_RUNNING_READ, _MEASURES_READ)
    )


def draft(
    uow: UnitOfWork,
    contract_id: int,
    measure: Measure,
    words: str,
    within: int | None,
    *,
    reason: str,
    began_from: int,
) -> int:
    """Write the next version of a definition, and what past periods come to by it.

    Returns its number. Raises Invalid for days that cannot be meant, and for a version that says
    what the one in force says; Conflict where another was drafted since `began_from`.
    """
    uow.actor.must(Act.MEASURE_DRAFT)
    contract.find_contract(uow, contract_id)
    now = queries.definitions(uow, contract_id)[measure]
    same = (words, within) == (now.words, now.within)
    check_draft(within, DEFINITIONS[measure].least_most, same=same, first=now.number == 0)
    must_name_no_case(uow, contract_id, {"words": words, "reason": reason})
    tried = try_on(uow, contract_id, measure, within)
    with uow.command(Act.MEASURE_DRAFT):
        kept = versions_of(uow, MeasureVersion, contract_id, MeasureVersion.measure == measure)
        number = next_number(kept, began_from, lambda row: {"Words": row.words})
        write(uow, contract_id, measure, words, within, reason=reason, number=number, tried=tried)
    return number


def try_on(
    uow: UnitOfWork, contract_id: int, measure: Measure, within: int | None
) -> list[dict[str, Any]]:
    """What past periods come to by other days, for `write` to keep; nothing without any days.

    Months alone where each period is a look of its own.
    """
    if within is None:
        return []
    of = reading.ground(uow, contract_id)
    held = contract.find_contract(uow, contract_id)
    over, _ = _split(held, _last_day(uow, held))
    found = reading.read(uow, of, measure, _to_try(measure, over), within)
    return list(_as_rows(uow, measure, found, version=0, in_force=False))


def write(
    uow: UnitOfWork,
    contract_id: int,
    measure: Measure,
    words: str,
    within: int | None,
    *,
    reason: str,
    number: int,
    tried: list[dict[str, Any]],
) -> None:
    """Keep a version that nobody has signed, with what past periods come to by it."""
    uow.must_be_in(Act.MEASURE_DRAFT, Act.DEMO_SEED)
    said = queries.said_of(measure, words, within)
    uow.add(
        MeasureVersion(
            contract_id=contract_id,
            measure=measure,
            number=number,
            words=words,
            within=within,
            said=said,
            said_hash=hash_of(said),
            reason=reason,
            by_user_id=uow.actor.user_id,
            at=uow.now,
        )
    )
    uow.load(MeasureReading, [row | {"version": number} for row in tried])


def sign_for_agency(uow: UnitOfWork, contract_id: int, measure: Measure, number: int) -> None:
    """The agency signs a version; it counts from the day on which the second side signs."""
    with uow.command(Act.MEASURE_SIGN_AGENCY):
        _sign(uow, contract_id, measure, number, Organisation.AGENCY)


def sign_for_council(uow: UnitOfWork, contract_id: int, measure: Measure, number: int) -> None:
    """The council signs a version; it counts from the day on which the second side signs."""
    with uow.command(Act.MEASURE_SIGN_COUNCIL):
        _sign(uow, contract_id, measure, number, Organisation.COUNCIL)


def _sign(
    uow: UnitOfWork, contract_id: int, measure: Measure, number: int, side: Organisation
) -> None:
    kept = versions_of(uow, MeasureVersion, contract_id, MeasureVersion.measure == measure)
    row = next((one for one, _ in kept if one.number == number), None)
    if row is None:
        raise NotFound
    name = side.value
    signed = getattr(row, f"{name}_at") is not None
    check_signature(mine=signed, is_newest=number == kept[0][0].number)
    setattr(row, f"{name}_by", uow.actor.user_id)
    setattr(row, f"{name}_at", uow.now)


def _last_day(uow: UnitOfWork, held: Contract) -> date:
    """The last day that is over, or the last on which a contract's cases are followed."""
    return min(uow.today - ONE_DAY, held.ends_on + FOLLOWED)


def _split(held: Contract, last: date, since: date = date.min) -> tuple[list[Period], list[Period]]:
    """A contract's whole periods up to a day, and those that run, as far as they have come."""
    spans = [span for span in periods(held.starts_on, last) if span.ends_on >= since]
    over = [span for span in spans if span.ends_on <= last]
    return over, [span.until(last) for span in spans if span.ends_on > last]


def _is_known(known: set[Any], of: Ground, measure: Measure, span: Period) -> bool:
    return all((measure, lot, span.monthly, span.starts_on) in known for lot in of.lots)


def _is_kept(row: Mapping[str, Any], known: set[Any]) -> bool:
    return (row["measure"], row["lot_id"], row["monthly"], row["starts_on"]) in known


def _rows(
    uow: UnitOfWork, of: Ground, measure: Measure, spans: list[Period]
) -> Iterator[dict[str, Any]]:
    """What to keep of some periods, each read by the version in force at its end."""
    versions = {span: of.version(measure, span.ends_on) for span in spans}
    for version in sorted(set(versions.values()), key=lambda one: one.number):
        alike = [span for span in spans if versions[span] == version]
        found = reading.read(uow, of, measure, alike, version.within)
        yield from _as_rows(uow, measure, found, version=version.number, in_force=True)


def _tried(
    uow: UnitOfWork, of: Ground, measure: Measure, spans: list[Period]
) -> Iterator[dict[str, Any]]:
    """What periods that an older version counts for come to by the newest, signed or not."""
    newest = of.newest(measure)
    if newest.within is None:
        return
    older = [span for span in spans if of.version(measure, span.ends_on).number < newest.number]
    found = reading.read(uow, of, measure, _to_try(measure, older), newest.within)
    yield from _as_rows(uow, measure, found, version=newest.number, in_force=False)


def _to_try(measure: Measure, spans: list[Period]) -> list[Period]:
    """Those that another version is tried on: months alone where each is a look of its own."""
    return [span for span in spans if span.monthly or not DEFINITIONS[measure].standing]


def _as_rows(
    uow: UnitOfWork, measure: Measure, found: Tallies, *, version: int, in_force: bool
) -> Iterator[dict[str, Any]]:
    for (span, lot_id, cohort), tally in found.items():
        yield {
            "lot_id": lot_id,
            "measure": measure,
            "cohort": cohort,
            "monthly": span.monthly,
            "starts_on": span.starts_on,
            "ends_on": span.ends_on,
            **vars(tally),
            "version": version,
            "in_force": in_force,
            "read_at": uow.now,
        }


def _differs(row: Mapping[str, Any], before: Mapping[Any, Any]) -> bool:
    key = (row["lot_id"], row["cohort"], row["monthly"], row["starts_on"])
    return before.get(key) != (row["numerator"], row["denominator"], row["amount"])


def _keep_running(uow: UnitOfWork, rows: list[dict[str, Any]], lots: list[int]) -> None:
    uow.session.execute(delete(RunningReading).where(col(RunningReading.lot_id).in_(lots)))
    for row in rows:
        del row["in_force"]
    uow.load(RunningReading, rows)
