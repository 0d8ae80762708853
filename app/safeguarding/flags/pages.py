"""Routes of safeguarding flags: raise one, see what waits, acknowledge, resolve."""

import secrets

from starlette.responses import Response

from app.access.roles import Role
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.errors import Invalid
from app.safeguarding.flags import queries, service
from app.safeguarding.flags.forms import SHORT, AttachForm, CallForm, RaiseForm, ResolveForm
from app.safeguarding.flags.rules import (
    WEEKS_COUNTED,
    WITHIN_HOURS,
    Call,
    Called,
    CallOutcome,
    Concern,
    Weeks,
    by_week,
    call_instant,
)
from app.web.charts.chart import Chart
from app.web.charts.stacked import MOST_PARTS, Column, stacked
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/flags")
CONCERNS = [(one.value, one.label) for one in Concern]
CALLED = [(one.value, one.label) for one in Called]
OUTCOMES = [(one.value, one.label) for one in CallOutcome]


@routes.get("", needs=Act.FLAG_VIEW, name="flags.index")
def index(uow: UnitOfWork, page: Page) -> Response:
    flags = queries.list_open(uow)
    return page.show(
        "safeguarding/flags/index.html",
        counts=queries.open_flags(uow),
        on_cases=[flag for flag in flags if flag.case_id is not None],
        unmatched=[flag for flag in flags if flag.case_id is None],
        resolved=queries.list_resolved(uow),
        now=uow.now,
        key=secrets.token_urlsafe(18),
    )


@routes.get("/new", needs=Act.FLAG_RAISE, name="flags.new")
def new(page: Page, query: Query, form: Submission[RaiseForm]) -> Response:
    form.start(reference=query.get("reference", "")[:40])
    return page.show(
        "safeguarding/flags/raise.html",
        form=form,
        concerns=CONCERNS,
        called=CALLED,
        outcomes=OUTCOMES,
        most=SHORT,
    )


@routes.post("/new", needs=Act.FLAG_RAISE, name="flags.raise", shows=new)
def raise_flag(uow: UnitOfWork, page: Page, form: Submission[RaiseForm]) -> Response:
    said = form.valid
    if (said.called is None) is not (said.outcome is None):
        lacking = "outcome" if said.outcome is None else "called"
        raise Invalid(lacking, "Say both whom you rang and what came of it, or neither.")
    rang = Call(uow.now, said.called, said.outcome) if said.called and said.outcome else None
    service.raise_flag(uow, said.reference, said.concern, said.note, rang)
    return page.go("flags.raised")


@routes.get("/raised", needs=Act.FLAG_RAISE, name="flags.raised")
def raised(page: Page) -> Response:
    return page.show("safeguarding/flags/raised.html")


@routes.get("/weeks", needs=Act.SAFEGUARDING_REPORT, name="flags.weeks")
def weeks(uow: UnitOfWork, page: Page) -> Response:
    exact = uow.actor.role is not Role.COMMISSIONER
    lots = contract.lot_choices(uow)
    counted = by_week(queries.raised_lately(uow), lots, uow.today, exact=exact)
    return page.show(
        "safeguarding/flags/weeks.html",
        weeks=counted,
        number_of_weeks=WEEKS_COUNTED,
        within=WITHIN_HOURS,
        chart=_chart(counted) if exact and len(lots) <= MOST_PARTS else None,
        exact=exact,
    )


@routes.get("/{flag_id}", needs=Act.FLAG_VIEW, name="flags.show")
def show(flag_id: Id, uow: UnitOfWork, page: Page) -> Response:
    return page.show(
        "safeguarding/flags/show.html",
        flag=queries.find_view(uow, flag_id),
        calls=queries.calls_of(uow, flag_id),
        alerts=queries.alerts_of(uow, flag_id),
        now=uow.now,
        within=WITHIN_HOURS,
        key=secrets.token_urlsafe(18),
    )


@routes.get("/{flag_id}/call", needs=Act.FLAG_CALL, name="flags.call_form")
def call_form(flag_id: Id, uow: UnitOfWork, page: Page, form: Submission[CallForm]) -> Response:
    form.start(on=uow.today, clock=page.now.strftime("%H:%M"))
    return page.show(
        "safeguarding/flags/call.html",
        form=form,
        flag=queries.find_view(uow, flag_id),
        called=CALLED,
        outcomes=OUTCOMES,
    )


@routes.post("/{flag_id}/call", needs=Act.FLAG_CALL, name="flags.call", shows=call_form)
def call(flag_id: Id, uow: UnitOfWork, page: Page, form: Submission[CallForm]) -> Response:
    said = form.valid
    made_at = call_instant(said.on, said.clock, said.which)
    service.log_call(uow, flag_id, Call(made_at, said.called, said.outcome))
    return page.go("flags.show", flag_id=flag_id, notice="The call is logged.")


@routes.get("/{flag_id}/attach", needs=Act.FLAG_ATTACH, name="flags.attach_form")
def attach_form(flag_id: Id, uow: UnitOfWork, page: Page, form: Submission[AttachForm]) -> Response:
    return page.show(
        "safeguarding/flags/attach.html", form=form, flag=queries.find_view(uow, flag_id)
    )


@routes.post("/{flag_id}/attach", needs=Act.FLAG_ATTACH, name="flags.attach", shows=attach_form)
def attach(flag_id: Id, uow: UnitOfWork, page: Page, form: Submission[AttachForm]) -> Response:
    service.attach(uow, flag_id, form.valid.reference)
    return page.go("flags.show", flag_id=flag_id, notice="The flag is on its case.")


@routes.post("/{flag_id}/acknowledge", needs=Act.FLAG_ACKNOWLEDGE, name="flags.acknowledge")
def acknowledge(flag_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.acknowledge(uow, flag_id)
    return page.go("flags.index", notice="The flag is acknowledged.")


@routes.get("/{flag_id}/resolve", needs=Act.FLAG_RESOLVE, name="flags.resolve_form")
def resolve_form(
    flag_id: Id, uow: UnitOfWork, page: Page, form: Submission[ResolveForm]
) -> Response:
    flag = queries.find_view(uow, flag_id)
    return page.show("safeguarding/flags/resolve.html", form=form, flag=flag, now=uow.now)


@routes.post("/{flag_id}/resolve", needs=Act.FLAG_RESOLVE, name="flags.resolve", shows=resolve_form)
def resolve(flag_id: Id, uow: UnitOfWork, page: Page, form: Submission[ResolveForm]) -> Response:
    service.resolve(uow, flag_id, form.valid.resolution)
    return page.go("flags.index", notice="The flag is resolved.")


def _chart(counted: Weeks) -> Chart:
    columns = tuple(
        Column(ending, tuple(number or 0 for number in week))
        for ending, week in zip(counted.endings, counted.counts, strict=True)
    )
    return stacked(columns, parts=tuple(counted.lots), title="Flags raised by week", unit="flags")
