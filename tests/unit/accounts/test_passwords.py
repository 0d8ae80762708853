"""Which passwords are refused, and how they are hashed."""

from contextlib import suppress

import pytest

from app.accounts.passwords import hashing
from app.accounts.passwords.rules import EASY, refuse_weak
from app.kernel.errors import Invalid
from tests.steps import steps

ABOUT = ("Tess Oyelaran", "tess@example.org")
REFUSED = (
    "agency2026!!", "council-tess-2026", "socialcare12345", "Password1234", "p4ssw0rd1234",
    "passwordpassword", "aaaaaaaaaaaa", "abababababab", "qwertyuiop123", "1qaz2wsx3edc4rfv",
    "abcdefghijklm", "123456789012", "987654321098", "Welcome2Council", "letmein-letmein",
    "TessOyelaran1", "oyelaran-tess", "iloveyou2026", "Summer2026!!!!", "ManchesterUnited1",
    "liverpool12345", "sunshine-sunshine", "monkeydragon99", "Clearway-2026-Agency",
    "qwerty123456", "asdfghjkl1234", "tess@example.org", "Social Care 2026", "C0uncil!2026!",
    "zxcvbnmasdfghjkl", "childrenchildren", "            ",
)  # fmt: skip
ACCEPTED = (
    "quiet harbour 27 lanterns", "correct horse battery staple", "Ynghylch y môr mawr",
    "x7!kQp2vB9zL", "839201746524", "tess839201746524", "tess walks to Marrakesh",
    "purple otter umbrella", "agency of seven clouds", "ünïcödé-päss-wörd", "wet pavement sings",
    "x" + "quiet harbour " * 73,
)  # fmt: skip


@pytest.mark.parametrize("password", REFUSED)
def test_passwords_that_would_be_tried_first_are_refused(password: str) -> None:
    with pytest.raises(Invalid) as refusal:
        refuse_weak(password, ABOUT)
    assert refusal.value.sentence == EASY
    assert refusal.value.field == "password"


@pytest.mark.parametrize("password", ACCEPTED)
def test_other_passwords_are_accepted_without_rules_of_composition(password: str) -> None:
    refuse_weak(password, ABOUT)


@pytest.mark.parametrize(("password", "words"), [("x7!kQp2vB9z", "12"), ("k" * 1_025, "1,024")])
def test_a_password_too_short_or_too_long_is_told_the_limit(password: str, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        refuse_weak(password, ABOUT)


@pytest.mark.parametrize("part", ["ab", "password", "a1", "qwe", "qwertyuiop", "1a2b3c4d", "é"])
def test_a_password_twice_as_long_takes_about_twice_the_steps_to_look_at(part: str) -> None:
    def look_at(length: int) -> None:
        with suppress(Invalid):
            refuse_weak((part * length)[: length - 2] + "zz", ABOUT)

    look_at(512)
    assert steps(lambda: look_at(1_024)) < 2.2 * steps(lambda: look_at(512))


def test_a_password_is_verified_exactly_as_typed() -> None:
    stored = hashing.hash_of(" Wet pavement sings ")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert hashing.matches(" Wet pavement sings ", stored) == (True, None)
    assert hashing.matches("Wet pavement sings", stored)[0] is False


def test_nobody_has_no_password_at_all() -> None:
    for password in ("", "x" * 2_000, "anything else"):
        assert hashing.matches(password, None) == (False, None)
