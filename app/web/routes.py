"""Declares routes: each names what it needs, and nobody reaches a handler without it."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, TypeAlias, get_args, get_origin

from anyio.to_thread import run_sync
from fastapi import APIRouter, Path
from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from app.access.actor import Actor
from app.access.sessions import needs_proof
from app.kernel.acts import Act
from app.kernel.errors import Conflict, Invalid, ProofNeeded, SignInNeeded
from app.web.bodies import limited
from app.web.fields import LARGEST_ID, Form
from app.web.forms import Submission
from app.web.page import Page
from app.web.site import site_of
from app.work.keys import Repeated
from app.work.uow import UnitOfWork

Handler = Callable[..., Response]
Shape: TypeAlias = tuple[str, int]
MAX_FIELDS = 1000
BODY_BYTES = 1024 * 1024

Id = Annotated[int, Path(ge=1, le=LARGEST_ID)]


@dataclass(frozen=True)
class Public:
    """A route for people who are not signed in; says why."""

    why: str


Needs = Act | Public


class NoAnswers(Form):
    """The form of a single button: nothing but its key."""


class Query(dict[str, str]):
    """The query string, the last value of a repeated name winning."""


class Rooms(BaseRoute):
    """Every room's routes; a request is shown to those alone with an address of its shape."""

    def __init__(self, rooms: Iterable[tuple["Routes", BaseRoute]]) -> None:
        self.by_shape: dict[Shape, list[BaseRoute]] = {}
        for routes, included in rooms:
            for shape in sorted(routes.shapes):
                self.by_shape.setdefault(shape, []).append(included)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """The first room that answers the request whole, else the first that knows its address."""
        best, chosen = Match.NONE, None
        for room in self.by_shape.get(_shape(scope["path"]), ()):
            match, _ = room.matches(scope)
            if match.value > best.value:
                best, chosen = match, room
            if best is Match.FULL:
                break
        return best, {"room": chosen}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        await scope["room"].handle(scope, receive, send)


class Routes:
    """One room's routes. `needs` has no default, so that an unguarded route cannot be written."""

    def __init__(self, prefix: str = "") -> None:
        self.router = APIRouter(prefix=prefix)
        self.shapes: set[Shape] = set()
        self._addresses: dict[Handler, str] = {}

    def get(
        self, path: str, *, needs: Needs, name: str, polled: bool = False, brief: bool = False
    ) -> Callable[[Handler], Handler]:
        """A page; one that the browser `polled` by itself does not keep its session awake.

        A `brief` one is made in milliseconds, however many cases there are, and changes nothing.
        """
        return self._declare("GET", path, needs, name, polled=polled, brief=brief)

    def post(
        self,
        path: str,
        *,
        needs: Needs,
        name: str,
        shows: Handler | None = None,
        max_body: int = BODY_BYTES,
    ) -> Callable[[Handler], Handler]:
        """A change; `shows` draws the form again when it or a rule finds fault with an answer."""
        return self._declare("POST", path, needs, name, shows=shows, max_body=max_body)

    def _declare(
        self,
        method: str,
        path: str,
        needs: Needs,
        name: str,
        *,
        shows: Handler | None = None,
        polled: bool = False,
        brief: bool = False,
        max_body: int = BODY_BYTES,
    ) -> Callable[[Handler], Handler]:
        if not isinstance(needs, Act | Public):
            raise TypeError(f"{name} must say what it needs.")

        def declare(handler: Handler) -> Handler:
            guard = Guard(handler, needs, shows=shows, polled=polled, brief=brief, most=max_body)
            guard.shown_at = self._addresses.get(shows, "") if shows else ""
            address = self.router.prefix + path
            self.shapes.add(_shape(address))
            if method == "GET":
                self._addresses[handler] = address
            self.router.add_api_route(
                path,
                guard.endpoint(method),
                methods=[method],
                name=name,
                response_model=None,
                include_in_schema=False,
                openapi_extra={"needs": needs},
            )
            return handler

        return declare


@dataclass(frozen=True)
class Wanted:
    """Which of a handler's parameters the guard itself provides."""

    uow: str | None
    page: str | None
    query: str | None
    form: tuple[str, type[Any]] | None
    rest: tuple[inspect.Parameter, ...]

    @classmethod
    def by(cls, handler: Handler) -> "Wanted":
        names: dict[Any, str] = {}
        form, rest = None, []
        for parameter in inspect.signature(handler, eval_str=True).parameters.values():
            kind = parameter.annotation
            if get_origin(kind) is Submission:
                form = (parameter.name, get_args(kind)[0])
            elif kind in (UnitOfWork, Page, Query):
                names[kind] = parameter.name
            else:
                rest.append(parameter)
        return cls(names.get(UnitOfWork), names.get(Page), names.get(Query), form, tuple(rest))

    def arguments(
        self, uow: UnitOfWork, page: Page, query: Query, form: Submission[Any] | None
    ) -> dict[str, object]:
        given: list[tuple[str | None, object]] = [
            (self.uow, uow),
            (self.page, page),
            (self.query, query),
        ]
        if self.form is not None:
            own = form if form is not None else Submission(self.form[1])
            given.append((self.form[0], own))
        return {name: value for name, value in given if name is not None}


class Guard:
    """Stands before a handler: who asks, may they, and what did they send."""

    def __init__(
        self,
        handler: Handler,
        needs: Needs,
        *,
        shows: Handler | None,
        polled: bool,
        brief: bool,
        most: int,
    ) -> None:
        self.handler = handler
        self.needs = needs
        self.polled = polled
        self.brief = brief
        self.most = most
        self.wanted = Wanted.by(handler)
        self.shows = shows
        self.shown = Wanted.by(shows) if shows else None
        self.shown_at = ""

    def endpoint(self, method: str) -> Callable[..., Any]:
        """The function that FastAPI calls, with only what it is to parse in its signature."""

        async def read(request: Request, **path: object) -> Response:
            if self.brief and site_of(request).database.reads_at_once:
                return self.answer(request, path, None)
            return await run_sync(self.answer, request, path, None)

        async def change(request: Request, **path: object) -> Response:
            site = site_of(request)
            _check_charset(request)
            request = limited(request, self.most)
            if self.most > BODY_BYTES:
                await run_sync(self.admit, request)
            async with request.form(max_fields=MAX_FIELDS, max_files=1) as form:
                if not site.database.is_sqlite:
                    return await run_sync(self.answer, request, path, form)
                # Writers wait here, in the loop, so that they never hold a thread a reader needs.
                async with site.ticket:
                    return await run_sync(self.answer, request, path, form)

        endpoint = read if method == "GET" else change
        own = inspect.Parameter("request", inspect.Parameter.POSITIONAL_ONLY, annotation=Request)
        parameters = [own.replace(kind=inspect.Parameter.KEYWORD_ONLY), *self.wanted.rest]
        endpoint.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
            [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in parameters]
        )
        endpoint.__name__ = self.handler.__name__
        endpoint.__module__ = self.handler.__module__
        return endpoint

    def admit(self, request: Request) -> None:
        """Turn away whoever may not send a large body, before it is read."""
        site = site_of(request)
        uow = site.database.open(Actor.nobody())
        try:
            self._check(site.identify(uow, request, polled=True))
        finally:
            uow.close()

    def answer(
        self, request: Request, path: Mapping[str, object], sent: FormData | None
    ) -> Response:
        """Run the handler for whoever asks; the change it made is committed before it answers."""
        site = site_of(request)
        uow = site.database.open(Actor.nobody())
        uow.only_reads = self.brief
        keep_open = False
        try:
            # Read first: what was typed is kept even for somebody whose session has ended.
            request.state.form = form = self._submission(sent, request.url.path)
            uow.actor = site.identify(uow, request, polled=self.polled)
            request.state.actor = uow.actor
            self._check(uow.actor)
            answer = self._run(Page(request, site, uow), uow, path, form)
            if isinstance(answer, StreamingResponse):
                answer.body_iterator = _closing(answer.body_iterator, uow)
                keep_open = True
            return answer
        finally:
            if not keep_open:
                uow.close()

    def _check(self, actor: Actor) -> None:
        if isinstance(self.needs, Public):
            return
        if actor.user_id is None:
            raise SignInNeeded
        actor.must(self.needs)

    def _run(
        self,
        page: Page,
        uow: UnitOfWork,
        path: Mapping[str, object],
        form: Submission[Any] | None,
    ) -> Response:
        query = Query(page.request.query_params)
        page.request.state.shown_at = self.shown_at.format(**path)
        if asked := self._ask_proof(page, uow, form):
            return asked
        if form is None:
            return self.handler(**path, **self.wanted.arguments(uow, page, query, None))
        uow.answers_later = True
        if self.shows is not None and form.has_faults():
            return self._again(page, uow, path, form)
        uow.form_key = form.form_key
        try:
            answer = self.handler(**path, **self.wanted.arguments(uow, page, query, form))
            location = answer.headers.get("location") or answer.headers.get("hx-redirect") or ""
            uow.settle(location)
        except (Invalid, Conflict) as fault:
            return self._at_fault(page, uow, path, form, fault)
        except ProofNeeded:
            # Only the act itself knew; once proved, it is done as it was sent, with its own key.
            uow.form_key = None
            return self._proved(page, uow, form) or self._run(page, uow, path, form)
        except Repeated as repeated:
            return page.go_to(repeated.location or "/")
        return answer

    def _ask_proof(
        self, page: Page, uow: UnitOfWork, form: Submission[Any] | None
    ) -> Response | None:
        """The page that asks who is there before an act that needs it, with what was sent kept."""
        changing = form is not None
        if not isinstance(self.needs, Act):
            return None
        if not needs_proof(uow.actor, self.needs, uow.now, changing=changing):
            return None
        return self._proved(page, uow, form)

    def _proved(self, page: Page, uow: UnitOfWork, form: Submission[Any] | None) -> Response | None:
        """Nothing where what was sent proves who is there, else the page that asks."""
        wrong = ""
        if form is not None and form.proof:
            try:
                page.site.prove(uow, page, form.proof)
            except Invalid as fault:
                wrong = fault.sentence
            else:
                uow.actor = replace(uow.actor, proved_at=uow.now)
                return None
        return page.ask_proof(form.kept if form else [], wrong, changing=form is not None)

    def _at_fault(
        self,
        page: Page,
        uow: UnitOfWork,
        path: Mapping[str, object],
        form: Submission[Any],
        fault: Invalid | Conflict,
    ) -> Response:
        """The form once more with what a rule found; who saved it first is told on its own page."""
        if self.shows is None or (isinstance(fault, Conflict) and not form.lacks_version):
            raise fault
        if isinstance(fault, Invalid):
            form.fail(fault.field, fault.sentence)
        else:
            form.fail("_version", "This form came without its version. Open the page again.")
        return self._again(page, uow, path, form)

    def _again(
        self, page: Page, uow: UnitOfWork, path: Mapping[str, object], form: Submission[Any]
    ) -> Response:
        if self.shows is None or self.shown is None:
            raise RuntimeError(f"{self.handler.__name__} has no form to show again.")
        page.status = 422
        arguments = self.shown.arguments(uow, page, Query(page.request.query_params), form)
        return self.shows(**path, **arguments)

    def _submission(self, sent: FormData | None, to: str) -> Submission[Any] | None:
        if sent is None:
            return None
        model = self.wanted.form[1] if self.wanted.form else NoAnswers
        return Submission(model, sent, to)


def _check_charset(request: Request) -> None:
    """Every form of ours is UTF-8; other codecs could smuggle in what no text may hold."""
    _, options = parse_options_header(request.headers.get("content-type", ""))
    if options.get(b"charset", b"utf-8").lower() != b"utf-8":
        raise HTTPException(415)


async def _closing(body: Any, uow: UnitOfWork) -> Any:
    try:
        async for chunk in body:
            yield chunk
    finally:
        await run_sync(uow.close)


def _shape(address: str) -> Shape:
    """What an address begins with and how many parts it has, which mostly tell its room."""
    return address.removeprefix("/").partition("/")[0], address.count("/")
