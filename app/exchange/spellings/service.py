"""Acts on spellings: keep what a list held and nobody knows, say what one means, add one."""

from collections.abc import Mapping

from sqlmodel import select

from app.contract import queries as contract
from app.exchange.cells import LONGEST_SPELLING, fold
from app.exchange.columns import Unknown
from app.exchange.layouts import Field
from app.exchange.spellings.models import Spelling
from app.exchange.spellings.rules import chosen
from app.kernel.acts import Act
from app.kernel.errors import Invalid
from app.work.uow import UnitOfWork


def keep_unknown(uow: UnitOfWork, contract_id: int, met: Mapping[Unknown, int]) -> None:
    """Keep each spelling that a list held and nobody knows, once, with how many rows hold it."""
    uow.must_be_in(Act.IMPORT_RUN)
    known = {
        (one.field, one.spelling): one
        for one in uow.session.exec(select(Spelling).where(Spelling.contract_id == contract_id))
    }
    rows: dict[tuple[Field, str], int] = {}
    for unknown, number in met.items():
        key = unknown.field, fold(unknown.text)
        rows[key] = rows.get(key, 0) + number
        if key not in known:
            known[key] = uow.add(_spelling(uow, contract_id, unknown.field, unknown.text))
    for key, number in rows.items():
        known[key].rows, known[key].last_met_on = number, uow.today


def say(uow: UnitOfWork, spelling_id: int, meaning: str) -> None:
    """Say what a spelling means; every list read from now on is read so."""
    with uow.command(Act.SPELLING_MAP):
        spelling = uow.get(Spelling, spelling_id)
        _say(uow, spelling, meaning)


def add_worker(uow: UnitOfWork, contract_id: int, text: str, meaning: str) -> None:
    """Say of an entry of the worker column whether it names somebody."""
    with uow.command(Act.SPELLING_MAP):
        contract.find_contract(uow, contract_id)
        if not fold(text):
            raise Invalid("text", "Write what stands in the column, with at least one letter.")
        spelling = uow.session.exec(
            select(Spelling).where(
                Spelling.contract_id == contract_id,
                Spelling.field == Field.ALLOCATED_WORKER,
                Spelling.spelling == fold(text),
            )
        ).first()
        if spelling is None:
            spelling = uow.add(_spelling(uow, contract_id, Field.ALLOCATED_WORKER, text))
        _say(uow, spelling, meaning)


def _say(uow: UnitOfWork, spelling: Spelling, meaning: str) -> None:
    spelling.meaning = chosen(spelling.field, meaning)
    spelling.said_by, spelling.said_at = uow.actor.user_id, uow.now


def _spelling(uow: UnitOfWork, contract_id: int, field: Field, text: str) -> Spelling:
    return Spelling(
        contract_id=contract_id,
        field=field,
        spelling=fold(text),
        written=" ".join(text.split())[:LONGEST_SPELLING],
        first_met_on=uow.today,
        last_met_on=uow.today,
    )
