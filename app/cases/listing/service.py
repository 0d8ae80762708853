"""Acts of saved views: keeping one, changing it, deleting it."""

from dataclasses import dataclass

from sqlmodel import col, func, select

from app.access.grants import GRANTS
from app.access.roles import Role
from app.cases.listing import queries
from app.cases.listing.models import SavedView
from app.cases.listing.rules import check_room
from app.cases.register.filter import CaseFilter
from app.kernel.acts import Act
from app.kernel.errors import Invalid
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class Audience:
    """What a view is called and who sees it beside its owner."""

    name: str
    shared_with: Role | None = None

    @property
    def act(self) -> Act:
        return Act.SAVED_VIEW_SHARE if self.shared_with else Act.SAVED_VIEW_KEEP


def keep(uow: UnitOfWork, wanted: CaseFilter, audience: Audience) -> int:
    """Save a filter under a name; returns the view's id."""
    with uow.command(audience.act):
        _check_name(uow, audience.name)
        contract_id = queries.contract_of(uow, wanted.lot)
        own = _count(uow, SavedView.owner_id == uow.actor.user_id)
        check_room(own=own, shared=_shared(uow, contract_id, audience.shared_with))
        view = uow.add(
            SavedView(
                contract_id=contract_id,
                owner_id=uow.actor.user_id,
                name=audience.name,
                filter=wanted.url("").removeprefix("?"),
                shared_with=audience.shared_with,
                saved_at=uow.now,
            )
        )
        return view.id or 0


def change(
    uow: UnitOfWork,
    view_id: int,
    version: int,
    audience: Audience,
    wanted: CaseFilter | None = None,
) -> None:
    """Rename one's own view, change who sees it or, with `wanted`, which cases it keeps."""
    with uow.command(audience.act):
        view = queries.own_view(uow, view_id)
        uow.expect(view, version, {"Name": view.name})
        _check_name(uow, audience.name, but=view_id)
        if audience.shared_with not in (None, view.shared_with):
            check_room(own=0, shared=_shared(uow, view.contract_id, audience.shared_with))
        view.name, view.shared_with = audience.name, audience.shared_with
        if wanted is not None:
            view.filter = wanted.url("").removeprefix("?")
        view.saved_at = uow.now


def forget(uow: UnitOfWork, view_id: int) -> None:
    """Delete one's own view; the cases it showed are untouched."""
    with uow.command(Act.SAVED_VIEW_KEEP):
        uow.remove(queries.own_view(uow, view_id))


def audiences() -> list[Role]:
    """The roles that a view may be shared with: those who see the list of cases."""
    return [role for role in Role if Act.CASE_VIEW in GRANTS[role]]


def _check_name(uow: UnitOfWork, name: str, but: int | None = None) -> None:
    same = select(SavedView.id).where(
        SavedView.owner_id == uow.actor.user_id, SavedView.name == name
    )
    if any(found != but for found in uow.session.exec(same).all()):
        raise Invalid("name", "You have a view of this name. Choose another, or replace that one.")


def _shared(uow: UnitOfWork, contract_id: int, role: Role | None) -> int:
    if role is None:
        return 0
    if role not in audiences():
        raise Invalid("shared_with", "Choose a role that sees the list of cases.")
    return _count(uow, SavedView.contract_id == contract_id, col(SavedView.shared_with) == role)


def _count(uow: UnitOfWork, *conditions: object) -> int:
    counted = select(func.count()).select_from(SavedView).where(*conditions)  # type: ignore[arg-type]
    return int(uow.session.scalar(counted) or 0)
