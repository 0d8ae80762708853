"""Routes of cases that look alike and of families: see them side by side, decide, join, leave."""

import secrets

from starlette.responses import Response

from app.cases.families import queries, service
from app.cases.families.forms import DecideForm, JoinForm
from app.cases.families.rules import Decision
from app.cases.register import queries as register
from app.kernel.acts import Act
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes()


@routes.get("/pairs", needs=Act.PAIR_VIEW, name="pairs.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    decided = query.get("show") == "decided"
    return page.show(
        "cases/families/index.html",
        pairs=queries.list_pairs(uow, query.get("page"), decided=decided),
        decided=decided,
        page_url=lambda n: f"/pairs?{'show=decided&' if decided else ''}page={n}",
    )


@routes.get("/pairs/{pair_id}", needs=Act.PAIR_VIEW, name="pairs.show")
def show(pair_id: Id, uow: UnitOfWork, page: Page, form: Submission[DecideForm]) -> Response:
    pair = queries.find_pair(uow, pair_id)
    return page.show(
        "cases/families/pair.html",
        form=form,
        pair=pair,
        decisions=[
            (one.value, one.words(pair.first.reference, pair.second.reference)) for one in Decision
        ],
    )


@routes.post("/pairs/{pair_id}", needs=Act.PAIR_DECIDE, name="pairs.decide", shows=show)
def decide(pair_id: Id, uow: UnitOfWork, page: Page, form: Submission[DecideForm]) -> Response:
    service.decide(uow, pair_id, form.valid.decision, form.valid.because)
    return page.go("pairs.index", notice="Your decision is kept; nobody is asked again.")


@routes.get("/cases/{case_id}/family", needs=Act.PAIR_VIEW, name="families.show")
def family(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[JoinForm]) -> Response:
    case = register.case_view(uow, case_id)
    return page.show(
        "cases/families/family.html",
        form=form,
        case=case,
        members=queries.family_of(uow, case_id),
        key=secrets.token_urlsafe(18),
    )


@routes.post("/cases/{case_id}/family", needs=Act.PAIR_DECIDE, name="families.join", shows=family)
def join(case_id: Id, uow: UnitOfWork, page: Page, form: Submission[JoinForm]) -> Response:
    service.join(uow, case_id, form.valid.reference, form.valid.because)
    return page.go("families.show", case_id=case_id, notice="The two cases are one family.")


@routes.post("/cases/{case_id}/family/leave", needs=Act.PAIR_DECIDE, name="families.leave")
def leave(case_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.leave(uow, case_id)
    return page.go("families.show", case_id=case_id, notice="The case has left its family.")
