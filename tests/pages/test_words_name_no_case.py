"""What people write where the commissioner reads it holds the reference of no case."""

import pytest

from app.finance.models import Cost
from tests.browse import readable
from tests.makers import a_case
from tests.makers_invoicing import a_milestone
from tests.makers_service_levels import a_failure
from tests.world import World

NAMED = "Late because of NO-7 alone"
LEFT_OUT = "Leave out the reference NO-7"
CHANGE = {"kind": "variation", "title": "More", "agreed_on": "19/11/2026", "reason": "More came"}
LEVEL = {
    "measure": "assessment-timeliness",
    "cohort": "all",
    "clause": "2.1",
    "starts_on": "2/11/2026",
    "ends_on": "30/4/2027",
    "from_value": "70",
    "to_value": "90",
    "tolerance": "5",
    "reason": "As tendered",
}
COST = {"day": "20/11/2026", "kind": "other", "pence": "12.00", "note": "Taxi"}
OPTION = {"title": "First", "decide_by": "4/12/2026", "extends_to": "30/7/2027"}
STEP = {"number": "77", "workstream": "people", "due_on": "30/4/2027"}
EARNED = {
    "child_and_family": "200",
    "initial": "60",
    "core": "100",
    "protection": "150",
    "assessed": "40",
    "agreed": "70",
    "screened": "20",
    "assessed_weeks": "4",
    "agreed_weeks": "2",
}


@pytest.mark.parametrize(
    ("who", "address", "sent", "field"),
    [
        ("paula", "/money/record", COST, "note"),
        ("hana", "/contract/{contract}/variations/new", CHANGE, "title"),
        ("hana", "/contract/{contract}/variations/new", CHANGE, "reason"),
        ("hana", "/contract/{contract}/options/new", OPTION, "title"),
        ("hana", "/money/invoices/cap/{contract}", {"pence": "9", "clause": "1"}, "reason"),
        ("paula", "/earned-value/terms/{contract}/draft", EARNED, "reason"),
        ("paula", "/service-levels/new", LEVEL, "reason"),
        ("hana", "/exit/contracts/{contract}/steps/new", STEP, "title"),
        ("paula", "/exit/account/{contract}/lessons", {"kind": "lesson"}, "words"),
        (
            "paula",
            "/measures/assessment-duration/draft/{contract}",
            {"words": "Soon.", "within": "9"},
            "reason",
        ),
    ],
)
def test_no_case_is_named_where_the_commissioner_reads(
    world: World, browse, who: str, address: str, sent: dict[str, str], field: str
) -> None:
    a_case(world, reference="NO-7")
    there = address.format(contract=world.contract())
    lot = {"lot_id": world.lot()} if sent in (COST, LEVEL) else {}
    answer = browse(who).post(there, 422, **sent | lot | {field: NAMED})
    assert LEFT_OUT in readable(answer.text)
    assert NAMED in answer.text
    assert world.rows(Cost) == []


def test_no_case_is_named_in_what_puts_a_failure_right_or_shows_a_milestone(
    world: World, browse
) -> None:
    a_case(world, reference="NO-7")
    failure_id, milestone_id = a_failure(world), a_milestone(world)
    plan = {"cause": "Sick", "steps": "Cover", "owner": "Paula", "due_on": "29/1/2027"}
    failure, milestone = (
        f"/service-levels/failures/{failure_id}",
        f"/money/milestones/{milestone_id}",
    )
    paula, hana = browse("paula"), browse("hana")
    for field in ("cause", "steps"):
        answer = paula.post(f"{failure}/plan", 422, **plan | {field: NAMED})
        assert LEFT_OUT in readable(answer.text)
    paula.post(f"{failure}/plan", **plan)
    no = {"number": "1", "decision": "rejected", "reason": NAMED}
    assert LEFT_OUT in readable(hana.post(f"{failure}/decide", 422, **no).text)
    shown = paula.post(f"{milestone}/evidence", 422, evidence=NAMED, _version="1")
    assert LEFT_OUT in readable(shown.text)
    paula.post(f"{milestone}/evidence", evidence="Seen", _version="1")
    certificate = {"achieved_on": "20/11/2026", "certificate": NAMED, "_version": "2"}
    assert LEFT_OUT in readable(hana.post(f"{milestone}/certify", 422, **certificate).text)
