"""Routes of disagreements: their list, one with both positions, and what is added to it."""

import secrets

from starlette.responses import Response

from app.agreements.disagreements import queries, service
from app.agreements.disagreements.forms import PositionForm, SettleForm
from app.agreements.disagreements.rules import Outcome, Said, Stage
from app.agreements.proposals import queries as proposals
from app.kernel.acts import Act
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes()


@routes.get("/disagreements", needs=Act.PROPOSAL_VIEW, name="disagreements.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    return page.show(
        "agreements/disagreements/index.html",
        found=queries.list_page(uow, query.get("page")),
        page_url=lambda number: f"/disagreements?page={number}",
    )


@routes.get(
    "/agreements/{proposal_id}/disagree", needs=Act.DISAGREEMENT_RAISE, name="disagreements.form"
)
def raise_form(
    proposal_id: Id, uow: UnitOfWork, page: Page, form: Submission[PositionForm]
) -> Response:
    proposal = proposals.find_view(uow, proposal_id)
    return page.show(
        "agreements/disagreements/raise.html",
        form=form,
        proposal=proposal,
        running=queries.of_proposal(uow, proposal_id),
    )


@routes.post(
    "/agreements/{proposal_id}/disagree",
    needs=Act.DISAGREEMENT_RAISE,
    name="disagreements.raise",
    shows=raise_form,
)
def raise_one(
    proposal_id: Id, uow: UnitOfWork, page: Page, form: Submission[PositionForm]
) -> Response:
    made = service.raise_one(uow, proposal_id, form.valid.said)
    notice = "The agency’s position is on the record."
    return page.go("disagreements.show", disagreement_id=made, notice=notice)


@routes.get("/disagreements/{disagreement_id}", needs=Act.PROPOSAL_VIEW, name="disagreements.show")
def show(
    disagreement_id: Id, uow: UnitOfWork, page: Page, form: Submission[PositionForm]
) -> Response:
    found = queries.find_view(uow, disagreement_id)
    entries = queries.entries_of(uow, disagreement_id)
    return page.show(
        "agreements/disagreements/disagreement.html",
        form=form,
        found=found,
        entries=entries,
        open=found.stage is not Stage.SETTLED,
        both=any(entry.kind is Said.COUNCIL for entry in entries),
        escalated=found.stage is Stage.ESCALATED,
        outcomes=[(one.value, one.label) for one in Outcome],
        key=secrets.token_urlsafe(18),
    )


@routes.post(
    "/disagreements/{disagreement_id}/answer",
    needs=Act.DISAGREEMENT_ANSWER,
    name="disagreements.answer",
    shows=show,
)
def answer(
    disagreement_id: Id, uow: UnitOfWork, page: Page, form: Submission[PositionForm]
) -> Response:
    service.answer(uow, disagreement_id, form.valid.said)
    return _back(page, disagreement_id, "Your position is on the record.")


@routes.post(
    "/disagreements/{disagreement_id}/escalate",
    needs=Act.DISAGREEMENT_ESCALATE,
    name="disagreements.escalate",
)
def escalate(disagreement_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.escalate(uow, disagreement_id)
    return _back(page, disagreement_id, "The head of service is asked for a third view.")


@routes.post(
    "/disagreements/{disagreement_id}/settle",
    needs=Act.DISAGREEMENT_SETTLE,
    name="disagreements.settle",
    shows=show,
)
def settle(
    disagreement_id: Id, uow: UnitOfWork, page: Page, form: Submission[SettleForm]
) -> Response:
    service.settle(uow, disagreement_id, form.valid.outcome, form.valid.said)
    return _back(page, disagreement_id, "The disagreement is settled.")


def _back(page: Page, disagreement_id: int, notice: str) -> Response:
    return page.go("disagreements.show", disagreement_id=disagreement_id, notice=notice)
