"""Sends lists as a person with a browser does, and waits until they are read or imported."""

import secrets
import time
from collections.abc import Callable, Sequence
from typing import Any

from app.exchange.imports.models import ImportBatch
from app.exchange.imports.rules import UNDER_WAY
from tests.browse import Browse
from tests.workbooks import LIST_4, LIST_6, a_csv, list_4_row
from tests.world import World

PLAIN = ("Reference", "Referred on", "Child seen on", "Age", "Ended on")


class Importer:
    """One persona's imports: `send` a file, `confirm` it, look at its page."""

    def __init__(self, world: World, browser: Browse) -> None:
        self.world = world
        self.browser = browser

    def send(self, content: bytes, name: str = "list.csv", **answers: Any) -> Any:
        """Upload a file for lot North; returns its batch once nothing is under way."""
        answer = self.browser.client.post(
            "/imports",
            data={
                "_key": secrets.token_urlsafe(8),
                "lot_id": self.world.lot("North"),
                "listed_on": "2026-11-20",
            }
            | answers,
            files={"file": (name, content)},
        )
        assert answer.status_code == 303, answer.text[-3000:]
        return self.settled(int(answer.headers["location"].rsplit("/", 1)[1]))

    def confirm(self, batch: Any, *, good_rows: bool = False) -> Any:
        """Press the button of the preview and wait."""
        self.browser.post(f"/imports/{batch.id}/confirm{'-good-rows' if good_rows else ''}")
        return self.settled(batch.id)

    def take(self, content: bytes, name: str = "list.csv", **answers: Any) -> Any:
        """Send and confirm."""
        return self.confirm(self.send(content, name, **answers))

    def settled(self, batch_id: int) -> Any:
        for _ in range(600):
            batch = self.world.row(ImportBatch, batch_id)
            if batch.stage not in UNDER_WAY:
                return batch
            time.sleep(0.02)
        raise AssertionError(f"still {batch.stage}")

    def page(self, batch: Any) -> str:
        return self.browser.get(f"/imports/{batch.id}")


def an_importer(world: World, browse: Callable[..., Browse], key: str = "paula") -> Importer:
    return Importer(world, browse(key))


def counts(batch: Any) -> tuple[int, int, int, int]:
    """New, changed, unchanged, refused."""
    return batch.new, batch.changed, batch.unchanged, batch.refused


def list_4(*rows: Sequence[Any]) -> bytes:
    """A List 4 as CSV; without rows, three children whose assessments are open."""
    filled = rows or [list_4_row(f"C{number}", "01/09/2026") for number in (1001, 1002, 1003)]
    return a_csv([LIST_4, *filled])


def list_6_row(reference: str, start: str, closed: str = "") -> list[Any]:
    """One child on List 6."""
    row = [reference, "b) Female", "a) WBRI", "02/03/2017", 9, "b) No", start, "N4 - Family"]
    return [*row, "10/11/2026", closed, "", "", "Marsh Locality Team", "DUTY"][: len(LIST_6)]


def plain(*rows: Sequence[Any]) -> bytes:
    """A list under our own headers."""
    return a_csv([PLAIN, *rows])
