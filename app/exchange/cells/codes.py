"""What a cell says as one of a few values, in any of the spellings that councils use for it."""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import TypeAlias

from app.exchange.cells import table
from app.exchange.cells.plain import NOTHING, as_text
from app.exchange.layouts.fields import Field
from app.exchange.readers import Cell

# What the people of a contract said a spelling means; "" where it says nothing that is kept.
Said: TypeAlias = Mapping[tuple[Field, str], str]

_APOSTROPHES = str.maketrans("", "", "'’‘`")
_NOT_WORDS = re.compile(r"[^a-z0-9]+")
_LETTER = re.compile(r"[a-z0-9] ")
_CODES = {
    # N1a and N1 SF are finer kinds of N1; RC5a is no reason that the census knows.
    Field.PRIMARY_NEED: re.compile(r"(?<![a-z0-9])(n[0-9])(?![0-9])"),
    Field.CLOSURE_REASON: re.compile(r"(?<![a-z0-9])(rc[1-9])(?![a-z0-9])"),
}
_SHOWN = 40
LONGEST_SPELLING = 120


class Answer(StrEnum):
    YES = table.YES
    NO = table.NO
    UNKNOWN = table.UNKNOWN


class CouncilStatus(StrEnum):
    """Where the council's own list says that the child's case stands."""

    LOOKED_AFTER = table.LOOKED_AFTER
    PROTECTION_PLAN = table.PROTECTION_PLAN
    IN_NEED_PLAN = table.IN_NEED_PLAN
    OPEN_ASSESSMENT = table.OPEN_ASSESSMENT
    CLOSED = table.CLOSED


class Worker(StrEnum):
    """Whether a worker column names somebody; the name itself is never kept."""

    NAMED = "named"
    NOBODY = "nobody"


_ANSWERS: Mapping[str, str] = {Answer.YES: "Yes", Answer.NO: "No", Answer.UNKNOWN: "Unknown"}
# For each coded field its meanings in words, and what the sentence of a refusal says is lacking.
MEANINGS: Mapping[Field, Mapping[str, str]] = {
    Field.REFERRAL_NFA: _ANSWERS,
    Field.ICPC_UNNECESSARY: _ANSWERS,
    Field.CHILD_SEEN: _ANSWERS,
    Field.SUPPORT_REQUIRED: _ANSWERS,
    Field.PRIMARY_NEED: {
        "N1": "N1 Abuse or neglect",
        "N2": "N2 Child’s disability or illness",
        "N3": "N3 Parental disability or illness",
        "N4": "N4 Family in acute stress",
        "N5": "N5 Family dysfunction",
        "N6": "N6 Socially unacceptable behaviour",
        "N7": "N7 Low income",
        "N8": "N8 Absent parenting",
        "N9": "N9 Cases other than children in need",
        "N0": "N0 Not stated",
    },
    Field.CLOSURE_REASON: {
        "RC1": "RC1 Adopted",
        "RC2": "RC2 Died",
        "RC3": "RC3 Child arrangements order",
        "RC4": "RC4 Special guardianship order",
        "RC5": "RC5 Transferred to another local authority",
        "RC6": "RC6 Transferred to adult services",
        "RC7": "RC7 Services ceased for any other reason",
        "RC8": "RC8 Closed after assessment, no further action",
        "RC9": "RC9 Closed after assessment, referred to early help",
    },
    Field.CASE_STATUS: {
        CouncilStatus.LOOKED_AFTER: "Looked after child",
        CouncilStatus.PROTECTION_PLAN: "Child protection plan",
        CouncilStatus.IN_NEED_PLAN: "Child in need plan",
        CouncilStatus.OPEN_ASSESSMENT: "Open assessment",
        CouncilStatus.CLOSED: "Closed episode",
    },
    Field.ASSESSMENT_TYPE: {
        table.INITIAL: "Initial assessment",
        table.CORE: "Core assessment",
        table.CHILD_AND_FAMILY: "Child and family assessment",
    },
    Field.ALLOCATED_WORKER: {
        Worker.NOBODY: "Nobody: a team, a tray or a place where work waits",
        Worker.NAMED: "A named worker",
    },
}
_LACKS = {
    **dict.fromkeys(
        (Field.REFERRAL_NFA, Field.ICPC_UNNECESSARY, Field.CHILD_SEEN, Field.SUPPORT_REQUIRED),
        "which is neither yes, no nor unknown",
    ),
    Field.PRIMARY_NEED: "no primary need code from N0 to N9",
    Field.CLOSURE_REASON: "no reason for closure from RC1 to RC9",
    Field.CASE_STATUS: "which is no case status",
    Field.ASSESSMENT_TYPE: "which is no type of assessment",
}
_TABLES: Mapping[Field, Mapping[str, str]] = {
    Field.REFERRAL_NFA: table.NO_FURTHER_ACTION,
    Field.ICPC_UNNECESSARY: table.NEEDED,
    Field.CHILD_SEEN: table.SEEN,
    Field.SUPPORT_REQUIRED: table.NEEDED,
    Field.PRIMARY_NEED: table.PRIMARY_NEEDS,
    Field.CLOSURE_REASON: table.CLOSURE_REASONS,
    Field.CASE_STATUS: table.CASE_STATUSES,
    Field.ASSESSMENT_TYPE: table.ASSESSMENT_TYPES,
}
# Their spellings may go on with further words, as in “Low income: debts”.
_OPEN_ENDED = (
    Field.PRIMARY_NEED,
    Field.CLOSURE_REASON,
    Field.ASSESSMENT_TYPE,
    Field.CASE_STATUS,
)
# Single words that mean the same whatever follows, as in “Closed – NFA”.
_BEGIN = frozenset({"open", "closed"})


class UnknownSpelling(ValueError):
    """A coded field holds a text that nobody has said the meaning of."""

    def __init__(self, field: Field, text: str) -> None:
        super().__init__(f"says “{text[:_SHOWN]}”, {_LACKS[field]}.")
        self.field = field
        self.text = text


def fold(text: str) -> str:
    """A spelling without case, punctuation, apostrophes and odd spaces, cut at its longest."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_APOSTROPHES)
    return _NOT_WORDS.sub(" ", plain).strip()[:LONGEST_SPELLING]


def coded(field: Field, cell: Cell, said: Said) -> str | None:
    """One of the field's meanings, or None where the cell says nothing; raises UnknownSpelling."""
    text = as_text(cell)
    if not text:
        return None
    spelling = fold(text)
    meaning = said.get((field, spelling))
    if meaning is None:
        meaning = _own(field, spelling)
    if meaning is None:
        raise UnknownSpelling(field, text)
    return meaning or None


def worker(cell: Cell, said: Said) -> Worker | None:
    """Whether the cell names a person who works on the case; None where it is empty."""
    text = as_text(cell)
    if not text:
        return None
    meaning = said.get((Field.ALLOCATED_WORKER, fold(text)))
    if meaning is not None:
        return Worker.NAMED if meaning == Worker.NAMED else Worker.NOBODY
    if said.get((Field.ALLOCATED_WORKER, counts_as(place_of(text)))) == Worker.NAMED:
        return Worker.NAMED
    return Worker.NAMED if is_named_worker(text) else Worker.NOBODY


def counts_as(place: str) -> str:
    """The spelling under which a contract says that a place counts as a named worker."""
    return f"any {place}"


def place_of(text: str) -> str:
    """What stands where a name should: a manager, duty, a tray or a team; else nothing.

    A text that also says that nobody has the case, such as “duty, unallocated”, is no place.
    """
    words = set(re.findall(r"[^\W_]+", text.lower()))
    if words & table.NOBODY_YET:
        return ""
    return next((place for place, own in table.PLACES.items() if words & own), "")


def is_named_worker(text: str) -> bool:
    """Whether a text names a person: not duty, a team, a manager, a tray, a post or initials.

    Short words (initials such as AW, codes) and anything with a digit name nobody.
    """
    named = re.findall(r"[^\W_]+", text.lower())
    if any(word in table.NOT_A_PERSON for word in named) or any(c.isdigit() for c in text):
        return False
    name = (word for word in named if word not in table.POSTS)
    return any(len(word) > 2 for word in name) and text.lower() not in NOTHING


def _own(field: Field, spelling: str) -> str | None:
    """What our own table says; a code in the text goes before its words."""
    if pattern := _CODES.get(field):
        codes = set(pattern.findall(spelling))
        if len(codes) == 1:
            return str(codes.pop().upper())
    known = _TABLES[field]
    without_letter = _LETTER.sub("", spelling, count=1) if _LETTER.match(spelling) else spelling
    for words in (spelling, without_letter):
        if words in known:
            return known[words]
    return _beginning(field, without_letter) if field in _OPEN_ENDED else None


def _beginning(field: Field, words: str) -> str | None:
    """The meaning of the longest known spelling that the text begins with, mostly several words."""
    return next((m for known, m in _longest_first(field) if words.startswith(known + " ")), None)


@cache
def _longest_first(field: Field) -> tuple[tuple[str, str], ...]:
    several = [one for one in _TABLES[field].items() if " " in one[0] or one[0] in _BEGIN]
    return tuple(sorted(several, key=lambda pair: -len(pair[0])))
