"""What a template shows is safe in HTML, however it comes to be shown."""

from datetime import date

import pytest
from jinja2 import Environment
from markupsafe import Markup

from app.web.templating import make_templates


class Drawn:
    """Something that knows its own HTML."""

    def __html__(self) -> str:
        return "<b>drawn</b>"


class Said(str):
    """Text of a kind of its own."""


VALUES = (
    "<script>alert('x')</script> & \"y\"",
    Said("<i>said</i>"),
    Markup("<b>ours</b>"),
    Drawn(),
    7,
    1.5,
    None,
    True,
    date(2026, 1, 5),
    ["<b>"],
)
SHOWN = (
    "{{ value }}",
    "<p title='{{ value }}'>",
    "{{ value|string }}",
    "{{ value ~ '<' }}",
    "{{ value|safe }}",
    "{% for one in [value, value] %}{{ one }}{% endfor %}",
    "{% macro show(one) %}<i>{{ one }}</i>{% endmacro %}{{ show(value) }}",
    "{% macro wrap() %}{{ caller() }}{% endmacro %}{% call wrap() %}{{ value }}{% endcall %}",
    "{% set held %}<i>{{ value }}</i>{% endset %}{{ held }}",
    "{% set held = '%s'|format(value) %}{{ held }}",
    "{% autoescape false %}{{ value }}{% endautoescape %}",
    "{{ '<' }}{{ value if value else '<none>' }}",
)


@pytest.mark.parametrize("shown", SHOWN)
def test_a_value_is_shown_as_jinja_itself_would_escape_it(shown: str) -> None:
    ours, plain = make_templates({}), Environment(autoescape=True)
    for value in VALUES:
        expected = plain.from_string(shown).render(value=value)
        assert ours.from_string(shown).render(value=value) == expected
