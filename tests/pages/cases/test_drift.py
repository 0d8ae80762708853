"""Drifting cases: found in the night, listed with what would move them, and put aside."""

from datetime import date, timedelta

import pytest

from app.access.actor import Actor
from app.assurance.nightly.service import elsewhere, keep_looking, look_daily
from app.cases.actions import service as actions
from app.cases.actions.rules import Source, Wanted, What
from app.cases.drift import service
from app.cases.drift.models import DriftAside, DriftingCase, DriftLook
from app.cases.drift.rules import Basis
from app.cases.register.models import CaseMove
from app.cases.states import CaseState
from app.kernel.acts import Act
from tests.browse import readable
from tests.makers import a_case, an_assessing_case
from tests.questions import questions
from tests.world import TODAY, World

LONG_AGO = TODAY - timedelta(days=60)
OVERDUE = {"referred_on": TODAY - timedelta(days=120), "received_on": TODAY - timedelta(days=60)}


def a_stuck_case(world: World, lot: str = "North", **facts: object) -> int:
    """An unallocated case past its due day on which nothing happened for two months."""
    return a_case(world, lot, **OVERDUE | facts)


def night(world: World) -> int:
    """One look at every lot, as the night does it."""
    lots, contracts = world.ids["lots"].values(), world.ids["contracts"].values()
    everyone = Actor.command_line(frozenset(lots), frozenset(contracts))
    with world.database.work(everyone) as uow:
        return service.look(uow, elsewhere(uow))


def test_a_case_on_which_nothing_happens_is_found_and_one_that_moves_is_not(
    world: World, browse
) -> None:
    stuck = a_stuck_case(world)
    seen = an_assessing_case(world, **OVERDUE)
    fresh = a_case(world)
    with world.acting("tess") as uow, uow.command(Act.ACTION_SET):
        wanted = Wanted(What.RECORD, world.user("tess"), TODAY, Source.DIRECTION)
        action = actions.set_action(uow, stuck, wanted)
    assert night(world) == 1
    [row] = world.rows(DriftingCase)
    assert (row.case_id, row.stage, row.basis) == (stuck, CaseState.UNALLOCATED, Basis.LIMIT)
    tess = browse("tess")
    page = tess.get("/drift")
    assert f"/cases/{stuck}/allocate" in page
    assert f"/cases/{seen}/" not in page
    assert f"/cases/{fresh}/" not in page
    assert "1 case drifts. Looked over 20 Nov 2026, 10:00" in readable(page)
    for who, number in {"tess": 1, "paula": 1, "tara": 0}.items():
        assert f"Drifting cases {number}" in readable(browse(who).get("/"))
    assert "Unallocated 60 Past its due day 21 Sep 2026 Not recorded Allocate it" in readable(page)
    with world.acting("tess") as uow:
        actions.complete(uow, action)
    assert night(world) == 0
    assert "Nothing drifts here" in browse("tess").get("/drift")


def test_the_lots_own_history_says_who_is_old(world: World) -> None:
    """Thirty cases left the stage within twenty days; ten days without anything are too many."""
    stuck = a_case(world, received_on=TODAY - timedelta(days=35), referred_on=LONG_AGO)
    others = [a_case(world, practitioner_id=None, risk_review_on=TODAY) for _ in range(30)]
    came = TODAY - timedelta(days=20)
    with world.setting_up() as uow:
        for place, case_id in enumerate(others):
            story = (
                (None, CaseState.UNALLOCATED, came),
                (CaseState.UNALLOCATED, CaseState.ALLOCATED, came + timedelta(days=10 + place % 3)),
                (CaseState.ALLOCATED, CaseState.ASSESSING, TODAY),
            )
            for before, after, made_on in story:
                uow.add(
                    CaseMove(
                        case_id=case_id,
                        lot_id=world.lot(),
                        at=uow.now,
                        made_on=made_on,
                        act="import.run",
                        before=before,
                        after=after,
                    )
                )
    assert night(world) == 1
    [row] = world.rows(DriftingCase)
    assert (row.case_id, row.basis, row.still_there) == (stuck, Basis.HISTORY, 0)


def test_a_case_put_aside_stays_off_the_list_until_its_day(world: World, browse) -> None:
    case_id = a_stuck_case(world)
    night(world)
    tess = browse("tess")
    tess.get(f"/drift/{case_id}/aside")
    answer = tess.post(f"/drift/{case_id}/aside", 422, reason="dated", until="20/11/2026")
    assert "until a later day than today" in readable(answer.text)
    answer = tess.post(f"/drift/{case_id}/aside", 422, reason="dated", until="19/12/2026")
    assert "until 18 Dec 2026 at most" in readable(answer.text)
    page = tess.follow(f"/drift/{case_id}/aside", reason="dated", until="27/11/2026", note="Visit")
    assert f"/cases/{case_id}/allocate" not in page
    assert "0 cases drift" in readable(page)
    assert "Drifting cases 0" in readable(tess.get("/"))
    [aside] = world.rows(DriftAside)
    assert (aside.until, aside.by_user_id) == (date(2026, 11, 27), world.user("tess"))
    world.clock.move(days=7)
    assert night(world) == 0
    world.clock.move(days=1)
    assert night(world) == 1


def test_the_list_is_capped_and_says_how_many_more_there_are(world: World, browse) -> None:
    for _ in range(7):
        a_stuck_case(world)
    contract = world.contract()
    hana = browse("hana")
    hana.get(f"/drift/terms/{contract}")
    terms = {"idle_days": "10", "flagged_days": "5", "council_days": "20", "percent": "90"}
    terms |= {"least": "30", "most": "5", "reason": "Agreed on 19 November"}
    answer = hana.post(f"/drift/terms/{contract}", 422, **terms | {"most": "51"})
    assert "Write a number from 5 to 50." in readable(answer.text)
    hana.post(f"/drift/terms/{contract}", **terms, _version="0")
    hana.post(f"/drift/terms/{contract}", 409, **terms, _version="0")
    assert "Agreed on 19 November" in hana.get(f"/drift/terms/{contract}")
    assert night(world) == 7
    tess = browse("tess")
    with questions(world) as asked:
        page = readable(tess.get("/drift"))
    assert "7 cases drift; the 5 most stuck are listed" in page
    assert len(asked) <= 14
    north = next(look for look in world.rows(DriftLook) if look.lot_id == world.lot())
    assert (north.found, north.listed) == (7, 5)


@pytest.mark.parametrize(
    ("who", "seen", "put_aside"),
    [
        ("paula", 200, 303),
        ("dina", 200, 403),
        ("hana", 200, 403),
        ("priya", 403, 403),
        ("carl", 403, 403),
        ("tara", 200, 404),
    ],
)
def test_who_sees_the_list_and_puts_cases_aside(
    world: World, browse, who: str, seen: int, put_aside: int
) -> None:
    case_id = a_stuck_case(world)
    night(world)
    page = browse(who).get("/drift", seen)
    assert (f'href="/cases/{case_id}"' in page) is (seen == 200 and who != "tara")
    browse(who).post(f"/drift/{case_id}/aside", put_aside, reason="dated", until="27/11/2026")
    browse(who).post(f"/drift/terms/{world.contract()}", 422 if who == "hana" else 403)


class Twice:
    """A stop that lets the keeper look twice."""

    def __init__(self) -> None:
        self.left = 2

    def wait(self, _seconds: float) -> bool:
        self.left -= 1
        return self.left < 0


def test_the_keeper_looks_by_itself(world: World) -> None:
    a_stuck_case(world)
    keep_looking(world.database, Twice())
    assert [row.place for row in world.rows(DriftingCase)] == [1]


def test_the_night_looks_once_a_day(world: World) -> None:
    a_stuck_case(world)
    assert look_daily(world.database)
    assert not look_daily(world.database)
    world.clock.move(days=1)
    assert look_daily(world.database)


def test_cases_are_looked_over_by_day_too_and_that_stands_for_no_night(
    world: World, browse
) -> None:
    stuck = a_stuck_case(world)
    elsewhere_stuck = a_stuck_case(world, "South")
    tess = browse("tess")
    assert "Look over the cases now" in tess.get("/drift")
    assert f"/cases/{stuck}/allocate" in tess.follow("/drift/look")
    assert [row.case_id for row in world.rows(DriftingCase)] == [stuck]
    assert "less than 10 minutes ago" in readable(tess.post("/drift/look", 409).text)
    for who in ("priya", "dina", "hana", "carl"):
        browse(who).post("/drift/look", 403)
    browse("paula").post("/drift/look")
    assert {row.case_id for row in world.rows(DriftingCase)} == {stuck, elsewhere_stuck}
    assert look_daily(world.database)
    world.clock.move(minutes=10)
    tess.post("/drift/look")
    assert not look_daily(world.database)
