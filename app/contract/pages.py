"""Routes of the contract: what is agreed in it, intakes, terms for waiting children, deputies."""

import secrets
from datetime import date

from starlette.responses import Response

from app.access.roles import Role
from app.contract import queries, service
from app.contract.forms import DeputyForm, IntakeForm, ManagerForm, WaitingForm
from app.contract.rules import COUNTING_WORDS, WAITING_BOUNDS, Placeholder
from app.contract.views import LotView, show_contracts
from app.kernel.acts import Act
from app.web.charts import Chart, Point
from app.web.charts.plan import plan
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/contract")
deputy_routes = Routes("/deputies")
# Whom the contract names beside the District Managers of its lots.
NAMED = (Role.COMMISSIONER, Role.COUNCIL_PROJECT_MANAGER, Role.AGENCY_PROJECT_MANAGER)


@routes.get("", needs=Act.CONTRACT_VIEW, name="contract.show")
def show(uow: UnitOfWork, page: Page) -> Response:
    contracts = show_contracts(uow)
    charts = {lot.lot_id: _curve(lot, uow.today) for one in contracts for lot in one.lots}
    return page.show(
        "contract/show.html",
        contracts=contracts,
        charts=charts,
        counting=COUNTING_WORDS,
        people=queries.people(uow, *NAMED),
    )


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
    service.set_intake(uow, team_id, form.valid.weekly_intake, version=form.ask_version())
    return page.go("contract.show", notice="The team’s weekly intake is saved.")


@routes.get("/{contract_id}/waiting", needs=Act.CONTRACT_EDIT, name="contract.waiting_form")
def waiting_form(
    contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[WaitingForm]
) -> Response:
    contract = queries.find_contract(uow, contract_id)
    versions = queries.waiting_versions(uow, contract_id)
    terms = queries.waiting(uow, contract_id)
    number = versions[0][0].number if versions else 0
    form.start(version=number, from_on=uow.today, **vars(terms))
    return page.show(
        "contract/waiting.html",
        form=form,
        contract=contract,
        bounds=WAITING_BOUNDS,
        placeholders=[(one.value, one.words.capitalize()) for one in Placeholder],
        versions=[(one, by, service.waiting_shown(one)) for one, by in versions],
    )


@routes.post(
    "/{contract_id}/waiting",
    needs=Act.CONTRACT_EDIT,
    name="contract.waiting",
    shows=waiting_form,
)
def waiting(
    contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[WaitingForm]
) -> Response:
    said = form.valid
    service.set_waiting(
        uow,
        contract_id,
        said.terms,
        from_on=said.from_on,
        reason=said.reason,
        began_from=form.ask_version(),
    )
    return page.go("contract.show", notice="The terms for waiting children are saved.")


@deputy_routes.get("", needs=Act.PROPOSAL_VIEW, name="deputies.index")
def deputies(uow: UnitOfWork, page: Page, form: Submission[DeputyForm]) -> Response:
    covers = queries.list_covers(uow)
    lots = queries.list_lots(uow)
    form.start(starts_on=uow.today, away=True)
    own = not page.may(Act.DEPUTY_NAME) or uow.actor.role is not Role.DISTRICT_MANAGER
    return page.show(
        "contract/deputies.html",
        form=form,
        deciding=[(lot, queries.deciders(uow, lot.id or 0)) for lot in lots],
        covers=[(one, one.ends_on >= uow.today and not one.ended_at) for one in covers],
        lots=[
            (lot.id, lot.name)
            for lot in lots
            if own or lot.district_manager_id == uow.actor.user_id
        ],
        people=queries.deputy_choices(uow) if page.may(Act.DEPUTY_NAME) else [],
        keys=[secrets.token_urlsafe(18) for _ in covers],
    )


@deputy_routes.post("", needs=Act.DEPUTY_NAME, name="deputies.name", shows=deputies)
def name_deputy(uow: UnitOfWork, page: Page, form: Submission[DeputyForm]) -> Response:
    said = form.valid
    service.name_deputy(
        uow, said.lot_id, said.user_id, said.starts_on, said.ends_on, away=said.away
    )
    return page.go("deputies.index", notice="The deputy is named.")


@deputy_routes.get("/lots/{lot_id}", needs=Act.DISTRICT_MANAGER_NAME, name="district_managers.form")
def manager_form(
    lot_id: Id, uow: UnitOfWork, page: Page, form: Submission[ManagerForm]
) -> Response:
    lot = queries.find_lot(uow, lot_id)
    form.start(version=lot.version)
    people = queries.manager_choices(uow, lot_id)
    others = [one for one in people if one[0] != lot.district_manager_id]
    return page.show("contract/district_manager.html", form=form, lot=lot, people=others)


@deputy_routes.post(
    "/lots/{lot_id}",
    needs=Act.DISTRICT_MANAGER_NAME,
    name="district_managers.name",
    shows=manager_form,
)
def name_manager(
    lot_id: Id, uow: UnitOfWork, page: Page, form: Submission[ManagerForm]
) -> Response:
    form.call("user_id", queries.manager_choices(uow, lot_id))
    service.change_district_manager(uow, lot_id, form.valid.user_id, form.ask_version())
    return page.go("deputies.index", notice="The District Manager is named.")


@deputy_routes.post("/{deputy_id}/end", needs=Act.DEPUTY_NAME, name="deputies.end")
def end_cover(deputy_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.end_cover(uow, deputy_id)
    return page.go("deputies.index", notice="The cover is ended.")


def _curve(lot: LotView, today: date) -> Chart:
    start = Point(lot.target.starts_on, lot.target.opening_backlog)
    weeks = [Point(week.week_ending, week.still_open) for week in lot.planned]
    return plan([start, *weeks], today, f"Planned curve of {lot.name}")
