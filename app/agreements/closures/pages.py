"""Routes of closures: write one, look at the gate, close; and of the checklist before one."""

import secrets

from starlette.responses import Response

from app.agreements.closures import queries, rules, service
from app.agreements.closures.forms import ClosureForm, TemplateForm
from app.agreements.closures.rules import Achieved, ClosureReason, Involvement, Item, Support, Told
from app.agreements.gates.rules import obstacles
from app.cases.register import queries as register
from app.cases.register.service import find
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.errors import Refused
from app.kernel.labels import Labelled
from app.plans import queries as plans
from app.plans.rules import voids
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/cases/{case_id}")
template_routes = Routes("/contract/{contract_id}")


@routes.get("/closure", needs=Act.CLOSURE_WRITE, name="closures.form")
def closure_form(
    case_id: Id, uow: UnitOfWork, page: Page, form: Submission[ClosureForm]
) -> Response:
    case, plan = register.case_view(uow, case_id), plans.latest(uow, case_id)
    rules.check_writable(case.state, plan.outcome if plan else None)
    closure = queries.current(uow, case_id)
    form.start(version=0)
    if closure:
        form.start(version=closure.version, **vars(closure.draft))
    return page.show(
        "agreements/closures/closure.html",
        form=form,
        case=case,
        plan=plan,
        closure=closure,
        voids=voids(case.state),
        reasons=[(one.value, f"{one.value} {one.label}") for one in ClosureReason],
        involvements=_choices(Involvement),
        achievements=_choices(Achieved),
        agencies=_choices(Told),
        supports=_choices(Support),
        items=[(one.value, one.label) for one in queries.template_on(uow, case.contract_id).items],
    )


@routes.post("/closure", needs=Act.CLOSURE_WRITE, name="closures.write", shows=closure_form)
def write(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[ClosureForm]) -> Response:
    changed = service.write(uow, case_id, form.valid.draft, form.ask_version())
    notice = "The closure is saved." if changed else "The closure says the same: nothing changed."
    return page.go("cases.show", case_id=case_id, notice=notice)


@routes.get("/close", needs=Act.PROPOSAL_VIEW, name="closures.gate")
def gate(case_id: Id, uow: UnitOfWork, page: Page) -> Response:
    case = register.case_view(uow, case_id)
    closure, row = queries.current(uow, case_id), queries.current_row(uow, case_id)
    if closure is None or row is None or closure.closed_at is not None:
        raise Refused("This case has no closure that waits to be closed.")
    uow.seen(lot_id=row.lot_id, case_id=case_id, what="closure")
    checks, plan = queries.checks_of(uow, find(uow, case_id), row), plans.latest(uow, case_id)
    return page.show(
        "agreements/closures/gate.html",
        case=case,
        writable=rules.is_writable(case.state, plan.outcome if plan else None),
        closure=closure,
        words_agreed=queries.words_of(uow, case_id),
        checks=checks,
        ready=not obstacles(checks),
        key=secrets.token_urlsafe(18),
    )


@routes.post("/close", needs=Act.CLOSURE_CLOSE, name="closures.close")
def close(case_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.close(uow, case_id)
    return page.go("cases.show", case_id=case_id, notice="The case is closed.")


@template_routes.get("/closure-checklist", needs=Act.CONTRACT_EDIT, name="closures.template_form")
def template_form(
    contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[TemplateForm]
) -> Response:
    agreed = contract.find_contract(uow, contract_id)
    versions = queries.template_versions(uow, contract_id)
    form.start(
        version=versions[0][0].number if versions else 0,
        items=queries.template_on(uow, contract_id).items,
        from_on=uow.today,
    )
    return page.show(
        "agreements/closures/template.html",
        form=form,
        contract=agreed,
        items=_choices(Item),
        versions=[(row, by, service.template_shown(row)) for row, by in versions],
    )


@template_routes.post(
    "/closure-checklist",
    needs=Act.CONTRACT_EDIT,
    name="closures.template",
    shows=template_form,
)
def template(
    contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[TemplateForm]
) -> Response:
    said = form.valid
    service.set_template(
        uow,
        contract_id,
        said.items,
        from_on=said.from_on,
        reason=said.reason,
        began_from=form.ask_version(),
    )
    return page.go("contract.show", notice="The checklist before a closure is saved.")


def _choices(codes: type[Labelled]) -> list[tuple[str, str]]:
    return [(one.value, one.label) for one in codes]
