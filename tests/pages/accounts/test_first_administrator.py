"""The command that lets the first administrator in."""

import pytest

from app import cli
from app.access.models import User, UserLot
from app.access.roles import Role
from app.settings import Settings
from tests.browse import Browse
from tests.makers_accounts import disabled
from tests.world import World

NEW = "seven kites over Marrakesh"


@pytest.fixture(autouse=True)
def own_database(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEARWAY_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("CLEARWAY_ORIGIN", settings.origin)


def ask(*words: str) -> int:
    with pytest.raises(SystemExit) as end:
        cli.main(["user", "add-administrator", *words])
    return int(end.value.code or 0)


def test_the_printed_link_lets_a_first_administrator_in(
    world: World, app: object, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask("--email", "Nora@Example.org", "--name", "Nora Finch") == 0
    path = capsys.readouterr().out.partition("http://testserver")[2].strip()
    nora = Browse(app)
    nora.post(path, password=NEW, again=NEW)
    nora.post("/sign-in", email="nora@example.org", password=NEW)
    assert "Eve Hart" in nora.get("/users")
    [user] = world.rows(User, email="nora@example.org")
    assert user.role is Role.ADMINISTRATOR
    assert user.password_hash.startswith("$argon2id$")
    assert len(world.rows(UserLot, user_id=user.id)) == 4


def test_a_known_administrator_gets_a_new_link_and_every_lot(
    world: World, app: object, capsys: pytest.CaptureFixture[str]
) -> None:
    disabled(world, "ada")
    assert ask("--email", "ada@example.org", "--name", "Ada Stone") == 0
    path = capsys.readouterr().out.partition("http://testserver")[2].strip()
    Browse(app).get(path)
    assert len(world.rows(UserLot, user_id=world.user("ada"))) == 4


@pytest.mark.parametrize(
    ("email", "words"), [("tess@example.org", "no administrator"), ("a@b", "name@example.org")]
)
def test_other_addresses_are_refused(
    email: str, words: str, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask("--email", email, "--name", "Somebody") == 2
    assert words in capsys.readouterr().err


def test_a_new_installation_has_no_account_and_no_password_to_try(app: object) -> None:
    for email in ("admin", "admin@example.org", "administrator"):
        Browse(app).post("/sign-in", 422, email=email, password="admin")
