"""Routes of checklists: what each outcome asks, and changing it."""

from starlette.responses import Response

from app.agreements.checklists import queries, service
from app.agreements.checklists.forms import TemplateForm
from app.agreements.checklists.rules import HANDED_OVER, LONGEST_SUPERVISION, LONGEST_VISIT, Item
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.errors import NotFound
from app.plans.rules import Outcome
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/contract")


@routes.get("/{contract_id}/checklists", needs=Act.PROPOSAL_VIEW, name="checklists.index")
def index(contract_id: Id, uow: UnitOfWork, page: Page) -> Response:
    return page.show(
        "agreements/checklists/index.html",
        contract=contract.find_contract(uow, contract_id),
        templates=queries.list_in_force(uow, contract_id),
        items=list(Item),
    )


@routes.get("/{contract_id}/checklists/edit", needs=Act.CHECKLIST_EDIT, name="checklists.form")
def edit_form(
    contract_id: Id, uow: UnitOfWork, page: Page, query: Query, form: Submission[TemplateForm]
) -> Response:
    outcome = _outcome(form.value("outcome") or query.get("outcome", ""))
    versions = queries.versions(uow, contract_id, outcome)
    template = queries.in_force(uow, contract_id, outcome)
    form.start(
        version=versions[0][0].number if versions else 0,
        outcome=outcome.value,
        items=[item.value for item in Item if item in template.items],
        visit_days=template.visit_days,
        supervision_days=template.supervision_days,
        from_on=uow.today,
    )
    return page.show(
        "agreements/checklists/edit.html",
        form=form,
        contract=contract.find_contract(uow, contract_id),
        outcome=outcome,
        items=[(item.value, item.label) for item in Item],
        longest=(LONGEST_VISIT, LONGEST_SUPERVISION),
        versions=[(one, by, service.shown(one)) for one, by in versions],
    )


@routes.post(
    "/{contract_id}/checklists/edit",
    needs=Act.CHECKLIST_EDIT,
    name="checklists.edit",
    shows=edit_form,
)
def edit(contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[TemplateForm]) -> Response:
    said = form.valid
    service.set_template(
        uow,
        contract_id,
        said.outcome,
        said.template,
        from_on=said.from_on,
        reason=said.reason,
        began_from=form.ask_version(),
    )
    return page.go("checklists.index", contract_id=contract_id, notice="The checklist is saved.")


def _outcome(asked: str) -> Outcome:
    """The outcome that an address names, the first of them where it names none."""
    found = next((one for one in HANDED_OVER if one.value == asked), None)
    if asked and found is None:
        raise NotFound
    return found or HANDED_OVER[0]
