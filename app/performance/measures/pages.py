"""Routes of the measures: every figure, one measure with its definition, and the rows behind."""

import json
import secrets
from datetime import timedelta
from typing import Any

from starlette.responses import Response

from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.csvs import MEDIA_TYPE, csv_rows
from app.kernel.errors import Forbidden, NotFound
from app.performance.measures import queries, reading, service
from app.performance.measures.catalogue import DEFINITIONS, NOT_HELD
from app.performance.measures.export import FIELDS, cells, records
from app.performance.measures.forms import DraftForm
from app.performance.measures.reading import Asked
from app.performance.measures.rules import OF_COUNTS, Cohort, Measure, number
from app.performance.measures.tables import Figures, Lots, Reader, by_group, history, side_by_side
from app.performance.measures.views import (
    Choice,
    address_of,
    chart_of,
    columns_of,
    contracts_of,
    stored_reading,
    tried,
    words_of,
)
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, NoAnswers, Query, Routes
from app.work.uow import UnitOfWork

ONE_DAY = timedelta(days=1)
NAMES = {one.value: one for one in Measure}

routes = Routes("/measures")


@routes.get("", needs=Act.PROGRESS_VIEW, name="measures.index")
def index(uow: UnitOfWork, page: Page, query: Query) -> Response:
    lots = contract.lot_choices(uow)
    choice = _choice(page, query, lots)
    shown = [lot for lot in lots if choice.lot_id in (None, lot[0])]
    found = queries.readings(
        uow,
        monthly=choice.monthly,
        lots=_lots_read(page, lots, shown),
        since=choice.since(uow.today),
    )
    figures = Figures(found, _reader(page), monthly=choice.monthly)
    columns = side_by_side(figures, shown)
    return page.show(
        "performance/measures/index.html",
        lots=lots,
        choice=choice,
        columns=columns,
        groups=by_group(figures, columns),
        last=next(iter(figures.whole()), None),
        read_at=max((one.read_at for one in found), default=None),
        guarded=not page.may(Act.MEASURE_ROWS),
        not_held=NOT_HELD,
    )


@routes.get("/export.csv", needs=Act.PROGRESS_VIEW, name="measures.csv")
def export_csv(uow: UnitOfWork, page: Page, query: Query) -> Response:
    told = _exported(uow, page, query)
    return page.download(csv_rows(FIELDS, cells(told)), "measures.csv", MEDIA_TYPE)


@routes.get("/export.json", needs=Act.PROGRESS_VIEW, name="measures.json")
def export_json(uow: UnitOfWork, page: Page, query: Query) -> Response:
    told = json.dumps(_exported(uow, page, query), ensure_ascii=False)
    return page.download([told.encode()], "measures.json", "application/json")


@routes.get("/{measure}", needs=Act.PROGRESS_VIEW, name="measures.show")
def show(measure: str, uow: UnitOfWork, page: Page, query: Query) -> Response:
    known = _measure(measure)
    lots = contract.lot_choices(uow)
    choice = _choice(page, query, lots)
    shown = [lot for lot in lots if choice.lot_id in (None, lot[0])]
    read = _lots_read(page, lots, shown)
    found = queries.readings(uow, monthly=choice.monthly, measures=[known], lots=read)
    figures = Figures(found, _reader(page), monthly=choice.monthly)
    columns = columns_of(known, shown)
    views = contracts_of(uow, known)
    return page.show(
        "performance/measures/measure.html",
        measure=known,
        number=number,
        of_counts=known in OF_COUNTS,
        definition=DEFINITIONS[known],
        lots=lots,
        choice=choice,
        columns=columns,
        rows=history(figures, known, [(lot, cohort) for _, lot, cohort in columns]),
        chart=chart_of(figures, known, columns),
        contracts=[(view, tried(uow, view, figures, shown)) for view in views],
        guarded=not page.may(Act.MEASURE_ROWS),
        key=secrets.token_urlsafe(18),
    )


@routes.get("/{measure}/rows", needs=Act.MEASURE_ROWS, name="measures.rows")
def rows(measure: str, uow: UnitOfWork, page: Page, query: Query) -> Response:
    known = _measure(measure)
    if not _reader(page).opens(known):
        raise Forbidden("Who holds what is shown to the agency’s managers alone.")
    lots = contract.lot_choices(uow)
    choice = _choice(page, query, lots)
    lot_id = choice.lot_id or next((one for one, _ in lots), 0)
    lot = contract.find_lot(uow, lot_id)
    asked = Asked(
        known,
        choice.span(query.get("of", ""), uow.today - ONE_DAY),
        lot_id,
        _cohort(query.get("cohort", ""), known),
        {"counted": True, "missed": False}.get(query.get("show", "")),
    )
    of = reading.ground(uow, lot.contract_id)
    stored = stored_reading(uow, asked)
    taken = reading.taken(stored)
    tally, found = reading.rows_behind(uow, of, asked, query.get("page"), taken)
    return page.show(
        "performance/measures/rows.html",
        measure=known,
        definition=DEFINITIONS[known],
        asked=asked,
        choice=choice,
        lot=lot,
        tally=tally,
        number=number,
        of_counts=known in OF_COUNTS,
        figure=words_of(known, tally),
        stored=stored,
        taken=taken,
        version=of.version(known, asked.span.ends_on),
        found=found,
        address=address_of(asked, choice),
        page_url=lambda number: f"{address_of(asked, choice, counted=asked.counted)}&page={number}",
    )


@routes.get("/{measure}/draft/{contract_id}", needs=Act.MEASURE_DRAFT, name="measures.form")
def draft_form(
    measure: str, contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[DraftForm]
) -> Response:
    known = _measure(measure)
    held = contract.find_contract(uow, contract_id)
    kept = queries.versions(uow, contract_id, known)
    now = kept[0] if kept else queries.in_force(known, kept, uow.today)
    within = "" if now.within is None else now.within
    form.start(version=now.number, words=now.words, within=within)
    return page.show(
        "performance/measures/draft.html",
        form=form,
        measure=known,
        definition=DEFINITIONS[known],
        contract=held,
    )


@routes.post(
    "/{measure}/draft/{contract_id}",
    needs=Act.MEASURE_DRAFT,
    name="measures.draft",
    shows=draft_form,
)
def draft(
    measure: str, contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[DraftForm]
) -> Response:
    typed = form.valid
    number = service.draft(
        uow,
        contract_id,
        _measure(measure),
        typed.words,
        typed.within,
        reason=typed.reason,
        began_from=form.ask_version(),
    )
    notice = f"Version {number} is drafted. It counts once both sides have signed it."
    return page.go("measures.show", measure=measure, notice=notice)


@routes.post(
    "/{measure}/agency/{contract_id}",
    needs=Act.MEASURE_SIGN_AGENCY,
    name="measures.sign_for_agency",
)
def sign_for_agency(
    measure: str, contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[NoAnswers]
) -> Response:
    service.sign_for_agency(uow, contract_id, _measure(measure), form.ask_version())
    return page.go("measures.show", measure=measure, notice="Signed for the agency.")


@routes.post(
    "/{measure}/council/{contract_id}",
    needs=Act.MEASURE_SIGN_COUNCIL,
    name="measures.sign_for_council",
)
def sign_for_council(
    measure: str, contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[NoAnswers]
) -> Response:
    service.sign_for_council(uow, contract_id, _measure(measure), form.ask_version())
    return page.go("measures.show", measure=measure, notice="Signed for the council.")


@routes.post("/{measure}/again/{contract_id}", needs=Act.MEASURE_READ, name="measures.read_again")
def read_again(measure: str, contract_id: Id, uow: UnitOfWork, page: Page) -> Response:
    changed = service.read_again(uow, contract_id, _measure(measure))
    words = "1 figure is" if changed == 1 else f"{changed:,} figures are"
    notice = f"Every whole period was read again. {words} other than before."
    return page.go("measures.show", measure=measure, notice=notice)


def _exported(uow: UnitOfWork, page: Page, query: Query) -> list[dict[str, Any]]:
    """What the pages show of every whole period, of the lots asked for; as then, or as now."""
    lots = contract.lot_choices(uow)
    choice = _choice(page, query, lots)
    shown = {lot_id: name for lot_id, name in lots if choice.lot_id in (None, lot_id)}
    read = _lots_read(page, lots, list(shown.items()))
    exact = page.may(Act.MEASURE_ROWS)
    found = queries.readings(uow, monthly=choice.monthly, lots=read, running=False)
    if query.get("as") == "now":
        found = queries.as_now(uow, found, monthly=choice.monthly, exact=exact)
    return records(found, shown, exact=exact)


def _measure(name: str) -> Measure:
    if name not in NAMES:
        raise NotFound
    return NAMES[name]


def _reader(page: Page) -> Reader:
    return Reader(page.may(Act.MEASURE_ROWS), page.may(Act.PEOPLE_VIEW))


def _lots_read(page: Page, lots: Lots, shown: Lots) -> list[int]:
    """Those shown; all of them for outsiders, to whom one lot alone tells no more than all do."""
    return [lot_id for lot_id, _ in (shown if page.may(Act.MEASURE_ROWS) else lots)]


def _choice(page: Page, query: Query, lots: Lots) -> Choice:
    """Weeks, or months; people outside the contract's teams begin with months."""
    first = "week" if page.may(Act.MEASURE_ROWS) else "month"
    monthly = (query.get("every") or first) == "month"
    return Choice(monthly, _chosen_lot(query.get("lot", ""), lots))


def _chosen_lot(typed: str, lots: Lots) -> int | None:
    """The lot asked for; anything that is not one of the actor's is all of them."""
    return next((lot_id for lot_id, _ in lots if str(lot_id) == typed), None)


def _cohort(typed: str, measure: Measure) -> Cohort:
    known = {one.value: one for one in DEFINITIONS[measure].cohorts}
    return known.get(typed, Cohort.ALL)
