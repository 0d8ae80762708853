"""Keeps the findings of cases level with what was just seen in their facts."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from sqlmodel import col, delete, select, update

from app.cases.findings.models import Finding, LeftOutRow
from app.cases.findings.rules import LONGEST_WORDS, Kind, Source, kinds_of
from app.work.uow import UnitOfWork

_AT_ONCE = 500


class Looked(NamedTuple):
    """A case that was looked at, with everything that was found."""

    case_id: int
    lot_id: int
    found: Mapping[Kind, str]


def keep(uow: UnitOfWork, source: Source, looked: Sequence[Looked]) -> None:
    """Keep what one source shows of these cases, and no longer what it no longer shows.

    A finding that says something new is found anew, and its acceptance is gone.
    """
    uow.must_be_in()
    before = _standing(uow, source, looked)
    gone: list[int] = []
    new: list[dict[str, Any]] = []
    for case in looked:
        stood = before.get(case.case_id, {})
        if not stood and not case.found:
            continue
        found = {kind: words[:LONGEST_WORDS] for kind, words in case.found.items()}
        gone += [row_id for kind, (row_id, words) in stood.items() if found.get(kind) != words]
        new += [
            _row(uow, case, kind, words)
            for kind, words in found.items()
            if kind not in stood or stood[kind][1] != words
        ]
    for ids in _portions(gone):
        uow.session.exec(delete(Finding).where(col(Finding.id).in_(ids)))
    if new:
        uow.load(Finding, new)


def keep_first(uow: UnitOfWork, looked: Sequence[Looked]) -> None:
    """Keep what new cases show, of which nothing was found before."""
    uow.must_be_in()
    found = [(case, kind, words) for case in looked for kind, words in case.found.items()]
    if found:
        uow.load(Finding, (_row(uow, c, kind, words[:LONGEST_WORDS]) for c, kind, words in found))


def forget(uow: UnitOfWork, case_id: int) -> None:
    """A case that has ended has nothing left to mend."""
    uow.must_be_in()
    uow.session.exec(delete(Finding).where(col(Finding.case_id) == case_id))


def forget_between(uow: UnitOfWork, first: int, last: int) -> None:
    """The same for cases whose ids follow one another."""
    uow.must_be_in()
    uow.session.exec(delete(Finding).where(col(Finding.case_id).between(first, last)))


def keep_left_out(
    uow: UnitOfWork,
    lot_id: int,
    import_id: int,
    lists: Collection[str],
    rows: Iterable[Mapping[str, Any]],
) -> None:
    """Keep the rows that an import left out, in place of those of the lists of such kinds before.

    Those of the lists before are kept until the next import, so that this one can be undone.
    """
    uow.must_be_in()
    alike = (col(LeftOutRow.lot_id) == lot_id, col(LeftOutRow.list_name).in_(lists))
    superseded = col(LeftOutRow.superseded_by)
    uow.session.exec(delete(LeftOutRow).where(*alike, superseded.is_not(None)))
    uow.session.exec(
        update(LeftOutRow).where(*alike, superseded.is_(None)).values(superseded_by=import_id)
    )
    uow.load(LeftOutRow, rows, lot_id=lot_id, import_id=import_id)


def forget_left_out(uow: UnitOfWork, import_id: int) -> None:
    """An import is undone: what it left out goes, and what it superseded stands again."""
    uow.must_be_in()
    uow.session.exec(delete(LeftOutRow).where(col(LeftOutRow.import_id) == import_id))
    uow.session.exec(
        update(LeftOutRow)
        .where(col(LeftOutRow.superseded_by) == import_id)
        .values(superseded_by=None)
    )


def _standing(
    uow: UnitOfWork, source: Source, looked: Sequence[Looked]
) -> dict[int, dict[Kind, tuple[int, str]]]:
    """What was found before of these cases: id and words by kind, by case."""
    rows = select(Finding.case_id, Finding.kind, Finding.id, Finding.words).where(
        col(Finding.kind).in_(kinds_of(source))
    )
    found: dict[int, dict[Kind, tuple[int, str]]] = {}
    for ids in _portions([case.case_id for case in looked]):
        for case_id, kind, row_id, words in uow.rows(rows.where(col(Finding.case_id).in_(ids))):
            found.setdefault(case_id, {})[kind] = (row_id or 0, words)
    return found


def _row(uow: UnitOfWork, case: Looked, kind: Kind, words: str) -> dict[str, Any]:
    return {
        "lot_id": case.lot_id,
        "case_id": case.case_id,
        "kind": kind,
        "words": words,
        "found_on": uow.today,
        "accepted_because": "",
    }


def _portions(ids: Collection[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while portion := list(islice(rest, _AT_ONCE)):
        yield portion
