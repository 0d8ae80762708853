"""Routes of the register: the list of cases and the transfer of one to another lot."""

from collections.abc import Mapping
from functools import cache

from jinja2 import Environment
from starlette.responses import Response

from app.cases.register import queries, service
from app.cases.register.filter import CaseFilter
from app.cases.register.forms import TransferForm
from app.cases.register.rules import Priority
from app.cases.states import CaseState
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.errors import NotFound
from app.people import queries as people
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/cases")


@routes.get("", needs=Act.CASE_VIEW, name="cases.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    wanted, ignored = CaseFilter.read(query)
    lots = contract.lot_choices(uow)
    if wanted.lot is not None and wanted.lot not in dict(lots):
        ignored.append(f"“{wanted.lot}” is not a known lot.")
        wanted = wanted.without("lot")
    practitioners = people.list_practitioners(uow) if page.may(Act.PEOPLE_VIEW) else []
    return page.show(
        "cases/register/index.html",
        cases=queries.list_cases(uow, wanted, query.get("page")),
        wanted=wanted,
        ignored=ignored,
        lots=lots,
        states=[(state.value, state.label) for state in CaseState],
        priorities=[(priority.value, priority.label) for priority in Priority],
        practitioners=practitioners,
        chips=_chips(wanted, {"lot": lots, "practitioner": practitioners}),
        state_tags=state_tags(page),
    )


def _chips(
    wanted: CaseFilter, named: Mapping[str, list[tuple[int, str]]]
) -> list[tuple[str, str, str]]:
    """Label, words and the address without it, for each part of the filter in force."""
    names = {name: {str(key): words for key, words in pairs} for name, pairs in named.items()}
    return [
        (
            _spoken(name),
            value if name == "reference" else names.get(name, {}).get(value, _spoken(value)),
            wanted.without(name).url(),
        )
        for name, value in wanted.words().items()
        if name not in {"sort", "down"}
    ]


def _spoken(code: str) -> str:
    return code.replace("_", " ").capitalize()


def state_tags(page: Page) -> dict[str, str]:
    """Each state's tag, drawn once instead of once for every row."""
    return _draw_state_tags(page.site.templates)


@cache
def _draw_state_tags(templates: Environment) -> dict[str, str]:
    tags = templates.get_template("parts/tags.html").module
    return {state.value: tags.state(state.value) for state in CaseState}  # type: ignore[attr-defined]


@routes.get("/{case_id}/transfer", needs=Act.CASE_TRANSFER, name="cases.transfer_form")
def transfer_form(
    case_id: Id, uow: UnitOfWork, page: Page, form: Submission[TransferForm]
) -> Response:
    case = queries.case_view(uow, case_id)
    if case is None:
        raise NotFound
    others = [
        (lot.id, lot.name)
        for lot in contract.list_lots(uow)
        if lot.contract_id == case.contract_id and lot.id != case.lot_id
    ]
    return page.show("cases/register/transfer.html", form=form, case=case, lots=others)


@routes.post(
    "/{case_id}/transfer", needs=Act.CASE_TRANSFER, name="cases.transfer", shows=transfer_form
)
def transfer(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[TransferForm]) -> Response:
    service.transfer(uow, case_id, form.valid.lot_id)
    return page.go("cases.show", case_id=case_id, notice="The case has moved to another lot.")
