"""By what two ways of writing one reference, or one family's key, are known to be one."""

import re
import unicodedata

LONGEST = 40
_POINT_ZERO = re.compile(r"\.0+$")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_ZEROS_IN_FRONT = re.compile(r"([a-z]*)0+(?=[0-9])")


def core(text: str) -> str:
    """What stays of a reference or key without case, spaces, signs, .0 and zeros in front."""
    if text.isascii() and text.isalnum():
        if text.isdigit():
            return text.lstrip("0") or text[-1]
        return _without_zeros(text.lower())
    plain = unicodedata.normalize("NFKC", text).casefold().strip()
    return _without_zeros(_NOT_WORD.sub("", _POINT_ZERO.sub("", plain)))[:LONGEST]


def _without_zeros(text: str) -> str:
    zeros = _ZEROS_IN_FRONT.match(text)
    return f"{zeros[1]}{text[zeros.end() :]}" if zeros else text
