"""The route on which a practitioner is invited."""

from starlette.responses import Response

from app.accounts.users.queries import find_person
from app.kernel.acts import Act
from app.people.sign_ins import queries, service
from app.people.sign_ins.forms import InviteWorkerForm
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Routes
from app.work.uow import UnitOfWork

routes = Routes("/people/sign-ins")


@routes.get("/new", needs=Act.USER_INVITE, name="sign_ins.form")
def invite_form(uow: UnitOfWork, page: Page, form: Submission[InviteWorkerForm]) -> Response:
    workers = [(worker.id, worker.name) for worker in queries.without_sign_in(uow)]
    return page.show("people/sign_ins/invite.html", form=form, workers=workers)


@routes.post("/new", needs=Act.USER_INVITE, name="sign_ins.invite", shows=invite_form)
def invite(uow: UnitOfWork, page: Page, form: Submission[InviteWorkerForm]) -> Response:
    mailed = bool(page.site.settings.smtp_host)
    invited = service.invite(uow, form.valid.worker_id, form.valid.email, mailed=mailed)
    person = find_person(uow, invited.user_id)
    address = page.site.settings.origin + invited.path
    return page.show("accounts/link.html", person=person, address=address, mailed=mailed)
