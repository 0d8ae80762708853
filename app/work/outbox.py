"""Sends the messages that wait, each at least once, and keeps no link of one that has gone."""

import smtplib
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage
from functools import partial
from urllib.parse import urlsplit

from sqlmodel import col, select

from app.access.actor import Actor
from app.access.models import User
from app.kernel.acts import Act
from app.settings import Settings
from app.work.database import Database
from app.work.keeper import keep_doing
from app.work.models import OutboxMessage
from app.work.uow import UnitOfWork

LOOK_EVERY_SECONDS = 10
MOST_TRIES = 10
AT_ONCE = 100
PATIENCE_SECONDS = 10
# What a server says of one message; the next may go all the same.
REFUSED = (
    smtplib.SMTPResponseException,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPNotSupportedError,
)


def send_waiting(database: Database, settings: Settings) -> int:
    """Send what is due; returns how many messages went. A failure is noted and tried again later.

    A message is marked after the mail server took it, so that a crash between the two sends it
    twice, under the same id, and never not at all.
    """
    with database.work(Actor.nobody()) as uow:
        due = _due(uow)
        if not due:
            return 0
        problems: dict[int, str] = {}
        try:
            with _server(settings) as server:
                for message, address in due:
                    problems[message.id or 0] = _try(server, _mail(message, address, settings))
        except (OSError, smtplib.SMTPException) as unreachable:
            for message, _ in due:
                problems.setdefault(message.id or 0, _words(unreachable))
        _mark(uow, problems)
        return sum(not problem for problem in problems.values())


def keep_sending(database: Database, settings: Settings, stop: threading.Event) -> None:
    """Send what is due every few seconds until told to stop."""
    keep_doing(partial(send_waiting, database, settings), LOOK_EVERY_SECONDS, stop)


def _due(uow: UnitOfWork) -> list[tuple[OutboxMessage, str]]:
    """Messages that wait, with their addresses; each failure doubles the time to the next try."""
    waiting = uow.session.exec(
        select(OutboxMessage, User.email)
        .join(User, col(User.id) == OutboxMessage.to_user_id)
        .where(col(OutboxMessage.sent_at).is_(None), OutboxMessage.tries < MOST_TRIES)
        # Those not tried yet first, so that none waits behind a hundred that failed; but what is
        # urgent waits behind nothing.
        .order_by(col(OutboxMessage.urgent).desc(), col(OutboxMessage.tries), col(OutboxMessage.id))
        .limit(AT_ONCE)
    ).all()
    return [
        (message, address)
        for message, address in waiting
        if uow.now >= message.created_at + timedelta(minutes=2**message.tries - 1)
    ]


@contextmanager
def _server(settings: Settings) -> Iterator[smtplib.SMTP]:
    with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=PATIENCE_SECONDS) as server:
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
        yield server


def _mail(message: OutboxMessage, address: str, settings: Settings) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = settings.smtp_from
    mail["To"] = address
    mail["Subject"] = message.subject
    mail["Message-ID"] = f"<message-{message.id}@{urlsplit(settings.origin).hostname}>"
    mail.set_content(f"{message.subject}\n\n{settings.origin}{message.path}\n")
    return mail


def _try(server: smtplib.SMTP, mail: EmailMessage) -> str:
    """What went wrong; nothing when the server took the message."""
    try:
        server.send_message(mail)
    except REFUSED as refused:
        return _words(refused)
    return ""


def _mark(uow: UnitOfWork, problems: dict[int, str]) -> None:
    with uow.command(Act.MAIL_SEND):
        for message_id, problem in problems.items():
            message = uow.get(OutboxMessage, message_id)
            message.tries += 1
            message.problem = problem
            message.sent_at = None if problem else uow.now
            if not problem:
                message.path = ""
            outcome = problem or "mail sent"
            uow.note("users", message.to_user_id, outcome=outcome, message=message_id)


def _words(problem: Exception) -> str:
    return f"{type(problem).__name__}: {problem}"[:200]
