"""Routes of support sessions: one's own, one of them unsealed, and that others were held."""

from starlette.responses import Response

from app.assurance.sessions import queries, service
from app.assurance.sessions.forms import LONGEST, NoteForm, SessionForm
from app.assurance.sessions.rules import Kind, Theme
from app.kernel.acts import Act
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork
from app.work.vault import Vault

routes = Routes("/support")


@routes.get("", needs=Act.SUPPORT_OWN, name="support.index")
def index(uow: UnitOfWork, page: Page) -> Response:
    manages = page.may(Act.SUPPORT_VIEW)
    return page.show(
        "assurance/sessions/index.html",
        own=queries.own_sessions(uow),
        team=queries.team(uow) if manages else [],
        themes=queries.themes(uow) if manages else [],
    )


@routes.get("/new", needs=Act.SUPPORT_RECORD, name="support.form")
def record_form(uow: UnitOfWork, page: Page, form: Submission[SessionForm]) -> Response:
    form.start(held_on=uow.today)
    partners = queries.possible_partners(uow)
    return page.show(
        "assurance/sessions/record.html",
        form=form,
        kinds=[(one.value, one.label) for one in Kind],
        partners=[
            (user_id, f"{name}, {role.label.lower()}")
            for user_id, (name, role, _) in partners.items()
        ],
        themes=[(one.value, one.label) for one in Theme],
        longest=LONGEST,
    )


@routes.post("/new", needs=Act.SUPPORT_RECORD, name="support.record", shows=record_form)
def record(uow: UnitOfWork, page: Page, form: Submission[SessionForm]) -> Response:
    said = form.valid
    session_id = service.record(uow, _vault(page), said.meeting, said.words, said.themes)
    return page.go("support.show", session_id=session_id, notice="The session is kept, sealed.")


@routes.get("/{session_id}", needs=Act.SUPPORT_OWN, name="support.show")
def show(session_id: Id, uow: UnitOfWork, page: Page, form: Submission[NoteForm]) -> Response:
    opened = queries.open_session(uow, _vault(page), session_id)
    answer = page.show("assurance/sessions/session.html", form=form, opened=opened, longest=LONGEST)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@routes.post("/{session_id}", needs=Act.SUPPORT_OWN, name="support.note", shows=show)
def add_note(session_id: Id, uow: UnitOfWork, page: Page, form: Submission[NoteForm]) -> Response:
    service.add_note(uow, _vault(page), session_id, form.valid.words)
    return page.go("support.show", session_id=session_id, notice="Your note is kept, sealed.")


def _vault(page: Page) -> Vault:
    return Vault(page.site.settings.seal_key_file)
