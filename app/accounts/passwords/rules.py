"""Which passwords are refused: too short, too long, a pattern, or words anybody would try."""

import re
from collections.abc import Iterable
from itertools import takewhile

from app.accounts.passwords.common import common_words
from app.kernel.errors import Invalid

SHORTEST = 12
LONGEST = 1_024
CONTEXT = ("agency", "council", "social", "care", "socialcare", "worker", "clearway", "children")
EASY = (
    "This password is among the first that somebody would try. "
    "Three or four words that have nothing to do with each other make a good one."
)

_ROWS = (
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "0123456789" * 2,
    "abcdefghijklmnopqrstuvwxyz",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "qazwsxedcrfvtgbyhnujmikolp",
)
_RUNS = (*_ROWS, *(row[::-1] for row in _ROWS))
_SHORTEST_RUN = 3
_FEWEST_SIGNS = 5
_MOST_COMMON_WORDS = 2
_LONGEST_WORD = 20
# More digits than this, in no pattern, are something that nobody would guess.
_GUESSED_DIGITS = 6
_LOOK_ALIKES = str.maketrans("013457@$!", "oleastasi")
_EDGES = re.compile(r"^[\d\W_]+|[\d\W_]+$")
_BETWEEN = re.compile(r"[^a-z]+")
_UNGUESSED = "\0"


def refuse_weak(password: str, about: Iterable[str], *, field: str = "password") -> None:
    """Raise Invalid for a password that is too short, too long or easy to guess.

    `about` are words that belong to the person: names and the address they sign in with.
    """
    if len(password) < SHORTEST:
        raise Invalid(field, f"Use at least {SHORTEST} characters.")
    if len(password) > LONGEST:
        raise Invalid(field, f"Use {LONGEST:,} characters or fewer.")
    own = {word for text in about for word in re.split(r"\W+", text.casefold()) if len(word) > 2}
    folded = password.casefold()
    if _is_pattern(folded) or _is_made_of(folded, own.union(CONTEXT)):
        raise Invalid(field, EASY)


def _is_pattern(text: str) -> bool:
    repeats = (text + text).find(text, 1)
    few = len(set(text)) < _FEWEST_SIGNS
    return few or repeats < min(SHORTEST, len(text)) or _is_runs(text)


def _is_runs(text: str) -> bool:
    """Whether a text is nothing but neighbours on the keyboard, in the alphabet or in counting."""
    place = 0
    while place < len(text):
        length = max(_run_at(text, place, row) for row in _RUNS)
        if length < _SHORTEST_RUN:
            return False
        place += length
    return True


def _run_at(text: str, place: int, row: str) -> int:
    start = row.find(text[place])
    if start < 0:
        return 0
    pairs = zip(text[place:], row[start:], strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _is_made_of(text: str, own: set[str]) -> bool:
    plain = _letters(text)
    if _UNGUESSED in plain:
        return False
    disguised = _letters(_EDGES.sub("", text).translate(_LOOK_ALIKES))
    return any(
        _common_words_in(letters, own) <= _MOST_COMMON_WORDS for letters in (plain, disguised)
    )


def _letters(text: str) -> str:
    """The letters of a text; years and other digits that are guessed along with words fall away."""

    def left(found: re.Match[str]) -> str:
        digits = re.sub(r"\D", "", found[0])
        guessed = len(digits) <= _GUESSED_DIGITS or _is_pattern(digits)
        return "" if guessed and found[0].isascii() else _UNGUESSED

    return _BETWEEN.sub(left, text)


def _common_words_in(letters: str, own: set[str]) -> int:
    """How few common words the letters can be cut into; own words cost nothing."""
    common = common_words()
    impossible = len(letters) + _MOST_COMMON_WORDS + 1
    fewest = [0] + [impossible] * len(letters)
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - _LONGEST_WORD), end):
            word = letters[start:end]
            if word in own or word in common:
                fewest[end] = min(fewest[end], fewest[start] + (word not in own))
    return fewest[-1]
