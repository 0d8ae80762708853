"""When a case drifts, what would move it on, and which of many are listed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.cases.drift.rules import (
    BOUNDS,
    Basis,
    Drift,
    Policy,
    Spell,
    Standstill,
    Suggestion,
    check_aside,
    check_policy,
    histories,
    judge,
    most_stuck,
    suggest,
)
from app.cases.states import CaseState
from app.kernel.calendar import england_and_wales
from app.kernel.errors import Invalid
from app.planning.survival import Stays, kaplan_meier

CALENDAR = england_and_wales()
TODAY = date(2026, 11, 20)
POLICY = Policy()
# Ten cases in a hundred stay longer than thirty days; none longer than ninety.
HISTORY = kaplan_meier([Stays(10, ended=True, count=90), Stays(30, ended=True, count=10)])
CASE = Standstill(
    case_id=1,
    lot_id=1,
    stage=CaseState.AUTHORISED,
    stage_since=TODAY - timedelta(days=40),
    idle_since=date(2026, 11, 6),
    due_on=None,
    is_flagged=False,
    was_seen=True,
    is_delayed=False,
    is_delay_late=False,
)


def drifts(case: Standstill, history: object = HISTORY) -> Drift | None:
    return judge(case, POLICY, history, CALENDAR, TODAY)  # type: ignore[arg-type]


def test_a_case_drifts_once_nothing_happened_for_ten_working_days_at_a_rare_age() -> None:
    found = drifts(CASE)
    assert found
    assert (found.basis, found.still_there) == (Basis.HISTORY, 0)
    assert found.suggestion is Suggestion.PROPOSE
    assert drifts(replace(CASE, idle_since=date(2026, 11, 9))) is None
    # Nine cases in ten have left the stage at ten days: at ten it is old, at nine it is not.
    at_ten = drifts(replace(CASE, stage_since=TODAY - timedelta(days=10)))
    assert at_ten
    assert at_ten.still_there == 100
    assert drifts(replace(CASE, stage_since=TODAY - timedelta(days=9))) is None


@pytest.mark.parametrize(
    ("facts", "limit"),
    [
        ({}, 10),
        ({"is_flagged": True}, 5),
        ({"stage": CaseState.PROPOSED, "is_delayed": True}, 20),
        ({"stage": CaseState.PROPOSED, "is_delayed": True, "is_flagged": True}, 5),
        ({"stage": CaseState.PROPOSED}, 10),
        ({"is_delayed": True}, 10),
    ],
)
def test_a_flag_makes_the_silence_shorter_and_a_reason_at_the_council_longer(
    facts: dict[str, object], limit: int
) -> None:
    assert replace(CASE, **facts).idle_limit(POLICY) == limit


def test_with_too_little_history_a_case_past_its_due_day_is_old() -> None:
    few = kaplan_meier([Stays(10, ended=True, count=29)])
    endless = kaplan_meier([Stays(10, ended=True, count=40), Stays(90, ended=False, count=60)])
    late, on_time = replace(CASE, due_on=TODAY - timedelta(days=1)), replace(CASE, due_on=TODAY)
    for history in (None, few, endless):
        found = drifts(late, history)
        assert found
        assert (found.basis, found.still_there) == (Basis.LIMIT, None)
        assert drifts(on_time, history) is None
        assert drifts(CASE, history) is None


@pytest.mark.parametrize(
    ("facts", "suggestion"),
    [
        ({"stage": CaseState.UNALLOCATED, "is_delay_late": True}, Suggestion.ALLOCATE),
        ({"is_delay_late": True}, Suggestion.END_DELAY),
        ({"stage": CaseState.ASSESSING, "was_seen": False}, Suggestion.SEE_CHILD),
        ({"stage": CaseState.ASSESSING, "due_on": date(2026, 11, 1)}, Suggestion.WHY_LATE),
        (
            {"stage": CaseState.ASSESSING, "due_on": date(2026, 11, 1), "is_delayed": True},
            Suggestion.SUBMIT,
        ),
        ({"stage": CaseState.ASSESSING, "due_on": TODAY}, Suggestion.SUBMIT),
        ({"stage": CaseState.ALLOCATED}, Suggestion.START),
        ({"stage": CaseState.SUBMITTED}, Suggestion.AUTHORISE),
        ({"stage": CaseState.PROPOSED}, Suggestion.DECIDE),
        ({"stage": CaseState.AGREED}, Suggestion.END_CASE),
    ],
)
def test_the_suggested_act_follows_from_where_the_case_stands(
    facts: dict[str, object], suggestion: Suggestion
) -> None:
    assert suggest(replace(CASE, **facts), TODAY) is suggestion


def test_flags_come_first_then_the_rarest_age_then_the_longest_silence() -> None:
    def one(case_id: int, still: int | None, days: int, *, flagged: bool = False) -> Drift:
        case = replace(
            CASE, case_id=case_id, idle_since=TODAY - timedelta(days=days), is_flagged=flagged
        )
        return Drift(case, Basis.LIMIT, still, Suggestion.PROPOSE)

    found = [one(1, None, 50), one(2, 20, 15), one(3, 20, 30), one(4, 90, 9, flagged=True)]
    assert [drift.case.case_id for drift in most_stuck(found, 3)] == [4, 3, 2]


def test_a_history_counts_spells_that_go_on_and_leaves_out_those_that_tell_nothing() -> None:
    spells = [
        Spell(1, CaseState.AUTHORISED, date(2026, 11, 1), date(2026, 11, 11), 2),
        Spell(1, CaseState.AUTHORISED, date(2026, 11, 10), None, 3),
        Spell(1, CaseState.AUTHORISED, date(2026, 11, 10), date(2026, 11, 9), 7),
        Spell(2, CaseState.AUTHORISED, date(2026, 11, 1), None, 1),
    ]
    curves = histories(spells, TODAY)
    north = curves[1, CaseState.AUTHORISED]
    assert (north.ages, north.ended) == ((10,), 2)
    assert north.at(10) == pytest.approx(0.6)
    assert curves[2, CaseState.AUTHORISED].ended == 0


def test_terms_and_days_off_the_list_have_their_bounds() -> None:
    check_policy(POLICY)
    for name, (least, most) in BOUNDS.items():
        for value in (least - 1, most + 1):
            with pytest.raises(Invalid) as fault:
                check_policy(replace(POLICY, **{name: value}))
            assert fault.value.field == name
    check_aside(date(2026, 12, 18), TODAY)
    for day in (TODAY, date(2026, 12, 19)):
        with pytest.raises(Invalid):
            check_aside(day, TODAY)
