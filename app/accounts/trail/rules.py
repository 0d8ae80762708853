"""The trail in words: whom an entry is about, and what its change was."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from app.kernel.acts import Act
from app.kernel.days import show_date, show_moment

_LABELS = {
    "at": "Time",
    "active_until": "Last day",
    "case_id": "Case",
    "lot_id": "Lot",
    "contract_id": "Contract",
    "password_hash": "Password",
    "triage_rank": "Place in triage",
}
_SUBJECTS = {
    "": "–",
    "users": "Person",
    "user_lots": "Lot of a person",
    "ledger_postings": "Ledger",
    "views": "View",
}
# What stands at the end of a plural without its s, and of the one.
_ENDINGS = (("ie", "y"), ("che", "ch"))
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}\S*")
_CODE = re.compile(r"[a-z]+(?:_[a-z]+)+")
_LONGEST = 120
_NOTHING = "–"


@dataclass(frozen=True)
class Names:
    """What rows are called that a change holds by their ids, as far as the reader may know."""

    people: Mapping[int, str] = field(default_factory=dict)
    practitioners: Mapping[int, str] = field(default_factory=dict)
    lots: Mapping[int, str] = field(default_factory=dict)
    cases: Mapping[int, str] = field(default_factory=dict)

    def of(self, column: str) -> Mapping[int, str]:
        """The names of the rows that a column points to; none for any other column."""
        if column.endswith(("_by", "user_id")) or column == "actor_id":
            return self.people
        if column in {"practitioner_id", "co_worker_id"}:
            return self.practitioners
        lots = {"lot_id": self.lots, "home_lot_id": self.lots}
        return {**lots, "case_id": self.cases}.get(column, {})


@dataclass(frozen=True)
class Fact:
    """One field of a changed row, before and after, in words."""

    label: str
    before: str
    after: str


def act_in_words(value: str) -> str:
    """The sentence of an act; what the trail holds itself for an act that is no more."""
    return next((act.sentence for act in Act if act.value == value), value)


def subject_in_words(table: str) -> str:
    """A table's rows as a person calls one of them."""
    words = table.replace("_", " ").removesuffix("s")
    for plural, singular in _ENDINGS:
        if words.endswith(plural):
            words = words.removesuffix(plural) + singular
    return _SUBJECTS.get(table) or words.capitalize()


def facts_of(changes: str | None, names: Names) -> tuple[Fact, ...]:
    """What a row held before and after; one line saying so where it was erased."""
    if changes is None:
        return (Fact("Erased", _NOTHING, _NOTHING),)
    held: Mapping[str, list[object]] = json.loads(changes)
    facts = (
        Fact(_label(name), _named(before, names.of(name)), _named(after, names.of(name)))
        for name, (before, after) in held.items()
        if name not in {"id", "version"}
    )
    return tuple(fact for fact in facts if (fact.before, fact.after) != (_NOTHING, _NOTHING))


def _label(name: str) -> str:
    return _LABELS.get(name) or name.removesuffix("_id").replace("_", " ").capitalize()


def _named(value: object, names: Mapping[int, str]) -> str:
    return names.get(value, _word(value)) if isinstance(value, int) else _word(value)


def _word(value: object) -> str:
    if value is None or value == "":
        return _NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    if _INSTANT.fullmatch(text):
        return show_moment(datetime.fromisoformat(text))
    if _DAY.fullmatch(text):
        return show_date(date.fromisoformat(text))
    if _CODE.fullmatch(text):
        return text.replace("_", " ")
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
