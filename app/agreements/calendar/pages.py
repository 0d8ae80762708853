"""Routes of the calendar: the heat map, a team's weeks, one case's week, and smoothed plans."""

import secrets
from datetime import timedelta
from typing import Any

from starlette.responses import Response

from app.agreements.calendar import queries, service
from app.agreements.calendar.forms import BookForm, IntakeForm, LockForm, SmoothForm
from app.agreements.calendar.rules import FROZEN, SHOWN, Result
from app.agreements.intakes import service as publishing
from app.agreements.intakes.rules import WEEK, weeks_from
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.days import days_asked, week_ending
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes()


@routes.get("/handovers/calendar", needs=Act.CALENDAR_VIEW, name="calendar.show")
def show(uow: UnitOfWork, page: Page, query: Query, form: Submission[SmoothForm]) -> Response:
    days, notices = days_asked(query, {"from": uow.today})
    weeks = weeks_from(days["from"], SHOWN)
    return page.show(
        "agreements/calendar/calendar.html",
        form=form,
        weeks=weeks,
        earlier=weeks[0] - WEEK * SHOWN,
        later=weeks[-1] + WEEK,
        this_week=week_ending(uow.today),
        notices=notices,
        teams=queries.calendar(uow, weeks),
        lots=contract.lot_choices(uow),
        plans=queries.list_smoothings(uow),
    )


@routes.get("/handovers/calendar/teams/{team_id}", needs=Act.CALENDAR_VIEW, name="calendar.team")
def team(
    team_id: Id, uow: UnitOfWork, page: Page, query: Query, form: Submission[IntakeForm]
) -> Response:
    weeks = weeks_from(uow.today, SHOWN)
    # A lock that was sent without its week is told above, and the page's form begins anew.
    intake = form if form.model is IntakeForm else Submission[Any](IntakeForm)
    intake.start(first=uow.today + timedelta(weeks=1), last=uow.today + timedelta(weeks=1))
    named = contract.find_team(uow, team_id)
    row = next(one for one in queries.calendar(uow, weeks) if one.id == team_id)
    return page.show(
        "agreements/calendar/team.html",
        form=form,
        intake=intake,
        team=row,
        usual=named.weekly_intake,
        this_week=weeks[0],
        waiting=queries.page_of_team(uow, team_id, query.get("page")),
        page_url=lambda number: f"/handovers/calendar/teams/{team_id}?page={number}",
        key=secrets.token_urlsafe(18),
    )


@routes.post(
    "/handovers/calendar/teams/{team_id}/intake",
    needs=Act.INTAKE_PUBLISH,
    name="calendar.publish",
    shows=team,
)
def publish(team_id: Id, uow: UnitOfWork, page: Page, form: Submission[IntakeForm]) -> Response:
    said = form.valid
    number = publishing.publish(uow, team_id, said.first, said.last, said.intake, said.note)
    weeks = "1 week" if number == 1 else f"{number} weeks"
    return page.go("calendar.team", team_id=team_id, notice=f"The intake of {weeks} is published.")


@routes.post(
    "/handovers/calendar/teams/{team_id}/lock",
    needs=Act.INTAKE_PUBLISH,
    name="calendar.lock",
    shows=team,
)
def lock(team_id: Id, uow: UnitOfWork, page: Page, form: Submission[LockForm]) -> Response:
    publishing.lock(uow, team_id, form.valid.week, locked=form.valid.locked)
    said = "The week is locked." if form.valid.locked else "The week is open again."
    return page.go("calendar.team", team_id=team_id, notice=said)


@routes.get("/cases/{case_id}/handover/week", needs=Act.HANDOVER_BOOK, name="calendar.week")
def week(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[BookForm]) -> Response:
    booked = queries.find_waiting(uow, case_id)
    waiting = booked.waiting
    weeks = weeks_from(uow.today, SHOWN)
    form.start(week=waiting.booked if waiting.booked in weeks else None)
    row = next(one for one in queries.calendar(uow, weeks) if one.id == waiting.team_id)
    return page.show("agreements/calendar/week.html", form=form, booked=booked, team=row)


@routes.post(
    "/cases/{case_id}/handover/week", needs=Act.HANDOVER_BOOK, name="calendar.book", shows=week
)
def book(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[BookForm]) -> Response:
    service.book(uow, case_id, form.valid.week)
    team_id = queries.find_waiting(uow, case_id).waiting.team_id
    return page.go("calendar.team", team_id=team_id, notice="The week of the handover is booked.")


@routes.post("/handovers/smoothing", needs=Act.SMOOTHING_MAKE, name="smoothing.make", shows=show)
def smooth(uow: UnitOfWork, page: Page, form: Submission[SmoothForm]) -> Response:
    return page.go("smoothing.show", smoothing_id=service.smooth(uow, form.valid.lot_id))


@routes.get("/handovers/smoothing/{smoothing_id}", needs=Act.CALENDAR_VIEW, name="smoothing.show")
def show_plan(smoothing_id: Id, uow: UnitOfWork, page: Page) -> Response:
    plan = queries.find_smoothing(uow, smoothing_id)
    moves = queries.moves_of(uow, smoothing_id)
    return page.show(
        "agreements/calendar/smoothing.html",
        plan=plan,
        moves=moves,
        outlook=queries.outlook(uow, plan, moves),
        frozen=FROZEN,
        stale=plan.first_week != week_ending(uow.today),
        key=secrets.token_urlsafe(18),
    )


@routes.post(
    "/handovers/smoothing/{smoothing_id}/accept",
    needs=Act.SMOOTHING_ACCEPT,
    name="smoothing.accept",
)
def accept(smoothing_id: Id, uow: UnitOfWork, page: Page) -> Response:
    results = service.accept(uow, smoothing_id)
    said = ", ".join(f"{one.label.lower()}: {results[one]}" for one in Result if one in results)
    return page.go("smoothing.show", smoothing_id=smoothing_id, notice=f"Accepted. {said}.")
