"""What work weighs, the soft limits on more of it, and who should take a leaver's cases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cases.allocation.rules import (
    Hands,
    Limit,
    Override,
    OverrideReason,
    change_words,
    check_override,
    check_pair,
    passed,
)
from app.cases.runs.rules import MOST, Held, RunKind, Taker, check_size, share_out
from app.cases.states import OPEN, CaseState
from app.cases.workload.rules import Carried, Load, load_of, stage_of
from app.kernel.acts import Act
from app.kernel.errors import Invalid
from app.people.points.rules import STANDARD, Band, Stage, every_points

HANDS = Hands(Load(), 0, 0, case_limit=18, points=100, new_cases_a_week=5)


def case(case_id: int, lot_id: int = 1, family: str | None = None, band: Band = Band.STANDARD):
    return Held(case_id, lot_id, family, band, Stage.ASSESSING)


def taker(who: int, *, load: int = 0, stays: bool = True, lots: tuple[int, ...] = (1,)) -> Taker:
    return Taker(who, 1, 100, load, stays, set(lots))


# What work weighs


def test_every_open_state_is_a_stage_of_work() -> None:
    assert {state: stage_of(state) for state in OPEN} == {
        CaseState.UNALLOCATED: Stage.TO_START,
        CaseState.ALLOCATED: Stage.TO_START,
        CaseState.ASSESSING: Stage.ASSESSING,
        CaseState.SUBMITTED: Stage.DECISION,
        CaseState.AUTHORISED: Stage.DECISION,
        CaseState.PROPOSED: Stage.DECISION,
        CaseState.AGREED: Stage.HANDOVER,
    }


def test_a_load_counts_what_is_held_in_full_and_what_is_helped_with_in_part() -> None:
    carried = [
        Carried(1, Band.COMPLEX, Stage.ASSESSING, held=2),
        Carried(1, Band.HIGHLY_COMPLEX, Stage.ASSESSING, held=0, co_worked=1),
        Carried(2, Band.STANDARD, Stage.TO_START, held=3),
    ]
    # 2 x 7, 10 x 30 % and, in another lot, 3 x (5 x 60 % x 115 %, which is 3.45).
    assert load_of(carried, 1, every_points(STANDARD)) == Load(
        cases=5, co_worked=1, unstarted=3, points=26
    )
    assert load_of([], None, every_points(STANDARD)) == Load()


# Limits


def test_work_within_the_limits_passes_none() -> None:
    assert passed(HANDS, HANDS.with_more(1, 5, 1), STANDARD) == ()


@pytest.mark.parametrize(
    ("before", "limit"),
    [
        (HANDS._replace(load=Load(cases=18)), Limit.CASES),
        (HANDS._replace(load=Load(points=96)), Limit.POINTS),
        (HANDS._replace(new_this_week=5), Limit.NEW_CASES),
        (HANDS._replace(load=Load(unstarted=8)), Limit.UNSTARTED),
        (HANDS._replace(oldest_unstarted=31), Limit.OLD_UNSTARTED),
    ],
)
def test_each_limit_is_passed_by_one_more(before: Hands, limit: Limit) -> None:
    beyond = passed(before, before.with_more(1, 5, 1), STANDARD)
    assert [one.limit for one in beyond] == [limit]


def test_a_case_already_started_does_not_count_as_one_more_to_start() -> None:
    full = HANDS._replace(load=Load(cases=9, unstarted=9))
    assert passed(full, full.with_more(1, 5, 0), STANDARD) == ()
    assert full.room == 100


def test_passing_a_limit_needs_a_reason_and_another_reason_needs_words() -> None:
    beyond = passed(
        HANDS._replace(new_this_week=5),
        HANDS._replace(new_this_week=5).with_more(1, 5, 1),
        STANDARD,
    )
    with pytest.raises(Invalid, match="would have 6 new cases this week, and 5 are the limit"):
        check_override("Priya", beyond, None)
    with pytest.raises(Invalid, match="what the other reason is") as fault:
        check_override("Priya", beyond, Override(OverrideReason.OTHER))
    assert fault.value.field == "note"
    check_override("Priya", beyond, Override(OverrideReason.OTHER, "Speaks the family's language"))
    check_override("Priya", (), None)


def test_nobody_helps_themselves() -> None:
    with pytest.raises(Invalid):
        check_pair(1, 1)
    check_pair(1, None)


def test_the_third_change_of_worker_is_warned_about() -> None:
    assert change_words(0) == change_words(1) == ""
    assert "has changed 2 times. Another change would be number 3" in change_words(2)


# Sharing a caseload out


def test_whoever_has_most_room_takes_the_case_but_somebody_who_stays_first() -> None:
    takers = [taker(1, load=50), taker(2, load=10), taker(3, stays=False)]
    assert share_out([case(7)], takers, STANDARD) == {7: 2}


def test_a_family_goes_to_one_person() -> None:
    family = [case(number, family="F1") for number in range(4)]
    shared = share_out([*family, case(9)], [taker(1), taker(2)], STANDARD)
    assert len({shared[one.case_id] for one in family}) == 1
    assert shared[9] != shared[0]


def test_a_case_in_a_lot_without_anybody_has_no_receiver() -> None:
    assert share_out([case(1, lot_id=5)], [taker(1)], STANDARD) == {1: None}


@given(
    st.lists(
        st.tuples(st.integers(1, 3), st.sampled_from([None, "A", "B"]), st.sampled_from(Band)),
        max_size=30,
    )
)
def test_every_case_is_proposed_once_to_somebody_of_its_lot_and_families_stay_together(
    drawn: list[tuple[int, str | None, Band]],
) -> None:
    cases = [case(number, *one) for number, one in enumerate(drawn)]
    takers = [taker(1, lots=(1, 2)), taker(2, lots=(2,)), taker(3, lots=(1, 2), stays=False)]
    shared = share_out(cases, takers, STANDARD)
    assert sorted(shared) == [one.case_id for one in cases]
    lots = {one.practitioner_id: one.lot_ids for one in takers}
    families: dict[tuple[int, str], set[int | None]] = {}
    for one in cases:
        who = shared[one.case_id]
        assert (who is None) == (one.lot_id == 3)
        assert who is None or one.lot_id in lots[who]
        if one.family_key:
            families.setdefault((one.lot_id, one.family_key), set()).add(who)
    assert all(len(receivers) == 1 for receivers in families.values())


def test_a_run_is_of_at_least_one_and_not_of_too_many() -> None:
    for number in (0, MOST + 1):
        with pytest.raises(Invalid):
            check_size(number)
    check_size(MOST)


def test_a_run_says_what_it_does_and_why() -> None:
    assert [kind.act for kind in RunKind] == [
        Act.CASE_ALLOCATE,
        Act.CASE_REALLOCATE,
        Act.CASE_REALLOCATE,
    ]
    assert RunKind.LEAVER.change_reason.value == "LEFTRL"
    assert RunKind.ABSENCE.change_reason.value == "ABSENC"
    assert all(kind.label for kind in RunKind)
