"""What of a database of invented cases is asked for, and who asks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, insert, select, text
from sqlmodel import Session, col

from app.access.models import SignInSession, User, UserLot
from app.access.roles import Role
from app.access.sessions import digest
from app.cases.register.models import Case
from app.cases.states import CaseState
from app.contract.models import Contract, Lot
from app.kernel.days import london_date
from app.people.models import Practitioner
from app.reports.packs.models import PackDraft
from app.reports.packs.rules import Kind, period_of

# The sessions of whoever asks.
MANAGER, COMMISSIONER = "bench", "bench-commissioner"


@dataclass(frozen=True)
class Stock:
    """A database with the rows that the measured requests ask for.

    `served_by` is the process of the database's server, if it has one.
    """

    address: str
    served_by: int | None
    cases: int
    lot_id: int
    lot: str
    practitioner_id: int
    unallocated: tuple[int, ...]
    busy: tuple[int, ...]
    export: str
    pack_draft: int


def look_into(engine: Engine, address: str, served_by: int | None) -> Stock:
    """Sign the project manager in and find the cases that will be asked for."""
    with Session(engine) as session:
        lot_ids = sign_in(session)
        counted = session.execute(
            text("SELECT lot_id, state, count(*) n FROM cases GROUP BY lot_id, state")
        ).all()
        mine = [(lot, state, number) for lot, state, number in counted if lot in lot_ids]
        lot_id = max((n, lot) for lot, state, n in mine if state == CaseState.UNALLOCATED)[1]
        lot_here = (Case.lot_id == lot_id, Case.state == CaseState.UNALLOCATED)
        return Stock(
            address,
            served_by,
            sum(number for _, _, number in counted),
            lot_id,
            str(session.scalar(text("SELECT name FROM lots WHERE id = :id"), {"id": lot_id})),
            free_practitioner(session, lot_id),
            tuple(session.scalars(select(col(Case.id)).where(*lot_here))),
            tuple(
                session.scalars(
                    select(col(Case.id))
                    .where(Case.lot_id == lot_id, Case.state == CaseState.HANDED_OVER)
                    .limit(200)
                )
            ),
            nearest_export(mine),
            monthly_draft(session, lot_ids),
        )


def sign_in(session: Session) -> set[int]:
    """Put the first project manager's and their commissioner's sessions in; returns their lots."""
    lots: set[int] = set()
    for token, role in ((MANAGER, Role.AGENCY_PROJECT_MANAGER), (COMMISSIONER, Role.COMMISSIONER)):
        beside = select(UserLot.user_id).where(col(UserLot.lot_id).in_(lots))
        people = select(col(User.id)).where(User.role == role).order_by(col(User.id))
        user_id = session.scalars(
            people.where(col(User.id).in_(beside)) if lots else people
        ).first()
        now = datetime.now(UTC)
        session.execute(
            insert(SignInSession).values(
                token_hash=digest(token),
                user_id=user_id,
                started_at=now,
                # So late that no request of the run has to note that the session is in use.
                seen_at=now + timedelta(hours=1),
                agent="bench",
            )
        )
        lots |= set(session.scalars(select(UserLot.lot_id).where(UserLot.user_id == user_id)))
    session.commit()
    return lots


def monthly_draft(session: Session, lot_ids: Collection[int]) -> int:
    """Begin the contract's monthly pack; returns the draft's id."""
    own = select(Lot.contract_id).where(col(Lot.id).in_(lot_ids))
    agreed = session.scalars(select(Contract).where(col(Contract.id).in_(own))).one()
    now = datetime.now(UTC)
    period = period_of(Kind.MONTHLY, agreed.starts_on, agreed.ends_on, london_date(now))
    made = session.execute(
        insert(PackDraft).values(
            contract_id=agreed.id,
            kind=Kind.MONTHLY,
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            remarks="",
            decisions="",
            made_at=now,
            version=1,
        )
    )
    session.commit()
    return int(made.inserted_primary_key[0])


def free_practitioner(session: Session, lot_id: int) -> int:
    """A qualified worker of the lot who is still there."""
    found = session.scalar(
        text(
            "SELECT p.id FROM practitioners p JOIN practitioner_lots l ON l.practitioner_id = p.id "
            "WHERE l.lot_id = :lot AND p.qualified AND p.ends_on IS NULL "
            "AND p.registration_expires_on > :today ORDER BY p.id"
        ),
        {"lot": lot_id, "today": datetime.now(UTC).date().isoformat()},
    )
    if found is None:
        raise RuntimeError(
            f"Nobody may hold a case in lot {lot_id} ({Practitioner.__tablename__})."
        )
    return int(found)


def nearest_export(counted: list[tuple[int, str, int]]) -> str:
    """The filter whose list is nearest to 10,000 cases."""
    choices = {"show=all": sum(number for _, _, number in counted)}
    choices |= {f"lot={lot}&state={state}": number for lot, state, number in counted}
    return min(choices, key=lambda query: abs(choices[query] - 10_000))
