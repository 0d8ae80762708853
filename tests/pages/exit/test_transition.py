"""Who stays, what was offered, and how the team runs down."""

from datetime import date

from app.cases.allocation import service as allocation
from app.cases.register.rules import ChangeReason
from app.exit.transition.models import Offer, RampStep
from app.people.models import Practitioner
from app.people.staying import service as staying
from app.people.staying.rules import Intent, Wish
from tests.browse import readable
from tests.makers import KNOWN, an_allocated_case
from tests.world import TODAY, World

OFFER = {
    "engagement": "permanent",
    "post": "Senior social worker",
    "offered_on": "18/11/2026",
    "starts_on": "3/5/2027",
    "answer": "accepted",
    "answered_on": "20/11/2026",
}


def _says(world: World, key: str, consent_on: date | None = TODAY) -> None:
    with world.acting("paula") as uow:
        wish = Wish(Intent.STAY, consent_on, "", None)
        staying.record(uow, world.practitioner(key), wish, version=0)


def test_an_offer_is_recorded_for_somebody_who_agreed_to_be_named(world: World, browse) -> None:
    _says(world, "priya")
    an_allocated_case(world)
    hana, address = browse("hana"), f"/exit/people/{world.practitioner('priya')}/offer"
    assert "Pete Holm" not in hana.get("/exit/people")
    hana.get(address)
    page = readable(hana.follow(address, **OFFER, _version="0"))
    here = len(world.rows(Practitioner, contract_id=world.contract()))
    stay = f"1 of {here} workers stay : 0 locum, 1 permanent, with 1 open case."
    assert stay in page.replace("stay:", "stay :")
    assert "1 agreed to be named to the council." in page
    hana.post(address, 409, **OFFER, _version="0")
    declined = OFFER | {"answer": "declined"}
    browse("paula").post(address, **declined, _version="1")
    [offer] = world.rows(Offer)
    assert (offer.answer.value, offer.recorded_by) == ("declined", world.user("paula"))
    assert "the day of the answer" in readable(
        hana.post(address, 422, **OFFER | {"answered_on": ""}, _version="2").text
    )
    other = f"/exit/people/{world.practitioner('pete')}/offer"
    assert "agreed to be named" in readable(hana.post(other, 409, **OFFER, _version="0").text)
    for key in ("tess", "dina", "carl", "priya"):
        browse(key).get("/exit/people", 403)
        browse(key).post(address, 403, **OFFER)
    browse("eve").post(address, 404, **OFFER)


def test_a_child_who_would_get_a_third_worker_is_warned_of(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    with world.acting("tess") as uow:
        allocation.reallocate(
            uow, case_id, world.practitioner("pete"), reason=ChangeReason.LEFT_ROLE, override=KNOWN
        )
    page = readable(browse("paula").get("/exit/people"))
    assert "1 child of those who have no accepted offer would get a third worker" in page
    assert "Pete Holm Not asked yet – – – 1 Third worker 1 No consent" in page


def test_the_run_down_stands_by_week_and_lot(world: World, browse) -> None:
    paula, address = browse("paula"), f"/exit/people/lots/{world.lot()}"
    page = readable(paula.follow(address, from_on="1/3/2027", workers="3"))
    assert "5 Mar 2027 0 Short 2 of 3 1" in page
    paula.post(address, from_on="1/3/2027", workers="1")
    [step] = world.rows(RampStep)
    assert step.workers == 1
    assert "From 1 Mar 2027: 1" in readable(paula.get(address))
    assert "runs from" in readable(paula.post(address, 422, from_on="1/6/2027", workers="1").text)
    browse("dina").post(address, 403, from_on="1/3/2027", workers="1")
    browse("eve").post(address, 404, from_on="1/3/2027", workers="1")
