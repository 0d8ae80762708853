"""The act that sends each decider one digest a day, and does so every working morning."""

import threading
from collections.abc import Iterator
from functools import partial

from app.agreements.proposals.models import Proposal
from app.agreements.reminders import queries, rules
from app.agreements.reminders.models import Digest
from app.agreements.reminders.rules import Waits
from app.contract.everywhere import everywhere
from app.kernel.acts import Act
from app.kernel.days import LONDON
from app.work.database import Database
from app.work.keeper import keep_doing
from app.work.uow import UnitOfWork

LOOK_EVERY_SECONDS = 600
FROM_HOUR = 7


def send(uow: UnitOfWork) -> int:
    """Send today's digests that are due and were not sent yet; returns how many.

    Each chases what is late; a proposal that was chased as often as the contract says is left.
    """
    if not list(_due(uow)):
        return 0
    with uow.command(Act.DIGEST_SEND):
        sent, chased = 0, set[int]()
        for user_id, contract_id, desk in _due(uow):
            sent += 1
            chased |= {one.proposal_id for one in desk if one.is_chased}
            uow.add(
                Digest(
                    user_id=user_id,
                    contract_id=contract_id,
                    sent_on=uow.today,
                    sent_at=uow.now,
                    waiting=len(desk),
                    late=sum(one.is_late for one in desk),
                )
            )
            uow.mail(user_id, rules.subject(desk), "/agreements")
        for proposal_id in sorted(chased):
            uow.get(Proposal, proposal_id).chased += 1
        return sent


def keep_sending_digests(database: Database, stop: threading.Event) -> None:
    """Send the day's digests from seven in the morning, or as soon as the server runs again."""
    keep_doing(partial(send_daily, database), LOOK_EVERY_SECONDS, stop)


def send_daily(database: Database) -> int:
    """Send what is due in every contract, but not at night."""
    if database.clock().astimezone(LONDON).hour < FROM_HOUR:
        return 0
    with database.work(everywhere(database)) as uow:
        return send(uow)


def _due(uow: UnitOfWork) -> Iterator[tuple[int, int, list[Waits]]]:
    told = {}
    for (user_id, contract_id), desk in queries.desks(uow).items():
        if contract_id not in told:
            told[contract_id] = queries.last_digests(uow, contract_id)
        last_at, last_on = told[contract_id].get(user_id, (None, None))
        if last_on != uow.today and rules.is_due(desk, last_at):
            yield user_id, contract_id, desk
