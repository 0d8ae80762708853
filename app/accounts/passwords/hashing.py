"""Keeps passwords as argon2id hashes, and takes as long for nobody's password as for somebody's."""

from concurrent.futures import ThreadPoolExecutor

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher

from app.accounts.passwords.rules import LONGEST

_HASHER = PasswordHash((Argon2Hasher(memory_cost=19_456, time_cost=2, parallelism=1),))
# Each hash takes 19 MiB, which the thread that worked on it keeps: in threads of their own, a
# crowd at the door takes four times that and no more.
_THREADS = ThreadPoolExecutor(max_workers=4, thread_name_prefix="hashing")
# Of a password that nobody was told, so that an unknown person costs the same time.
_NOBODYS = (
    "$argon2id$v=19$m=19456,t=2,p=1$"
    "ZZrij/LTMpDQjslyPTBP/w$Fb1dhIRT+y1GzVLXKTxjPnpDUDi9S9AvuLpxgvC31Fo"
)


def hash_of(password: str) -> str:
    """What is stored of a password."""
    return _THREADS.submit(_HASHER.hash, password).result()


def matches(password: str, stored: str | None) -> tuple[bool, str | None]:
    """Whether a password is the stored one, and a new hash where the stored one is outdated."""
    tried = password if len(password) <= LONGEST else ""
    fits, renewed = _THREADS.submit(_compare, tried, stored or _NOBODYS).result()
    return fits and stored is not None, renewed


def _compare(tried: str, stored: str) -> tuple[bool, str | None]:
    try:
        return _HASHER.verify_and_update(tried, stored)
    except UnknownHashError:
        return _HASHER.verify(tried, _NOBODYS), None
