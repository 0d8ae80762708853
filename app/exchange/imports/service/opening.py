"""Opens a case for each child of a list whose work was still open on the day of the list."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice, repeat
from typing import Any, NamedTuple

from sqlmodel import col, select

from app.cases.groups import service as groups
from app.cases.groups.rules import Member
from app.cases.register import service as register
from app.cases.register.grouping import belonging
from app.cases.register.models import Case, CaseMove
from app.cases.register.rules import Priority, core
from app.cases.scope import service as scope
from app.cases.scope.rules import Term
from app.cases.scope.service import Place, Shift
from app.cases.states import CaseState
from app.exchange.imports.models import ImportBatch
from app.exchange.imports.rules import Part
from app.exchange.imports.service.beginning import Beginnings, beginnings, children_of
from app.exchange.imports.service.clocks import Clocks
from app.exchange.imports.service.remembering import remember
from app.exchange.imports.service.telling import Teller
from app.kernel.acts import Act
from app.work.bulk import portions_of
from app.work.uow import UnitOfWork

# So many rows are held at a time of the many that an import goes through.
AT_ONCE = 5_000


class Opened(NamedTuple):
    """The cases that a list opened: new ones from the first id on, and those that came back."""

    first: int
    new: Beginnings
    cores: Sequence[str]
    case_ids: Mapping[str, int]
    back: Collection[int]


def open_cases(
    uow: UnitOfWork,
    batch: ImportBatch,
    known: Collection[str],
    withdrawn: Mapping[str, int],
    clocks: Clocks,
    teller: Teller,
) -> Opened:
    """Make a case of each child that is not known and has a row still open.

    A case that was withdrawn with its import comes back instead.
    """
    children = children_of(uow, batch, known)
    again, fresh = children.apart(withdrawn.keys())
    first, new = uow.next_id(Case), beginnings(uow, batch, clocks, fresh)
    references = new.facts["reference"]
    cores = list(map(core, references))
    ids = range(first, first + len(references))
    batch.first_case_id, batch.cases_opened = first if references else None, len(references)
    if references:
        columns = {"id": ids, **new.facts, "reference_core": cores}
        portions = teller.count(Part.OPEN, portions_of(columns, AT_ONCE), AT_ONCE)
        uow.load_columns(Case, portions, **_alike(batch))
        _post(uow, batch, ids, new.facts)
    back = _by_case(beginnings(uow, batch, clocks, again).facts, withdrawn)
    _bring_back(uow, batch, back)
    case_ids = dict(zip(references, ids, strict=True))
    case_ids |= {told["reference"]: case_id for case_id, told in back.items()}
    return Opened(first, new, cores, case_ids, back.keys())


def _by_case(
    facts: Mapping[str, Sequence[Any]], withdrawn: Mapping[str, int]
) -> dict[int, dict[str, Any]]:
    """What is told of each of the cases that were withdrawn."""
    rows = (dict(zip(facts, row, strict=True)) for row in zip(*facts.values(), strict=True))
    return {withdrawn[told["reference"]]: told for told in rows}


def _post(
    uow: UnitOfWork,
    batch: ImportBatch,
    ids: Sequence[int],
    facts: Mapping[str, Sequence[Any]],
) -> None:
    """The new cases in ledger, groups and history."""
    term, on = _arrival(uow, batch)
    place = Place(batch.lot_id, CaseState.UNALLOCATED, None)
    scope.post_arrivals(uow, ids, place, facts["due_on"], term, on)
    groups.count(uow, ((None, one) for one in _members(batch, facts)), on)
    moves = portions_of({"case_id": ids}, AT_ONCE)
    uow.load_columns(CaseMove, moves, **_first_move(uow, batch), before=None)


def _members(batch: ImportBatch, facts: Mapping[str, Sequence[Any]]) -> Iterator[Member]:
    """Those of the new cases that belong to a group."""
    alike = Counter(zip(facts["age_band"], facts["child_protection"], strict=True))
    of_all = {"ended_on": None, "lot_id": batch.lot_id}
    for (band, protected), children in alike.items():
        member = belonging({**of_all, "age_band": band, "child_protection": protected})
        if member and member.groups:
            yield from repeat(member, children)


def _bring_back(uow: UnitOfWork, batch: ImportBatch, back: Mapping[int, Mapping[str, Any]]) -> None:
    """Let withdrawn cases begin anew as this list tells them, in its lot."""
    term, on = _arrival(uow, batch)
    cases = iter(back.items())
    while portion := dict(islice(cases, AT_ONCE)):
        pairs = _withdrawn(uow, batch, portion)
        remember(uow, batch, Case, pairs)
        uow.amend(Case, pairs)
        register.follow(uow, pairs)
        scope.post(
            uow,
            (
                Shift(
                    was["id"],
                    Place(was["lot_id"], was["state"], was["due_on"]),
                    Place(batch.lot_id, CaseState.UNALLOCATED, now["due_on"]),
                    term,
                    effective_on=on,
                )
                for was, now in pairs
            ),
        )
        _bring_moves(uow, batch, list(portion))
    moves = ({"case_id": case_id} for case_id in back)
    uow.load(CaseMove, moves, **_first_move(uow, batch), before=CaseState.WITHDRAWN)


def _withdrawn(
    uow: UnitOfWork, batch: ImportBatch, told: Mapping[int, Mapping[str, Any]]
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The cases as they were withdrawn, each with what it is to hold."""
    alike = _alike(batch) | {"ended_on": None}
    del alike["version"]
    now = {case_id: {**alike, **facts} for case_id, facts in told.items()}
    names = ("id", *next(iter(now.values())))
    found = uow.rows(
        select(*(getattr(Case, name) for name in names)).where(col(Case.id).in_(list(told)))
    )
    return [(dict(zip(names, row, strict=True)), now[row.id]) for row in found]


def _bring_moves(uow: UnitOfWork, batch: ImportBatch, case_ids: Sequence[int]) -> None:
    """What happened to a case follows it into another lot."""
    elsewhere = uow.rows(
        select(CaseMove.id, CaseMove.lot_id).where(
            col(CaseMove.case_id).in_(case_ids), CaseMove.lot_id != batch.lot_id
        )
    ).all()
    to = {"lot_id": batch.lot_id}
    uow.amend(CaseMove, [({"id": row.id, "lot_id": row.lot_id}, to) for row in elsewhere])


def _alike(batch: ImportBatch) -> dict[str, Any]:
    """What all cases of a list begin with."""
    return {
        "contract_id": batch.contract_id,
        "lot_id": batch.lot_id,
        "version": 1,
        "state": CaseState.UNALLOCATED,
        "priority": Priority.NOT_SET,
        "open_flags": 0,
        "received_on": batch.listed_on,
        "unallocated_on": batch.listed_on,
        "outcome": "",
    }


def _arrival(uow: UnitOfWork, batch: ImportBatch) -> tuple[Term, date]:
    """Opening counts from the day of the list; what comes later is received when it comes."""
    term = scope.arrival_term(uow, batch.lot_id)
    return term, batch.listed_on if term is Term.OPENING else uow.today


def _first_move(uow: UnitOfWork, batch: ImportBatch) -> Mapping[str, Any]:
    return {
        "lot_id": batch.lot_id,
        "at": uow.now,
        "made_on": uow.today,
        "by_user_id": uow.actor.user_id,
        "act": Act.IMPORT_RUN.value,
        "after": CaseState.UNALLOCATED,
        "note": "",
    }
