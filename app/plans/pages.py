"""Routes of the outcome plan: read its versions, write the next."""

from dataclasses import asdict

from starlette.responses import Response

from app.cases.register import queries as register
from app.cases.states import Standing
from app.contract import queries as contract
from app.kernel.acts import Act
from app.plans import queries, rules, service
from app.plans.forms import PlanForm
from app.plans.rules import HandBackAdvice, HandBackReason
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/cases/{case_id}/plan")


@routes.get("", needs=Act.PLAN_WRITE, name="plans.form")
def plan_form(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[PlanForm]) -> Response:
    case = register.case_view(uow, case_id)
    outcomes = rules.possible(Standing(case.state, case.proposed_from))
    in_force = queries.latest(uow, case_id)
    form.start(version=0, outcome=outcomes[0] if len(outcomes) == 1 else None)
    if in_force:
        form.start(version=in_force.number, **asdict(in_force.draft))
    return page.show(
        "plans/plan.html",
        form=form,
        case=case,
        voids=rules.voids(case.state),
        outcomes=[(one.value, one.label) for one in outcomes],
        teams=[(team.id, team.name) for team in contract.list_teams(uow, case.lot_id)],
        reasons=[(reason.value, reason.label) for reason in HandBackReason],
        advice=[(advice.value, advice.label) for advice in HandBackAdvice],
        versions=queries.versions(uow, case_id),
    )


@routes.post("", needs=Act.PLAN_WRITE, name="plans.write", shows=plan_form)
def write(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[PlanForm]) -> Response:
    draft = form.valid.draft
    number = service.write(uow, case_id, draft, form.ask_version())
    notice = f"Version {number} of the outcome plan is saved."
    if number == form.ask_version():
        notice = f"The outcome plan says the same as version {number}: nothing changed."
    if draft.is_far(uow.today):
        notice += " Its target date is more than a year away: check that it is meant."
    return page.go("cases.show", case_id=case_id, notice=notice)
