"""What the vault seals opens with its own key, for its own two people, unchanged, and not else."""

from pathlib import Path

import pytest

from app.kernel.errors import Refused
from app.work import vault as vault_module
from app.work.vault import STEP, Vault

WORDS = "She sleeps badly since the review in May."
ABOUT = "7 and 9"


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "keys" / "seal.key")


def test_sealed_words_open_again_and_cannot_be_read_before(vault: Vault) -> None:
    key = vault.new_key(ABOUT)
    sealed = vault.seal(key, WORDS, ABOUT)
    assert vault.open(key, sealed, ABOUT) == WORDS
    assert "sleeps" not in sealed
    assert vault.seal(key, WORDS, ABOUT) != sealed
    assert Vault(vault.key_file).open(key, sealed, ABOUT) == WORDS


def test_the_length_of_what_is_sealed_tells_little(vault: Vault) -> None:
    key = vault.new_key(ABOUT)
    lengths = {len(vault.seal(key, "x" * long, ABOUT)) for long in (1, 40, STEP)}
    assert len(lengths) == 1
    assert vault.open(key, vault.seal(key, "", ABOUT), ABOUT) == ""


def test_only_its_owner_reads_the_key_file(vault: Vault) -> None:
    vault.new_key(ABOUT)
    assert vault.key_file.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in vault.key_file.parent.iterdir()] == ["seal.key"]


def test_nothing_opens_for_others_or_once_it_was_changed(vault: Vault) -> None:
    key = vault.new_key(ABOUT)
    sealed = vault.seal(key, WORDS, ABOUT)
    other = vault.new_key(ABOUT)
    changed = ("A" if sealed[30] != "A" else "B").join((sealed[:30], sealed[31:]))
    for wrapped, words, about in (
        (key, sealed, "7 and 8"),
        (other, sealed, ABOUT),
        (key, changed, ABOUT),
        (key, "not sealed at all", ABOUT),
        (key, "", ABOUT),
        ("", sealed, ABOUT),
    ):
        with pytest.raises(Refused):
            vault.open(wrapped, words, about)


def test_without_its_key_file_nothing_opens_and_no_new_one_is_made(vault: Vault) -> None:
    key = vault.new_key(ABOUT)
    sealed = vault.seal(key, WORDS, ABOUT)
    kept = vault.key_file.read_text(encoding="ascii")
    for spoilt in (None, "no key", "ab" * 8, "ab" * 32):
        vault.key_file.unlink(missing_ok=True)
        if spoilt is not None:
            vault.key_file.write_text(spoilt, encoding="ascii")
        with pytest.raises(Refused, match="not on this installation"):
            vault.open(key, sealed, ABOUT)
        assert vault.key_file.exists() == (spoilt is not None)
    vault.key_file.write_text(kept, encoding="ascii")
    assert vault.open(key, sealed, ABOUT) == WORDS


def test_of_two_processes_that_make_the_key_at_once_both_use_the_first(vault: Vault) -> None:
    first = vault.new_key(ABOUT)
    kept = vault.key_file.read_text(encoding="ascii")
    assert vault_module._make(vault.key_file) == bytes.fromhex(kept)
    assert vault.open(first, vault.seal(first, WORDS, ABOUT), ABOUT) == WORDS
    assert [file.name for file in vault.key_file.parent.iterdir()] == ["seal.key"]
