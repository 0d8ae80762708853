"""The menu: what its reader may open, under the few words by which people look for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.kernel.acts import Act


class Entry(NamedTuple):
    """A page of the menu by the name of its route, and the act that opens it."""

    words: str
    route: str
    act: Act


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
        (section.words, [(one.words, url(one.route)) for one in section.entries if may(one.act)])
        for section in menu
    ]
    addresses = [address for _, pages in shown for _, address in pages]
    here = max((one for one in addresses if _leads_to(path, one)), key=len, default="")
    sections: list[Link] = []
    within = ""
    own: tuple[Link, ...] = ()
    for words, pages in shown:
        if not pages:
            continue
        links = tuple(Link(said, address, address == here) for said, address in pages)
        current = any(link.current for link in links)
        sections.append(Link(words if len(links) > 1 else links[0].words, pages[0][1], current))
        if current and len(links) > 1:
            within, own = words, links
    return Navigation(tuple(sections), within, own)


def _leads_to(path: str, address: str) -> bool:
    """Whether a path is the address or lies below it; the home page is only itself."""
    return path == address or (address != "/" and path.startswith(f"{address}/"))
