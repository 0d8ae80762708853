"""Routes of dated actions: the reader's own, everybody's, and the acts on one."""

import secrets

from starlette.responses import Response

from app.cases.actions import queries, service
from app.cases.actions.forms import ActionForm, DropForm, GiveForm
from app.cases.actions.queries import Whose
from app.cases.actions.rules import Source, Wanted, What
from app.cases.register import queries as register
from app.kernel.acts import Act
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes()


@routes.get("/actions", needs=Act.ACTION_VIEW, name="actions.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    whose = next((one for one in Whose if one == query.get("whose")), Whose.MINE)
    actions, counts = queries.list_open(uow, whose, query.get("page"))
    return page.show(
        "cases/actions/index.html",
        actions=actions,
        counts=counts,
        whose=whose,
        choices=list(Whose),
        key=secrets.token_urlsafe(18),
        page_url=lambda number: f"/actions?whose={whose}&page={number}",
    )


@routes.get("/cases/{case_id}/actions/new", needs=Act.ACTION_SET, name="actions.form")
def set_form(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[ActionForm]) -> Response:
    case = register.case_view(uow, case_id)
    return page.show(
        "cases/actions/set.html",
        form=form,
        case=case,
        kinds=[(one.value, one.label) for one in What],
        owners=queries.possible_owners(uow, case_id),
    )


@routes.post(
    "/cases/{case_id}/actions/new", needs=Act.ACTION_SET, name="actions.set", shows=set_form
)
def direct(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[ActionForm]) -> Response:
    service.direct(uow, case_id, Wanted(source=Source.DIRECTION, **form.valid.model_dump()))
    return page.go("cases.show", case_id=case_id, notice="The action is set.")


@routes.post("/actions/{action_id}/done", needs=Act.ACTION_DONE, name="actions.complete")
def complete(action_id: Id, uow: UnitOfWork, page: Page) -> Response:
    action = service.complete(uow, action_id)
    return page.go("cases.show", case_id=action.case_id, notice="The action is done.")


@routes.get("/actions/{action_id}/drop", needs=Act.ACTION_CHANGE, name="actions.drop_form")
def drop_form(action_id: Id, uow: UnitOfWork, page: Page, form: Submission[DropForm]) -> Response:
    action = queries.find(uow, action_id)
    return page.show("cases/actions/drop.html", form=form, action=action)


@routes.post(
    "/actions/{action_id}/drop", needs=Act.ACTION_CHANGE, name="actions.drop", shows=drop_form
)
def drop(action_id: Id, uow: UnitOfWork, page: Page, form: Submission[DropForm]) -> Response:
    action = service.drop(uow, action_id, form.valid.reason)
    return page.go("cases.show", case_id=action.case_id, notice="The action is dropped.")


@routes.get("/actions/{action_id}/give", needs=Act.ACTION_CHANGE, name="actions.give_form")
def give_form(action_id: Id, uow: UnitOfWork, page: Page, form: Submission[GiveForm]) -> Response:
    action = queries.find(uow, action_id)
    form.start(owner_id=action.owner_id)
    owners = queries.possible_owners(uow, action.case_id)
    return page.show("cases/actions/give.html", form=form, action=action, owners=owners)


@routes.post(
    "/actions/{action_id}/give", needs=Act.ACTION_CHANGE, name="actions.give", shows=give_form
)
def give(action_id: Id, uow: UnitOfWork, page: Page, form: Submission[GiveForm]) -> Response:
    action = service.give(uow, action_id, form.valid.owner_id)
    return page.go("cases.show", case_id=action.case_id, notice="The action has a new owner.")
