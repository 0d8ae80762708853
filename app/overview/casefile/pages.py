"""The route of the case page."""

import secrets

from starlette.responses import Response

from app.agreements.closures import queries as closures
from app.agreements.conditions import queries as conditions
from app.agreements.handovers import queries as handovers
from app.agreements.proposals import queries as proposals
from app.cases.actions import queries as dated
from app.cases.allocation import queries as allocation
from app.cases.assessments import queries as assessments
from app.cases.corrections.rules import PRIMARY_NEEDS
from app.cases.delays import queries as delays
from app.cases.holds import queries as on_hold
from app.cases.quality import queries as quality
from app.cases.register import queries as register
from app.kernel.acts import Act
from app.kernel.errors import NotFound
from app.overview.casefile import queries
from app.overview.casefile.rules import (
    Standpoint,
    actions,
    next_step,
    stages,
    who_leads,
)
from app.plans import queries as plans
from app.plans.rules import voids
from app.safeguarding.flags import queries as safeguarding
from app.safeguarding.protection import queries as protection
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/cases")


@routes.get("/{case_id}", needs=Act.CASE_VIEW, name="cases.show")
def show(case_id: Id, uow: UnitOfWork, page: Page) -> Response:
    case = register.case_view(uow, case_id)
    if case is None:
        raise NotFound
    uow.seen(lot_id=case.lot_id, case_id=case.id, what="case page")
    plan = plans.latest(uow, case_id)
    proposed = proposals.for_case(uow, case_id)
    asking = next((one for one in proposed[:1] if one.conditions), None)
    holders = allocation.holders_of(uow, case_id)
    outcome = plan.outcome if plan else None
    holds = case.practitioner_id is not None and case.practitioner_id == uow.actor.practitioner_id
    under_way = handovers.for_case(uow, case_id)
    requested_at = next(
        (one.requested_at for one in under_way if plan and one.stands_for(plan.number)), None
    )
    found, visits = assessments.assessments_of(uow, case_id), assessments.visits_of(uow, case_id)
    happened = queries.timeline(uow, case, visits)
    timing = queries.timing_of(uow, case, found, visits, happened)
    return page.show(
        "overview/casefile/case.html",
        case=case,
        clock=timing.counts,
        other_clocks=timing.others,
        reached=timing.reached,
        on_hold=on_hold.running_by_case(uow, {case_id}).get(case_id),
        next=next_step(case.state, outcome, requested_at),
        leads=who_leads(case.state, requested_at),
        need=PRIMARY_NEEDS.get(case.primary_need, ""),
        stages=stages(case.state),
        actions=actions(
            Standpoint(case.state, outcome, holds, uow.actor.own_cases_only), uow.actor.acts
        ),
        may_hand_back=page.may(Act.PROPOSAL_PROPOSE)
        and case.state.is_open
        and not voids(case.state)
        and (holds or not uow.actor.own_cases_only),
        siblings=register.siblings_of(uow, case),
        findings=quality.of_case(uow, case_id) if page.may(Act.QUALITY_VIEW) else [],
        holders=holders,
        changes=allocation.changes_in(holders),
        assessments=found,
        returns=assessments.returns_of(uow, case_id),
        plan=plan,
        proposals=proposed,
        conditions=conditions.of_proposal(uow, asking.id) if asking else [],
        handovers=under_way,
        closures=closures.for_case(uow, case_id),
        flags=safeguarding.for_case(uow, case_id),
        protection=protection.running_of(uow, case_id),
        case_actions=dated.of_case(uow, case_id),
        delays=delays.of_case(uow, case_id),
        key=secrets.token_urlsafe(18),
        timeline=happened,
    )
