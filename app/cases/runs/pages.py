"""Routes by which several cases are given out: a desk, a caseload that is passed on, a result."""

import secrets
from urllib.parse import urlencode

from starlette.responses import Response

from app.cases.allocation import queries as allocation
from app.cases.allocation import views
from app.cases.allocation.rules import OverrideReason
from app.cases.runs import queries, service
from app.cases.runs.forms import CaseloadForm, SeveralForm
from app.cases.runs.rules import MOST, Result, RunKind
from app.cases.runs.service import Wanted
from app.kernel.acts import Act
from app.web.fields import LARGEST_ID
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes()
OVERRIDES = [(reason.value, reason.label) for reason in OverrideReason]
AWAY = [(kind.value, kind.label) for kind in (RunKind.LEAVER, RunKind.ABSENCE)]


@routes.get("/allocate", needs=Act.CASE_ALLOCATE, name="allocation.desk", brief=True)
def desk(uow: UnitOfWork, page: Page, form: Submission[SeveralForm]) -> Response:
    asked = _ids(form.values("case") if form.sent else page.request.query_params.getlist("case"))
    cases, left_out = queries.split(allocation.by_id(uow, asked[: MOST + 1]), asked[: MOST + 1])
    siblings = allocation.siblings_waiting(uow, cases) if cases and not form.sent else []
    together = [*cases, *siblings]
    form.start(case=[str(case.id) for case in together])
    choices = views.choices(uow, together)
    return page.show(
        "cases/runs/desk.html",
        form=form,
        cases=together,
        siblings={case.id for case in siblings},
        left_out=left_out,
        too_many=len(asked) if len(asked) > MOST else 0,
        rows=choices.rows,
        barred=choices.barred,
        overrides=OVERRIDES,
        most=MOST,
    )


@routes.post("/allocate", needs=Act.CASE_ALLOCATE, name="allocation.several", shows=desk)
def allocate_several(uow: UnitOfWork, page: Page, form: Submission[SeveralForm]) -> Response:
    said = form.valid
    pairs = [(case_id, said.practitioner_id) for case_id in dict.fromkeys(said.case)]
    return _run(uow, page, Wanted(RunKind.CHOSEN, pairs, said.overriding))


@routes.get(
    "/practitioners/{practitioner_id}/caseload", needs=Act.CASE_REALLOCATE, name="runs.caseload"
)
def caseload(
    practitioner_id: Id, uow: UnitOfWork, page: Page, form: Submission[CaseloadForm]
) -> Response:
    found = queries.caseload(uow, practitioner_id)
    form.start(
        kind=RunKind.LEAVER.value,
        away_from=found.practitioner.ends_on or uow.today,
        give=[f"{row.case.id}:{row.proposed or 0}" for row in found.rows],
    )
    return page.show(
        "cases/runs/caseload.html",
        form=form,
        caseload=found,
        chosen=frozenset(form.values("give")),
        kinds=AWAY,
        overrides=OVERRIDES,
        most=MOST,
    )


@routes.post(
    "/practitioners/{practitioner_id}/caseload",
    needs=Act.CASE_REALLOCATE,
    name="runs.pass_on",
    shows=caseload,
)
def pass_on(
    practitioner_id: Id, uow: UnitOfWork, page: Page, form: Submission[CaseloadForm]
) -> Response:
    said = form.valid
    wanted = Wanted(said.kind, said.pairs, said.overriding, practitioner_id, said.away_from)
    return _run(uow, page, wanted)


@routes.get("/allocations/{run_id}", needs=Act.CASE_ALLOCATE, name="runs.show")
def show(run_id: Id, uow: UnitOfWork, page: Page) -> Response:
    run = queries.run_view(uow, run_id)
    again = [("case", row.case_id) for row in run.rows if row.waits]
    return page.show(
        "cases/runs/run.html",
        run=run,
        Result=Result,
        done=run.count(Result.DONE),
        refused=run.count(Result.REFUSED),
        waiting=run.count(Result.WAITING),
        again=f"{page.site.url('allocation.desk')}?{urlencode(again)}" if again else "",
        key=secrets.token_urlsafe(18),
    )


@routes.post("/allocations/{run_id}/go-on", needs=Act.CASE_ALLOCATE, name="runs.go_on")
def go_on(run_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.go_on(uow, run_id)
    return page.go("runs.show", run_id=run_id)


def _run(uow: UnitOfWork, page: Page, wanted: Wanted) -> Response:
    run_id = service.begin(uow, wanted)
    # What was asked is kept before any case moves, so that a second press leads to this run.
    uow.settle(page.site.url("runs.show", run_id=run_id))
    service.go_on(uow, run_id)
    return page.go("runs.show", run_id=run_id)


def _ids(typed: list[str]) -> list[int]:
    numbers = (int(text) for text in typed if text.isascii() and text.isdigit() and len(text) < 11)
    return list(dict.fromkeys(number for number in numbers if 0 < number <= LARGEST_ID))
