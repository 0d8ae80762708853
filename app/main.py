"""The composition root: settings, database, templates and every room's routes become one app."""

import gc
import threading
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from sqlmodel import select
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from app.access.actor import Actor
from app.accounts.own import pages as own_pages
from app.agreements.reminders.service import keep_sending_digests
from app.assurance.nightly.service import keep_looking
from app.assurance.ownership.service import keep_checking
from app.cases.allocation import queries as allocation
from app.cases.register import queries as register
from app.cases.states import CaseState
from app.contract import queries as contract
from app.contract.models import Contract
from app.db.engine import open_engine, threads_for
from app.db.registry import load_models
from app.finance.nightly.service import keep_reckoning
from app.kernel.acts import Act
from app.menu import MENU
from app.people.workers import names_of_workers
from app.performance.failures.service import keep_judging
from app.performance.measures.service import keep_reading
from app.plans.rules import Outcome
from app.reports.packs.service import keep_drafting
from app.rooms import ROOMS
from app.safeguarding.flags.service import keep_alerting
from app.settings import Settings
from app.web.assets import STATIC
from app.web.problems import answer_problems
from app.web.routes import Public, Rooms, Routes
from app.web.shield import Shield
from app.web.site import Site
from app.web.templating import make_templates
from app.work.database import Database, keep_statistics
from app.work.outbox import keep_sending
from app.work.uow import UnitOfWork

OUTCOME_WORDS = {outcome.value: outcome.label for outcome in Outcome}

# What is done beside the requests, each by a thread of its own.
KEEPERS = (
    keep_checking,
    keep_alerting,
    keep_looking,
    keep_reading,
    keep_judging,
    keep_drafting,
    keep_reckoning,
    keep_statistics,
)

# One for every application of this process, so that each template is compiled once.
TEMPLATES = make_templates({"CaseState": CaseState, "outcome_words": OUTCOME_WORDS})


def create_asgi() -> ASGIApp:
    """The application as a server runs it, set up from the environment."""
    return create_app(Settings())


def create_app(settings: Settings, database: Database | None = None) -> Shield:
    """The application on one database, wrapped so that every answer has its headers."""
    load_models()
    database = database or Database(open_engine(settings.database_url), lambda: datetime.now(UTC))
    app = FastAPI(
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_lifespan,
    )
    rooms = rooms_for(settings)
    for routes in rooms:
        app.include_router(routes.router)
    included = tuple(app.router.routes)
    app.mount("/static", StaticFiles(directory=STATIC, check_dir=False), name="static")
    answer_problems(app)
    app.state.site = make_site(settings, database, guarded_paths(app))
    app.router.routes[: len(rooms)] = [Rooms(zip(rooms, included, strict=True))]
    return Shield(app, hosts=frozenset(settings.hosts), secure=settings.secure)


def make_site(settings: Settings, database: Database, paths: Mapping[str, str]) -> Site:
    """What the requests to one database share."""
    with database.work(Actor.nobody()) as uow:
        names = _contract_names(uow)
    return Site(
        settings=settings,
        database=database,
        templates=TEMPLATES,
        paths=paths,
        menu_sections=MENU,
        lot_names=_lot_names,
        practitioner_names=_practitioner_names,
        practitioners_with_cases=allocation.list_holders,
        case_references=register.references_of,
        prove=own_pages.prove,
        read_contract_names=_contract_names,
        contract_names=names,
    )


def rooms_for(settings: Settings) -> list[Routes]:
    """Every room's routes; the demo's one-click sign-in exists only in a demo."""
    return [routes for routes, demo_only in ROOMS if settings.demo or not demo_only]


def guarded_paths(app: FastAPI) -> dict[str, str]:
    """The path of each named route; raises TypeError for a route that says not what it needs."""
    paths = {}
    for context in iter_route_contexts(app.routes):
        route: Any = context.original_route
        if route.name == "static":
            continue
        needs = (getattr(route, "openapi_extra", None) or {}).get("needs")
        if not isinstance(needs, Act | Public):
            raise TypeError(f"The route {route.name} does not say what it needs.")
        path: str = getattr(context, "path", None) or route.path
        paths[route.name] = path
    return paths


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    site: Site = app.state.site
    current_default_thread_limiter().total_tokens = threads_for(site.database.engine)
    site.database.gather_statistics()
    views = site.database.views
    writer = threading.Thread(target=views.keep_writing, args=(site.database,), daemon=True)
    writer.start()
    stop = threading.Event()
    for keeper in KEEPERS:
        threading.Thread(target=keeper, args=(site.database, stop), daemon=True).start()
    digests = (site.database, stop)
    threading.Thread(target=keep_sending_digests, args=digests, daemon=True).start()
    if site.settings.smtp_host:
        sending = (site.database, site.settings, stop)
        threading.Thread(target=keep_sending, args=sending, daemon=True).start()
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 50)
    yield
    stop.set()
    views.stop()
    writer.join(timeout=10)
    site.database.engine.dispose()


def _contract_names(uow: UnitOfWork) -> dict[int, str]:
    with uow.beyond_scope():
        return {one.id or 0: one.name for one in uow.session.exec(select(Contract))}


def _lot_names(uow: UnitOfWork) -> dict[int, str]:
    return dict(contract.lot_choices(uow))


def _practitioner_names(uow: UnitOfWork) -> dict[int, str]:
    return names_of_workers(uow)
