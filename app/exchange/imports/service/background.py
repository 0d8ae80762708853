"""Reads, imports and undoes in threads of their own, so that whoever asked sees how far it is."""

import logging
import secrets
from collections.abc import Callable
from contextlib import suppress
from threading import Thread

from app.access.actor import Actor
from app.exchange.imports.service.receiving import give_up
from app.kernel.errors import DomainError, NotFound
from app.work.database import Database

log = logging.getLogger("clearway")

Work = Callable[[Database, Actor, int], None]


def start(work: Work, database: Database, actor: Actor, batch_id: int) -> None:
    """Begin `work` on a batch; whatever ends it early is told on the import's page."""
    Thread(target=_run, args=(work, database, actor, batch_id), daemon=True).start()


def _run(work: Work, database: Database, actor: Actor, batch_id: int) -> None:
    try:
        work(database, actor, batch_id)
    except DomainError as refusal:
        _tell(database, actor, batch_id, refusal.sentence)
    except Exception:
        reference = secrets.token_hex(4)
        log.exception("Failed %s: import %s", reference, batch_id)
        sentence = f"Nothing was changed. Say this reference to your administrator: {reference}."
        _tell(database, actor, batch_id, sentence)


def _tell(database: Database, actor: Actor, batch_id: int, sentence: str) -> None:
    # Where the batch itself could not be saved, whoever sent it was told so.
    with database.work(actor) as uow, suppress(NotFound):
        give_up(uow, batch_id, sentence)
