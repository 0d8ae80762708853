"""Importing and exporting a list from the command line."""

import json
import runpy
from pathlib import Path

import pytest

from app import cli
from app.cases.register.models import Case
from app.exchange.imports.models import ImportBatch, StagedRow
from app.exchange.imports.rules import Stage
from app.settings import ROOT
from app.work.models import View
from tests.makers import a_case
from tests.makers_imports import list_4
from tests.workbooks import an_xlsx, list_4_row
from tests.world import World


@pytest.fixture
def here(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    address = world.database.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("CLEARWAY_DATABASE_URL", address)
    return world


def ask(*words: str) -> int:
    with pytest.raises(SystemExit) as end:
        cli.main(list(words))
    return int(end.value.code or 0)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_bytes(list_4())
    return path


def test_a_list_is_imported_and_answered_in_json(here: World, file: Path, capsys) -> None:
    assert ask("import", str(file), "--lot", "North", "--json", "--on", "20/11/2026") == 0
    answer = json.loads(capsys.readouterr().out)
    assert {name: answer[name] for name in ("rows", "new", "changed", "unchanged", "refused")} == {
        "rows": 3,
        "new": 3,
        "changed": 0,
        "unchanged": 0,
        "refused": [],
    }
    assert len(here.rows(Case)) == answer["backlog"] == 3
    assert ask("import", str(file), "--lot", "Northshire/North", "--json", "--list", "4") == 0
    assert json.loads(capsys.readouterr().out)["unchanged"] == 3


def test_a_list_in_other_columns_is_taken_with_what_they_hold_and_remembered(
    here: World, tmp_path: Path, capsys
) -> None:
    path = tmp_path / "own.csv"
    path.write_text("Our no.;Came in;Who\n7001;01-Sep-26;Duty\n7002;02-Sep-26;Ines Calder\n")
    words = ("import", str(path), "--lot", "North")
    assert ask(*words) == 2
    assert "or say so by --column" in capsys.readouterr().err
    columns = ("--column", "reference=Our no.", "--column", "referral_on=Came in")
    assert ask(*words, *columns) == 0
    assert "2 rows: 2 new (2 open a case)" in capsys.readouterr().out
    assert {str(case.referred_on) for case in here.rows(Case)} == {"2026-09-01", "2026-09-02"}
    assert ask(*words) == 0
    assert "2 unchanged" in capsys.readouterr().out
    for wrong, sentence in (
        ("name=Who", "name is not; the fields are reference,"),
        ("reference", "reference is not"),
        ("age=Who", "Say in which column the reference stands"),
        ("reference=Ours", "nowhere is: Ours."),
    ):
        assert ask(*words, "--column", wrong) == 2
        assert sentence in " ".join(capsys.readouterr().err.split())


def test_a_dry_run_counts_and_imports_nothing(here: World, file: Path, capsys) -> None:
    assert ask("import", str(file), "--lot", "North", "--dry-run") == 0
    said = capsys.readouterr().out
    assert "3 rows: 3 new (3 open a case)" in said
    assert "Nothing was imported" in said
    assert here.rows(Case) == here.rows(StagedRow) == []


def test_refused_rows_hold_a_list_back_unless_told_otherwise(
    here: World, file: Path, capsys
) -> None:
    file.write_bytes(list_4(list_4_row("C1"), list_4_row("1.23E+15")))
    assert ask("import", str(file), "--lot", "North", "--json") == 1
    refused = json.loads(capsys.readouterr().out)["refused"]
    assert [(one["sheet"], one["line"], one["column"]) for one in refused] == [
        ("list", 3, "A (Child Unique ID)")
    ]
    assert here.rows(Case) == []
    assert ask("import", str(file), "--lot", "North", "--good-rows") == 0
    assert [case.reference for case in here.rows(Case)] == ["C1"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--lot", "West"), "No lot is West. Lots: Northshire/Mid"),
        (("--lot", "North", "--list", "6"), "The file holds no List 6."),
        (("--lot", "North", "--on", "2026-13-01"), "There is no month 13"),
        (("--lot", "North", "--on", "2099-01-01"), "cannot lie ahead"),
    ],
)
def test_what_cannot_be_meant_is_one_sentence(
    here: World, file: Path, capsys, words: tuple[str, ...], sentence: str
) -> None:
    assert ask("import", str(file), *words) == 2
    assert sentence in " ".join(capsys.readouterr().err.split())
    assert here.rows(Case) == []


def test_a_list_refused_as_a_whole_is_answered_in_json_too(here: World, file: Path, capsys) -> None:
    file.write_bytes(b"")
    assert ask("import", str(file), "--lot", "North", "--json") == 2
    said = capsys.readouterr()
    assert "The file is empty" in said.err
    answer = json.loads(said.out)
    [refused] = answer.pop("refused")
    assert answer == {"rows": 0, "new": 0, "changed": 0, "unchanged": 0, "imported": False}
    assert (refused["line"], refused["column"]) == (0, "")
    assert "The file is empty" in refused["reason"]


def test_an_unreadable_file_leaves_a_refused_import(here: World, file: Path, capsys) -> None:
    file.write_bytes(b"")
    assert ask("import", str(file), "--lot", "North") == 2
    assert "The file is empty" in capsys.readouterr().err
    assert here.rows(ImportBatch)[0].stage is Stage.REFUSED


def test_columns_nobody_explained_are_refused_on_the_command_line(
    here: World, file: Path, capsys
) -> None:
    file.write_text("Kennung,Datum\nC1,01/09/2026\n")
    assert ask("import", str(file), "--lot", "North") == 2
    assert "columns that are not known yet" in " ".join(capsys.readouterr().err.split())


def test_sheets_that_were_not_read_are_told(here: World, tmp_path: Path, capsys) -> None:
    path = tmp_path / "teams.xlsx"
    path.write_bytes(an_xlsx({"Team A": [("Ours",), ("K1",)], "Team B": [("Ours",), ("K2",)]}))
    assert ask("import", str(path), "--lot", "North", "--column", "reference=Ours") == 0
    told = " ".join(capsys.readouterr().err.split())
    assert "not read, each with its filled rows: “Team B” (2)" in told


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_lot_is_exported_to_a_file(here: World, tmp_path: Path, ending: str) -> None:
    a_case(here)
    out = tmp_path / f"cases.{ending}"
    assert ask("export", str(out), "--lot", "North") == 0
    assert out.stat().st_size > 50
    assert [view.what for view in here.rows(View)] == [
        f"Export {ending.upper()}: cases?lot={here.lot()}"
    ]


def test_an_export_knows_two_formats(here: World, tmp_path: Path, capsys) -> None:
    assert ask("export", str(tmp_path / "cases.pdf"), "--lot", "North") == 2
    assert ask("export", str(tmp_path / "cases.csv"), "--lot", "North", "--show", "x") == 2


def test_the_sample_list_is_what_its_maker_writes_and_imports_whole(
    here: World, tmp_path: Path, capsys
) -> None:
    sample = ROOT / "seed" / "council-list.xlsx"
    made = tmp_path / "made.xlsx"
    runpy.run_path(str(ROOT / "seed" / "council_list.py"))["main"](made)
    assert made.read_bytes() == sample.read_bytes()
    assert ask("import", str(sample), "--lot", "North", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["rows"], answer["new"], answer["unchanged"]) == (41, 40, 1)
    assert answer["backlog"] == len(here.rows(Case)) == 33
