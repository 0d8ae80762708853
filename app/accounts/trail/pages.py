"""The auditor's pages: the trail, whether it holds, and who looked at a case."""

from functools import partial
from urllib.parse import urlencode

from starlette.responses import Response

from app.accounts.trail import queries
from app.accounts.trail.queries import Wanted
from app.accounts.trail.rules import Names
from app.kernel.acts import Act
from app.kernel.days import parse_date
from app.kernel.errors import NotFound
from app.web.fields import LARGEST_ID
from app.web.page import Page
from app.web.routes import Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/trail")

ACTS = sorted((act.value, act.sentence) for act in Act)
FIELDS = ("act", "person", "case", "day")


@routes.get("", needs=Act.TRAIL_VIEW, name="trail.index")
def list_entries(uow: UnitOfWork, page: Page, query: Query) -> Response:
    wanted, problems = _read(query)
    people, site = queries.list_people(uow), page.site
    names = Names(dict(people), site.practitioner_names(uow), site.lot_names(uow))
    entries, older = queries.list_entries(uow, wanted, names, partial(site.case_references, uow))
    kept = {name: query[name] for name in FIELDS if query.get(name)}
    return page.show(
        "accounts/trail.html",
        entries=entries,
        problems=problems,
        wanted=wanted,
        typed=query,
        people=people,
        acts=ACTS,
        older=f"/trail?{urlencode(kept | {'before': str(older)})}" if older else "",
        newest=f"/trail?{urlencode(kept)}" if wanted.before else "",
    )


@routes.get("/verify", needs=Act.TRAIL_VIEW, name="trail.verify")
def verify(uow: UnitOfWork, page: Page) -> Response:
    since, verdict = queries.verify(uow)
    return page.show("accounts/trail_verified.html", since=since, verdict=verdict)


@routes.get("/views", needs=Act.TRAIL_VIEW, name="trail.views")
def list_views(uow: UnitOfWork, page: Page, query: Query) -> Response:
    case_id, person = (_number(query.get(name, "")) for name in ("case", "person"))
    if person is not None:
        return _views_of(uow, page, person)
    views = queries.list_views(uow, case_id) if case_id else []
    reference = page.site.case_references(uow, [case_id]).get(case_id, "") if case_id else ""
    return page.show("accounts/trail_views.html", case_id=case_id, reference=reference, views=views)


def _views_of(uow: UnitOfWork, page: Page, person: int) -> Response:
    name = dict(queries.list_people(uow)).get(person)
    if name is None:
        raise NotFound
    views = queries.list_views_of(uow, person)
    return page.show(
        "accounts/trail_views_of.html",
        name=name,
        views=views,
        most=queries.MOST_VIEWS,
        lots=page.site.lot_names(uow),
        cases=page.site.case_references(uow, {view.case_id for view in views if view.case_id}),
    )


def _read(query: Query) -> tuple[Wanted, list[str]]:
    """What the address asks for; what cannot be read is left out and said."""
    problems = []
    act, day = query.get("act", ""), None
    if act and act not in dict(ACTS):
        act = ""
        problems.append("There is no such act, so all are shown.")
    if typed := query.get("day", ""):
        try:
            day = parse_date(typed)
        except ValueError as fault:
            problems.append(str(fault))
    numbers = {name: _number(query.get(name, "")) for name in ("person", "case", "before")}
    if query.get("case") and numbers["case"] is None:
        problems.append("A case is found by its number, for example 12.")
    return Wanted(act, numbers["person"], numbers["case"], day, numbers["before"]), problems


def _number(typed: str) -> int | None:
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 11 else 0
    return number if 0 < number <= LARGEST_ID else None
