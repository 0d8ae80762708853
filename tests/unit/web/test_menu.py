"""The menu and what it opens for whom."""

from collections.abc import Callable

from app.kernel.acts import Act
from app.web.menu import Entry, Link, Menu, Navigation, Section

MENU = (
    Section("Home", (Entry("Home", "", Act.HOME_VIEW),)),
    Section(
        "Cases",
        (
            Entry("All cases", "cases", Act.CASE_VIEW),
            Entry("Triage", "cases/triage", Act.CASE_ALLOCATE),
            Entry("Waiting", "waiting", Act.WAITING_VIEW),
        ),
    ),
    Section("Users", (Entry("People who sign in", "users", Act.USER_VIEW),)),
)


def menu_of(path: str, *acts: Act) -> Navigation:
    return at(path, MENU, acts.__contains__)


def at(path: str, sections: tuple[Section, ...], may: Callable[[Act], bool]) -> Navigation:
    menu = Menu.of(sections, may, lambda route: f"/{route}")
    return menu.at(menu.place(path))


def test_a_section_leads_to_its_first_page_that_the_reader_may_open() -> None:
    menu = menu_of("/", Act.HOME_VIEW, Act.CASE_ALLOCATE, Act.WAITING_VIEW)
    assert menu.sections == (Link("Home", "/", True), Link("Cases", "/cases/triage", False))
    assert (menu.within, menu.pages) == ("", ())


def test_a_section_with_one_page_stands_under_that_page_s_words() -> None:
    menu = menu_of("/users/4", Act.USER_VIEW)
    assert menu.sections == (Link("People who sign in", "/users", True),)
    assert menu.pages == ()


def test_the_pages_of_the_reader_s_section_stand_below_and_the_nearest_is_current() -> None:
    menu = menu_of("/cases/triage/2", Act.CASE_VIEW, Act.CASE_ALLOCATE)
    assert menu.within == "Cases"
    assert menu.pages == (Link("All cases", "/cases", False), Link("Triage", "/cases/triage", True))


def test_what_is_nowhere_in_the_menu_makes_nothing_current() -> None:
    menu = menu_of("/casesx", Act.HOME_VIEW, Act.CASE_VIEW)
    assert [link.current for link in menu.sections] == [False, False]


def test_a_page_of_another_address_belongs_to_the_nearest_page_that_names_it() -> None:
    shared = Section(
        "Cases",
        (
            Entry("Delays", "delays", Act.DELAY_VIEW, ("/escalations",)),
            Entry("My own", "own", Act.DELAY_VIEW, ("/escalations/own",)),
        ),
    )
    for path, page in (("/escalations/4", "/delays"), ("/escalations/own", "/own")):
        menu = at(path, (shared,), lambda _: True)
        assert [one.address for one in menu.pages if one.current] == [page]
