"""The key of a rendered form, by which a second press is known to carry the same answers."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select
from sqlmodel import col

from app.kernel.errors import DomainError
from app.work.models import UsedKey


class Repeated(DomainError):
    """This very form was saved before; carries where the first answer led."""

    def __init__(self, location: str) -> None:
        super().__init__("This was already saved.")
        self.location = location


class KeyReused(DomainError):
    """A form's key came back with other contents."""

    def __init__(self) -> None:
        super().__init__("This form was already saved with other answers. Open it again.")


@dataclass(frozen=True)
class FormKey:
    """The key of one rendered form and the digest of what was sent with it.

    `kept` tells what its free text seems to hold of a child's identity and was kept all the same.
    """

    key: str
    body_digest: str
    kept: str = ""

    def must_be_new(self, connection: Connection, user_id: int | None) -> None:
        """Raise Repeated where the form was saved before, KeyReused where with other contents."""
        used = connection.execute(
            select(col(UsedKey.body_digest), col(UsedKey.user_id), col(UsedKey.location)).where(
                col(UsedKey.key) == self.key
            )
        ).first()
        if used is None:
            return
        if used.body_digest != self.body_digest or used.user_id != user_id:
            raise KeyReused
        raise Repeated(used.location)

    def use(self, connection: Connection, user_id: int | None, location: str, at: datetime) -> None:
        """Keep where the form led, for whoever sends it again."""
        connection.execute(
            insert(UsedKey).values(
                key=self.key,
                user_id=user_id,
                body_digest=self.body_digest,
                location=location,
                at=at,
            )
        )


def digest_of(pairs: Iterable[tuple[str, str]]) -> str:
    """The digest of a form's contents, by which a used key is known to carry the same answers."""
    return hashlib.sha256(repr(sorted(pairs)).encode()).hexdigest()
