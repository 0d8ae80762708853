"""Routes of drift: the list of each lot, a case put aside, and the contract's terms."""

import secrets
from datetime import timedelta

from starlette.responses import Response

from app.cases.delays import queries as delays
from app.cases.drift import queries, service
from app.cases.drift.forms import AsideForm, TermsForm
from app.cases.drift.rules import BOUNDS, LONGEST_ASIDE, Aside, Suggestion
from app.cases.drift.service import Agreed
from app.cases.register import queries as register
from app.contract import queries as contract
from app.kernel.acts import Act
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/drift")
# The lists of some lots; no lot lists more than fifty.
MOST = 300
USUAL_ASIDE = timedelta(days=7)
# Who may open the page that a suggestion leads to.
OPENS = {
    Suggestion.ALLOCATE: Act.CASE_ALLOCATE,
    Suggestion.WHY_LATE: Act.DELAY_RECORD,
    Suggestion.END_DELAY: Act.DELAY_VIEW,
    Suggestion.AUTHORISE: Act.ASSESSMENT_AUTHORISE,
}


@routes.get("", needs=Act.DRIFT_VIEW, name="drift.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    lots = contract.lot_choices(uow)
    lot = next((one for one, _ in lots if str(one) == query.get("lot")), None)
    shown = [one for one, _ in lots] if lot is None else [lot]
    cases = queries.list_drifting(uow, shown, MOST)
    return page.show(
        "cases/drift/index.html",
        cases=cases,
        delays=delays.open_delays(uow, [case.case_id for case in cases]),
        looks=[look for look in queries.list_looks(uow) if look.lot_id in shown],
        policies=[
            (one, queries.policy_of(uow, one.id or 0)) for one in contract.list_contracts(uow)
        ],
        suggested_acts=OPENS,
        key=secrets.token_urlsafe(18),
        lots=lots,
        lot=lot,
    )


@routes.get("/{case_id}/aside", needs=Act.DRIFT_ASIDE, name="drift.aside_form")
def aside_form(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[AsideForm]) -> Response:
    case = register.case_view(uow, case_id)
    form.start(until=uow.today + USUAL_ASIDE)
    return page.show(
        "cases/drift/aside.html",
        form=form,
        case=case,
        reasons=[(one.value, one.label) for one in Aside],
        latest=uow.today + LONGEST_ASIDE,
    )


@routes.post("/{case_id}/aside", needs=Act.DRIFT_ASIDE, name="drift.aside", shows=aside_form)
def aside(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[AsideForm]) -> Response:
    service.put_aside(uow, case_id, **form.valid.model_dump())
    return page.go("drift.index", notice="The case is off the list for now.")


@routes.get("/terms/{contract_id}", needs=Act.CONTRACT_EDIT, name="drift.terms_form")
def terms_form(
    contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[TermsForm]
) -> Response:
    agreed = contract.find_contract(uow, contract_id)
    versions = queries.versions(uow, contract_id)
    number = versions[0][0].number if versions else 0
    form.start(version=number, **vars(queries.policy_of(uow, contract_id)))
    return page.show(
        "cases/drift/terms.html",
        form=form,
        contract=agreed,
        versions=[(one, by, queries.shown(one)) for one, by in versions],
        bounds=BOUNDS,
    )


@routes.post("/terms/{contract_id}", needs=Act.CONTRACT_EDIT, name="drift.terms", shows=terms_form)
def terms(contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[TermsForm]) -> Response:
    agreed = Agreed(form.valid.policy, form.valid.reason)
    service.set_policy(uow, contract_id, agreed, began_from=form.ask_version())
    return page.go("drift.index", notice="The terms hold from the next look on.")
