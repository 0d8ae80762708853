"""Documents are tagged, the same for the same facts, and take words only as words."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.web import pdf
from app.web.pdf import make_pdf

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
ON_EVERY_PAGE = {"contract": "Alderfell", "mark": "OFFICIAL", "as_at": "today", "by": "Ann"}
TEMPLATE = """#import "/parts/document.typ": document, facts, listing, sayings
#show: document.with(title: facts.title)
#sayings(facts.sayings)
== Rows
#listing(("Case", "Days"), facts.rows, right: (1,))
"""


@pytest.fixture
def template(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    (tmp_path / "parts").mkdir()
    layout = (pdf.TEMPLATES / "parts/document.typ").read_text()
    (tmp_path / "parts/document.typ").write_text(layout)
    (tmp_path / "try.typ").write_text(TEMPLATE)
    monkeypatch.setattr(pdf, "TEMPLATES", tmp_path)
    return "try.typ"


def facts(said: str) -> dict[str, object]:
    rows = [[f"A{number}", str(number)] for number in range(80)]
    return ON_EVERY_PAGE | {"title": "Minutes", "sayings": [["Said", said]], "rows": rows}


def test_equal_facts_make_equal_documents_that_a_screen_reader_can_follow(template: str) -> None:
    made = make_pdf(template, facts("All agreed."), AT)
    assert made == make_pdf(template, facts("All agreed."), AT)
    assert made != make_pdf(template, facts("None agreed."), AT)
    assert b"/MarkInfo" in made
    assert b"en-GB" in made


def test_words_that_look_like_orders_are_only_shown(template: str) -> None:
    plain = make_pdf(template, facts("no such thing"), AT)
    asked = make_pdf(template, facts('#panic("run") #read("/etc/passwd") $x$ @nobody ]'), AT)
    assert abs(len(asked) - len(plain)) < 4000
