"""Routes of the contract: everything agreed in it, and a receiving team's weekly intake."""

from datetime import date

from starlette.responses import Response

from app.contract import queries, service
from app.contract.forms import IntakeForm
from app.contract.queries import LotView
from app.kernel.acts import Act
from app.web.charts import Chart, Point
from app.web.charts.plan import plan
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/contract")


@routes.get("", needs=Act.CONTRACT_VIEW, name="contract.show")
def show(uow: UnitOfWork, page: Page) -> Response:
    contracts = queries.show_contracts(uow)
    charts = {lot.lot_id: _curve(lot, uow.today) for one in contracts for lot in one.lots}
    return page.show("contract/show.html", contracts=contracts, charts=charts)


@routes.get("/teams/{team_id}/intake", needs=Act.CONTRACT_EDIT, name="contract.intake_form")
def intake_form(team_id: Id, uow: UnitOfWork, page: Page, form: Submission[IntakeForm]) -> Response:
    team = queries.find_team(uow, team_id)
    form.start(version=team.version, weekly_intake=team.weekly_intake)
    lot = queries.find_lot(uow, team.lot_id)
    return page.show("contract/intake.html", form=form, team=team, lot=lot)


@routes.post(
    "/teams/{team_id}/intake",
    needs=Act.CONTRACT_EDIT,
    name="contract.intake",
    shows=intake_form,
)
def intake(team_id: Id, uow: UnitOfWork, page: Page, form: Submission[IntakeForm]) -> Response:
    service.set_intake(uow, team_id, form.valid.weekly_intake, version=form.expected_version)
    return page.go("contract.show", notice="The team's weekly intake is saved.")


def _curve(lot: LotView, today: date) -> Chart:
    start = Point(lot.target.starts_on, lot.target.opening_backlog)
    weeks = [Point(week.week_ending, week.still_open) for week in lot.planned]
    return plan([start, *weeks], today, f"Planned curve of {lot.name}")
