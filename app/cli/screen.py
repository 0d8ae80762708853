"""What a command prints: its answers on the screen, complaints beside them."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

screen = Console(highlight=False)
complaints = Console(stderr=True, highlight=False)


@contextmanager
def shown(doing: str) -> Iterator[None]:
    """Show what is going on, and how long it took."""
    started = time.monotonic()
    with screen.status(doing):
        yield
    screen.print(f"{doing}: {time.monotonic() - started:.1f} s")
