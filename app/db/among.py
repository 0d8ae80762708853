"""Asks for the rows that hold any of very many texts, which go as one parameter."""

# ruff: noqa: S608 - the parameter alone stands between what is written here

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


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
    """Whether a column of text holds one of these; the statement is the same for any number."""
    held: ColumnElement[bool] = column.op("IN", is_comparison=True)(
        _Texts(literal(json.dumps(list(texts), ensure_ascii=False)))
    )
    return held
