"""Money as whole pence: reading it, showing it, taking shares and splitting it."""

import re
from collections.abc import Sequence
from typing import NewType

Pence = NewType("Pence", int)

WHOLE = 10_000
"""All of an amount, in basis points."""

_AMOUNT = re.compile(r"([-−]?)£? ?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]{2}))?")
_MOST_DIGITS = 10


def pounds(text: str) -> Pence:
    """Read “1,234.50”, “£1234” or “-12.00”; ValueError with a sentence for what is none of them."""
    found = _AMOUNT.fullmatch(text.strip())
    if not found:
        raise ValueError("Write an amount in pounds, for example 1,234.50.")
    sign, whole, pence = found.groups()
    digits = whole.replace(",", "").lstrip("0")
    if len(digits) > _MOST_DIGITS:
        raise ValueError("An amount has at most ten digits before the point.")
    amount = int(digits or "0") * 100 + int(pence or "0")
    return Pence(-amount if sign else amount)


def show(amount: Pence) -> str:
    """To the penny: £1,234.50."""
    whole, pence = divmod(abs(amount), 100)
    return f"{_sign(amount)}£{whole:,}.{pence:02}"


def show_round(amount: Pence) -> str:
    """For a figure read at a glance: £950, £9,500, £240k, £1.2m."""
    size = abs(amount)
    whole = _divide(size, 100)
    thousands = _divide(size, 100_000)
    if whole < 10_000:
        return f"{_sign(whole and amount)}£{whole:,}"
    if thousands < 1_000:
        return f"{_sign(amount)}£{thousands}k"
    millions, tenth = divmod(_divide(size, 10_000_000), 10)
    return f"{_sign(amount)}£{millions:,}.{tenth}m"


def share(amount: Pence, basis_points: int) -> Pence:
    """That many ten-thousandths of an amount, to the nearest penny, halves away from zero."""
    return proportion(amount, basis_points, WHOLE)


def proportion(amount: Pence, part: int, whole: int) -> Pence:
    """`part` of `whole` of an amount, to the nearest penny, halves away from zero.

    ValueError unless `whole` is positive.
    """
    if whole <= 0:
        raise ValueError("Only a positive whole has parts.")
    product = amount * part
    size = _divide(abs(product), whole)
    return Pence(-size if product < 0 else size)


def basis_points(part: Pence, whole: Pence) -> int:
    """The share `part` is of a positive `whole`, to the nearest point; it may exceed `WHOLE`."""
    if whole <= 0:
        raise ValueError("Only a positive amount has shares.")
    size = _divide(abs(part) * WHOLE, whole)
    return -size if part < 0 else size


def split(amount: Pence, weights: Sequence[int]) -> tuple[Pence, ...]:
    """Divide an amount by whole weights so that the parts sum to it exactly.

    Pennies left over go to the parts that lost most by rounding, the earlier first. ValueError
    unless no weight is negative and one is positive.
    """
    total = sum(weights)
    if total <= 0 or min(weights) < 0:
        raise ValueError("To split an amount, no weight may be negative and one must count.")
    shares = [divmod(abs(amount) * weight, total) for weight in weights]
    left = abs(amount) - sum(part for part, _ in shares)
    by_loss = sorted(range(len(weights)), key=lambda place: -shares[place][1])
    given = set(by_loss[:left])
    parts = (part + (place in given) for place, (part, _) in enumerate(shares))
    return tuple(Pence(-part if amount < 0 else part) for part in parts)


def _divide(size: int, by: int) -> int:
    return (size + by // 2) // by


def _sign(amount: int) -> str:
    return "−" if amount < 0 else ""
