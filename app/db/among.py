"""Asks for the rows that hold any of some values, so that the statement stays the same.

Many texts or ids go as one parameter; of a few that never change each is a parameter of its own.
Left to SQLAlchemy, the list is written anew at every run, and prepared for every length.
"""

# ruff: noqa: S608 - the parameter alone stands between what is written here

import json
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Dialect, Integer, Text, bindparam, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine


class _List(TypeDecorator[Collection[Any]]):
    """A list as JSON: as an array it costs PostgreSQL's driver ten times as much."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Collection[Any] | None, _dialect: Dialect) -> str:
        return json.dumps(list(value or ()), ensure_ascii=False)


class _Texts(FunctionElement[Any]):
    """Each text of such a list."""

    inherit_cache = True
    type: TypeEngine[Any] = Text()


class _Ids(_Texts):
    """Each id of such a list."""

    inherit_cache = True
    type = Integer()


@compiles(_Texts, "sqlite")
def _on_sqlite(each: _Texts, compiler: SQLCompiler, **how: Any) -> str:
    return f"(SELECT value FROM json_each({compiler.process(each.clauses, **how)}))"


@compiles(_Texts, "postgresql")
def _on_postgresql(each: _Texts, compiler: SQLCompiler, **how: Any) -> str:
    told = compiler.process(each.clauses, **how)
    kind = compiler.dialect.type_compiler_instance.process(each.type)
    return f"(SELECT CAST(json_array_elements_text(CAST({told} AS json)) AS {kind}))"


def among(column: Any, texts: Iterable[str]) -> ColumnElement[bool]:
    """Whether a column of text holds one of these."""
    return _holds(column, _Texts(literal(list(texts), _List())))


def among_ids(column: Any, name: str) -> ColumnElement[bool]:
    """Whether a column holds one of the ids that a statement's parameter of this name has."""
    return _holds(column, _Ids(bindparam(name, type_=_List())))


def one_of(column: Any, values: Iterable[Any]) -> ColumnElement[bool]:
    """Whether a column holds one of a few values that are always the same."""
    held: ColumnElement[bool] = column.in_([literal(value, column.type) for value in values])
    return held


def _holds(column: Any, each: _Texts) -> ColumnElement[bool]:
    held: ColumnElement[bool] = column.op("IN", is_comparison=True)(each)
    return held
