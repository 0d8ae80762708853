"""How an outlook came about, in words."""

from app.finance.outlook.rules import Basis, LotMoney, beside, weekly_ahead
from app.kernel.money import Pence, show
from app.planning.cost_paths import Fees, Known, Seen


def next_week(money: LotMoney, pace: Known | Seen) -> int:
    """What the next week is likely to cost, cases that leave at the present pace counted in."""
    week = weekly_ahead(money)[0] + beside(money)
    if money.cases is None:
        return week
    rate = pace.rate if isinstance(pace, Known) else sum(pace.cleared) / len(pace.cleared)
    return week + round(rate * _each(money.cases.fees))


def _each(fees: Fees) -> float:
    return fees.paid * (fees.assessed[0] + fees.cleared[0])


def method(money: LotMoney, pace: Known | Seen, remaining: int) -> str:
    """How an outlook came about, in words."""
    week = show(Pence(next_week(money, pace)))
    seen = (
        f"the pace of the last {len(pace.cleared)} full weeks, the latest"
        " counting most, which may be off by about a quarter"
        if isinstance(pace, Seen)
        else "the plan’s pace, because fewer than four full weeks are over: a planning assumption,"
        " not a forecast"
    )
    return (
        f"{remaining:,} open cases, played out 4,000 times at {seen}."
        f" The next week costs {week}, by {money.basis.label}; {_until(money)}.{_beyond(money)}"
    )


def _until(money: LotMoney) -> str:
    """How long is paid for: until the last case leaves, by the week or as each of them does."""
    weeks = (
        "whole weeks are paid until the last case is cleared, and no fewer than the"
        f" {money.notice_weeks} weeks of notice"
    )
    if money.cases is None:
        return weeks
    fees = money.cases.fees
    each = (
        f"a case comes to {show(Pence(fees.assessed[0]))} assessed and"
        f" {show(Pence(fees.cleared[0]))} cleared, as {fees.paid:.0%} of those that left did;"
        f" open cases whose assessment is paid: {fees.begun:,}"
    )
    return each if money.basis is Basis.CASES else f"{each}; {weeks}"


def _beyond(money: LotMoney) -> str:
    """What else is counted: milestones to come and caps."""
    said = ""
    if money.to_come:
        said += f" Milestones to come add {show(Pence(money.to_come))}."
    if money.caps.month is not None:
        said += f" No month is charged more than {show(Pence(money.caps.month))}."
    if money.caps.whole is not None:
        said += f" Caps leave {show(Pence(money.caps.whole))} to charge."
    return said
