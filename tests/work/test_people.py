"""Which practitioners of a lot are offered for a case."""

from app.people import queries as people
from app.people.models import Practitioner, PractitionerLot
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


def test_another_lots_practitioners_are_not_offered(world: World) -> None:
    with world.acting("tess") as uow:
        assert people.candidates(uow, world.lot("South"), TODAY) == []
