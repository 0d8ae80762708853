"""Which acts many cases may go through at once."""

import pytest

from app.access.grants import GRANTED
from app.cases.bulk.rules import BulkAct, obstacle
from app.cases.states import ENDED, HELD, CaseState
from app.kernel.acts import Act
from app.kernel.clock import AssessmentType


def test_nothing_that_ends_a_case_is_done_in_bulk() -> None:
    ends = {Act.HANDOVER_ACCEPT, Act.CLOSURE_CLOSE, Act.CASE_HAND_BACK, Act.PROPOSAL_AGREE}
    assert not {act.act for act in BulkAct} & ends


@pytest.mark.parametrize("act", BulkAct)
def test_whoever_may_do_it_to_one_case_may_choose_many(act: BulkAct) -> None:
    assert GRANTED[act.act] <= GRANTED[Act.CASE_BULK]
    assert act.label


@pytest.mark.parametrize("state", CaseState)
def test_an_act_is_possible_in_bulk_where_it_is_for_one_case(state: CaseState) -> None:
    kind = AssessmentType.INITIAL
    waits = {CaseState.UNALLOCATED, CaseState.ALLOCATED}
    assert (obstacle(BulkAct.TRANSFER, state, kind) == "") == (state in waits)
    assert (obstacle(BulkAct.CO_WORKER, state, kind) == "") == (state in HELD)
    assert (obstacle(BulkAct.PRIORITY, state, kind) == "") == (state not in ENDED)
    runs = waits | {CaseState.ASSESSING}
    assert (obstacle(BulkAct.MIGRATE, state, kind) == "") == (state in runs)
    assert obstacle(BulkAct.MIGRATE, state, AssessmentType.CHILD_AND_FAMILY)


def test_what_cannot_be_undone_says_nothing_of_undoing() -> None:
    lasting = [BulkAct.PRIORITY, BulkAct.MIGRATE]
    assert [act for act in BulkAct if not act.undoing] == lasting
    assert [act for act in BulkAct if act.lasting] == lasting
