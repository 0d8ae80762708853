"""The menu: what its reader may open, under the few words by which people look for it."""

from collections.abc import Callable, Sequence
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


def navigate(
    menu: Sequence[Section], path: str, may: Callable[[Act], bool], url: Callable[[str], str]
) -> Navigation:
    """The menu for a reader on a path; a section with one page stands under that page's words."""
    shown = [
        (section.words, [(one, url(one.route)) for one in section.entries if may(one.act)])
        for section in menu
    ]
    leading = [
        (start, address)
        for _, pages in shown
        for entry, address in pages
        for start in (address, *entry.below)
        if _leads_to(path, start)
    ]
    here = max(reversed(leading), default=("", ""), key=lambda one: len(one[0]))[1]
    sections: list[Link] = []
    within = ""
    own: tuple[Link, ...] = ()
    for words, pages in shown:
        if not pages:
            continue
        links = tuple(Link(one.words, address, address == here) for one, address in pages)
        current = any(link.current for link in links)
        sections.append(Link(words if len(links) > 1 else links[0].words, pages[0][1], current))
        if current and len(links) > 1:
            within, own = words, links
    return Navigation(tuple(sections), within, own)


def _leads_to(path: str, address: str) -> bool:
    """Whether a path is the address or lies below it; the home page is only itself."""
    return path == address or (address != "/" and path.startswith(f"{address}/"))
