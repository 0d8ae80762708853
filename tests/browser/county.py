"""Walks the invented county: which pages a role can reach, by the links that it is shown."""

import re
from collections.abc import Iterator
from html import unescape

from app.cases.states import CaseState
from tests.browser.visitor import Visitor

LINK = re.compile(r'<a [^>]*?href="(/[^"#]*)"')
DOWNLOAD = re.compile(r"\.(csv|json|xlsx|pdf|ics|zip)")
CASE = re.compile(r"/cases/\d+")


def pages_of(person: Visitor) -> list[str]:
    """One address for each kind of page within a person's reach, and a case in each state."""
    cases = list(_cases(person))
    begin = ["/", "/account", "/who-may-do-what", "/nowhere", *cases]
    # Cases that have ended are listed with other columns.
    begin += ["/cases?show=cleared"] if cases else []
    found = {address: address for address in begin}
    waiting = list(begin)
    while waiting:
        for link in links(person, waiting.pop(0)):
            if kind_of(link) not in found:
                found[kind_of(link)] = link
                waiting.append(link)
    return list(dict.fromkeys(found.values()))


def links(person: Visitor, address: str) -> list[str]:
    """Where a page leads to inside Clearway."""
    text = person.context.request.get(person.origin + address).text()
    return [unescape(link) for link in LINK.findall(text) if not DOWNLOAD.search(link)]


def _cases(person: Visitor) -> Iterator[str]:
    for state in CaseState:
        shown = links(person, f"/cases?show=all&state={state.value}")
        yield from [link for link in shown if CASE.fullmatch(link)][:1]


def kind_of(address: str) -> str:
    """Addresses of one kind differ in ids and in what is asked: one of them stands for all."""
    kind = re.sub(r"\d+", "{id}", address.partition("?")[0])
    return re.sub(r"^/measures/[a-z-]+", "/measures/{measure}", kind)
