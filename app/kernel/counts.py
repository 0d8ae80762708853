"""How many rows there are, where no more than a bound of them is counted."""

from typing import NamedTuple


class Count(NamedTuple):
    """A number of rows; with `more` there are others, of which it is only said that there are."""

    rows: int
    more: bool = False

    def __bool__(self) -> bool:
        return self.rows > 0

    def is_above(self, number: int) -> bool:
        """Whether there are more than that, as far as was counted."""
        return self.more or self.rows > number

    def __str__(self) -> str:
        """In figures, with a plus where there are more."""
        return f"{self.rows:,}{'+' if self.more else ''}"


NONE = Count(0)


def counted(found: int, most: int) -> Count:
    """What a look at no more than `most` rows and one found."""
    return Count(min(found, most), found > most)
