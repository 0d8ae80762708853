"""What people keep of the list of cases: saved views, and an edit sheet that came back."""

from datetime import date, timedelta
from typing import Any

from sqlmodel import col, select

from app.access.roles import Role
from app.cases.corrections.rules import AGE_BANDS, Facts
from app.cases.listing.models import SavedView
from app.cases.register.filter import CaseFilter
from app.cases.register.models import Case
from app.cases.register.rules import Priority
from app.cases.states import CaseState
from app.exchange.editsheets.models import EditSheet, EditSheetRow
from app.exchange.editsheets.rules import written
from app.work.uow import UnitOfWork
from seed.diary import at
from seed.setting import District, Setting

TAKEN_AWAY = 8
DIFFER = 3


def load_finding(uow: UnitOfWork, setting: Setting, today: date) -> None:
    """Views for the people of the first contract, and a sheet that waits to be applied."""
    first = setting.districts[0]
    uow.load(SavedView, [_view(first, *wish, today) for wish in _wishes(first)])
    _edit_sheet(uow, first, today)


def _wishes(first: District) -> list[tuple[int, str, CaseFilter, Role | None]]:
    manager, team_manager = first.project_manager, first.team_managers[0]
    waiting = CaseFilter(state=CaseState.UNALLOCATED, sort="triage")
    here = CaseFilter(lot=first.lot_id)
    return [
        (manager, "Overdue everywhere", CaseFilter(overdue=True), None),
        (manager, "Waiting, by triage", waiting, Role.TEAM_MANAGER),
        (manager, "With an open flag", CaseFilter(flagged=True), Role.DISTRICT_MANAGER),
        (
            manager,
            f"{first.name}: urgent",
            CaseFilter(lot=first.lot_id, priority=Priority.URGENT),
            None,
        ),
        (team_manager, "To authorise", CaseFilter(state=CaseState.SUBMITTED), None),
        (team_manager, "Cleared here", CaseFilter(lot=here.lot, show="cleared"), Role.PRACTITIONER),
        (first.district_manager, "Proposed to me", CaseFilter(state=CaseState.PROPOSED), None),
    ]


def _view(
    first: District, owner: int, name: str, wanted: CaseFilter, audience: Role | None, today: date
) -> dict[str, Any]:
    return {
        "version": 1,
        "contract_id": first.contract_id,
        "owner_id": owner,
        "name": name,
        "filter": wanted.url("").removeprefix("?"),
        "shared_with": audience,
        "saved_at": at(today - timedelta(days=9), 9 * 60 + 40),
    }


def _edit_sheet(uow: UnitOfWork, first: District, today: date) -> None:
    """The project manager took some waiting cases away and noted what a colleague knew."""
    wanted = CaseFilter(lot=first.lot_id, state=CaseState.UNALLOCATED, sort="reference")
    cases = uow.session.exec(
        select(Case).where(*wanted.criteria(today)).order_by(col(Case.reference)).limit(TAKEN_AWAY)
    ).all()
    sheet = uow.add(
        EditSheet(
            contract_id=first.contract_id,
            made_by=first.project_manager,
            made_at=at(today - timedelta(days=2), 16 * 60 + 10),
            filter=wanted.url("").removeprefix("?"),
            cases=len(cases),
            returned_at=at(today - timedelta(days=1), 8 * 60 + 50),
        )
    )
    uow.load(EditSheetRow, [_row(sheet, case, place) for place, case in enumerate(cases, 1)])


def _row(sheet: EditSheet, case: Case, place: int) -> dict[str, Any]:
    given = Facts.of(case)
    known = next(band for band in AGE_BANDS[3:] if band != given.age_band)
    back = Facts(**vars(given) | {"age_band": known, "source_team": "Front door"})
    differs = place <= DIFFER
    return {
        "sheet_id": sheet.id,
        "place": place,
        "case_id": case.id,
        "lot_id": case.lot_id,
        "version_given": case.version,
        "reference": case.reference,
        "facts": written(given),
        "line": place + 1 if differs else None,
        "returned": written(back) if differs else "",
        "problem": "",
        "applied_at": None,
    }
