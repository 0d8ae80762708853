"""Acts on support sessions: one is written down and sealed, and either of the two adds to it."""

from collections.abc import Collection

from app.assurance.sessions import queries, rules
from app.assurance.sessions.models import SealedNote, SupportSession, ThemeTally
from app.assurance.sessions.rules import Meeting, Theme
from app.kernel.acts import Act
from app.kernel.errors import Invalid
from app.work.uow import UnitOfWork
from app.work.vault import Vault


def record(
    uow: UnitOfWork, vault: Vault, meeting: Meeting, words: str, themes: Collection[Theme]
) -> int:
    """Write down that a session was held, seal what was said, and count its themes."""
    with uow.command(Act.SUPPORT_RECORD):
        partners = queries.possible_partners(uow)
        _, role, contract_id = partners.get(meeting.supervisee_id, ("", None, 0))
        rules.check_meeting(meeting, role, uow.today)
        session = SupportSession(
            contract_id=contract_id,
            supervisor_id=uow.actor.user_id or 0,
            **vars(meeting),
            wrapped_key="",
        )
        session.wrapped_key = vault.new_key(queries.about_of(session))
        uow.add(session)
        if words:
            _seal(uow, vault, session, words)
        month = meeting.held_on.replace(day=1)
        uow.add_up(
            ThemeTally,
            (
                ({"contract_id": contract_id, "month": month, "theme": theme}, {"sessions": 1})
                for theme in sorted(set(themes))
            ),
        )
        return session.id or 0


def add_note(uow: UnitOfWork, vault: Vault, session_id: int, words: str) -> None:
    """Either of the two adds what they think, sealed as the rest."""
    with uow.command(Act.SUPPORT_OWN):
        session = queries.find_own(uow, session_id)
        if not words:
            raise Invalid("words", "Write what you want to add.")
        _seal(uow, vault, session, words)


def _seal(uow: UnitOfWork, vault: Vault, session: SupportSession, words: str) -> None:
    uow.add(
        SealedNote(
            contract_id=session.contract_id,
            session_id=session.id or 0,
            author_id=uow.actor.user_id or 0,
            written_at=uow.now,
            sealed=vault.seal(session.wrapped_key, words, queries.about_of(session)),
        )
    )
