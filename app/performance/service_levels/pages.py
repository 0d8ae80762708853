"""Routes of service levels: every lot against what is agreed, and each level's versions."""

from secrets import token_urlsafe

from starlette.responses import Response

from app.access.roles import Organisation
from app.contract import queries as contract
from app.kernel.acts import Act
from app.performance.measures.catalogue import DEFINITIONS
from app.performance.measures.rules import Cohort, Measure, number
from app.performance.service_levels import queries, rules, service
from app.performance.service_levels.forms import LevelForm, TermsForm
from app.performance.service_levels.rules import Rag
from app.performance.service_levels.service import Subject
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/service-levels")
# Hundredths are typed as numbers with a point.
TYPED = ("from_value", "to_value", "tolerance")
POUNDS = ("credit_pence", "charge_pence", "cap_pence")


@routes.get("", needs=Act.PROGRESS_VIEW, name="service_levels.index")
def index(uow: UnitOfWork, page: Page) -> Response:
    found = queries.judged(uow, exact=page.may(Act.CASE_VIEW))
    names = dict(contract.lot_choices(uow))
    return page.show(
        "performance/service_levels/index.html",
        lots=[(name, [one for one in found if one.lot_id == lot]) for lot, name in names.items()],
        counts=[(one, sum(level.rag is one for level in found)) for one in Rag],
        waiting=[(level, terms, names[level.lot_id]) for level, terms in queries.waiting(uow)],
    )


@routes.get("/new", needs=Act.SERVICE_LEVEL_DRAFT, name="service_levels.form")
def level_form(uow: UnitOfWork, page: Page, form: Submission[LevelForm]) -> Response:
    form.start(starts_on=uow.today, cohort=Cohort.ALL.value)
    return page.show(
        "performance/service_levels/level.html",
        form=form,
        lots=contract.lot_choices(uow),
        measures=[
            (one.value, f"{one.label} ({one.kind.label.lower()})")
            for one in Measure
            if rules.direction_of(one) != "neither"
            and not rules.adds_up(one, standing=DEFINITIONS[one].standing)
        ],
        cohorts=[(one.value, one.label) for one in Cohort],
    )


@routes.post("/new", needs=Act.SERVICE_LEVEL_DRAFT, name="service_levels.draft", shows=level_form)
def draft(uow: UnitOfWork, page: Page, form: Submission[LevelForm]) -> Response:
    said = form.valid
    about = Subject(said.lot_id, said.measure, said.cohort)
    level_id = service.draft(uow, about, said.terms, said.reason)
    return page.go("service_levels.show", "Drafted. The other side signs next.", level_id=level_id)


@routes.get("/{level_id}", needs=Act.PROGRESS_VIEW, name="service_levels.show")
def show(level_id: Id, uow: UnitOfWork, page: Page) -> Response:
    level, found = queries.find_level(uow, level_id), queries.versions(uow, level_id)
    newest, agency = found[0].terms, uow.actor.organisation is Organisation.AGENCY
    told = queries.judged(uow, exact=page.may(Act.CASE_VIEW))
    return page.show(
        "performance/service_levels/show.html",
        level=level,
        number=number,
        lot=contract.find_lot(uow, level.lot_id),
        judged=next((one for one in told if one.agreement.level_id == level_id), None),
        versions=[(one, _said(service.shown(level, one.terms), page)) for one in found],
        newest=newest,
        may_sign=(newest.agency_signed_at if agency else newest.council_signed_at) is None,
        key=token_urlsafe(18),
    )


@routes.get("/{level_id}/change", needs=Act.SERVICE_LEVEL_DRAFT, name="service_levels.change_form")
def change_form(level_id: Id, uow: UnitOfWork, page: Page, form: Submission[TermsForm]) -> Response:
    level = queries.find_level(uow, level_id)
    newest = queries.versions(uow, level_id)[0].terms
    said = vars(queries.terms_of(newest))
    typed = {name: f"{said[name] / rules.HUNDREDTHS:g}" for name in TYPED}
    money = {name: f"{said[name] / 100:.2f}" for name in POUNDS}
    form.start(version=newest.number, **said | typed | money)
    return page.show(
        "performance/service_levels/change.html",
        form=form,
        level=level,
        lot=contract.find_lot(uow, level.lot_id),
    )


@routes.post(
    "/{level_id}/change",
    needs=Act.SERVICE_LEVEL_DRAFT,
    name="service_levels.change",
    shows=change_form,
)
def change(level_id: Id, uow: UnitOfWork, page: Page, form: Submission[TermsForm]) -> Response:
    said = form.valid
    service.change(uow, level_id, said.terms, said.reason, began_from=form.ask_version())
    return page.go("service_levels.show", "Drafted. The other side signs next.", level_id=level_id)


@routes.post(
    "/{level_id}/versions/{number}/sign",
    needs=Act.SERVICE_LEVEL_SIGN,
    name="service_levels.sign",
)
def sign(level_id: Id, number: Id, uow: UnitOfWork, page: Page) -> Response:
    service.sign(uow, level_id, number)
    return page.go("service_levels.show", "Signed for your side.", level_id=level_id)


def _said(words: dict[str, str], page: Page) -> dict[str, str]:
    """A version's words without its money for whoever sees none."""
    return {
        name: said
        for name, said in words.items()
        if name != "Service credit" or page.may(Act.MONEY_VIEW)
    }
