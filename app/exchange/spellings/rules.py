"""Which meanings a spelling may be given, and how they are said."""

from app.exchange.cells import MEANINGS
from app.exchange.layouts import Field
from app.kernel.errors import Invalid

# Chosen where a spelling says nothing that is kept.
NOTHING = "nothing"
NOTHING_WORDS = "Nothing that is kept"


def choices(field: Field) -> list[tuple[str, str]]:
    """The meanings of a field to choose from, with their words."""
    return [
        *((str(meaning), words) for meaning, words in MEANINGS[field].items()),
        (NOTHING, NOTHING_WORDS),
    ]


def chosen(field: Field, meaning: str) -> str:
    """The meaning as it is kept: empty where the spelling says nothing; Invalid if unknown."""
    if meaning == NOTHING:
        return ""
    if meaning not in MEANINGS[field]:
        raise Invalid("meaning", "Choose one of the meanings.")
    return meaning


def in_words(field: Field, meaning: str) -> str:
    """A kept meaning as a person reads it."""
    return MEANINGS[field].get(meaning, NOTHING_WORDS)
