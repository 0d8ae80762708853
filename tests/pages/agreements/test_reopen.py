"""Reopening a case that counted as cleared."""

import pytest

from app.agreements.reopening import queries as reopenings
from app.agreements.reopening.models import Reopening
from app.agreements.reopening.rules import ReopenReason
from app.cases.register.models import Case, CaseMove
from app.cases.scope.models import LedgerPosting
from app.cases.states import CaseState
from app.plans import queries as plans
from tests.browse import readable
from tests.makers import an_authorised_case
from tests.makers_agreements import a_closed_case, a_handed_over_case
from tests.world import TODAY, World


@pytest.mark.parametrize("make", [a_closed_case, a_handed_over_case])
@pytest.mark.parametrize("who", ["tess", "paula", "dina"])
def test_a_cleared_case_is_reopened_and_its_credit_reversed(
    world: World, browse, make, who: str
) -> None:
    case_id = make(world)
    browser = browse(who)
    browser.get(f"/cases/{case_id}/reopen")
    answer = browser.post(f"/cases/{case_id}/reopen", reason="re_referral")
    assert answer.headers["location"] == f"/cases/{case_id}"
    case = world.row(Case, case_id)
    assert (case.state, case.reopened_on, case.outcome) == (CaseState.UNALLOCATED, TODAY, "")
    postings = world.rows(LedgerPosting)
    assert [(p.term.value, p.cases) for p in postings] == [
        ("opening", 1),
        ("cleared", -1),
        ("reopened", 1),
    ]
    assert world.rows(CaseMove)[-1].note == "Referred again"
    [row] = world.rows(Reopening)
    assert (row.reason, row.ended_on, row.reopened_on) == (ReopenReason.RE_REFERRAL, TODAY, TODAY)
    closed = row.ended_as is CaseState.CLOSED
    assert (row.closure_id is not None, row.handover_id is not None) == (closed, not closed)
    with world.acting("tess") as uow:
        assert reopenings.of_case(uow, case_id)[0].ended_by
        assert plans.latest(uow, case_id) is None
        assert plans.versions(uow, case_id)[0].number == 1


@pytest.mark.parametrize("reason", ["", "bored"])
def test_a_reopening_says_why(world: World, browse, reason: str) -> None:
    case_id = a_closed_case(world)
    page = browse("tess").post(f"/cases/{case_id}/reopen", 422, reason=reason).text
    assert "reason for reopening" in readable(page)
    assert world.row(Case, case_id).state is CaseState.CLOSED


@pytest.mark.parametrize(("who", "status"), [("priya", 403), ("hana", 403), ("tara", 404)])
def test_others_cannot_reopen(world: World, browse, who: str, status: int) -> None:
    case_id = a_closed_case(world)
    browse(who).post(f"/cases/{case_id}/reopen", status, reason="re_referral")
    assert world.row(Case, case_id).state is CaseState.CLOSED


def test_an_open_case_cannot_be_reopened(world: World, browse) -> None:
    case_id = an_authorised_case(world)
    browse("tess").get(f"/cases/{case_id}/reopen", 409)
    browse("tess").post(f"/cases/{case_id}/reopen", 409, reason="re_referral")
    assert len(world.rows(LedgerPosting)) == 1
