"""Loads invented cases, measures ours and the floors in turn, and prints the ratios."""

import argparse
import json
from datetime import UTC, datetime
from secrets import token_urlsafe

from rich.console import Console

from tests.bench import lists, meanwhile, pages, report
from tests.bench.asking import Cost, Server, serving
from tests.bench.kept import ON
from tests.bench.report import Line
from tests.bench.stock import Stock

EXPORT, IMPORT = "Export of 10,000 rows as CSV", "Import of 10,000 rows"
LONG_IMPORT, AGAIN = "Import of 100,000 rows", "The same 100,000 rows again"
MEANWHILE = "A page while the server imports 100,000 rows"
CSV, XLSX = "Export of every case as CSV", "Export of every case as XLSX"
FLOORS = {
    "memory": "Floor: a page from memory",
    "query": "Floor: a page from one query",
    "change": "Floor: a change of status",
}
CSV_ROUNDS, XLSX_ROUNDS, IMPORT_ROUNDS = 9, 3, 5
screen = Console(stderr=True, highlight=False)


def main() -> None:
    """Measure each number of cases by itself, then print all of them side by side."""
    parser = argparse.ArgumentParser(prog="python3 -m app bench", description=__doc__)
    parser.add_argument("--cases", default="10000,100000", help="numbers of cases, with commas")
    parser.add_argument(
        "--on",
        choices=list(ON),
        default="sqlite",
        help="the database; on postgresql, a server of the run's own, the pages alone",
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--fresh", action="store_true", help="load the cases anew")
    asked = parser.parse_args()
    lines = {
        page.name: Line(page.name, ratio=page.ratio, growth=page.growth, p50=page.p50)
        for page in pages.PAGES
    }
    if asked.on == "sqlite":
        lines |= files()
    floors = {name: Line(words) for name, words in FLOORS.items()}
    memory: dict[int, dict[str, float]] = {}
    for cases in sorted({int(number) for number in asked.cases.split(",")}):
        with (
            ON[asked.on](cases, fresh=asked.fresh) as stock,
            screen.status(f"Measuring {stock.cases:,} cases"),
        ):
            memory[cases] = measure(stock, cases, lines, floors)
    every = [*floors.values(), *lines.values()]
    if asked.json:
        print(json.dumps({"lines": [line.plain() for line in every], "memory": memory}))
    else:
        report.show(every, memory)


def files() -> dict[str, Line]:
    """What is expected of reading and writing files."""
    lines = (
        Line(EXPORT),
        Line(IMPORT, ratio=4.0),
        Line(LONG_IMPORT, ratio=4.0),
        Line(AGAIN, ratio=4.0),
        Line(MEANWHILE, p95=100.0),
        Line(CSV, ratio=3.0),
        Line(XLSX, p95=3_000.0),
    )
    return {line.name: line for line in lines}


def measure(
    stock: Stock, cases: int, lines: dict[str, Line], floors: dict[str, Line]
) -> dict[str, float]:
    """Fill the lines of one number of cases; returns MiB of memory after each kind of work."""
    with serving("floor", stock) as floor, serving("ours", stock) as ours:
        memory = {"started": ours.memory()}
        costs, bare = pages.measure(stock, ours, floor)
        memory["after pages"] = ours.memory()
        floors["memory"].costs[cases] = bare["memory"]
        for page in pages.PAGES:
            lines[page.name].costs[cases] = costs[page.name]
            lines[page.name].floors[cases] = bare[page.name]
            floors[page.floor].add(cases, bare[page.name])
        if EXPORT in lines:
            memory |= measure_exports(stock, cases, lines, ours)
            # Before the server imports, so that they come to as many cases as is said.
            memory |= measure_imports(stock, cases, lines)
            memory |= measure_meanwhile(stock, cases, lines, ours)
    return memory


def measure_exports(
    stock: Stock, cases: int, lines: dict[str, Line], ours: Server
) -> dict[str, float]:
    """Files that the server writes, each time beside what its cells cost at least."""
    for _ in range(CSV_ROUNDS):
        for name, rows in ((EXPORT, lists.ROWS), (CSV, stock.cases)):
            cost, _most = lists.spend("write floor", stock.address, rows=rows)
            lines[name].add_floor(cases, cost)
        lines[EXPORT].add(cases, export(stock, ours))
        lines[CSV].add(cases, export_all(ours, "csv"))
    for _ in range(XLSX_ROUNDS):
        lines[XLSX].add(cases, export_all(ours, "xlsx"))
    return {"after exports": ours.memory()}


def measure_imports(stock: Stock, cases: int, lines: dict[str, Line]) -> dict[str, float]:
    """Imports by processes of their own, each between two runs of its floor."""
    memory: dict[str, float] = {}
    short = [(IMPORT, lists.ROWS, f"B{number}") for number in range(IMPORT_ROUNDS)]
    for name, rows, mark in (*short, (LONG_IMPORT, lists.MANY, "M"), (AGAIN, lists.MANY, "M")):
        before, _ = lists.spend("import floor", stock.address, rows=rows)
        cost, memory[name] = lists.spend("import", stock.address, stock.lot, rows, mark)
        after, _ = lists.spend("import floor", stock.address, rows=rows)
        lines[name].add(cases, cost)
        lines[name].add_floor(cases, (before + after).as_one)
    return memory


def measure_meanwhile(
    stock: Stock, cases: int, lines: dict[str, Line], ours: Server
) -> dict[str, float]:
    """A page while the server itself reads and imports a list."""
    content = lists.a_list("S", lists.MANY)
    today = datetime.now(UTC).date().isoformat()
    lines[MEANWHILE].costs[cases] = meanwhile.measure(stock, ours, content, today)
    return {"after an import": ours.memory()}


def export_all(ours: Server, kind: str) -> Cost:
    """An export of every case that the reader sees."""
    cost = Cost()
    ours.measure(cost, lambda server, _: take(server, "show=all", kind), 0, 1)
    return cost


def take(server: Server, wanted: str, kind: str) -> bytes:
    """A file of cases, with the key and the purpose that its form would send."""
    said = {"_key": token_urlsafe(18), "filter": wanted, "ending": kind}
    said["purpose"] = "Measuring how long it takes"
    return server.post("/cases/export", said, status=200)


def export(stock: Stock, ours: Server) -> Cost:
    """An export of about 10,000 rows, as if it had exactly so many."""
    cost, lengths = Cost(), []
    ours.measure(
        cost,
        lambda server, _: lengths.append(take(server, stock.export, "csv").count(b"\n")),
        0,
        1,
    )
    share = lists.ROWS / (lengths[0] - 1)
    return Cost([wall * share for wall in cost.walls], [cpu * share for cpu in cost.cpus])


if __name__ == "__main__":
    main()
