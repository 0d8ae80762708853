"""The base of every table, its column types and the marks that say who may see a row."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, ClassVar, Protocol

from sqlalchemy import BigInteger, ColumnElement, DateTime, Dialect, Integer, MetaData
from sqlalchemy import Enum as ChoiceOf
from sqlalchemy.orm import declared_attr
from sqlalchemy.sql.elements import SQLCoreOperations
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel, col

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# For a table that is read by a key of several columns: SQLite keeps its rows in that order, where
# it would look each of them up a second time by a number of its own.
IN_KEY_ORDER = {"sqlite_with_rowid": False}


class Viewer(Protocol):
    """What a row needs to know of the person who asks for it."""

    @property
    def lot_ids(self) -> frozenset[int]: ...

    @property
    def contract_ids(self) -> frozenset[int]: ...

    @property
    def own_cases_only(self) -> bool: ...

    @property
    def practitioner_id(self) -> int | None: ...


class Utc(TypeDecorator[datetime]):
    """An instant kept in UTC on both databases; naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("An instant needs its time zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Large(TypeDecorator[int]):
    """A whole number of eight bytes, such as pence: four of them end at £21 million."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        # SQLite's integers have eight bytes under any name.
        return Integer() if dialect.name == "sqlite" else BigInteger()

    def process_result_value(self, value: Any, _dialect: Dialect) -> int | None:
        # PostgreSQL adds eight bytes up to a decimal.
        return None if value is None else int(value)


class Choice(ChoiceOf):
    """An enum whose members are found by one look-up each: pages and exports read very many."""

    def result_processor(self, _dialect: Any, _coltype: Any) -> Callable[[Any], Any]:
        choices: Any = self.enum_class
        return {None: None, **{one.value: one for one in choices}}.__getitem__


def stored(choices: type[StrEnum], check: str = "") -> ChoiceOf:
    """An enum column that keeps the value, not the name, and a CHECK that holds it to them.

    `check` names the CHECK where a table has two columns of one enum.
    """
    return Choice(
        choices,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=40,
        name=check or choices.__name__.lower(),
    )


class Row(SQLModel):
    """A table's row; unknown names are refused, since SQLModel tables do not validate."""

    # Tables are never validated, so nothing is prepared for it as the application starts.
    model_config = {"defer_build": True}

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)
    # Whether each change is written to the trail; derived, staging and housekeeping rows are not.
    in_trail: ClassVar[bool] = True
    # Whether a load is told thousands to a detail: rows of ids and codes, of which none is erased.
    told_together: ClassVar[bool] = False

    def __init__(self, **values: Any) -> None:
        unknown = values.keys() - type(self).model_fields.keys()
        if unknown:
            raise TypeError(f"{type(self).__name__} has no {', '.join(sorted(unknown))}")
        super().__init__(**values)


class Versioned(SQLModel):
    """An editable row; a save that began from an older version is refused by the database."""

    version: int = Field(default=1, nullable=False)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]


class LotScoped(SQLModel):
    """A row that belongs to one lot and is seen only by people of that lot."""

    # Whether the row follows its case when the case is transferred to another lot.
    moves_with_case: ClassVar[bool] = True

    lot_id: int = Field(foreign_key="lots.id", index=True, ondelete="RESTRICT")

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        return col(cls.lot_id).in_(viewer.lot_ids)


class ContractScoped(SQLModel):
    """A row without a lot, seen by people of any lot of its contract."""

    contract_id: int = Field(foreign_key="contracts.id", index=True, ondelete="RESTRICT")

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        return col(cls.contract_id).in_(viewer.contract_ids)


@dataclass(frozen=True)
class InTerm:
    """How the rows of a lot's table are dated within the term of its contract.

    `first` and `last` are their days, `weekly` where that is a week's Friday. `page` is where rows
    that begin before a new end are changed to keep to it, empty where none is; `where` leaves out
    rows that hold no more.
    """

    what: str
    first: SQLCoreOperations[date]
    last: SQLCoreOperations[date]
    page: str = ""
    weekly: bool = False
    where: tuple[ColumnElement[bool], ...] = ()


class Agreed(ContractScoped):
    """One numbered version of what a contract agreed; the earlier ones stay as they were."""

    number: int
    reason: str = Field(max_length=200)
    by_user_id: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    at: datetime = Field(sa_type=Utc)
