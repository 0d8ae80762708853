"""What a lot's target and a team's intake may be."""

from dataclasses import replace
from datetime import date

import pytest

from app.contract.rules import (
    TargetTerms,
    check_closing,
    check_entering,
    check_intake,
    check_target,
    check_term,
    curve,
)
from app.kernel.errors import Invalid, Refused

RUNS = date(2026, 11, 2), date(2027, 4, 30)
TERMS = TargetTerms(200, date(2026, 11, 2), date(2027, 3, 26), 4, "Schedule 2, 4.1")


def test_a_target_within_the_contract_stands() -> None:
    check_target(TERMS, runs=RUNS, cleared=200)
    assert curve(TERMS)[-1].still_open == 0


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"opening_backlog": 11}, "opening_backlog", "12 cases .* more than the 11 of"),
        ({"opening_backlog": 100_001}, "opening_backlog", "at most 100,000"),
        ({"starts_on": date(1926, 11, 2)}, "starts_on", "contract starts on 2 Nov 2026"),
        ({"ends_on": date(2027, 5, 1)}, "ends_on", "contract ends on 30 Apr 2027"),
        ({"ramp_weeks": 53}, "ramp_weeks", "at most 52 weeks"),
        ({"ends_on": date(2026, 10, 1)}, "ends_on", "at least one weekday"),
    ],
)
def test_a_target_that_cannot_be_meant_is_refused_on_its_field(
    changes: dict[str, object], field: str, words: str
) -> None:
    with pytest.raises(Invalid, match=words) as fault:
        check_target(replace(TERMS, **changes), runs=RUNS, cleared=12)  # type: ignore[arg-type]
    assert fault.value.field == field


def test_a_team_takes_a_number_of_cases_that_a_team_can_take() -> None:
    check_intake(500)
    with pytest.raises(Invalid, match="at most 500"):
        check_intake(501)


def test_a_contract_runs_forward_for_up_to_ten_years() -> None:
    check_term(date(2026, 11, 2), date(2036, 10, 31))


@pytest.mark.parametrize(
    ("ends_on", "words"),
    [
        (date(2026, 11, 2), "starts on 2 Nov 2026, so it ends later"),
        (date(2037, 1, 1), "at most 10 years"),
    ],
)
def test_a_term_that_cannot_be_meant_is_refused(ends_on: date, words: str) -> None:
    with pytest.raises(Invalid, match=words) as fault:
        check_term(date(2026, 11, 2), ends_on)
    assert fault.value.field == "ends_on"


def test_a_lot_with_open_cases_is_not_closed_and_the_first_are_named():
    check_closing("North", None, [], 0)
    with pytest.raises(Refused, match=r"has 1 open case: C1\. Each is"):
        check_closing("North", None, ["C1"], 1)
    with pytest.raises(Refused, match=r"has 1,200 open cases: C1, C2 and 1,198 more\. Each is"):
        check_closing("North", None, ["C1", "C2"], 1_200)
    with pytest.raises(Refused, match="closed since 20 Nov 2026"):
        check_closing("North", date(2026, 11, 20), [], 0)


def test_no_case_enters_a_closed_lot():
    check_entering("North", None)
    with pytest.raises(Refused, match="closed since 20 Nov 2026: no case enters it"):
        check_entering("North", date(2026, 11, 20))
