"""Seals words with keys that the database does not hold."""

import hashlib
import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.kernel.errors import Refused

KEY_BYTES, NONCE_BYTES = 32, 12
# Sealed words are as long as the next step, so that their length tells little.
STEP = 256
CLOSED = "The key that opens this is not on this installation: ask whoever runs it to put it back."


@dataclass(frozen=True)
class Vault:
    """Makes, wraps and uses keys; the one that wraps all others is a file beside no database."""

    key_file: Path

    def new_key(self, about: str) -> str:
        """A key of its own for something, wrapped; it opens only for the same `about`."""
        master = self._master(make=True)
        return f"{_name_of(master)}.{_encrypt(master, AESGCM.generate_key(KEY_BYTES * 8), about)}"

    def seal(self, wrapped: str, words: str, about: str) -> str:
        """Words that only `open` can read again."""
        plain = words.encode()
        padded = plain.ljust(-(-len(plain) // STEP) * STEP, b"\0")
        return _encrypt(self._unwrap(wrapped, about), padded, about)

    def open(self, wrapped: str, sealed: str, about: str) -> str:
        """The words; Refused without the right key, or where anything sealed was changed."""
        return _decrypt(self._unwrap(wrapped, about), sealed, about).rstrip(b"\0").decode()

    def _unwrap(self, wrapped: str, about: str) -> bytes:
        name, _, key = wrapped.partition(".")
        master = self._master(make=False)
        if name != _name_of(master):
            raise Refused(CLOSED)
        return _decrypt(master, key, about)

    def _master(self, *, make: bool) -> bytes:
        try:
            kept = bytes.fromhex(self.key_file.read_text(encoding="ascii").strip())
        except FileNotFoundError:
            if not make:
                raise Refused(CLOSED) from None
            kept = _make(self.key_file)
        except ValueError:
            raise Refused(CLOSED) from None
        if len(kept) != KEY_BYTES:
            raise Refused(CLOSED)
        return kept


def _make(file: Path) -> bytes:
    """A new key in a file that only its owner reads; another process may have been first."""
    file.parent.mkdir(parents=True, exist_ok=True)
    own = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as written:
        written.write(secrets.token_hex(KEY_BYTES))
    try:
        os.link(own, file)
    except FileExistsError:
        pass
    finally:
        own.unlink()
    return bytes.fromhex(file.read_text(encoding="ascii"))


def _name_of(master: bytes) -> str:
    """By which a wrapped key says what wrapped it; it gives nothing of the key away."""
    return hashlib.sha256(b"clearway vault" + master).hexdigest()[:16]


def _encrypt(key: bytes, plain: bytes, about: str) -> str:
    nonce = os.urandom(NONCE_BYTES)
    return urlsafe_b64encode(nonce + AESGCM(key).encrypt(nonce, plain, about.encode())).decode()


def _decrypt(key: bytes, sealed: str, about: str) -> bytes:
    try:
        kept = urlsafe_b64decode(sealed)
        return AESGCM(key).decrypt(kept[:NONCE_BYTES], kept[NONCE_BYTES:], about.encode())
    except (InvalidTag, ValueError):
        raise Refused(CLOSED) from None
