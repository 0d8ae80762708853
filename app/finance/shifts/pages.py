"""Routes of timesheets: the weeks of the lots, one week's sheet, a worker's own week."""

import secrets
from datetime import date, timedelta
from typing import Any

from starlette.responses import Response

from app.contract import queries as contract
from app.finance.rota.queries import lots_beside, lots_of_worker, workers_of
from app.finance.shifts import queries, service
from app.finance.shifts.forms import (
    CorrectionForm,
    DifferenceForm,
    OwnDifferenceForm,
    Way,
    WeekForm,
)
from app.finance.shifts.rules import CHOSEN, Correction, Differing, week_of
from app.kernel.acts import Act
from app.kernel.days import parse_date, week_beginning, week_ending
from app.kernel.errors import NotFound
from app.people.rules import show_hours
from app.people.workers import names_of_workers
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/timesheets")
WEEKS = 8
WEEK = timedelta(weeks=1)
KINDS = [(kind.value, kind.label) for kind in CHOSEN]
WAYS = [(Way.MORE.value, "More hours"), (Way.FEWER.value, "Fewer hours")]


@routes.get("", needs=Act.SHIFT_VIEW, name="shifts.index")
def index(uow: UnitOfWork, page: Page) -> Response:
    asked = page.may(Act.SHIFT_SIGN) or page.may(Act.SHIFT_ACCEPT)
    return page.show(
        "finance/shifts/index.html",
        lots=queries.list_weeks(uow, WEEKS),
        waiting=queries.count_waiting(uow) if asked else None,
        show_hours=show_hours,
    )


@routes.get("/own", needs=Act.SHIFT_OWN, name="shifts.own")
def own(uow: UnitOfWork, page: Page, query: Query, form: Submission[OwnDifferenceForm]) -> Response:
    friday = _week(form.value("day") or query.get("week", ""), uow.today)
    worker_id = _worker_id(uow)
    lots = lots_of_worker(uow, worker_id)
    form.start(lot_id=lots[0][0] if len(lots) == 1 else "", day=uow.today)
    sheets = [queries.sheet(uow, lot_id, friday, worker_id) for lot_id, _ in lots]
    return page.show(
        "finance/shifts/own.html",
        form=form,
        sheets=sheets,
        lots=lots,
        others=lots_beside(uow, lots[0][0]) if lots else [],
        kinds=KINDS,
        key=secrets.token_urlsafe(18),
        **_shown(friday, uow.today),
    )


@routes.post("/own", needs=Act.SHIFT_OWN, name="shifts.record_own", shows=own)
def record_own(uow: UnitOfWork, page: Page, form: Submission[OwnDifferenceForm]) -> Response:
    typed = form.valid
    asked = Differing(_worker_id(uow), typed.day, typed.kind, typed.minutes or 0)
    service.record_own(uow, typed.lot_id, asked, typed.other_lot_id, typed.note)
    return _to_own(page, typed.day, "The difference is recorded.")


@routes.post("/own/{shift_difference_id}/remove", needs=Act.SHIFT_OWN, name="shifts.remove_own")
def remove_own(
    shift_difference_id: Id, uow: UnitOfWork, page: Page, form: Submission[WeekForm]
) -> Response:
    service.remove_own(uow, shift_difference_id)
    return _to_own(page, form.valid.week or uow.today, "The difference is removed.")


@routes.get("/{lot_id}", needs=Act.SHIFT_VIEW, name="shifts.sheet")
def sheet(lot_id: Id, uow: UnitOfWork, page: Page, query: Query) -> Response:
    friday = _week(query.get("week", ""), uow.today)
    shown = queries.sheet(uow, lot_id, friday)
    return page.show(
        "finance/shifts/sheet.html",
        sheet=shown,
        key=secrets.token_urlsafe(18),
        over=friday <= uow.today,
        **_shown(friday, uow.today),
    )


@routes.post("/{lot_id}/sign", needs=Act.SHIFT_SIGN, name="shifts.sign")
def sign(lot_id: Id, uow: UnitOfWork, page: Page, form: Submission[WeekForm]) -> Response:
    friday = week_ending(form.valid.week or uow.today)
    service.sign(uow, lot_id, friday)
    return _back(page, lot_id, friday, "The week is signed. The council accepts it here.")


@routes.post("/{lot_id}/accept", needs=Act.SHIFT_ACCEPT, name="shifts.accept")
def accept(lot_id: Id, uow: UnitOfWork, page: Page, form: Submission[WeekForm]) -> Response:
    friday = week_ending(form.valid.week or uow.today)
    service.accept(uow, lot_id, friday, version=form.ask_version())
    return _back(page, lot_id, friday, "The week is accepted.")


@routes.get("/{lot_id}/difference", needs=Act.SHIFT_RECORD, name="shifts.form")
def record_form(
    lot_id: Id, uow: UnitOfWork, page: Page, query: Query, form: Submission[DifferenceForm]
) -> Response:
    friday = _week(form.value("day") or query.get("week", ""), uow.today)
    form.start(day=min(friday, uow.today))
    return page.show(
        "finance/shifts/difference.html",
        form=form,
        lot=contract.find_lot(uow, lot_id),
        workers=_workers(uow, lot_id, friday, form.value("practitioner_id")),
        others=lots_beside(uow, lot_id),
        kinds=KINDS,
        friday=friday,
    )


@routes.post(
    "/{lot_id}/difference", needs=Act.SHIFT_RECORD, name="shifts.record", shows=record_form
)
def record(lot_id: Id, uow: UnitOfWork, page: Page, form: Submission[DifferenceForm]) -> Response:
    typed = form.valid
    asked = Differing(typed.practitioner_id, typed.day, typed.kind, typed.minutes or 0)
    service.record(uow, lot_id, asked, typed.other_lot_id, typed.note)
    return _back(page, lot_id, week_ending(typed.day), "The difference is recorded.")


@routes.post(
    "/{lot_id}/differences/{shift_difference_id}/remove",
    needs=Act.SHIFT_RECORD,
    name="shifts.remove",
)
def remove(
    lot_id: Id, shift_difference_id: Id, uow: UnitOfWork, page: Page, form: Submission[WeekForm]
) -> Response:
    service.remove(uow, lot_id, shift_difference_id)
    return _back(page, lot_id, form.valid.week or uow.today, "The difference is removed.")


@routes.get("/{lot_id}/correction", needs=Act.SHIFT_CORRECT, name="shifts.correction")
def correct_form(
    lot_id: Id, uow: UnitOfWork, page: Page, query: Query, form: Submission[CorrectionForm]
) -> Response:
    friday = _week(form.value("day") or query.get("week", ""), uow.today)
    form.start(day=friday, way=Way.MORE)
    return page.show(
        "finance/shifts/correction.html",
        form=form,
        lot=contract.find_lot(uow, lot_id),
        workers=_workers(uow, lot_id, friday, form.value("practitioner_id")),
        ways=WAYS,
        friday=friday,
    )


@routes.post(
    "/{lot_id}/correction", needs=Act.SHIFT_CORRECT, name="shifts.correct", shows=correct_form
)
def correct(lot_id: Id, uow: UnitOfWork, page: Page, form: Submission[CorrectionForm]) -> Response:
    typed = form.valid
    minutes = typed.minutes if typed.way is Way.MORE else -typed.minutes
    service.correct(
        uow, lot_id, Correction(typed.practitioner_id, typed.day, minutes, typed.reason)
    )
    return _back(page, lot_id, week_ending(typed.day), "The correction is added to the week.")


def _week(typed: str, today: date) -> date:
    """The Friday of the week asked for, the running one by default and at the latest."""
    running = week_ending(today)
    try:
        return min(week_ending(parse_date(typed)), running) if typed else running
    except ValueError:
        return running


def _shown(friday: date, today: date) -> dict[str, Any]:
    """What every sheet of a week needs."""
    last = week_ending(today)
    return {
        "friday": friday,
        "days": week_of(friday),
        "earlier": friday - WEEK,
        "later": friday + WEEK if friday < last else None,
        "show_hours": show_hours,
    }


def _workers(uow: UnitOfWork, lot_id: int, friday: date, chosen: str) -> list[tuple[int, str]]:
    """Who works in a lot in a week, and whoever was chosen although they do not."""
    found = workers_of(uow, lot_id, week_beginning(friday), friday)
    workers = [(one.practitioner_id, one.name) for one in found]
    if not chosen or chosen in {str(who) for who, _ in workers}:
        return workers
    return workers + [one for one in names_of_workers(uow).items() if str(one[0]) == chosen]


def _worker_id(uow: UnitOfWork) -> int:
    if uow.actor.practitioner_id is None:
        raise NotFound
    return uow.actor.practitioner_id


def _back(page: Page, lot_id: int, day: date, notice: str) -> Response:
    return page.go_to(f"/timesheets/{lot_id}?week={week_ending(day)}", notice)


def _to_own(page: Page, day: date, notice: str) -> Response:
    return page.go_to(f"/timesheets/own?week={week_ending(day)}", notice)
