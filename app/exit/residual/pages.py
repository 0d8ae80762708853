"""Routes of the residual list: which open case goes to whom, and closing a lot with none."""

from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from app.cases.register import queries as register
from app.cases.register import receiving
from app.cases.scope import queries as scope
from app.cases.states import OPEN
from app.contract import queries as contract
from app.exit.residual import queries, service
from app.exit.residual.forms import ReceiverForm, ReceiversForm
from app.exit.residual.queries import ResidualFilter
from app.exit.residual.rules import LOOKED_BACK, Way, Which, forecasts, receiving_due
from app.kernel.acts import Act
from app.kernel.days import days_asked
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/exit/residual")
outlook_routes = Routes("/exit/outlook")


@routes.get("", needs=Act.EXIT_RESIDUAL, name="exit.residual")
def residual(uow: UnitOfWork, page: Page, query: Query) -> Response:
    lots = contract.lot_choices(uow)
    lot_id = next((lot_id for lot_id, _ in lots if str(lot_id) == query.get("lot")), None)
    way = next((one for one in Way if one == query.get("way")), None)
    wanted = ResidualFilter(lot_id, way, query.get("receiver") == "none")
    return page.show(
        "exit/residual.html",
        cases=queries.list_residual(uow, wanted, query.get("page")),
        lots=lots,
        wanted=wanted,
        red=any(uow.today >= receiving_due(one.ends_on) for one in contract.list_contracts(uow)),
        ways=[(one.value, one.label) for one in Way],
    )


@routes.get("/lots/{lot_id}", needs=Act.EXIT_RECEIVE, name="exit.receivers_form")
def receivers_form(
    lot_id: Id, uow: UnitOfWork, page: Page, form: Submission[ReceiversForm]
) -> Response:
    lot = contract.find_lot(uow, lot_id)
    form.start(which=Which.PLANNED.value)
    unnamed = next(one.unnamed for one in queries.count_residual(uow) if one.lot_id == lot_id)
    return page.show(
        "exit/receivers.html",
        form=form,
        lot=lot,
        unnamed=unnamed,
        teams=_teams(uow, lot_id),
        which=[(one.value, one.label) for one in Which],
    )


@routes.post("/lots/{lot_id}", needs=Act.EXIT_RECEIVE, name="exit.receivers", shows=receivers_form)
def receivers(lot_id: Id, uow: UnitOfWork, page: Page, form: Submission[ReceiversForm]) -> Response:
    number = service.name_receivers(uow, lot_id, form.valid.receiver, form.valid.which)
    notice = f"A receiver is named for {number:,} case{'' if number == 1 else 's'}."
    return page.go_to(f"{page.site.url('exit.residual')}?lot={lot_id}", notice)


@routes.get("/cases/{case_id}", needs=Act.EXIT_RECEIVE, name="exit.receiver_form")
def receiver_form(
    case_id: Id, uow: UnitOfWork, page: Page, form: Submission[ReceiverForm]
) -> Response:
    case = register.case_view(uow, case_id)
    kept = receiving.receiver_row(uow, case_id)
    known: dict[str, Any] = vars(queries.receiver_of(kept)) if kept else {}
    form.start(**known)
    return page.show(
        "exit/receiver.html",
        form=form,
        case=case,
        teams=_teams(uow, case.lot_id),
        named=queries.named_by(uow, case_id),
    )


@routes.post("/cases/{case_id}", needs=Act.EXIT_RECEIVE, name="exit.receiver", shows=receiver_form)
def receiver(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[ReceiverForm]) -> Response:
    service.name_receiver(uow, case_id, form.valid.receiver)
    return page.go("exit.residual", notice="The receiver is named.")


@routes.post("/lots/{lot_id}/close", needs=Act.EXIT_LOT, name="exit.close_lot")
def close_lot(lot_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.close_lot(uow, lot_id)
    return page.go("exit.index", notice="The lot is closed: no case enters it any more.")


@routes.post("/lots/{lot_id}/open", needs=Act.EXIT_LOT, name="exit.open_lot")
def open_lot(lot_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.open_lot_again(uow, lot_id)
    return page.go("exit.index", notice="The lot is open again.")


def _teams(uow: UnitOfWork, lot_id: int) -> list[tuple[int | None, str]]:
    return [(team.id, team.name) for team in contract.list_teams(uow, lot_id)]


@outlook_routes.get("", needs=Act.EXIT_VIEW, name="exit.outlook")
def outlook(uow: UnitOfWork, page: Page, query: Query) -> Response:
    contracts = contract.list_contracts(uow)
    ends = {f"on-{one.id}": one.ends_on for one in contracts}
    asked, notices = days_asked(query, ends)
    # Every open case is looked at for it: before it matters only when somebody asks.
    counted = query.get("fortnight") == "yes"
    changes = scope.list_since(uow, uow.today - LOOKED_BACK)
    residual_lots = queries.count_residual(uow)
    names = dict(contract.lot_choices(uow))
    return page.show(
        "exit/outlook.html",
        contracts=contracts,
        asked=asked,
        notices=notices,
        residual=residual_lots,
        states=OPEN,
        rooms=queries.list_rooms(
            uow, residual_lots, {one.id: asked[f"on-{one.id}"] for one in contracts}
        ),
        forecasts={
            lot_id: forecasts(
                [change for change in changes if change.lot_id == lot_id],
                asked[f"on-{_contract_of(residual_lots, lot_id)}"],
                uow.today,
            )
            for lot_id in names
        },
        carried=queries.list_carried(uow),
        exact=page.may(Act.CASE_VIEW),
        fortnights={
            one.id: queries.last_fortnight(uow, one, asked[f"on-{one.id}"])
            for one in contracts
            if one.starts_on <= asked[f"on-{one.id}"]
            and (counted or uow.today >= receiving_due(asked[f"on-{one.id}"]))
        },
        shown_from={one.id: receiving_due(asked[f"on-{one.id}"]) for one in contracts},
    )


def _contract_of(lots: Sequence[queries.Residual], lot_id: int) -> int:
    return next(lot.contract_id for lot in lots if lot.lot_id == lot_id)
