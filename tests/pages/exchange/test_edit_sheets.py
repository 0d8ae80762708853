"""Edit sheets: away as a workbook, changed, back with every difference shown, then applied."""

import io
import secrets
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest

from app.cases.register import service as register
from app.cases.register.models import Case
from app.exchange.editsheets import rules
from app.exchange.editsheets.models import EditSheet, EditSheetRow
from app.work.models import TrailDetail, TrailEntry, View
from tests.browse import Browse, readable
from tests.makers import a_case
from tests.makers_agreements import a_closed_case
from tests.world import TODAY, World

Browsing = Callable[..., Browse]
PURPOSE = "Mending the needs of October"


class Sheet:
    """One edit sheet of a person: download it, change it, bring it back, apply it."""

    def __init__(self, world: World, browser: Browse, query: str = "", **said: str) -> None:
        self.world, self.browser = world, browser
        self.address = browser.post("/edit-sheets", filter=query, **said).headers["location"]

    @property
    def id(self) -> int:
        return int(self.address.rsplit("/", 1)[1])

    def book(self) -> Any:
        answer = self.browser.client.get(f"{self.address}/sheet.xlsx")
        assert answer.status_code == 200
        return openpyxl.load_workbook(io.BytesIO(answer.content))

    def changed(self, **cells: object) -> Any:
        """The workbook with some cells changed, by their places."""
        book = self.book()
        for place, value in cells.items():
            book.active[place] = value
        return book

    def back(self, book: Any, status: int = 303, name: str = "sheet.xlsx") -> Any:
        content = book
        if not isinstance(book, bytes):
            file = io.BytesIO()
            book.save(file)
            content = file.getvalue()
        answer = self.browser.client.post(
            f"{self.address}/back",
            data={"_key": secrets.token_urlsafe(8)},
            files={"file": (name, content)},
        )
        assert answer.status_code == status, readable(answer.text)
        return answer

    def page(self) -> str:
        return readable(self.browser.get(self.address))

    def row(self, reference: str) -> Any:
        return self.world.rows(EditSheetRow, sheet_id=self.id, reference=reference)[0]

    def apply(self, *references: str, status: int = 303) -> Any:
        ids = [self.row(reference).id for reference in references]
        return self.browser.post(f"{self.address}/apply", status, rows=ids)


def heads(book: Any) -> dict[str, str]:
    return {cell.value: cell.column_letter for cell in book.active[1]}


def test_a_sheet_holds_exactly_the_filter_with_its_keys_locked(
    world: World, browse: Browsing
) -> None:
    case_id = a_case(world, reference="00123", family_key="=F1", age_band="5–9")
    a_case(world, reference="99")
    sheet = Sheet(world, browse("tess"), "reference=001")
    book = sheet.book()
    active, at = book.active, heads(book)
    assert active.title == rules.sheet_name(sheet.id)
    assert active.max_row == 2
    assert [active[f"{at[name]}2"].value for name in rules.KEYS] == [case_id, 1, "00123"]
    assert active.protection.sheet
    assert all(active[f"{at[name]}2"].protection.locked for name in rules.KEYS)
    family = active[f"{at['Family key']}2"]
    assert (family.value, family.data_type, family.number_format) == ("=F1", "s", "@")
    assert not family.protection.locked
    assert not active[f"{at['Source team']}2"].protection.locked
    assert active[f"{at['Referred on']}2"].value.date() == date(2026, 10, 21)
    lists = {str(one.sqref): one.formula1 for one in active.data_validations.dataValidation}
    assert "Unborn,Under 1,1–4" in lists[f"{at['Age']}2"]
    assert [view.what for view in _views(world)] == ["Edit sheet: cases?reference=001"]


def _views(world: World) -> list[Any]:
    world.database.views.write(world.database)
    return world.rows(View)


def test_differences_are_shown_and_only_the_ticked_are_applied(
    world: World, browse: Browsing
) -> None:
    for reference in ("A1", "A2", "A3"):
        a_case(world, reference=reference, source_team="Front door")
    sheet = Sheet(world, browse("tess"), "sort=reference")
    at = heads(sheet.book())
    team, need = at["Source team"], at["Primary need"]
    sheet.back(sheet.changed(**{f"{team}2": "Duty", f"{need}3": "N4"}))
    page = sheet.page()
    assert "Source team: Front door becomes → Duty" in page
    assert "Primary need: – becomes → N4" in page
    assert "A3" not in page
    assert {case.source_team for case in world.rows(Case)} == {"Front door"}
    none = sheet.apply(status=422)
    assert '<a href="#rows">Tick at least one row that can be applied.' in none.text
    assert "Source team: Front door becomes → Duty" in readable(none.text)
    sheet.apply("A1")
    cases = {case.reference: case for case in world.rows(Case)}
    assert (cases["A1"].source_team, cases["A2"].primary_need) == ("Duty", "")
    assert "Applied: 1" in sheet.page()
    assert len(world.rows(TrailEntry, act="case.correct", case_id=cases["A1"].id)) == 1


def test_all_that_can_be_applied_go_in_one_command(world: World, browse: Browsing) -> None:
    for number in range(3):
        a_case(world, reference=f"B{number}")
    sheet = Sheet(world, browse("tess"), "sort=reference")
    at = heads(sheet.book())
    sheet.back(sheet.changed(**{f"{at['Family key']}{line}": "F9" for line in (2, 3, 4)}))
    sheet.browser.post(f"{sheet.address}/apply", all="yes")
    assert {case.family_key for case in world.rows(Case)} == {"F9"}


def test_a_case_changed_here_since_is_a_conflict_and_is_left(
    world: World, browse: Browsing
) -> None:
    case_id = a_case(world, reference="C1", source_team="Old")
    sheet = Sheet(world, browse("tess"))
    at = heads(sheet.book())
    answers = {"referred_on": str(TODAY - timedelta(days=30)), "source_team": "New here"}
    browse("tom").post(f"/cases/{case_id}/correct", _version=1, **answers)
    sheet.back(sheet.changed(**{f"{at['Source team']}2": "Typed"}))
    page = sheet.page()
    assert "Changed here since" in page
    assert "Now New here here." in page
    sheet.apply("C1")
    assert world.row(Case, case_id).source_team == "New here"
    assert "Someone changed this case" in sheet.page()


@pytest.mark.parametrize(("key", "value"), [("Version", 7), ("Reference", "D1x")])
def test_a_row_with_altered_keys_is_refused(
    world: World, browse: Browsing, key: str, value: object
) -> None:
    a_case(world, reference="D1")
    sheet = Sheet(world, browse("tess"))
    at = heads(sheet.book())
    sheet.back(sheet.changed(**{f"{at[key]}2": value, f"{at['Family key']}2": "F1"}))
    assert "The locked columns of this line were changed." in sheet.page()
    sheet.apply("D1", status=422)


@pytest.mark.parametrize("number", [999, "", "1.5"])
def test_a_line_of_no_case_of_the_sheet_refuses_the_whole(
    world: World, browse: Browsing, number: object
) -> None:
    a_case(world)
    sheet = Sheet(world, browse("tess"))
    answer = sheet.back(sheet.changed(A2=number), 422)
    assert "Line 2 is of no case of this sheet" in readable(answer.text)


def test_two_lines_of_one_case_refuse_the_whole(world: World, browse: Browsing) -> None:
    case_id = a_case(world, reference="E1")
    sheet = Sheet(world, browse("tess"))
    answer = sheet.back(sheet.changed(A3=case_id, B3=1, C3="E1"), 422)
    assert "Lines 2 and 3 are of the same case" in readable(answer.text)


def test_another_sheet_another_kind_and_no_file_are_refused(world: World, browse: Browsing) -> None:
    a_case(world)
    browser = browse("tess")
    first, second = Sheet(world, browser), Sheet(world, browser)
    assert "holds no sheet called" in readable(second.back(first.book(), 422).text)
    csv = second.back(b"Case number,Version\n1,1\n", 422, "sheet.csv")
    assert "the Excel workbook that was made here" in readable(csv.text)
    assert "damaged" in readable(second.back(b"PK\x03\x04nonsense", 422).text)
    answer = browser.post(f"{second.address}/back", 422)
    assert "Choose the workbook" in readable(answer.text)
    book = second.book()
    book.active["C1"] = "Renamed"
    assert "lacks the columns Reference" in readable(second.back(book, 422).text)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("Age", "17 years", "Age says “17 years”, which is not in its list."),
        ("Primary need", "N77", "Primary need says “N77”"),
        ("Referred on", None, "Referred on is empty."),
        ("Referred on", "last week", "Referred on says “last week”"),
        ("Family key", "F\u200b1", "Family key holds characters that cannot be seen."),
    ],
)
def test_a_cell_that_cannot_be_read_says_why(
    world: World, browse: Browsing, name: str, value: object, reason: str
) -> None:
    a_case(world, reference="G1")
    sheet = Sheet(world, browse("tess"))
    at = heads(sheet.book())
    sheet.back(sheet.changed(**{f"{at[name]}2": value}))
    assert reason in sheet.page()


def test_what_a_rule_refuses_is_left_and_said_while_the_others_go(
    world: World, browse: Browsing
) -> None:
    a_case(world, reference="H1")
    a_case(world, reference="H2")
    sheet = Sheet(world, browse("tess"), "sort=reference")
    at = heads(sheet.book())
    late = {f"{at['Referred on']}2": date(2026, 11, 19), f"{at['Source team']}3": "Duty"}
    sheet.back(sheet.changed(**late))
    answer = sheet.apply("H1", "H2")
    assert "1 case is corrected; 1 could not be" in readable(
        sheet.browser.get(answer.headers["location"])
    )
    assert "no later referral" in sheet.page()


def test_a_case_that_ended_is_left(world: World, browse: Browsing) -> None:
    case_id = a_closed_case(world)
    reference = world.row(Case, case_id).reference
    sheet = Sheet(world, browse("tess"), "show=all")
    at = heads(sheet.book())
    sheet.back(sheet.changed(**{f"{at['Source team']}2": "Duty"}))
    sheet.apply(reference)
    assert "has ended" in sheet.page()


def test_zeros_in_front_and_numbers_stay_what_they_are(world: World, browse: Browsing) -> None:
    a_case(world, reference="007", family_key="0042")
    sheet = Sheet(world, browse("tess"))
    at = heads(sheet.book())
    sheet.back(sheet.book())
    assert "Nothing differs" in sheet.page()
    sheet.back(sheet.changed(**{f"{at['Family key']}2": 42.0}))
    assert "Family key: 0042 becomes → 42" in sheet.page()


def test_a_second_copy_replaces_what_the_first_said(world: World, browse: Browsing) -> None:
    a_case(world, reference="K1")
    sheet = Sheet(world, browse("tess"))
    at = heads(sheet.book())
    sheet.back(sheet.changed(**{f"{at['Source team']}2": "First"}))
    sheet.back(sheet.book())
    assert "no line of it differs" in sheet.page()


def test_a_sheet_emptied_of_everything_is_refused(world: World, browse: Browsing) -> None:
    a_case(world)
    sheet = Sheet(world, browse("tess"))
    book = sheet.book()
    book.create_sheet("Notes")["A1"] = "Where did it go?"
    book.active.delete_rows(1, 2)
    assert "The sheet is empty." in readable(sheet.back(book, 422).text)


def test_a_case_that_went_to_another_lot_is_left(world: World, browse: Browsing) -> None:
    case_id = a_case(world, reference="L1")
    sheet = Sheet(world, browse("tess"))
    at = heads(sheet.book())
    sheet.back(sheet.changed(**{f"{at['Source team']}2": "Duty"}))
    with world.acting("paula") as uow:
        register.transfer(uow, case_id, world.lot("South"))
    sheet.browser.post(f"{sheet.address}/apply", 422, all="yes")
    assert world.row(Case, case_id).source_team == ""


@pytest.mark.parametrize("who", ["priya", "dina", "carl"])
def test_others_have_no_edit_sheets(browse: Browsing, who: str) -> None:
    browse(who).get("/edit-sheets", 403)
    browse(who).post("/edit-sheets", 403)


@pytest.mark.parametrize("who", ["tom", "paula", "tara"])
def test_a_sheet_belongs_to_whoever_made_it(world: World, browse: Browsing, who: str) -> None:
    a_case(world)
    sheet = Sheet(world, browse("tess"))
    browse(who).get(sheet.address, 404)
    browse(who).get(f"{sheet.address}/sheet.xlsx", 404)
    browse(who).post(f"{sheet.address}/apply", 404, all="yes")


def test_a_sheet_holds_only_what_its_maker_sees(world: World, browse: Browsing) -> None:
    a_case(world, "North", reference="N1")
    a_case(world, "South", reference="S1")
    assert Sheet(world, browse("tess")).book().active.max_row == 2
    assert Sheet(world, browse("paula"), purpose=PURPOSE).book().active.max_row == 3


def test_a_sheet_of_several_lots_says_what_it_is_for(world: World, browse: Browsing) -> None:
    for lot in ("North", "South"):
        a_case(world, lot)
    paula, south = browse("paula"), f"lot={world.lot('South')}"
    assert "What the sheet is for" in paula.get("/edit-sheets")
    for said in ("", "mending"):
        again = paula.post("/edit-sheets", 422, filter="sort=reference", purpose=said)
        assert 'href="#purpose"' in again.text
        assert "Your list holds 2 cases" in readable(again.text)
    assert world.rows(EditSheet) == []
    assert "What the sheet is for" not in paula.get(f"/edit-sheets?{south}")
    assert Sheet(world, paula, south).book().active.max_row == 2
    assert [one for one in world.rows(TrailEntry) if one.subject == "exports"] == []
    Sheet(world, paula, purpose=PURPOSE)
    [entry] = [one for one in world.rows(TrailEntry) if one.subject == "exports"]
    assert (entry.act, entry.contract_id) == ("case.correct", world.contract())
    [detail] = [one for one in world.rows(TrailDetail, seq=entry.seq) if PURPOSE in one.changes]
    assert "Edit sheet: cases" in detail.changes


def test_nothing_and_too_much_are_refused(
    world: World, browse: Browsing, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = browse("tess").post("/edit-sheets", 409)
    assert "nothing to take away" in readable(answer.text)
    a_case(world)
    a_case(world)
    monkeypatch.setattr(rules, "MOST_CASES", 1)
    answer = browse("tess").post("/edit-sheets", 409)
    assert "at most 1 cases and this list has 2" in readable(answer.text)


def test_old_sheets_lose_their_rows(world: World, browse: Browsing) -> None:
    a_case(world)
    old = Sheet(world, browse("tess"))
    world.clock.move(days=31)
    Sheet(world, browse("tess"))
    assert world.rows(EditSheetRow, sheet_id=old.id) == []
    assert len(world.rows(EditSheet)) == 2


def test_the_list_names_ones_own_sheets(world: World, browse: Browsing) -> None:
    a_case(world)
    sheet = Sheet(world, browse("tess"))
    assert f"Edit sheet {sheet.id}" in browse("tess").get("/edit-sheets")
    assert "No sheet yet" in browse("tom").get("/edit-sheets")
