"""Child protection plans and their reviews: recorded by people, and told of by lists."""

from app.cases.register.models import Case
from app.safeguarding.reviews.models import ProtectionPlan, ReviewConference
from tests.browse import readable
from tests.makers import an_allocated_case
from tests.world import World


def test_a_plan_is_recorded_reviewed_and_ended(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    tess, dina = browse("tess"), browse("dina")
    address = f"/cases/{case_id}/protection-plan"
    assert "not come yet" in tess.post(address, 422, starts_on="23/11/2026").text
    page = readable(tess.follow(address, starts_on="3/8/2026"))
    assert "Review overdue Since 3 Aug 2026. Next review due by 2 Nov 2026" in page
    assert world.row(Case, case_id).child_protection
    assert "runs already" in tess.post(address, 409, starts_on="4/8/2026").text
    [plan] = world.rows(ProtectionPlan)
    review = f"/protection-plans/{plan.id}/review"
    assert "next review is due by 2 Nov 2026" in readable(dina.get(review))
    held = {"held_on": "5/11/2026", "result": "goes_on"}
    page = readable(dina.follow(review, **held))
    assert "Next review due by 7 May 2027" in page
    assert "Reviewed 5 Nov 2026 (late)" in page
    assert "recorded already" in dina.post(review, 422, **held).text
    page = readable(dina.follow(review, held_on="20/11/2026", result="ends"))
    assert "Ended 20 Nov 2026" in page
    assert not world.row(Case, case_id).child_protection
    dina.post(review, 409, held_on="20/11/2026", result="goes_on")
    assert len(world.rows(ReviewConference)) == 2
    for who in ("paula", "hana", "carl"):
        browse(who).post(review, 403, **held)
    browse("eve").get(review, 403)
    browse("sam").get(review, 404)
