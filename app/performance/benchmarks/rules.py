"""What a benchmark may be, and the published figures that Clearway brings along."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.kernel.errors import Invalid
from app.performance.measures.rules import Kind, Measure

HUNDREDTHS = 100
WHOLE_SHARE = 100 * HUNDREDTHS
LARGEST_VALUE = 100_000 * HUNDREDTHS
FIRST_YEAR = 2010
# So many stand in a chart: more would hide the lot's own figures.
MOST_LINES = 2
ENGLAND = "England"
LOWER, UPPER = "Councils, lower quartile", "Councils, upper quartile"


@dataclass(frozen=True)
class Terms:
    """One figure of others, in hundredths of the measure's unit."""

    measure: Measure
    of: str
    year: int
    value: int
    source: str
    note: str = ""


def check(terms: Terms, this_year: int) -> None:
    """Raise Invalid, on the field at fault, for a figure that cannot be meant."""
    if not FIRST_YEAR <= terms.year <= this_year:
        raise Invalid("year", f"Write a year from {FIRST_YEAR} to {this_year}.")
    if terms.measure.kind is Kind.SHARE and terms.value > WHOLE_SHARE:
        raise Invalid("value", "A share is at most 100%.")
    if terms.value > LARGEST_VALUE:
        raise Invalid("value", f"Write a number up to {LARGEST_VALUE // HUNDREDTHS:,}.")


def lines(found: Iterable[Terms]) -> list[Terms]:
    """The figures that stand in a chart: of each kind of others the latest year, two at most."""
    latest: dict[str, Terms] = {}
    for one in sorted(found, key=lambda one: one.year):
        latest[one.of] = one
    return sorted(latest.values(), key=lambda one: (one.of != ENGLAND, -one.year, one.of))[
        :MOST_LINES
    ]


def shipped() -> Sequence[Terms]:
    """The published figures that a contract begins with."""
    return [
        Terms(measure, of, year, value, source, note)
        for measure, of, source, note, by_year in _SHIPPED
        for year, value in by_year.items()
    ]


_NEED = "Department for Education, Characteristics of children in need"
_WORKFORCE = "Department for Education, Children’s social work workforce"
_FORTY_FIVE = "Assessments completed within 45 working days of their start"
_AGAIN = "Referrals within twelve months of an earlier one; not of closures, as this measure is"
_CASES = "Cases held by full-time equivalent workers with a case, on 30 September"
_ON_DAY = "Full-time equivalents on 30 September"
_PROJECT = "Ofsted, monitoring of a council that cleared a backlog"
_POSSIBLE = "One council of another size: it shows what is possible and is no norm"
# By measure: of whom, source, what differs, and hundredths by year.
_SHIPPED: tuple[tuple[Measure, str, str, str, dict[int, int]], ...] = (
    (
        Measure.DURATION,
        ENGLAND,
        _NEED,
        _FORTY_FIVE,
        {
            2015: 8150,
            2016: 8340,
            2017: 8290,
            2018: 8270,
            2019: 8310,
            2020: 8380,
            2021: 8760,
            2022: 8450,
            2023: 8250,
            2024: 8450,
            2025: 8570,
        },
    ),
    (Measure.DURATION, LOWER, _NEED, f"{_FORTY_FIVE}; 135 councils", {2024: 7820}),
    (Measure.DURATION, "Councils, median", _NEED, f"{_FORTY_FIVE}; 135 councils", {2024: 8310}),
    (Measure.DURATION, UPPER, _NEED, f"{_FORTY_FIVE}; 135 councils", {2024: 8990}),
    (
        Measure.ASSESSMENT_DAYS,
        ENGLAND,
        _NEED,
        "Median working days of completed assessments",
        {2020: 3200, 2021: 3000, 2022: 3200, 2023: 3300, 2024: 3400},
    ),
    (
        Measure.RE_REFERRED,
        ENGLAND,
        _NEED,
        _AGAIN,
        {2013: 2470, 2021: 2270, 2022: 2150, 2023: 2240, 2024: 2240, 2025: 2260},
    ),
    (Measure.RE_REFERRED, LOWER, _NEED, f"{_AGAIN}; 153 councils", {2025: 1690}),
    (Measure.RE_REFERRED, UPPER, _NEED, f"{_AGAIN}; 153 councils", {2025: 2300}),
    (
        Measure.NO_ACTION,
        ENGLAND,
        _NEED,
        "Referrals assessed as not in need; a closure without action is not quite the same",
        {2023: 2990, 2024: 3030, 2025: 3080},
    ),
    (
        Measure.CONFERENCE,
        ENGLAND,
        _NEED,
        "Initial conferences within 15 working days of the start of a section 47 enquiry",
        {2024: 7970, 2025: 8140},
    ),
    (
        Measure.PLANS_REVIEWED,
        ENGLAND,
        _NEED,
        "Children on a plan for three months on 31 March, with every review in time",
        {2024: 8980},
    ),
    (Measure.AGENCY, ENGLAND, _WORKFORCE, _ON_DAY, {2023: 1790, 2025: 1300}),
    (
        Measure.TURNOVER,
        ENGLAND,
        _WORKFORCE,
        "Full-time equivalents who left in the year up to 30 September",
        {2025: 1180},
    ),
    (Measure.VACANCIES, ENGLAND, _WORKFORCE, _ON_DAY, {2025: 1420}),
    (
        Measure.CASELOAD_FULL_TIME,
        ENGLAND,
        _WORKFORCE,
        _CASES,
        {2020: 1630, 2021: 1630, 2022: 1660, 2023: 1600, 2024: 1540, 2025: 1520},
    ),
    (Measure.CASELOAD_FULL_TIME, LOWER, _WORKFORCE, f"{_CASES}; 149 councils", {2025: 1400}),
    (Measure.CASELOAD_FULL_TIME, UPPER, _WORKFORCE, f"{_CASES}; 149 councils", {2025: 1680}),
    (Measure.UNALLOCATED, "A council at its inspection", _PROJECT, _POSSIBLE, {2015: 26900}),
    (Measure.UNALLOCATED, "The same council later", _PROJECT, _POSSIBLE, {2017: 900}),
    (
        Measure.SEEN_LATELY,
        "A council after its inspection",
        _PROJECT,
        "Visits to children on protection plans within ten working days",
        {2017: 9200},
    ),
)
