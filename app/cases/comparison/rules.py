"""Which two days are compared, and which way a case went between them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from urllib.parse import urlencode

from app.kernel.days import days_asked


class Way(StrEnum):
    """Which way a case went between two days."""

    CAME = "came"
    LEFT = "left"
    PASSED = "passed"

    @property
    def label(self) -> str:
        return {"came": "Came", "left": "Left"}.get(self.value, "Came and left")


def way_of(net: int) -> Way:
    """By the change in open cases that a case's postings make together."""
    return Way.CAME if net > 0 else Way.LEFT if net < 0 else Way.PASSED


ASKED = ("first", "last", "lot", "way", "page")


@dataclass(frozen=True)
class Comparison:
    """The end of one day beside the end of a later one, in one lot or all."""

    first: date
    last: date
    lot: int | None = None
    way: Way | None = None

    @classmethod
    def read(
        cls, words: Mapping[str, str], default: "Comparison", lots: Collection[int]
    ) -> tuple["Comparison", list[str]]:
        """What a query string asks for, and a notice for each part ignored.

        No day goes beyond the last of the default, which is today.
        """
        days, notices = days_asked(words, {"first": default.first, "last": default.last})
        if max(days.values()) > default.last:
            notices.append("A day to come has no figures yet: today stands in its place.")
            days = {name: min(day, default.last) for name, day in days.items()}
        if days["first"] > days["last"]:
            notices.append("The earlier day stands first: the two were turned round.")
            days = {"first": days["last"], "last": days["first"]}
        lot = next((one for one in lots if str(one) == words.get("lot")), None)
        way = next((one for one in Way if one == words.get("way")), None)
        notices += [f"“{name[:40]}” is not a known choice." for name in words if name not in ASKED]
        return cls(days["first"], days["last"], lot, way), notices

    def url(self, base: str = "/scope/compare", page: int = 1) -> str:
        """The address of exactly this comparison."""
        asked = {"first": self.first, "last": self.last, "lot": self.lot, "way": self.way}
        kept = {name: value for name, value in asked.items() if value}
        return f"{base}?{urlencode(kept)}" + (f"&page={page}" if page > 1 else "")

    def of(self, way: Way | None) -> "Comparison":
        return replace(self, way=way)
