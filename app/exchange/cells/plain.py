"""What a cell says as text: the spreadsheet's own words, a reference, a family, a line of text."""

import re
from datetime import date, time, timedelta
from unicodedata import normalize

from app.exchange.readers import Cell
from app.kernel.days import show_date
from app.kernel.identifiers import identifiers_in

LONGEST_REFERENCE = 40
LONGEST_TEXT = 200

# What systems write where they have nothing to say; compared in small letters.
NOTHING = frozenset({"", "-", "n/a", "na", "#n/a", "null", "none", "nan", "placeholder_data"})
# Many children may have one of these, and are no family for it.
_NO_FAMILY = frozenset(
    {"no", "no family", "no siblings", "none known", "not known", "not recorded", "only child"}
    | {"tba", "tbc", "unknown", "x", "?"}
)
_TOTALS = frozenset({"total", "totals", "total:", "grand total", "subtotal", "sub-total", "count"})
_ERRORS = frozenset({"#ref!", "#value!", "#div/0!", "#name?", "#num!", "#null!"})
_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?E\+[0-9]+", re.IGNORECASE)
# How a list keeps Excel from taking a reference for a number: ="00123", or '00123.
_AS_TEXT = re.compile(r"=\"([^\"]*)\"|'(.+)")
# Letters before digits, as nearly all are: neither nothing nor a total, and nothing to take off.
_PLAIN_REFERENCE = re.compile(r"[A-Za-z]{0,8}[0-9]{1,32}")
_WHOLE = re.compile(r"([0-9]+)\.0+")
EXACT_DIGITS = 15


def as_text(cell: Cell) -> str:
    """The cell as the spreadsheet shows it, without spaces around; "" where it says nothing."""
    if isinstance(cell, str):
        text = cell.replace("\xa0", " ").strip()
        return "" if text.lower() in NOTHING else text
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**EXACT_DIGITS:
        return str(int(cell))
    if isinstance(cell, date):
        return show_date(cell)
    return "" if cell is None else str(cell)


def is_broken(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and cell[:1] == "#" and cell.lower() in _ERRORS)


def check_whole(cell: Cell) -> None:
    """Refuses a cell that has no value to read: an error, or a formula saved without one."""
    if cell is None:
        raise ValueError("holds a formula without a value. Open the file in Excel and save it.")
    if is_broken(cell):
        raise ValueError(f"holds the error {cell}.")


def is_plain_reference(text: str) -> bool:
    """Whether a text is a reference as it stands."""
    return _PLAIN_REFERENCE.fullmatch(text) is not None


def reference(cell: Cell) -> str:
    """The council's reference, 1 to 40 characters, as text: 00123 stays, 1001.0 is 1001."""
    if isinstance(cell, str) and is_plain_reference(cell):
        return cell
    return _reference(cell)


def _reference(cell: Cell) -> str:
    if isinstance(cell, date | time | timedelta):
        raise ValueError("holds a date: Excel changed this reference.")
    if isinstance(cell, float) and abs(cell) >= 10**EXACT_DIGITS:
        raise ValueError("has more than 15 digits: Excel changed this reference.")
    text = _kept(normalize("NFC", as_text(cell)))
    if not text:
        raise ValueError("is empty, and every row needs a reference.")
    if text.lower() in _TOTALS:
        raise ValueError(f"says {text}: a line that adds up is no child’s.")
    if _SCIENTIFIC.fullmatch(text):
        raise ValueError(f"says {text}: Excel changed this reference.")
    if len(text) > LONGEST_REFERENCE:
        raise ValueError(f"has {len(text)} characters; a reference has at most 40.")
    if not text.isprintable():
        raise ValueError("holds characters that cannot be seen.")
    _check_nobody(text)
    whole = _WHOLE.fullmatch(text)
    return whole[1] if whole else text


def _check_nobody(text: str) -> None:
    """Refuses what tells who a child is, without repeating it."""
    if " " in text and not any(map(str.isdigit, text)):
        raise ValueError(
            "holds words and no number: a heading or a note, or a name, but no reference."
        )
    if " " in text and "an NHS number" in identifiers_in(text):
        raise ValueError("holds an NHS number, which is no reference of a case.")


def _kept(text: str) -> str:
    kept = _AS_TEXT.fullmatch(text)
    return (kept[1] or kept[2] or "").strip() if kept else text


def family_key(cell: Cell) -> str | None:
    """What a family goes by, or None where the list says that it knows of none."""
    text = words(cell)
    if text is None or text.casefold() in _NO_FAMILY or not text.strip("0"):
        return None
    return text


def words(cell: Cell) -> str | None:
    """Text of at most 200 characters, with single spaces."""
    text = " ".join(as_text(cell).split())
    if not text:
        return None
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"has {len(text)} characters; at most {LONGEST_TEXT} go.")
    if not text.isprintable():
        raise ValueError("holds characters that cannot be seen.")
    return text
