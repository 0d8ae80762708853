"""What home pages list of what waits."""

from datetime import timedelta
from typing import Any

from sqlalchemy import event

from app.overview.home import queries
from tests.makers import a_submitted_case
from tests.world import World


def test_what_waits_longest_for_authorisation_is_read_in_turn_from_its_index(
    world: World,
) -> None:
    last = a_submitted_case(world)
    world.clock.move(days=-1)
    first, second = a_submitted_case(world), a_submitted_case(world)
    world.clock.move(days=1)
    world.database.gather_statistics()
    asked: list[tuple[str, object]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: object, *_: Any) -> None:
        asked.append((statement, values))

    with world.acting("paula") as uow:
        uow.session.connection()
        event.listen(world.database.engine, "before_cursor_execute", note)
        waiting = queries.to_authorise(uow)
        event.remove(world.database.engine, "before_cursor_execute", note)
        assert [one.case_id for one in waiting] == [first, second, last]
        assert waiting[2].since - waiting[0].since == timedelta(days=1)
        if world.database.is_sqlite:
            [(statement, values)] = asked
            connection = uow.session.connection()
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
            lines = [line for *_, line in plan]
            assert any("ix_assessments_waiting" in line for line in lines), lines
            assert not any("ORDER BY" in line for line in lines), lines
