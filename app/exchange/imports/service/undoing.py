"""Undoes a whole import while nothing was built on it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlmodel import col, delete, select

from app.access.actor import Actor
from app.agreements.watch import service as watch
from app.cases.findings import service as findings
from app.cases.register import service as register
from app.cases.register.models import Case, CaseMove
from app.cases.register.rules import RANKED, Criterion, Waiting, triage_rank
from app.cases.scope import service as scope
from app.cases.scope.models import LedgerPosting
from app.cases.scope.service import Place, Shift
from app.cases.states import MOVES, CaseState
from app.exchange.differences.models import CaseDifference
from app.exchange.imports.models import ImportBatch, ImportedRow
from app.exchange.imports.queries import in_the_way
from app.exchange.imports.rules import Part, Stage, check_undoing
from app.exchange.imports.service.opening import AT_ONCE
from app.exchange.imports.service.remembering import MODELS, remembered
from app.exchange.imports.service.telling import Teller, new_name
from app.kernel.acts import Act
from app.kernel.errors import Refused
from app.safeguarding.enquiries.models import Enquiry
from app.safeguarding.reviews import service as reviews
from app.safeguarding.reviews.models import ProtectionPlan
from app.work.database import Database
from app.work.uow import UnitOfWork

_PLACE = ("lot_id", "state", "due_on")


def begin_undoing(uow: UnitOfWork, batch_id: int) -> None:
    """Note that a person undoes an import; `undo` then does it. Refused with what is in the way."""
    with uow.command(Act.IMPORT_UNDO):
        batch = uow.get(ImportBatch, batch_id)
        obstacles = in_the_way(uow, batch_id).sentences
        check_undoing(batch.stage, batch.moved_at, uow.now, obstacles)
        batch.stage, batch.moved_at, batch.problem = Stage.UNDOING, uow.now, ""
        batch.kept_as = new_name()


def undo(database: Database, actor: Actor, batch_id: int) -> None:
    """Take out the cases that a batch opened and put back what it changed.

    Each posting of the batch gets its opposite under the same term and day. Refused with what
    was built on it since a person asked.
    """
    with database.work(actor) as uow, uow.command(Act.IMPORT_UNDO):
        batch = uow.get(ImportBatch, batch_id)
        if batch.stage is not Stage.UNDOING:
            raise Refused("This list waits for nobody to undo it.")
        if obstacles := in_the_way(uow, batch_id).sentences:
            raise Refused(" ".join(obstacles))
        teller = Teller(batch.kept_as)
        changes = {model: remembered(uow, batch, model) for model in MODELS.values()}
        teller.begin(Part.WITHDRAW)
        _withdraw(uow, batch)
        teller.begin(Part.PUT_BACK)
        _put_cases_back(uow, batch, changes[Case])
        teller.begin(Part.FORGET)
        _put_back(uow, Enquiry, changes[Enquiry])
        _put_back(uow, ProtectionPlan, changes[ProtectionPlan])
        _put_back(uow, ImportedRow, changes[ImportedRow])
        _put_back(uow, CaseDifference, changes[CaseDifference])
        _forget(uow, batch_id)
        batch = uow.get(ImportBatch, batch_id)
        batch.stage, batch.undone_at, batch.undone_by = Stage.UNDONE, uow.now, uow.actor.user_id
        batch.kept_as = ""
    teller.end()


def _forget(uow: UnitOfWork, batch_id: int) -> None:
    findings.forget_left_out(uow, batch_id)
    watch.forget(uow, batch_id)
    reviews.forget(uow, batch_id)
    uow.session.exec(delete(ImportedRow).where(col(ImportedRow.batch_id) == batch_id))
    new = select(CaseDifference).where(CaseDifference.batch_id == batch_id)
    for difference in uow.session.exec(new):
        uow.remove(difference)


def _withdraw(uow: UnitOfWork, batch: ImportBatch) -> None:
    """End the cases that the batch opened, as if they had never been counted."""
    if batch.first_case_id is None:
        return
    first, last = batch.first_case_id, batch.first_case_id + batch.cases_opened - 1
    cases = _cases(uow, col(Case.id).between(first, last))
    gone = {"state": MOVES.after(CaseState.UNALLOCATED, Act.IMPORT_UNDO), "ended_on": uow.today}
    _move(uow, [(case, gone) for case in cases])
    findings.forget_between(uow, first, last)


def _put_cases_back(
    uow: UnitOfWork, batch: ImportBatch, before: Mapping[int, Mapping[str, Any]]
) -> None:
    """What the cases held, and the place in triage that it has by the order in force today."""
    cases = [case for ids in _portions(list(before)) for case in _cases(uow, col(Case.id).in_(ids))]
    order = register.triage_order(uow, batch.contract_id)
    _move(uow, [(case, _ranked(case, before[case["id"]], order)) for case in cases])


def _ranked(
    case: Mapping[str, Any], held: Mapping[str, Any], order: Sequence[Criterion]
) -> dict[str, Any]:
    known = {**case, **held}
    waiting = Waiting(**{name: known[name] for name in RANKED})
    return {**held, "triage_rank": triage_rank(order, waiting)}


def _move(uow: UnitOfWork, pairs: Sequence[tuple[dict[str, Any], Mapping[str, Any]]]) -> None:
    """Change cases to what they are to hold, with ledger, counters and history."""
    if not pairs:
        return
    moved = [
        (case, after)
        for case, after in pairs
        if after.get("state", case["state"]) is not case["state"]
    ]
    postings = _postings(uow, [case["id"] for case, _ in moved])
    uow.amend(Case, pairs)
    register.reweigh(uow, pairs)
    scope.post(uow, (_shift(case, after, postings) for case, after in pairs))
    moves = (
        {
            "case_id": case["id"],
            "lot_id": case["lot_id"],
            "before": case["state"],
            "after": after["state"],
        }
        for case, after in moved
    )
    uow.load(
        CaseMove,
        moves,
        at=uow.now,
        made_on=uow.today,
        by_user_id=uow.actor.user_id,
        act=Act.IMPORT_UNDO.value,
        note="The import was undone",
    )


def _shift(
    case: Mapping[str, Any], after: Mapping[str, Any], postings: Mapping[int, LedgerPosting]
) -> Shift:
    was = Place(*(case[name] for name in _PLACE))
    now = Place(*(after.get(name, case[name]) for name in _PLACE))
    if now.state is was.state:
        return Shift(case["id"], was, now)
    posted = postings[case["id"]]
    return Shift(case["id"], was, now, posted.term, effective_on=posted.effective_on, undone=True)


def _postings(uow: UnitOfWork, case_ids: Sequence[int]) -> dict[int, Any]:
    """The last posting of each case: the one that the import made."""
    found: dict[int, Any] = {}
    for ids in _portions(case_ids):
        columns: tuple[Any, ...] = (
            LedgerPosting.case_id,
            LedgerPosting.term,
            LedgerPosting.effective_on,
        )
        rows = uow.session.execute(
            select(*columns)
            .where(col(LedgerPosting.case_id).in_(ids))
            .order_by(col(LedgerPosting.id))
        )
        found.update((row.case_id, row) for row in rows)
    return found


def _cases(uow: UnitOfWork, which: Any) -> list[dict[str, Any]]:
    """Every column of some cases, since what is put back may be any."""
    names = tuple(Case.model_fields)
    rows = uow.session.execute(select(*(getattr(Case, name) for name in names)).where(which))
    return [dict(zip(names, row, strict=True)) for row in rows]


def _put_back(uow: UnitOfWork, model: Any, before: Mapping[int, Mapping[str, Any]]) -> None:
    for ids in _portions(list(before)):
        names = ("id", "lot_id", *{name for row_id in ids for name in before[row_id]})
        rows = uow.session.execute(
            select(*(getattr(model, name) for name in names)).where(col(model.id).in_(ids))
        )
        now = [dict(zip(names, row, strict=True)) for row in rows]
        uow.amend(model, [(row, before[row["id"]]) for row in now])


def _portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
