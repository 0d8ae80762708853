"""Routes of holds: the list, one case's time by holder, putting on hold, renewing, taking back."""

import secrets
from datetime import date, timedelta

from starlette.responses import Response

from app.cases.actions import queries as actions
from app.cases.holds import queries, service
from app.cases.holds.forms import HoldForm, RenewForm
from app.cases.holds.queries import HoldFilter, HoldView
from app.cases.holds.rules import HoldReason, check_state, shares
from app.cases.holds.service import Wish
from app.cases.register import queries as register
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.clock import Holder, time_by_holder
from app.kernel.days import show_date
from app.kernel.errors import NotFound
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes()
REASONS = [(reason.value, reason.words) for reason in HoldReason]
USUAL = timedelta(days=14)


@routes.get("/holds", needs=Act.HOLD_VIEW, name="holds.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    lots = contract.lot_choices(uow)
    wanted = HoldFilter.read(query, dict(lots))
    return page.show(
        "cases/holds/index.html",
        held=queries.list_held(uow, wanted, query.get("page")),
        to_review=queries.count_holds(uow, HoldFilter(wanted.lot, wanted.holder, review_due=True)),
        wanted=wanted,
        lots=lots,
        holders=[(one.value, one.label) for one in Holder if one is not Holder.AGENCY],
        page_url=wanted.url,
    )


@routes.get("/cases/{case_id}/clock", needs=Act.HOLD_VIEW, name="holds.show")
def show(case_id: Id, uow: UnitOfWork, page: Page) -> Response:
    case = register.case_view(uow, case_id)
    uow.seen(lot_id=case.lot_id, case_id=case.id, what="whose clock")
    holds = queries.holds_of(uow, case_id)
    calendar = contract.calendar(uow, case.contract_id)
    tiles = queries.tiles_of(uow, case, calendar, holds=holds)
    shared = time_by_holder([one.held for one in tiles], calendar)
    return page.show(
        "cases/holds/case.html",
        case=case,
        holds=holds,
        tiles=list(zip(tiles, shares(tiles, calendar), strict=True)),
        shared=[(holder, days) for holder, days in shared.items() if days],
        total=sum(shared.values()),
        running=next((one for one in holds if case.state.is_open and one.runs(uow.today)), None),
        key=secrets.token_urlsafe(18),
    )


@routes.get("/cases/{case_id}/hold", needs=Act.HOLD_PLACE, name="holds.form")
def hold_form(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[HoldForm]) -> Response:
    case = register.case_view(uow, case_id)
    check_state(case.state)
    form.start(
        began_on=uow.today,
        owner_id=uow.actor.user_id,
        review_on=uow.today + USUAL / 2,
        until_on=uow.today + USUAL,
    )
    return page.show(
        "cases/holds/hold.html",
        form=form,
        case=case,
        reasons=REASONS,
        owners=actions.possible_owners(uow, case.id),
    )


@routes.post("/cases/{case_id}/hold", needs=Act.HOLD_PLACE, name="holds.place", shows=hold_form)
def place(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[HoldForm]) -> Response:
    wish = Wish(**form.valid.model_dump())
    until_on = service.place(uow, case_id, wish)
    return page.go("holds.show", case_id=case_id, notice=_back_on(wish.until_on, until_on))


@routes.get("/holds/{hold_id}/renew", needs=Act.HOLD_RENEW, name="holds.renew_form")
def renew_form(hold_id: Id, uow: UnitOfWork, page: Page, form: Submission[RenewForm]) -> Response:
    hold = _hold(uow, hold_id)
    case = register.case_view(uow, hold.case_id)
    form.start(
        version=hold.version,
        owner_id=hold.owner_id,
        review_on=max(hold.review_on, uow.today + USUAL / 2),
        until_on=max(hold.until_on, uow.today + USUAL),
        note=hold.note,
    )
    return page.show(
        "cases/holds/renew.html",
        form=form,
        hold=hold,
        case=case,
        owners=actions.possible_owners(uow, case.id),
    )


@routes.post("/holds/{hold_id}/renew", needs=Act.HOLD_RENEW, name="holds.renew", shows=renew_form)
def renew(hold_id: Id, uow: UnitOfWork, page: Page, form: Submission[RenewForm]) -> Response:
    said = form.valid
    form.call("owner_id", actions.possible_owners(uow, _hold(uow, hold_id).case_id))
    until_on = service.renew(uow, hold_id, version=form.ask_version(), **said.model_dump())
    notice = _back_on(said.until_on, until_on)
    return page.go("holds.show", case_id=_hold(uow, hold_id).case_id, notice=notice)


@routes.post("/holds/{hold_id}/end", needs=Act.HOLD_END, name="holds.end")
def end(hold_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.end(uow, hold_id)
    hold = _hold(uow, hold_id)
    return page.go("holds.show", case_id=hold.case_id, notice="The case is back.")


def _back_on(asked: date, until_on: date) -> str:
    """When the case comes back, and why not on the day that was asked for."""
    moved = "" if asked == until_on else f": {show_date(asked)} is no working day"
    return f"On hold until {show_date(until_on)}{moved}."


def _hold(uow: UnitOfWork, hold_id: int) -> HoldView:
    hold = queries.find_hold(uow, hold_id)
    if hold is None:
        raise NotFound
    return hold
