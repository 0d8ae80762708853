"""Routes of advice: the log with what it amounts to, and writing it down."""

from starlette.responses import Response

from app.assurance.advice import queries, service
from app.assurance.advice.forms import AdviceForm
from app.assurance.advice.rules import Asker, Topic
from app.assurance.advice.service import Asked
from app.contract import queries as contract
from app.kernel.acts import Act
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/advice")


@routes.get("", needs=Act.ADVICE_COUNTS, name="advice.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    months, topics = queries.sums(uow)
    log = queries.list_advice(uow, query.get("page")) if page.may(Act.ADVICE_VIEW) else None
    return page.show(
        "assurance/advice/index.html",
        months=months,
        topics=topics,
        log=log,
        page_url=lambda number: f"/advice?page={number}",
    )


@routes.get("/new", needs=Act.ADVICE_RECORD, name="advice.form")
def record_form(uow: UnitOfWork, page: Page, form: Submission[AdviceForm]) -> Response:
    lots = contract.lot_choices(uow)
    form.start(given_on=uow.today, lot_id=lots[0][0] if len(lots) == 1 else None)
    return page.show(
        "assurance/advice/record.html",
        form=form,
        lots=lots,
        teams=[team.name for team in contract.list_teams(uow)],
        askers=[(one.value, one.label) for one in Asker],
        topics=[(one.value, one.label) for one in Topic],
    )


@routes.post("/new", needs=Act.ADVICE_RECORD, name="advice.record", shows=record_form)
def record(uow: UnitOfWork, page: Page, form: Submission[AdviceForm]) -> Response:
    service.record(uow, Asked(**form.valid.model_dump()))
    return page.go("advice.index", notice="The advice is kept.")
