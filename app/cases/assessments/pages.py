"""Routes of an assessment: its acts from start to authorisation, milestones, another kind."""

from datetime import timedelta
from typing import Any

from starlette.responses import Response

from app.cases.assessments import queries, service
from app.cases.assessments.forms import (
    AuthoriseForm,
    MigrateForm,
    MilestoneForm,
    ReturnForm,
    SeenForm,
    StartForm,
    SubmitForm,
)
from app.cases.assessments.rules import (
    ONE_DAY,
    Milestone,
    NotSeenReason,
    ReturnReason,
    band_starts,
    check_migration,
    median_of,
)
from app.cases.register import queries as register
from app.cases.register.filter import CaseFilter
from app.cases.register.service import find
from app.cases.states import MOVES
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.clock import AgeingBand
from app.kernel.days import show_date
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/cases/{case_id}/assessment")
queue = Routes()
LAG_PERIOD = timedelta(days=28)
RETURNS_PERIOD = timedelta(days=84)


@routes.get("/start", needs=Act.ASSESSMENT_START, name="assessments.start_form")
def start_form(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[StartForm]) -> Response:
    form.start(started_on=uow.today)
    _must_be_possible(uow, case_id, Act.ASSESSMENT_START)
    return _show(case_id, uow, page, form, "cases/assessments/start.html")


@routes.post("/start", needs=Act.ASSESSMENT_START, name="assessments.start", shows=start_form)
def start(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[StartForm]) -> Response:
    said = form.valid
    service.start(uow, case_id, said.started_on, for_early_help=said.for_early_help)
    on = show_date(said.started_on)
    return page.go("cases.show", case_id=case_id, notice=f"The assessment started on {on}.")


@routes.get("/seen", needs=Act.ASSESSMENT_SEEN, name="assessments.seen_form")
def seen_form(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[SeenForm]) -> Response:
    form.start(seen_on=uow.today)
    return _show(case_id, uow, page, form, "cases/assessments/seen.html")


@routes.post("/seen", needs=Act.ASSESSMENT_SEEN, name="assessments.seen", shows=seen_form)
def seen(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[SeenForm]) -> Response:
    answers = form.valid
    service.record_seen(uow, case_id, answers.seen_on, seen_alone=answers.alone == "yes")
    words = f"Recorded that the child was seen on {show_date(answers.seen_on)}."
    return page.go("cases.show", case_id=case_id, notice=words)


@routes.get("/submit", needs=Act.ASSESSMENT_SUBMIT, name="assessments.submit_form")
def submit_form(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[SubmitForm]) -> Response:
    _must_be_possible(uow, case_id, Act.ASSESSMENT_SUBMIT)
    return _show(case_id, uow, page, form, "cases/assessments/submit.html")


@routes.post("/submit", needs=Act.ASSESSMENT_SUBMIT, name="assessments.submit", shows=submit_form)
def submit(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[SubmitForm]) -> Response:
    service.submit(uow, case_id, form.valid.not_seen_reason)
    return page.go("cases.show", case_id=case_id, notice="Submitted for authorisation.")


@routes.get("/authorise", needs=Act.ASSESSMENT_AUTHORISE, name="assessments.authorise_form")
def authorise_form(
    case_id: Id, uow: UnitOfWork, page: Page, form: Submission[AuthoriseForm]
) -> Response:
    _must_be_possible(uow, case_id, Act.ASSESSMENT_AUTHORISE)
    return _show(case_id, uow, page, form, "cases/assessments/authorise.html")


@routes.post(
    "/authorise",
    needs=Act.ASSESSMENT_AUTHORISE,
    name="assessments.authorise",
    shows=authorise_form,
)
def authorise(
    case_id: Id, uow: UnitOfWork, page: Page, form: Submission[AuthoriseForm]
) -> Response:
    service.authorise(uow, case_id, accepts_not_seen=form.valid.accepts_not_seen)
    return page.go("cases.show", case_id=case_id, notice="The assessment is authorised.")


@routes.get("/return", needs=Act.ASSESSMENT_RETURN, name="assessments.return_form")
def return_form(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[ReturnForm]) -> Response:
    _must_be_possible(uow, case_id, Act.ASSESSMENT_RETURN)
    return _show(case_id, uow, page, form, "cases/assessments/return.html")


@routes.post("/return", needs=Act.ASSESSMENT_RETURN, name="assessments.return", shows=return_form)
def return_to_author(
    case_id: Id, uow: UnitOfWork, page: Page, form: Submission[ReturnForm]
) -> Response:
    service.return_to_author(uow, case_id, form.valid.points, form.valid.reason)
    return page.go("cases.show", case_id=case_id, notice="Returned with points to fix.")


@routes.get("/milestone", needs=Act.ASSESSMENT_MILESTONE, name="assessments.milestone_form")
def milestone_form(
    case_id: Id, uow: UnitOfWork, page: Page, form: Submission[MilestoneForm]
) -> Response:
    form.start(on=uow.today)
    return _show(case_id, uow, page, form, "cases/assessments/milestone.html")


@routes.post(
    "/milestone",
    needs=Act.ASSESSMENT_MILESTONE,
    name="assessments.milestone",
    shows=milestone_form,
)
def milestone(
    case_id: Id, uow: UnitOfWork, page: Page, form: Submission[MilestoneForm]
) -> Response:
    said = form.valid
    service.record_milestone(uow, case_id, said.milestone, said.on)
    words = f"{said.milestone.label}: {show_date(said.on)}."
    return page.go("cases.show", case_id=case_id, notice=words)


@routes.get("/migrate", needs=Act.ASSESSMENT_MIGRATE, name="assessments.migrate_form")
def migrate_form(
    case_id: Id, uow: UnitOfWork, page: Page, form: Submission[MigrateForm]
) -> Response:
    case = find(uow, case_id)
    check_migration(case.assessment_type, case.state)
    return _show(case_id, uow, page, form, "cases/assessments/migrate.html")


@routes.post(
    "/migrate", needs=Act.ASSESSMENT_MIGRATE, name="assessments.migrate", shows=migrate_form
)
def migrate(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[MigrateForm]) -> Response:
    service.migrate(uow, case_id, form.valid.reason)
    return page.go("cases.show", case_id=case_id, notice="It goes on as a single assessment.")


@queue.get("/authorisation", needs=Act.ASSESSMENT_QUEUE, name="assessments.queue")
def waiting(uow: UnitOfWork, page: Page, query: Query) -> Response:
    lots = contract.lot_choices(uow)
    lot_id = next((one for one, _ in lots if str(one) == query.get("lot")), None)
    steps = queries.steps_since(uow, uow.today - LAG_PERIOD)
    returns = queries.returns_since(uow, uow.today - RETURNS_PERIOD)
    lot = f"lot={lot_id}&" if lot_id else ""
    return page.show(
        "cases/assessments/queue.html",
        submitted=queries.list_submitted(uow, lot_id, query.get("page")),
        lots=lots,
        lot_id=lot_id,
        steps=[
            (
                name,
                steps[one][queries.WAITED].total(),
                [median_of(steps[one][step]) for step in (*queries.STEPS, queries.WAITED)],
            )
            for one, name in lots
            if one in steps
        ],
        returns=returns,
        lacks=[reason for reason in ReturnReason if any(reason in of for of in returns.values())],
        page_url=lambda number: f"/authorisation?{lot}page={number}",
    )


@queue.get("/ageing", needs=Act.ASSESSMENT_QUEUE, name="assessments.ageing")
def ageing(uow: UnitOfWork, page: Page) -> Response:
    begun = queries.ages(uow)
    lines = []
    for lot in contract.list_lots(uow):
        lot_id, calendar = lot.id or 0, contract.calendar(uow, lot.contract_id)
        starts = band_starts(calendar, uow.today)
        cells = []
        for band in AgeingBand:
            since, until = starts.get(band, (uow.today, uow.today - ONE_DAY))
            number = sum(
                cases
                for day, cases in begun[lot_id].items()
                if (since is None or day >= since) and (until is None or day <= until)
            )
            rows = CaseFilter(lot=lot_id, clock_from=since, clock_to=until)
            cells.append((band, number, rows.url()))
        lines.append((lot.name, cells, sum(number for _, number, _ in cells)))
    return page.show("cases/assessments/ageing.html", lines=lines, bands=list(AgeingBand))


def _must_be_possible(uow: UnitOfWork, case_id: int, act: Act) -> None:
    """No form is shown whose button would be refused."""
    MOVES.after(find(uow, case_id).state, act)


def _show(
    case_id: int, uow: UnitOfWork, page: Page, form: Submission[Any], template: str
) -> Response:
    case = register.case_view(uow, case_id)
    found = queries.assessments_of(uow, case_id)
    return page.show(
        template,
        form=form,
        case=case,
        assessment=found[0] if found else None,
        returns=queries.returns_of(uow, case_id),
        reasons=[(reason.value, reason.label) for reason in NotSeenReason],
        lacks=[(reason.value, reason.label) for reason in ReturnReason],
        milestones=[(one.value, one.label) for one in Milestone],
    )
