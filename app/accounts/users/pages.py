"""The administrator's pages: who can sign in, inviting, changing and shutting out."""

import secrets

from starlette.responses import Response

from app.access.roles import Organisation, Role
from app.accounts.users import queries, service
from app.accounts.users.forms import EditForm, InviteForm
from app.accounts.users.service import Invited, Standing
from app.kernel.acts import Act
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/users")

ROLES = [(role.value, role.label) for role in Role if role is not Role.PRACTITIONER]
ORGANISATIONS = [(side.value, side.label) for side in Organisation]


@routes.get("", needs=Act.USER_VIEW, name="users.index")
def list_users(uow: UnitOfWork, page: Page) -> Response:
    people = queries.list_people(uow)
    return page.show("accounts/users.html", people=people, lots=page.site.lot_names(uow))


@routes.get("/new", needs=Act.USER_INVITE, name="users.new")
def invite_form(uow: UnitOfWork, page: Page, form: Submission[InviteForm]) -> Response:
    return page.show(
        "accounts/invite.html",
        form=form,
        roles=ROLES,
        organisations=ORGANISATIONS,
        lots=list(page.site.lot_names(uow).items()),
    )


@routes.post("/new", needs=Act.USER_INVITE, name="users.invite", shows=invite_form)
def invite(uow: UnitOfWork, page: Page, form: Submission[InviteForm]) -> Response:
    sent = form.valid
    standing = Standing(sent.name, sent.role, sent.organisation, frozenset(sent.lots))
    return _show_link(page, uow, service.invite(uow, sent.email, standing, mailed=_mailed(page)))


@routes.get("/{user_id}", needs=Act.USER_VIEW, name="users.show")
def show_user(user_id: Id, uow: UnitOfWork, page: Page, form: Submission[EditForm]) -> Response:
    person = queries.find_person(uow, user_id)
    form.start(
        version=person.version,
        name=person.name,
        role=person.role.value,
        organisation=person.organisation.value,
        lots=list(person.lot_ids),
        active_until=person.active_until,
    )
    works = person.role is Role.PRACTITIONER
    return page.show(
        "accounts/user.html",
        form=form,
        person=person,
        roles=[(person.role.value, person.role.label)] if works else ROLES,
        organisations=ORGANISATIONS,
        lots=list(page.site.lot_names(uow).items()),
        keys=[secrets.token_urlsafe(18) for _ in range(3)],
    )


@routes.post("/{user_id}", needs=Act.USER_EDIT, name="users.edit", shows=show_user)
def edit(user_id: Id, uow: UnitOfWork, page: Page, form: Submission[EditForm]) -> Response:
    sent = form.valid
    standing = Standing(
        sent.name, sent.role, sent.organisation, frozenset(sent.lots), sent.active_until
    )
    lot_names = page.site.lot_names(uow)
    form.call("lots", lot_names.items())
    service.edit(uow, user_id, standing, version=form.ask_version(), lot_names=lot_names)
    return page.go("users.show", user_id=user_id, notice="Saved. It counts from their next page.")


@routes.post("/{user_id}/disable", needs=Act.USER_DISABLE, name="users.disable")
def disable(user_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.disable(uow, user_id)
    return page.go("users.show", user_id=user_id, notice="Disabled, and signed out everywhere.")


@routes.post("/{user_id}/enable", needs=Act.USER_EDIT, name="users.enable")
def enable(user_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.enable(uow, user_id)
    return page.go("users.show", user_id=user_id, notice="This person can sign in again.")


@routes.post("/{user_id}/sign-out", needs=Act.USER_DISABLE, name="users.end_sessions")
def end_sessions(user_id: Id, uow: UnitOfWork, page: Page) -> Response:
    ended = service.end_sessions(uow, user_id)
    return page.go("users.show", user_id=user_id, notice=f"Sessions ended: {ended}.")


@routes.post("/{user_id}/link", needs=Act.USER_RESET, name="users.link")
def new_link(user_id: Id, uow: UnitOfWork, page: Page) -> Response:
    return _show_link(page, uow, service.new_link(uow, user_id, mailed=_mailed(page)))


def _show_link(page: Page, uow: UnitOfWork, invited: Invited) -> Response:
    person = queries.find_person(uow, invited.user_id)
    address = page.site.settings.origin + invited.path
    return page.show("accounts/link.html", person=person, address=address, mailed=_mailed(page))


def _mailed(page: Page) -> bool:
    return bool(page.site.settings.smtp_host)
