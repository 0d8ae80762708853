"""Sections on quality and on the people who do the work."""

from collections.abc import Sequence
from statistics import median

from app.agreements.check_backs import queries as check_backs
from app.assurance.compliance import queries as compliance
from app.assurance.supervision.rules import Grade
from app.cases.workload.queries import loads
from app.cases.workload.rules import Load
from app.kernel.acts import Act
from app.people import queries as people
from app.people.queries import Candidate
from app.performance.guard import queries as guard
from app.performance.guard.queries import Measure
from app.performance.guard.rules import guarded
from app.reports.sections.children import note
from app.reports.sections.hiding import Breakdown, lay_out
from app.reports.sections.rules import (
    HIDDEN,
    Cell,
    Column,
    Section,
    Shown,
    Table,
    basis_points,
    table,
)
from app.reports.sections.scene import Scene

# The average of fewer people could be somebody's own.
FEWEST_WORKERS = 3


def quality(scene: Scene) -> Section:
    """What hurried work would show, whether handovers stuck, and supervision as graded."""
    found = guard.guard(scene.uow)
    tables = [_guard(scene, measure) for measure in found.measures]
    tables += [*([_check_backs(scene)] if scene.may_break_down else []), _grades(scene)]
    words = () if found.measures else ("No period of four weeks is complete yet.",)
    return Section("quality", "Quality", words, tuple(tables))


def workforce(scene: Scene) -> Section:
    """Who is in post, what they carry, and how supervision keeps to the contract."""
    tables = (_workers(scene), _supervision(scene))
    return Section("workforce", "Workforce", (), tables)


def _guard(scene: Scene, measure: Measure) -> Table:
    lots = measure.lots if scene.exact else guarded(measure.lots)
    return table(
        f"guard-{measure.key}",
        measure.title,
        [
            Column("Lot", Shown.WORDS),
            Column("Counted", added=scene.exact),
            Column(f"Of {measure.of}", added=True),
            Column("Share", Shown.SHARE),
            Column("Limit of chance"),
        ],
        [
            [scene.lots[one.lot_id], HIDDEN, one.trials, None, None]
            if one.events is None
            else [
                scene.lots[one.lot_id],
                one.events,
                one.trials,
                basis_points(one.events, one.trials),
                one.limit if one.trials else None,
            ]
            for one in lots
        ],
        "The last complete periods of four weeks. Up to the limit, a lot that did as all do would"
        " count so many once in forty times by chance." + note(scene),
        scene.as_at,
        links=[scene.link("/progress/quality")] * len(lots),
    )


def _check_backs(scene: Scene) -> Table:
    period = scene.period
    rows = {lot: [0, 0, 0] for lot in scene.lots.values()}
    for one in check_backs.checks_of(scene.uow, period.starts_on, period.ends_on):
        stuck = one.checked - one.returned
        rows[one.lot] = [stuck, one.returned, one.accepted - one.checked]
    return lay_out(
        "check-backs",
        f"Handovers accepted, {period.words}, two weeks later",
        "What was found",
        Breakdown(("Stuck", "Returned", "Not looked at yet"), rows),
        "Handovers by the day of their acceptance, as the council found them." + note(scene),
        scene.as_at,
        scene.audience,
    )


def _grades(scene: Scene) -> Table:
    found = compliance.count_grades(scene.uow)
    rows: list[list[Cell]] = [[grade.label, found.get(grade, 0)] for grade in Grade]
    return table(
        "grades",
        "Supervisions drawn and graded",
        [Column("Grade", Shown.WORDS), Column("Supervisions", added=True)],
        [*rows, ["Not graded yet", found.get(None, 0)]],
        "Supervisions drawn by lot and graded by somebody who did not hold them.",
        scene.as_at,
        links=[scene.link("/supervision-record")] * (len(Grade) + 1),
    )


def _workers(scene: Scene) -> Table:
    carried = loads(scene.uow, scene.contract.id or 0)
    return table(
        "workers",
        "Practitioners in post and what they carry",
        [
            Column("Lot", Shown.WORDS),
            Column("In post"),
            Column("May hold cases"),
            Column("Cases each, middle", Shown.TENTHS),
            Column("Cases each, most"),
            Column("Points of what they can carry", Shown.SHARE),
        ],
        [
            [lot, *_of_workers(people.candidates(scene.uow, lot_id, scene.uow.today), carried)]
            for lot_id, lot in scene.lots.items()
        ],
        "Practitioners of each lot today; somebody of two lots stands in both. Cases held in all"
        f" lots; not given where fewer than {FEWEST_WORKERS} hold any.",
        scene.as_at,
        links=[scene.link(f"/people?lot={lot_id}", Act.PEOPLE_VIEW) for lot_id in scene.lots],
    )


def _of_workers(workers: Sequence[Candidate], carried: dict[int, Load]) -> list[Cell]:
    own = [(one, carried.get(one.practitioner_id, Load())) for one in workers]
    held = [load.cases for _, load in own if load.cases]
    several = len(held) >= FEWEST_WORKERS
    return [
        len(workers),
        sum(one.may_hold for one in workers),
        round(10 * median(held)) if several else None,
        max(held) if several else None,
        basis_points(sum(load.points for _, load in own), sum(one.points for one in workers)),
    ]


def _supervision(scene: Scene) -> Table:
    rows: list[list[Cell]] = []
    for lot in compliance.compliance(scene.uow):
        kept = lot.all
        share = basis_points(kept.on_time, kept.due)
        rows.append([lot.lot, kept.due, kept.on_time, kept.late, kept.missing, share])
    return table(
        "supervision",
        f"Case supervision of the last {compliance.MONTHS} months",
        [
            Column("Lot", Shown.WORDS),
            Column("Due"),
            Column("On time"),
            Column("Late"),
            Column("Missing"),
            Column("Share on time", Shown.SHARE),
        ],
        rows,
        "Supervisions that fell due, each held by its day, later, or not at all; a worker of two"
        " lots counts in both.",
        scene.as_at,
        links=[scene.link("/supervision-record")] * len(rows),
    )
