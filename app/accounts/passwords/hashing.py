"""Keeps passwords as argon2id hashes, and takes as long for nobody's password as for somebody's."""

import threading

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher

from app.accounts.passwords.rules import LONGEST

_HASHER = PasswordHash((Argon2Hasher(memory_cost=19_456, time_cost=2, parallelism=1),))
# Each hash takes 19 MiB; more at once would only let a crowd at the door exhaust the memory.
_AT_ONCE = threading.BoundedSemaphore(4)
# Of a password that nobody was told, so that an unknown person costs the same time.
_NOBODYS = (
    "$argon2id$v=19$m=19456,t=2,p=1$"
    "ZZrij/LTMpDQjslyPTBP/w$Fb1dhIRT+y1GzVLXKTxjPnpDUDi9S9AvuLpxgvC31Fo"
)


def hash_of(password: str) -> str:
    """What is stored of a password."""
    with _AT_ONCE:
        return _HASHER.hash(password)


def matches(password: str, stored: str | None) -> tuple[bool, str | None]:
    """Whether a password is the stored one, and a new hash where the stored one is outdated."""
    tried = password if len(password) <= LONGEST else ""
    with _AT_ONCE:
        try:
            fits, renewed = _HASHER.verify_and_update(tried, stored or _NOBODYS)
        except UnknownHashError:
            fits, renewed = _HASHER.verify(tried, _NOBODYS), None
    return fits and stored is not None, renewed
