"""Exports: exactly the list of the filter, safe in Excel, and lossless on the way back."""

import io
import json
from collections.abc import Callable, Iterator
from datetime import date

import openpyxl
import pytest

from app.cases.register.models import Case
from app.cases.states import CaseState
from app.work.models import TrailDetail, TrailEntry, View
from tests.browse import Browse
from tests.makers import a_case
from tests.makers_imports import an_importer, counts
from tests.world import World

BOM = "\ufeff"


def lines(text: str) -> list[str]:
    return text.removeprefix(BOM).splitlines()


def test_the_csv_holds_exactly_the_filter(world: World, browse: Callable[..., Browse]) -> None:
    a_case(world, reference="A1", age_band="5–9")
    a_case(world, reference="B1", open_flags=1)
    a_case(world, "South", reference="S1")
    told = browse("tess").get("/cases/export.csv?reference=A")
    assert lines(told)[0].startswith("Reference,Lot,State")
    assert [line.split(",")[0] for line in lines(told)[1:]] == ["A1"]
    told = browse("paula").get(f"/cases/export.csv?lot={world.lot('South')}")
    assert [line.split(",")[0] for line in lines(told)[1:]] == ["S1"]


def test_no_file_is_made_of_an_address_that_is_not_wholly_understood(
    browse: Callable[..., Browse],
) -> None:
    tess = browse("tess")
    answer = tess.client.get("/cases/export.csv?state=nonsense&reference=A")
    assert answer.headers["location"] == "/cases?state=nonsense&reference=A"
    assert "“nonsense” is not a known state" in tess.get(answer.headers["location"])


def test_the_workbook_holds_text_as_text_and_dates_as_dates(
    world: World, browse: Callable[..., Browse]
) -> None:
    a_case(world, reference="=1+1", referred_on=date(2026, 9, 1))
    answer = browse("tess").client.get("/cases/export.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")
    assert sheet["F2"].value.date() == date(2026, 9, 1)


def test_the_json_is_an_object_for_each_case(world: World, browse: Callable[..., Browse]) -> None:
    tess = browse("tess")
    assert json.loads(tess.get("/cases/export.json")) == []
    a_case(world, reference="=1+1", referred_on=date(2026, 9, 1))
    a_case(world, reference="B1", age_band="5–9")
    first, second = json.loads(tess.get("/cases/export.json?sort=reference"))
    told = first["Reference"], first["Referred on"], first["Ended on"]
    assert told == ("=1+1", "2026-09-01", None)
    assert (second["Reference"], second["Age"]) == ("B1", "5–9")


def test_a_formula_is_no_formula_in_the_csv(world: World, browse: Callable[..., Browse]) -> None:
    a_case(world, reference="=HYPERLINK(1)")
    assert lines(browse("tess").get("/cases/export.csv"))[1].startswith("'=HYPERLINK(1)")


def test_a_download_is_an_attachment_under_a_random_name(browse: Callable[..., Browse]) -> None:
    headers = browse("tess").client.get("/cases/export.csv?reference=SECRET").headers
    assert headers["content-disposition"].startswith('attachment; filename="cases-')
    assert "SECRET" not in headers["content-disposition"]
    assert headers["x-content-type-options"] == "nosniff"
    assert "no-store" in headers["cache-control"]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_a_file_of_several_lots_says_what_it_is_for(
    world: World, browse: Callable[..., Browse], ending: str
) -> None:
    for lot in ("North", "South"):
        a_case(world, lot, reference=f"{lot}-1")
    a_case(world, reference="North-2", open_flags=1)
    paula = browse("paula")
    answer = paula.client.get(f"/cases/export.{ending}?reference=North")
    assert answer.headers["location"] == f"/cases/export?reference=North&ending={ending}"
    page = paula.get(answer.headers["location"])
    assert "The list holds 2 cases from 3 lots" in page
    sent = {"filter": "reference=North", "ending": ending}
    for said in ("", "audit"):
        again = paula.post("/cases/export", 422, **sent, purpose=said)
        assert 'href="#purpose"' in again.text
        assert "The list holds 2 cases" in again.text
    assert not [one for one in world.rows(TrailEntry) if one.subject == "exports"]
    file = paula.post("/cases/export", 200, **sent, purpose="Audit of October")
    rows = list(workbook_rows(file.content)) if ending == "xlsx" else lines(file.text)
    assert len(rows) == (4 if ending == "json" else 3)
    [entry] = [one for one in world.rows(TrailEntry) if one.subject == "exports"]
    assert (entry.act, entry.contract_id) == ("case.export", world.contract())
    [detail] = world.rows(TrailDetail, seq=entry.seq)
    assert "Audit of October" in detail.changes
    paula.post(
        "/cases/export", 409, **sent | {"filter": "state=nowhere"}, purpose="Audit of October"
    )
    browse("priya").get("/cases/export", 403)


def workbook_rows(content: bytes) -> Iterator[object]:
    return openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows()


def test_who_took_what_is_noted_for_each_lot(world: World, browse: Callable[..., Browse]) -> None:
    said = {"filter": "overdue=yes", "ending": "csv", "purpose": "Audit of October"}
    browse("paula").post("/cases/export", 200, **said)
    world.database.views.write(world.database)
    views = [view for view in world.rows(View) if view.what.startswith("Export")]
    assert {view.lot_id for view in views} == {world.lot(n) for n in ("North", "Mid", "South")}
    assert {view.what for view in views} == {"Export CSV: cases?overdue=yes"}


@pytest.mark.parametrize("who", ["priya", "carl", "alan", "ada"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_others_cannot_export(browse: Callable[..., Browse], who: str, ending: str) -> None:
    browse(who).get(f"/cases/export.{ending}", status=403)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_our_own_export_comes_back_whole(
    world: World, browse: Callable[..., Browse], ending: str
) -> None:
    bands = ("", "Unborn", "Under 1", "1–4", "5–9", "10–15", "16+")
    for place, band in enumerate(bands):
        a_case(world, reference=f"00{place}", age_band=band, referred_on=date(2026, 9, 1 + place))
    a_case(world, reference="=odd", state=CaseState.CLOSED, ended_on=date(2026, 11, 3))
    told = browse("tess").client.get(f"/cases/export.{ending}?show=all").content
    eve = an_importer(world, browse, "eve")
    batch = eve.take(told, lot_id=world.lot("Moor"))
    assert (counts(batch), batch.backlog) == ((8, 0, 0, 0), 7), batch.problem
    there = {case.reference: case for case in world.rows(Case, lot_id=world.lot("Moor"))}
    for case in world.rows(Case, lot_id=world.lot("North")):
        if case.state.is_open:
            back = there[case.reference]
            assert (back.age_band, back.referred_on) == (case.age_band, case.referred_on)
    assert counts(eve.send(told, lot_id=world.lot("Moor"))) == (0, 0, 8, 0)
