"""The kinds of typed answer that forms are made of, each refusing what no database should keep."""

import re
import unicodedata
from datetime import date, time
from typing import Annotated

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    SecretStr,
    StringConstraints,
)

from app.kernel.days import parse_date
from app.kernel.money import pounds

_FORBIDDEN_CATEGORIES = {"Cc", "Cs", "Cf"}
# Joiners belong to real words in several scripts; every other invisible character is refused.
_JOINERS = {"\u200c", "\u200d"}
# Stands for bytes that were no text.
_LOST = "\ufffd"
# Its digits without the zeros before them; at least one in all.
_WHOLE = re.compile(r"(?=[0-9])0*([0-9]*)")
MOST_DIGITS = 9
_HUNDREDTHS = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,7})(?:\.([0-9]{1,2}))? ?%?")
_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")
LARGEST_ID = 2**31 - 1


class Form(BaseModel):
    """A form's answers; anything the form did not ask for is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


def clean(text: object, *, lines: bool = False) -> object:
    """One spelling of each character, and none that hides, reorders or breaks what is shown."""
    if not isinstance(text, str):
        return text
    tidy = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\u00a0", " ")).strip()
    for character in tidy:
        hidden = character == _LOST or unicodedata.category(character) in _FORBIDDEN_CATEGORIES
        if hidden and character not in _JOINERS and not (lines and character in "\n\t"):
            raise ValueError("Remove the hidden or control characters from this text.")
    return tidy


def _clean_lines(text: object) -> object:
    return clean(text, lines=True)


def _day(typed: object) -> object:
    return parse_date(typed) if isinstance(typed, str) else typed


def _pence(typed: object) -> object:
    return pounds(typed) if isinstance(typed, str) else typed


def _whole(typed: object) -> object:
    if isinstance(typed, str):
        found = _WHOLE.fullmatch(typed.strip())
        if not found:
            raise ValueError("Write a whole number with the digits 0 to 9, for example 12.")
        if len(found[1]) > MOST_DIGITS:
            raise ValueError(f"Write a whole number of at most {MOST_DIGITS} digits.")
        return int(found[1] or 0)
    return typed


def _hundredths(typed: object) -> object:
    if not isinstance(typed, str):
        return typed
    found = _HUNDREDTHS.fullmatch(typed.strip())
    if not found:
        raise ValueError("Write a number with at most two digits after the point, such as 87.5.")
    return int(found[1].replace(",", "") + (found[2] or "").ljust(2, "0"))


def _time(typed: object) -> object:
    if not isinstance(typed, str):
        return typed
    found = _TIME.fullmatch(typed.strip())
    if not found:
        raise ValueError("Write the time with hours and minutes, for example 14:30.")
    return time(int(found[1]), int(found[2]))


def _row_id(typed: object) -> object:
    """Whoever chooses from a list typed no number, so none is asked for."""
    try:
        number = _whole(typed)
    except ValueError:
        number = None
    if not isinstance(number, int) or not 0 < number <= LARGEST_ID:
        raise ValueError("Choose one of the list.")
    return number


class Listed:
    """Marks a row that is chosen from a list."""


class Hidden:
    """Marks an answer that the page fills in and nobody reads."""


class FreeText:
    """Marks text of one's own words, which is looked at for what could tell who a child is."""


Line = Annotated[str, BeforeValidator(clean), StringConstraints(max_length=120)]
Reference = Annotated[str, BeforeValidator(clean), StringConstraints(max_length=40)]
# A few words beside a code: enough for a reason, too little for a story.
Short = Annotated[str, BeforeValidator(clean), StringConstraints(max_length=200), FreeText()]
Note = Annotated[str, BeforeValidator(_clean_lines), StringConstraints(max_length=1000), FreeText()]
# What a flag says: never held up, whatever it gives away.
Urgent = Annotated[str, BeforeValidator(_clean_lines), StringConstraints(max_length=500)]
Digest = Annotated[str, StringConstraints(max_length=64), Hidden()]
Day = Annotated[date, BeforeValidator(_day)]
TimeOfDay = Annotated[time, BeforeValidator(_time)]
Pence = Annotated[int, BeforeValidator(_pence)]
Whole = Annotated[int, BeforeValidator(_whole)]
# A number, or a percentage, with at most two digits after the point; kept in hundredths.
Hundredths = Annotated[int, BeforeValidator(_hundredths)]
RowId = Annotated[int, BeforeValidator(_row_id), Listed()]
Tick = Annotated[bool, BeforeValidator(lambda typed: typed == "yes")]
# Kept exactly as typed, never shown again and left out of what is kept of a form.
Secret = SecretStr
