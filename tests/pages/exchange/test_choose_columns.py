"""A list in columns that are not known: a person says what they hold, and it is remembered."""

import json
from collections.abc import Callable

import pytest

from app.cases.register.models import Case
from app.exchange.imports.models import FoundSheet, SavedMapping
from app.exchange.imports.rules import Stage
from tests.browse import Browse, readable
from tests.makers_imports import Importer, an_importer, counts, list_4
from tests.workbooks import LIST_4, a_csv, an_xlsx, list_4_row
from tests.world import World

OWN = ("Full name", "Case ref", "Date referred", "Social worker", "Team", "Born")
ROWS = [
    ("Ina Marsh", "K1", "02/09/2026", "DUTY", "North duty", "02/03/2017"),
    ("Odo Marsh", "K2", "03/09/2026", "Ines Calder", "North duty", "02/03/2019"),
]


@pytest.fixture
def paula(world: World, browse: Callable[..., Browse]) -> Importer:
    return an_importer(world, browse)


def chosen(importer: Importer, batch: object, status: int = 303, **columns: int) -> object:
    (sheet,) = importer.world.rows(FoundSheet, batch_id=batch.id)
    answers = {"sheet_id": sheet.id} | columns
    answer = importer.browser.post(f"/imports/{batch.id}/columns", status=status, **answers)
    return importer.settled(batch.id) if status == 303 else answer


def test_the_page_asks_guesses_and_reads(world: World, paula: Importer) -> None:
    batch = paula.send(a_csv([OWN, *ROWS]))
    assert batch.stage is Stage.MAPPING
    paula.browser.get(f"/imports/{batch.id}", status=303)
    page = paula.browser.get(f"/imports/{batch.id}/columns")
    assert '<option value="1" selected>Case ref</option>' in page
    batch = chosen(paula, batch, reference=1, referral_on=2, allocated_worker=3, source_team=4)
    assert (batch.stage, counts(batch), batch.backlog) == (Stage.PREVIEWED, (2, 0, 0, 0), 2)
    assert "Full name, Born" in paula.page(batch)
    paula.confirm(batch)
    first, second = sorted(world.rows(Case), key=lambda case: case.reference)
    assert (first.council_worker_named, second.council_worker_named) == (False, True)
    assert first.source_team == "North duty"


def test_headers_alone_are_refused_before_anybody_is_asked(world: World, paula: Importer) -> None:
    two = {"North": [OWN], "South": [(*OWN, "More")]}
    for content, name in ((a_csv([OWN]), "list"), (an_xlsx(two), "North, South")):
        batch = paula.send(content)
        assert batch.stage is Stage.REFUSED
        assert f"{name}: headers but no rows, so there is nothing" in paula.page(batch)
    assert paula.send(an_xlsx({"North": [OWN], "South": [OWN, ROWS[0]]})).stage is Stage.MAPPING


def test_the_choice_is_proposed_again_for_the_same_headers(world: World, paula: Importer) -> None:
    batch = paula.send(a_csv([OWN, ROWS[0]]))
    chosen(paula, batch, reference=1, referral_on=2, closed_on=5)
    again = paula.send(a_csv([OWN, ROWS[1]]))
    page = paula.browser.get(f"/imports/{again.id}/columns")
    assert '<option value="5" selected>Born</option>' in page
    assert f"{again.file_name} with 1 row, for lot" in page, "its one sheet has the file's name"
    assert len(world.rows(SavedMapping)) == 1
    other = paula.send(a_csv([(*OWN, "More"), (*ROWS[1], "")]))
    page = paula.browser.get(f"/imports/{other.id}/columns")
    assert '<option value="5" selected>' not in page


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"referral_on": 2}, "Choose the column that holds the reference."),
        ({"reference": 99}, "Choose one of the list’s columns."),
        ({"reference": 1, "role": 1}, "an answer it did not ask for"),
    ],
)
def test_the_columns_are_asked_again_when_an_answer_is_wrong(
    paula: Importer, columns: dict[str, int], sentence: str
) -> None:
    batch = paula.send(a_csv([OWN, *ROWS]))
    answer = chosen(paula, batch, status=422, **columns)
    assert sentence in readable(answer.text)


def test_one_column_for_two_things_is_refused_by_name(paula: Importer) -> None:
    batch = paula.send(a_csv([OWN, *ROWS]))
    batch = chosen(paula, batch, reference=1, referral_on=2, closed_on=2)
    assert batch.stage is Stage.REFUSED
    assert "Column C is chosen twice." in batch.problem


def test_two_columns_of_one_name_are_told_apart_by_their_letters(paula: Importer) -> None:
    batch = paula.send(a_csv([("Ref", "Ref", "Team"), ("K1", "K2", "x")]))
    page = paula.browser.get(f"/imports/{batch.id}/columns")
    assert '<option value="1">Ref (column B)</option>' in page
    assert paula.confirm(chosen(paula, batch, reference=1)).new == 1
    assert [case.reference for case in paula.world.rows(Case)] == ["K2"]


def test_a_list_4_without_its_start_date_asks_for_the_column(world: World, paula: Importer) -> None:
    headers = [name.replace("Continuous Assessment Start Date", "Begun") for name in LIST_4]
    batch = paula.send(an_xlsx({"List 4": [headers, list_4_row()]}))
    page = readable(paula.browser.get(f"/imports/{batch.id}/columns"))
    assert "List 4 has no column for assessment start on." in page
    batch = chosen(paula, batch, reference=0, assessment_start_on=6, authorised_on=8)
    assert (batch.stage, batch.lists, batch.new) == (Stage.PREVIEWED, "List 4", 1)


def test_two_sheets_ask_which(world: World, paula: Importer) -> None:
    batch = paula.send(an_xlsx({"Here": [OWN, ROWS[0]], "There": [OWN, ROWS[1]]}))
    page = readable(paula.browser.get(f"/imports/{batch.id}/columns"))
    assert "Which sheet is the list?" in page
    there = world.rows(FoundSheet, batch_id=batch.id)[1]
    assert there.name == "There"
    paula.browser.get(f"/imports/{batch.id}/columns?sheet={there.id}")
    answers = {"sheet_id": there.id, "reference": 1}
    paula.browser.post(f"/imports/{batch.id}/columns", **answers)
    paula.confirm(paula.settled(batch.id))
    assert [case.reference for case in world.rows(Case)] == ["K2"]


def test_sheets_with_the_same_columns_are_read_as_one_list(world: World, paula: Importer) -> None:
    teams = {"Team A": [OWN, ROWS[0]], "Team B": [OWN, ROWS[1], (*ROWS[0][:2], "04/09/2026")]}
    other = {"Cover": [("Cases", "as at 20 November"), ("A note", "x")]}
    batch = paula.send(an_xlsx(other | teams))
    page = readable(paula.browser.get(f"/imports/{batch.id}/columns"))
    assert "Team A 1 row, 6 columns" in page
    assert "Team B 2 rows, 6 columns" in page
    sheet = next(one for one in world.rows(FoundSheet) if one.name == "Team A")
    page = readable(paula.browser.get(f"/imports/{batch.id}/columns?sheet={sheet.id}"))
    assert "such as one for each team of lot North: “Team B” (2 rows)." in page
    answers = {"sheet_id": sheet.id, "reference": 1, "referral_on": 2, "together": "yes"}
    paula.browser.post(f"/imports/{batch.id}/columns", **answers)
    batch = paula.settled(batch.id)
    assert (batch.rows, batch.new, batch.refused) == (3, 2, 1)
    page = readable(paula.page(batch))
    assert "Sheets that were not read, each with its filled rows: “Cover” (2)." in page
    assert "K1 is in line 2 of “Team A” too." in page
    paula.confirm(batch, good_rows=True)
    assert sorted(case.reference for case in world.rows(Case)) == ["K1", "K2"]
    [kept] = world.rows(SavedMapping)
    assert json.loads(kept.mapping)["reference"] == "Case ref"


@pytest.mark.parametrize(("who", "status"), [("tess", 403), ("eve", 404)])
def test_others_cannot_choose(
    paula: Importer, browse: Callable[..., Browse], who: str, status: int
) -> None:
    batch = paula.send(a_csv([OWN, *ROWS]))
    browse(who).get(f"/imports/{batch.id}/columns", status=status)
    browse(who).post(f"/imports/{batch.id}/columns", status=status, sheet_id=1, reference=1)


def test_columns_cannot_be_chosen_once_the_list_is_read(paula: Importer) -> None:
    batch = paula.send(list_4())
    paula.browser.get(f"/imports/{batch.id}/columns", status=303)
    (sheet,) = paula.world.rows(FoundSheet, batch_id=batch.id)
    paula.browser.post(f"/imports/{batch.id}/columns", status=409, sheet_id=sheet.id, reference=0)
