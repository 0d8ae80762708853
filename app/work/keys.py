"""The key of a rendered form, by which a second press is known to carry the same answers."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class FormKey:
    """The key of one rendered form and the digest of what was sent with it.

    `kept` tells what its free text seems to hold of a child's identity and was kept all the same.
    """

    key: str
    body_digest: str
    kept: str = ""


def digest_of(pairs: Iterable[tuple[str, str]]) -> str:
    """The digest of a form's contents, by which a used key is known to carry the same answers."""
    return hashlib.sha256(repr(sorted(pairs)).encode()).hexdigest()
