"""What holds for every template: it parses, it escapes, it runs under the strict policy."""

import re
from pathlib import Path

import pytest
from jinja2 import nodes

from app.web.frontend.build import SOURCES
from app.web.templating import TEMPLATES, make_templates

ALL = sorted(TEMPLATES.rglob("*"))
# Documents (.typ) take no markup from facts and are set by the tests of their pages.
PAGES = [path for path in ALL if path.is_file() and path.suffix != ".typ"]
environment = make_templates({"CaseState": None, "outcome_words": {}})
FORBIDDEN = re.compile(
    r"""<style|\sstyle=|\son\w+=|hx-on|hx-vals=['"]js:|\|\s*safe\b|<script(?![^>]*\bsrc=)"""
)


def name(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_template_is_escaped_html_and_parses(path: Path) -> None:
    assert path.suffix == ".html"
    environment.get_template(name(path))


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_template_holds_nothing_that_the_policy_forbids(path: Path) -> None:
    assert FORBIDDEN.search(path.read_text(encoding="utf-8")) is None


@pytest.mark.parametrize(
    "path",
    [p for p in PAGES if not p.name.startswith("_") and p.parent.name not in {"parts", "layouts"}],
    ids=name,
)
def test_a_page_has_a_title(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "{% block title %}" in text


def macros_of(path: Path) -> set[str]:
    tree = environment.parse(path.read_text(encoding="utf-8"))
    return {macro.name for macro in tree.find_all(nodes.Macro)}


def test_no_macro_is_unused() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in PAGES)
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in (TEMPLATES.parent / "app").rglob("*.py")
    )
    unused = {
        f"{name(path)}: {macro}"
        for path in PAGES
        for macro in macros_of(path)
        if len(re.findall(rf"\b{macro}\(", text)) < 2 and f".{macro}(" not in code
    }
    assert not unused


def test_every_part_is_included_somewhere() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in PAGES)
    lonely = {
        name(path) for path in PAGES if path.name.startswith("_") and f'"{name(path)}"' not in text
    }
    assert not lonely


def test_every_class_of_our_own_that_a_page_wears_is_styled() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in PAGES)
    styles = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES.glob("styles/*.css"))
    worn = {
        one
        for classes in re.findall(r'class="([^"]*)"', text)
        for one in re.sub(r"\{[{%].*?[}%]\}", "\0", classes).split()
        if "\0" not in one and not one.startswith(("govuk-", "moj-"))
    }
    assert worn <= set(re.findall(r"\.([a-z][\w-]*)", styles))
