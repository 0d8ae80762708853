"""The page that a one-time link leads to."""

from starlette.responses import Response

from app.access.models import LinkPurpose
from app.accounts.links import service
from app.accounts.links.forms import ChooseForm
from app.kernel.errors import NotFound
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Public, Routes
from app.work.uow import UnitOfWork

routes = Routes("/choose-password")
HOLDER = Public("whoever holds a link that still works")


@routes.get("/{purpose}/{token}", needs=HOLDER, name="links.form")
def choose_form(
    purpose: LinkPurpose, token: str, uow: UnitOfWork, page: Page, form: Submission[ChooseForm]
) -> Response:
    try:
        person = service.find_person(uow, purpose, token)
    except NotFound:
        return page.show("accounts/link_gone.html", status=404)
    return page.show("accounts/choose_password.html", form=form, person=person, path=page.path)


@routes.post("/{purpose}/{token}", needs=HOLDER, name="links.choose", shows=choose_form)
def choose(
    purpose: LinkPurpose, token: str, uow: UnitOfWork, page: Page, form: Submission[ChooseForm]
) -> Response:
    sent = form.valid
    try:
        service.choose_password(
            uow, purpose, token, sent.password.get_secret_value(), sent.again.get_secret_value()
        )
    except NotFound:
        return page.show("accounts/link_gone.html", status=404)
    return page.go("sign_in", notice="Your password is saved. Sign in with it.")
