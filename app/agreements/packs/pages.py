"""Routes of handover packs: one case's page, and a team's whole pack."""

from starlette.responses import Response

from app.agreements.calendar import queries as calendar
from app.agreements.packs import queries
from app.agreements.packs.rules import MOST, Sheet, title_of
from app.cases.register.service import find
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.errors import Refused
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes()
MARK = "OFFICIAL-SENSITIVE"
SEEN = "handover pack"


@routes.get("/cases/{case_id}/handover/pack.pdf", needs=Act.PROPOSAL_VIEW, name="packs.case")
def case(case_id: Id, uow: UnitOfWork, page: Page) -> Response:
    sheet = queries.sheet_of(uow, case_id)
    uow.seen(lot_id=find(uow, case_id).lot_id, case_id=case_id, what=SEEN)
    return _pack(page, sheet.title, [sheet], f"handover-{case_id}.pdf")


@routes.get(
    "/handovers/calendar/teams/{team_id}/pack.pdf", needs=Act.CALENDAR_VIEW, name="packs.team"
)
def team(team_id: Id, uow: UnitOfWork, page: Page) -> Response:
    named = contract.find_team(uow, team_id)
    waiting = calendar.list_team(uow, team_id)
    if not waiting:
        raise Refused("No handover waits for this team.")
    sheets = [queries.sheet_of(uow, one.case_id) for one in waiting[:MOST]]
    for one in waiting[:MOST]:
        uow.seen(lot_id=named.lot_id, case_id=one.case_id, what=SEEN)
    return _pack(page, title_of(named.name, len(waiting)), sheets, f"handovers-{team_id}.pdf")


def _pack(page: Page, title: str, sheets: list[Sheet], file_name: str) -> Response:
    return page.pdf(
        "agreements/packs/pack.typ",
        file_name,
        MARK,
        title=title,
        sheets=[sheet.facts for sheet in sheets],
    )
