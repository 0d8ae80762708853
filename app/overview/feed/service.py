"""Making and ending one's own calendar feed."""

import secrets

from sqlmodel import col, select

from app.access.sessions import digest
from app.kernel.acts import Act
from app.overview.feed.models import CalendarFeed
from app.work.uow import UnitOfWork


def make(uow: UnitOfWork) -> str:
    """Make a feed for whoever asks and return its secret, shown once; an older one ends."""
    with uow.command(Act.FEED_KEEP):
        _end_all(uow)
        token = secrets.token_urlsafe(32)
        uow.add(
            CalendarFeed(token_hash=digest(token), user_id=uow.actor.user_id or 0, made_at=uow.now)
        )
    return token


def end(uow: UnitOfWork) -> None:
    """End the feed of whoever asks: its address leads nowhere from now on."""
    with uow.command(Act.FEED_KEEP):
        _end_all(uow)


def _end_all(uow: UnitOfWork) -> None:
    own = CalendarFeed.user_id == uow.actor.user_id, col(CalendarFeed.ended_at).is_(None)
    for feed in uow.session.exec(select(CalendarFeed).where(*own)).all():
        feed.ended_at = uow.now
