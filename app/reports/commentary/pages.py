"""Routes of the commentary: what was issued, and drafting, editing and issuing the next one."""

import secrets

from starlette.responses import Response

from app.contract import queries as contract
from app.kernel.acts import Act
from app.reports.commentary import queries, service
from app.reports.commentary.forms import SentenceForm
from app.reports.commentary.rules import check_draft
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, NoAnswers, Routes
from app.work.uow import UnitOfWork

routes = Routes("/commentary")


@routes.get("", needs=Act.COMMENTARY_VIEW, name="commentary.index")
def index(uow: UnitOfWork, page: Page) -> Response:
    writes = page.may(Act.COMMENTARY_WRITE)
    kept = [one for one in queries.list_commentaries(uow) if one.issued_at or writes]
    contracts = contract.list_contracts(uow) if writes else []
    return page.show(
        "reports/commentary/index.html",
        in_force=queries.in_force(uow),
        kept=kept,
        contracts=contracts,
        keys=[secrets.token_urlsafe(18) for _ in contracts],
    )


@routes.post("/contracts/{contract_id}/draft", needs=Act.COMMENTARY_WRITE, name="commentary.draft")
def draft(contract_id: Id, uow: UnitOfWork, page: Page) -> Response:
    commentary_id = service.draft(uow, contract_id)
    notice = "Drafted from the figures as they are now."
    return page.go("commentary.show", commentary_id=commentary_id, notice=notice)


@routes.get("/{commentary_id}", needs=Act.COMMENTARY_VIEW, name="commentary.show")
def show(commentary_id: Id, uow: UnitOfWork, page: Page, form: Submission[NoAnswers]) -> Response:
    commentary = queries.find_readable(uow, commentary_id)
    said = queries.sentences_of(uow, commentary_id)
    form.start(version=queries.version_of(said))
    return page.show(
        "reports/commentary/commentary.html", form=form, commentary=commentary, said=said
    )


@routes.get("/sentences/{sentence_id}", needs=Act.COMMENTARY_WRITE, name="commentary.sentence_form")
def sentence_form(
    sentence_id: Id, uow: UnitOfWork, page: Page, form: Submission[SentenceForm]
) -> Response:
    sentence = queries.find_sentence(uow, sentence_id)
    commentary = queries.find_readable(uow, sentence.commentary_id)
    check_draft(issued=commentary.issued_at is not None)
    form.start(version=sentence.version, text=sentence.text, left_out=sentence.left_out)
    return page.show("reports/commentary/sentence.html", form=form, sentence=sentence)


@routes.post(
    "/sentences/{sentence_id}",
    needs=Act.COMMENTARY_WRITE,
    name="commentary.edit",
    shows=sentence_form,
)
def edit(sentence_id: Id, uow: UnitOfWork, page: Page, form: Submission[SentenceForm]) -> Response:
    said = form.valid
    sentence = service.edit(
        uow, sentence_id, said.text, left_out=said.left_out, version=form.ask_version()
    )
    return page.go(
        "commentary.show", commentary_id=sentence.commentary_id, notice="The sentence is kept."
    )


@routes.post(
    "/{commentary_id}/issue", needs=Act.COMMENTARY_WRITE, name="commentary.issue", shows=show
)
def issue(commentary_id: Id, uow: UnitOfWork, page: Page, form: Submission[NoAnswers]) -> Response:
    service.issue(uow, commentary_id, form.ask_version())
    return page.go(
        "commentary.show", commentary_id=commentary_id, notice="The commentary is issued."
    )
