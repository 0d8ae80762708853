"""Free text that could tell who a child is: warned about once, kept when one goes on, recorded."""

from app.safeguarding.issues.models import ProtectionIssue
from app.work.models import TrailDetail, TrailEntry
from tests.browse import readable
from tests.makers import an_allocated_case
from tests.world import World

SAID = {"trouble": "safety_plan", "cover": "Duty team"}
TELLS = "Rang mum Sally on 07700 900123, NHS 943 476 5919"


def test_an_nhs_number_in_a_note_is_warned_about_and_kept_only_if_one_goes_on(
    world: World, browse
) -> None:
    case_id = an_allocated_case(world)
    priya, address = browse("priya"), f"/cases/{case_id}/issue"
    assert "_as_it_is" not in priya.get(address)
    answer = priya.post(address, 422, _key="once", action_taken=TELLS, **SAID).text
    page = readable(answer)
    assert "seems to hold an NHS number and a telephone number and a name" in page
    assert "Keep the text as it is" in page
    assert TELLS in answer
    assert world.rows(ProtectionIssue) == []
    priya.post(address, _key="once", action_taken=TELLS, _as_it_is="yes", **SAID)
    assert world.rows(ProtectionIssue)[0].action_taken == TELLS
    entry = world.rows(TrailEntry, act="issue.raise", subject="free_text")[0]
    told = [str(one.changes) for one in world.rows(TrailDetail, seq=entry.seq)]
    assert any("an NHS number" in one for one in told)
    assert all("943" not in one for one in told)


def test_text_that_was_mended_leaves_no_record(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    priya, address = browse("priya"), f"/cases/{case_id}/issue"
    priya.post(address, 422, action_taken="Moved to M1 1AE", **SAID)
    priya.post(address, action_taken="Moved to another town", _as_it_is="yes", **SAID)
    assert world.rows(TrailEntry, subject="free_text") == []


def test_other_faults_are_mended_before_the_warning_comes(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    sent = SAID | {"cover": "", "action_taken": "DOB 1/2/2019"}
    page = browse("priya").post(f"/cases/{case_id}/issue", 422, **sent).text
    assert "Enter who covers tonight." in readable(page)
    assert "date of birth" not in page
