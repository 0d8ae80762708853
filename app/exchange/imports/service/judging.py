"""Says of each row read whether it is new, changed, unchanged or refused."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias

from sqlmodel import col, select

from app.cases.register.models import Case
from app.cases.states import CaseState
from app.db.among import among
from app.exchange.columns import Fact
from app.exchange.imports import rules
from app.exchange.imports.models import ImportBatch, ImportedRow
from app.exchange.imports.rules import KnownCase, Verdict
from app.exchange.imports.service.job import Staging
from app.exchange.layouts import Field, FoundList
from app.exchange.once import Once
from app.exchange.reading import Block, RefusedRow
from app.exchange.rows import ENDING, EqualRepeat, ParsedRow, Portion, opens_case, parsed_at
from app.kernel.calendar import CalendarEnds
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class Known:
    """What the database holds about the keys and references of some rows."""

    said: Mapping[str, tuple[str, int]]
    cases: Mapping[str, KnownCase]


class Judged(NamedTuple):
    """A row as it is staged; the names are the columns'."""

    line: int
    verdict: Verdict
    key: str = ""
    reference: str = ""
    opens_case: bool = False
    sent_again: bool = False
    facts: str = ""
    column_name: str = ""
    reason: str = ""
    difference: str = ""


class Beginning(NamedTuple):
    """Whether rows open a case, and how its clock begins."""

    opens: bool
    # Why no clock can be kept for such a case; and whether it began before the calendar.
    no_clock: str
    is_early: bool


# In which column and why a row cannot be kept.
_Fault: TypeAlias = tuple[str, str]


class _Block(NamedTuple):
    """What follows for each row from its facts: how they are kept, and the same as of one row."""

    texts: Sequence[str]
    begins: Sequence[Beginning]
    faults: Sequence[_Fault | None]

    @property
    def is_plain(self) -> bool:
        """Whether nothing stands in the way of any row."""
        return not any(self.faults) and not any(one.no_clock for one in set(self.begins))


class _Read(NamedTuple):
    """A row that can be read, as it is kept, with what follows from its facts."""

    line: int
    key: str
    reference: str
    text: str
    begins: Beginning
    fault: _Fault | None


def known_of(uow: UnitOfWork, batch: ImportBatch, block: Block) -> Known:
    """Looked for over the whole contract: a child may be in a lot that the sender cannot see."""
    keys, references = block.keys, set(block.references)
    with uow.beyond_scope():
        imported = uow.rows(
            select(ImportedRow.key, ImportedRow.facts, ImportedRow.lot_id).where(
                ImportedRow.contract_id == batch.contract_id, among(col(ImportedRow.key), keys)
            )
        )
        cases = uow.rows(
            select(  # type: ignore[call-overload]
                Case.reference, Case.id, Case.lot_id, Case.state, Case.ended_on
            ).where(Case.contract_id == batch.contract_id, among(col(Case.reference), references))
        )
        return Known(
            {key: (facts, lot) for key, facts, lot in imported},
            {reference: KnownCase(*rest) for reference, *rest in cases},
        )


class Judge:
    """Judges the rows of one list, counting them as it goes."""

    def __init__(self, staging: Staging, found: FoundList) -> None:
        self._staging = staging
        self._found = found
        self._batch = staging.batch
        # Rows that differ share their facts, and lists their days.
        self._long = [field for field in rules.LONGEST if field in found.columns]
        self._faults = Once(self._fault)
        self._deciding = [field for field in (*rules.TIMED, *ENDING) if field in found.columns]
        self._begins = Once(self._beginning)

    def columns(self, known: Known, portion: Portion) -> dict[str, Sequence[Any]]:
        """The rows to keep of a portion, column by column and line by line."""
        block, counts = portion.block, self._staging.counts
        self._note(block)
        told = _Block(
            rules.texts(block.references, block.facts),
            self._of(block, self._deciding, self._begins),
            self._of(block, self._long, self._faults),
        )
        counts["rows"] += len(block.lines) + len(portion.others)
        if told.is_plain and not (portion.others or known.said or known.cases):
            return self._all_new(block, told)
        judged = [*self._kept(known, block, told), *map(self._left, portion.others)]
        if portion.others:
            judged.sort(key=attrgetter("line"))
        counts.update([one.verdict for one in judged])
        counts["differences"] += sum([1 for one in judged if one.difference])
        return dict(zip(Judged._fields, zip(*judged, strict=True), strict=True))

    def _note(self, block: Block) -> None:
        """What the list tells of districts, and what is left out of these rows."""
        staging = self._staging
        staging.tells_districts |= any(block.facts.get(Field.DISTRICT, ()))
        for omitted in filter(None, map(block.omitted.get, block.lines if block.omitted else ())):
            staging.unknown.update(omitted.unknown)
            staging.left_out.update(omitted.columns)

    def _all_new(self, block: Block, told: _Block) -> dict[str, Sequence[Any]]:
        """Rows that can all be kept, of children of whom nothing is known, as in a first list."""
        staging, rows = self._staging, len(block.lines)
        comes = {
            # The first row of a child counts.
            reference: begins
            for reference, begins in zip(
                reversed(block.references), reversed(told.begins), strict=True
            )
            if begins.opens and reference not in staging.opening
        }
        staging.opening.update(comes)
        staging.counts["backlog"] += len(comes)
        staging.counts["before_calendar"] += sum([one.is_early for one in comes.values()])
        staging.counts[Verdict.NEW] += rows
        empty = Judged(0, Verdict.NEW)._asdict()
        return {name: [value] * rows for name, value in empty.items()} | {
            "line": block.lines,
            "key": block.keys,
            "reference": block.references,
            "opens_case": [one.opens for one in told.begins],
            "facts": told.texts,
        }

    def _left(self, one: EqualRepeat | RefusedRow) -> Judged:
        if isinstance(one, EqualRepeat):
            reason = f"Says the same as line {one.first_line}."
            return Judged(one.line, Verdict.UNCHANGED, reason=reason)
        self._staging.unknown.update(one.unknown)
        return _refused(one.line, (one.column, one.reason), one.reference)

    def _kept(self, known: Known, block: Block, told: _Block) -> Iterator[Judged]:
        rows = zip(block.lines, block.keys, block.references, *told, strict=True)
        for at, read in enumerate(map(_Read._make, rows)):
            case, before = self._case(known, read.reference), known.said.get(read.key)
            if case is None and before is None:
                yield self._unheard_of(read)
                continue
            judged = self._heard_of(read, case, before)
            if case and judged.facts:
                differs = self._difference(case, block, at, opens=read.begins.opens)
                judged = judged._replace(difference=differs)
            yield judged

    def _unheard_of(self, read: _Read) -> Judged:
        """Of a child of whom nothing is known, as most rows of a first list are."""
        line, key, reference, text, begins, fault = read
        if fault:
            return _refused(line, fault, reference)
        if begins.opens and reference not in self._staging.opening:
            if begins.no_clock:
                return _refused(line, ("", begins.no_clock), reference)
            self._count("backlog", begins, reference)
        return Judged(line, Verdict.NEW, key, reference, begins.opens, facts=text)

    def _heard_of(
        self, read: _Read, case: KnownCase | None, before: tuple[str, int] | None
    ) -> Judged:
        line, key, reference, text, begins, fault = read
        held_in = case.lot_id if case else before and before[1]
        if fault := fault or self._elsewhere(reference, held_in):
            return _refused(line, fault, reference)
        opens = begins.opens and reference not in self._staging.opening
        again = self._is_again(case, opens=opens)
        verdict = _verdict(before, text, again=again)
        if again or (opens and case is None and verdict is not Verdict.UNCHANGED):
            if begins.no_clock:
                return _refused(line, ("", begins.no_clock), reference)
            self._count("sent_again" if again else "backlog", begins, reference)
        if verdict is Verdict.UNCHANGED:
            return Judged(line, verdict, key, reference)
        return Judged(line, verdict, key, reference, begins.opens, again, text)

    def _of(
        self, block: Block, fields: Sequence[Field], once: Once[Sequence[Fact], Any]
    ) -> list[Any]:
        """What follows for each row from its facts in some fields."""
        if not fields:
            return [once[()]] * len(block.lines)
        facts = zip(*(block.facts[field] for field in fields), strict=True)
        return list(map(once.__getitem__, facts))

    def _is_again(self, case: KnownCase | None, *, opens: bool) -> bool:
        """Whether a row sends a case again that was handed back."""
        if case is None or not opens or self._staging.is_repeat:
            return False
        return rules.is_sent_again(case, opens=opens, listed_on=self._batch.listed_on)

    def _difference(self, case: KnownCase, block: Block, at: int, *, opens: bool) -> str:
        row = parsed_at(self._found.layout, block, at)
        return rules.difference(case, rules.facts_of(row), opens=opens)

    def _case(self, known: Known, reference: str) -> KnownCase | None:
        """The case of a reference; of one that was withdrawn, as if it had never been."""
        case = known.cases.get(reference)
        is_back = case and case.state is CaseState.WITHDRAWN and case.lot_id in self._staging.lots
        return None if is_back else case

    def _count(self, name: str, begins: Beginning, reference: str) -> None:
        """A child of whom a case opens or comes again."""
        staging = self._staging
        staging.opening.add(reference)
        staging.counts[name] += 1
        if begins.is_early:
            staging.counts["before_calendar"] += 1

    def _fault(self, texts: Sequence[Fact]) -> tuple[str, str] | None:
        told = zip(self._long, texts, strict=True)
        long = rules.too_long({field.value: str(text) for field, text in told if text})
        return (self._found.column_name(long[0]), long[1]) if long else None

    def _beginning(self, told: Sequence[Fact]) -> Beginning:
        facts = dict(zip(self._deciding, told, strict=True))
        row = ParsedRow(0, self._found.layout, "", facts)
        day, clocks = self._batch.listed_on, self._staging.clocks
        opens, said = opens_case(row, day), rules.case_facts(rules.facts_of(row))
        referred = said.get("referred_on", day)
        try:
            clocks.started(
                clocks.kind(said.get("assessment_type")), referred_on=referred, received_on=day
            )
        except CalendarEnds as end:
            return Beginning(opens, end.sentence, is_early=False)
        return Beginning(opens, "", is_early=referred < clocks.first_day)

    def _elsewhere(self, reference: str, held_in: int | None) -> tuple[str, str] | None:
        """Refuses a child of another lot."""
        if held_in is None or held_in == self._batch.lot_id:
            return None
        lot = self._staging.lots.get(held_in)
        where = f"lot {lot}" if lot else "another lot of the contract"
        return self._found.column_name(Field.REFERENCE), f"{reference} is in {where}."


def _verdict(before: tuple[str, int] | None, text: str, *, again: bool) -> Verdict:
    """What a row is beside what was said under its key; one that sends a case again says more."""
    if before is None:
        return Verdict.NEW
    return Verdict.UNCHANGED if before[0] == text and not again else Verdict.CHANGED


def _refused(line: int, fault: _Fault, whose: str) -> Judged:
    column, reason = fault
    return Judged(line, Verdict.REFUSED, reference=whose, column_name=column, reason=reason)
