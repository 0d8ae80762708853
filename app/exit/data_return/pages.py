"""Routes of the data's return and erasure: terms, the zip, what was received, two signatures."""

from secrets import token_urlsafe
from typing import Any

from starlette.responses import Response

from app.contract import queries as contract
from app.exit.data_return import queries, service
from app.exit.data_return.forms import ReceiveForm, TermsForm
from app.exit.data_return.models import DataReturn
from app.exit.data_return.rules import KEPT, certified, kept_until, obstacles
from app.kernel.acts import Act
from app.kernel.errors import NotFound
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/exit/data")
ZIP = "application/zip"
MARK = "OFFICIAL"


@routes.get("", needs=Act.DATA_VIEW, name="data_return.index")
def index(uow: UnitOfWork, page: Page) -> Response:
    contracts, terms = contract.list_contracts(uow), queries.terms_by_contract(uow)
    return page.show(
        "exit/data/index.html",
        contracts=contracts,
        terms=terms,
        set_by=queries.terms_set_by(uow),
        until={
            one.id: kept_until(one.ends_on, terms[one.id or 0].keep_months)
            for one in contracts
            if one.id in terms
        },
        returns=queries.list_returns(uow),
        erasures=queries.list_erasures(uow),
        obstacles={one.id: obstacles(queries.facts_of(uow, one)) for one in contracts},
        key=token_urlsafe(18),
    )


@routes.get("/contracts/{contract_id}/terms", needs=Act.DATA_TERMS, name="data_return.terms_form")
def terms_form(
    contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[TermsForm]
) -> Response:
    agreed = contract.find_contract(uow, contract_id)
    row = queries.terms_by_contract(uow).get(contract_id)
    kept = queries.terms_of(row)
    known: dict[str, Any] = vars(kept) if kept else {"keep_months": 6}
    known |= {"legal_hold": "yes" if kept and kept.legal_hold else ""}
    form.start(version=row.version if row else 0, **known)
    return page.show("exit/data/terms.html", form=form, contract=agreed)


@routes.post(
    "/contracts/{contract_id}/terms",
    needs=Act.DATA_TERMS,
    name="data_return.terms",
    shows=terms_form,
)
def terms(contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[TermsForm]) -> Response:
    service.set_terms(uow, contract_id, form.valid.terms, version=form.ask_version())
    return page.go("data_return.index", notice="What the council says of the data is saved.")


@routes.post("/contracts/{contract_id}/return", needs=Act.DATA_RETURN, name="data_return.write")
def write(contract_id: Id, uow: UnitOfWork, page: Page) -> Response:
    file = service.write_return(uow, contract_id)
    name = f"return-{contract_id}-{uow.today.isoformat()}.zip"
    answer = page.download(service.chunks(file), name, ZIP)
    # A second press leads to where the return is listed.
    answer.headers["Location"] = page.site.url("data_return.index")
    return answer


@routes.get("/returns/{return_id}", needs=Act.DATA_VIEW, name="data_return.show")
def show(return_id: Id, uow: UnitOfWork, page: Page, form: Submission[ReceiveForm]) -> Response:
    row = uow.get(DataReturn, return_id)
    told = next(one for one in queries.list_returns(uow) if one.id == return_id)
    return page.show(
        "exit/data/return.html",
        form=form,
        one=told,
        contract=contract.find_contract(uow, row.contract_id),
        parts=queries.parts_of(row),
    )


@routes.post("/returns/{return_id}", needs=Act.DATA_RECEIVE, name="data_return.receive", shows=show)
def receive(return_id: Id, uow: UnitOfWork, page: Page, form: Submission[ReceiveForm]) -> Response:
    service.receive(uow, return_id, form.valid.manifest_sha256)
    return page.go("data_return.index", notice="The council has received the return.")


@routes.get("/contracts/{contract_id}/erasure", needs=Act.DATA_VIEW, name="data_return.erasure")
def erasure(contract_id: Id, uow: UnitOfWork, page: Page) -> Response:
    agreed = contract.find_contract(uow, contract_id)
    last = queries.last_return(uow, contract_id)
    return page.show(
        "exit/data/erasure.html",
        contract=agreed,
        running=queries.running_row(uow, contract_id),
        done=queries.carried_out(uow, contract_id),
        obstacles=obstacles(queries.facts_of(uow, agreed)),
        returned=last,
        counts=queries.to_erase(last) if last else {},
        kept=sorted(KEPT),
        key=token_urlsafe(18),
    )


@routes.get(
    "/contracts/{contract_id}/certificate.pdf", needs=Act.DATA_VIEW, name="data_return.certificate"
)
def certificate(contract_id: Id, uow: UnitOfWork, page: Page) -> Response:
    contract.find_contract(uow, contract_id)
    done = queries.carried_out(uow, contract_id)
    if done is None:
        raise NotFound
    return page.pdf(
        "exit/data/certificate.typ",
        f"erasure-{contract_id}.pdf",
        MARK,
        said=certified(done.told),
        erased=[[name.replace("_", " ").capitalize(), f"{n:,}"] for name, n in done.erased],
        digest=done.certificate_sha256,
    )


@routes.post(
    "/contracts/{contract_id}/erasure/ask", needs=Act.ERASURE_ASK, name="data_return.ask_erasure"
)
def ask(contract_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.ask_erasure(uow, contract_id)
    return _erasure(page, contract_id, "The erasure is asked for; the agency has to agree.")


@routes.post(
    "/contracts/{contract_id}/erasure/agree",
    needs=Act.ERASURE_AGREE,
    name="data_return.agree_erasure",
)
def agree(contract_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.agree_erasure(uow, contract_id)
    return _erasure(page, contract_id, "The agency has agreed; nothing is erased yet.")


@routes.post(
    "/contracts/{contract_id}/erasure/withdraw",
    needs=Act.ERASURE_WITHDRAW,
    name="data_return.withdraw_erasure",
)
def withdraw(contract_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.withdraw_erasure(uow, contract_id)
    return _erasure(page, contract_id, "The erasure is withdrawn.")


def _erasure(page: Page, contract_id: int, notice: str) -> Response:
    return page.go("data_return.erasure", notice, contract_id=contract_id)
