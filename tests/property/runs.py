"""Runs a state machine of people's acts, each run on a fresh copy of the tests' database."""

import shutil
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test
from sqlalchemy import event

from app.db.engine import open_engine
from app.db.registry import load_models
from app.db.tables import Row
from app.work.database import Database
from tests.world import MovingClock, World, lay_out


def run_on_copies(
    machine: type[RuleBasedStateMachine], folder: Path, *, runs: int, steps: int
) -> None:
    """Run a machine that acts on `world`; SQLite, since a file is copied sooner than a server."""
    clean, used = folder / "clean.sqlite3", folder / "used.sqlite3"
    load_models()
    database = Database(open_engine(f"sqlite:///{clean}"), MovingClock())
    Row.metadata.create_all(database.engine)
    ids = lay_out(database)
    database.engine.dispose()

    class Run(machine):  # type: ignore[misc,valid-type]
        def __init__(self) -> None:
            super().__init__()
            shutil.copyfile(clean, used)
            engine, clock = open_engine(f"sqlite:///{used}"), MovingClock()
            # Nothing here tests power cuts, and waiting for the disk would take most of the time.
            event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
            self.world = World(Database(engine, clock), clock, ids)

        def teardown(self) -> None:
            super().teardown()
            self.world.database.engine.dispose()

    run_state_machine_as_test(
        Run,
        settings=settings(
            max_examples=runs,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
