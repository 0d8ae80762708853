"""The page of one's own account."""

import secrets

from starlette.responses import Response

from app.accounts.own import queries, service
from app.accounts.own.forms import PasswordForm, ProofForm
from app.accounts.sign_in.pages import place_of
from app.accounts.sign_in.rules import our_path
from app.kernel.acts import Act
from app.kernel.errors import Invalid
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/account")


@routes.get("", needs=Act.ACCOUNT_MANAGE, name="account.show")
def show(uow: UnitOfWork, page: Page, form: Submission[PasswordForm]) -> Response:
    account = queries.show_account(uow)
    keys = [secrets.token_urlsafe(18) for _ in account.sessions]
    return page.show("accounts/account.html", form=form, account=account, keys=keys)


@routes.post("/password", needs=Act.ACCOUNT_MANAGE, name="account.password", shows=show)
def change_password(uow: UnitOfWork, page: Page, form: Submission[PasswordForm]) -> Response:
    # Every press is a try of its own, so none may be answered as a repeat of an earlier one.
    uow.form_key = None
    sent = form.valid
    service.change_password(
        uow,
        sent.present.get_secret_value(),
        sent.password.get_secret_value(),
        sent.again.get_secret_value(),
        place_of(page),
        mailed=bool(page.site.settings.smtp_host),
    )
    return page.go("account.show", notice="Your password is changed.")


@routes.post("/prove", needs=Act.ACCOUNT_MANAGE, name="account.prove")
def prove_first(uow: UnitOfWork, page: Page, form: Submission[ProofForm]) -> Response:
    # Every press is a try of its own, so none may be answered as a repeat of an earlier one.
    uow.form_key = None
    wanted = our_path(form.valid.next)
    try:
        prove(uow, page, form.proof)
    except Invalid as fault:
        return page.ask_proof([("next", wanted)], fault.sentence, changing=True)
    return page.go_to(wanted)


def prove(uow: UnitOfWork, page: Page, password: str) -> None:
    """Prove by a password typed on a page that whoever asks is who they say."""
    service.prove(uow, password, place_of(page), demo=page.demo)


@routes.post("/sessions/{session_id}/end", needs=Act.ACCOUNT_MANAGE, name="account.end_session")
def end_session(session_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.end_session(uow, session_id)
    return page.go("account.show", notice="That session is ended.")
