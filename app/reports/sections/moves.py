"""What moved from one pack to the next, table by table, and why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.reports.sections.rules import Cell, Content, Shown, Table, said

# Bounds of an interval move with the figure that they stand beside.
BOUNDS = frozenset({"From", "To"})
# All others tell how things stood when the pack was issued.
OF_PERIOD = frozenset({"ledger", "outcomes", "measures", "service-credits"})


@dataclass(frozen=True)
class Move:
    """One figure of a table that differs from the last pack, in words."""

    row: str
    column: str
    before: str
    after: str
    change: str


@dataclass(frozen=True)
class TableMoves:
    """Everything of one table that moved."""

    key: str
    title: str
    moves: tuple[Move, ...]

    @property
    def of_period(self) -> bool:
        """Whether it tells of the pack's period, the same at whatever moment it is issued."""
        return self.key in OF_PERIOD


def compare(before: Content, after: Content) -> list[TableMoves]:
    """What moved from one pack to the next, table by table; tables of one of them are left out."""
    known = {table.key: table for table in before.tables}
    found = [
        TableMoves(table.key, table.title, tuple(_moves(known[table.key], table)))
        for table in after.tables
        if table.key in known and table.key != "tables"
    ]
    return [one for one in found if one.moves]


def _moves(before: Table, after: Table) -> list[Move]:
    columns = {head.title: place for place, head in enumerate(before.columns)}
    wide = max(_width(before), _width(after))
    rows, now = _named(before, wide), _named(after, wide)
    found = []
    for name, row in now.items():
        for place, head in enumerate(after.columns):
            if name not in rows or head.title not in columns or head.title in BOUNDS:
                continue
            if not head.shown.is_number:
                continue
            then = rows[name][columns[head.title]]
            if then != row[place]:
                found.append(_move(name, head.title, head.shown, then, row[place]))
    return found


def _move(row: str, column: str, shown: Shown, then: Cell, now: Cell) -> Move:
    change = ""
    if isinstance(then, int) and isinstance(now, int):
        change = ("+" if now > then else "") + said(now - then, shown)
    return Move(row, column, said(then, shown), said(now, shown), change)


def _lines(table: Table) -> list[tuple[Cell, ...]]:
    return [*table.rows, *([table.totals] if table.totals else [])]


def _width(table: Table) -> int:
    """How many cells it takes, from the first on, to tell every row from the others."""
    lines, places = _lines(table), range(1, len(table.columns))
    return next(
        (wide for wide in places if len({line[:wide] for line in lines}) == len(lines)),
        len(table.columns),
    )


def _named(table: Table, wide: int) -> dict[str, tuple[Cell, ...]]:
    """Each row, and the totals, by its first cells."""
    heads = table.columns[:wide]
    return {
        " · ".join(
            said(cell, head.shown) for cell, head in zip(line[:wide], heads, strict=True)
        ): line
        for line in _lines(table)
    }


@dataclass(frozen=True)
class Driver:
    """One cause of what moved: how it was, how it is, and what that means, in words."""

    name: str
    before: str
    after: str
    words: str


def drivers(before: Content, after: Content) -> list[Driver]:
    """Why what is open moved: scope, pace, staffing, the wait for agreement and the mix.

    A cause that either pack does not tell of is left out.
    """
    made: Sequence[Callable[[Content, Content], Driver | None]] = (
        _open,
        _scope,
        _pace,
        _staffing,
        _agreement,
        _mix,
    )
    found = [make(before, after) for make in made]
    return [one for one in found if one is not None]


def _open(before: Content, after: Content) -> Driver | None:
    """What is open at the end of both periods, and the terms that lie between, if they adjoin."""
    then, now = (figure(one, "ledger", "Open at the end") for one in (before, after))
    if then is None or now is None:
        return None
    words = "The two periods do not follow each other."
    if figure(after, "ledger", "Open at the start") == then:
        terms = (
            (name, figure(after, "ledger", name.capitalize()))
            for name in ("received", "handed back", "transferred", "cleared", "reopened")
        )
        words = ", ".join(f"{said(one, Shown.COUNT)} {name}" for name, one in terms if one)
        words = f"{words or 'Nothing moved'}."
    return Driver("Open at the end", said(then, Shown.COUNT), said(now, Shown.COUNT), words)


def _scope(before: Content, after: Content) -> Driver | None:
    then, now = _scope_of(before), _scope_of(after)
    if then is None or now is None:
        return None
    direction = "more" if now > then else "less" if now < then else "as much"
    return Driver(
        "Scope",
        said(then, Shown.COUNT),
        said(now, Shown.COUNT),
        f"Received and reopened, less handed back, transfers counted: {direction} than the period"
        " before."
        if now != then
        else "As many cases came in as in the period before.",
    )


def _scope_of(content: Content) -> int | None:
    parts = [
        figure(content, "ledger", title)
        for title in ("Received", "Handed back", "Transferred", "Reopened")
    ]
    if any(one is None for one in parts):
        return None
    received, back, moved, reopened = (one or 0 for one in parts)
    return received - back + moved + reopened


def _pace(before: Content, after: Content) -> Driver | None:
    then, now = _weekly(before), _weekly(after)
    left = figure(after, "standing", "Open")
    if then is None or now is None:
        return None
    words = "The pace is unchanged."
    if now != then and left and then > 0 and now > 0:
        weeks = round(10 * left / now) - round(10 * left / then)
        more = "more" if weeks > 0 else "fewer"
        words = (
            f"What is open takes {_weeks(abs(weeks))} {more} at this pace than at the one before."
            if weeks
            else "What is open takes about as long as at the pace before."
        )
    return Driver("Pace, cleared a week", said(then, Shown.TENTHS), said(now, Shown.TENTHS), words)


def _weeks(number: int) -> str:
    return "a week" if number == 1 else f"{number:,} weeks"


def _weekly(content: Content) -> int | None:
    """Tenths of a case cleared in a week, over all lots."""
    table = _table(content, "pace")
    if table is None:
        return None
    places = {head.title: place for place, head in enumerate(table.columns)}
    cells = [row[places["Cleared a week"]] for row in table.rows]
    numbers = [cell for cell in cells if isinstance(cell, int)]
    return sum(numbers) if numbers else None


def _staffing(before: Content, after: Content) -> Driver | None:
    return _count("Staffing, in post", "workers", "In post", before, after)


def _agreement(before: Content, after: Content) -> Driver | None:
    return _count("Waiting for agreement", "standing", "To agree", before, after)


def _count(name: str, table: str, column: str, before: Content, after: Content) -> Driver | None:
    then, now = figure(before, table, column), figure(after, table, column)
    if then is None or now is None:
        return None
    words = "Unchanged." if then == now else f"{said(now - then, Shown.COUNT)} against before."
    if now > then:
        words = f"+{words}"
    return Driver(name, said(then, Shown.COUNT), said(now, Shown.COUNT), words)


def _mix(before: Content, after: Content) -> Driver | None:
    """The outcome whose share of what was cleared moved most."""
    then, now = _shares(before), _shares(after)
    both = then.keys() & now.keys()
    if not both:
        return None
    name = max(sorted(both), key=lambda one: abs(now[one] - then[one]))
    words = f"Of all outcomes, the share of “{name}” moved most."
    if then[name] == now[name]:
        words = "No outcome’s share moved."
    return Driver(
        "Mix of outcomes", said(then[name], Shown.SHARE), said(now[name], Shown.SHARE), words
    )


def _shares(content: Content) -> dict[str, int]:
    """Each outcome's share of what was cleared, where neither is hidden."""
    table = _table(content, "outcomes")
    if table is None or not table.totals:
        return {}
    whole = table.totals[-1]
    if not isinstance(whole, int) or not whole:
        return {}
    return {
        str(row[0]): round(10_000 * row[-1] / whole)
        for row in table.rows
        if isinstance(row[-1], int)
    }


def figure(content: Content, key: str, column: str) -> int | None:
    """A column's total in a table, or its only figure; None where it is not told."""
    table = _table(content, key)
    if table is None:
        return None
    place = next((i for i, head in enumerate(table.columns) if head.title == column), None)
    if place is None:
        return None
    if table.totals:
        total = table.totals[place]
        if isinstance(total, int):
            return total
    cells = [row[place] for row in table.rows]
    numbers = [cell for cell in cells if isinstance(cell, int)]
    return sum(numbers) if numbers and len(numbers) == len(cells) else None


def _table(content: Content, key: str) -> Table | None:
    return next((table for table in content.tables if table.key == key), None)
