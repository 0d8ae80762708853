"""Sections on children and families: safeguarding, outcomes, decisions, hand-backs and delays."""

from collections import Counter
from collections.abc import Mapping, Sequence

from app.agreements.disagreements import queries as disagreements
from app.agreements.hand_backs import queries as hand_backs
from app.agreements.hand_backs.rules import HandBackFilter
from app.agreements.watch import queries as watch
from app.agreements.watch.rules import Rate
from app.cases.delays import queries as delays
from app.cases.delays.rules import DelayReason
from app.cases.scope import queries as scope
from app.cases.scope.rules import Change, Ledger, Term
from app.kernel.clock import Holder
from app.performance import queries as performance
from app.performance.rules import Breakdown as Cleared
from app.plans.rules import HandBackReason
from app.reports.sections.hiding import Breakdown, lay_out, lay_out_both
from app.reports.sections.rules import (
    HIDDEN,
    Audience,
    Cell,
    Column,
    Section,
    Shown,
    Table,
    table,
)
from app.reports.sections.scene import Scene
from app.safeguarding.enquiries import queries as enquiries
from app.safeguarding.flags import queries as flags
from app.safeguarding.flags.rules import WEEKS_COUNTED, by_week
from app.safeguarding.protection import queries as protection

_HIDES = " “c” stands for 1 to 5, or for a number that would give such a one away."


def safeguarding(scene: Scene) -> Section:
    """Flags and their answers; section 47 enquiries and what is not resolved for managers alone.

    Others are told of enquiries by whole months, among the measures.
    """
    tables = [_flags(scene)]
    if scene.exact:
        tables += [_enquiries(scene), _conferences(scene)]
    return Section("safeguarding", "Safeguarding", _running_words(scene), tuple(tables))


def outcomes(scene: Scene) -> Section:
    """How cleared cases left, what waits for the council, and what it took back."""
    tables = [_outcomes(scene)]
    if scene.audience is not Audience.PUBLIC:
        tables += [*([_hand_backs(scene)] if scene.may_break_down else []), _returns(scene)]
    return Section("outcomes", "Outcomes and agreement", _agreement_words(scene), tuple(tables))


def waiting(scene: Scene) -> Section:
    """Why cases are late: the open delays by reason, with whoever holds them up."""
    tables = _delays(scene)
    return Section("delays", "Reasons for delay", (), tuple(tables))


def _running_words(scene: Scene) -> tuple[str, ...]:
    """What runs now, for those who may see small numbers."""
    if not scene.exact:
        return ()
    now = protection.running(scene.uow)
    covered = f", {now.uncovered:,} of them without cover tonight" if now.uncovered else ""
    late = f", {now.reviews_overdue:,} with a review overdue" if now.reviews_overdue else ""
    return (
        f"Child-protection issues not resolved: {now.issues:,}{covered}.",
        f"Section 47 enquiries running: {now.enquiries:,}. Pre-proceedings running:"
        f" {now.proceedings:,}{late}.",
    )


def _flags(scene: Scene) -> Table:
    found = by_week(
        flags.raised_lately(scene.uow),
        list(scene.lots.items()),
        scene.uow.today,
        exact=scene.exact,
    )
    return table(
        "flags",
        f"Safeguarding flags of the last {WEEKS_COUNTED} weeks",
        [
            Column("Lot", Shown.WORDS),
            Column("Raised", added=scene.exact),
            Column("Acknowledged within 4 hours", added=scene.exact),
            Column("Acknowledged later", added=scene.exact),
            Column("Not acknowledged yet", added=scene.exact),
        ],
        [
            [one.lot, *map(_cell, (one.raised, one.in_time, one.later, one.waiting))]
            for one in found.answered
        ],
        "Flags by the week in which they were raised." + note(scene),
        scene.as_at,
        links=[scene.link(f"/flags/weeks?lot={lot_id}") for lot_id in scene.lots],
    )


def _enquiries(scene: Scene) -> Table:
    parts = "Led to a conference", "Ended otherwise", "Running still"
    rows: dict[str, Sequence[int]] = dict.fromkeys(scene.lots.values(), (0, 0, 0))
    for one in enquiries.progressed_by_lot(scene.uow):
        still = one.began - one.to_conference - one.otherwise
        rows[one.lot] = (one.to_conference, one.otherwise, still)
    return lay_out(
        "enquiries",
        "Section 47 enquiries begun in the last 13 weeks",
        "What came of them",
        Breakdown(parts, rows),
        "Enquiries by the day of their strategy discussion, and what they led to so far.",
        scene.as_at,
        scene.audience,
    )


def _conferences(scene: Scene) -> Table:
    found = {one.lot: one.timeliness for one in enquiries.timeliness_by_lot(scene.uow)}
    kept = [(lot, found[lot]) for lot in scene.lots.values() if lot in found]
    return table(
        "conferences",
        "Initial conferences of the last 13 weeks",
        [
            Column("Lot", Shown.WORDS),
            Column("Held", added=True),
            Column("In time", added=True),
            Column("Share in time", Shown.SHARE),
        ],
        [
            [lot, one.held, one.in_time, None if one.share is None else 100 * one.share]
            for lot, one in kept
        ],
        f"Held within {scene.contract.conference_within_days} working days of the strategy"
        " discussion.",
        scene.as_at,
    )


def _outcomes(scene: Scene) -> Table:
    """Complete periods of four weeks, as on the page of progress, so that none gives one away."""
    changes = scope.list_changes(scene.uow, scene.uow.today)
    found = performance.cleared_by_outcome(scene.uow, Ledger(tuple(changes)), None, exact=False)
    if scene.exact:
        return _outcomes_by_lot(scene, changes, found.parts)
    return table(
        "outcomes",
        "Cases cleared by outcome",
        [Column("Outcome", Shown.WORDS), *(Column(f"To {_day(one)}") for one in found.rows)],
        [
            [label, *(_cell(row.counts[place]) for row in found.rows)]
            for place, label in enumerate(found.parts.values())
        ],
        "Cleared in complete periods of four weeks, by their last day." + note(scene),
        scene.as_at,
        totals=["All", *(row.total for row in found.rows)]
        if scene.audience is Audience.COMMISSIONER
        else (),
    )


def _day(row: Cleared) -> str:
    return f"{row.last_ending.day}/{row.last_ending.month}/{row.last_ending:%y}"


def _outcomes_by_lot(scene: Scene, changes: Sequence[Change], parts: Mapping[str, str]) -> Table:
    counts: Counter[tuple[str, int]] = Counter()
    for one in changes:
        if one.term is Term.CLEARED and scene.period.holds(one.day):
            counts[one.outcome if one.outcome in parts else "", one.lot_id] -= one.cases
    rows = {lot: [counts[part, lot_id] for part in parts] for lot_id, lot in scene.lots.items()}
    return lay_out(
        "outcomes",
        f"Cases cleared by outcome, {scene.period.words}",
        "Outcome",
        Breakdown(tuple(parts.values()), rows),
        "Cases cleared in the period, whether reopened since or not.",
        scene.as_at,
        scene.audience,
    )


def _agreement_words(scene: Scene) -> tuple[str, ...]:
    waiting = sum(one.to_agree for one in performance.figures(scene.uow))
    if scene.audience is Audience.PUBLIC:
        return ()
    escalated = disagreements.count_escalated(scene.uow)
    words = [f"Proposals that wait for the council’s decision: {waiting:,}."]
    if escalated:
        words.append(f"Disagreements with the head of service: {escalated:,}.")
    return tuple(words)


def _hand_backs(scene: Scene) -> Table:
    rows: dict[str, list[int]] = {}
    for lot_id, lot in scene.lots.items():
        wanted = HandBackFilter(scene.period.starts_on, scene.period.ends_on, lot_id)
        counts: Counter[HandBackReason] = Counter()
        for _, reason, number in hand_backs.count_by_team(scene.uow, wanted):
            counts[reason] += number
        rows[lot] = [counts[reason] for reason in HandBackReason]
    return lay_out(
        "hand-backs",
        f"Handed back by reason, {scene.period.words}",
        "Reason",
        Breakdown(tuple(reason.label for reason in HandBackReason), rows),
        "Hand-backs by the day on which the District Manager agreed." + note(scene),
        scene.as_at,
        scene.audience,
    )


def _returns(scene: Scene) -> Table:
    return table(
        "returns",
        "Children who came back after a closure",
        [
            Column("Lot", Shown.WORDS),
            Column("Within days"),
            Column("Closures watched"),
            Column("Back"),
            Column("Share", Shown.SHARE),
            Column("From", Shown.SHARE),
            Column("To", Shown.SHARE),
        ],
        [
            [lot, *_return_row(rate)]
            for lot, _, rates in watch.rates_by_lot(scene.uow, exact=scene.exact)
            for rate in rates
        ],
        "Closures watched for the whole while, and the children referred again within it; 95 per"
        " cent interval (Wilson), not given under ten closures." + note(scene),
        scene.as_at,
    )


def _return_row(rate: Rate) -> list[Cell]:
    shares = (
        [rate.share, rate.interval.low, rate.interval.high]
        if rate.share is not None and rate.interval
        else [None] * 3
    )
    points: list[Cell] = [None if one is None else round(one * 10_000) for one in shares]
    return [rate.days, rate.closed, _cell(rate.back), *points]


def _delays(scene: Scene) -> list[Table]:
    by_lot: dict[str, Counter[DelayReason]] = {lot: Counter() for lot in scene.lots.values()}
    by_holder: dict[str, Counter[DelayReason]] = {one.label: Counter() for one in Holder}
    for lost in delays.list_lost(scene.uow, scene.uow.today):
        if lost.ended_on is None:
            by_lot[scene.lots[lost.lot_id]][lost.reason] += lost.delays
            by_holder[lost.holder.label][lost.reason] += lost.delays
    return lay_out_both(
        (
            ("delays", "Open delays by reason and lot", "Reason"),
            ("delays-holders", "Open delays by reason and who holds them up", "Reason"),
        ),
        (_of_reasons(by_lot), _of_reasons(by_holder)),
        "Delays open at the moment shown; a case may have several." + note(scene),
        scene.as_at,
        scene.audience,
    )


def _of_reasons(counts: Mapping[str, Counter[DelayReason]]) -> Breakdown:
    return Breakdown(
        tuple(reason.label for reason in DelayReason),
        {name: [of[reason] for reason in DelayReason] for name, of in counts.items()},
    )


def note(scene: Scene) -> str:
    return "" if scene.exact else _HIDES


def _cell(count: int | None) -> Cell:
    return HIDDEN if count is None else count
