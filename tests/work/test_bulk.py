"""Many rows at once hold exactly what they would one by one."""

import json
from datetime import UTC, date, datetime

import pytest

from app.cases.register.models import Allocation, CaseMove
from app.cases.register.rules import AllocationRole
from app.cases.states import CaseState
from app.kernel.acts import Act
from app.work import trail
from app.work.bulk import CARRIED, each
from app.work.models import TrailDetail, TrailEntry, View
from tests.makers import a_case
from tests.world import World


def a_move(world: World, case_id: int, number: int) -> dict[str, object]:
    return {
        "case_id": case_id,
        "lot_id": world.lot(),
        "at": datetime(2026, 11, 20, 9, number % 60, tzinfo=UTC),
        "made_on": date(2026, 11, 1 + number % 20),
        "by_user_id": world.user("tess") if number % 2 else None,
        "act": "import.run",
        "before": None,
        "after": CaseState.ALLOCATED if number % 3 else CaseState.UNALLOCATED,
        "note": f"{number}",
    }


@pytest.mark.parametrize("number", [1, CARRIED - 1, CARRIED, CARRIED + 1])
def test_each_row_of_a_load_reads_back_as_it_was_given(world: World, number: int) -> None:
    case_id = a_case(world)
    rows = [a_move(world, case_id, at) for at in range(number)]
    with world.acting("tess") as uow, uow.command(Act.CASE_ALLOCATE):
        assert uow.load(CaseMove, rows) == number
    held = world.rows(CaseMove, act="import.run")
    assert [{name: getattr(move, name) for name in rows[0]} for move in held] == rows
    assert len({move.id for move in held}) == number


def test_rows_that_differ_in_a_run_of_numbers_alone_hold_one_each(world: World) -> None:
    numbers = range(7, 8 + CARRIED)
    at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    with world.acting("tess") as uow, uow.command(Act.CASE_ALLOCATE):
        columns = [{"case_id": numbers}]
        same = {"lot_id": world.lot(), "at": at, "what": "Counted", "user_id": None}
        assert uow.load_columns(View, columns, **same) == len(numbers)
    held = world.rows(View, what="Counted")
    assert [(view.case_id, view.at) for view in held] == [(one, at) for one in numbers]


def test_the_trail_tells_each_row_of_a_load_salted_apart_and_once_what_all_hold_alike(
    world: World,
) -> None:
    row = {
        "case_id": a_case(world),
        "lot_id": world.lot(),
        "practitioner_id": world.practitioner("pete"),
        "role": AllocationRole.PRIMARY,
        "starts_on": date(2026, 11, 4),
    }
    with world.acting("tess") as uow, uow.command(Act.CASE_ALLOCATE):
        uow.load(Allocation, [row] * 70, ends_on=date(2026, 11, 5), reason=None)
    [entry] = world.rows(TrailEntry, act="case.allocate")
    [alike, *told] = world.rows(TrailDetail, seq=entry.seq)
    assert (entry.rows, len(told)) == (70, 70)
    assert len({one.salt for one in told}) == len({one.digest for one in told}) == 70
    assert '"starts_on":[null,"2026-11-04"]' in told[0].changes
    assert (alike.subject_id, alike.changes) == (None, '{"ends_on":[null,"2026-11-05"]}')


def test_rows_of_ids_and_codes_are_told_together_and_each_can_be_told_from_it(
    world: World,
) -> None:
    case_id = a_case(world)
    rows = [a_move(world, case_id, at) for at in range(3)]
    with world.acting("tess") as uow, uow.command(Act.CASE_ALLOCATE):
        uow.load(CaseMove, rows)
    [entry] = world.rows(TrailEntry, act="case.allocate")
    [detail] = world.rows(TrailDetail, seq=entry.seq)
    told = json.loads(detail.changes)
    assert (entry.rows, entry.lot_id, entry.subject_id, detail.subject_id) == (
        3,
        world.lot(),
        None,
        None,
    )
    assert told["case_id"] == [None, case_id]
    assert told["note"] == [None, ["0", "1", "2"]]
    assert told["after"] == [None, ["unallocated", "allocated", "allocated"]]
    with world.database.engine.connect() as connection:
        assert trail.verify(connection).ok


def test_what_differs_is_asked_once_each() -> None:
    asked = []
    assert each(["a", "b", "a"], lambda one: asked.append(one) or one.upper()) == ["A", "B", "A"]
    assert sorted(asked) == ["a", "b"]
    assert each(["a", "a"], str.upper) == ["A", "A"]
