"""The compiled forms of statements, found by the statement itself where it ran before."""

from typing import Any

from sqlalchemy.util import LRUCache

KEPT = 500
MOST_KNOWN = 2_000


class Forms(LRUCache[Any, Any]):
    """SQLAlchemy's cache of what it compiled, which looks a statement over only at its first run.

    The key is all that a statement is made of, and to hash it at every run takes a twentieth of a
    page. A statement that stays, as ours do, has a key that stays: it is known as the very object.
    """

    def __init__(self) -> None:
        super().__init__(KEPT)
        self._known: dict[int, tuple[object, list[Any], Any]] = {}

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        _, made_of, *how = key
        known = self._known.get(id(made_of))
        if known is not None and known[0] is made_of and known[1] == how:
            return known[2]
        found = super().get(key, default)
        if found is not None:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[id(made_of)] = made_of, how, found
        return found
