"""What advice and training can have been, and where a system problem stands."""

from datetime import date, timedelta

import pytest

from app.assurance.advice import rules as advice
from app.assurance.training import rules as training
from app.assurance.training.rules import Standing
from app.kernel.errors import Invalid, Refused

TODAY = date(2026, 11, 20)
DAY = timedelta(days=1)


def test_advice_is_of_late_and_takes_minutes() -> None:
    advice.check_advice(TODAY, 1, TODAY)
    advice.check_advice(TODAY - advice.WRITTEN_UP, advice.LONGEST, TODAY)
    for on, minutes, field in (
        (TODAY + DAY, 5, "given_on"),
        (TODAY - advice.WRITTEN_UP - DAY, 5, "given_on"),
        (TODAY, 0, "minutes"),
        (TODAY, advice.LONGEST + 1, "minutes"),
    ):
        with pytest.raises(Invalid) as fault:
            advice.check_advice(on, minutes, TODAY)
        assert fault.value.field == field


def test_a_training_session_is_of_late_and_somebody_came() -> None:
    training.check_session(TODAY, 60, 1, TODAY)
    for on, minutes, attended, field in (
        (TODAY + DAY, 60, 1, "held_on"),
        (TODAY - training.WRITTEN_UP - DAY, 60, 1, "held_on"),
        (TODAY, 0, 1, "minutes"),
        (TODAY, training.LONGEST + 1, 1, "minutes"),
        (TODAY, 60, 0, "workers"),
        (TODAY, 60, training.LARGEST + 1, "workers"),
    ):
        with pytest.raises(Invalid) as fault:
            training.check_session(on, minutes, attended, TODAY)
        assert fault.value.field == field


def test_a_problem_is_solved_once_somebody_looked_again() -> None:
    assert training.standing(None, None) is Standing.OPEN
    assert training.standing(TODAY, None) is Standing.FIXED
    assert training.standing(TODAY, TODAY) is Standing.SOLVED
    training.check_standing(Standing.OPEN, Standing.OPEN)
    with pytest.raises(Refused, match="solved"):
        training.check_standing(Standing.SOLVED, Standing.FIXED)
