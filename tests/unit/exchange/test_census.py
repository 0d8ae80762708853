"""The children in need census: its XML as sheets, bounded and streamed."""

import pytest

from app.exchange import layouts, rows
from app.exchange.layouts import Field, Layout
from app.exchange.precheck import Limits, Unreadable
from app.exchange.readers import Kind, read
from app.exchange.rows import ParsedRow
from tests.census import a_census, a_child, an_episode
from tests.workbooks import put
from tests.world import TODAY


def lists(tmp_path, content, limits=None):
    with read(put(tmp_path, content), "census.xml", limits) as book:
        assert book.kind is Kind.XML
        return {
            found.layout: list(rows.parse(found, today=TODAY))
            for found in layouts.recognise(book)
            if not found.problems
        }


def test_each_episode_assessment_and_enquiry_is_a_row(tmp_path):
    child = a_child(
        "C1",
        an_episode("2026-09-01", assessments=["2026-09-02"], enquiries=["2026-09-03"]),
        an_episode("2025-01-06", closed="2025-03-03", reason="RC8"),
        born="2019-12-31",
    )
    found = lists(tmp_path, a_census(child))
    assert {layout: len(rows) for layout, rows in found.items()} == {
        Layout.CENSUS: 2,
        Layout.LIST_4: 1,
        Layout.LIST_5: 1,
    }
    first, second = found[Layout.CENSUS]
    assert first.facts[Field.AGE] == "5–9"
    assert (first.key, first.line) == ("census:C1:2026-09-01", 1)
    assert rows.opens_case(first, TODAY)
    assert not rows.opens_case(second, TODAY)
    assert second.facts[Field.CLOSURE_REASON] == "RC8"


def test_a_running_child_protection_plan_is_a_row_that_opens_no_case(tmp_path):
    days = ("2026-10-19", "2026-11-16", "2026-11-02")
    held = "".join(f"<CPPreviewDate>{day}</CPPreviewDate>" for day in days)
    plan = (
        "<ChildProtectionPlans><CPPstartDate>2026-09-20</CPPstartDate>"
        f"<Reviews>{held}</Reviews></ChildProtectionPlans>"
    )
    episode = an_episode("2026-09-01").replace("</CINdetails>", f"{plan}</CINdetails>")
    [row] = lists(tmp_path, a_census(a_child("C1", episode)))[Layout.LIST_7]
    assert row.facts[Field.PROTECTION_PLAN_START_ON].isoformat() == "2026-09-20"
    assert row.facts[Field.PROTECTION_PLAN_END_ON] is None
    assert row.facts[Field.LATEST_REVIEW_ON].isoformat() == "2026-11-16"
    assert not rows.opens_case(row, TODAY)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "iso-8859-1"])
def test_a_census_may_be_written_in_any_encoding_that_it_names(tmp_path, encoding):
    before = f"<?xml version='1.0' encoding='{encoding.removesuffix('-sig')}'?><!--{'é' * 5000}-->"
    content = a_census(a_child("C1", an_episode("2026-09-01"))).decode()
    content = before + content.partition("?>")[2]
    [row] = lists(tmp_path, content.encode(encoding))[Layout.CENSUS]
    assert row.facts[Field.REFERENCE] == "C1"


def test_a_referral_without_further_action_opens_no_case(tmp_path):
    [row] = lists(tmp_path, a_census(a_child("C1", an_episode("2026-09-01", nfa="true"))))[
        Layout.CENSUS
    ]
    assert not rows.opens_case(row, TODAY)


@pytest.mark.parametrize(
    ("dates", "age"),
    [
        ({"born": "2026-06-01"}, "Unborn"),
        ({"expected": "2026-12-01"}, "Unborn"),
        ({"born": "2010-03-31"}, "16+"),
        ({"born": "not a day"}, None),
        ({}, None),
    ],
)
def test_of_the_day_of_birth_only_the_age_is_kept(tmp_path, dates, age):
    content = a_census(a_child("C1", an_episode("2026-01-05"), **dates), on="2026-03-31")
    [row] = lists(tmp_path, content)[Layout.CENSUS]
    assert row.facts[Field.AGE] == age
    assert "2010-03-31" not in str(row)


@pytest.mark.parametrize(
    ("on", "said"), [("2026-03-31", "31 Mar 2026"), ("the last of March", "the last of March")]
)
def test_the_day_of_the_census_is_said(tmp_path, on, said):
    census = a_census(a_child("C1", an_episode("2026-01-05")), on=on)
    with read(put(tmp_path, census), "c.xml") as book:
        assert book.notices == (f"The census was drawn up for {said}.",)


def test_stray_text_and_a_namespace_do_no_harm(tmp_path):
    content = a_census(a_child("C1", "stray", an_episode("2026-01-05")))
    spaced = content.replace(b"<Message>", b'<Message xmlns="urn:some">')
    [row] = lists(tmp_path, spaced)[Layout.CENSUS]
    assert isinstance(row, ParsedRow)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<html><body>list</body></html>", "a web page or XML under another name"),
        (b"<a><Message/></a>", "not a children in need census"),
        (a_census(a_child("C1")).replace(b"CIN</Coll", b"CLA</Coll"), "not a children in need"),
        (a_census(a_child("C1", an_episode("2026-01-05")))[:-30], "cut off or damaged"),
        (b"<Message>" + b"<a>" * 25, "cut off or damaged"),
        (b'<!DOCTYPE m [<!ENTITY x "y">]><Message>&x;</Message>', "declares entities"),
        (b'<!DOCTYPE m SYSTEM "file:///etc/passwd"><Message/>', "declares entities"),
        (a_census().replace(b"'utf-8'", b"'f-8'"), "cut off or damaged"),
        (a_census().replace(b"'utf-8'", b"'shift_jis'"), "cut off or damaged"),
        (a_census(), "holds no rows"),
    ],
)
def test_what_is_no_sound_census_is_turned_away_with_why(tmp_path, content, why):
    with pytest.raises(Unreadable, match=why):
        read(put(tmp_path, content), "census.xml")


def test_a_census_of_too_many_rows_is_turned_away(tmp_path):
    many = a_census(*(a_child(f"C{n}", an_episode("2026-01-05")) for n in range(30)))
    with pytest.raises(Unreadable, match="more than 5 rows"):
        read(put(tmp_path, many), "census.xml", Limits(rows=5))
    crowded = a_census(a_child("C1", *[an_episode("2026-01-05")] * 30))
    with pytest.raises(Unreadable, match="more than 5 rows"):
        read(put(tmp_path, crowded), "census.xml", Limits(rows=5))


def test_a_very_long_value_is_cut_and_not_kept_in_full(tmp_path):
    content = a_census(a_child("C" * 100_000, an_episode("2026-01-05")))
    [row] = lists(tmp_path, content)[Layout.CENSUS]
    assert "characters; a reference has at most 40" in row.reason
