"""The menu: what its reader may open, under the few words by which people look for it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.kernel.acts import Act


class Entry(NamedTuple):
    """A page of the menu by the name of its route, and the act that opens it.

    `below` are other addresses whose pages belong to it, beside those that begin with its own;
    where several entries name one, it belongs to the last that the reader sees.
    """

    words: str
    route: str
    act: Act
    below: tuple[str, ...] = ()


class Section(NamedTuple):
    """Pages that belong together, under one word."""

    words: str
    entries: tuple[Entry, ...]


class Link(NamedTuple):
    """A link of the menu; `current` where the reader is on it or in what is under it."""

    words: str
    address: str
    current: bool


@dataclass(frozen=True)
class Navigation:
    """The sections that a reader sees and, of the one they are in, its pages."""

    sections: tuple[Link, ...]
    within: str
    pages: tuple[Link, ...]


class Shown(NamedTuple):
    """A section as its reader sees it: the pages that they may open, with their addresses."""

    words: str
    pages: tuple[tuple[Entry, str], ...]


@dataclass(frozen=True)
class Menu:
    """The menu as its reader sees it; `starts` are addresses with the page each belongs to."""

    sections: tuple[Shown, ...]
    starts: Mapping[str, str]

    @classmethod
    def of(
        cls, sections: Sequence[Section], may: Callable[[Act], bool], url: Callable[[str], str]
    ) -> "Menu":
        """The sections of which a reader may open a page."""
        shown = (
            Shown(
                one.words, tuple((page, url(page.route)) for page in one.entries if may(page.act))
            )
            for one in sections
        )
        seen = tuple(one for one in shown if one.pages)
        starts = {
            start: address
            for _, pages in seen
            for entry, address in pages
            for start in (address, *entry.below)
        }
        return cls(seen, starts)

    def place(self, path: str) -> str:
        """The address of the page that a path is or lies below; empty where there is none."""
        while path and path not in self.starts:
            path = path.rpartition("/")[0]
        return self.starts.get(path, "")

    def at(self, place: str) -> Navigation:
        """The menu for a reader at a place; a section with one page stands under its words."""
        sections: list[Link] = []
        within = ""
        own: tuple[Link, ...] = ()
        for words, pages in self.sections:
            current = any(address == place for _, address in pages)
            title = words if len(pages) > 1 else pages[0][0].words
            sections.append(Link(title, pages[0][1], current))
            if current and len(pages) > 1:
                within = words
                own = tuple(Link(one.words, address, address == place) for one, address in pages)
        return Navigation(tuple(sections), within, own)
