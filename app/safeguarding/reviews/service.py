"""Records child protection plans and their reviews, by people and by the council's lists."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

from sqlmodel import col, select

from app.cases.register import priorities
from app.cases.register import service as register
from app.cases.register.models import Case
from app.kernel.acts import Act
from app.kernel.errors import NotFound, Refused
from app.safeguarding.reviews import queries, rules
from app.safeguarding.reviews.models import ProtectionPlan, ReviewConference
from app.safeguarding.reviews.queries import PlanView
from app.safeguarding.reviews.rules import TO_FIRST, TO_NEXT, Listed, ReviewResult
from app.work.uow import UnitOfWork

# A row as it was, and what it is to hold.
Pair: TypeAlias = tuple[dict[str, Any], dict[str, Any]]
# A statement on SQLite takes 32,766 values at most.
CASES_AT_ONCE = 5_000


def begin(uow: UnitOfWork, case_id: int, starts_on: date) -> None:
    """A conference elsewhere made a plan for the child: the case stands under protection."""
    with uow.command(Act.PROTECTION_REVIEW):
        case = register.find(uow, case_id)
        if not case.state.is_open:
            raise Refused("This case has ended.")
        plans = queries.of_case(uow, case_id)
        known = [one.reviewed.starts_on for one in plans]
        runs = any(one.reviewed.ended_on is None for one in plans)
        rules.check_start(starts_on, known, runs=runs, today=uow.today)
        made(uow, case, starts_on)
        priorities.plan_runs(uow, case, runs=True)


def made(uow: UnitOfWork, case: Case, starts_on: date) -> None:
    """Keep the plan that a conference made, within the command that records it."""
    uow.must_be_in(Act.PROTECTION_REVIEW, Act.ENQUIRY_CONFER, Act.DEMO_SEED)
    plans = queries.of_case(uow, case.id or 0)
    if any(one.reviewed.starts_on == starts_on for one in plans):
        return
    # A plan that runs already goes on; the conference was one more of its own.
    running = next((one for one in plans if one.reviewed.ended_on is None), None)
    if running is not None:
        _hold(uow, running, case.lot_id, starts_on)
        return
    uow.add(
        ProtectionPlan(
            case_id=case.id or 0,
            lot_id=case.lot_id,
            starts_on=starts_on,
            review_due_on=starts_on + TO_FIRST,
        )
    )


def review(uow: UnitOfWork, plan_id: int, held_on: date, result: ReviewResult) -> None:
    """A conference reviewed a plan; where it ended it, the case is no longer under protection.

    Refused while an enquiry runs, which may make another.
    """
    with uow.command(Act.PROTECTION_REVIEW):
        found = queries.find_plan(uow, plan_id)
        if found is None:
            raise NotFound
        case = register.find(uow, found.case_id)
        rules.check_review(held_on, found.reviewed, uow.today)
        if result is ReviewResult.ENDS:
            rules.check_end(
                held_on, found.reviewed, enquiry_runs=priorities.enquiry_runs(uow, case)
            )
            uow.get(ProtectionPlan, plan_id).ended_on = held_on
            if case.state.is_open:
                priorities.plan_runs(uow, case, runs=False)
        _hold(uow, found, case.lot_id, held_on)


def keep_listed(uow: UnitOfWork, batch_id: int, told: Mapping[int, Sequence[Listed]]) -> list[Pair]:
    """Keep the plans and latest reviews that a list tells of, by case.

    Returns plans that have ended by the list, each with what it is to hold, for the import to
    change. A plan that runs here and one that runs by the list are the same.
    """
    uow.must_be_in(Act.IMPORT_RUN)
    cases = list(told)
    ended: list[Pair] = []
    for start in range(0, len(cases), CASES_AT_ONCE):
        portion = cases[start : start + CASES_AT_ONCE]
        ended += _keep_listed(uow, batch_id, {case_id: told[case_id] for case_id in portion})
    return ended


def _keep_listed(
    uow: UnitOfWork, batch_id: int, told: Mapping[int, Sequence[Listed]]
) -> list[Pair]:
    lots = _lots(uow, told)
    known: dict[int, list[PlanView]] = defaultdict(list)
    for one in queries.of_cases(uow, list(lots)):
        known[one.case_id].append(one)
    plans: list[dict[str, Any]] = []
    reviews: list[dict[str, Any]] = []
    ended: list[Pair] = []
    first = uow.next_id(ProtectionPlan)
    for case_id, lot_id in lots.items():
        for listed in told[case_id]:
            of = {"case_id": case_id, "lot_id": lot_id, "batch_id": batch_id}
            plan = rules.same(listed, known[case_id], lambda one: one.reviewed)
            held: tuple[date, ...] = ()
            if plan is None:
                plan_id = first + len(plans)
                plans.append(_begun(listed) | of | {"id": plan_id, "version": 1})
            else:
                plan_id, held = plan.id, plan.reviewed.held
                if listed.ended_on is not None and plan.reviewed.ended_on is None:
                    was = {"id": plan_id, "lot_id": lot_id, "case_id": case_id, "ended_on": None}
                    ended.append((was, {"ended_on": listed.ended_on}))
            on = listed.latest_review_on
            if on is not None and on not in held:
                days = {"held_on": on, "next_due_on": on + TO_NEXT}
                reviews.append(of | days | {"plan_id": plan_id})
    uow.load(ProtectionPlan, plans)
    uow.load(ReviewConference, reviews)
    return ended


def forget(uow: UnitOfWork, batch_id: int) -> None:
    """Take back what a list that is undone had told; a plan that people reviewed since stays."""
    uow.must_be_in(Act.IMPORT_UNDO)
    of_batch = select(ReviewConference).where(ReviewConference.batch_id == batch_id)
    for review in uow.session.exec(of_batch):
        uow.remove(review)
    uow.session.flush()
    reviewed = select(ReviewConference.plan_id)
    told = select(ProtectionPlan).where(
        ProtectionPlan.batch_id == batch_id, col(ProtectionPlan.id).not_in(reviewed)
    )
    for plan in uow.session.exec(told):
        uow.remove(plan)


def _lots(uow: UnitOfWork, case_ids: Iterable[int]) -> dict[int, int]:
    found = uow.session.execute(
        select(col(Case.id), col(Case.lot_id)).where(col(Case.id).in_(list(case_ids)))
    )
    return {row.id: row.lot_id for row in found}


def _begun(listed: Listed) -> dict[str, Any]:
    return {
        "starts_on": listed.starts_on,
        "review_due_on": rules.first_due(listed),
        "ended_on": listed.ended_on,
    }


def _hold(uow: UnitOfWork, plan: PlanView, lot_id: int, held_on: date) -> None:
    if held_on in plan.reviewed.held:
        return
    uow.add(
        ReviewConference(
            case_id=plan.case_id,
            lot_id=lot_id,
            plan_id=plan.id,
            held_on=held_on,
            next_due_on=held_on + TO_NEXT,
            recorded_by=uow.actor.user_id,
        )
    )
