"""Shared parts tie label, hint, message and control together, and escape what they are given."""

import re
from xml.etree import ElementTree as ET

import pytest

from app.web.templating import make_templates

TEMPLATES = make_templates({})
CONTROLS = {
    "text": 'fields.text(form, "answer", "Answer", "A hint")',
    "password": 'fields.text(form, "answer", "Answer", "A hint", type="password")',
    "textarea": 'fields.textarea(form, "answer", "Answer", "A hint", count=200)',
    "select": 'fields.select(form, "answer", "Answer", [("a", "A"), ("b", "B")], "A hint")',
    "date": 'fields.date(form, "answer", "Answer", "A hint")',
    "file": 'fields.file(form, "answer", "Answer", "A hint")',
    "checkbox": 'fields.checkbox(form, "answer", "Answer", hint="A hint")',
    "radios": 'fields.radios(form, "answer", "Answer", [("a", "A", "Why"), ("b", "B")], "A hint")',
    "checkboxes": 'fields.checkboxes(form, "answer", "Answer", [("a", "A"), ("b", "B")], "A hint")',
}


class Form:
    key = "k1"
    version = "7"
    tells = as_it_is = False

    def __init__(self, answer: str = "", message: str = "") -> None:
        self.answer, self.message = answer, message
        self.errors = [("answer", message), ("", "A whole-form fault")] if message else []

    def value(self, name: str) -> str:
        return self.answer

    def values(self, name: str) -> list[str]:
        return [self.answer]

    def error(self, name: str) -> str | None:
        return self.message or None


def drawn(source: str, **context: object) -> str:
    parts = ("fields", "buttons", "tags", "pager", "figures", "progress")
    imports = "".join(f'{{% import "parts/{part}.html" as {part} %}}' for part in parts)
    return TEMPLATES.from_string(f"{imports}{{{{ {source} }}}}").render(**context)


def tree(html: str) -> ET.Element:
    """The markup as a tree, after writing HTML's short forms out in full."""
    closed = re.sub(r"<(input|br)\b([^>]*)>", r"<\1\2/>", html)
    named = re.sub(r" (checked|selected)(?=[ />])", r' \1="yes"', closed)
    return ET.fromstring(f"<div>{named}</div>")


@pytest.mark.parametrize("source", CONTROLS.values(), ids=CONTROLS.keys())
def test_a_control_is_labelled_and_described_by_its_hint_and_message(source: str) -> None:
    html = tree(drawn(source, form=Form(message="Enter the answer")))
    ids = [element.get("id") for element in html.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    described = [one.get("aria-describedby", "").split() for one in html.iter()]
    assert ["answer-hint", "answer-error"] in [one[:2] for one in described]
    assert all(one in ids for words in described for one in words)
    labelled = {label.get("for") for label in html.iter("label")}
    controls = [one for tag in ("input", "select", "textarea") for one in html.iter(tag)]
    assert {one.get("id") for one in controls} == labelled
    assert "answer" in labelled


@pytest.mark.parametrize("source", CONTROLS.values(), ids=CONTROLS.keys())
def test_a_control_without_fault_shows_none(source: str) -> None:
    assert "rror" not in drawn(source, form=Form())


def test_the_error_summary_leads_to_each_control_and_tells_faults_of_the_whole_form() -> None:
    html = drawn("fields.error_summary(form)", form=Form(message="Enter <it>"))
    assert '<a href="#answer">Enter &lt;it&gt;</a>' in html
    assert "<li>A whole-form fault</li>" in html
    assert drawn("fields.error_summary(form)", form=Form()).strip() == ""


@pytest.mark.parametrize("name", ["text", "textarea"])
def test_what_was_typed_is_shown_again_and_escaped(name: str) -> None:
    assert "&lt;b&gt; &amp; &#34;x&#34;" in drawn(CONTROLS[name], form=Form('<b> & "x"'))


def test_a_password_is_never_shown_again() -> None:
    assert "hunter2" not in drawn(CONTROLS["password"], form=Form("hunter2"))


@pytest.mark.parametrize(("typed", "kind"), [("2026-11-20", "date"), ("31/02/2026", "text")])
def test_a_date_that_no_date_control_can_hold_is_kept_as_text(typed: str, kind: str) -> None:
    html = drawn(CONTROLS["date"], form=Form(typed))
    assert f'type="{kind}" value="{typed}"' in html


def test_chosen_answers_stay_chosen() -> None:
    for name, word in (("select", "selected"), ("radios", "checked"), ("checkboxes", "checked")):
        assert drawn(CONTROLS[name], form=Form("b")).count(word) == 1


def test_a_form_carries_its_key_and_version() -> None:
    html = drawn("fields.key(form) ~ fields.version(form)", form=Form())
    assert 'name="_key" value="k1"' in html
    assert 'name="_version" value="7"' in html


def test_a_one_button_form_posts_its_key_and_says_what_it_is_about() -> None:
    html = drawn('buttons.post_button("/go", "Allocate", "k1", about="NM-1", values={"team": 3})')
    assert 'method="post" action="/go"' in html
    assert 'name="team" value="3"' in html
    assert '<span class="govuk-visually-hidden">NM-1</span>' in html


def test_each_tone_has_a_shape_of_its_own() -> None:
    tones = ("good", "warn", "bad", "note", "plain")
    assert len({drawn(f'tags.mark("{tone}")') for tone in tones}) == len(tones)


@pytest.mark.parametrize(
    ("first", "last", "total", "words"),
    [
        (0, 0, 0, "0 cases"),
        (1, 1, 1, "1 case"),
        (1, 50, 50, "50 cases"),
        (51, 100, 1637, "51 to 100 of 1,637 cases"),
    ],
)
def test_a_list_says_how_many_it_holds(first: int, last: int, total: int, words: str) -> None:
    assert f">{words}</p>" in drawn(f'pager.count({first}, {last}, {total}, "case", "cases")')


def test_a_pager_leaves_out_what_is_far_and_marks_where_one_is() -> None:
    html = drawn("pager.pager(7, 13, address)", address="/cases?page={}".format)
    numbers = re.findall(r"</span>(\d+)<", html)
    assert numbers == ["1", "5", "6", "7", "8", "9", "13"]
    assert html.count("…") == 2
    assert html.count("aria-current") == 1
    assert drawn("pager.pager(1, 1, address)", address=str).strip() == ""


def test_a_finished_poller_asks_no_more() -> None:
    running = drawn('progress.polling("job", "/job", "Checking", 5, 10)')
    done = drawn('progress.polling("job", "/job", "Done", 10, 10, finished=true)')
    assert 'hx-get="/job"' in running
    assert "hx-" not in done
    assert 'id="job"' in done
