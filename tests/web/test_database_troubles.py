"""What a person is told when the database cannot do what they ask."""

from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from app.cases.register.models import Case
from app.safeguarding.flags.models import Flag
from app.work.models import TrailEntry
from tests.browse import readable
from tests.makers import a_case
from tests.world import World


@pytest.mark.parametrize(
    ("said", "status", "words"),
    [
        ("database or disk is full", 507, "disk that Clearway saves on"),
        ("could not extend file: No space left on device", 507, "disk that Clearway saves on"),
        ("server closed the connection unexpectedly", 503, "cannot reach its database"),
    ],
)
def test_a_database_that_fails_is_told_in_words_and_nothing_is_saved(
    world: World, browse, said: str, status: int, words: str
) -> None:
    priya, reference = browse("priya"), world.row(Case, a_case(world)).reference
    entries = len(world.rows(TrailEntry))

    def fail(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("INSERT INTO trail "):
            raise OperationalError(statement, None, Exception(said))

    event.listen(world.database.engine, "before_cursor_execute", fail)
    answers = {"reference": reference, "concern": "other", "note": "Seen on Friday"}
    page = priya.post("/flags/new", status, **answers).text
    event.remove(world.database.engine, "before_cursor_execute", fail)
    assert words in readable(page)
    assert "Seen on Friday" in page
    assert (world.rows(Flag), len(world.rows(TrailEntry))) == ([], entries)
    priya.post("/flags/new", **answers)
    assert len(world.rows(Flag)) == 1
