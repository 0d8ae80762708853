"""Routes of the register: the transfer of a case to another lot."""

from starlette.responses import Response

from app.cases.register import queries, service
from app.cases.register.forms import TransferForm
from app.contract import queries as contract
from app.kernel.acts import Act
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/cases")


@routes.get("/{case_id}/transfer", needs=Act.CASE_TRANSFER, name="cases.transfer_form")
def transfer_form(
    case_id: Id, uow: UnitOfWork, page: Page, form: Submission[TransferForm]
) -> Response:
    case = queries.case_view(uow, case_id)
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
