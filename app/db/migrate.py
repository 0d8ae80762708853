"""Brings a database to a revision of its schema."""

from pathlib import Path

from alembic import command
from alembic.config import Config

PROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"


def upgrade(address: str, revision: str = "head") -> None:
    """Run the missing revisions, oldest first; each is one transaction."""
    command.upgrade(configuration(address), revision)


def downgrade(address: str, revision: str) -> None:
    """Undo revisions, newest first, down to the named one (`base` for none)."""
    command.downgrade(configuration(address), revision)


def configuration(address: str) -> Config:
    """Alembic's settings for one database."""
    config = Config(toml_file=PROJECT)
    config.attributes["address"] = address
    return config
