"""Routes of a contract's calendar: what it is, how it changed, and changing it."""

from starlette.responses import Response

from app.cases.due_days import service
from app.cases.due_days.forms import CalendarForm
from app.contract import queries as contract
from app.contract.rules import COUNTING_WORDS, CalendarAct
from app.kernel.acts import Act
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/contract/{contract_id}/calendar")


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
