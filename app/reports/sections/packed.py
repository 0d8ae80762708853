"""The sections of each sort of report, read once and told in the same words everywhere."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.kernel.days import show_moment
from app.reports.commentary import queries as commentary
from app.reports.commentary.queries import SentenceView
from app.reports.commentary.rules import Topic
from app.reports.sections import children, costs, delivery, measured, meeting, people, work
from app.reports.sections.rules import Audience, Content, Section
from app.reports.sections.scene import Scene
from app.work.sight import looking_at

Maker = Callable[[Scene], Section]


@dataclass(frozen=True)
class Said:
    """What a named person adds: remarks on the whole, and the decisions asked for, one a line."""

    remarks: str = ""
    decisions: str = ""
    by: str = ""


def laid_out(scene: Scene, title: str, about: str, makers: Sequence[Maker], own: Said) -> Content:
    """Everything that an edition says, read at one instant of the lots of the scene alone."""
    with looking_at(scene.uow, scene.contract.id or 0, scene.lots):
        found = _commentary(scene)
        made = [make(scene) for make in makers]
    sections = [_about(scene), *(_with_words(one, scene, found, own) for one in made)]
    decisions = _decisions(scene, found, own)
    place = next((i for i, one in enumerate(sections) if one.key == "data-quality"), len(sections))
    if decisions is not None:
        sections.insert(place, decisions)
    content = Content(
        title,
        scene.contract.name,
        about,
        scene.period,
        scene.audience,
        scene.as_at,
        tuple(sections),
    )
    return replace(content, sections=(*content.sections, delivery.register_of(content)))


def latest(scene: Scene) -> Section:
    """The cases that wait longest, for those who may see them, and why cases are late."""
    delays = children.waiting(scene)
    first = work.oldest(scene) if scene.exact else Section("", "")
    return Section(
        "waiting",
        "Oldest and delayed cases",
        first.words,
        (*first.tables, *delays.tables),
    )


def _about(scene: Scene) -> Section:
    hides = (
        ()
        if scene.exact
        else ("“c” stands for 1 to 5, or for a number that would give such a one away.",)
    )
    return Section(
        "about",
        "About this pack",
        (
            *delivery.contract_words(scene),
            f"Period: {scene.period.words}. Read on {show_moment(scene.as_at)}; what is open,"
            " late or waiting is of that moment.",
            f"For: {scene.audience.label.lower()}. {scene.audience.mark}.",
            *hides,
        ),
    )


@dataclass(frozen=True)
class _Commentary:
    """What was issued of a contract, headed by when it was true and who says so."""

    head: str = ""
    sentences: Sequence[SentenceView] = ()

    def of(self, *, council: bool) -> tuple[str, ...]:
        """What is put to the council, or else the rest of it below its head."""
        told = [one.text for one in self.sentences if (one.topic is Topic.COUNCIL) is council]
        return tuple(told) if council or not told else (self.head, *told)


def _commentary(scene: Scene) -> _Commentary:
    """The last commentary issued since the period began and by the day of the pack.

    The public is told none of it, nor who reads of one lot, since it is about all of them.
    """
    if scene.audience is Audience.PUBLIC or not scene.whole:
        return _Commentary()
    since, until = scene.period.starts_on, scene.as_at
    for view, said in commentary.in_force(scene.uow):
        mine = view.contract_id == scene.contract.id
        if mine and view.as_at.date() >= since and view.as_at <= until:
            head = f"Commentary as at {show_moment(view.as_at)}, issued by {view.issued_by}:"
            return _Commentary(head, said)
    return _Commentary()


def _with_words(section: Section, scene: Scene, found: _Commentary, own: Said) -> Section:
    if section.key != "summary" or scene.audience is Audience.PUBLIC:
        return section
    named = f" ({own.by})" if own.by else ""
    remarks = (own.remarks + named,) if own.remarks else ()
    return replace(section, words=(*remarks, *found.of(council=False), *section.words))


def _decisions(scene: Scene, found: _Commentary, own: Said) -> Section | None:
    """What the council is asked to decide; no part of what the public reads."""
    if scene.audience is Audience.PUBLIC:
        return None
    asked = [line.strip() for line in own.decisions.splitlines() if line.strip()]
    words = (*asked, *found.of(council=True)) or ("No decision is requested.",)
    return Section("decisions", "Decisions requested", words)


WEEKLY: tuple[Maker, ...] = (
    work.summary,
    work.burn_down,
    latest,
    children.safeguarding,
    children.outcomes,
    delivery.data_quality,
)
PERFORMANCE: tuple[Maker, ...] = (
    work.summary,
    work.burn_down,
    meeting.drifting,
    latest,
    meeting.decided,
    measured.measure_section,
    people.workforce,
    delivery.data_quality,
)
FORTNIGHTLY: tuple[Maker, ...] = (
    work.summary,
    work.burn_down,
    measured.service_level_section,
    measured.measure_section,
    latest,
    children.outcomes,
    people.workforce,
    delivery.changes,
)
MONTHLY: tuple[Maker, ...] = (
    work.summary,
    work.burn_down,
    measured.service_level_section,
    measured.measure_section,
    children.safeguarding,
    latest,
    children.outcomes,
    people.quality,
    people.workforce,
    costs.money,
    delivery.changes,
    delivery.ending,
    delivery.data_quality,
)
FINAL: tuple[Maker, ...] = (MONTHLY[0], measured.then_and_now_section, *MONTHLY[1:])
PUBLIC: tuple[Maker, ...] = (work.summary, work.burn_down, children.outcomes, costs.money)
