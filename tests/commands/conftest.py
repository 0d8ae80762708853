"""An installation's database as `migrate` makes it, made once."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.db import migrate


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], None]:
    """Puts a migrated database without a row where it is wanted."""
    file = tmp_path_factory.mktemp("migrated") / "empty.sqlite3"
    migrate.upgrade(f"sqlite:///{file}")
    return lambda wanted: shutil.copyfile(file, wanted)
