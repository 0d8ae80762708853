"""Routes of the clock's statements: the weeks, a draft, an issued one, and each side's answers."""

import secrets

from starlette.responses import Response

from app.access.roles import Organisation
from app.cases.clock_statements import queries, service
from app.cases.clock_statements.forms import AnswerForm, IssueForm
from app.cases.clock_statements.queries import LineView
from app.cases.clock_statements.rules import Answer, Line
from app.cases.register import queries as register
from app.contract import queries as contract
from app.kernel import paging
from app.kernel.acts import Act
from app.kernel.days import week_asked, week_beginning
from app.kernel.errors import NotFound
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/clock")
ANSWERS = [(one.value, one.label) for one in Answer]


@routes.get("", needs=Act.CLOCK_VIEW, name="clock_statements.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    answers = page.may(Act.CLOCK_ANSWER_AGENCY) or page.may(Act.CLOCK_ANSWER_COUNCIL)
    return page.show(
        "cases/clock_statements/index.html",
        weeks=queries.list_weeks(uow, query.get("page")),
        lots=contract.lot_choices(uow),
        unanswered=queries.count_unanswered(uow) if answers else None,
        page_url=lambda number: f"/clock?page={number}",
    )


@routes.get("/lots/{lot_id}", needs=Act.CLOCK_VIEW, name="clock_statements.draft")
def draft(
    lot_id: Id, uow: UnitOfWork, page: Page, query: Query, form: Submission[IssueForm]
) -> Response:
    lot = contract.find_lot(uow, lot_id)
    friday, notices = week_asked({"week": form.value("week")} | query, uow.today)
    issued = queries.find_week(uow, lot_id, friday)
    if issued is not None and not form.sent:
        return page.go("clock_statements.show", " ".join(notices), clock_id=issued)
    said = queries.count_week(uow, lot_id, friday)
    place = paging.place(query.get("page"), total=len(said.lines), size=queries.PAGE_SIZE)
    lines = said.lines[place.offset : place.offset + place.size]
    ids = {one.case_id for one in lines if one.case_id is not None}
    return page.show(
        "cases/clock_statements/draft.html",
        form=form,
        lot=lot,
        period=(week_beginning(friday), friday),
        notices=notices,
        shared=said.by_holder,
        total=said.total,
        lines=paging.Slice[Line].at(place, list(lines)),
        references=register.references_of(uow, ids),
        is_over=friday < uow.today,
        page_url=lambda number: f"/clock/lots/{lot_id}?week={friday}&page={number}",
        key=secrets.token_urlsafe(18),
    )


@routes.post("/lots/{lot_id}", needs=Act.CLOCK_ISSUE, name="clock_statements.issue", shows=draft)
def issue(lot_id: Id, uow: UnitOfWork, page: Page, form: Submission[IssueForm]) -> Response:
    statement_id = service.issue(uow, lot_id, form.valid.week)
    return page.go(
        "clock_statements.show", clock_id=statement_id, notice="The statement is issued."
    )


@routes.get("/{clock_id}", needs=Act.CLOCK_VIEW, name="clock_statements.show")
def show(clock_id: Id, uow: UnitOfWork, page: Page, query: Query) -> Response:
    found = queries.find_statement(uow, clock_id)
    if found is None:
        raise NotFound
    side = uow.actor.organisation
    return page.show(
        "cases/clock_statements/statement.html",
        statement=found,
        lot=contract.find_lot(uow, found.lot_id),
        period=(week_beginning(found.week_ending), found.week_ending),
        shared=queries.by_holder(uow, clock_id),
        lines=queries.list_lines(uow, found, query.get("page")),
        side=side,
        left=found.agency_left if side is Organisation.AGENCY else found.council_left,
        page_url=lambda number: f"/clock/{clock_id}?page={number}",
        key=secrets.token_urlsafe(18),
    )


@routes.get("/lines/{line_id}/agency", needs=Act.CLOCK_ANSWER_AGENCY, name="clock_lines.agency")
def agency_form(line_id: Id, uow: UnitOfWork, page: Page, form: Submission[AnswerForm]) -> Response:
    return _answer(line_id, uow, page, form, Organisation.AGENCY)


@routes.post(
    "/lines/{line_id}/agency",
    needs=Act.CLOCK_ANSWER_AGENCY,
    name="clock_lines.answer_for_agency",
    shows=agency_form,
)
def answer_for_agency(
    line_id: Id, uow: UnitOfWork, page: Page, form: Submission[AnswerForm]
) -> Response:
    said = form.valid
    service.answer_for_agency(uow, line_id, said.answer, said.words, version=form.ask_version())
    return _back(uow, page, line_id)


@routes.get("/lines/{line_id}/council", needs=Act.CLOCK_ANSWER_COUNCIL, name="clock_lines.council")
def council_form(
    line_id: Id, uow: UnitOfWork, page: Page, form: Submission[AnswerForm]
) -> Response:
    return _answer(line_id, uow, page, form, Organisation.COUNCIL)


@routes.post(
    "/lines/{line_id}/council",
    needs=Act.CLOCK_ANSWER_COUNCIL,
    name="clock_lines.answer_for_council",
    shows=council_form,
)
def answer_for_council(
    line_id: Id, uow: UnitOfWork, page: Page, form: Submission[AnswerForm]
) -> Response:
    said = form.valid
    service.answer_for_council(uow, line_id, said.answer, said.words, version=form.ask_version())
    return _back(uow, page, line_id)


@routes.post("/{clock_id}/agency", needs=Act.CLOCK_ANSWER_AGENCY, name="clock_statements.agency")
def accept_rest_for_agency(clock_id: Id, uow: UnitOfWork, page: Page) -> Response:
    number = service.accept_rest_for_agency(uow, clock_id)
    return _accepted(page, clock_id, number)


@routes.post("/{clock_id}/council", needs=Act.CLOCK_ANSWER_COUNCIL, name="clock_statements.council")
def accept_rest_for_council(clock_id: Id, uow: UnitOfWork, page: Page) -> Response:
    number = service.accept_rest_for_council(uow, clock_id)
    return _accepted(page, clock_id, number)


def _accepted(page: Page, clock_id: int, number: int) -> Response:
    words = "1 line is" if number == 1 else f"{number} lines are"
    return page.go("clock_statements.show", clock_id=clock_id, notice=f"{words} accepted.")


def _answer(
    line_id: int, uow: UnitOfWork, page: Page, form: Submission[AnswerForm], side: Organisation
) -> Response:
    line = _line(uow, line_id)
    said = line.said_by(side)
    form.start(version=line.version, answer=said.answer, words=said.words)
    return page.show(
        "cases/clock_statements/answer.html", form=form, line=line, side=side, answers=ANSWERS
    )


def _back(uow: UnitOfWork, page: Page, line_id: int) -> Response:
    line = _line(uow, line_id)
    return page.go(
        "clock_statements.show", clock_id=line.statement_id, notice="The answer is kept."
    )


def _line(uow: UnitOfWork, line_id: int) -> LineView:
    line = queries.find_line(uow, line_id)
    if line is None:
        raise NotFound
    return line
