"""Routes of the measures: progress against the plan, and the target it is measured by."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from starlette.responses import Response

from app.cases.groups import queries as groups
from app.cases.register.filter import CaseFilter
from app.cases.scope import queries as scope
from app.cases.scope.rules import lot_weeks, part_of
from app.cases.states import CaseState
from app.contract import queries as contract
from app.contract.rules import TargetTerms
from app.kernel.acts import Act
from app.performance import queries, service
from app.performance.forms import TargetForm
from app.performance.queries import Figures, Outcomes
from app.performance.rules import paces
from app.performance.variations import queries as variations
from app.web import charts
from app.web.charts import Chart, Column, Point
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

routes = Routes()


@routes.get("/progress", needs=Act.PROGRESS_VIEW, name="progress.burndown", brief=True)
def burndown(uow: UnitOfWork, page: Page, query: Query) -> Response:
    ledger = scope.read_weeks(uow)
    figures = queries.figures(uow, lot_weeks(ledger))
    lot_id = _chosen(query.get("lot", ""), figures)
    own = {one.lot_id: one.name for one in figures if lot_id in (None, one.lot_id)}
    theirs = part_of(ledger, frozenset(own))
    targets = (one.now for lot, one in variations.asked_of_lots(uow).items() if lot in own)
    burn = queries.burn_down(theirs, tuple(targets), tuple(own.items()), uow.today)
    exact = page.may(Act.CASE_VIEW)
    protected = groups.list_protected(uow) if page.may(Act.PROTECTION_VIEW) else None
    outcomes = queries.cleared_by_outcome(uow, ledger, lot_id, exact=exact)
    return page.show(
        "performance/progress.html",
        figures=figures,
        standings=variations.standings(uow, {one.lot_id: one.open for one in figures}),
        shown=[one for one in figures if one.lot_id in own],
        lot_id=lot_id,
        burn=burn,
        burn_chart=_burn_chart(burn, uow.today),
        paces=paces(theirs, tuple(one for one in protected if one.lot_id in own), uow.today)
        if protected is not None
        else (),
        protected=CaseFilter(lot=lot_id, protected=True).url(),
        plan_now=_plan_on(burn.planned, uow.today),
        outcomes=outcomes,
        outcome_chart=_outcome_chart(outcomes, span="week" if exact else "period"),
        exact=exact,
        links=_links if exact else _no_links,
    )


@routes.get("/contract/lots/{lot_id}/target", needs=Act.CONTRACT_EDIT, name="contract.target_form")
def target_form(lot_id: Id, uow: UnitOfWork, page: Page, form: Submission[TargetForm]) -> Response:
    lot = contract.find_lot(uow, lot_id)
    target = contract.find_target(uow, lot_id)
    names = TargetForm.model_fields
    form.start(version=target.version, **{name: getattr(target, name) for name in names})
    cleared = queries.cleared_cases(uow, lot_id)
    return page.show("performance/target.html", form=form, lot=lot, cleared=cleared)


@routes.post(
    "/contract/lots/{lot_id}/target",
    needs=Act.CONTRACT_EDIT,
    name="contract.target",
    shows=target_form,
)
def target(lot_id: Id, uow: UnitOfWork, page: Page, form: Submission[TargetForm]) -> Response:
    terms = TargetTerms(**form.valid.model_dump())
    service.change_target(uow, lot_id, terms, version=form.ask_version())
    return page.go("contract.show", notice="The target is saved.")


def _chosen(typed: str, figures: Sequence[Figures]) -> int | None:
    """The lot asked for; anything that is not one of the actor's is all of them."""
    return next((one.lot_id for one in figures if str(one.lot_id) == typed), None)


@lru_cache(maxsize=256)
def _links(lot_id: int | None) -> Mapping[str, str]:
    """Where the rows behind each figure are listed."""
    term = "/scope/cases?" + (f"lot={lot_id}&" if lot_id else "") + "term="
    found = {
        "open": CaseFilter(lot=lot_id).url(),
        "unallocated": CaseFilter(lot=lot_id, state=CaseState.UNALLOCATED).url(),
        "overdue": CaseFilter(lot=lot_id, overdue=True).url(),
        "to_authorise": CaseFilter(lot=lot_id, state=CaseState.SUBMITTED).url(),
        "to_agree": CaseFilter(lot=lot_id, state=CaseState.PROPOSED).url(),
        "to_end": CaseFilter(lot=lot_id, state=CaseState.AGREED).url(),
        "cleared": f"{term}cleared",
        "reopened": f"{term}reopened",
    }
    return MappingProxyType(found)


def _no_links(lot_id: int | None) -> dict[str, str]:
    """The same figures for someone who never sees a case."""
    return dict.fromkeys(_links(lot_id), "")


def _plan_on(planned: Sequence[tuple[date, int]], today: date) -> int | None:
    """What the plan has open at the last reading before today; None before it starts."""
    return next((count for day, count in reversed(planned) if day <= today), None)


def _burn_chart(burn: queries.BurnDown, today: date) -> Chart:
    points = burn.points
    series = charts.BurnDown(
        remaining=tuple(Point(point.day, point.open) for point in points),
        planned=tuple(Point(day, count) for day, count in burn.planned),
        scope=tuple(Point(point.day, point.scope) for point in points),
        reopened=tuple(Point(point.day, point.reopened) for point in points),
        today=today,
        target=burn.ends_on,
    )
    return charts.burn_down(series)


def _outcome_chart(outcomes: Outcomes, *, span: str) -> Chart:
    """The chart alone: the page prints its table, with what is hidden left hidden."""
    hidden = any(row.not_shown for row in outcomes.rows)
    drawn = charts.stacked(
        tuple(
            Column(
                row.last_ending,
                (*(count or 0 for count in row.counts), *([row.not_shown] if hidden else [])),
            )
            for row in outcomes.rows
        ),
        parts=(*outcomes.parts.values(), *(["Not shown (c)"] if hidden else [])),
        title="Cleared by outcome",
        span=span,
    )
    return replace(drawn, rows=())
