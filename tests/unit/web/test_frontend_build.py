"""What the front-end build takes in, leaves out and writes."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from app.web import assets
from app.web.assets import asset
from app.web.frontend import build

HTMX_2_0_11 = "d6fdc75f204e6bdefa99b69bf1e6d4ac69b8a364f77929f45c13476b4000f717"


@pytest.fixture(scope="module")
def static() -> Path:
    build.build()
    return build.STATIC


def content(static: Path, name: str) -> str:
    return (static / Path(asset(name)).name).read_text(encoding="utf-8")


def test_the_lock_holds_hashes_and_no_addresses() -> None:
    lock = (build.SOURCES / "package-lock.json").read_text()
    assert "://" not in lock
    packages = [one for name, one in json.loads(lock)["packages"].items() if name]
    assert packages
    assert all(one["integrity"].startswith("sha512-") for one in packages)


def test_every_package_is_pinned_exactly() -> None:
    wanted = json.loads((build.SOURCES / "package.json").read_text())["dependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())


def test_a_second_build_has_nothing_to_do(static: Path) -> None:
    assert not build.build()


@pytest.fixture
def modules(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Packages as npm would install them, to be built into a folder of the test's own."""
    modules = tmp_path / "modules"
    for name in (f"{build.GOVUK}.css", f"{build.GOVUK}.js", f"{build.MOJ}.css", build.HTMX):
        (modules / name).parent.mkdir(parents=True, exist_ok=True)
        (modules / name).write_text(".govuk-link{a:b}")
    (tmp_path / "static").mkdir()
    monkeypatch.setattr(build, "STATIC", tmp_path / "static")
    monkeypatch.setattr(build, "install", lambda scratch: modules)
    return modules


def test_a_build_replaces_the_whole_folder_and_links_what_it_wrote(modules: Path) -> None:
    static = build.STATIC
    (static / "left-over.js").touch()
    assert build.build()
    assert not build.build()
    names = json.loads((static / "manifest.json").read_text())
    assert {file.name for file in static.iterdir()} == {*names.values(), "manifest.json", "stamp"}
    assert names["govuk-frontend.js"] in (static / names["app.js"]).read_text()


def test_the_build_before_stays_for_a_server_that_still_runs_on_it(
    monkeypatch: pytest.MonkeyPatch, modules: Path
) -> None:
    held = []
    for number in ("1", "2", "3"):
        (modules / build.HTMX).write_text(number)
        monkeypatch.setattr(build, "fingerprint", lambda number=number: number)
        assert build.build()
        names = json.loads((build.STATIC / "manifest.json").read_text())
        held.append(build.STATIC / names["htmx.js"])
    first, second, third = held
    assert not first.exists()
    assert (second.read_text(), third.read_text()) == ("2", "3")


def test_a_changed_source_is_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in (*build.LOCKED, "build.py"):
        (tmp_path / name).write_bytes((build.SOURCES / name).read_bytes())
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles" / "frame.css").write_text("a{}")
    monkeypatch.setattr(build, "SOURCES", tmp_path)
    before = build.fingerprint()
    (tmp_path / "styles" / "frame.css").write_text("b{}")
    assert build.fingerprint() != before


def test_names_carry_the_hash_of_what_they_hold(static: Path) -> None:
    for hashed in json.loads((static / "manifest.json").read_text()).values():
        content_hash = hashlib.sha256((static / hashed).read_bytes()).hexdigest()
        assert f"-{content_hash[:12]}." in hashed
        assert asset(re.sub(r"-[0-9a-f]{12}\.", ".", hashed)) == f"/static/{hashed}"


def test_an_asset_that_is_not_built_is_refused(static: Path) -> None:
    with pytest.raises(KeyError):
        asset("nothing.js")


def test_a_missing_build_says_what_to_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(assets, "STATIC", tmp_path)
    assets._names.cache_clear()
    with pytest.raises(FileNotFoundError, match=r"app\.web\.frontend\.build"):
        asset("app.css")


def test_htmx_is_served_as_it_was_published(static: Path) -> None:
    served = (static / Path(asset("htmx.js")).name).read_bytes()
    assert hashlib.sha256(served).hexdigest() == HTMX_2_0_11


def test_the_style_sheet_brings_no_foreign_font_picture_or_address(static: Path) -> None:
    css = content(static, "app.css")
    assert "@font-face" not in css
    assert "GDS Transport" not in css
    assert "url(" not in css
    assert "sourceMappingURL" not in css
    assert ".govuk-error-summary{" in css
    assert ".moj-timeline{" in css


def test_our_module_imports_the_built_name_of_the_design_system(static: Path) -> None:
    found = re.search(r'from "\./(govuk-frontend-[0-9a-f]{12}\.js)"', content(static, "app.js"))
    assert found
    assert (static / found[1]).is_file()


def test_our_sources_evaluate_no_strings_and_store_nothing() -> None:
    script = (build.SOURCES / "scripts" / "app.js").read_text()
    assert not re.search(r"\beval\(|new Function|innerHTML|localStorage|\.style\b", script)


def test_every_style_file_is_bundled() -> None:
    assert {file.stem for file in (build.SOURCES / "styles").iterdir()} == set(build.STYLES)


def test_tidying_keeps_the_wanted_rules_also_within_a_query() -> None:
    css = "@media print{.a{b:c}.d{e:f}}@media screen{.d{g:h}}.a,.d{i:j}@font-face{src:url(x)}"
    assert build.tidy(css, lambda one: one == ".a") == "@media print{.a{b:c}}.a,.d{i:j}"


def test_tidying_swaps_every_font_for_ours() -> None:
    css = (
        ".a{font-family:GDS Transport,arial;color:red}.b{font-family:inherit}.c{background:url(x)}"
    )
    ours = ".a{font-family:var(--app-font);color:red}.b{font-family:inherit}"
    assert build.tidy(css, lambda _: True) == ours


def test_npm_is_borrowed_where_there_is_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(build.shutil, "which", lambda _: None)
    monkeypatch.setattr(build, "run", lambda command, folder: asked.append(command))
    node, script = build.npm(tmp_path)
    assert build.NODE_WHEEL in asked[0]
    assert node.startswith(str(tmp_path))
    assert script.endswith("npm-cli.js")


def test_a_step_that_fails_stops_the_build_and_says_why(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="failed at: false"):
        build.run(["false"], tmp_path)
