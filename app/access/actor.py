"""The person, or nobody, on whose behalf something is asked."""

from dataclasses import dataclass
from datetime import datetime

from app.access.grants import COMMAND_LINE, GRANTS, NOBODYS
from app.access.roles import Organisation, Role
from app.kernel.acts import Act
from app.kernel.errors import Forbidden


@dataclass(frozen=True)
class Actor:
    """Who asks, what they may do and which lots they may see."""

    user_id: int | None
    name: str
    role: Role | None
    organisation: Organisation | None
    acts: frozenset[Act]
    lot_ids: frozenset[int]
    contract_ids: frozenset[int]
    practitioner_id: int | None = None
    session_id: int | None = None
    # When they last proved who they are; None where nobody has to, as on the command line.
    proved_at: datetime | None = None

    @classmethod
    def nobody(cls) -> "Actor":
        """Someone not signed in: may sign in or use a one-time link, and sees no lot."""
        return cls(None, "Nobody", None, None, NOBODYS, frozenset(), frozenset())

    @classmethod
    def command_line(cls, lot_ids: frozenset[int], contract_ids: frozenset[int]) -> "Actor":
        """Whoever runs a command on the server itself."""
        return cls(None, "The command line", None, None, COMMAND_LINE, lot_ids, contract_ids)

    @property
    def own_cases_only(self) -> bool:
        return self.role is Role.PRACTITIONER

    def may(self, act: Act) -> bool:
        return act in self.acts

    def must(self, act: Act) -> None:
        if not self.may(act):
            raise Forbidden(
                f"Your role cannot do this: {act.sentence[0].lower()}{act.sentence[1:]}."
            )


def actor_for(
    user_id: int,
    name: str,
    role: Role,
    organisation: Organisation,
    lots: frozenset[tuple[int, int]],
    *,
    practitioner_id: int | None = None,
    session_id: int | None = None,
    proved_at: datetime | None = None,
) -> Actor:
    """An actor with the acts of the role; `lots` are pairs of lot and contract."""
    return Actor(
        user_id,
        name,
        role,
        organisation,
        GRANTS[role],
        frozenset(lot for lot, _ in lots),
        frozenset(contract for _, contract in lots),
        practitioner_id,
        session_id,
        proved_at,
    )
