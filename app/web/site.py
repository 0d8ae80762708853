"""What one running installation shares between requests, and who is asking."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment
from markupsafe import Markup
from starlette.requests import Request

from app.access.actor import Actor
from app.access.sessions import SEEN_EVERY, find_actor
from app.kernel.acts import Act
from app.settings import Settings
from app.web.menu import Menu, Section
from app.work.database import Database
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class Site:
    """Settings, database, templates and addresses; made once by the composition root."""

    settings: Settings
    database: Database
    templates: Environment
    paths: Mapping[str, str]
    menu_sections: tuple[Section, ...]
    # Rooms below the contract cannot look up what its rows are called; these are the actor's.
    lot_names: Callable[[UnitOfWork], Mapping[int, str]]
    practitioner_names: Callable[[UnitOfWork], Mapping[int, str]]
    practitioners_with_cases: Callable[[UnitOfWork], Collection[int]]
    case_references: Callable[[UnitOfWork, Collection[int]], Mapping[int, str]]
    # Proves that whoever asks is who they say, by the password they typed; Invalid otherwise.
    prove: Callable[[UnitOfWork, Any, str], None]
    read_contract_names: Callable[[UnitOfWork], Mapping[int, str]]
    # As they were read last; a contract that is set up meanwhile is read with its first person.
    contract_names: dict[int, str] = field(default_factory=dict)
    # For all who may do the same: their menu, and how it looks at each of its places.
    menus: dict[frozenset[Act], Menu] = field(default_factory=dict)
    drawn: dict[tuple[frozenset[Act], str], Markup] = field(default_factory=dict)
    ticket: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))

    def menu(self, actor: Actor, path: str) -> Markup:
        """The menu as the actor sees it on a path, drawn once for everybody who sees the same."""
        if actor.acts not in self.menus:
            self.menus[actor.acts] = Menu.of(self.menu_sections, actor.may, self.url)
        menu = self.menus[actor.acts]
        place = menu.place(path)
        known = actor.acts, place
        if known not in self.drawn:
            template = self.templates.get_template("layouts/menu.html")
            self.drawn[known] = Markup(template.render(menu=menu.at(place)))  # noqa: S704 - escaped as it was rendered
        return self.drawn[known]

    @property
    def cookie(self) -> str:
        return "__Host-sid" if self.settings.secure else "sid"

    def url(self, name: str, **values: object) -> str:
        """The address of a named route; KeyError for a name or value that it does not have."""
        path = self.paths[name]
        address = path.format(**values)
        query = {key: value for key, value in values.items() if f"{{{key}}}" not in path}
        return f"{address}?{urlencode(query)}" if query else address

    def identify(self, uow: UnitOfWork, request: Request, *, polled: bool) -> Actor:
        """Whoever the session cookie belongs to; nobody without one that still counts."""
        token = request.cookies.get(self.cookie)
        if not token:
            return Actor.nobody()
        found = find_actor(uow.connection, token, uow.now)
        if found is None:
            return Actor.nobody()
        actor, seen = found
        if not actor.contract_ids <= self.contract_names.keys():
            self.contract_names.update(self.read_contract_names(uow))
        if not polled and actor.session_id is not None and uow.now - seen > SEEN_EVERY:
            self.database.views.touch(actor.session_id, uow.now)
        return actor


def site_of(request: Request) -> Site:
    site: Site = request.app.state.site
    return site
