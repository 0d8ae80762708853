"""Words that the passwords people choose most often are made of."""

from functools import cache
from pathlib import Path

_LIST = Path(__file__).with_name("common_words.txt")


@cache
def common_words() -> frozenset[str]:
    """Lower-case words, names and keyboard runs."""
    return frozenset(_LIST.read_text(encoding="ascii").split())
