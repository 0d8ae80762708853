"""Keeps a spreadsheet from running text as a formula, by an apostrophe that reading takes off."""

import re

_FORMULA = "=+\\-@|%＝＋－＠｜％"  # noqa: RUF001 - the full-width forms are what is guarded against
_BEFORE = "[\\s\\x00-\\x1f\\ufeff]*"
_RISKY = re.compile(f"'*{_BEFORE}[{_FORMULA}]")
_GUARDED = re.compile(f"'+{_BEFORE}[{_FORMULA}]")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def guarded(text: str) -> str:
    """The text with an apostrophe before it where Excel would take it for a formula."""
    if not text.isalnum() and _RISKY.match(text) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if _GUARDED.match(text) else text
