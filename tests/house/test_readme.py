"""What the README says is what the code does."""

from pathlib import Path

from app.accounts.grants.rules import grants_table
from app.settings import Settings

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
ROOT = Path(__file__).resolve().parents[2]


def test_the_table_of_who_may_do_what_is_printed_from_the_grants() -> None:
    printed = README.split("<!-- grants -->")[1].split("<!-- end of grants -->")[0]
    assert printed.strip() == grants_table().strip()


def test_the_map_names_every_room_and_no_other() -> None:
    rows = [line for line in README.splitlines() if line.startswith("| `")]
    rooms = {path.name for path in (ROOT / "app").iterdir() if (path / "__init__.py").exists()}
    named = {name for line in rows for name in rooms if f"`{name}`" in line.split("|")[1]}
    assert named == rooms


def test_every_setting_that_is_named_exists() -> None:
    fields = {f"CLEARWAY_{name.upper()}" for name in Settings.model_fields}
    named = {word.strip("`,") for word in README.split() if word.startswith("`CLEARWAY_")}
    assert named <= fields
