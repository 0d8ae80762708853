"""Routes of training: what was given, who came, and the shared list of system problems."""

import secrets

from starlette.responses import Response

from app.access.roles import Role
from app.assurance.training import queries, service
from app.assurance.training.forms import FixForm, ProblemForm, SessionForm
from app.assurance.training.rules import Area, Topic
from app.assurance.training.service import Held
from app.contract import queries as contract
from app.kernel.acts import Act
from app.people.workers import names_of_workers
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/training")


@routes.get("", needs=Act.TRAINING_VIEW, name="training.index")
def index(uow: UnitOfWork, page: Page) -> Response:
    return page.show(
        "assurance/training/index.html",
        given=queries.given(uow),
        standings=queries.count_problems(uow),
        problems=queries.list_problems(uow),
        sessions=queries.list_sessions(uow),
        attended=queries.list_attended(uow) if page.may(Act.PEOPLE_VIEW) else [],
        # The commissioner reads what was done, not by whom.
        named=uow.actor.role is not Role.COMMISSIONER,
        key=secrets.token_urlsafe(18),
    )


@routes.get("/new", needs=Act.TRAINING_RECORD, name="training.form")
def record_form(uow: UnitOfWork, page: Page, form: Submission[SessionForm]) -> Response:
    contracts = _contracts(uow)
    first = contracts[0][0] if contracts else None
    form.start(held_on=uow.today, contract_id=first, council_people=0)
    return page.show(
        "assurance/training/record.html",
        form=form,
        contracts=contracts,
        topics=[(one.value, one.label) for one in Topic],
        workers=list(names_of_workers(uow).items()),
    )


@routes.post("/new", needs=Act.TRAINING_RECORD, name="training.record", shows=record_form)
def record(uow: UnitOfWork, page: Page, form: Submission[SessionForm]) -> Response:
    service.record(uow, Held(**form.valid.model_dump()))
    return page.go("training.index", notice="The session is kept.")


@routes.get("/problems/new", needs=Act.TRAINING_RECORD, name="training.problem_form")
def problem_form(uow: UnitOfWork, page: Page, form: Submission[ProblemForm]) -> Response:
    contracts = _contracts(uow)
    form.start(contract_id=contracts[0][0] if contracts else None)
    return page.show(
        "assurance/training/problem.html",
        form=form,
        contracts=contracts,
        areas=[(one.value, one.label) for one in Area],
        sessions=[(one.id, one.title) for one in queries.list_sessions(uow)],
    )


@routes.post("/problems/new", needs=Act.TRAINING_RECORD, name="training.report", shows=problem_form)
def report(uow: UnitOfWork, page: Page, form: Submission[ProblemForm]) -> Response:
    said = form.valid
    service.report(uow, said.contract_id, said.area, said.words, said.session_id)
    return page.go("training.index", notice="The problem is on the list.")


@routes.get("/problems/{problem_id}/fix", needs=Act.PROBLEM_FIX, name="training.fix_form")
def fix_form(problem_id: Id, uow: UnitOfWork, page: Page, form: Submission[FixForm]) -> Response:
    problem = queries.find_problem(uow, problem_id)
    return page.show("assurance/training/fix.html", form=form, problem=problem)


@routes.post(
    "/problems/{problem_id}/fix", needs=Act.PROBLEM_FIX, name="training.fix", shows=fix_form
)
def fix(problem_id: Id, uow: UnitOfWork, page: Page, form: Submission[FixForm]) -> Response:
    service.fix(uow, problem_id, form.valid.fix)
    return page.go("training.index", notice="Kept. Somebody looks again whether it holds.")


@routes.post("/problems/{problem_id}/holds", needs=Act.TRAINING_RECORD, name="training.holds")
def holds(problem_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.look_again(uow, problem_id, holds=True)
    return page.go("training.index", notice="The problem is solved.")


@routes.post("/problems/{problem_id}/returns", needs=Act.TRAINING_RECORD, name="training.returns")
def returns(problem_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.look_again(uow, problem_id, holds=False)
    return page.go("training.index", notice="The problem is open again.")


def _contracts(uow: UnitOfWork) -> list[tuple[int, str]]:
    return [(one.id or 0, one.name) for one in contract.list_contracts(uow)]
