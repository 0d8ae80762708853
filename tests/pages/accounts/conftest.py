"""Applications of other kinds than the tests' own."""

import pytest

from app.main import create_app
from app.settings import Settings
from tests.world import World


@pytest.fixture
def secure_app(world: World, settings: Settings) -> object:
    """The application behind TLS."""
    return create_app(settings.model_copy(update={"origin": "https://testserver"}), world.database)


@pytest.fixture
def demo_app(world: World, settings: Settings) -> object:
    """The application as a demo."""
    return create_app(settings.model_copy(update={"demo": True}), world.database)
