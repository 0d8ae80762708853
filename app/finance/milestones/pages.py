"""Routes of milestones: the list, a new one, its evidence and its certificate."""

from starlette.responses import Response

from app.contract import queries as contract
from app.finance.milestones import queries, service
from app.finance.milestones.forms import CertificateForm, EvidenceForm, MilestoneForm
from app.finance.milestones.models import Milestone
from app.finance.milestones.rules import check_open, check_shown
from app.finance.prices.rules import show_percent
from app.kernel.acts import Act
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/money/milestones")


@routes.get("", needs=Act.MONEY_VIEW, name="milestones.index")
def index(uow: UnitOfWork, page: Page) -> Response:
    return page.show(
        "finance/milestones/index.html",
        milestones=queries.list_milestones(uow),
        lots=contract.list_lots(uow),
        percent=show_percent,
    )


@routes.get("/{lot_id}/new", needs=Act.MILESTONE_SET, name="milestones.form")
def milestone_form(
    lot_id: Id, uow: UnitOfWork, page: Page, form: Submission[MilestoneForm]
) -> Response:
    form.start(vat=20)
    lot = contract.find_lot(uow, lot_id)
    return page.show("finance/milestones/milestone.html", form=form, lot=lot)


@routes.post("/{lot_id}/new", needs=Act.MILESTONE_SET, name="milestones.set", shows=milestone_form)
def set_milestone(
    lot_id: Id, uow: UnitOfWork, page: Page, form: Submission[MilestoneForm]
) -> Response:
    service.set_milestone(uow, lot_id, form.valid.terms)
    return page.go("milestones.index", "The milestone is agreed.")


@routes.get(
    "/{milestone_id}/evidence", needs=Act.MILESTONE_EVIDENCE, name="milestones.evidence_form"
)
def evidence_form(
    milestone_id: Id, uow: UnitOfWork, page: Page, form: Submission[EvidenceForm]
) -> Response:
    milestone = uow.get(Milestone, milestone_id)
    check_open(certified=milestone.certified_at is not None)
    form.start(version=milestone.version, evidence=milestone.evidence)
    return page.show("finance/milestones/evidence.html", form=form, milestone=milestone)


@routes.post(
    "/{milestone_id}/evidence",
    needs=Act.MILESTONE_EVIDENCE,
    name="milestones.evidence",
    shows=evidence_form,
)
def evidence(
    milestone_id: Id, uow: UnitOfWork, page: Page, form: Submission[EvidenceForm]
) -> Response:
    service.show_evidence(uow, milestone_id, form.valid.evidence, version=form.ask_version())
    return page.go("milestones.index", "The council can certify it now.")


@routes.get("/{milestone_id}/certify", needs=Act.MILESTONE_CERTIFY, name="milestones.certify_form")
def certify_form(
    milestone_id: Id, uow: UnitOfWork, page: Page, form: Submission[CertificateForm]
) -> Response:
    milestone = uow.get(Milestone, milestone_id)
    check_shown(evidence=milestone.evidence, certified=milestone.certified_at is not None)
    form.start(version=milestone.version, achieved_on=uow.today)
    return page.show("finance/milestones/certify.html", form=form, milestone=milestone)


@routes.post(
    "/{milestone_id}/certify",
    needs=Act.MILESTONE_CERTIFY,
    name="milestones.certify",
    shows=certify_form,
)
def certify(
    milestone_id: Id, uow: UnitOfWork, page: Page, form: Submission[CertificateForm]
) -> Response:
    typed = form.valid
    service.certify(
        uow, milestone_id, typed.achieved_on, typed.certificate, version=form.ask_version()
    )
    return page.go("milestones.index", "The milestone is certified.")
