"""The one template environment: strict about names, escaping everything."""

from collections.abc import Callable, Mapping, MutableMapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]

from app.kernel.acts import Act
from app.kernel.days import show_date, show_moment
from app.kernel.money import Pence, show, show_round
from app.web.assets import asset

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates"


class Writer(CodeGenerator):
    """Compiles what a template shows to `Templates.shown`, which makes no object of its own.

    Jinja would make one of every cell, only to join it with the next: a tenth of a long page.
    """

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write("environment.shown(")
        else:
            super()._output_child_pre(node, frame, finalize)


class Words(Context):
    """What a template knows; it calls a function as it stands, since none of ours asks who calls.

    Jinja looks each of them over at every call.
    """

    def call(
        self,
        called: Callable[..., Any],
        /,
        *args: Any,
        _block_vars: object = None,
        _loop_vars: object = None,
        **named: Any,
    ) -> Any:
        return called(*args, **named)


class Templates(Environment):
    """Jinja's environment with our way of writing what a template shows."""

    code_generator_class = Writer
    context_class = Words

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Those of all, where a template has none of its own: each import compares them."""
        return super().make_globals(d) if d else self.globals

    @staticmethod
    def shown(value: object) -> str:
        """A value as text that is safe in HTML."""
        kind = type(value)
        if kind is str:
            return _escape_inner(value)  # type: ignore[arg-type]
        if kind is int:
            return str(value)
        return value if kind is Markup else escape(value)  # type: ignore[return-value]


def make_templates(words: Mapping[str, object]) -> Environment:
    """Templates with our filters; `words` are further names that every page may use."""
    templates = Templates(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
    )
    templates.filters.update(day=day, moment=moment, pounds=pounds, about=about, count=count)
    templates.globals.update(asset=asset, Act=Act, **words)
    return templates


def day(value: date | None) -> str:
    """20 Nov 2026, or a dash where there is no day yet."""
    return show_date(value) if value else "–"


def moment(value: datetime | None) -> str:
    """20 Nov 2026, 14:05 in London, or a dash."""
    return "–" if value is None else show_moment(value)


def pounds(value: int) -> str:
    """£1,234.50 from pence."""
    return show(Pence(value))


def about(value: int) -> str:
    """£240k from pence."""
    return show_round(Pence(value))


def count(value: int) -> str:
    """1,234, and −1 with a sign as wide as a figure."""
    return f"{value:,}".replace("-", "−")
