"""The route of a measure's chart of normal variation."""

from collections.abc import Callable
from functools import partial

from starlette.responses import Response

from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.errors import NotFound
from app.performance.measures.catalogue import DEFINITIONS
from app.performance.measures.rules import Kind, Measure
from app.performance.service_levels.rules import HUNDREDTHS, WHOLE_SHARE, expected, words_of
from app.performance.signals import queries, rules
from app.performance.signals.queries import Charted
from app.performance.signals.rules import RULES, VERDICTS
from app.web import charts
from app.web.charts import Chart, Point, Span, Variation
from app.web.page import Page
from app.web.routes import Query, Routes
from app.work.uow import UnitOfWork

routes = Routes("/measures")
WIDTHS = {0: "days between", 1: "by weeks", 2: "by fortnights"}


@routes.get("/{measure}/variation", needs=Act.PROGRESS_VIEW, name="signals.chart")
def chart(measure: str, uow: UnitOfWork, page: Page, query: Query) -> Response:
    about = next((one for one in Measure if one.value == measure), None)
    if about is None:
        raise NotFound
    lots = contract.lot_choices(uow)
    cohorts = DEFINITIONS[about].cohorts
    typed = query.get("cohort", "")
    cohort = next((one for one in cohorts if one.value == typed), cohorts[0])
    first = next((lot for lot, _ in lots), 0)
    lot_id = next((lot for lot, _ in lots if str(lot) == query.get("lot")), first)
    found = queries.chart(uow, about, lot_id, cohort, exact=page.may(Act.CASE_VIEW))
    said = rules.say_signals(found.stretches)
    return page.show(
        "performance/signals/chart.html",
        found=found,
        drawing=_drawn(found, said) if found.stretches else None,
        signals=said,
        caution=rules.caution(found.values),
        verdict=VERDICTS[found.verdict] if found.verdict else "",
        rules=RULES.values(),
        lots=lots,
        cohorts=[(one.value, one.label) for one in cohorts],
    )


def _drawn(found: Charted, said: list[str]) -> Chart:
    share = found.measure.kind is Kind.SHARE
    days = [one.ends_on for one in found.values]
    terms = found.agreement.terms if found.agreement else None
    asked = [Point(day, round(expected(terms, day))) for day in days] if terms else []
    series = Variation(
        spans=[_span(stretch, found.measure) for stretch in found.stretches],
        signals=rules.marks(found.stretches),
        target=asked,
        references=[(f"{one.of} {one.year}", one.value) for one in found.references],
        changes=found.changes,
        words=partial(_words, found),
        ticks=_ticks(found.measure),
        unit=100 * (10 if share else 1),
        when="Period ending" if found.weeks else "Day",
    )
    title = f"{found.measure.label}, {found.lot}, {WIDTHS[found.weeks]}"
    return charts.variation(series, title, _reading(found, said))


def _span(stretch: rules.Stretch, measure: Measure) -> Span:
    """Limits end at nothing, and those of shares at all."""
    points = [Point(one.ends_on, round(one.value)) for one in stretch.values]
    limits = stretch.limits
    upper = min(limits.upper, WHOLE_SHARE) if measure.kind is Kind.SHARE else limits.upper
    return Span(points, round(limits.mean), max(round(limits.lower), 0), round(upper))


def _ticks(measure: Measure) -> Callable[[int], str]:
    sign = "%" if measure.kind is Kind.SHARE else ""
    return lambda kept: f"{kept / HUNDREDTHS:,g}{sign}"


def _reading(found: Charted, said: list[str]) -> str:
    last, limits = found.values[-1], found.stretches[-1].limits
    words = [_words(found, one) for one in (last.value, limits.mean)]
    signals = f"{len(said)} signal{'s' if len(said) != 1 else ''}" if said else "no signal"
    if not found.weeks:
        return f"{words[0]} before the last one, {words[1]} as a rule, {signals}."
    return f"{words[0]} in the last period, {words[1]} on the average, {signals}."


def _words(found: Charted, kept: float) -> str:
    if found.weeks:
        return words_of(found.measure, kept)
    days = f"{kept / HUNDREDTHS:,.1f}".removesuffix(".0")
    return f"{days} day{'' if days == '1' else 's'}"
