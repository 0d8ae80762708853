"""Routes of bulk acts: choose, look at the preview, run, see what came of each case, undo."""

import secrets
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.responses import Response

from app.cases.bulk import queries, service
from app.cases.bulk.forms import AnswersForm, Choice, ChooseForm
from app.cases.bulk.queries import RunView
from app.cases.bulk.rules import BulkAct
from app.cases.bulk.service import Answers
from app.cases.listing.pages import show_list
from app.cases.register.filter import MOST_CHOSEN, CaseFilter, exactly
from app.cases.register.queries import list_ids
from app.cases.register.rules import JUDGED, OF_OTHER_DESKS, ChangeReason, PriorityReason
from app.cases.runs.rules import MOST as MOST_ALLOCATED
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.errors import Invalid, Refused
from app.people import queries as people
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Query, Routes
from app.work.uow import UnitOfWork

REASONS = [(one.value, one.label) for one in ChangeReason]
PRIORITIES = [(one.value, one.label) for one in JUDGED]
WHY_SO_URGENT = [(one.value, one.label) for one in PriorityReason if one not in OF_OTHER_DESKS]

routes = Routes("/bulk")


@routes.get("", needs=Act.CASE_BULK, name="bulk.index")
def index(uow: UnitOfWork, page: Page, form: Submission[ChooseForm]) -> Response:
    if form.sent:
        # The form stands below the list of cases, and is shown again with the same list.
        return show_list(uow, page, dict(parse_qsl(form.value("filter"))), form)
    return page.show("cases/bulk/index.html", runs=queries.list_runs(uow))


@routes.post("", needs=Act.CASE_BULK, name="bulk.choose", shows=index)
def choose(uow: UnitOfWork, page: Page, form: Submission[ChooseForm]) -> Response:
    said = form.valid
    wanted = exactly(said.filter)
    if not said.everything:
        if not said.case:
            raise Invalid("everything", "Tick at least one case, or choose all of the list.")
        if len(said.case) > MOST_CHOSEN:
            too_many = f"Tick at most {MOST_CHOSEN} cases, or choose all of the list."
            raise Invalid("everything", too_many)
        chosen = tuple(dict.fromkeys(said.case))
        wanted = CaseFilter(show="all", chosen=chosen, sort=wanted.sort, down=wanted.down)
    if said.act is Choice.ALLOCATE:
        ids = list_ids(uow, wanted, MOST_ALLOCATED + 1)
        return page.go_to(f"/allocate?{urlencode([('case', one) for one in ids])}")
    if said.act is Choice.EXPORT:
        return page.go_to(wanted.url("/cases/export.csv"))
    if said.act is Choice.EDIT:
        return page.go_to(wanted.url("/edit-sheets"))
    run_id = service.choose(uow, BulkAct(said.act.value), wanted)
    return page.go("bulk.show", bulk_id=run_id)


@routes.get("/{bulk_id}", needs=Act.CASE_BULK, name="bulk.show")
def show(
    bulk_id: Id, uow: UnitOfWork, page: Page, query: Query, form: Submission[AnswersForm]
) -> Response:
    run = queries.find_run(uow, bulk_id)
    return page.show(
        "cases/bulk/run.html",
        form=form,
        run=run,
        rows=queries.list_rows(uow, run, query.get("page")),
        results=queries.count_results(uow, bulk_id),
        undone_by=queries.undone_by(uow, bulk_id),
        obstacles=queries.count_obstacles(uow, run),
        page_url=lambda number: f"/bulk/{bulk_id}?page={number}",
        siblings=len(queries.siblings_left(uow, run)) if run.started_at is None else 0,
        key=secrets.token_urlsafe(18),
        **_choices(uow, run),
    )


@routes.get("/{bulk_id}/progress", needs=Act.CASE_BULK, name="bulk.progress", polled=True)
def progress(bulk_id: Id, uow: UnitOfWork, page: Page) -> Response:
    run = queries.find_run(uow, bulk_id)
    if run.finished_at is not None:
        return page.go("bulk.show", bulk_id=bulk_id)
    results = queries.count_results(uow, bulk_id)
    return page.show("cases/bulk/_bulk_progress.html", run=run, results=results)


@routes.post("/{bulk_id}/run", needs=Act.CASE_BULK, name="bulk.run", shows=show)
def run_it(bulk_id: Id, uow: UnitOfWork, page: Page, form: Submission[AnswersForm]) -> Response:
    service.begin(uow, bulk_id, Answers(**form.valid.model_dump()))
    return _go_on(uow, page, bulk_id)


@routes.post("/{bulk_id}/families", needs=Act.CASE_BULK, name="bulk.families")
def add_families(bulk_id: Id, uow: UnitOfWork, page: Page) -> Response:
    added = service.add_families(uow, bulk_id)
    notice = f"{added:,} {'sibling is' if added == 1 else 'siblings are'} chosen too."
    return page.go("bulk.show", bulk_id=bulk_id, notice=notice)


@routes.post("/{bulk_id}/go-on", needs=Act.CASE_BULK, name="bulk.go_on")
def go_on(bulk_id: Id, uow: UnitOfWork, page: Page) -> Response:
    run = queries.find_run(uow, bulk_id)
    if run.started_at is None or run.finished_at is not None:
        raise Refused("There is nothing to go on with.")
    return _go_on(uow, page, bulk_id)


@routes.post("/{bulk_id}/undo", needs=Act.CASE_BULK, name="bulk.undo")
def undo(bulk_id: Id, uow: UnitOfWork, page: Page) -> Response:
    return _go_on(uow, page, service.undo(uow, bulk_id))


def _go_on(uow: UnitOfWork, page: Page, run_id: int) -> Response:
    """Answer at once; the cases are gone through meanwhile."""
    working = (page.site.database, uow.actor, run_id)
    # What the job reads must be there when it begins.
    uow.settle(page.site.url("bulk.show", bulk_id=run_id))
    Thread(target=service.go_on, args=working, daemon=True).start()
    return page.go("bulk.show", bulk_id=run_id)


def _choices(uow: UnitOfWork, run: RunView) -> dict[str, Any]:
    """What the answers are chosen from."""
    lots = [
        (lot.id, lot.name)
        for lot in contract.list_lots(uow)
        if lot.contract_id == run.contract_id and lot.closed_on is None
    ]
    return {
        "lots": lots if run.act is BulkAct.TRANSFER else [],
        "workers": people.list_practitioners(uow) if run.act is BulkAct.CO_WORKER else [],
        "reasons": REASONS,
        "priorities": PRIORITIES,
        "why_so_urgent": WHY_SO_URGENT,
    }
