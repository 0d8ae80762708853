"""When two cases look like one child or one family, and what a person may decide about them."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from operator import itemgetter
from typing import NamedTuple

from app.cases.register.rules import core
from app.kernel.labels import Labelled

UNDER_ONE = frozenset({"Unborn", "Under 1"})


class Likeness(Labelled):
    """Why two cases are shown side by side."""

    REFERENCE = "reference", "One reference written in two ways"
    UNDER_ONE = "under_one", "Two children under one in a family, perhaps one listed again at birth"
    FAMILY_KEY = "family_key", "One family key written in two ways"
    SAID = "said", "Somebody named them as a family"


class Decision(StrEnum):
    """What a person says of a pair; the first is the case that came first."""

    FIRST_STAYS = "first_stays"
    SECOND_STAYS = "second_stays"
    ONE_FAMILY = "one_family"
    UNRELATED = "unrelated"

    @property
    def is_one_child(self) -> bool:
        return self in (Decision.FIRST_STAYS, Decision.SECOND_STAYS)

    def words(self, first: str, second: str) -> str:
        """The decision on two references, as a person reads it."""
        return {
            Decision.FIRST_STAYS: f"One child: {first} stays, {second} is to be handed back",
            Decision.SECOND_STAYS: f"One child: {second} stays, {first} is to be handed back",
            Decision.ONE_FAMILY: "Two children of one family",
            Decision.UNRELATED: "Not related",
        }[self]


class Listed(NamedTuple):
    """What of a case tells whether it looks like another."""

    case_id: int
    reference: str
    family_key: str | None
    age_band: str
    is_open: bool


def pairs(cases: Iterable[Listed]) -> dict[tuple[int, int], Likeness]:
    """The pairs that look alike, lower id first; at least one of each two is open.

    Each case is set beside the first of its likeness alone, so that a crowd makes no square of
    questions.
    """
    listed = sorted(cases, key=itemgetter(0))
    known = [case for case in listed if case.is_open and case.family_key]
    found: dict[tuple[int, int], Likeness] = {}
    for first, second, likeness in (*_by_reference(listed), *_under_one(known), *_by_key(known)):
        if first.is_open or second.is_open:
            found.setdefault((first.case_id, second.case_id), likeness)
    return found


def shared_key(first: Listed, second: Listed) -> str:
    """The family key for two cases that are one family: the first that there is, or a new one."""
    return (first.family_key or second.family_key or f"F-{first.reference}")[:40]


_Alike = Iterator[tuple[Listed, Listed, Likeness]]


def _by_reference(listed: Iterable[Listed]) -> _Alike:
    return _beside_first(((core(case.reference), case) for case in listed), Likeness.REFERENCE)


def _under_one(known: Iterable[Listed]) -> _Alike:
    young = ((case.family_key or "", case) for case in known if case.age_band in UNDER_ONE)
    return _beside_first(young, Likeness.UNDER_ONE)


def _by_key(known: Iterable[Listed]) -> _Alike:
    """One case of each way in which a family's key is written."""
    ways: dict[str, Listed] = {}
    for case in known:
        ways.setdefault(case.family_key or "", case)
    return _beside_first(((core(key), case) for key, case in ways.items()), Likeness.FAMILY_KEY)


def _beside_first(named: Iterable[tuple[str, Listed]], likeness: Likeness) -> _Alike:
    """Each case beside the first that has its name; no name likens nobody."""
    firsts: dict[str, Listed] = {}
    for name, case in named:
        first = firsts.setdefault(name, case)
        if name and first is not case:
            yield first, case, likeness
