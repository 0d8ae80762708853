"""A typed answer of the forms about workers: hours, kept as minutes."""

from typing import Annotated

from pydantic import BeforeValidator

from app.people.rules import minutes_of


def _minutes(typed: object) -> object:
    return minutes_of(typed) if isinstance(typed, str) else typed


Minutes = Annotated[int, BeforeValidator(_minutes)]
