"""What a contract agreed, version by version: reading it, and which number comes next."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from sqlmodel import col, select

from app.access.models import User
from app.db.tables import Agreed
from app.kernel.errors import Change, Conflict
from app.work.uow import UnitOfWork

Terms = TypeVar("Terms", bound=Agreed)
Versions = Sequence[tuple[Terms, str | None]]


def versions_of(
    uow: UnitOfWork, model: type[Terms], contract_id: int, *of: Any
) -> list[tuple[Terms, str | None]]:
    """Every version with the name of who set it, the newest first; `of` narrows to one kind."""
    found = uow.session.exec(
        select(model, User.name)
        .outerjoin(User, col(User.id) == col(model.by_user_id))
        .where(col(model.contract_id) == contract_id, *of)
        .order_by(col(model.number).desc())
    ).all()
    return [(terms, name) for terms, name in found]


def next_number(
    versions: Versions[Terms], began_from: int, shown: Callable[[Terms], Mapping[str, str]]
) -> int:
    """The number of a version made from the one numbered `began_from`, 0 where there was none.

    Conflict, with the newest version in the words of `shown`, if that is another.
    """
    newest, by = versions[0] if versions else (None, None)
    number = newest.number if newest else 0
    if number != began_from:
        raise Conflict(Change(by, shown(newest) if newest else {}))
    return number + 1
