"""Whose clock it was in the demo: milestones, holds, older kinds of assessment, and statements."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from sqlmodel import col, select

from app.cases.assessments import rules as assessing
from app.cases.assessments.models import Assessment
from app.cases.assessments.rules import Before
from app.cases.clock_statements import queries as statements
from app.cases.clock_statements.models import ClockDays, ClockLine, ClockStatement
from app.cases.clock_statements.rules import Answer
from app.cases.findings import service as findings
from app.cases.findings.rules import Source
from app.cases.findings.service import Looked
from app.cases.holds.models import Hold
from app.cases.holds.rules import HoldReason
from app.cases.register import service as register
from app.cases.register.models import Case
from app.cases.states import CaseState
from app.contract import queries as contract
from app.kernel.clock import AssessmentType, Clock
from app.kernel.days import week_ending
from app.work.uow import UnitOfWork
from seed.diary import Diary, at
from seed.setting import District, Setting

MOST = 80
WEEKS = 6
HELD = (CaseState.ALLOCATED, CaseState.ASSESSING, CaseState.AUTHORISED)
NOTES = ("", "Promised by the end of the month.", "Chased twice by telephone.", "")
DISPUTE = "Our records went out on the Tuesday; the days after it are not ours."


def load_clocks(uow: UnitOfWork, setting: Setting, today: date) -> None:
    """Store what the cases' stories leave out of their time, within a command."""
    for district in setting.districts:
        random = Random(f"{today.toordinal()} clocks {district.name}")
        uow.amend(Assessment, _milestones(uow, district, today, random))
        uow.load(Hold, list(_holds(uow, district, today, random)))
        _older_kinds(uow, district)
        _statements(uow, district, today)


def _milestones(
    uow: UnitOfWork, district: District, today: date, random: Random
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Drafted a little before it was submitted; shared and entered soon after it was authorised."""
    diary, changes = Diary.of_england(), []
    submitted = select(Assessment).where(
        Assessment.lot_id == district.lot_id, col(Assessment.submitted_on).is_not(None)
    )
    for one in uow.session.exec(submitted.order_by(col(Assessment.id))):
        if one.submitted_on is None:
            continue
        by, days = one.submitted_by, [int(1 + 3 * random.random()) for _ in range(3)]
        drafted = max(one.started_on, one.submitted_on - timedelta(days=days[0]))
        after: dict[str, Any] = {"drafted_on": drafted, "drafted_by": by}
        if one.authorised_on is not None:
            for name, later in (("shared", days[1]), ("entered", days[2])):
                day = diary.working(one.authorised_on + timedelta(days=later))
                known = day < today and random.random() < 0.9
                after |= {f"{name}_on": day, f"{name}_by": by} if known else {}
        was = {"id": one.id, "lot_id": one.lot_id, "case_id": one.case_id}
        changes.append((was | dict.fromkeys(after), after))
    uow.session.expire_all()
    return changes


def _holds(
    uow: UnitOfWork, district: District, today: date, random: Random
) -> Iterator[dict[str, Any]]:
    """One case in three was on hold for a while; some still are, and some are to look at again."""
    diary, users = (
        Diary.of_england(),
        {one.practitioner_id: one.user_id for one in district.workers},
    )
    for case in _under_way(uow, district, HELD, MOST):
        manager = district.team_managers[int(random.random() * len(district.team_managers))]
        began = diary.working(today - timedelta(days=int(2 + 34 * random.random())))
        lasts, reason = 5 + int(17 * random.random()), tuple(HoldReason)[int(13 * random.random())]
        drawn, note = random.random(), NOTES[int(4 * random.random())]
        if drawn > 0.34 or began <= max(case.received_on, case.allocated_on or began):
            continue
        until = diary.working(began + timedelta(days=lasts))
        early = until - timedelta(days=2) if drawn < 0.06 and until <= today else None
        yield {
            "version": 1,
            "case_id": case.id,
            "lot_id": district.lot_id,
            "reason": reason,
            "note": note,
            "owner_id": users.get(case.practitioner_id or 0, manager),
            "began_on": began,
            "review_on": began + timedelta(days=lasts // 2),
            "until_on": until,
            "ended_on": early,
            "placed_by": manager,
            "ended_by": manager if early else None,
        }


def _under_way(
    uow: UnitOfWork, district: District, states: Sequence[CaseState], most: int
) -> list[Case]:
    kept = (
        col(Case.lot_id) == district.lot_id,
        col(Case.state).in_(states),
        col(Case.practitioner_id).is_not(None),
        col(Case.reopened_on).is_(None),
    )
    return list(uow.session.exec(select(Case).where(*kept).order_by(col(Case.id)).limit(most)))


def _older_kinds(uow: UnitOfWork, district: District) -> None:
    """The council's list named two assessments by the older kinds: one core, one initial."""
    kinds = (AssessmentType.CORE, AssessmentType.INITIAL)
    calendar = contract.calendar(uow, district.contract_id)
    for case, kind in zip(_under_way(uow, district, [CaseState.ASSESSING], 2), kinds, strict=False):
        began = case.allocated_on if kind is AssessmentType.CORE else case.referred_on
        if began is None:
            continue
        rule = contract.rule_for(uow, district.contract_id, kind)
        due_on = Clock(rule, began, calendar).due_on
        register.set_facts(uow, case, assessment_type=kind, clock_started_on=began, due_on=due_on)
        case_id = register.case_id_of(case)
        begun = uow.session.exec(select(Assessment).where(Assessment.case_id == case_id)).first()
        if begun is not None:
            begun.assessment_type = kind
            uow.session.flush()
            before = Before(frozenset(), None)
            found = assessing.pathway(kind, begun.started_on, before, for_early_help=False)
            findings.keep(uow, Source.PATHWAY, [Looked(case_id, case.lot_id, found)])


def _statements(uow: UnitOfWork, district: District, today: date) -> None:
    """The last weeks but one are stated; both sides accepted the older, one line is disputed."""
    last = week_ending(today - timedelta(days=7))
    fridays = [last - timedelta(weeks=back) for back in range(WEEKS, 0, -1)]
    for friday in fridays:
        said = statements.count_week(uow, district.lot_id, friday)
        issued_at = at(Diary.of_england().working(friday + timedelta(days=3)), 600)
        if not said.lines or issued_at.date() >= today:
            continue
        statement = uow.add(
            ClockStatement(
                lot_id=district.lot_id,
                week_ending=friday,
                days=said.total,
                issued_by=district.project_manager,
                issued_at=issued_at,
            )
        )
        newest = friday == fridays[-1]
        agency = _spoken("agency", Answer.ACCEPTED, district.team_managers[0], issued_at)
        accepted = _spoken("council", Answer.ACCEPTED, district.district_manager, issued_at)
        disputed = accepted | {"council_answer": Answer.DISPUTED, "council_words": DISPUTE}
        rows = [
            {**vars(line), **agency, **(_nothing(accepted) if newest else accepted)}
            for line in said.lines
        ]
        if newest:
            rows[-1] |= disputed
        same = {"version": 1, "lot_id": district.lot_id, "statement_id": statement.id}
        uow.load(ClockLine, rows, **same)
        held = [{"holder": holder, "days": days} for holder, days in said.by_holder.items()]
        uow.load(ClockDays, held, lot_id=district.lot_id, statement_id=statement.id)


def _spoken(side: str, answer: Answer, by: int, issued_at: Any) -> dict[str, Any]:
    return {
        f"{side}_answer": answer,
        f"{side}_words": "",
        f"{side}_by": by,
        f"{side}_at": issued_at + timedelta(hours=4),
    }


def _nothing(spoken: dict[str, Any]) -> dict[str, Any]:
    """Not answered yet."""
    return {name: "" if name.endswith("words") else None for name in spoken}
