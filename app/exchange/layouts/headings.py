"""What stands over the columns of a sheet: its line of headers, or two lines read as one."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise, starmap, zip_longest

from app.exchange.precheck import HEAD_ROWS, column_letters
from app.exchange.readers import Cell, Row, Sheet

_APOSTROPHES = str.maketrans("", "", "'’‘`")
_NOT_WORDS = re.compile(r"[^a-z0-9]+")
# What is said behind a header of how to fill its column in.
_HINT = re.compile(r" (?:dd mm yy(?:yy)?|yyyy mm dd|y n|yes no|required|mandatory)$")


@dataclass(frozen=True)
class Heading:
    """Headers as written, "" over a column without; `lower` is their lower line alone.

    `index` is the place of that line among the rows that hold something, `line` its number.
    """

    index: int
    line: int
    texts: tuple[str, ...]
    lower: tuple[str, ...]

    @property
    def repeated(self) -> int:
        """How many columns have the header of another."""
        return sum(times for text, times in self._times().items() if text and times > 1)

    def names(self) -> tuple[str, ...]:
        """A name for every column that no other has, where need be with the column's letter."""
        times = self._times()
        return tuple(
            text if text and times[fold(text)] == 1 else _lettered(text, column_letters(at))
            for at, text in enumerate(self.texts, start=1)
        )

    def _times(self) -> Counter[str]:
        return Counter(map(fold, self.texts))


# Each header is looked for in every list that is known, alone and with the one above it.
@lru_cache(maxsize=8192)
def fold(header: str) -> str:
    """A header without case, punctuation, apostrophes, odd spaces and how to fill it in."""
    text = unicodedata.normalize("NFKC", header).lower().translate(_APOSTROPHES)
    return _HINT.sub("", _NOT_WORDS.sub(" ", text).strip())


@lru_cache(maxsize=8192)
def close(header: str) -> str:
    """The same without its spaces: ReferralDate is Referral date."""
    return fold(header).replace(" ", "")


def find(sheet: Sheet, score: Callable[[Heading], int]) -> Heading:
    """The line that scores highest of the first ones, with the line above it where that is more.

    It is more where two lines score higher together, or have fewer columns that are called alike.
    Where nothing scores, the first line with two cells filled.
    """
    head = list(islice(sheet.rows(), HEAD_ROWS))
    lines = [_of_line(index, row) for index, row in enumerate(head)]
    both = list(starmap(_of_two, pairwise(lines)))
    best = max((*lines, *both), key=score)
    if not score(best):
        return next((one for one in lines if sum(map(bool, one.texts)) > 1), lines[0])
    if best.index and best is lines[best.index]:
        above = both[best.index - 1]
        if score(above) == score(best) and above.repeated < best.repeated:
            return above
    return best


def _of_line(index: int, row: Row) -> Heading:
    texts = [_text(cell) for cell in row.cells]
    while texts and not texts[-1]:
        texts.pop()
    return Heading(index, row.line, tuple(texts), tuple(texts))


def _of_two(upper: Heading, lower: Heading) -> Heading:
    """Two lines as one; what the upper says goes on to the right until it says something else."""
    joined, group = [], ""
    above, below = zip(*zip_longest(upper.texts, lower.texts, fillvalue=""), strict=True)
    for over, under in zip(above, below, strict=True):
        group = over or group
        joined.append(f"{group} {under}" if under and fold(group) != fold(under) else over)
    return Heading(lower.index, lower.line, tuple(map(str.strip, joined)), below)


def _text(cell: Cell) -> str:
    return "" if cell is None else " ".join(str(cell).split())


def _lettered(text: str, letters: str) -> str:
    return f"{text} (column {letters})" if text else f"Column {letters}"
