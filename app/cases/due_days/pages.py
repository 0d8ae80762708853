"""Routes of a contract's calendar and clocks: what they are, how they changed, changing them."""

import secrets

from starlette.responses import Response

from app.cases.due_days import queries, service
from app.cases.due_days.forms import CalendarForm, ClocksForm
from app.cases.due_days.rules import LABELS, LIMITS, STARTS, differences, shown
from app.contract import queries as contract
from app.contract.rules import COUNTING_WORDS, CalendarAct
from app.kernel.acts import Act
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, NoAnswers, Routes
from app.work.uow import UnitOfWork

routes = Routes("/contract/{contract_id}/calendar")
clock_routes = Routes("/contract/{contract_id}/clocks")


@routes.get("", needs=Act.CONTRACT_EDIT, name="calendar.form")
def calendar_form(
    contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[CalendarForm]
) -> Response:
    return page.show(
        "cases/due_days/calendar.html",
        form=form,
        contract=contract.find_contract(uow, contract_id),
        calendar=contract.calendar(uow, contract_id),
        extra_days=contract.extra_days(uow, contract_id),
        changes=contract.calendar_changes(uow, contract_id),
        acts=[
            (CalendarAct.COUNTING.value, "How working days are counted"),
            (CalendarAct.DAY_ADDED.value, "One more day off"),
            (CalendarAct.DAY_REMOVED.value, "A day off less"),
        ],
        counting={one.value: words for one, words in COUNTING_WORDS.items()},
    )


@routes.post("", needs=Act.CONTRACT_EDIT, name="calendar.change", shows=calendar_form)
def change(
    contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[CalendarForm]
) -> Response:
    changed = service.change_calendar(uow, contract_id, form.valid.wish)
    cases = "1 open case is" if changed == 1 else f"{changed:,} open cases are"
    return page.go(
        "calendar.form",
        contract_id=contract_id,
        notice=f"The calendar is changed: {cases} due on another day.",
    )


@clock_routes.get("", needs=Act.CONTRACT_VIEW, name="clocks.show")
def clocks(contract_id: Id, uow: UnitOfWork, page: Page) -> Response:
    in_force = queries.clocks_of(uow, contract_id)
    versions = queries.versions(uow, contract_id)
    draft = next((one for one in versions if one.agreed_at is None), None)
    return page.show(
        "cases/due_days/clocks.html",
        contract=contract.find_contract(uow, contract_id),
        in_force=shown(in_force),
        draft=draft,
        changes=differences(in_force, draft.clocks) if draft else [],
        agreed=[one for one in versions if one.agreed_at is not None],
        key=secrets.token_urlsafe(18),
    )


@clock_routes.get("/draft", needs=Act.CLOCK_TERMS_DRAFT, name="clocks.form")
def clocks_form(
    contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[ClocksForm]
) -> Response:
    in_force, kept = queries.clocks_of(uow, contract_id), queries.draft_of(uow, contract_id)
    form.start(
        version=kept.version if kept else 0,
        reason=kept.reason if kept else "",
        **vars(queries.terms_of(kept) if kept else in_force),
    )
    return page.show(
        "cases/due_days/clocks_draft.html",
        form=form,
        contract=contract.find_contract(uow, contract_id),
        labels=LABELS,
        limits=LIMITS,
        starts=[(one.value, one.words.capitalize()) for one in STARTS],
    )


@clock_routes.post("/draft", needs=Act.CLOCK_TERMS_DRAFT, name="clocks.draft", shows=clocks_form)
def draft(contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[ClocksForm]) -> Response:
    said = form.valid
    service.draft(uow, contract_id, said.clocks, said.reason, version=form.ask_version())
    return page.go(
        "clocks.show", contract_id=contract_id, notice="The draft waits for the council."
    )


@clock_routes.post("/agree", needs=Act.CLOCK_TERMS_AGREE, name="clocks.agree")
def agree(contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[NoAnswers]) -> Response:
    changed = service.agree(uow, contract_id, version=form.ask_version())
    cases = "1 open case is" if changed == 1 else f"{changed:,} open cases are"
    return page.go(
        "clocks.show",
        contract_id=contract_id,
        notice=f"The clocks are agreed: {cases} due on another day.",
    )
