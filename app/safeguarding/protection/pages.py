"""The route of one case's child-protection page."""

from starlette.responses import Response

from app.cases.register import queries as register
from app.kernel.acts import Act
from app.safeguarding.cohorts import queries as cohorts
from app.safeguarding.enquiries import queries as enquiries
from app.safeguarding.issues import queries as issues
from app.safeguarding.proceedings import queries as proceedings
from app.safeguarding.reviews import queries as reviews
from app.safeguarding.thresholds import queries as thresholds
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes()


@routes.get("/cases/{case_id}/protection", needs=Act.CASE_VIEW, name="protection.show")
def show(case_id: Id, uow: UnitOfWork, page: Page) -> Response:
    case = register.case_view(uow, case_id)
    uow.seen(lot_id=case.lot_id, case_id=case.id, what="protection")
    return page.show(
        "safeguarding/protection/show.html",
        case=case,
        issues=issues.of_case(uow, case_id),
        enquiries=enquiries.of_case(uow, case_id),
        plans=reviews.of_case(uow, case_id),
        proceedings=proceedings.of_case(uow, case_id),
        thresholds=thresholds.of_case(uow, case_id),
        cohorts=cohorts.of_case(uow, case_id, case.age_band),
    )
