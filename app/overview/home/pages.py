"""The route of the home page: one page for each role, answering its first questions."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from starlette.responses import Response

from app.access.roles import Role
from app.accounts.trail import queries as trail
from app.accounts.trail.rules import Names
from app.accounts.users import queries as users
from app.agreements.check_backs import queries as check_backs
from app.agreements.disagreements import queries as disagreements
from app.agreements.meetings import queries as meetings
from app.agreements.proposals import queries as proposals
from app.agreements.proposals.head import list_first_out
from app.agreements.receiving import queries as receiving
from app.assurance.ownership import queries as ownership
from app.assurance.supervision import queries as supervision
from app.cases.actions import queries as dated
from app.cases.drift import queries as drift
from app.cases.escalation import queries as escalation
from app.cases.holds import queries as holds
from app.cases.holds.queries import HoldFilter
from app.cases.register import queries as register
from app.cases.register.filter import CaseFilter
from app.cases.states import CaseState
from app.cases.waiting import queries as waiting
from app.cases.waiting.queries import Show
from app.contract import queries as contract
from app.exit.residual import queries as exits
from app.exit.steps import queries as steps
from app.finance import queries as finance
from app.finance.rules import together
from app.finance.shifts import queries as shifts
from app.kernel.acts import Act
from app.overview.casefile.rules import NEXT
from app.overview.commissioner import queries as commissioner
from app.overview.home import queries
from app.overview.today import queries as today
from app.performance.failures import queries as failures
from app.reports.hold_ups.rules import Side
from app.reports.packs import queries as packs
from app.safeguarding.flags import queries as safeguarding
from app.safeguarding.protection import queries as protection
from app.web.page import Page
from app.web.routes import Routes
from app.work.together import OneRow, ask_together
from app.work.uow import UnitOfWork

routes = Routes()
OPEN = CaseFilter()
MOST_PROPOSALS = 20
# Sentences of a commentary that a home page shows.
MOST_SAID = 8
# Small figures: of the agency's own work, and of what both sides owe each other.
AGENCY: dict[str, OneRow[Any]] = {
    "ownership": ownership.LAST_CHECK,
    "drifting": drift.FOUND,
    "flags": safeguarding.OPEN_COUNTS,
}
OWED: dict[str, OneRow[Any]] = {"failures": failures.OPEN_COUNT, "packs": packs.WAITING}
# The keys that the script of every page knows, with where they work.
KEYS = (
    ("/", "Search for a case", Act.CASE_VIEW, "Every page"),
    ("f", "Raise a safeguarding flag", Act.FLAG_RAISE, "Every page"),
    ("?", "Show the shortcuts of the page", Act.HOME_VIEW, "Every page"),
    ("j", "Next row", Act.HOME_VIEW, "Lists"),
    ("k", "Previous row", Act.HOME_VIEW, "Lists"),
    ("Enter", "Open the row", Act.HOME_VIEW, "Lists"),
    ("x", "Tick the row", Act.CASE_BULK, "The list of cases"),
)


@routes.get("/shortcuts", needs=Act.HOME_VIEW, name="shortcuts")
def shortcuts(page: Page) -> Response:
    keys = [(key, words, where) for key, words, act, where in KEYS if page.may(act)]
    return page.show("overview/home/shortcuts.html", keys=keys)


@routes.get("/", needs=Act.HOME_VIEW, name="home", brief=True)
def home(uow: UnitOfWork, page: Page) -> Response:
    role = uow.actor.role
    if role is None:
        raise RuntimeError("Only people with a role have a home page.")
    template, gather = HOMES[role]
    return page.show(f"overview/home/{template}.html", **gather(uow))


def _lots(uow: UnitOfWork) -> dict[str, Any]:
    lines = queries.lot_lines(uow)
    return {"lines": lines, "total": queries.total(lines)}


def _project(uow: UnitOfWork) -> dict[str, Any]:
    return _delivery(uow) | {
        **_lots(uow),
        **ask_together(uow, AGENCY | OWED),
        "supervision_late": supervision.count_late(uow),
        "waiting": list_first_out(uow, queries.SHORT_LIST),
        "to_authorise": queries.to_authorise(uow),
    }


def _district_manager(uow: UnitOfWork) -> dict[str, Any]:
    return {
        **_lots(uow),
        "proposals": proposals.list_out(uow, size=MOST_PROPOSALS),
        "flags": safeguarding.list_unacknowledged(uow),
        "flag_counts": safeguarding.open_flags(uow),
        "protection": protection.running(uow),
        "to_accept": receiving.count_to_accept(uow),
        "teams": receiving.list_teams(uow),
        "checks_due": check_backs.count_due(uow),
        "asked": escalation.asked_of(uow),
        "to_confirm": meetings.count_to_confirm(uow) if uow.actor.may(Act.AGENDA_CONFIRM) else 0,
        "to_settle": disagreements.count_escalated(uow)
        if uow.actor.may(Act.DISAGREEMENT_SETTLE)
        else 0,
    }


def _delivery(uow: UnitOfWork) -> dict[str, Any]:
    """What both sides of the contract ask beside the work: money and the way out."""
    accounts = finance.list_accounts(uow)
    return {
        "money": together([one.account for one in accounts]),
        "exit_steps": steps.list_next(uow),
        "ways": exits.count_ways(uow),
    }


def _commissioner(uow: UnitOfWork) -> dict[str, Any]:
    lines = queries.lot_lines(uow)
    open_cases = {line.figures.lot_id: line.figures.open for line in lines}
    return {
        "lines": lines,
        "total": queries.total(lines),
        "answers": commissioner.answers(uow, open_cases),
        "measures": commissioner.OUTCOMES,
        "exit_steps": steps.list_next(uow),
        "ways": exits.count_ways(uow),
        "sides": list(Side),
        "most_said": MOST_SAID,
    }


def _council(uow: UnitOfWork) -> dict[str, Any]:
    return {
        **_district_manager(uow),
        **_delivery(uow),
        **ask_together(uow, OWED),
        "timesheets": shifts.count_waiting(uow),
    }


def _team_manager(uow: UnitOfWork) -> dict[str, Any]:
    reviews_overdue, unseen = waiting.count_waiting(uow, Show.REVIEW, Show.UNSEEN)
    triage = replace(OPEN, state=CaseState.UNALLOCATED, sort="triage")
    return {
        **_lots(uow),
        **ask_together(uow, AGENCY),
        "supervision_late": supervision.count_late(uow),
        "protection": protection.running(uow),
        "triage": register.list_first(uow, triage, queries.SHORT_LIST),
        "to_authorise": queries.to_authorise(uow),
        "holds_due": holds.count_holds(uow, HoldFilter(review_due=True)),
        "asked": escalation.asked_of(uow),
        "reviews_overdue": reviews_overdue,
        "unseen": unseen,
        "timesheets": shifts.count_waiting(uow),
    }


def _practitioner(uow: UnitOfWork) -> dict[str, Any]:
    return {
        "day": today.day_of(uow),
        "own_actions": dated.count_open(uow),
        "returned": queries.returned_to_fix(uow),
        "next_steps": NEXT,
    }


def _auditor(uow: UnitOfWork) -> dict[str, Any]:
    references = partial(register.references_of, uow)
    people, lots = dict(trail.list_people(uow)), dict(contract.lot_choices(uow))
    names = Names(people=people, lots=lots)
    newest, _ = trail.list_entries(uow, trail.Wanted(), names, references, queries.SHORT_LIST)
    return {"newest": newest, "taken": trail.list_taken(uow, queries.SHORT_LIST), "lots": lots}


def _administrator(uow: UnitOfWork) -> dict[str, Any]:
    return {"to_look_at": users.list_to_look_at(uow), "unsent": users.list_unsent(uow)}


HOMES: dict[Role, tuple[str, Callable[[UnitOfWork], dict[str, Any]]]] = {
    Role.AGENCY_PROJECT_MANAGER: ("project_manager", _project),
    Role.COUNCIL_PROJECT_MANAGER: ("council_project_manager", _council),
    Role.DISTRICT_MANAGER: ("district_manager", _district_manager),
    Role.COMMISSIONER: ("commissioner", _commissioner),
    Role.TEAM_MANAGER: ("team_manager", _team_manager),
    Role.PRACTITIONER: ("practitioner", _practitioner),
    Role.AUDITOR: ("auditor", _auditor),
    Role.ADMINISTRATOR: ("administrator", _administrator),
}
