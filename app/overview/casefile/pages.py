"""The route of the case page."""

import secrets
from datetime import datetime
from typing import Any

from starlette.responses import Response

from app.agreements.closures import queries as closures
from app.agreements.closures.models import Closure
from app.agreements.conditions import queries as conditions
from app.agreements.handovers import queries as handovers
from app.agreements.handovers.models import Handover
from app.agreements.proposals import queries as proposals
from app.agreements.proposals.models import Proposal
from app.cases.actions import queries as dated
from app.cases.actions.models import CaseAction
from app.cases.allocation import queries as allocation
from app.cases.assessments import queries as assessments
from app.cases.assessments.models import Assessment, AssessmentReturn
from app.cases.corrections.rules import PRIMARY_NEEDS
from app.cases.delays import queries as delays
from app.cases.delays.models import Delay
from app.cases.findings.models import Finding
from app.cases.holds import queries as on_hold
from app.cases.holds.models import Hold
from app.cases.quality import queries as quality
from app.cases.register import queries as register
from app.cases.register.queries import CaseView
from app.kernel.acts import Act
from app.overview.casefile import views
from app.overview.casefile.queries import About, history_of
from app.overview.casefile.rules import (
    Standpoint,
    actions,
    moving_on,
    next_step,
    stages,
    who_leads,
)
from app.plans import queries as plans
from app.plans.models import OutcomePlan
from app.plans.queries import PlanView
from app.plans.rules import voids
from app.safeguarding.enquiries.models import Enquiry
from app.safeguarding.flags import queries as safeguarding
from app.safeguarding.flags.models import Flag
from app.safeguarding.issues.models import ProtectionIssue
from app.safeguarding.proceedings.models import PreProceedings
from app.safeguarding.protection import queries as protection
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

PROTECTION = (Enquiry, PreProceedings, ProtectionIssue)

routes = Routes("/cases")


@routes.get("/{case_id}", needs=Act.CASE_VIEW, name="cases.show", brief=True)
def show(case_id: Id, uow: UnitOfWork, page: Page) -> Response:
    about = About.of(uow, case_id)
    case = about.case
    uow.seen(lot_id=case.lot_id, case_id=case.id, what="case page")
    plan = plans.latest(uow, case_id) if about.has(OutcomePlan) else None
    under_way = about.read(Handover, handovers.for_case)
    requested_at = next(
        (one.requested_at for one in under_way if plan and one.stands_for(plan.number)), None
    )
    closed = about.read(Closure, closures.for_case)
    written = any(plan and one.episode == plan.episode for one in closed)
    return page.show(
        "overview/casefile/case.html",
        case=case,
        need=PRIMARY_NEEDS.get(case.primary_need, ""),
        siblings=register.siblings_of(uow, case),
        plan=plan,
        handovers=under_way,
        key=secrets.token_urlsafe(18),
        closures=closed,
        **_standing(uow, page, case, plan, requested_at, closure_written=written),
        **_happened(uow, about),
        **_agreed(uow, about),
        **_watched(uow, page, about),
    )


def _standing(
    uow: UnitOfWork,
    page: Page,
    case: CaseView,
    plan: PlanView | None,
    requested_at: datetime | None,
    *,
    closure_written: bool,
) -> dict[str, Any]:
    """Where the case stands, whose step is next and what whoever asks may do."""
    outcome = plan.outcome if plan else None
    holds = case.practitioner_id is not None and case.practitioner_id == uow.actor.practitioner_id
    own_only = uow.actor.own_cases_only
    stands = Standpoint(
        case.state,
        outcome,
        holds,
        is_practitioner=own_only,
        is_held=case.practitioner_id is not None,
        closure_written=closure_written,
    )
    offered = actions(stands, uow.actor.acts)
    returnable = case.state.is_open and not voids(case.state)
    return {
        "next": next_step(case.state, outcome, requested_at, closure_written=closure_written),
        "leads": who_leads(case.state, requested_at),
        "stages": stages(case.state, case.proposed_from),
        "actions": offered,
        "moves_on": moving_on(offered, case.state),
        "may_hand_back": page.may(Act.PROPOSAL_PROPOSE) and returnable and (holds or not own_only),
    }


def _happened(uow: UnitOfWork, about: About) -> dict[str, Any]:
    """What was done on the case, by whom, and how its clocks stand."""
    history = history_of(uow, about.case.id)
    found = about.read(Assessment, assessments.assessments_of)
    happened = views.timeline(uow, about.case, history)
    timing = views.timing_of(about, uow.today, found, history.visits, happened)
    return {
        "timeline": happened,
        "holders": history.holders,
        "changes": allocation.changes_in(history.holders),
        "assessments": found,
        "returns": about.read(AssessmentReturn, assessments.returns_of),
        "clock": timing.counts,
        "other_clocks": timing.others,
        "reached": timing.reached,
    }


def _agreed(uow: UnitOfWork, about: About) -> dict[str, Any]:
    """What was proposed and decided, and how the case ended."""
    proposed = about.read(Proposal, proposals.for_case)
    asking = next((one for one in proposed[:1] if one.conditions), None)
    return {
        "proposals": proposed,
        "conditions": conditions.of_proposal(uow, asking.id) if asking else [],
    }


def _watched(uow: UnitOfWork, page: Page, about: About) -> dict[str, Any]:
    """What is open beside the state: flags, protection, holds, delays, actions and findings."""
    case_id = about.case.id
    protected = about.has(*PROTECTION)
    return {
        "flags": about.read(Flag, safeguarding.for_case),
        "protection": protection.running_of(uow, case_id) if protected else protection.Running(),
        "on_hold": on_hold.running_by_case(uow, {case_id} if about.has(Hold) else ()).get(case_id),
        "delays": about.read(Delay, delays.of_case),
        "case_actions": about.read(CaseAction, dated.of_case),
        "findings": about.read(Finding, quality.of_case) if page.may(Act.QUALITY_VIEW) else [],
    }
