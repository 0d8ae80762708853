"""Setting a contract up from a file, before anything else is there."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import Session, SQLModel, col, func, select

from app import cli
from app.access.models import OneTimeLink, User, UserLot
from app.cases.register.models import Case
from app.contract.models import ClockRule, Contract, ExtraDay, Lot, ReceivingTeam, Target
from app.db.engine import open_engine
from app.exit.steps.models import ExitStep
from app.finance.models import Budget
from app.main import create_app
from app.people.checks.models import InductionStep
from app.people.models import Practitioner, PractitionerLot
from app.settings import ROOT, Settings
from app.work.database import Database
from tests.browse import Browse
from tests.world import World

EXAMPLE = ROOT / "docs" / "contract.toml"
SET_UP = (
    Contract, ClockRule, ExtraDay, Lot, ReceivingTeam, Target, ExitStep, Budget,
    InductionStep, Practitioner, PractitionerLot, User, UserLot, OneTimeLink,
)  # fmt: skip


@pytest.fixture
def empty(
    migrated: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Session]:
    """The database of an installation in which nobody is yet."""
    migrated(tmp_path / "own.sqlite3")
    address = f"sqlite:///{tmp_path / 'own.sqlite3'}"
    monkeypatch.setenv("CLEARWAY_DATABASE_URL", address)
    engine = open_engine(address)
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture
def here(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The tests' world, in which a second contract is set up."""
    address = world.database.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("CLEARWAY_DATABASE_URL", address)
    return world


def ask(*words: str) -> int:
    with pytest.raises(SystemExit) as end:
        cli.main(list(words))
    return int(end.value.code or 0)


def counts(session: Session) -> dict[str, int]:
    session.rollback()
    return {
        model.__name__: session.exec(select(func.count()).select_from(model)).one()
        for model in SET_UP
    }


def nothing(session: Session) -> bool:
    return not any(counts(session).values())


def links(said: str) -> dict[str, str]:
    """The path of each person's link, by address."""
    return dict(re.findall(r"<(\S+)> http://127\.0\.0\.1:8000(/choose-password/\S+)", said))


def names(session: Session, model: type[SQLModel]) -> list[str]:
    return sorted(session.exec(select(model.name)).all())


def changed(tmp_path: Path, old: str, new: str) -> str:
    """The example with one change, which it must have a place for."""
    text = EXAMPLE.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "contract.toml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return str(file)


def test_the_example_sets_up_all_that_a_project_begins_with(empty: Session, capsys) -> None:
    assert ask("contract", str(EXAMPLE)) == 0
    assert counts(empty) == {
        "Contract": 1,
        "ClockRule": 1,
        "ExtraDay": 1,
        "Lot": 2,
        "ReceivingTeam": 3,
        "Target": 2,
        "ExitStep": 14,
        "InductionStep": 5,
        "Budget": 39,
        "Practitioner": 2,
        "PractitionerLot": 3,
        "User": 7,
        "UserLot": 12,
        "OneTimeLink": 7,
    }
    assert names(empty, Lot) == ["Coast", "Moorside"]
    assert {row.planned_pence for row in empty.exec(select(Budget))} == {1_850_000}
    coast = empty.exec(select(Lot).where(Lot.name == "Coast")).one()
    assert empty.get_one(User, coast.district_manager_id).name == "Delia Crane"
    noel = empty.exec(select(User).where(User.email == "noel.baptiste@example.org")).one()
    worker = empty.get_one(Practitioner, noel.practitioner_id)
    assert (worker.name, worker.case_limit, worker.ends_on) == (
        "Noel Baptiste",
        18,
        date(2027, 4, 30),
    )
    assert noel.active_until == worker.ends_on
    assert len(links(capsys.readouterr().out)) == 7
    assert ask("audit", "verify") == 0


def test_a_council_list_is_imported_into_a_lot_of_the_example(empty: Session, capsys) -> None:
    ask("contract", str(EXAMPLE))
    sample = ROOT / "seed" / "council-list.xlsx"
    assert ask("import", str(sample), "--lot", "Coast") == 0
    assert "33 open a case" in capsys.readouterr().out
    empty.rollback()
    assert empty.exec(select(func.count()).select_from(Case)).one() == 33
    assert ask("counters") == 0


def test_every_person_of_the_example_chooses_a_password_by_the_printed_link(
    empty: Session, capsys
) -> None:
    ask("contract", str(EXAMPLE))
    printed = links(capsys.readouterr().out)
    settings = Settings(origin="http://testserver", hosts=("testserver",))
    engine = open_engine(settings.database_url)
    app = create_app(settings, Database(engine, lambda: datetime.now(UTC)))
    password = "seven kites over Marrakesh"
    for email, path in printed.items():
        browser = Browse(app)
        assert "Your password is saved." in browser.follow(path, password=password, again=password)
        browser.post("/sign-in", email=email, password=password)
        browser.get("/")
        browser.get(path, 404)
    engine.dispose()


def test_a_contract_name_that_is_taken_is_refused(empty: Session, tmp_path: Path, capsys) -> None:
    ask("contract", str(EXAMPLE))
    before = counts(empty)
    again = changed(tmp_path, 'reference = "WES-CS-027"', 'reference = "WES-CS-028"')
    assert ask("contract", again) == 2
    assert counts(empty) == before
    said = " ".join(capsys.readouterr().err.split())
    assert said == ("contract, name: There is a contract named Westvale backlog project already.")


def test_an_address_that_signs_in_already_is_refused_and_nothing_is_kept(
    here: World, tmp_path: Path, capsys
) -> None:
    file = changed(tmp_path, "tom.arkwell@example.org", "Tess@Example.org")
    assert ask("contract", file) == 2
    assert "people 2, email: Somebody already signs in" in " ".join(capsys.readouterr().err.split())
    assert len(here.rows(Contract)) == 2
    assert here.rows(User, name="Priya Holt") == []


def test_a_second_contract_stands_beside_the_first_and_its_people_see_only_it(
    here: World, capsys
) -> None:
    assert ask("contract", str(EXAMPLE)) == 0
    [priya] = here.rows(User, name="Priya Holt")
    mine = {row.lot_id for row in here.rows(UserLot, user_id=priya.id)}
    assert mine == {row.id for row in here.rows(Lot) if row.name in {"Coast", "Moorside"}}


def test_a_database_with_demo_people_takes_no_real_contract(empty: Session, capsys) -> None:
    ask("contract", str(EXAMPLE))
    with Session(empty.get_bind().execution_options(writing=True)) as session:
        session.exec(select(User).where(col(User.name) == "Ada Wren")).one().demo = True
        session.commit()
    assert ask("contract", str(EXAMPLE)) == 2
    assert "holds demo people" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("[contract]", "[contract", "contract.toml is not a TOML file: "),
        ('agency = "Brightwater Practice"', "", "contract, agency: This is missing."),
        ("[contract]", "[contract]\nowner = 1", "contract, owner: This is not known here."),
        ("[contract]", "[parties]", "contract: This is missing."),
        ('name = "Coast"', "name = 7", "lots 1, name: Write text in quotes."),
        ('name = "Coast"', 'name = " "', "lots 1, name: This is empty."),
        ('"WES-CS-027"', f'"{"W" * 41}"', "contract, reference: This should have at most 40"),
        ('"Westvale Council"', '"West\\u202evale"', "contract, council: Remove the hidden"),
        ('"day_zero"', '"two"', "contract, counting: This should be 'day_zero',"),
        ("2026-11-02", "2026-11-02T09:00:00", "contract, starts_on: Write a day, for example"),
        ("2026-11-02", '"31/02/2026"', "contract, starts_on: February 2026 has 28 days."),
        ("2026-11-02", "0026-11-02", "contract, starts_on: The year 26 is not between"),
        ("2027-07-30", "2026-07-30", "contract, ends_on: The contract starts on 2 Nov 2026"),
        ("2027-07-30", "2072-07-30", "contract, ends_on: A contract runs for at most 10 years."),
        ("[2026-12-29]", "[2026-12-29, 2026-12-29]", "contract, extra_days: 2026-12-29 is there 2"),
        ("[2026-12-29]", "2026-12-29", "contract, extra_days: Write a list."),
        ("= 45", "= 0", "clock_rules 1, limit_working_days: This should be greater than or equal"),
        ('"child_and_family_assessment"', '"core_assessment"', "clock_rules: A rule for child_and"),
        ("weekly_intake = 6", "weekly_intake = true", "lots 1, teams 1, weekly_intake: Write a"),
        ("weekly_intake = 6", "weekly_intake = 600", "lots 1, weekly_intake: A team takes at most"),
        ("Strand locality", "Harbour locality", "lots 1, teams: Harbour locality is there 2 times"),
        ('"18,500.00"', "18500", "lots 1, weekly_budget: Write an amount of pounds in quotes"),
        ('"18,500.00"', '"plenty"', "lots 1, weekly_budget: Write an amount in pounds"),
        ("2027-05-28", "2027-08-28", "lots 1, ends_on: The contract ends on 30 Jul 2027."),
        ('name = "Moorside"', 'name = "Coast"', "lots: Coast is there 2 times."),
        ("delia.crane", "delia.crown", "lots 1, district_manager: No District Manager of Coast"),
        ("qualified = true", 'qualified = "yes"', "practitioners 1, qualified: Write true or"),
        ("2027-04-30", "2026-10-30", "practitioners 2, ends_on: This is before the start on 2 Nov"),
        ('lots = ["Coast"]', 'lots = ["Cliff"]', "practitioners 1, lots: There is no lot Cliff."),
        ('lots = ["Coast"]', "lots = []", "practitioners 1, lots: This is empty."),
        ('lots = ["Coast"]', 'lots = ["Moorside"]', "people 3, practitioner: The sign-in needs"),
        ('name = "Noel Baptiste"', 'name = "Ivy Larkin"', "practitioners: Ivy Larkin is there 2"),
        ('practitioner = "Noel Baptiste"', "", "people 4, practitioner: Name the practitioner"),
        ('practitioner = "Noel Baptiste"', 'practitioner = "Ivy Larkin"', "people, practitioner:"),
        ('practitioner = "Noel Baptiste"', 'practitioner = "Al"', "There is no practitioner Al."),
        ('"team_manager"', '"team_manager"\npractitioner = "Al"', "Only the role practitioner has"),
        ('"team_manager"', '"boss"', "people 2, role: This should be 'agency_project_manager',"),
        ('"team_manager"', '"auditor"', "people 2, organisation: Choose the organisation"),
        ("tom.arkwell@example.org", "tom", "people 2, email: Write an email address"),
        ("tom.arkwell@example.org", "", "people 2, email: This is empty."),
        (
            "paragraph 4.1",
            "p" * 41,
            "lots 1, target, clause: This should have at most 40 characters.",
        ),
        ("tom.arkwell@", "Priya.Holt@", "people: priya.holt@example.org is there 2 times."),
    ],
)
def test_each_fault_is_a_sentence_that_names_its_place_and_nothing_is_saved(
    empty: Session, tmp_path: Path, capsys, old: str, new: str, sentence: str
) -> None:
    assert ask("contract", changed(tmp_path, old, new)) == 2
    assert sentence in " ".join(capsys.readouterr().err.split())
    assert nothing(empty)


def test_all_faults_of_a_file_are_named_at_once(empty: Session, tmp_path: Path, capsys) -> None:
    file = Path(changed(tmp_path, 'agency = "Brightwater Practice"', ""))
    file.write_text(file.read_text().replace("= 45", '= "45"'))
    assert ask("contract", str(file)) == 2
    assert capsys.readouterr().err.splitlines() == [
        "contract, agency: This is missing.",
        "clock_rules 1, limit_working_days: Write a whole number without quotes.",
    ]


def test_a_file_that_is_no_text_is_refused(empty: Session, tmp_path: Path, capsys) -> None:
    file = tmp_path / "contract.toml"
    file.write_bytes(b"\xff\xfe\x00")
    assert ask("contract", str(file)) == 2
    assert "is not a TOML file" in capsys.readouterr().err


def test_a_contract_needs_a_database_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    monkeypatch.setenv("CLEARWAY_DATABASE_URL", f"sqlite:///{tmp_path / 'none.sqlite3'}")
    assert ask("contract", str(EXAMPLE)) == 2
    assert "There is no database yet" in capsys.readouterr().err
