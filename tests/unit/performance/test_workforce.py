"""Counts of the workforce: what may be said, and how its shares read."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.kernel.errors import Invalid
from app.performance.measures.rules import Cohort, Measure, Reading, number
from app.performance.signals.rules import refusal
from app.performance.workforce.rules import Counted, check, show_equivalents

TODAY, STARTS = date(2026, 11, 20), date(2026, 11, 2)
SAID = Counted(date(2026, 9, 30), 8575, 1250, 1425, 950, 12, "Workforce return")


def test_a_count_that_cannot_be_meant_is_refused_beside_its_field():
    check(SAID, TODAY, STARTS)
    check(replace(SAID, staff=0, leavers=0), TODAY, STARTS)
    for field, value, words in (
        ("as_at", date(2026, 11, 21), "not come yet"),
        ("as_at", date(2025, 10, 31), "no day before 1 Nov 2025"),
        ("staff", 200_001, "at most 2,000"),
        ("agency", 200_001, "at most 2,000"),
        ("vacancies", 200_001, "at most 2,000"),
        ("leavers", 200_001, "at most 2,000"),
        ("leavers", 8576, "More left than are in post"),
        ("contracted", 501, "at most 500"),
    ):
        with pytest.raises(Invalid, match=words) as refused:
            check(replace(SAID, **{field: value}), TODAY, STARTS)
        assert refused.value.field == field
    with pytest.raises(Invalid, match="Nobody is in post"):
        check(replace(SAID, staff=0, agency=0, leavers=0), TODAY, STARTS)


def test_shares_of_the_workforce_are_told_in_full_time_equivalents():
    at = datetime(2026, 11, 20, tzinfo=UTC)
    read = Reading(Measure.AGENCY, 1, STARTS, TODAY, Cohort.ALL, 1250, 9825, None, 0, at)
    assert read.shown == "12.7%"
    assert number(Measure.AGENCY, 1250) == show_equivalents(1250) == "12.50"
    assert number(Measure.OPEN, 1250) == "1,250"
    # As of 98.25 workers, not of 9,825.
    assert read.interval is not None
    assert read.interval.low < 0.08
    assert read.interval.high > 0.19
    assert "once or twice a year" in refusal(Measure.AGENCY, standing=True)
