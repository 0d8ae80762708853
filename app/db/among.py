"""Asks for the rows that hold any of many texts or ids, which go as one parameter.

So the statement is the same for any number, and is neither written nor prepared anew for each.
"""

# ruff: noqa: S608 - the parameter alone stands between what is written here

import json
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Dialect, Integer, Text, bindparam, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine


class _Texts(FunctionElement[str]):
    """The texts of a JSON list."""

    inherit_cache = True


@compiles(_Texts, "sqlite")
def _on_sqlite(texts: _Texts, compiler: SQLCompiler, **how: Any) -> str:
    return f"(SELECT value FROM json_each({compiler.process(texts.clauses, **how)}))"


@compiles(_Texts, "postgresql")
def _on_postgresql(texts: _Texts, compiler: SQLCompiler, **how: Any) -> str:
    told = compiler.process(texts.clauses, **how)
    return f"(SELECT json_array_elements_text(CAST({told} AS json)))"


def among(column: Any, texts: Iterable[str]) -> ColumnElement[bool]:
    """Whether a column of text holds one of these."""
    held: ColumnElement[bool] = column.op("IN", is_comparison=True)(
        _Texts(literal(json.dumps(list(texts), ensure_ascii=False)))
    )
    return held


class _IdList(TypeDecorator[Collection[int]]):
    """Ids as one parameter: a JSON list on SQLite, an array on PostgreSQL."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return ARRAY(Integer) if dialect.name == "postgresql" else Text()

    def process_bind_param(self, value: Collection[int] | None, dialect: Dialect) -> Any:
        ids = list(value or ())
        return ids if dialect.name == "postgresql" else json.dumps(ids)


class _Ids(FunctionElement[int]):
    """The ids of such a list."""

    inherit_cache = True


@compiles(_Ids, "sqlite")
def _ids_on_sqlite(ids: _Ids, compiler: SQLCompiler, **how: Any) -> str:
    return f"(SELECT value FROM json_each({compiler.process(ids.clauses, **how)}))"


@compiles(_Ids, "postgresql")
def _ids_on_postgresql(ids: _Ids, compiler: SQLCompiler, **how: Any) -> str:
    return f"(SELECT unnest({compiler.process(ids.clauses, **how)}))"


def among_ids(column: Any, name: str) -> ColumnElement[bool]:
    """Whether a column holds one of the ids that a statement's parameter of this name has."""
    held: ColumnElement[bool] = column.op("IN", is_comparison=True)(
        _Ids(bindparam(name, type_=_IdList))
    )
    return held
