"""Gathers everything that is held on one case, table by table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select
from sqlmodel import col

from app.access.models import User
from app.cases.register.models import Case
from app.exit.pack import Source
from app.people.models import Practitioner
from app.work import archive
from app.work.archive import About
from app.work.uow import UnitOfWork

Rows = list[dict[str, Any]]
PEOPLE: dict[str, tuple[Any, ...]] = {
    "users": (User.id, User.name, User.role, User.organisation),
    "practitioners": (Practitioner.id, Practitioner.name),
}


@dataclass(frozen=True)
class Held:
    """The rows of each table that has any, and where somebody wrote words of their own."""

    tables: Mapping[str, Rows]
    free: Mapping[str, list[str]]

    @property
    def rows(self) -> int:
        return sum(len(rows) for rows in self.tables.values())

    def sources(self) -> Iterator[Source]:
        """The tables as a file is written from them."""
        for name, rows in self.tables.items():
            yield Source(name, list(rows[0]), lambda rows=rows: rows)  # type: ignore[misc]


def find_case(uow: UnitOfWork, reference: str) -> Case | None:
    """The case of the actor's lots that has a reference."""
    return uow.session.scalars(select(Case).where(col(Case.reference) == reference)).first()


def held_on(uow: UnitOfWork, case: Case) -> Held:
    """Every row about a case, with the names of those whom they name by number."""
    connection = uow.connection
    about = About(case.id or 0, case.reference, archive.whose(connection, case.contract_id))
    found = {name: archive.rows_about(connection, name, about) for name in archive.names_about()}
    tables = {name: rows for name, rows in found.items() if rows}
    free = {name: archive.words_in(name, rows) for name, rows in tables.items()}
    return Held(tables | dict(_named(connection, tables)), free)


def _named(connection: Connection, tables: Mapping[str, Rows]) -> Iterator[tuple[str, Rows]]:
    for of, columns in PEOPLE.items():
        ids = set[int]()
        for name, rows in tables.items():
            ids |= archive.named_in(name, rows, of)
        if of == "users":
            ids |= {row["actor_id"] for row in tables.get(archive.TRAIL, []) if row["actor_id"]}
        named = connection.execute(select(*columns).where(columns[0].in_(sorted(ids))))
        people = [{name: str(value) for name, value in row.items()} for row in named.mappings()]
        if people:
            yield of, people
