"""Routes by which cases are found: the list, the search, and views that people keep."""

import secrets
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

from jinja2 import Environment
from starlette.responses import Response

from app.cases.listing import queries, service
from app.cases.listing.forms import SavedViewForm
from app.cases.listing.rules import FEWEST_FOR_BEGINNING, MOST_OWN, parts
from app.cases.listing.service import Audience
from app.cases.register.filter import CaseFilter, filter_of
from app.cases.register.queries import count_cases, list_cases
from app.cases.register.rules import Cohort, Priority
from app.cases.states import CaseState
from app.contract import queries as contract
from app.kernel.acts import Act
from app.people import queries as people
from app.web.fields import clean
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

LONGEST = 40
STATES = [(state.value, state.label) for state in CaseState]
PRIORITIES = [(priority.value, priority.label) for priority in Priority]

routes = Routes()


@routes.get("/cases", needs=Act.CASE_VIEW, name="cases.index", brief=True)
def cases(uow: UnitOfWork, page: Page, query: Query) -> Response:
    return show_list(uow, page, query)


def show_list(
    uow: UnitOfWork, page: Page, words: Mapping[str, str], form: Submission[Any] | None = None
) -> Response:
    """The list that the words of a query ask for, with what is wrong with a form sent from it."""
    names = names_of(uow, page)
    wanted, ignored = _read(words, names)
    return page.show(
        "cases/listing/index.html",
        cases=list_cases(uow, wanted, words.get("page")),
        form=form,
        wanted=wanted,
        ignored=ignored,
        names=names,
        states=STATES,
        priorities=PRIORITIES,
        chips=[
            (label, value, wanted.without(name).url())
            for name, label, value in parts(wanted.words(), names)
        ],
        state_tags=_state_tags(page.site.templates),
        views=queries.list_views(uow),
        counts=None,
        bulk_key=secrets.token_urlsafe(18),
    )


@routes.get("/search", needs=Act.CASE_VIEW, name="cases.search", brief=True)
def search(uow: UnitOfWork, page: Page, query: Query) -> Response:
    typed = _typed(query.get("for", ""))
    found = queries.find_cases(uow, typed) if typed else queries.Found()
    if found.only_case is not None:
        return page.go("cases.show", case_id=found.only_case)
    return page.show(
        "cases/listing/search.html",
        typed=typed,
        unreadable=bool(query.get("for", "").strip()) and not typed,
        found=found,
        fewest=FEWEST_FOR_BEGINNING,
        state_tags=_state_tags(page.site.templates),
        list_address=CaseFilter(show="all", reference=typed, sort="reference").url(),
    )


@cache
def _state_tags(templates: Environment) -> dict[str, str]:
    """Each state's tag, drawn once instead of once for every row."""
    tags = templates.get_template("parts/tags.html").module
    return {state.value: tags.state(state.value) for state in CaseState}  # type: ignore[attr-defined]


def _read(
    words: Mapping[str, str], names: Mapping[str, Mapping[str, str]]
) -> tuple[CaseFilter, list[str]]:
    """The filter that the words of a query ask for, and a notice for each part ignored."""
    wanted, ignored = CaseFilter.read(words)
    if wanted.lot is not None and str(wanted.lot) not in names["lot"]:
        ignored.append(f"“{wanted.lot}” is not a known lot.")
        wanted = wanted.without("lot")
    return wanted, ignored


def _typed(text: str) -> str:
    """What was typed, as references are kept; empty where no reference could look so."""
    try:
        cleaned = str(clean(text))
    except ValueError:
        return ""
    return cleaned if len(cleaned) <= LONGEST and cleaned.isprintable() else ""


@routes.get("/saved-views", needs=Act.SAVED_VIEW_KEEP, name="saved_views.index", brief=True)
def index(uow: UnitOfWork, page: Page) -> Response:
    views = queries.list_views(uow)
    return page.show(
        "cases/listing/saved_views.html",
        views=views,
        counts=queries.count_views(uow, views),
        most=MOST_OWN,
        names=names_of(uow, page),
        parts=parts,
        key=secrets.token_urlsafe(18),
    )


@routes.get("/saved-views/new", needs=Act.SAVED_VIEW_KEEP, name="saved_views.new")
def new(uow: UnitOfWork, page: Page, query: Query, form: Submission[SavedViewForm]) -> Response:
    names = names_of(uow, page)
    words = dict(parse_qsl(form.value("filter"))) if form.sent else query
    wanted, ignored = _read(words, names)
    form.start(filter=wanted.url("").removeprefix("?"))
    own = [view for view in queries.list_views(uow) if view.is_own]
    return page.show(
        "cases/listing/save_view.html",
        form=form,
        wanted=wanted,
        ignored=ignored,
        names=names,
        parts=parts,
        total=count_cases(uow, wanted),
        roles=_roles(page),
        own=[(view.id, f"Replace “{view.name}”") for view in own],
    )


@routes.post("/saved-views", needs=Act.SAVED_VIEW_KEEP, name="saved_views.keep", shows=new)
def keep(uow: UnitOfWork, page: Page, form: Submission[SavedViewForm]) -> Response:
    said = form.valid
    wanted, audience = filter_of(said.filter), Audience(said.name, said.shared_with)
    if said.replaces is None:
        service.keep(uow, wanted, audience)
    else:
        version = queries.own_view(uow, said.replaces).version
        service.change(uow, said.replaces, version, audience, wanted)
    return page.go_to(wanted.url(), f"The view “{said.name}” is saved.")


@routes.get("/saved-views/{view_id}", needs=Act.SAVED_VIEW_KEEP, name="saved_views.form")
def edit(view_id: Id, uow: UnitOfWork, page: Page, form: Submission[SavedViewForm]) -> Response:
    view = queries.own_view(uow, view_id)
    form.start(version=view.version, name=view.name, shared_with=view.shared_with)
    return page.show(
        "cases/listing/edit_view.html",
        form=form,
        view_id=view_id,
        wanted=filter_of(view.filter),
        names=names_of(uow, page),
        parts=parts,
        roles=_roles(page),
    )


@routes.post(
    "/saved-views/{view_id}", needs=Act.SAVED_VIEW_KEEP, name="saved_views.change", shows=edit
)
def change(view_id: Id, uow: UnitOfWork, page: Page, form: Submission[SavedViewForm]) -> Response:
    said = form.valid
    audience = Audience(said.name, said.shared_with)
    service.change(uow, view_id, form.ask_version(), audience)
    return page.go("saved_views.index", notice=f"The view “{said.name}” is changed.")


@routes.post("/saved-views/{view_id}/delete", needs=Act.SAVED_VIEW_KEEP, name="saved_views.forget")
def forget(view_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.forget(uow, view_id)
    return page.go("saved_views.index", notice="The view is deleted.")


def names_of(uow: UnitOfWork, page: Page) -> dict[str, dict[str, str]]:
    """What the numbers in a filter stand for, as far as the reader may know."""
    workers = people.list_practitioners(uow) if page.may(Act.PEOPLE_VIEW) else []
    return {
        "lot": {str(number): name for number, name in contract.lot_choices(uow)},
        "practitioner": {str(number): name for number, name in workers},
        "cohort": {cohort.value: cohort.label for cohort in Cohort},
    }


def _roles(page: Page) -> list[tuple[str, str]]:
    """The roles that the reader may share a view with."""
    if not page.may(Act.SAVED_VIEW_SHARE):
        return []
    return [(role.value, f"Role: {role.label}") for role in service.audiences()]
