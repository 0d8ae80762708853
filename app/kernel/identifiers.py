"""Finds what could tell who a child is within free text: numbers, places, days and names."""

import re

_NHS = re.compile(r"(?<!\d)(\d{3})[ -]?(\d{3})[ -]?(\d{4})(?!\d)")
_POSTCODE = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d(?!st\b|nd\b|rd\b|th\b)[ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE
)
_TELEPHONE = re.compile(r"(?<!\d)(?:\+44|0044|0)[ ().-]*[12378](?:[ ().-]*\d){8,9}(?!\d)")
_DATE = (
    r"(?:\d{1,2}[/. -]\d{1,2}[/. -]\d{2,4}|\d{4}-\d{2}-\d{2}"
    r"|\d{1,2}(?:st|nd|rd|th)? (?:of )?[a-z]{3,9} \d{2,4})"
)
_BORN = re.compile(
    rf"\b(?:d\.?o\.?b\.?|date of birth|birthday|born)(?: (?:is|was|on))?\W{{0,3}}{_DATE}",
    re.IGNORECASE,
)
_DAYS = (
    "Mon|Tues?|Wednes|Thurs|Fri|Satur|Sun|January|February|March|April|May|June|July|August"
    "|September|October|November|December"
)
_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Master)\.? [A-Z][a-zà-ÿ'’-]+")
_RELATIVE = re.compile(
    r"\b(?:[Mm]um|[Mm]other|[Dd]ad|[Ff]ather|[Bb]rother|[Ss]ister|[Ss]ibling|[Pp]artner|[Ss]on"
    rf"|[Dd]aughter|[Gg]ran|[Nn]an|[Aa]unt|[Uu]ncle) (?!{_DAYS})[A-Z][a-zà-ÿ]+"
)


def identifiers_in(text: str) -> tuple[str, ...]:
    """What the text seems to hold, each kind once, in words that follow “seems to hold”."""
    found = {
        "an NHS number": any(_is_nhs_number("".join(one.groups())) for one in _NHS.finditer(text)),
        "a postcode": _POSTCODE.search(text),
        "a telephone number": _TELEPHONE.search(text),
        "a date of birth": _BORN.search(text),
        "a name": _TITLE.search(text) or _RELATIVE.search(text),
    }
    return tuple(kind for kind, hit in found.items() if hit)


def _is_nhs_number(digits: str) -> bool:
    """Whether the last digit is the check digit of the nine before it."""
    weighed = zip(digits[:9], range(10, 1, -1), strict=True)
    total = sum(int(digit) * weight for digit, weight in weighed)
    return (11 - total % 11) % 11 == int(digits[9])
