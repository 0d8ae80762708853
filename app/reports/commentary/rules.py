"""Sentences drafted by rule: each says no number but those of the facts that it carries."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.kernel.acts import Act
from app.kernel.days import show_date
from app.kernel.errors import Invalid, Refused
from app.kernel.labels import Labelled
from app.kernel.money import Pence, show_round
from app.reports.movements.rules import Level, Moved

_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
# A tenth more open than planned is talked about; less is the noise of a week.
BEHIND = 0.1
# The act of the page behind each link; of any other it is that of the burn-down.
CASES, FIGURES = "/cases", "/progress"
_NEEDS = {
    CASES: Act.CASE_VIEW,
    "/actions": Act.ACTION_VIEW,
    "/disagreements": Act.PROPOSAL_VIEW,
    "/exit": Act.EXIT_VIEW,
    "/exit/data": Act.DATA_VIEW,
    "/exit/people": Act.STAYING_VIEW,
    "/exit/residual": Act.EXIT_RESIDUAL,
    "/flags": Act.FLAG_VIEW,
    "/meetings": Act.CONTRACT_MEETING_VIEW,
    "/outlook": Act.MONEY_VIEW,
}


class Topic(Labelled):
    """What a sentence is about, in the order in which it is read."""

    CHILDREN = "children", "Children and families"
    SERVICE_LEVELS = "service-levels", "Service levels"
    WORK = "work", "Work done and work left"
    COUNCIL = "council", "Decisions requested"
    MONEY = "money", "Money"
    EXIT = "exit", "The end of the contract"
    ACTIONS = "actions", "Actions from before"


@dataclass(frozen=True)
class Sentence:
    """One statement, true at its time; `facts` are its figures by name, as they are shown in it.

    `calls` says that somebody is to decide or act on it. `lot_id` is 0 for the whole contract.
    """

    topic: Topic
    text: str
    link: str
    facts: Mapping[str, str]
    calls: bool = False
    lot_id: int = 0


@dataclass(frozen=True)
class Money:
    """A lot's money in pence; `planned` and `spent` are up to the week that ends `costed_to`.

    `forecast` is what it is as likely to cost more than as less.
    """

    budget: int
    planned: int
    spent: int
    costed_to: date
    forecast: int


@dataclass(frozen=True)
class LotFacts:
    """What is known of one lot on a day; the week is the last one that is over."""

    lot_id: int
    lot: str
    week: date
    open: int
    open_before: int
    cleared: int
    cleared_before: int
    today: int
    planned: int | None = None
    target_ends_on: date | None = None
    clears_on: date | None = None
    to_decide: int = 0
    moved: Sequence[Moved] = ()
    levels: Sequence[Level] = ()
    money: Money | None = None


@dataclass(frozen=True)
class Facts:
    """What is known of a contract on a day: its lots, and what no lot has alone."""

    lots: Sequence[LotFacts]
    escalated: int = 0
    actions_overdue: int = 0
    case_actions_overdue: int = 0
    exit_findings: Sequence[tuple[str, str]] = field(default=())


def sentences(facts: Facts) -> list[Sentence]:
    """Every sentence that the facts give, in the order in which they are read."""
    found = [one for lot in facts.lots for one in _of_lot(lot)]
    found += _of_contract(facts)
    order = list(Topic)
    return sorted(found, key=lambda one: (order.index(one.topic), not one.calls))


def link_for(link: str, may: Callable[[Act], bool]) -> str:
    """Where a sentence leads its reader: to its rows, to the figures of them, or nowhere."""
    page = link.partition("?")[0].partition("#")[0]
    if may(_NEEDS.get(page, Act.PROGRESS_VIEW)):
        return link
    return FIGURES if page == CASES and may(Act.PROGRESS_VIEW) else ""


def stray_numbers(text: str, facts: Mapping[str, str]) -> list[str]:
    """The numbers of a text that are in none of its facts, in the order of the text."""
    known = set(_NUMBER.findall(" ".join(facts.values())))
    return [number for number in _NUMBER.findall(text) if number not in known]


def check_words(text: str, facts: Mapping[str, str]) -> None:
    """Raise Invalid for a sentence without words or with a number that its figures do not hold."""
    if not text:
        raise Invalid("text", "Write the sentence, or leave it out.")
    stray = stray_numbers(text, facts)
    if stray:
        figures = ", ".join(facts.values()) or "none"
        raise Invalid("text", f"{stray[0]} is not among the figures of this sentence: {figures}.")


def check_draft(*, issued: bool) -> None:
    """Raise Refused once a commentary is issued."""
    if issued:
        raise Refused("This commentary is issued: it stands as it is.")


def check_issue(kept: int) -> None:
    """Raise Refused for a commentary of which every sentence is left out."""
    if not kept:
        raise Refused("Every sentence is left out, so there is nothing to issue.")


def _of_lot(lot: LotFacts) -> Iterator[Sentence]:
    yield from _moves(lot)
    yield from _levels(lot)
    yield _open(lot)
    yield from _pace(lot)
    yield from _against_plan(lot)
    yield from _end(lot)
    yield from _to_decide(lot)
    yield from _spending(lot)


def _moves(lot: LotFacts) -> Iterator[Sentence]:
    for one in lot.moved:
        verb = "rose" if one.rose else "fell"
        yield _say(
            Topic.CHILDREN if one.is_about_children else Topic.WORK,
            "{title} " + verb + " from {before} to {now} in {lot} in {period}.",
            one.link,
            calls=one.better is False,
            lot_id=lot.lot_id,
            title=one.title,
            before=one.before,
            now=one.now,
            lot=lot.lot,
            period=one.period,
        )


def _levels(lot: LotFacts) -> Iterator[Sentence]:
    for one in lot.levels:
        yield _say(
            Topic.SERVICE_LEVELS,
            "{title} in {lot} is {value} against a service level of {target}: {words}.",
            one.link,
            calls=True,
            lot_id=lot.lot_id,
            title=one.title,
            lot=lot.lot,
            value=one.value,
            target=one.target,
            words=one.words,
        )


def _open(lot: LotFacts) -> Sentence:
    if lot.open == lot.open_before:
        return _say(
            Topic.WORK,
            "Open cases stayed at {now} in {lot} in the week to {week}.",
            "/progress",
            lot_id=lot.lot_id,
            now=lot.open,
            lot=lot.lot,
            week=lot.week,
        )
    verb = "rose" if lot.open > lot.open_before else "fell"
    return _say(
        Topic.WORK,
        "Open cases " + verb + " from {before} to {now} in {lot} in the week to {week}.",
        "/progress",
        lot_id=lot.lot_id,
        before=lot.open_before,
        now=lot.open,
        lot=lot.lot,
        week=lot.week,
    )


def _pace(lot: LotFacts) -> Iterator[Sentence]:
    if lot.cleared or lot.cleared_before:
        yield _say(
            Topic.WORK,
            "{lot} cleared {cleared} in the week to {week}, after {before} the week before.",
            "/progress",
            lot_id=lot.lot_id,
            lot=lot.lot,
            cleared=lot.cleared,
            week=lot.week,
            before=lot.cleared_before,
        )


def _against_plan(lot: LotFacts) -> Iterator[Sentence]:
    if lot.planned is not None and lot.today > lot.planned:
        yield _say(
            Topic.WORK,
            "{lot} has {open} open today where its target planned {planned}.",
            f"{CASES}?lot={lot.lot_id}",
            calls=lot.today - lot.planned > BEHIND * lot.planned,
            lot_id=lot.lot_id,
            lot=lot.lot,
            open=lot.today,
            planned=lot.planned,
        )


def _end(lot: LotFacts) -> Iterator[Sentence]:
    if not lot.today or lot.target_ends_on is None:
        return
    if lot.clears_on is None:
        yield _say(
            Topic.WORK,
            "At the present rate {lot} does not clear; its target ends on {target}.",
            "/progress",
            calls=True,
            lot_id=lot.lot_id,
            lot=lot.lot,
            target=lot.target_ends_on,
        )
    else:
        late = lot.clears_on > lot.target_ends_on
        side = "after" if late else "by"
        yield _say(
            Topic.WORK,
            "At the present rate {lot} clears in the week to {clears}, "
            + side
            + " its target’s end on {target}.",
            "/progress",
            calls=late,
            lot_id=lot.lot_id,
            lot=lot.lot,
            clears=lot.clears_on,
            target=lot.target_ends_on,
        )


def _to_decide(lot: LotFacts) -> Iterator[Sentence]:
    if lot.to_decide:
        noun = "proposal waits" if lot.to_decide == 1 else "proposals wait"
        yield _say(
            Topic.COUNCIL,
            "{number} " + noun + " for the council’s decision in {lot}.",
            f"{CASES}?lot={lot.lot_id}&state=proposed",
            calls=True,
            lot_id=lot.lot_id,
            number=lot.to_decide,
            lot=lot.lot,
        )


def _spending(lot: LotFacts) -> Iterator[Sentence]:
    money = lot.money
    if money is None:
        return
    spent, planned = show_round(Pence(money.spent)), show_round(Pence(money.planned))
    yield _say(
        Topic.MONEY,
        "{lot} had cost {spent} by {week}, with what is accrued, where {planned} was planned.",
        "/outlook",
        # Not where both read alike: nobody could say what there is to talk about.
        calls=money.spent > money.planned and spent != planned,
        lot_id=lot.lot_id,
        lot=lot.lot,
        spent=spent,
        week=money.costed_to,
        planned=planned,
    )
    over = money.forecast > money.budget
    yield _say(
        Topic.MONEY,
        "{lot} is foreseen to cost {forecast} in all, "
        + ("over" if over else "within")
        + " its budget of {budget}.",
        "/outlook",
        calls=over,
        lot_id=lot.lot_id,
        lot=lot.lot,
        forecast=show_round(Pence(money.forecast)),
        budget=show_round(Pence(money.budget)),
    )


def _of_contract(facts: Facts) -> Iterator[Sentence]:
    for number, topic, one, many, link in (
        (
            facts.escalated,
            Topic.COUNCIL,
            "{number} disagreement waits for the head of service.",
            "{number} disagreements wait for the head of service.",
            "/disagreements",
        ),
        (
            facts.actions_overdue,
            Topic.ACTIONS,
            "{number} action from a meeting is past its day.",
            "{number} actions from meetings are past their days.",
            "/meetings",
        ),
        (
            facts.case_actions_overdue,
            Topic.ACTIONS,
            "{number} dated action on a case is past its day.",
            "{number} dated actions on cases are past their days.",
            "/actions?whose=all",
        ),
    ):
        if number:
            yield _say(topic, one if number == 1 else many, link, calls=True, number=number)
    for finding, link in facts.exit_findings:
        yield _say(Topic.EXIT, "{finding}", link, calls=True, finding=finding)


def _say(
    topic: Topic,
    template: str,
    link: str,
    *,
    calls: bool = False,
    lot_id: int = 0,
    **figures: int | str | date,
) -> Sentence:
    """A sentence made of its figures, so that none in it can be another than its fact."""
    facts = {name: _shown(value) for name, value in figures.items()}
    return Sentence(topic, template.format(**facts), link, facts, calls, lot_id)


def _shown(value: int | str | date) -> str:
    if isinstance(value, date):
        return show_date(value)
    if isinstance(value, str):
        return value
    return f"{value:,}"
