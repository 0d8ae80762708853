"""One test over many things, which tells of every one that fails."""

from collections.abc import Callable, Iterable
from typing import Any


def each(
    things: Iterable[Any], name: Callable[[Any], str]
) -> Callable[[Callable[[Any], None]], Callable[[], None]]:
    """Run a test of one thing over all: one test for each would cost more than it looks at."""

    def over(test: Callable[[Any], None]) -> Callable[[], None]:
        def whole() -> None:
            failed = {}
            for thing in things:
                try:
                    test(thing)
                except AssertionError as wrong:
                    failed[name(thing)] = str(wrong)
            assert not failed, failed

        whole.__name__, whole.__doc__ = test.__name__, test.__doc__
        return whole

    return over
