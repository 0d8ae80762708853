"""The act of saying what a handover's checklist asks."""

from datetime import date

from app.agreements.checklists import queries
from app.agreements.checklists.models import ChecklistTemplate
from app.agreements.checklists.rules import HANDED_OVER, Item, Template, check_template
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.days import show_date
from app.kernel.errors import Invalid
from app.plans.rules import Outcome
from app.work.terms import next_number
from app.work.uow import UnitOfWork


def set_template(
    uow: UnitOfWork,
    contract_id: int,
    outcome: Outcome,
    template: Template,
    *,
    from_on: date,
    reason: str,
    began_from: int,
) -> None:
    """Ask something else from a day on; handovers that wait are held to it too.

    `began_from` is the number of the version the form was made from, 0 where there was none;
    Conflict if there is a newer one.
    """
    with uow.command(Act.CHECKLIST_EDIT):
        contract.find_contract(uow, contract_id)
        if outcome not in HANDED_OVER:
            raise Invalid("outcome", "Choose an outcome that hands a case over.")
        versions = queries.versions(uow, contract_id, outcome)
        number = next_number(versions, began_from, shown)
        check_template(template, from_on, uow.today)
        uow.add(
            ChecklistTemplate(
                contract_id=contract_id,
                outcome=outcome,
                number=number,
                from_on=from_on,
                items=" ".join(sorted(template.items)),
                visit_days=template.visit_days,
                supervision_days=template.supervision_days,
                reason=reason,
                by_user_id=uow.actor.user_id,
                at=uow.now,
            )
        )


def shown(row: ChecklistTemplate) -> dict[str, str]:
    """A version under the names that the form gives to its answers."""
    template = queries.template_of(row)
    asked = [item.label for item in Item if item in template.items]
    visit = template.visit_days
    return {
        "From": show_date(row.from_on),
        "Asked for": ", ".join(asked) or "Nothing more",
        "Working days since the child was seen": str(visit) if visit else "As in the contract",
        "Working days since supervision": str(template.supervision_days),
    }
