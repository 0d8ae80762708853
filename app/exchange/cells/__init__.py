"""What one cell of a council's list means: each parser takes a cell and raises a plain sentence."""

from app.exchange.cells.ages import AgeBand, age_band
from app.exchange.cells.codes import (
    LONGEST_SPELLING,
    MEANINGS,
    Answer,
    CouncilStatus,
    Said,
    UnknownSpelling,
    Worker,
    coded,
    counts_as,
    fold,
    is_named_worker,
    place_of,
    worker,
)
from app.exchange.cells.days import NOT_YET, day
from app.exchange.cells.plain import (
    as_text,
    check_whole,
    family_key,
    is_broken,
    is_plain_reference,
    reference,
    words,
)

__all__ = [
    "LONGEST_SPELLING",
    "MEANINGS",
    "NOT_YET",
    "AgeBand",
    "Answer",
    "CouncilStatus",
    "Said",
    "UnknownSpelling",
    "Worker",
    "age_band",
    "as_text",
    "check_whole",
    "coded",
    "counts_as",
    "day",
    "family_key",
    "fold",
    "is_broken",
    "is_named_worker",
    "is_plain_reference",
    "place_of",
    "reference",
    "words",
    "worker",
]
