"""Routes of agreement meetings: plan one, go through its agenda, confirm, issue and print."""

import secrets
from typing import Any

from starlette.responses import Response

from app.agreements.conditions import queries as conditions
from app.agreements.meetings import queries, service
from app.agreements.meetings.forms import AgendaForm, ItemForm
from app.agreements.meetings.queries import ItemView
from app.agreements.meetings.service import Plan
from app.agreements.proposals import queries as proposals
from app.agreements.proposals.rules import Decision, HandBackReply
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.errors import NotFound
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, NoAnswers, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/agreement-meetings")
MARK = "OFFICIAL-SENSITIVE"


@routes.get("", needs=Act.PROPOSAL_VIEW, name="agenda.index")
def index(uow: UnitOfWork, page: Page) -> Response:
    return page.show("agreements/meetings/index.html", meetings=queries.list_meetings(uow))


@routes.get("/new", needs=Act.AGENDA_PLAN, name="agenda.form")
def plan_form(uow: UnitOfWork, page: Page, query: Query, form: Submission[AgendaForm]) -> Response:
    lots = contract.lot_choices(uow)
    asked = form.value("lot_id") or query.get("lot", "")
    lot_id = next((one for one, _ in lots if str(one) == asked or len(lots) == 1), None)
    waiting = proposals.list_out_of(uow, lot_id) if lot_id else []
    form.start(
        lot_id=lot_id,
        title="Agreement meeting",
        held_on=uow.today,
        proposals=[one.id for one in waiting],
    )
    return page.show(
        "agreements/meetings/plan.html", form=form, lots=lots, lot_id=lot_id, waiting=waiting
    )


@routes.post("/new", needs=Act.AGENDA_PLAN, name="agenda.plan", shows=plan_form)
def plan(uow: UnitOfWork, page: Page, form: Submission[AgendaForm]) -> Response:
    said = form.valid
    wanted = Plan(said.lot_id, said.title, said.held_on, said.present)
    agenda_id = service.plan(uow, wanted, said.proposals)
    return page.go("agenda.show", agenda_id=agenda_id, notice="The agenda is made.")


@routes.get("/{agenda_id}", needs=Act.PROPOSAL_VIEW, name="agenda.show")
def show(agenda_id: Id, uow: UnitOfWork, page: Page, form: Submission[NoAnswers]) -> Response:
    meeting, items = queries.find_meeting(uow, agenda_id), queries.items_of(uow, agenda_id)
    form.start(version=queries.version_of(meeting, items))
    return page.show(
        "agreements/meetings/meeting.html",
        form=form,
        meeting=meeting,
        items=items,
        first=next((item.position for item in items if item.is_out), None),
        waiting=sum(item.waits for item in items),
        asked=conditions.of_proposals(
            uow, [one.proposal_id for one in items if one.settled and one.conditions]
        ),
        confirm_key=secrets.token_urlsafe(18),
    )


@routes.get("/{agenda_id}/minutes.pdf", needs=Act.PROPOSAL_VIEW, name="agenda.pdf")
def minutes(agenda_id: Id, uow: UnitOfWork, page: Page) -> Response:
    meeting, items = queries.find_meeting(uow, agenda_id), queries.items_of(uow, agenda_id)
    uow.seen(lot_id=meeting.lot_id, what="minutes of an agreement meeting")
    return page.pdf(
        "agreements/meetings/minutes.typ",
        f"minutes-{agenda_id}.pdf",
        MARK,
        title=meeting.title,
        sayings=queries.minutes_of(uow, meeting, items),
        issued=bool(meeting.issued_at),
        issued_by=meeting.issued_by or "",
        fingerprint=meeting.minutes_hash,
    )


@routes.get("/{agenda_id}/items/{position}", needs=Act.PROPOSAL_VIEW, name="agenda.item")
def item(
    agenda_id: Id, position: Id, uow: UnitOfWork, page: Page, form: Submission[ItemForm]
) -> Response:
    meeting, items = queries.find_meeting(uow, agenda_id), queries.items_of(uow, agenda_id)
    here = _at(items, position)
    uow.seen(lot_id=meeting.lot_id, case_id=here.case_id, what="proposal")
    deciding = page.may(Act.PROPOSAL_AGREE) and here.is_out
    form.start(note=here.note, decision=here.heard, points=here.heard_points)
    return page.show(
        "agreements/meetings/item.html",
        form=form,
        meeting=meeting,
        item=here,
        items=items,
        decisions=[(one.value, one.label) for one in Decision],
        replies=[(one.value, one.label) for one in HandBackReply],
        owners=conditions.owner_choices(uow, meeting.lot_id) if deciding else [],
        confirm_key=secrets.token_urlsafe(18),
    )


@routes.post(
    "/{agenda_id}/items/{position}/decide",
    needs=Act.PROPOSAL_AGREE,
    name="agenda.decide",
    shows=item,
)
def decide(
    agenda_id: Id, position: Id, uow: UnitOfWork, page: Page, form: Submission[ItemForm]
) -> Response:
    said, here = form.valid, _at(queries.items_of(uow, agenda_id), position)
    service.decide(uow, here.id, said.text_hash, said.answer, said.note)
    return _on(uow, page, agenda_id, position, f"Case {here.reference}: {said.decision.value}.")


@routes.post(
    "/{agenda_id}/items/{position}/hear", needs=Act.AGENDA_MINUTE, name="agenda.hear", shows=item
)
def hear(
    agenda_id: Id, position: Id, uow: UnitOfWork, page: Page, form: Submission[ItemForm]
) -> Response:
    said, here = form.valid, _at(queries.items_of(uow, agenda_id), position)
    service.hear(uow, here.id, said.heard, said.text_hash, said.note)
    notice = f"Case {here.reference} is recorded. It waits for the District Manager’s word."
    return _on(uow, page, agenda_id, position, notice)


@routes.post(
    "/{agenda_id}/items/{position}/confirm", needs=Act.AGENDA_CONFIRM, name="agenda.confirm_one"
)
def confirm_one(
    agenda_id: Id, position: Id, uow: UnitOfWork, page: Page, form: Submission[NoAnswers]
) -> Response:
    here = _at(queries.items_of(uow, agenda_id), position)
    service.confirm(uow, here.id, form.ask_version())
    return page.go("agenda.show", agenda_id=agenda_id, notice=f"{here.reference} is confirmed.")


@routes.post("/{agenda_id}/confirm", needs=Act.AGENDA_CONFIRM, name="agenda.confirm")
def confirm(agenda_id: Id, uow: UnitOfWork, page: Page, form: Submission[NoAnswers]) -> Response:
    done, refused = service.confirm_all(uow, agenda_id, form.ask_version())
    words = [f"{done} {'decision' if done == 1 else 'decisions'} confirmed.", *refused]
    return page.go("agenda.show", agenda_id=agenda_id, notice=" ".join(words)[:1000])


@routes.post("/{agenda_id}/issue", needs=Act.AGENDA_ISSUE, name="agenda.issue", shows=show)
def issue(agenda_id: Id, uow: UnitOfWork, page: Page, form: Submission[NoAnswers]) -> Response:
    service.issue(uow, agenda_id, form.ask_version())
    return page.go("agenda.show", agenda_id=agenda_id, notice="The minutes are issued.")


def _at(items: list[ItemView], position: int) -> ItemView:
    found = next((one for one in items if one.position == position), None)
    if found is None:
        raise NotFound
    return found


def _on(uow: UnitOfWork, page: Page, agenda_id: int, position: int, notice: str) -> Response:
    """On to the next item that waits for a word, or back to the agenda."""
    left = [one for one in queries.items_of(uow, agenda_id) if one.is_out and not one.heard]
    after = next((one.position for one in left if one.position > position), None)
    where: dict[str, Any] = {"agenda_id": agenda_id}
    if after is None:
        return page.go("agenda.show", notice=notice, **where)
    return page.go("agenda.item", notice=notice, position=after, **where)
