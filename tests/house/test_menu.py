"""Whoever opens a page sees in the menu where it belongs."""

from typing import Any

from app.access.grants import GRANTED
from app.access.roles import Role
from app.kernel.acts import Act
from app.menu import MENU
from app.rooms import ROOMS
from app.web.menu import Menu

ROUTES: list[Any] = [route for routes, _ in ROOMS for route in routes.router.routes]
PATHS = {route.name: route.path for route in ROUTES}
# A person's own, or told to everybody.
OF_NO_SECTION = {"account", "who-may-do-what", "shortcuts", "calendar-feed"}


def test_every_page_belongs_to_a_section_of_the_menu_for_whoever_may_open_it() -> None:
    lost = {
        (route.path, role.value)
        for route in ROUTES
        for role in GRANTED.get(route.openapi_extra["needs"], ())
        if "GET" in route.methods and route.path.split("/")[1] not in OF_NO_SECTION
        if not is_found(route.path, role)
    }
    assert lost == set()


def is_found(path: str, role: Role) -> bool:
    def may(act: Act) -> bool:
        return role in GRANTED[act]

    menu = Menu.of(MENU, may, PATHS.__getitem__)
    return any(one.current for one in menu.at(menu.place(path)).sections)
