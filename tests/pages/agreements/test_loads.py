"""How full a team's weeks may become, and what one child more a week would buy it."""

from datetime import timedelta

from app.agreements.handovers.models import Handover
from app.agreements.proposals.models import Proposal
from app.agreements.proposals.rules import Decision
from app.contract.models import ReceivingTeam
from tests.browse import readable
from tests.makers_agreements import a_handed_over_case, a_proposal, an_agreed_case
from tests.questions import questions
from tests.world import TODAY, World


def ten_more_of(world: World, case_id: int) -> None:
    """Ten handovers like the one of a case, each asked for two weeks after it was agreed."""
    [proposal] = world.rows(Proposal, case_id=case_id)
    [handover] = world.rows(Handover, case_id=case_id)
    with world.setting_up() as uow:
        for _ in range(10):
            again = uow.add(Proposal(**proposal.model_dump(exclude={"id"})))
            assert again.decision is Decision.AGREED
            facts = handover.model_dump(exclude={"id", "proposal_id"})
            facts["requested_at"] = handover.opened_at + timedelta(days=14)
            uow.add(Handover(**facts, proposal_id=again.id))


def test_a_team_is_told_how_likely_it_is_over_and_what_one_more_a_week_buys(
    world: World, browse
) -> None:
    address = f"/handovers/calendar/teams/{world.team()}"
    dina = browse("dina")
    page = readable(dina.get(f"{address}/load"))
    assert "Not known yet" in page
    assert "one more a week buys nothing" in page

    with world.setting_up() as uow:
        uow.get(ReceivingTeam, world.team()).weekly_intake = 1
    ten_more_of(world, a_handed_over_case(world))
    for _ in range(3):
        an_agreed_case(world)
    with questions(world) as asked:
        dina.get(f"{address}/load")
    before = len(asked)
    case_id = an_agreed_case(world)
    a_proposal(world)
    dina.post(f"/cases/{case_id}/handover/week", week=TODAY + timedelta(weeks=1))
    with questions(world) as asked:
        page = readable(dina.get(f"{address}/load"))
    assert len(asked) == before <= 14
    assert "of this lot, half were ready to be asked for within 2 weeks" in page
    # Three near their target in three weeks, with one more proposed: never within one a week.
    assert "11 Dec 2026 100% 4 1 0 0 1" in page
    assert "27 Nov 2026 0% 0 1 0 1 0" in page
    assert "Weeks waited, of all children together 10 4" in page
    assert "Week of the last handover 18 Dec 2026 4 Dec 2026" in page
    assert f'href="{address}/load"' in dina.get(address)
    for who, status in (("tess", 200), ("priya", 403), ("carl", 403), ("omar", 404)):
        browse(who).get(f"{address}/load", status)
