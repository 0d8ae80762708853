"""What weeks cost by prices or by what was recorded, and what is put together for the outlook."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.cases.scope.rules import Change, Term
from app.finance.evidence.rules import attendance
from app.finance.prices.rules import PriceModel, PriceTerms, in_force
from app.finance.rules import AVERAGED_WEEKS
from app.kernel.days import week_ending, weeks_between
from app.kernel.labels import Labelled
from app.kernel.money import Pence, proportion, show
from app.people.engagement.rules import NOTICE_WEEKS
from app.people.rules import Post
from app.planning.cost_paths import Known, Seen

WEEK = timedelta(weeks=1)
AHEAD_WEEKS = 26
# A team that has begun and not the weeks in which it did.
PACE_WEEKS = 12
# Fewer weeks than these tell nothing of the pace.
FEWEST = 4
GUESS = 0.5
# How far the two ways of looking ahead may differ before somebody should ask why, in per cent.
APART = 10

_OUT = frozenset({Term.CLEARED, Term.HANDED_BACK})


class Basis(Labelled):
    """What a week ahead is priced by."""

    TEAM_WEEK = "team_week", "the weekly team price"
    DAY_RATES = "day_rates", "the rota and its day rates"
    AVERAGE = "average", "the last costed weeks"


@dataclass(frozen=True)
class Worked:
    """Minutes of one post on one day."""

    band: Post
    day: date
    minutes: int


@dataclass(frozen=True)
class LotMoney:
    """A lot's money by week ending, in pence.

    `signed` are the signed weeks that have prices, `rota` what the rota's weeks come to by them;
    both are empty where there are none. `staff` and `other` are the recorded costs.
    """

    first: date
    as_at: date
    budget: Mapping[date, int]
    staff: Mapping[date, int]
    other: Mapping[date, int]
    signed: Mapping[date, int]
    rota: Mapping[date, int]
    basis: Basis
    notice_weeks: int = NOTICE_WEEKS


@dataclass(frozen=True)
class SoFar:
    """What a lot planned and came to by the last week that is over.

    `accrued` is for weeks that were worked and neither recorded nor signed with a price.
    """

    budget: int
    planned: int
    actual: int
    accrued: int
    accrued_weeks: int


def price_of(
    prices: Sequence[PriceTerms], worked: Iterable[Worked], friday: date
) -> tuple[int, Basis] | None:
    """What a team's week costs: at the weekly team price, or by day rates; None without prices."""
    days = list(worked)
    team = in_force(prices, PriceModel.TEAM_WEEK, friday)
    if team is not None:
        share = attendance(team, sum(one.minutes for one in days))
        worth = proportion(Pence(team.pence), share.numerator, share.denominator)
        return worth, Basis.TEAM_WEEK
    total = 0
    for one in days:
        rate = _rate(prices, one)
        if rate is None:
            return None
        total += rate.worth(one.minutes)
    return (total, Basis.DAY_RATES) if days else None


def _rate(prices: Sequence[PriceTerms], one: Worked) -> PriceTerms | None:
    return next(
        (
            price
            for price in prices
            if price.model is PriceModel.DAY_RATE
            and price.band is one.band
            and price.holds_on(one.day)
        ),
        None,
    )


def first_open(first: date, as_at: date, known: Collection[date]) -> date:
    """The first week whose staff cost is not known, or the one after the last that is over."""
    friday = week_ending(first)
    while friday <= as_at and friday in known:
        friday += WEEK
    return friday


def so_far(money: LotMoney) -> SoFar:
    """Each week that is over: signed and priced, else as recorded, else as it is likely to come."""
    actual, accrued, open_weeks = 0, 0, 0
    friday = week_ending(money.first)
    while friday <= money.as_at:
        actual += money.other.get(friday, 0)
        known = money.signed.get(friday, money.staff.get(friday))
        if known is None:
            accrued += money.rota.get(friday, _average(money.staff))
            open_weeks += 1
        else:
            actual += known
        friday += WEEK
    planned = sum(pence for friday, pence in money.budget.items() if friday <= money.as_at)
    return SoFar(sum(money.budget.values()), planned, actual, accrued, open_weeks)


def weekly_ahead(money: LotMoney) -> list[int]:
    """What each coming week costs while the team works; the last stands for all after it."""
    other = _average(money.other)
    fridays = [money.as_at + WEEK * number for number in range(1, AHEAD_WEEKS + 1)]
    if not money.rota:
        return [_average(money.staff) + other]
    weeks: list[int] = []
    for friday in fridays:
        weeks.append(money.rota.get(friday, weeks[-1] if weeks else 0))
    later = round(sum(weeks[-AVERAGED_WEEKS:]) / AVERAGED_WEEKS)
    return [pence + other for pence in [*weeks, later]]


def committed(money: LotMoney) -> int:
    """What is owed if everybody were given notice today."""
    weeks = weekly_ahead(money)
    weeks += [weeks[-1]] * money.notice_weeks
    return sum(weeks[: money.notice_weeks])


def pace_of(changes: Iterable[Change], planned: float, today: date) -> Known | Seen:
    """Cases that left and came in each of the last weeks; the plan's pace where they are few."""
    out: dict[date, int] = {}
    come: dict[date, int] = {}
    first = None
    for change in changes:
        friday = week_ending(change.day)
        first = friday if first is None else min(first, friday)
        if change.term in _OUT:
            out[friday] = out.get(friday, 0) - change.cases
        elif change.term is not Term.OPENING:
            come[friday] = come.get(friday, 0) + change.cases
    last = week_ending(today - timedelta(days=7))
    number = 0 if first is None else min(PACE_WEEKS, weeks_between(first, last) + 1)
    if number < FEWEST:
        return Known(planned, doubt=GUESS)
    fridays = [last - WEEK * back for back in range(number - 1, -1, -1)]
    return Seen([out.get(day, 0) for day in fridays], [come.get(day, 0) for day in fridays])


def differs(eac: int | None, middle: int) -> int | None:
    """By how many per cent the estimate at completion is off the middle; None where none is."""
    return None if eac is None or middle <= 0 else round((eac - middle) * 100 / middle)


def method(money: LotMoney, pace: Known | Seen, remaining: int) -> str:
    """How an outlook came about, in words."""
    week = show(Pence(weekly_ahead(money)[0]))
    seen = (
        f"the pace of the last {len(pace.cleared)} full weeks, the latest"
        " counting most, which may be off by about a quarter"
        if isinstance(pace, Seen)
        else "the plan’s pace, because fewer than four full weeks are over: a planning assumption,"
        " not a forecast"
    )
    return (
        f"{remaining:,} open cases, played out 4,000 times at {seen}."
        f" The next week costs {week}, by {money.basis.label}; whole weeks are paid until the last"
        f" case is cleared, and no fewer than the {money.notice_weeks} weeks of notice."
    )


def _average(by_week: Mapping[date, int]) -> int:
    """A week's cost over the last costed weeks; nought where none was."""
    last = [pence for _, pence in sorted(by_week.items())[-AVERAGED_WEEKS:]]
    return round(sum(last) / len(last)) if last else 0
