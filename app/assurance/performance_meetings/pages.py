"""Routes of performance meetings: their list, one with its agenda, its decisions and minutes."""

import secrets

from starlette.responses import Response

from app.assurance.performance_meetings import queries, service
from app.assurance.performance_meetings.forms import BeginForm, DecisionForm
from app.assurance.performance_meetings.rules import Decision
from app.assurance.performance_meetings.service import Decided
from app.cases.actions import queries as actions
from app.cases.actions.rules import What
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.days import show_date
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/performance-meetings")
MARK = "OFFICIAL-SENSITIVE"


@routes.get("", needs=Act.PERFORMANCE_MEETING_VIEW, name="performance_meetings.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    return page.show(
        "assurance/performance_meetings/index.html",
        meetings=queries.list_meetings(uow, query.get("page")),
        page_url=lambda number: f"/performance-meetings?page={number}",
    )


@routes.get("/new", needs=Act.PERFORMANCE_MEETING_HOLD, name="performance_meetings.form")
def begin_form(uow: UnitOfWork, page: Page, form: Submission[BeginForm]) -> Response:
    lots = contract.lot_choices(uow)
    if len(lots) == 1:
        form.start(lot_id=lots[0][0])
    return page.show("assurance/performance_meetings/begin.html", form=form, lots=lots)


@routes.post(
    "/new",
    needs=Act.PERFORMANCE_MEETING_HOLD,
    name="performance_meetings.begin",
    shows=begin_form,
)
def begin(uow: UnitOfWork, page: Page, form: Submission[BeginForm]) -> Response:
    meeting_id = service.begin(uow, form.valid.lot_id, form.valid.present)
    return page.go("performance_meetings.show", meeting_id=meeting_id)


@routes.get("/{meeting_id}", needs=Act.PERFORMANCE_MEETING_VIEW, name="performance_meetings.show")
def show(meeting_id: Id, uow: UnitOfWork, page: Page) -> Response:
    return page.show(
        "assurance/performance_meetings/meeting.html",
        meeting=queries.find_meeting(uow, meeting_id),
        items=queries.items_of(uow, meeting_id),
        key=secrets.token_urlsafe(18),
    )


@routes.get(
    "/{meeting_id}/minutes.pdf",
    needs=Act.PERFORMANCE_MEETING_VIEW,
    name="performance_meetings.minutes",
)
def minutes(meeting_id: Id, uow: UnitOfWork, page: Page) -> Response:
    meeting = queries.find_meeting(uow, meeting_id)
    return page.pdf(
        "assurance/performance_meetings/minutes.typ",
        f"performance-meeting-{meeting.held_on.isoformat()}.pdf",
        MARK,
        lot=meeting.lot,
        held_on=show_date(meeting.held_on),
        sayings=[
            ["Who was there", meeting.present],
            ["Open cases", str(meeting.open_cases)],
            ["Overdue assessments", str(meeting.overdue)],
            ["Drifting cases", str(meeting.drifting)],
            ["Delays past their expected end", str(meeting.late_delays)],
            ["Decided", f"{meeting.decided} of {meeting.items} cases"],
            ["Ended", _ended(meeting)],
        ],
        rows=[
            [
                item.reference,
                ", ".join(topic.label for topic in item.topics),
                item.said,
                show_date(item.day) if item.day else "",
            ]
            for item in queries.items_of(uow, meeting_id)
        ],
    )


def _ended(meeting: queries.MeetingRow) -> str:
    """Who ended the meeting, or that it goes on."""
    return f"By {meeting.closed_by or 'somebody who left'}" if meeting.closed_at else "Not yet"


@routes.get(
    "/items/{item_id}", needs=Act.PERFORMANCE_MEETING_HOLD, name="performance_meetings.decide_form"
)
def decide_form(
    item_id: Id, uow: UnitOfWork, page: Page, form: Submission[DecisionForm]
) -> Response:
    item = queries.find_item(uow, item_id)
    form.start(what=What.OTHER.value)
    return page.show(
        "assurance/performance_meetings/decide.html",
        form=form,
        item=item,
        meeting=queries.find_meeting(uow, item.meeting_id),
        decisions=[(one.value, one.label) for one in Decision],
        kinds=[(one.value, one.label) for one in What],
        owners=actions.possible_owners(uow, item.case_id),
    )


@routes.post(
    "/items/{item_id}",
    needs=Act.PERFORMANCE_MEETING_HOLD,
    name="performance_meetings.decide",
    shows=decide_form,
)
def decide(item_id: Id, uow: UnitOfWork, page: Page, form: Submission[DecisionForm]) -> Response:
    item = service.decide(uow, item_id, Decided(**form.valid.model_dump()))
    return page.go(
        "performance_meetings.show", meeting_id=item.meeting_id, notice="The decision is kept."
    )


@routes.post(
    "/{meeting_id}/end", needs=Act.PERFORMANCE_MEETING_HOLD, name="performance_meetings.end"
)
def end(meeting_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.end(uow, meeting_id)
    return page.go(
        "performance_meetings.show", meeting_id=meeting_id, notice="The meeting has ended."
    )
