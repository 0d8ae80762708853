"""The sign-in page, signing out, and a demo's one-press sign-in."""

from itertools import groupby

from starlette.responses import Response

from app.accounts.sign_in import queries, rules, service
from app.accounts.sign_in.forms import DemoForm, SignInForm
from app.accounts.sign_in.queries import DemoPerson
from app.accounts.sign_in.service import Opened, Place
from app.kernel.acts import Act
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Public, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes()
demo_routes = Routes("/demo")

OLDEST_ENDED = "You were signed in at five other places. The oldest of them was signed out."
LEAVE_NOTHING = '"cache", "storage"'


@routes.get("/sign-in", needs=Public("the way in"), name="sign_in")
def sign_in_form(
    uow: UnitOfWork, page: Page, query: Query, form: Submission[SignInForm]
) -> Response:
    if page.user is not None and not form.sent:
        return page.go_to(rules.our_path(query.get("next", "")))
    form.start(next=rules.our_path(query.get("next", "")))
    site, people = page.site, list[DemoPerson]()
    if page.demo:
        people = queries.list_demo_people(uow, site.lot_names, site.practitioners_with_cases)
    together = groupby(people, key=lambda one: (one.contract_id, one.organisation))
    groups = [
        (page.site.contract_names.get(contract_id, "Invented people"), side.value, list(members))
        for (contract_id, side), members in together
    ]
    answer = page.show("accounts/sign_in.html", form=form, groups=groups)
    if page.site.cookie in page.request.cookies and page.user is None:
        _forget(page, answer)
    return answer


@routes.post("/sign-in", needs=Public("the way in"), name="sign_in.start", shows=sign_in_form)
def sign_in(uow: UnitOfWork, page: Page, form: Submission[SignInForm]) -> Response:
    # Every press is a try of its own, so none may be answered as a repeat of an earlier one.
    uow.form_key = None
    sent = form.valid
    opened = service.sign_in(uow, sent.email, sent.password.get_secret_value(), place_of(page))
    return _enter(page, opened, sent.next)


@demo_routes.post(
    "/sign-in/{user_id}", needs=Public("a demo’s invented people"), name="demo.sign_in"
)
def sign_in_demo(user_id: Id, uow: UnitOfWork, page: Page, form: Submission[DemoForm]) -> Response:
    uow.form_key = None
    return _enter(page, service.sign_in_demo(uow, user_id, place_of(page)), form.valid.next)


@routes.post("/sign-out", needs=Act.SIGN_OUT, name="sign_out")
def sign_out(uow: UnitOfWork, page: Page) -> Response:
    service.sign_out(uow)
    answer = page.go("sign_in", notice="You are signed out.")
    _forget(page, answer)
    return answer


def place_of(page: Page) -> Place:
    client = page.request.client
    agent = page.request.headers.get("user-agent", "")
    shown = "".join(character for character in agent if character.isprintable())
    return Place(client.host if client else "", shown)


def _enter(page: Page, opened: Opened, wanted: str) -> Response:
    answer = page.go_to(rules.our_path(wanted), OLDEST_ENDED if opened.ended_oldest else "")
    answer.set_cookie(
        page.site.cookie,
        opened.token,
        path="/",
        httponly=True,
        samesite="lax",
        secure=page.site.settings.secure,
    )
    return answer


def _forget(page: Page, answer: Response) -> None:
    secure = page.site.settings.secure
    answer.delete_cookie(page.site.cookie, path="/", httponly=True, samesite="lax", secure=secure)
    answer.headers["Clear-Site-Data"] = LEAVE_NOTHING
