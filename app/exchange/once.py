"""What was worked out once of a value, for lists in which few values differ."""

from collections.abc import Callable
from typing import TypeVar

Asked = TypeVar("Asked")
Told = TypeVar("Told")


class Once(dict[Asked, Told]):
    """What `tell` says of each value that is looked up here; it is asked once for each."""

    def __init__(self, tell: Callable[[Asked], Told]) -> None:
        self._tell = tell

    def __missing__(self, asked: Asked) -> Told:
        told = self[asked] = self._tell(asked)
        return told
