"""Forms: what is parsed, what is refused, and what is kept as typed."""

from datetime import date
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field
from starlette.datastructures import FormData

from app.kernel.errors import Invalid
from app.web.fields import Day, Form, Line, Note, Pence, Reference, RowId, Tick, Whole
from app.web.forms import Submission


class Answers(Form):
    line: Line = Field(title="Name of the lot")
    note: Note | None = Field(default=None, title="Why")
    on: Day | None = Field(default=None, title="Day of the visit")
    spent: Pence | None = Field(default=None, title="Amount")
    number: Whole | None = Field(default=None, title="Places", ge=1, le=60)
    chosen: RowId | None = Field(default=None, title="Team")
    many: list[Line] | None = Field(default=None, title="Ticked")
    tick: Tick = Field(default=False, title="Agreed")
    reference: Reference | None = Field(default=None, title="Reference")


def sent(*pairs: tuple[str, str]) -> Submission[Answers]:
    return Submission(Answers, FormData([("line", "North"), *pairs]))


def test_answers_are_parsed_into_what_they_mean() -> None:
    form = sent(
        ("on", "20/11/2026"),
        ("spent", "1,234.50"),
        ("number", "12"),
        ("many", "a"),
        ("many", "b"),
        ("tick", "yes"),
    )
    assert form.errors == []
    valid = form.valid
    assert (valid.on, valid.spent, valid.number) == (date(2026, 11, 20), 123450, 12)
    assert (valid.many, valid.tick) == (["a", "b"], True)


def test_welsh_arabic_and_emoji_are_kept_in_one_spelling() -> None:
    assert sent(("note", "w\u0302y\u0302 مرحبا 👩‍👧")).valid.note == "ŵŷ مرحبا 👩‍👧"


@pytest.mark.parametrize(
    "text", ["a\x00b", "a\x0bb", "a\ud800b", "a\u202eb", "a\u2066b", "\u200ba", "a\x7f", "a\ufffd"]
)
def test_characters_that_hide_or_break_are_refused_and_kept_as_typed(text: str) -> None:
    form = sent(("note", text))
    assert form.error("note") == "Remove the hidden or control characters from this text."
    assert form.value("note") == text


def test_a_line_break_is_for_notes_alone() -> None:
    assert sent(("note", "one\r\ntwo")).valid.note == "one\ntwo"
    assert Submission(Answers, FormData([("line", "a\r\nb")])).error("line")


@pytest.mark.parametrize("typed", [str(2**63), str(10**30), "9" * 5000])
def test_a_number_that_is_too_long_is_told_how_long_it_may_be(typed: str) -> None:
    form = Submission(Answers, FormData([("number", typed), ("chosen", typed)]))
    assert form.error("number") == "Write a whole number of at most 9 digits."
    assert form.error("chosen") == "Choose one of the list."


def test_zeros_before_a_number_count_for_nothing() -> None:
    assert sent(("number", "0" * 5000 + "12")).valid.number == 12


@pytest.mark.parametrize("blank", ["", "   ", "\u200b\u2060", "\u00a0"])
def test_blank_is_missing(blank: str) -> None:
    form = Submission(Answers, FormData([("line", blank)]))
    assert form.errors == [("line", "Enter the name of the lot.")]


def test_what_is_chosen_is_asked_for_so_and_a_fault_of_several_fields_names_each() -> None:
    class Sheet(Form):
        lot_id: RowId = Field(title="Lot")
        where: RowId = Field(title="Where it is")
        alone: bool = Field(title="Whether the child was seen alone")
        again: Literal["yes", "no"] = Field(title="Whether the case came back")
        week: Whole | None = Field(default=None, title="Week")
        year: Whole | None = Field(default=None, title="Year")

    form = Submission(Sheet, FormData([("week", "x"), ("year", "y")]))
    assert form.error("lot_id") == "Choose the lot."
    assert form.error("where") == "Choose where it is."
    assert form.error("alone") == "Choose whether the child was seen alone."
    assert form.error("again") == "Choose whether the case came back."
    assert (form.error("week") or "").startswith("Week: Write a whole number")
    assert (form.error("year") or "").startswith("Year: Write a whole number")


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("number", "1,5"),
        ("number", "1e3"),
        ("number", "٣"),
        ("number", "-0"),
        ("number", "NaN"),
        ("number", "1e999"),
        ("number", str(2**63)),
        ("number", "0"),
        ("number", "101"),
        ("chosen", "-1"),
        ("chosen", "0"),
        ("chosen", str(2**31)),
        ("chosen", "abc"),
        ("on", "31/02/2027"),
        ("on", "0226-01-01"),
        ("on", "20266-01-01"),
        ("on", "tomorrow"),
        ("spent", "1.234,50"),
        ("spent", "£"),
        ("spent", "1e9"),
        ("line", "x" * 121),
        ("note", "x" * 1001),
        ("reference", "x" * 41),
    ],
)
def test_what_cannot_be_meant_gets_a_sentence(name: str, typed: str) -> None:
    form = sent((name, typed))
    assert form.error(name), form.errors
    assert form.error(name).endswith(".")
    assert form.value(name) == typed


class Said(Form):
    note: Note = Field(default="", title="Note")


@pytest.mark.parametrize(
    "typed", [["NHS 943 476 5919"], ["NHS 943\u00a0476\u00a05919"], ["Mrs Example rang", " "]]
)
def test_free_text_is_looked_at_as_it_would_be_kept(typed: list[str]) -> None:
    form = Submission(Said, FormData([("note", one) for one in typed]))
    assert form.errors == []
    assert form.has_faults()
    assert form.tells


def test_the_last_of_a_repeated_answer_counts() -> None:
    assert Submission(Answers, FormData([("line", "a"), ("line", "b")])).valid.line == "b"


def test_an_answer_that_was_not_asked_for_is_refused() -> None:
    form = sent(("role", "administrator"))
    assert form.errors == [("", "The form held an answer it did not ask for.")]
    with pytest.raises(Invalid, match="an answer it did not ask for"):
        _ = form.valid


def test_a_form_that_was_sent_keeps_what_was_typed() -> None:
    form = sent(("number", "x"))
    form.start(number=7)
    assert form.value("number") == "x"
    fresh = Submission(Answers)
    fresh.start(number=7, tick=True, version=3)
    assert (fresh.value("number"), fresh.value("tick"), fresh.version) == ("7", "yes", "3")


def test_the_key_binds_the_answers() -> None:
    one = sent(("_key", "k"), ("note", "a")).form_key
    same = sent(("note", "a"), ("_key", "k")).form_key
    other = sent(("_key", "k"), ("note", "b")).form_key
    assert one == same
    assert one != other


def test_a_key_counts_once_for_each_address_and_may_hold_anything() -> None:
    pairs = FormData([("line", "a"), ("_key", "\x00" * 5000)])
    one, other = (Submission(Answers, pairs, to).form_key for to in ("/flags/1", "/flags/2"))
    assert one
    assert other
    assert one.key != other.key
    assert len(one.key) == 64
    assert one.key.isalnum()


@pytest.mark.parametrize("typed", ["9" * 5000, "9" * 30, "²", "٣", "-1", "1.0", ""])
def test_a_version_that_no_row_can_have_is_none(typed: str) -> None:
    assert sent(("_version", typed)).ask_version() == 0


@given(st.dictionaries(st.sampled_from([*Answers.model_fields, "x"]), st.text(max_size=50)))
def test_no_typed_text_breaks_a_form(answers: dict[str, str]) -> None:
    form = Submission(Answers, FormData(list(answers.items())))
    assert all(message for _, message in form.errors)
    for name, typed in answers.items():
        assert form.value(name) == typed


def test_a_day_that_is_missing_is_asked_for_by_its_label() -> None:
    """It was asked for as “the due on”."""

    class Dated(Form):
        due_on: Day = Field(title="Due on")
        starts_on: Day = Field(title="First day")

    assert Submission(Dated, FormData([])).errors == [
        ("due_on", "Enter a day for “Due on”."),
        ("starts_on", "Enter the first day."),
    ]


def test_what_is_no_day_is_not_asked_for_as_one() -> None:
    class Purpose(Form):
        purpose: str = Field(title="What the file is for")
        workers: int = Field(title="Workers that the contract asks for")

    assert Submission(Purpose, FormData([])).errors == [
        ("purpose", "Enter what the file is for."),
        ("workers", "Enter the workers that the contract asks for."),
    ]
