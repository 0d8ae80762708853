"""A worker added to the roster is invited, and their sign-in ends with their last day."""

from datetime import date

import pytest

from app.access.models import User, UserLot
from app.access.roles import Role
from app.people.models import Practitioner, PractitionerLot
from tests.browse import readable
from tests.world import STARTED, World

ADDRESS = "/people/sign-ins/new"


@pytest.fixture
def newcomer(world: World) -> int:
    with world.setting_up() as uow:
        worker = uow.add(
            Practitioner(
                contract_id=world.contract(),
                name="Noor Vale",
                qualified=True,
                starts_on=STARTED,
                ends_on=date(2027, 3, 31),
            )
        )
        assert worker.id
        uow.add(PractitionerLot(practitioner_id=worker.id, lot_id=world.lot()))
        return worker.id


def test_an_administrator_invites_a_worker_of_the_roster(
    world: World, browse, newcomer: int
) -> None:
    ada = browse("ada")
    assert "Noor Vale" in ada.get(ADDRESS)
    answer = ada.post(ADDRESS, 200, worker_id=str(newcomer), email="noor.vale@example.org")
    assert "/choose-password/invitation/" in answer.text
    user = world.rows(User, email="noor.vale@example.org")[0]
    assert (user.name, user.role, user.practitioner_id, user.active_until) == (
        "Noor Vale",
        Role.PRACTITIONER,
        newcomer,
        date(2027, 3, 31),
    )
    lots = [(row.lot_id, row.contract_id) for row in world.rows(UserLot, user_id=user.id)]
    assert lots == [(world.lot(), world.contract())]
    assert "Everybody is invited" in ada.get(ADDRESS)


def test_nobody_is_invited_twice_or_at_an_address_that_is_taken(
    world: World, browse, newcomer: int
) -> None:
    ada = browse("ada")
    priya = str(world.practitioner("priya"))
    answer = ada.post(ADDRESS, 422, worker_id=priya, email="other@example.org")
    assert "Choose a practitioner who has no sign-in yet." in readable(answer.text)
    answer = ada.post(ADDRESS, 422, worker_id=str(newcomer), email="priya@example.org")
    assert "Somebody already signs in with this address." in readable(answer.text)
    answer = ada.post(ADDRESS, 422, worker_id=str(newcomer), email="no address")
    assert 'value="no address"' in answer.text


def test_only_an_administrator_invites(world: World, browse, newcomer: int) -> None:
    for key in ("paula", "tess", "priya", "hana", "carl"):
        browse(key).get(ADDRESS, 403)
        browse(key).post(ADDRESS, 403, worker_id=str(newcomer), email="noor.vale@example.org")


def test_a_sign_in_ends_with_the_last_day_of_work(world: World, browse) -> None:
    terms = {
        "name": "Pete Holm",
        "post": "social_worker",
        "qualified": "yes",
        "starts_on": "2026-11-02",
        "ends_on": "2026-11-20",
        "weekly_minutes": "37",
        "weekdays": ["1", "2", "3", "4", "5"],
        "case_limit": "18",
        "_version": "1",
    }
    pete = browse("pete")
    pete.get("/")
    browse("paula").post(f"/people/{world.practitioner('pete')}/edit", **terms)
    pete.get("/")
    assert world.row(User, world.user("pete")).active_until == date(2026, 11, 20)
    world.clock.move(days=1)
    assert pete.client.get("/").headers["location"].startswith("/sign-in")
