"""Routes of the meetings of a contract: plan one, write it down, issue and print its minutes."""

import json

from starlette.responses import Response

from app.contract import queries as contract
from app.kernel.acts import Act
from app.reports.meetings import queries, rules, service
from app.reports.meetings.forms import BringForm, FinishForm, ItemForm, PlanForm
from app.reports.meetings.rules import Kind, Outcome, readable
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, NoAnswers, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/meetings")
MARK = "OFFICIAL-SENSITIVE"


@routes.get("", needs=Act.CONTRACT_MEETING_VIEW, name="contract_meetings.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    return page.show(
        "reports/meetings/index.html",
        meetings=queries.list_meetings(uow, query.get("page")),
        actions=queries.open_actions(uow),
        counts=queries.count_actions(uow),
        most=queries.MOST_ACTIONS,
        page_url=lambda number: f"/meetings?page={number}",
    )


@routes.get("/new", needs=Act.CONTRACT_MEETING_HOLD, name="contract_meetings.form")
def plan_form(uow: UnitOfWork, page: Page, form: Submission[PlanForm]) -> Response:
    contracts = contract.list_contracts(uow)
    kinds = readable(uow.actor.role)
    form.start(
        held_on=uow.today,
        contract_id=contracts[0].id if len(contracts) == 1 else None,
        kind=kinds[0].value if len(kinds) == 1 else None,
    )
    return page.show(
        "reports/meetings/plan.html",
        form=form,
        contracts=[(one.id, one.name) for one in contracts],
        kinds=[(one.value, one.label) for one in kinds],
        lots=contract.lot_choices(uow),
    )


@routes.post(
    "/new", needs=Act.CONTRACT_MEETING_HOLD, name="contract_meetings.plan", shows=plan_form
)
def plan(uow: UnitOfWork, page: Page, form: Submission[PlanForm]) -> Response:
    meeting_id = service.plan(uow, form.valid.contract_id, form.valid.plan)
    return page.go(
        "contract_meetings.show", contract_meeting_id=meeting_id, notice="The agenda is made."
    )


@routes.get(
    "/{contract_meeting_id}", needs=Act.CONTRACT_MEETING_VIEW, name="contract_meetings.show"
)
def show(
    contract_meeting_id: Id, uow: UnitOfWork, page: Page, form: Submission[BringForm]
) -> Response:
    meeting = queries.find_meeting(uow, contract_meeting_id)
    items = queries.items_of(uow, contract_meeting_id)
    actions = queries.actions_of(uow, contract_meeting_id)
    return page.show(
        "reports/meetings/meeting.html",
        form=form,
        meeting=meeting,
        items=items,
        actions=actions,
        weekly=meeting.kind is Kind.WEEKLY,
        version=queries.version_of(meeting, items, actions),
        keys=[Submission(NoAnswers).key for _ in range(2)],
    )


@routes.get(
    "/{contract_meeting_id}/minutes.pdf",
    needs=Act.CONTRACT_MEETING_VIEW,
    name="contract_meetings.minutes",
)
def minutes(contract_meeting_id: Id, uow: UnitOfWork, page: Page) -> Response:
    meeting = queries.find_meeting(uow, contract_meeting_id)
    lines = queries.minutes_of(
        meeting,
        queries.items_of(uow, contract_meeting_id),
        queries.actions_of(uow, contract_meeting_id),
    )
    return page.pdf(
        "agreements/meetings/minutes.typ",
        f"minutes-{contract_meeting_id}.pdf",
        MARK,
        title=meeting.title,
        sayings=json.loads(meeting.minutes) if meeting.issued_at else lines,
        issued=bool(meeting.issued_at),
        issued_by=meeting.issued_by or "",
        fingerprint=meeting.minutes_hash,
    )


@routes.post(
    "/{contract_meeting_id}/agenda",
    needs=Act.CONTRACT_MEETING_HOLD,
    name="contract_meetings.bring_up_to_date",
)
def bring_up_to_date(
    contract_meeting_id: Id, uow: UnitOfWork, page: Page, form: Submission[NoAnswers]
) -> Response:
    service.bring_up_to_date(uow, contract_meeting_id, form.ask_version())
    return page.go(
        "contract_meetings.show",
        contract_meeting_id=contract_meeting_id,
        notice="The agenda is made anew from the figures of now.",
    )


@routes.post(
    "/{contract_meeting_id}/items",
    needs=Act.CONTRACT_MEETING_HOLD,
    name="contract_meetings.bring",
    shows=show,
)
def bring(
    contract_meeting_id: Id, uow: UnitOfWork, page: Page, form: Submission[BringForm]
) -> Response:
    service.bring(uow, contract_meeting_id, form.valid.text)
    return page.go(
        "contract_meetings.show",
        contract_meeting_id=contract_meeting_id,
        notice="It is on the agenda.",
    )


@routes.post(
    "/{contract_meeting_id}/issue",
    needs=Act.CONTRACT_MEETING_ISSUE,
    name="contract_meetings.issue",
)
def issue(
    contract_meeting_id: Id, uow: UnitOfWork, page: Page, form: Submission[NoAnswers]
) -> Response:
    service.issue(uow, contract_meeting_id, form.ask_version())
    return page.go(
        "contract_meetings.show",
        contract_meeting_id=contract_meeting_id,
        notice="The minutes are issued.",
    )


@routes.get(
    "/items/{meeting_item_id}",
    needs=Act.CONTRACT_MEETING_HOLD,
    name="contract_meetings.item",
)
def item(meeting_item_id: Id, uow: UnitOfWork, page: Page, form: Submission[ItemForm]) -> Response:
    here = queries.find_item(uow, meeting_item_id)
    meeting = queries.find_meeting(uow, here.meeting_id)
    rules.check_open(meeting.issued_at)
    form.start(version=here.version, outcome=here.outcome, note=here.note)
    return page.show(
        "reports/meetings/item.html",
        form=form,
        item=here,
        meeting=meeting,
        actions=[
            one for one in queries.actions_of(uow, meeting.id) if one.item_id == meeting_item_id
        ],
        outcomes=[(one.value, one.label) for one in Outcome],
        owners=queries.owners(uow, meeting),
        weekly=meeting.kind is Kind.WEEKLY,
    )


@routes.post(
    "/items/{meeting_item_id}",
    needs=Act.CONTRACT_MEETING_HOLD,
    name="contract_meetings.write_down",
    shows=item,
)
def write_down(
    meeting_item_id: Id, uow: UnitOfWork, page: Page, form: Submission[ItemForm]
) -> Response:
    said = form.valid
    here = queries.find_item(uow, meeting_item_id)
    form.call("owner_id", queries.owners(uow, queries.find_meeting(uow, here.meeting_id)))
    written = service.write_down(uow, meeting_item_id, said.said, said.wanted, form.ask_version())
    return page.go(
        "contract_meetings.show",
        contract_meeting_id=written.meeting_id,
        notice="It is written down.",
    )


@routes.get(
    "/actions/{meeting_action_id}",
    needs=Act.CONTRACT_MEETING_ACT,
    name="contract_meetings.finish_form",
)
def finish_form(
    meeting_action_id: Id, uow: UnitOfWork, page: Page, form: Submission[FinishForm]
) -> Response:
    action = queries.find_action(uow, meeting_action_id)
    action.check_open_for(page.actor)
    return page.show("reports/meetings/finish.html", form=form, action=action)


@routes.post(
    "/actions/{meeting_action_id}",
    needs=Act.CONTRACT_MEETING_ACT,
    name="contract_meetings.finish",
    shows=finish_form,
)
def finish(
    meeting_action_id: Id, uow: UnitOfWork, page: Page, form: Submission[FinishForm]
) -> Response:
    service.finish(uow, meeting_action_id, form.valid.words)
    return page.go("contract_meetings.index", notice="The action has ended.")
