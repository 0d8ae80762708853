"""Routes of safeguarding flags: raise one, see what waits, acknowledge, resolve."""

import secrets

from starlette.responses import Response

from app.kernel.acts import Act
from app.kernel.errors import NotFound
from app.safeguarding.flags import queries, service
from app.safeguarding.flags.forms import SHORT, RaiseForm, ResolveForm
from app.safeguarding.flags.rules import Concern
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/flags")


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
    concerns = [(concern.value, concern.label) for concern in Concern]
    return page.show("safeguarding/flags/raise.html", form=form, concerns=concerns, most=SHORT)


@routes.post("/new", needs=Act.FLAG_RAISE, name="flags.raise", shows=new)
def raise_flag(uow: UnitOfWork, page: Page, form: Submission[RaiseForm]) -> Response:
    said = form.valid
    service.raise_flag(uow, said.reference, said.concern, said.note)
    return page.go("flags.raised")


@routes.get("/raised", needs=Act.FLAG_RAISE, name="flags.raised")
def raised(page: Page) -> Response:
    return page.show("safeguarding/flags/raised.html")


@routes.post("/{flag_id}/acknowledge", needs=Act.FLAG_ACKNOWLEDGE, name="flags.acknowledge")
def acknowledge(flag_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.acknowledge(uow, flag_id)
    return page.go("flags.index", notice="The flag is acknowledged.")


@routes.get("/{flag_id}/resolve", needs=Act.FLAG_RESOLVE, name="flags.resolve_form")
def resolve_form(
    flag_id: Id, uow: UnitOfWork, page: Page, form: Submission[ResolveForm]
) -> Response:
    flag = queries.find_view(uow, flag_id)
    if flag is None:
        raise NotFound
    return page.show("safeguarding/flags/resolve.html", form=form, flag=flag, now=uow.now)


@routes.post("/{flag_id}/resolve", needs=Act.FLAG_RESOLVE, name="flags.resolve", shows=resolve_form)
def resolve(flag_id: Id, uow: UnitOfWork, page: Page, form: Submission[ResolveForm]) -> Response:
    service.resolve(uow, flag_id, form.valid.resolution)
    return page.go("flags.index", notice="The flag is resolved.")
