"""Sections on measures and service levels, as they were read and judged."""

from collections.abc import Sequence
from datetime import timedelta

from app.performance.failures import queries as failures
from app.performance.measures import queries as measures
from app.performance.measures.rules import Cohort, Measure, scale_of
from app.performance.measures.tallies import Guarded
from app.performance.service_levels import queries as service_levels
from app.performance.service_levels.queries import Judged
from app.reports.sections.children import note
from app.reports.sections.rules import (
    HIDDEN,
    Audience,
    Cell,
    Column,
    Period,
    Section,
    Shown,
    Table,
    table,
)
from app.reports.sections.scene import Scene
from app.reports.then_and_now import queries as then_and_now

# Clearing old work lowers these while the backlog falls, so each part stands by itself too.
IN_PARTS = frozenset({Measure.TIMELINESS, Measure.DURATION, Measure.FROM_REFERRAL})
MONTHS_BACK = timedelta(days=62)


def service_level_section(scene: Scene) -> Section:
    """Every lot against what is agreed of it, what failed, and what that costs."""
    judged = [
        one
        for one in service_levels.judged(scene.uow, exact=scene.exact)
        if scene.audience is not Audience.PUBLIC or one.agreement.terms.publishable
    ]
    tables = [_judged(scene, judged), _credits(scene)]
    failed = failures.open_failures(scene.uow)
    words = [f"{one.lot}, {one.measure.label}: {one.words}" for one in failed] or [
        "No failure of a service level is open."
    ]
    return Section("service-levels", "Service levels", tuple(words), tuple(tables))


def measure_section(scene: Scene) -> Section:
    """Each measure of the last whole month, or of the last week where the pack is about weeks."""
    found = _readings(scene)
    words = () if found else ("No whole period was read yet.",)
    return Section("measures", "Measures", words, (_measures(scene, found),))


def then_and_now_section(scene: Scene) -> Section:
    """Each lot at the contract's start beside today."""
    lots = then_and_now.statements(scene.uow, exact=scene.exact)
    rows: list[list[Cell]] = [
        [lot.lot, one.title, one.then, one.then_at, one.now, one.now_at]
        for lot in lots
        for one in (*lot.children, *lot.counts)
    ]
    found = table(
        "then-and-now",
        "Then and now",
        [
            Column("Lot", Shown.WORDS),
            Column("Figure", Shown.WORDS),
            Column("Then", Shown.FIGURE),
            Column("As at", Shown.WORDS),
            Column("Now", Shown.FIGURE),
            Column("Of", Shown.WORDS),
        ],
        rows,
        "Each lot as its opening list was frozen, beside its last whole month or the moment shown;"
        " measures by the definition of their time." + note(scene),
        scene.as_at,
        links=[scene.link("/then-and-now")] * len(rows),
    )
    return Section("then-and-now", "Then and now", (), (found,))


def _judged(scene: Scene, judged: Sequence[Judged]) -> Table:
    return table(
        "service-levels",
        "Service levels by where they are heading",
        [
            Column("Lot", Shown.WORDS),
            Column("Measure", Shown.WORDS),
            Column("Last week", Shown.FIGURE),
            Column("Heading to", Shown.FIGURE),
            Column("Target", Shown.WORDS),
            Column("Judged", Shown.WORDS),
            Column("Clause", Shown.WORDS),
        ],
        [
            [
                scene.lots[one.lot_id],
                one.measure.label,
                one.value_shown,
                one.heading_shown,
                one.threshold,
                "Not told" if one.hidden else one.rag.label,
                one.clause,
            ]
            for one in judged
        ],
        "The last complete weeks carried on to the last day that is agreed. Green meets it, amber"
        " is within the tolerance, red is beyond." + note(scene),
        scene.as_at,
        links=[scene.link(f"/service-levels/{one.agreement.level_id}") for one in judged],
    )


def _credits(scene: Scene) -> Table:
    period = scene.period
    found = [
        (scene.lots[lot_id], one)
        for lot_id in scene.lots
        for one in failures.credits_due(scene.uow, lot_id, period.starts_on, period.ends_on)
    ]
    return table(
        "service-credits",
        "Service credits due",
        [
            Column("Lot", Shown.WORDS),
            Column("What for", Shown.WORDS),
            Column("Credit", Shown.POUNDS, added=True),
        ],
        [[lot, one.words, one.pence] for lot, one in found],
        f"For months that ended in the period, {period.words}, not waived, after the cap.",
        scene.as_at,
    )


def _readings(scene: Scene) -> list[Guarded]:
    """What the audience may see of the last whole period up to the end of the scene's."""
    weekly = scene.exact and (scene.period.ends_on - scene.period.starts_on).days < 27
    found = measures.readings(
        scene.uow,
        monthly=not weekly,
        lots=list(scene.lots),
        since=scene.period.ends_on - MONTHS_BACK,
        running=False,
    )
    over = [one for one in found if one.ends_on <= scene.period.ends_on]
    last = max((one.ends_on for one in over), default=None)
    told = [
        one
        for one in over
        if one.ends_on == last and (one.cohort is Cohort.ALL or one.measure in IN_PARTS)
    ]
    if scene.exact:
        return [Guarded(one, one.numerator, share_shown=True) for one in told]
    seen = measures.outsiders(told)
    return [seen[one] for one in told if one in seen]


def _measures(scene: Scene, found: Sequence[Guarded]) -> Table:
    last = found[0].reading if found else None
    when = f", {Period(last.starts_on, last.ends_on).words}" if last else ""
    return table(
        "measures",
        f"Measures{when}",
        [
            Column("Measure", Shown.WORDS),
            Column("Lot", Shown.WORDS),
            Column("Part", Shown.WORDS),
            Column("Figure", Shown.FIGURE),
            Column("Counted"),
            Column("Out of"),
            Column("From", Shown.SHARE),
            Column("To", Shown.SHARE),
            Column("Definition"),
        ],
        [_row(scene, one) for one in found],
        "Each as it was defined then, by the version that both sides had signed; shares with their"
        " 95 per cent interval (Wilson); full-time equivalents to the next whole one."
        + note(scene),
        scene.as_at,
        links=[scene.link(f"/measures/{one.reading.measure.value}") for one in found],
    )


def _row(scene: Scene, told: Guarded) -> list[Cell]:
    one = told.reading
    limits = one.interval if told.numerator is not None and told.share_shown else None
    bounds: list[Cell] = (
        [round(limits.low * 10_000), round(limits.high * 10_000)] if limits else [None, None]
    )
    return [
        one.measure.label,
        scene.lots[one.lot_id],
        one.cohort.label,
        told.shown,
        HIDDEN if told.numerator is None else _whole(one.measure, one.numerator),
        HIDDEN if told.denominator is None else _whole(one.measure, one.denominator),
        *bounds,
        one.version,
    ]


def _whole(measure: Measure, counted: int) -> int:
    return round(counted / scale_of(measure))
