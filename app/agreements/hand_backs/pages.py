"""Routes of hand-backs: one short form, and the pattern by the team that sent the case."""

from starlette.responses import Response

from app.agreements.hand_backs import queries, rules, service
from app.agreements.hand_backs.forms import HandBackForm
from app.agreements.hand_backs.rules import HandBackFilter
from app.agreements.hand_backs.service import NotOurs
from app.cases.register import queries as register
from app.contract import queries as contract
from app.kernel.acts import Act
from app.plans.rules import HandBackAdvice, HandBackReason, voids
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes()


@routes.get("/cases/{case_id}/hand-back", needs=Act.PROPOSAL_PROPOSE, name="hand_backs.form")
def hand_back_form(
    case_id: Id, uow: UnitOfWork, page: Page, form: Submission[HandBackForm]
) -> Response:
    case = register.case_view(uow, case_id)
    return page.show(
        "agreements/hand_backs/hand_back.html",
        form=form,
        case=case,
        already=voids(case.state),
        reasons=[(reason.value, reason.label) for reason in HandBackReason],
        advice=[(advice.value, advice.label) for advice in HandBackAdvice],
    )


@routes.post(
    "/cases/{case_id}/hand-back",
    needs=Act.PROPOSAL_PROPOSE,
    name="hand_backs.suggest",
    shows=hand_back_form,
)
def suggest(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[HandBackForm]) -> Response:
    service.suggest(uow, case_id, NotOurs(**form.valid.model_dump()))
    return page.go(
        "cases.show", case_id=case_id, notice="The hand-back is proposed to the District Manager."
    )


@routes.get("/hand-backs", needs=Act.SCOPE_VIEW, name="hand_backs.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    lots = [(lot.id or 0, lot.name) for lot in contract.list_lots(uow)]
    begun = min((one.starts_on for one in contract.list_contracts(uow)), default=uow.today)
    whole = HandBackFilter(min(begun, uow.today), uow.today)
    wanted, notices = HandBackFilter.read(query, whole, dict(lots))
    listed = page.may(Act.SCOPE_CASES)
    return page.show(
        "agreements/hand_backs/index.html",
        pattern=rules.pattern(queries.count_by_team(uow, wanted), exact=listed),
        rows=queries.list_agreed(uow, wanted, query.get("page")) if listed else None,
        wanted=wanted,
        notices=notices,
        lots=lots,
        reasons=list(HandBackReason),
        page_url=lambda number: wanted.url(page=number),
    )
