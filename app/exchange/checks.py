"""What the rows that the council lists for one child say that is missing or cannot all be true."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from app.cases.findings.rules import Kind
from app.exchange.cells import Answer, CouncilStatus, fold
from app.exchange.columns import Fact
from app.exchange.layouts import KEY_DATE, Field, Layout
from app.exchange.rows import ParsedRow, opens_case
from app.kernel.days import show_date

# Beside the fields, whether the worker column names somebody or a place where work waits.
WORKER_NAMED, WORKER_IS_TEAM = "worker_named", "worker_is_team"
_EPISODES = frozenset({Layout.LIST_6, Layout.CENSUS})
_WORK = {
    Layout.LIST_4: "An assessment",
    Layout.LIST_5: "A section 47 enquiry",
    Layout.SECTION_47: "A section 47 enquiry",
}
_STARTS = frozenset(
    {
        Field.REFERRAL_ON,
        Field.ASSESSMENT_START_ON,
        Field.STRATEGY_DISCUSSION_ON,
        Field.CIN_START_ON,
        Field.PROTECTION_PLAN_START_ON,
    }
)
_IN_ORDER = (
    (Field.REFERRAL_ON, "Referred", Field.ASSESSMENT_START_ON, "assessment started"),
    (Field.STRATEGY_DISCUSSION_ON, "Strategy discussion", Field.ICPC_ON, "conference"),
    (Field.REFERRAL_ON, "Referred", Field.AUTHORISED_ON, "authorised"),
)
# On which day a piece of work that began ended, by the list that tells of it.
_ENDS = {
    Layout.LIST_4: Field.AUTHORISED_ON,
    Layout.LIST_6: Field.CLOSED_ON,
    Layout.CENSUS: Field.CLOSED_ON,
}
_SATURDAY = 5
_NOT_AHEAD = {
    Field.LAST_SEEN_ON: "Child last seen",
    Field.AUTHORISED_ON: "Authorised",
    Field.CLOSED_ON: "Closed",
}
# Days beside that on which the work began: without any of them no two can be out of order.
_LATER = frozenset({Field.ASSESSMENT_START_ON, Field.ICPC_ON, *_NOT_AHEAD})
# What rows say that no finding depends on: children who differ in these alone look the same.
NOT_CHECKED = frozenset(
    {
        Field.REFERENCE,
        Field.AGE,
        Field.CHILD_SEEN,
        Field.SUPPORT_REQUIRED,
        Field.PRIMARY_NEED,
        Field.FAMILY_KEY,
        Field.SOURCE_TEAM,
        Field.ALLOCATED_TEAM,
        Field.ASSESSMENT_TYPE,
    }
)


class Listed(NamedTuple):
    """One row as the council's list last said it, its facts as they are kept: texts by field."""

    layout: Layout
    listed_on: date
    facts: Mapping[str, str]

    @property
    def is_open(self) -> bool:
        facts: dict[Field, Fact] = {
            field: self.day(field) if field.endswith("_on") else self.facts[field]
            for field in Field
            if field in self.facts
        }
        return opens_case(ParsedRow(0, self.layout, "", facts), self.listed_on)

    def day(self, field: Field) -> date | None:
        text = self.facts.get(field)
        return date.fromisoformat(text) if text else None


@dataclass(frozen=True, slots=True)
class Area:
    """A lot by the names that a list may give it, and those of the other lots."""

    lot: str
    own: frozenset[str]
    others: Mapping[str, str]
    # Whether the lists of the lot tell districts at all.
    told: bool


def names_of(lot: str, district: str) -> frozenset[str]:
    """What a list may write for a lot's district, folded."""
    names = {fold(lot), fold(district)}
    return frozenset(names | {name.removesuffix(" district") for name in names})


def of_rows(rows: Sequence[Listed], area: Area) -> dict[Kind, str]:
    """Every finding that the rows of one child show, in words."""
    dated = [row for row in rows if not _LATER.isdisjoint(row.facts)]
    found = {**_missing(rows), **_dates(dated)}
    if len(rows) > 1 or rows[0].layout in _EPISODES:
        found |= dict(_before_referral(rows)) | dict(_open_twice(rows)) | dict(_overlapping(rows))
        found |= dict(_open_and_closed(rows))
    if area.told:
        found |= dict(_district(rows, area))
    return found


def _missing(rows: Sequence[Listed]) -> dict[Kind, str]:
    found: dict[Kind, str] = {}
    if all(_STARTS.isdisjoint(row.facts) for row in rows):
        found[Kind.NO_START] = (
            "No list says when the work began; it counts from the day of the list, "
            f"{show_date(rows[0].listed_on)}."
        )
    team = any(WORKER_IS_TEAM in row.facts for row in rows)
    if team and not any(WORKER_NAMED in row.facts for row in rows):
        found[Kind.WORKER_IS_TEAM] = "A team, duty or a tray stands where a worker should."
    for row in rows:
        if Field.CLOSURE_REASON in row.facts and Field.CLOSED_ON not in row.facts:
            reason = row.facts[Field.CLOSURE_REASON]
            found[Kind.REASON_NOT_CLOSED] = f"Reason {reason} is given, and no closure date."
        closed_on = row.day(Field.CLOSED_ON) if row.layout in _EPISODES else None
        if closed_on and Field.CLOSURE_REASON not in row.facts:
            found[Kind.CLOSED_NO_REASON] = f"Closed {show_date(closed_on)}, and no reason is given."
    return found


def _dates(rows: Sequence[Listed]) -> dict[Kind, str]:
    found: dict[Kind, str] = {}
    for row in rows:
        for first, before, then, after in _IN_ORDER:
            if first not in row.facts or then not in row.facts:
                continue
            start, end = row.day(first), row.day(then)
            if start and end and end < start:
                found[Kind.DATES_OUT_OF_ORDER] = (
                    f"{before} {show_date(start)}, {after} {show_date(end)}: earlier."
                )
        held_on = row.day(Field.ICPC_ON)
        if held_on and held_on.weekday() >= _SATURDAY:
            found[Kind.CONFERENCE_AT_WEEKEND] = (
                f"Conference on {show_date(held_on)}, a {held_on:%A}."
            )
        for field, words in _NOT_AHEAD.items():
            day = row.day(field)
            if day and day > row.listed_on:
                found[Kind.DATE_AHEAD] = (
                    f"{words} {show_date(day)}, after the list of {show_date(row.listed_on)}."
                )
    return found


def _before_referral(rows: Sequence[Listed]) -> Iterator[tuple[Kind, str]]:
    referred = [day for row in rows if row.layout is Layout.CENSUS and (day := _start(row))]
    started = [day for row in rows if row.layout is Layout.LIST_4 and (day := _start(row))]
    if referred and started and min(started) < min(referred):
        yield (
            Kind.DATES_OUT_OF_ORDER,
            f"Assessment started {show_date(min(started))}, before the first referral, "
            f"{show_date(min(referred))}.",
        )


def _open_twice(rows: Sequence[Listed]) -> Iterator[tuple[Kind, str]]:
    for layout in dict.fromkeys(row.layout for row in rows):
        days = sorted(
            day for row in rows if row.layout is layout and row.is_open and (day := _start(row))
        )
        if len(days) > 1:
            shown = " and ".join(show_date(day) for day in days[:3])
            more = f" and {len(days) - 3} more" if len(days) > 3 else ""
            yield Kind.OPEN_TWICE, f"{layout.label} has open rows of {shown}{more}."


def _overlapping(rows: Sequence[Listed]) -> Iterator[tuple[Kind, str]]:
    """Work of one kind that began before the work before it ended; both open is another finding."""
    for layout, ended in _ENDS.items():
        spans = sorted(
            (start, row.day(ended) or date.max)
            for row in rows
            if row.layout is layout and (start := _start(row))
        )
        for (first, end), (then, until) in pairwise(spans):
            if first < then < end and (end, until) != (date.max, date.max):
                still = "is still open" if end == date.max else f"ended {show_date(end)}"
                yield (
                    Kind.OVERLAP,
                    f"{layout.label}: work of {show_date(then)} began while that of "
                    f"{show_date(first)} ran, which {still}.",
                )
                break


def _open_and_closed(rows: Sequence[Listed]) -> Iterator[tuple[Kind, str]]:
    """Open work in an episode that the same lists call ended."""
    episodes = [row for row in rows if row.layout in _EPISODES]
    if not episodes or any(row.is_open and not _is_closed(row) for row in episodes):
        return
    ended = max((day for row in episodes if (day := row.day(Field.CLOSED_ON))), default=date.max)
    for row in rows:
        words, day = _WORK.get(row.layout), _start(row)
        if words and day and day <= ended and row.is_open:
            yield Kind.OPEN_AND_CLOSED, f"{words} of {show_date(day)} is open; the episode is not."
            return
    for row in episodes:
        if row.is_open:
            yield Kind.OPEN_AND_CLOSED, "The status is “closed episode”, and no closure date."
            return


def _is_closed(row: Listed) -> bool:
    no_further_action = row.facts.get(Field.REFERRAL_NFA) == Answer.YES
    return no_further_action or row.facts.get(Field.CASE_STATUS) == CouncilStatus.CLOSED


def _district(rows: Sequence[Listed], area: Area) -> Iterator[tuple[Kind, str]]:
    if not area.told:
        return
    told = [fact for row in rows if (fact := row.facts.get(Field.DISTRICT))]
    if not told:
        yield Kind.NO_DISTRICT, "No list names a district, so nothing shows that the lot is right."
    for district in told:
        name = fold(district)
        if name not in area.own:
            other = area.others.get(name)
            where = f"that is lot {other}" if other else "no lot has it"
            yield (
                Kind.OTHER_DISTRICT,
                f"District {district[:80]}: {where}; the case is in {area.lot}.",
            )


def _start(row: Listed) -> date | None:
    """The day that tells this row from the child's others."""
    field = KEY_DATE.get(row.layout)
    return row.day(field) if field else None
