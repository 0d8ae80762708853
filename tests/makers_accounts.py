"""People with passwords, and an application that is a demo."""

from datetime import datetime

from app.access.models import User
from app.accounts.passwords import hashing
from tests.world import World

PASSWORD = "quiet harbour 27 lanterns"
HASHED = hashing.hash_of(PASSWORD)


def a_password(world: World, key: str, stored: str = HASHED) -> None:
    """Give a persona a password."""
    with world.setting_up() as uow:
        uow.get(User, world.user(key)).password_hash = stored


def disabled(world: World, key: str, at: datetime | None = None) -> None:
    with world.setting_up() as uow:
        uow.get(User, world.user(key)).disabled_at = at or world.clock.now


def invented(world: World, *keys: str) -> None:
    """Make personas people of a demo."""
    with world.setting_up() as uow:
        for key in keys:
            uow.get(User, world.user(key)).demo = True
