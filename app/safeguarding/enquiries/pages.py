"""Routes of section 47 enquiries: those that run, a new one, its outcome and its conference."""

from starlette.responses import Response

from app.cases.register import queries as register
from app.kernel.acts import Act
from app.safeguarding.enquiries import queries, service
from app.safeguarding.enquiries.forms import ConferenceForm, OpenForm, OutcomeForm
from app.safeguarding.enquiries.rules import Agencies, ConferenceResult, EnquiryOutcome, Show
from app.safeguarding.thresholds.rules import Rationale
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes()
RATIONALES = [(one.value, one.label) for one in Rationale]


@routes.get("/section-47", needs=Act.PROTECTION_VIEW, name="enquiries.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    show = Show.read(query.get("show"))
    return page.show(
        "safeguarding/enquiries/index.html",
        enquiries=queries.list_running(uow, show, query.get("page")),
        show=show,
        shows=list(Show),
        held=queries.timeliness_by_lot(uow),
        progressed=queries.progressed_by_lot(uow),
        weeks=queries.COUNTED.days // 7,
        page_url=lambda number: page.site.url("enquiries.index", show=show.value, page=number),
    )


@routes.get("/cases/{case_id}/section-47", needs=Act.ENQUIRY_OPEN, name="enquiries.form")
def new(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[OpenForm]) -> Response:
    case = register.case_view(uow, case_id)
    form.start(strategy_on=uow.today, practitioner_id=case.practitioner_id)
    choosing = page.may(Act.CASE_REALLOCATE)
    return page.show(
        "safeguarding/enquiries/open.html",
        form=form,
        case=case,
        agencies=[(one.value, one.label) for one in Agencies],
        rationales=RATIONALES,
        leads=queries.lead_choices(uow, case.lot_id) if choosing else None,
    )


@routes.post(
    "/cases/{case_id}/section-47", needs=Act.ENQUIRY_OPEN, name="enquiries.open", shows=new
)
def open_enquiry(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[OpenForm]) -> Response:
    said = form.valid
    service.open_enquiry(
        uow, case_id, said.strategy_on, said.agencies, said.because, said.practitioner_id
    )
    return page.go("protection.show", case_id=case_id, notice="The enquiry is open.")


@routes.get(
    "/section-47/{enquiry_id}/outcome", needs=Act.ENQUIRY_CONCLUDE, name="enquiries.outcome_form"
)
def outcome_form(
    enquiry_id: Id, uow: UnitOfWork, page: Page, form: Submission[OutcomeForm]
) -> Response:
    form.start(concluded_on=uow.today)
    return page.show(
        "safeguarding/enquiries/outcome.html",
        form=form,
        enquiry=queries.find_view(uow, enquiry_id),
        outcomes=[(one.value, one.label) for one in EnquiryOutcome],
        rationales=RATIONALES,
    )


@routes.post(
    "/section-47/{enquiry_id}/outcome",
    needs=Act.ENQUIRY_CONCLUDE,
    name="enquiries.conclude",
    shows=outcome_form,
)
def conclude(
    enquiry_id: Id, uow: UnitOfWork, page: Page, form: Submission[OutcomeForm]
) -> Response:
    said = form.valid
    service.conclude(uow, enquiry_id, said.concluded_on, said.outcome, said.because)
    return _back(uow, page, enquiry_id, "The outcome is recorded.")


@routes.get(
    "/section-47/{enquiry_id}/conference",
    needs=Act.ENQUIRY_CONFER,
    name="enquiries.conference_form",
)
def conference_form(
    enquiry_id: Id, uow: UnitOfWork, page: Page, form: Submission[ConferenceForm]
) -> Response:
    enquiry = queries.find_view(uow, enquiry_id)
    form.start(version=enquiry.version, conference_on=enquiry.course.conference_on)
    results = [(one.value, one.label) for one in ConferenceResult]
    return page.show(
        "safeguarding/enquiries/conference.html", form=form, enquiry=enquiry, results=results
    )


@routes.post(
    "/section-47/{enquiry_id}/conference",
    needs=Act.ENQUIRY_CONFER,
    name="enquiries.confer",
    shows=conference_form,
)
def confer(
    enquiry_id: Id, uow: UnitOfWork, page: Page, form: Submission[ConferenceForm]
) -> Response:
    said = form.valid
    service.confer(uow, enquiry_id, said.conference_on, said.result, form.ask_version())
    return _back(uow, page, enquiry_id, "The conference is kept.")


def _back(uow: UnitOfWork, page: Page, enquiry_id: int, notice: str) -> Response:
    case_id = queries.find_view(uow, enquiry_id).case_id
    return page.go("protection.show", case_id=case_id, notice=notice)
