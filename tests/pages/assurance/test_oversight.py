"""Management oversight is told from what managers really did."""

import pytest

from app.assurance.supervision import service as supervision
from app.assurance.supervision.rules import Decision
from app.assurance.supervision.service import Said
from app.cases.actions import service as actions
from app.cases.actions.rules import Source, Wanted, What
from app.cases.assessments import service as assessments
from tests.browse import readable
from tests.makers import a_case, a_submitted_case
from tests.questions import questions
from tests.world import TODAY, World


def test_the_timeline_tells_what_managers_did_and_who_read(world: World, browse) -> None:
    case_id, worker = a_submitted_case(world), world.practitioner("priya")
    with world.acting("tess") as uow:
        assessments.return_to_author(uow, case_id, "The father’s view is missing")
    with world.acting("tess") as uow:
        supervision.hold(uow, worker, TODAY)
    with world.acting("tess") as uow:
        supervision.discuss(uow, worker, case_id, Said(Decision.CHANGE_PLAN, "Meet the school"))
    with world.acting("dina") as uow:
        wanted = Wanted(What.SEE_CHILD, world.user("priya"), TODAY, Source.DIRECTION)
        actions.direct(uow, case_id, wanted)
    browse("dina").get(f"/cases/{case_id}")
    browse("priya").get(f"/cases/{case_id}")
    world.database.views.write(world.database)
    page = readable(browse("hana").get(f"/cases/{case_id}/oversight"))
    assert "Decided: Allocate a case to a practitioner by Tess Oyelaran, Team manager" in page
    assert "Returned: Return an assessment with points to fix by Tess Oyelaran" in page
    assert "Supervised: Change the plan by Tess Oyelaran 20 Nov 2026 Meet the school" in page
    assert "Meet the school" in page
    assert "Directed: See the child, Priya Nair by Dina Ferris" in page
    assert "Submit an assessment" not in page
    assert "by Priya Nair" not in page
    assert "Days since the last 0 Of late" in page
    assert f"/cases/{case_id}/oversight" in browse("tess").get(f"/cases/{case_id}")


def test_a_case_that_no_manager_looked_at_says_so(world: World, browse) -> None:
    page = readable(browse("tess").get(f"/cases/{a_case(world)}/oversight"))
    assert "No manager has been here yet" in page
    assert "Days since the last – None yet" in page


@pytest.mark.parametrize(
    ("who", "status"), [("priya", 403), ("carl", 403), ("tara", 404), ("eve", 404), ("dina", 200)]
)
def test_who_sees_oversight(world: World, browse, who: str, status: int) -> None:
    browse(who).get(f"/cases/{a_case(world)}/oversight", status)


def test_oversight_takes_few_questions(world: World, browse) -> None:
    case_id = a_submitted_case(world)
    with questions(world) as asked:
        browse("tess").get(f"/cases/{case_id}/oversight")
    assert len(asked) <= 14
