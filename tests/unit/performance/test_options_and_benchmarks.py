"""Option periods and benchmarks: what may be written down, and which figures stand in a chart."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.kernel.errors import Invalid, Refused
from app.performance.benchmarks import rules as benchmarks
from app.performance.benchmarks.rules import ENGLAND, lines, shipped
from app.performance.measures.rules import Kind, Measure
from app.performance.options.rules import Decision, Terms, check, check_decision, standing

TODAY, STARTS, ENDS = date(2026, 11, 20), date(2026, 11, 2), date(2027, 4, 30)
OPTION = Terms("First option", "3.2", date(2027, 2, 26), date(2027, 7, 30))
TAKEN, LAPSED = Decision


def test_an_option_extends_the_contract_and_is_decided_before_its_days_are_over() -> None:
    check(OPTION, runs=(STARTS, ENDS), today=TODAY)
    for changes, field in (
        ({"extends_to": ENDS}, "extends_to"),
        ({"decide_by": TODAY - timedelta(1)}, "decide_by"),
        ({"decide_by": OPTION.extends_to}, "decide_by"),
    ):
        with pytest.raises(Invalid) as fault:
            check(replace(OPTION, **changes), runs=(STARTS, ENDS), today=TODAY)
        assert fault.value.field == field


def test_an_option_is_decided_once_and_in_time() -> None:
    check_decision(TAKEN, OPTION, decided=False, ends_on=ENDS, today=OPTION.decide_by)
    late = OPTION.decide_by + timedelta(1)
    check_decision(LAPSED, OPTION, decided=False, ends_on=OPTION.extends_to, today=TODAY)
    for decided, ends_on, today in (
        (True, ENDS, TODAY),
        (False, ENDS, late),
        (False, OPTION.extends_to, TODAY),
    ):
        with pytest.raises(Refused):
            check_decision(TAKEN, OPTION, decided=decided, ends_on=ends_on, today=today)


def test_the_standing_of_an_option_says_how_long_there_is() -> None:
    by = OPTION.decide_by
    assert standing(TAKEN, by, TODAY) == ("Taken up", "good")
    assert standing(LAPSED, by, TODAY) == ("Let go", "plain")
    assert standing(None, by, TODAY) == ("To decide in 98 days", "note")
    assert standing(None, by, by - timedelta(42)) == ("To decide in 42 days", "warn")
    assert standing(None, by, by - timedelta(1)) == ("To decide in 1 day", "warn")
    assert standing(None, by, by) == ("To decide today", "warn")
    assert standing(None, by, by + timedelta(1)) == ("Lapsed: not taken up in time", "plain")


def test_every_published_figure_can_be_meant_and_names_its_source() -> None:
    found = shipped()
    for one in found:
        benchmarks.check(one, 2026)
        assert one.source
        assert one.note
    assert len({(one.measure, one.of, one.year) for one in found}) == len(found)
    england = {
        one.year: one.value for one in found if (one.measure, one.of) == (Measure.DURATION, ENGLAND)
    }
    assert (england[2015], england[2021], england[2025]) == (8150, 8760, 8570)


def test_a_figure_of_others_has_a_year_and_a_possible_value() -> None:
    one = benchmarks.Terms(Measure.DURATION, ENGLAND, 2025, 8570, "DfE")
    assert one.measure.kind is Kind.SHARE
    for changes, field in (
        ({"year": 2009}, "year"),
        ({"year": 2027}, "year"),
        ({"value": 10_001}, "value"),
        ({"measure": Measure.OVERDUE, "value": 10_000_001}, "value"),
    ):
        with pytest.raises(Invalid) as fault:
            benchmarks.check(replace(one, **changes), 2026)
        assert fault.value.field == field


def test_a_chart_has_the_latest_year_of_england_first_and_two_lines_at_most() -> None:
    of = [one for one in shipped() if one.measure is Measure.DURATION]
    assert [(one.of, one.year) for one in lines(of)] == [
        (ENGLAND, 2025),
        ("Councils, lower quartile", 2024),
    ]
    assert lines([]) == []
