"""Pages made in milliseconds are answered where no thread has to be waited for."""

import asyncio
from contextlib import ExitStack
from typing import Any

import pytest
from sqlalchemy import event

from app.access.actor import Actor
from app.db.engine import SQLITE_THREADS
from app.kernel.acts import Act
from tests.conftest import ON_POSTGRES
from tests.makers import a_case
from tests.world import World


def asked_in_the_loop(world: World, ask: Any) -> set[bool]:
    """Whether what is asked of the database meanwhile is asked by the event loop's own thread."""
    found = set()

    def note(*_: Any) -> None:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            found.add(False)
        else:
            found.add(True)

    event.listen(world.database.engine, "before_cursor_execute", note)
    try:
        ask()
    finally:
        event.remove(world.database.engine, "before_cursor_execute", note)
    return found


def test_on_sqlite_a_brief_page_takes_no_thread_and_on_postgresql_every_page_does(
    world: World, browse
) -> None:
    case_id, tess = a_case(world), browse("tess")
    for address in ("/", "/cases", f"/cases/{case_id}", "/triage", f"/allocate?case={case_id}"):
        in_loop = asked_in_the_loop(world, lambda address=address: tess.get(address))
        assert in_loop == {not ON_POSTGRES}, address
    assert asked_in_the_loop(world, lambda: tess.get("/scope")) == {False}


def test_a_brief_page_waits_for_nobody_whose_file_is_still_on_its_way(world: World, browse) -> None:
    with ExitStack() as taken:
        for _ in range(SQLITE_THREADS + 1):
            taken.enter_context(world.database.engine.connect())
        browse("tess").get("/cases")


def test_a_brief_page_may_not_wait_for_a_writer(world: World) -> None:
    uow = world.database.open(Actor.nobody())
    uow.only_reads = True
    with pytest.raises(RuntimeError, match="waits for no writer"), uow.command(Act.CASE_SEE):
        pass
    uow.close()
