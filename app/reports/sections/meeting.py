"""Sections for the weekly performance meeting: which cases drift, and what was decided last."""

from app.assurance.performance_meetings import queries as meetings
from app.assurance.performance_meetings.queries import ItemRow
from app.cases.drift import queries as drift
from app.cases.drift.queries import Drifting
from app.kernel.days import show_date
from app.reports.sections.rules import Cell, Column, Section, Shown, table
from app.reports.sections.scene import Scene

MOST = 20
"""Drifting cases that are listed, the most stuck first."""


def drifting(scene: Scene) -> Section:
    """The cases of the lots that stand still longest for their stage, and what would move each."""
    looks = [one for one in drift.list_looks(scene.uow) if one.lot_id in scene.lots]
    found = sum(one.found for one in looks)
    listed = drift.list_drifting(scene.uow, scene.lots, MOST)
    words = (
        f"{_cases(found)} found to drift by the last look."
        if looks
        else "No look for drifting cases was made yet."
    )
    columns = [
        Column("Reference", Shown.WORDS),
        Column("Stage", Shown.WORDS),
        Column("In it since", Shown.DAY),
        Column("Calendar days in it"),
        Column("Last step", Shown.DAY),
        Column("What would move it", Shown.WORDS),
    ]
    told = table(
        "drifting",
        "Drifting cases",
        columns,
        [_drifting_row(scene, one) for one in listed],
        f"Up to {MOST} cases that have not moved on since the last look, the most stuck first: each"
        " has been in its stage for longer than the lot’s own history or its due day allows.",
        scene.as_at,
        links=[scene.link(f"/cases/{one.case_id}") for one in listed],
    )
    return Section("drifting", "Drift", (words,), (told,))


def decided(scene: Scene) -> Section:
    """What the last meeting that ended decided case by case, and what became of it."""
    held = meetings.last_ended(scene.uow)
    if held is None:
        return Section("decided", "Last meeting", ("No performance meeting has ended yet.",))
    items = meetings.items_of(scene.uow, held.id)
    columns = [
        Column("Reference", Shown.WORDS),
        Column("Talked about for", Shown.WORDS),
        Column("Decision", Shown.WORDS),
        Column("By", Shown.DAY),
        Column("What became of it", Shown.WORDS),
        Column("State now", Shown.WORDS),
    ]
    told = table(
        "decided",
        f"Decisions of the meeting of {show_date(held.held_on)}",
        columns,
        [_decided_row(one) for one in items],
        "Each case on the agenda of the last meeting that ended, with its decision and, for an"
        " action, whether it was done.",
        scene.as_at,
        links=[scene.link(f"/cases/{one.case_id}") for one in items],
    )
    words = f"{_cases(held.items)} on the agenda, {held.decided:,} of them decided."
    return Section("decided", "Last meeting", (words,), (told,))


def _cases(number: int) -> str:
    return f"{number:,} {'case' if number == 1 else 'cases'}"


def _drifting_row(scene: Scene, one: Drifting) -> list[Cell]:
    return [
        one.reference,
        one.stage.label,
        one.stage_since.isoformat(),
        one.days(scene.uow.today),
        one.idle_since.isoformat(),
        one.suggestion.label,
    ]


def _decided_row(one: ItemRow) -> list[Cell]:
    decision = one.decision.label if one.decision else "Not decided"
    if one.what is not None:
        decision = f"{one.owner}: {one.what.label}"
    became = one.ending.label if one.ending else "Still to be done"
    return [
        one.reference,
        ", ".join(topic.label for topic in one.topics),
        decision,
        one.day.isoformat() if one.day else None,
        became if one.what is not None else "",
        one.state.label,
    ]
