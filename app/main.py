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
from sqlmodel import Session, select
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from app.accounts.grants import pages as grants_pages
from app.accounts.links import pages as links_pages
from app.accounts.own import pages as own_pages
from app.accounts.sign_in import pages as sign_in_pages
from app.accounts.trail import pages as trail_pages
from app.accounts.users import pages as users_pages
from app.agreements.calendar import pages as calendar_pages
from app.agreements.check_backs import pages as check_backs_pages
from app.agreements.checklists import pages as checklists_pages
from app.agreements.closures import pages as closures_pages
from app.agreements.conditions import pages as conditions_pages
from app.agreements.disagreements import pages as disagreements_pages
from app.agreements.hand_backs import pages as hand_backs_pages
from app.agreements.handovers import pages as handovers_pages
from app.agreements.loads import pages as loads_pages
from app.agreements.meetings import pages as meetings_pages
from app.agreements.packs import pages as packs_pages
from app.agreements.proposals import pages as proposals_pages
from app.agreements.receiving import pages as receiving_pages
from app.agreements.reminders import pages as reminders_pages
from app.agreements.reminders.service import keep_sending_digests
from app.agreements.reopening import pages as reopening_pages
from app.agreements.watch import pages as watch_pages
from app.assurance.advice import pages as advice_pages
from app.assurance.compliance import pages as compliance_pages
from app.assurance.nightly import pages as nightly_pages
from app.assurance.nightly.service import keep_looking
from app.assurance.oversight import pages as oversight_pages
from app.assurance.ownership import pages as ownership_pages
from app.assurance.ownership.service import keep_checking
from app.assurance.performance_meetings import pages as performance_meetings_pages
from app.assurance.sessions import pages as sessions_pages
from app.assurance.supervision import pages as supervision_pages
from app.assurance.training import pages as training_pages
from app.cases.actions import pages as actions_pages
from app.cases.allocation import pages as allocation_pages
from app.cases.allocation import queries as allocation
from app.cases.assessments import pages as assessments_pages
from app.cases.bulk import pages as bulk_pages
from app.cases.clock_statements import pages as clock_statements_pages
from app.cases.corrections import pages as corrections_pages
from app.cases.delays import pages as delays_pages
from app.cases.drift import pages as drift_pages
from app.cases.due_days import pages as due_days_pages
from app.cases.escalation import pages as escalation_pages
from app.cases.families import pages as families_pages
from app.cases.holds import pages as holds_pages
from app.cases.listing import pages as listing_pages
from app.cases.overrides import pages as overrides_pages
from app.cases.quality import pages as quality_pages
from app.cases.recalibration import pages as recalibration_pages
from app.cases.register import pages as register_pages
from app.cases.register import queries as register
from app.cases.runs import pages as runs_pages
from app.cases.statements import pages as statements_pages
from app.cases.states import CaseState
from app.cases.triage import pages as triage_pages
from app.cases.waiting import pages as waiting_pages
from app.contract import pages as contract_pages
from app.contract import queries as contract
from app.contract.models import Contract
from app.db.engine import open_engine, threads_for
from app.db.registry import load_models
from app.exchange.agency_return import pages as agency_return_pages
from app.exchange.comparisons import pages as comparisons_pages
from app.exchange.differences import pages as differences_pages
from app.exchange.editsheets import pages as editsheets_pages
from app.exchange.exports import pages as exports_pages
from app.exchange.imports import pages as imports_pages
from app.exchange.mappings import pages as mappings_pages
from app.exchange.spellings import pages as spellings_pages
from app.exit.account import pages as final_account_pages
from app.exit.data_return import pages as data_return_pages
from app.exit.readiness import pages as readiness_pages
from app.exit.residual import pages as residual_pages
from app.exit.steps import pages as exit_steps_pages
from app.exit.subject_access import pages as subject_access_pages
from app.exit.transition import pages as transition_pages
from app.finance import pages as finance_pages
from app.finance.earned_points import pages as earned_points_pages
from app.finance.earned_value import pages as earned_value_pages
from app.finance.expenses import pages as expenses_pages
from app.finance.invoices import pages as invoices_pages
from app.finance.lines import pages as lines_pages
from app.finance.milestones import pages as milestones_pages
from app.finance.nightly.service import keep_reckoning
from app.finance.outlook import pages as outlook_pages
from app.finance.prices import pages as prices_pages
from app.finance.shifts import pages as shifts_pages
from app.finance.value import pages as value_pages
from app.kernel.acts import Act
from app.overview.casefile import pages as casefile_pages
from app.overview.feed import pages as feed_pages
from app.overview.home import pages as home_pages
from app.overview.people import pages as people_pages
from app.overview.scope import pages as scope_pages
from app.people.capacity import pages as capacity_pages
from app.people.checks import pages as checks_pages
from app.people.engagement import pages as engagement_pages
from app.people.points import pages as points_pages
from app.people.roster import pages as roster_pages
from app.people.sign_ins import pages as sign_ins_pages
from app.people.staying import pages as staying_pages
from app.people.workers import names_of_workers
from app.performance import pages as performance_pages
from app.performance.benchmarks import pages as benchmarks_pages
from app.performance.failures import pages as failures_pages
from app.performance.failures.service import keep_judging
from app.performance.guard import pages as guard_pages
from app.performance.measures import pages as measures_pages
from app.performance.measures.service import keep_reading
from app.performance.options import pages as options_pages
from app.performance.service_levels import pages as service_levels_pages
from app.performance.signals import pages as signals_pages
from app.performance.variations import pages as variations_pages
from app.plans import pages as plans_pages
from app.plans.rules import Outcome
from app.reports.commentary import pages as commentary_pages
from app.reports.hold_ups import pages as hold_ups_pages
from app.reports.meetings import pages as contract_meetings_pages
from app.reports.packs import pages as report_packs_pages
from app.reports.packs.service import keep_drafting
from app.reports.then_and_now import pages as then_and_now_pages
from app.safeguarding.cohorts import pages as cohorts_pages
from app.safeguarding.enquiries import pages as enquiries_pages
from app.safeguarding.flags import pages as flags_pages
from app.safeguarding.flags.service import keep_alerting
from app.safeguarding.issues import pages as issues_pages
from app.safeguarding.proceedings import pages as proceedings_pages
from app.safeguarding.protection import pages as protection_pages
from app.safeguarding.thresholds import pages as thresholds_pages
from app.settings import Settings
from app.web.assets import STATIC
from app.web.menu import Entry, Section
from app.web.problems import answer_problems
from app.web.routes import Public, Routes
from app.web.shield import Shield
from app.web.site import Site
from app.web.templating import make_templates
from app.work.database import Database
from app.work.outbox import keep_sending
from app.work.uow import UnitOfWork

MENU = (
    Section("Home", (Entry("Home", "home", Act.HOME_VIEW),)),
    Section(
        "Cases",
        (
            Entry("Cases", "cases.index", Act.CASE_VIEW),
            Entry("Saved views", "saved_views.index", Act.SAVED_VIEW_KEEP),
            Entry("Triage", "allocation.triage", Act.CASE_ALLOCATE),
            Entry("Waiting", "waiting.index", Act.WAITING_VIEW),
            Entry("Authorisation", "assessments.queue", Act.ASSESSMENT_QUEUE),
            Entry("On hold", "holds.index", Act.HOLD_VIEW),
            Entry("Delays", "delays.index", Act.DELAY_VIEW),
            Entry("Drift", "drift.index", Act.DRIFT_VIEW),
            Entry("Actions", "actions.index", Act.ACTION_VIEW),
            Entry("Import", "imports.index", Act.IMPORT_RUN),
            Entry("Differences", "differences.index", Act.DIFFERENCE_VIEW),
            Entry("Data quality", "quality.index", Act.QUALITY_VIEW),
        ),
    ),
    Section(
        "Agreement",
        (
            Entry("Agreement desk", "proposals.desk", Act.PROPOSAL_AGREE),
            Entry("Agreement meetings", "agenda.index", Act.PROPOSAL_VIEW),
            Entry("Handovers", "handovers.index", Act.PROPOSAL_VIEW),
        ),
    ),
    Section(
        "Safeguarding",
        (
            Entry("Safeguarding flags", "flags.index", Act.FLAG_VIEW),
            Entry("Cohorts", "cohorts.index", Act.SAFEGUARDING_REPORT),
        ),
    ),
    Section(
        "Practice",
        (
            Entry("Supervision", "supervision.index", Act.SUPERVISION_VIEW),
            Entry("Advice and training", "advice.index", Act.ADVICE_COUNTS),
        ),
    ),
    Section(
        "Delivery",
        (
            Entry("Progress", "progress.burndown", Act.PROGRESS_VIEW),
            Entry("Measures", "measures.index", Act.PROGRESS_VIEW),
            Entry("Service levels", "service_levels.index", Act.PROGRESS_VIEW),
            Entry("Scope", "scope.ledger", Act.SCOPE_VIEW),
        ),
    ),
    Section(
        "Money",
        (
            Entry("Money", "finance.index", Act.MONEY_VIEW),
            Entry("Invoices", "invoices.index", Act.MONEY_VIEW),
            Entry("Earned value", "earned_value.index", Act.MONEY_VIEW),
            Entry("Outlook", "outlook.index", Act.MONEY_VIEW),
        ),
    ),
    Section(
        "People",
        (
            Entry("People", "people.index", Act.PEOPLE_VIEW),
            Entry("Timesheets", "shifts.index", Act.SHIFT_VIEW),
            Entry("My workload", "workload.own", Act.WORKLOAD_OWN),
            Entry("My week", "shifts.own", Act.SHIFT_OWN),
            # Others come to it from the pages about people.
            Entry("Points", "points.index", Act.POINTS_AGREE),
        ),
    ),
    Section(
        "Contract",
        (
            Entry("Contract", "contract.show", Act.CONTRACT_VIEW),
            Entry("Exit", "exit.index", Act.EXIT_VIEW),
        ),
    ),
    Section(
        "Reports",
        (
            Entry("Packs", "packs.index", Act.PACK_VIEW),
            Entry("Meetings", "contract_meetings.index", Act.CONTRACT_MEETING_VIEW),
            Entry("Commentary", "commentary.index", Act.COMMENTARY_VIEW),
        ),
    ),
    Section("Users", (Entry("Users", "users.index", Act.USER_VIEW),)),
    Section("Trail", (Entry("Trail", "trail.index", Act.TRAIL_VIEW),)),
)

# What is done by itself beside the requests.
KEEPERS = (
    keep_checking,
    keep_alerting,
    keep_looking,
    keep_reading,
    keep_judging,
    keep_drafting,
)

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
)

# One for every application of this process, so that each template is compiled once.
TEMPLATES = make_templates({"CaseState": CaseState, "outcome_words": OUTCOME_WORDS})

# Every room's routes in the order of the house, each with whether it exists in a demo only.
ROOMS: tuple[tuple[Routes, bool], ...] = (
    (sign_in_pages.routes, False),
    (sign_in_pages.demo_routes, True),
    (links_pages.routes, False),
    (own_pages.routes, False),
    (users_pages.routes, False),
    (grants_pages.routes, False),
    (trail_pages.routes, False),
    # Before the register, whose address of a case would take an export's for an id.
    (exports_pages.routes, False),
    (comparisons_pages.routes, False),
    (listing_pages.routes, False),
    (corrections_pages.routes, False),
    (bulk_pages.routes, False),
    (register_pages.routes, False),
    (triage_pages.routes, False),
    (allocation_pages.routes, False),
    # Before the runs, whose address would take it for a run's number.
    (overrides_pages.routes, False),
    (runs_pages.routes, False),
    (assessments_pages.routes, False),
    (assessments_pages.queue, False),
    (holds_pages.routes, False),
    (clock_statements_pages.routes, False),
    (waiting_pages.routes, False),
    (delays_pages.routes, False),
    (escalation_pages.routes, False),
    (drift_pages.routes, False),
    (nightly_pages.routes, False),
    (actions_pages.routes, False),
    (statements_pages.routes, False),
    (families_pages.routes, False),
    (quality_pages.routes, False),
    (casefile_pages.routes, False),
    (contract_pages.routes, False),
    (contract_pages.deputy_routes, False),
    (due_days_pages.routes, False),
    (due_days_pages.clock_routes, False),
    (plans_pages.routes, False),
    (flags_pages.routes, False),
    (issues_pages.routes, False),
    (enquiries_pages.routes, False),
    (proceedings_pages.routes, False),
    (thresholds_pages.routes, False),
    (cohorts_pages.routes, False),
    (protection_pages.routes, False),
    (checklists_pages.routes, False),
    (calendar_pages.routes, False),
    (check_backs_pages.routes, False),
    (packs_pages.routes, False),
    (handovers_pages.routes, False),
    (receiving_pages.routes, False),
    (loads_pages.routes, False),
    (hand_backs_pages.routes, False),
    (closures_pages.routes, False),
    (closures_pages.template_routes, False),
    (proposals_pages.routes, False),
    (conditions_pages.routes, False),
    (meetings_pages.routes, False),
    (reminders_pages.routes, False),
    (disagreements_pages.routes, False),
    (reopening_pages.routes, False),
    (ownership_pages.routes, False),
    (performance_meetings_pages.routes, False),
    (supervision_pages.routes, False),
    (compliance_pages.routes, False),
    (sessions_pages.routes, False),
    (oversight_pages.routes, False),
    (training_pages.routes, False),
    (advice_pages.routes, False),
    (performance_pages.routes, False),
    (watch_pages.routes, False),
    (guard_pages.routes, False),
    (measures_pages.routes, False),
    (variations_pages.routes, False),
    (options_pages.routes, False),
    # Before the service levels, whose address would take them for a level's number.
    (failures_pages.routes, False),
    (benchmarks_pages.routes, False),
    (service_levels_pages.routes, False),
    (signals_pages.routes, False),
    (finance_pages.routes, False),
    (prices_pages.routes, False),
    (milestones_pages.routes, False),
    (invoices_pages.routes, False),
    (lines_pages.routes, False),
    (value_pages.routes, False),
    (shifts_pages.routes, False),
    (expenses_pages.routes, False),
    (earned_points_pages.routes, False),
    (earned_value_pages.routes, False),
    (outlook_pages.routes, False),
    (readiness_pages.routes, False),
    (exit_steps_pages.routes, False),
    (residual_pages.routes, False),
    (residual_pages.outlook_routes, False),
    (data_return_pages.routes, False),
    (subject_access_pages.routes, False),
    (transition_pages.routes, False),
    (final_account_pages.routes, False),
    (scope_pages.routes, False),
    (people_pages.routes, False),
    (points_pages.routes, False),
    (recalibration_pages.routes, False),
    (checks_pages.routes, False),
    (agency_return_pages.routes, False),
    (capacity_pages.routes, False),
    (engagement_pages.routes, False),
    (staying_pages.routes, False),
    (sign_ins_pages.routes, False),
    # After the others about people, whose addresses it would take for a worker's id.
    (roster_pages.routes, False),
    (contract_meetings_pages.routes, False),
    (commentary_pages.routes, False),
    (hold_ups_pages.routes, False),
    (then_and_now_pages.routes, False),
    (report_packs_pages.routes, False),
    (home_pages.routes, False),
    (feed_pages.routes, False),
    (imports_pages.routes, False),
    (differences_pages.routes, False),
    (editsheets_pages.routes, False),
    (spellings_pages.routes, False),
    (mappings_pages.routes, False),
)


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
    for routes in rooms_for(settings):
        app.include_router(routes.router)
    app.mount("/static", StaticFiles(directory=STATIC, check_dir=False), name="static")
    answer_problems(app)
    app.state.site = make_site(settings, database, guarded_paths(app))
    return Shield(app, hosts=frozenset(settings.hosts), secure=settings.secure)


def make_site(settings: Settings, database: Database, paths: Mapping[str, str]) -> Site:
    """What the requests to one database share."""
    return Site(
        settings=settings,
        database=database,
        templates=TEMPLATES,
        paths=paths,
        menu=MENU,
        lot_names=_lot_names,
        practitioner_names=_practitioner_names,
        practitioners_with_cases=allocation.list_holders,
        case_references=register.references_of,
        prove=own_pages.prove,
        contract_names=_contract_names(database),
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


def _contract_names(database: Database) -> dict[int, str]:
    with Session(database.engine) as session:
        return {
            contract_id: name
            for contract_id, name in session.exec(select(Contract.id, Contract.name)).all()
            if contract_id is not None
        }


def _lot_names(uow: UnitOfWork) -> dict[int, str]:
    return dict(contract.lot_choices(uow))


def _practitioner_names(uow: UnitOfWork) -> dict[int, str]:
    return names_of_workers(uow)
