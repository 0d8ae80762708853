"""Families: who belongs to one, and what people decide about cases that look alike."""

import pytest

from app.cases.families import queries
from app.kernel.errors import NotFound
from tests.makers import a_case, an_allocated_case
from tests.world import World


def test_a_family_is_its_open_cases_that_the_asker_sees(world: World) -> None:
    first = a_case(world, reference="F2", family_key="FAM-7")
    an_allocated_case(world, reference="F1", family_key="FAM-7")
    a_case(world, "South", reference="F3", family_key="FAM-7")
    a_case(world, reference="ALONE")
    with world.acting("tess") as uow:
        assert [m.reference for m in queries.family_of(uow, first)] == ["F1", "F2"]
        assert queries.family_of(uow, first)[0].practitioner == "Priya Nair"
    with world.acting("paula") as uow:
        assert [m.lot for m in queries.family_of(uow, first)] == ["North", "North", "South"]


def test_a_case_without_a_family_stands_alone(world: World) -> None:
    alone = a_case(world, reference="ALONE")
    a_case(world)
    with world.acting("tess") as uow:
        assert [m.id for m in queries.family_of(uow, alone)] == [alone]


def test_the_family_of_another_lots_case_is_not_found(world: World) -> None:
    there = a_case(world, "South", family_key="FAM-7")
    with world.acting("tess") as uow, pytest.raises(NotFound):
        queries.family_of(uow, there)
