"""Turns what went wrong into an answer: one table of statuses, one page, never a stack trace."""

import logging
import secrets
from collections.abc import Mapping

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Match

from app.access.actor import Actor
from app.kernel.errors import (
    Busy,
    Conflict,
    DomainError,
    Forbidden,
    Invalid,
    NotFound,
    Refused,
    SignInNeeded,
    TooMany,
)
from app.web.page import NOTICE, Page
from app.web.site import site_of
from app.work.keys import KeyReused

log = logging.getLogger("clearway")

STATUS: Mapping[type[DomainError], int] = {
    NotFound: 404,
    Forbidden: 403,
    Refused: 409,
    Conflict: 409,
    Invalid: 422,
    KeyReused: 422,
    TooMany: 429,
    Busy: 503,
}
TITLES = {
    400: "The request could not be read",
    403: "You cannot do this",
    404: "Page not found",
    405: "Not offered here",
    409: "This cannot be done now",
    413: "That is too large",
    415: "The request could not be read",
    422: "The form could not be read",
    429: "Too many tries",
    500: "Something went wrong",
    503: "Clearway is busy",
    507: "There is no room to save",
}
SENTENCES = {
    400: "Go back and try again.",
    404: "There is nothing here that you can see.",
    405: "This address does not take what was sent.",
    413: "What was sent is larger than this page takes. Nothing was saved.",
    422: "An answer was not in the form that the page asks for. Nothing was saved.",
    503: "Clearway cannot reach its database. Nothing was saved. Try again in a moment.",
    507: "The disk that Clearway saves on is full. Nothing was saved. Tell your administrator.",
}
# What SQLite and PostgreSQL say when they have no room.
FULL = ("disk is full", "No space left on device")


def answer_problems(app: FastAPI) -> None:
    """Give every kind of failure its answer."""
    app.add_exception_handler(DomainError, _domain)  # type: ignore[arg-type]
    app.add_exception_handler(HTTPException, _http)  # type: ignore[arg-type]
    app.add_exception_handler(RequestValidationError, _unreadable)  # type: ignore[arg-type]
    app.add_exception_handler(OperationalError, _database)  # type: ignore[arg-type]
    app.add_exception_handler(Exception, _bug)


def status_of(error: DomainError) -> int:
    """The status for a failure; the nearest listed ancestor decides."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def _domain(request: Request, error: DomainError) -> Response:
    if isinstance(error, SignInNeeded):
        return _to_sign_in(request)
    status = status_of(error)
    conflict = error if isinstance(error, Conflict) else None
    answer = problem(request, status, error.sentence, conflict=conflict)
    if isinstance(error, TooMany):
        answer.headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, Busy):
        answer.headers["Retry-After"] = "5"
    return answer


def _http(request: Request, error: HTTPException) -> Response:
    _ask_who(request)
    return problem(request, error.status_code, SENTENCES.get(error.status_code, SENTENCES[400]))


def _ask_who(request: Request) -> None:
    """No guard stands before an address that leads nowhere or cannot be read."""
    if not hasattr(request.state, "actor"):
        request.state.actor = _asker(request)


def _asker(request: Request) -> Actor:
    site = site_of(request)
    uow = site.database.open(Actor.nobody())
    try:
        return site.identify(uow, request, polled=True)
    finally:
        uow.close()


def _unreadable(request: Request, error: RequestValidationError) -> Response:
    in_path = any(fault["loc"][0] == "path" for fault in error.errors())
    status = 404 if in_path else 422
    _ask_who(request)
    return problem(request, status, SENTENCES[status])


def _database(request: Request, error: OperationalError) -> Response:
    """No fault of ours: the database is away, or its disk is full."""
    if "no such" in str(error.orig):
        # SQLite's word for a statement that speaks of what the database does not have.
        return _bug(request, error)
    log.error("The database failed: %s", error.orig)
    status = 507 if any(words in str(error.orig) for words in FULL) else 503
    return problem(request, status, SENTENCES[status])


def _bug(request: Request, error: Exception) -> Response:
    reference = secrets.token_hex(4)
    route = getattr(request.scope.get("route"), "path", "")
    log.error("Failed %s: %s %s", reference, request.method, route, exc_info=error)
    return problem(
        request, 500, f"Nothing was saved. Say this reference to your administrator: {reference}."
    )


def _to_sign_in(request: Request) -> Response:
    site = site_of(request)
    form = getattr(request.state, "form", None)
    htmx = request.headers.get("hx-request") == "true"
    if form is not None and any(form.labelled().values()) and not htmx:
        return _kept(request, form.kept)
    wanted = request.url.path if request.method == "GET" else "/"
    address = site.url("sign_in") + (f"?next={wanted}" if wanted != "/" else "")
    if htmx:
        return Response(status_code=204, headers={"HX-Redirect": address})
    return RedirectResponse(address, 303)


def _kept(request: Request, kept: list[tuple[str, str]]) -> Response:
    """What somebody wrote while their session ended, to be sent again once they are back."""
    site = site_of(request)
    uow = site.database.open(Actor.nobody())
    try:
        html = site.templates.get_template("problems/signed_out.html").render(
            page=Page(request, site, uow), url=site.url, kept=kept, action=request.url.path
        )
    finally:
        uow.close()
    return HTMLResponse(html, 401)


def problem(
    request: Request, status: int, sentence: str, *, conflict: Conflict | None = None
) -> Response:
    """The page, or the notice for htmx, or problem+json, that tells what went wrong."""
    title = TITLES.get(status, TITLES[400])
    if request.url.path.startswith("/api/"):
        body = {"title": title, "status": status, "detail": sentence}
        return JSONResponse(body, status, media_type="application/problem+json")
    site = site_of(request)
    actor = getattr(request.state, "actor", None) or Actor.nobody()
    uow = site.database.open(actor)
    try:
        form = getattr(request.state, "form", None)
        typed = form.labelled() if form is not None else {}
        mine = (conflict.mine if conflict else {}) or typed
        page = Page(request, site, uow)
        part = request.headers.get("hx-request") == "true"
        html = site.templates.get_template(
            "problems/_notice.html" if part else "problems/problem.html"
        ).render(
            page=page,
            url=site.url,
            may=page.may,
            title=title,
            status=status,
            sentence=sentence,
            conflict=conflict,
            shown_at=getattr(request.state, "shown_at", ""),
            above=_above(request) if status in (405, 409) else "",
            mine=mine,
        )
    finally:
        uow.close()
    answer = HTMLResponse(html, status)
    if page.notice and not part:
        answer.delete_cookie(NOTICE)
    return answer


def _above(request: Request) -> str:
    """The page above an address that takes what a form sends; empty where there is none."""
    path = request.url.path.rpartition("/")[0]
    asked = {**request.scope, "method": "GET", "path": path}
    shown = any(route.matches(asked)[0] is Match.FULL for route in request.app.routes)
    return path if path and shown else ""
