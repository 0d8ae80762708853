"""Routes of the points table: the one in force, its history, drafting and agreeing."""

import secrets

from starlette.responses import Response

from app.contract import queries as contract
from app.kernel.acts import Act
from app.people.points import queries, service
from app.people.points.forms import PointsForm
from app.people.points.rules import (
    LABELS,
    Band,
    PointsTable,
    Stage,
    Travel,
    figures,
    points_of,
)
from app.people.rules import show_hours
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, NoAnswers, Routes
from app.work.uow import UnitOfWork

routes = Routes("/people/points")


@routes.get("", needs=Act.POINTS_VIEW, name="points.index")
def index(uow: UnitOfWork, page: Page) -> Response:
    contracts = queries.list_points(uow)
    return page.show(
        "people/points/index.html",
        contracts=contracts,
        grids={one.contract_id: _grid(one.table) for one in contracts},
        stages=list(Stage),
        show_hours=show_hours,
        keys={one.contract_id: secrets.token_urlsafe(18) for one in contracts},
    )


@routes.get("/{contract_id}/draft", needs=Act.POINTS_DRAFT, name="points.form")
def draft_form(
    contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[PointsForm]
) -> Response:
    held = contract.find_contract(uow, contract_id)
    draft = queries.draft_of(uow, contract_id)
    table = queries.table_of(draft) if draft else queries.points_table(uow, contract_id)
    initial: dict[str, object] = {
        **figures(table),
        "full_time_minutes": show_hours(table.full_time_minutes),
        "reason": draft.reason if draft else "",
    }
    form.start(version=draft.version if draft else 0, **initial)
    return page.show("people/points/draft.html", form=form, contract=held, labels=LABELS)


@routes.post("/{contract_id}/draft", needs=Act.POINTS_DRAFT, name="points.draft", shows=draft_form)
def draft(contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[PointsForm]) -> Response:
    typed = form.valid.model_dump()
    reason = typed.pop("reason")
    service.draft(uow, contract_id, PointsTable(**typed), reason, version=form.ask_version())
    return page.go("points.index", notice="The draft is saved. The council agrees it here.")


@routes.post("/{contract_id}/agree", needs=Act.POINTS_AGREE, name="points.agree")
def agree(contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[NoAnswers]) -> Response:
    service.agree(uow, contract_id, version=form.ask_version())
    return page.go("points.index", notice="The points table is agreed and holds from now on.")


def _grid(table: PointsTable) -> list[tuple[Band, Travel, list[int]]]:
    """Points of a case by band and travel, one for each stage."""
    return [
        (band, travel, [points_of(table, band, stage, travel) for stage in Stage])
        for band in Band
        for travel in Travel
    ]
