"""Sections on the work: the ledger of the period, the pace, who waits, and the oldest cases."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import bindparam, case, func, select
from sqlmodel import col

from app.cases.delays import queries as delays
from app.cases.delays.queries import DelayRow
from app.cases.register.models import Case
from app.cases.scope import queries as scope
from app.cases.scope.models import DailyTotal
from app.cases.scope.rules import LotWeek, Statement, Term, rate_of_weeks
from app.contract import queries as contract
from app.contract.models import Lot
from app.contract.rules import TargetTerms
from app.kernel.days import show_date
from app.performance import queries as performance
from app.performance.queries import Figures
from app.planning.clearance import PresentRate, planned_on
from app.reports.sections.hiding import public_ledger, terms_shown, together
from app.reports.sections.rules import Audience, Cell, Column, Section, Shown, Table, table
from app.reports.sections.scene import Scene

OLDEST = 10
# More than the weeks that a present rate looks back on.
LEDGER = (
    Column("Lot", Shown.WORDS),
    Column("Open at the start", added=True),
    Column("Received", added=True),
    Column("Handed back", added=True),
    Column("Transferred", added=True),
    Column("Cleared", added=True),
    Column("Reopened", added=True),
    Column("Open at the end", added=True),
)
_BALANCE = (
    "Open at the start + received − handed back ± transferred − cleared + reopened = open at the"
    " end; a frozen opening list counts as open at the start. Cleared is a handover accepted by"
    " the council or a closure completed."
)
_DAY, _CASES = col(DailyTotal.day), col(DailyTotal.cases)
_LEDGER: Any = (
    select(
        col(DailyTotal.lot_id),
        col(DailyTotal.term),
        func.sum(case((bindparam("first") > _DAY, _CASES), else_=0)),
        func.sum(case((bindparam("first") <= _DAY, _CASES), else_=0)),
    )
    .where(bindparam("last") >= _DAY)
    .group_by(col(DailyTotal.lot_id), col(DailyTotal.term))
)
_oldest: tuple[Any, ...] = (
    Case.id,
    Case.reference,
    Lot.name,
    Case.state,
    Case.referred_on,
    Case.due_on,
)
_OLDEST = (
    select(*_oldest)
    .join(Lot, col(Lot.id) == col(Case.lot_id))
    .where(col(Case.ended_on).is_(None))
    .order_by(col(Case.referred_on), col(Case.id))
    .limit(OLDEST)
)


def ledgers(scene: Scene) -> dict[int, Statement]:
    """The ledger of the period, by lot; what a lot opened with counts as open at the start."""
    period = scene.period
    before = dict.fromkeys(scene.lots, 0)
    changes: dict[int, dict[Term, int]] = {lot_id: {} for lot_id in scene.lots}
    found = scene.uow.rows(_LEDGER, first=period.starts_on, last=period.ends_on)
    for lot_id, term, earlier, during in found:
        before[lot_id] += int(earlier)
        if term is Term.OPENING:
            before[lot_id] += int(during)
        else:
            changes[lot_id][term] = int(during)
    return {lot_id: Statement(before[lot_id], changes[lot_id]) for lot_id in scene.lots}


def rates(scene: Scene) -> dict[int, PresentRate]:
    """When each lot clears if its last full weeks repeat."""
    weeks: dict[int, list[LotWeek]] = {lot_id: [] for lot_id in scene.lots}
    for week in scope.list_latest(scene.uow):
        weeks[week.lot_id].append(week)
    return {lot_id: rate_of_weeks(own, scene.uow.today) for lot_id, own in weeks.items()}


def summary(scene: Scene) -> Section:
    """What is open, late and waiting now, and where each lot is heading."""
    targets, paces = contract.list_targets(scene.uow), rates(scene)
    if scene.audience is Audience.PUBLIC:
        told = [
            f"{lot}: {_heading(paces[lot_id], targets.get(lot_id)).lower()}."
            for lot_id, lot in scene.lots.items()
        ]
        return Section("summary", "Summary", tuple(told))
    figures = performance.figures(scene.uow)
    words = [_heading_words(one, paces[one.lot_id], targets.get(one.lot_id)) for one in figures]
    tables = _standing(scene, figures), _pace(scene, paces, targets)
    return Section("summary", "Summary", tuple(words), tables)


def burn_down(scene: Scene) -> Section:
    """The ledger of the period, and what is open beside the plan."""
    statements = {scene.lots[lot_id]: one for lot_id, one in ledgers(scene).items()}
    tables = [_ledger(scene, statements)]
    if scene.audience is not Audience.PUBLIC:
        tables.append(_beside_plan(scene))
    return Section("burn-down", "Backlog and burn-down", (), tuple(tables))


def oldest(scene: Scene) -> Section:
    """The cases referred first, by reference alone, with what holds them up."""
    rows = scene.uow.rows(_OLDEST).all()
    held_up = delays.open_delays(scene.uow, [row.id for row in rows])
    return Section(
        "oldest",
        "Oldest cases",
        () if rows else ("No case is open.",),
        (
            table(
                "oldest",
                f"The {OLDEST} open cases referred first",
                [
                    Column("Reference", Shown.WORDS),
                    Column("Lot", Shown.WORDS),
                    Column("State", Shown.WORDS),
                    Column("Referred", Shown.DAY),
                    Column("Due", Shown.DAY),
                    Column("Calendar days old"),
                    Column("Held up by", Shown.WORDS),
                ],
                [_old_row(row, held_up[row.id], scene.uow.today) for row in rows],
                "Open cases by the day of their referral, with the delays open on each today.",
                scene.as_at,
                links=[scene.link(f"/cases/{row.id}") for row in rows],
            ),
        ),
    )


def _old_row(row: Any, held_up: list[DelayRow], today: date) -> list[Cell]:
    due = row.due_on.isoformat() if row.due_on else None
    return [
        row.reference,
        row.name,
        row.state.label,
        row.referred_on.isoformat(),
        due,
        (today - row.referred_on).days,
        "; ".join(dict.fromkeys(one.reason.label for one in held_up)) or "No delay recorded",
    ]


def _standing(scene: Scene, figures: tuple[Figures, ...]) -> Table:
    heads = "Open", "Unallocated", "Overdue", "To authorise", "To agree", "To hand over or close"
    return table(
        "standing",
        "Open cases and what they wait for",
        [Column("Lot", Shown.WORDS), *(Column(head, added=True) for head in heads)],
        [
            [
                one.name,
                one.open,
                one.unallocated,
                one.overdue,
                one.to_authorise,
                one.to_agree,
                one.to_end,
            ]
            for one in figures
        ],
        "Open cases at the moment shown. Unallocated has no named, qualified worker; overdue has"
        " passed the day its assessment was due while its clock runs.",
        scene.as_at,
        links=[scene.link(f"/cases?lot={one.lot_id}") for one in figures],
    )


def _pace(
    scene: Scene, paces: Mapping[int, PresentRate], targets: Mapping[int, TargetTerms]
) -> Table:
    return table(
        "pace",
        "Pace, and where it leads",
        [
            Column("Lot", Shown.WORDS),
            Column("Full weeks counted"),
            Column("Cleared in them", added=True),
            Column("Received in them", added=True),
            Column("Cleared a week", Shown.TENTHS),
            Column("Clears in the week ending", Shown.DAY),
            Column("Target ends", Shown.DAY),
            Column("Heading", Shown.WORDS),
        ],
        [
            [
                scene.lots[lot_id],
                one.weeks,
                one.cleared,
                one.received,
                round(10 * one.cleared / one.weeks) if one.weeks else None,
                one.ends_on.isoformat() if one.ends_on else None,
                targets[lot_id].ends_on.isoformat() if lot_id in targets else None,
                _heading(one, targets.get(lot_id)),
            ]
            for lot_id, one in paces.items()
        ],
        "The last full weeks, Saturday to Friday, as if they went on. A lot is on course where its"
        " last case clears by the week in which its target ends.",
        scene.as_at,
        links=[scene.link(f"/progress?lot={lot_id}") for lot_id in paces],
    )


def _heading(pace: PresentRate, target: TargetTerms | None) -> str:
    if target is None:
        return "No target"
    if pace.weeks_left == 0:
        return "Cleared"
    if pace.ends_on is None:
        return "No end at this rate"
    return "On course" if pace.ends_on <= target.ends_on else "Late"


def _heading_words(one: Figures, pace: PresentRate, target: TargetTerms | None) -> str:
    aim = f" The target ends on {show_date(target.ends_on)}." if target else ""
    return f"{one.name}: {pace.why}{aim}"


def _ledger(scene: Scene, statements: Mapping[str, Statement]) -> Table:
    words = f"The ledger, {scene.period.words}"
    if scene.audience is not Audience.PUBLIC:
        return table(
            "ledger",
            words,
            LEDGER,
            [[lot, *terms_shown(one)] for lot, one in statements.items()],
            _BALANCE,
            scene.as_at,
            links=[scene.link(f"/scope?lot={lot_id}") for lot_id in scene.lots],
        )
    return _public_ledger(scene, words, statements)


def _public_ledger(scene: Scene, title: str, statements: Mapping[str, Statement]) -> Table:
    """Lot by lot or, where too little happened for that, all lots as one.

    Of a period that other packs tell of in parts, only what is open at its start and end.
    """
    told = public_ledger(statements)
    if told is None:
        told = public_ledger({"All lots": together(list(statements.values()))}) or {}
    columns = LEDGER if scene.may_break_down else (LEDGER[0], LEDGER[1], LEDGER[-1])
    rows = [
        [lot, *(cells.values() if scene.may_break_down else (cells["before"], cells["closing"]))]
        for lot, cells in told.items()
    ]
    one_lot = len(rows) == 2
    return table(
        "ledger",
        title,
        columns,
        rows[:-1],
        f"{_BALANCE} “c” stands for 1 to 5, or for a number that would give such a one away.",
        scene.as_at,
        totals=() if one_lot else rows[-1],
    )


def _beside_plan(scene: Scene) -> Table:
    targets = contract.list_targets(scene.uow)
    still_open = scope.open_cases(scope.list_counted(scene.uow))
    rows: list[list[Cell]] = []
    for lot_id, target in targets.items():
        curve = contract.planned_of(target)
        planned = planned_on(target.opening_backlog, target.starts_on, curve, scene.uow.today)
        now = still_open.get(lot_id, 0)
        rows.append([scene.lots[lot_id], target.opening_backlog, planned, now, now - planned])
    return table(
        "plan",
        "Open beside the plan",
        [
            Column("Lot", Shown.WORDS),
            Column("Opening backlog", added=True),
            Column("Planned open today", added=True),
            Column("Open today", added=True),
            Column("More than planned", added=True),
        ],
        rows,
        "The planned curve of each lot’s target, read on the day shown, beside its open cases.",
        scene.as_at,
        links=[scene.link(f"/progress?lot={lot_id}") for lot_id in targets],
    )
