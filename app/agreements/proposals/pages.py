"""Routes of proposals: propose, the District Manager's desk, one brief and its answers."""

import secrets
from datetime import timedelta

from starlette.responses import Response

from app.agreements.closures import queries as closures
from app.agreements.conditions import queries as conditions
from app.agreements.gates import queries as gates
from app.agreements.proposals import queries, service
from app.agreements.proposals.forms import ConditionForm, DecisionForm
from app.agreements.proposals.rules import Answer, Decision, HandBackReply
from app.cases.register import queries as cases
from app.cases.register import service as register
from app.kernel.acts import Act
from app.plans.rules import voids
from app.safeguarding.flags import queries as safeguarding
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes()
# What a condition's day is set to when the form opens.
CONDITION_DAYS = timedelta(days=14)


@routes.get("/cases/{case_id}/propose", needs=Act.PROPOSAL_PROPOSE, name="proposals.form")
def propose_form(case_id: Id, uow: UnitOfWork, page: Page) -> Response:
    case = cases.case_view(uow, case_id)
    plan = service.ready_plan(uow, case_id)
    return page.show(
        "agreements/proposals/propose.html",
        case=case,
        plan=plan,
        words_proposed=closures.words_of(uow, case_id),
        already=voids(case.state),
        key=secrets.token_urlsafe(18),
    )


@routes.post("/cases/{case_id}/propose", needs=Act.PROPOSAL_PROPOSE, name="proposals.propose")
def propose(case_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.propose(uow, case_id)
    return page.go(
        "cases.show", case_id=case_id, notice="The plan is proposed to the District Manager."
    )


@routes.get("/agreements", needs=Act.PROPOSAL_VIEW, name="proposals.desk")
def desk(uow: UnitOfWork, page: Page, query: Query) -> Response:
    return page.show(
        "agreements/proposals/desk.html",
        waiting=queries.list_out(uow, query.get("page")),
        undoable=queries.undoable(uow) if page.may(Act.PROPOSAL_UNDO) else None,
        undo_key=secrets.token_urlsafe(18),
        page_url=lambda number: f"/agreements?page={number}",
    )


@routes.get("/agreements/{proposal_id}", needs=Act.PROPOSAL_VIEW, name="proposals.show")
def show(proposal_id: Id, uow: UnitOfWork, page: Page, form: Submission[DecisionForm]) -> Response:
    proposal = queries.find_view(uow, proposal_id)
    case = cases.case_view(uow, proposal.case_id)
    changes = queries.changes_for(uow, proposal)
    uow.seen(lot_id=case.lot_id, case_id=case.id, what="proposal")
    row = register.find(uow, case.id)
    deciding = proposal.is_out and page.may(Act.PROPOSAL_AGREE)
    due_on = uow.today + CONDITION_DAYS
    form.start(due_on=due_on, owner_id=proposal.proposed_by_id)
    return page.show(
        "agreements/proposals/brief.html",
        form=form,
        proposal=proposal,
        case=case,
        facts=gates.facts_of(uow, row, agreed_is_latest=proposal.is_out),
        flags=[flag for flag in safeguarding.for_case(uow, case.id) if flag.is_open],
        changes=changes,
        conditions=conditions.of_proposal(uow, proposal_id) if proposal.conditions else [],
        owners=conditions.owner_choices(uow, case.lot_id) if deciding else [],
        next_id=queries.next_out(uow, proposal_id),
        undoable=queries.undoable(uow) if page.may(Act.PROPOSAL_UNDO) else None,
        replies=[(reply.value, reply.label) for reply in HandBackReply],
        agree_key=secrets.token_urlsafe(18),
        undo_key=secrets.token_urlsafe(18),
        now=uow.now,
    )


@routes.post(
    "/agreements/{proposal_id}/agree", needs=Act.PROPOSAL_AGREE, name="proposals.agree", shows=show
)
def agree(proposal_id: Id, uow: UnitOfWork, page: Page, form: Submission[DecisionForm]) -> Response:
    said = form.valid
    service.agree(uow, proposal_id, said.text_hash, said.reply, said.points)
    return _on(uow, page, proposal_id, "The proposal is agreed.")


@routes.post(
    "/agreements/{proposal_id}/condition",
    needs=Act.PROPOSAL_CONDITION,
    name="proposals.condition",
    shows=show,
)
def agree_on_conditions(
    proposal_id: Id, uow: UnitOfWork, page: Page, form: Submission[ConditionForm]
) -> Response:
    answer = Answer(Decision.AGREED, conditions=form.valid.wanted)
    service.decide(uow, proposal_id, form.valid.text_hash, answer)
    return _on(uow, page, proposal_id, "The proposal is agreed on conditions.")


@routes.post(
    "/agreements/{proposal_id}/return",
    needs=Act.PROPOSAL_RETURN,
    name="proposals.return",
    shows=show,
)
def return_with_points(
    proposal_id: Id, uow: UnitOfWork, page: Page, form: Submission[DecisionForm]
) -> Response:
    service.return_with_points(uow, proposal_id, form.valid.text_hash, form.valid.points)
    return _on(uow, page, proposal_id, "The proposal is returned with points to fix.")


@routes.post(
    "/agreements/{proposal_id}/refuse",
    needs=Act.PROPOSAL_REFUSE,
    name="proposals.refuse",
    shows=show,
)
def refuse(
    proposal_id: Id, uow: UnitOfWork, page: Page, form: Submission[DecisionForm]
) -> Response:
    service.refuse(uow, proposal_id, form.valid.text_hash, form.valid.points)
    return _on(uow, page, proposal_id, "The proposal is refused.")


@routes.post("/agreements/{proposal_id}/undo", needs=Act.PROPOSAL_UNDO, name="proposals.undo")
def undo(proposal_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.undo(uow, proposal_id)
    return page.go("proposals.show", proposal_id=proposal_id, notice="Your decision is taken back.")


def _on(uow: UnitOfWork, page: Page, proposal_id: int, notice: str) -> Response:
    """On to the next proposal by itself, or to the empty desk."""
    following = queries.next_out(uow, proposal_id)
    if following is None:
        return page.go("proposals.desk", notice=notice)
    return page.go("proposals.show", proposal_id=following, notice=notice)
