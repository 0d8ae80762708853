"""What of the signed work no price pays for, so that no invoice can bill it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.finance.evidence.rules import ExpenseDone, ShiftDone
from app.finance.prices.rules import PriceModel, PriceTerms, in_force, of_month
from app.kernel.days import month_end, week_ending
from app.people.rules import Post


@dataclass(frozen=True)
class LeftOut:
    """Hours of one post, or expenses where it is None, from a day to a day.

    `quantity` is in minutes, of expenses in pence.
    """

    band: Post | None
    quantity: int
    first: date
    last: date


def is_paid(prices: Sequence[PriceTerms], band: Post, day: date) -> bool:
    """Whether hours of a post are paid for: by their day rate, a team's week or the cases.

    Cases pay for everybody only where nobody is paid by the day.
    """
    held = [one for one in prices if one.holds_on(day)]
    rates = [one.band for one in held if one.model is PriceModel.DAY_RATE]
    if band in rates or in_force(prices, PriceModel.TEAM_WEEK, week_ending(day)) is not None:
        return True
    return not rates and any(one.model.is_per_case for one in held)


def left_out(
    prices: Sequence[PriceTerms], shifts: Iterable[ShiftDone], expenses: Iterable[ExpenseDone]
) -> list[LeftOut]:
    """What no price pays for, post by post, expenses last; what comes to nothing is not told."""
    found: dict[Post | None, list[tuple[date, int]]] = {post: [] for post in Post}
    for one in shifts:
        if not is_paid(prices, one.band, one.day):
            found[one.band].append((one.day, one.minutes))
    found[None] = [
        (one.day, one.pence)
        for one in expenses
        if of_month(prices, PriceModel.EXPENSES, one.day.replace(day=1), month_end(one.day)) is None
    ]
    return [
        LeftOut(band, total, min(told)[0], max(told)[0])
        for band, told in found.items()
        if (total := sum(quantity for _, quantity in told))
    ]
