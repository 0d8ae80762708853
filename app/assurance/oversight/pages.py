"""The route of a case's management oversight."""

from starlette.responses import Response

from app.assurance.oversight import queries
from app.assurance.oversight.rules import LATELY, grip_of
from app.cases.register import queries as register
from app.kernel.acts import Act
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/cases")


@routes.get("/{case_id}/oversight", needs=Act.OVERSIGHT_VIEW, name="oversight.show")
def show(case_id: Id, uow: UnitOfWork, page: Page) -> Response:
    case = register.case_view(uow, case_id)
    uow.seen(lot_id=case.lot_id, case_id=case.id, what="oversight")
    entries = queries.of_case(uow, case_id)
    return page.show(
        "assurance/oversight/case.html",
        case=case,
        entries=entries,
        grip=grip_of(entries, uow.today),
        lately=LATELY.days,
    )
