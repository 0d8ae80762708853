"""Which practitioners of a lot are offered for a case."""

from datetime import timedelta

from app.people import queries as people
from app.people.checks.models import InductionDone, InductionStep
from app.people.models import Practitioner, PractitionerLot
from app.people.rules import Post
from tests.world import STARTED, TODAY, World


def test_the_lots_practitioners_are_offered_by_name_and_the_excluded_say_why(world: World) -> None:
    with world.setting_up() as uow:
        student = uow.add(
            Practitioner(
                contract_id=world.contract(),
                name="Noor Vale",
                qualified=False,
                starts_on=STARTED,
                case_limit=9,
            )
        )
        assert student.id
        uow.add(PractitionerLot(practitioner_id=student.id, lot_id=world.lot()))
    with world.acting("tess") as uow:
        offered = people.candidates(uow, world.lot(), TODAY)
    assert [(one.name, one.case_limit, one.excluded) for one in offered] == [
        ("Noor Vale", 9, "Not a qualified social worker."),
        ("Pete Holm", 18, None),
        ("Priya Nair", 18, None),
    ]
    assert [one.may_hold for one in offered] == [False, True, True]


def test_whoever_has_a_step_of_the_induction_to_do_is_excluded_until_it_is_done(
    world: World,
) -> None:
    with world.setting_up() as uow:
        about = {"contract_id": world.contract(), "name": "The council’s thresholds"}
        step = uow.add(InductionStep(**about, position=1))
        who = {"contract_id": world.contract(), "practitioner_id": world.practitioner("pete")}
        uow.add(InductionDone(**who, step_id=step.id, done_on=TODAY))
    with world.acting("tess") as uow:
        offered = people.candidates(uow, world.lot(), TODAY)
    assert [(one.name, one.excluded) for one in offered] == [
        ("Pete Holm", None),
        ("Priya Nair", "Induction to do: The council’s thresholds."),
    ]


def test_another_lots_practitioners_are_not_offered(world: World) -> None:
    with world.acting("tess") as uow:
        assert people.candidates(uow, world.lot("South"), TODAY) == ()


def test_a_candidate_brings_what_they_can_carry_and_where_they_live(world: World) -> None:
    with world.setting_up() as uow:
        pete = uow.get(Practitioner, world.practitioner("pete"))
        pete.weekly_minutes, pete.home_lot_id = 22 * 60, world.lot("Mid")
    with world.acting("paula") as uow:
        found = {one.name: one for one in people.candidates(uow, world.lot(), TODAY)}
    told = (found["Pete Holm"].points, found["Pete Holm"].new_cases_a_week, found["Pete Holm"].zone)
    assert told == (44, 3, "Mid")
    assert (found["Priya Nair"].points, found["Priya Nair"].zone) == (75, "")


def test_team_managers_and_those_not_there_that_day_are_no_candidates(world: World) -> None:
    with world.setting_up() as uow:
        uow.get(Practitioner, world.practitioner("priya")).post = Post.TEAM_MANAGER
        place = world.rows(PractitionerLot, practitioner_id=world.practitioner("pete"))[0]
        uow.get(PractitionerLot, place.id).starts_on = TODAY + timedelta(days=1)
    with world.acting("tess") as uow:
        assert people.candidates(uow, world.lot(), TODAY) == ()
        tomorrow = people.candidates(uow, world.lot(), TODAY + timedelta(days=1))
        assert [one.name for one in tomorrow] == ["Pete Holm"]
        assert [name for _, name in people.list_practitioners(uow)] == ["Pete Holm"]


def test_without_a_lot_the_candidates_are_those_of_all_the_actors_lots(world: World) -> None:
    with world.acting("paula") as uow:
        found = people.candidates(uow, None, TODAY)
        assert [one.name for one in found] == ["Pete Holm", "Priya Nair", "Sam Quill"]
    with world.acting("eve") as uow:
        assert people.candidates(uow, None, TODAY) == ()
