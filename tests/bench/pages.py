"""What is asked of the floor and of the application, and how the two are compared."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from app.cases.allocation.rules import OverrideReason
from tests.bench.asking import Cost, Server
from tests.bench.stock import COMMISSIONER, MANAGER, Stock

# Many and short, as this and other machines work faster and slower from one second to the next.
ROUNDS = 21
Ask = Callable[[Server, int], object]


@dataclass(frozen=True)
class Page:
    """A request of ours beside its floor; `ratio`, `growth` and `p50` are the most expected."""

    name: str
    floor: str
    ratio: float | None
    growth: float | None
    ask: Callable[[Stock], Ask]
    times: int = 10
    p50: float | None = None


def _get(path: str, reader: str = MANAGER) -> Ask:
    return lambda server, _number: server.get(path, reader)


def _stored(name: str, path: str, reader: str = COMMISSIONER, p50: float | None = None) -> Page:
    """A page that reads what is stored, and so costs the same however many cases there are."""
    return Page(name, "query", None, 1.5, lambda _: _get(path, reader), times=4, p50=p50)


def _case_page(stock: Stock) -> Ask:
    return lambda server, number: server.get(f"/cases/{stock.busy[number % len(stock.busy)]}")


def _search(_stock: Stock) -> Ask:
    return lambda server, number: server.get(f"/search?for=10000{number % 10}")


def _desk(stock: Stock) -> Ask:
    # The last ones, which nobody allocates meanwhile.
    chosen = "&".join(f"case={case_id}" for case_id in stock.unallocated[-3:])
    return _get(f"/allocate?{chosen}")


def _pack(stock: Stock) -> Ask:
    return _get(f"/packs/drafts/{stock.pack_draft}/preview")


def _allocate(stock: Stock) -> Ask:
    def ask(server: Server, number: int) -> object:
        return server.post(
            f"/cases/{stock.unallocated[number]}/allocate",
            {
                "_key": secrets.token_urlsafe(18),
                "practitioner_id": stock.practitioner_id,
                # The run gives one worker far more cases than the limits allow.
                "override": OverrideReason.NOBODY_ELSE.value,
            },
        )

    return ask


PAGES = (
    Page(
        "Case list by lot and state, 50 rows",
        "query",
        3.0,
        1.2,
        lambda stock: _get(f"/cases?lot={stock.lot_id}&state=assessing&sort=due"),
    ),
    Page("All open cases by due date", "query", 3.0, 1.2, lambda _: _get("/cases?sort=due")),
    Page("Triage queue, 50 rows", "query", 3.0, 1.2, lambda _: _get("/triage")),
    Page("Allocation desk for three cases", "query", 3.0, 1.2, _desk),
    Page("Case page with history", "query", 3.0, 1.2, _case_page),
    Page("Project manager's home", "query", 4.0, 1.2, lambda _: _get("/")),
    Page("Search by the beginning of a reference", "query", 3.0, 1.2, _search),
    Page("Saved views with their numbers", "query", 3.0, None, lambda _: _get("/saved-views")),
    _stored("Burn-down", "/progress", MANAGER, p50=10.0),
    _stored("Commissioner's home", "/"),
    _stored("Commissioner's measures", "/measures"),
    _stored("A measure with its history", "/measures/assessment-timeliness"),
    _stored("Normal variation", "/measures/assessment-timeliness/variation"),
    _stored("Service levels", "/service-levels"),
    _stored("Quality beside speed", "/progress/quality"),
    _stored("Then and now", "/then-and-now"),
    _stored("Whose hold-up", "/hold-ups"),
    _stored("Money", "/money"),
    _stored("Earned value", "/earned-value"),
    _stored("Outlook", "/outlook"),
    _stored("Earlier outlooks", "/outlook/earlier"),
    _stored("Value beside quality", "/money/value"),
    _stored("Exit strategy", "/exit"),
    _stored("Packs", "/packs"),
    Page("Monthly pack", "query", None, None, _pack, times=1, p50=2_000.0),
    Page("Allocate a case", "change", None, None, _allocate, times=4),
)
FLOORS: dict[str, Callable[[Stock], Ask]] = {
    "memory": lambda _: _get("/memory"),
    "query": lambda _: _get("/list"),
    "change": lambda stock: (
        lambda server, number: server.post(f"/change/{stock.unallocated[number]}", {})
    ),
}
WARM = 5


def measure(stock: Stock, ours: Server, floor: Server) -> tuple[dict[str, Cost], dict[str, Cost]]:
    """Costs of each of our pages, and of its floor asked as often just before it.

    Among the floors is that of a page from memory, which no page of ours is held to.
    """
    pages = {page.name: Cost() for page in PAGES}
    floors = {name: Cost() for name in ("memory", *pages)}
    for name, ask_of in FLOORS.items():
        warm(partial(ask_of(stock), floor), name)
    for page in PAGES:
        warm(partial(page.ask(stock), ours), page.floor)
    for turn in range(ROUNDS):
        floor.measure(floors["memory"], FLOORS["memory"](stock), 0, 10)
        for page in PAGES:
            first = WARM + turn * page.times
            floor.measure(floors[page.name], FLOORS[page.floor](stock), first, page.times)
            ours.measure(pages[page.name], page.ask(stock), first, page.times)
    return pages, floors


def warm(ask: Callable[[int], object], floor: str) -> None:
    """Fill the caches; changes of status use up a case each."""
    for number in range(WARM if floor == "change" else 4 * WARM):
        ask(number)
