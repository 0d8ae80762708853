"""What weeks cost by prices or by what was recorded, and what is put together for the outlook."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeAlias

from app.cases.scope.rules import Change, Term
from app.finance.evidence.rules import CaseEvent, attendance
from app.finance.prices.rules import PriceModel, PriceTerms, in_force, of_month
from app.finance.rules import AVERAGED_WEEKS
from app.kernel.days import month_end, week_beginning, week_ending, weeks_between
from app.kernel.labels import Labelled
from app.kernel.money import Pence, proportion, split
from app.people.engagement.rules import NOTICE_WEEKS
from app.people.rules import Post
from app.planning.cost_paths import LONGEST, Caps, Fees, Known, Seen

WEEK, WORKING_DAYS = timedelta(weeks=1), 5
NO_CAPS = Caps()
AHEAD_WEEKS = 26
# What belongs to a month in a week: its Friday, the month's first day, and pence.
ByMonth: TypeAlias = Mapping[tuple[date, date], int]
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
    CASES = "cases", "what its cases come to"
    AVERAGE = "average", "the last costed weeks"


@dataclass(frozen=True)
class Worked:
    """Minutes of one post on one day."""

    band: Post
    day: date
    minutes: int


@dataclass(frozen=True)
class CaseMoney:
    """What a lot's cases come to, in pence: invoiced with credits taken off, and not invoiced yet.

    `fees` are those of the cases that are still to leave.
    """

    invoiced: int
    unbilled: int
    fees: Fees


@dataclass(frozen=True)
class LotMoney:
    """A lot's money by week ending, in pence.

    `signed` are the weeks whose cost is known by prices, `rota` what the rota's weeks come to by
    them; both are empty where there are none. `staff` and `other` are the recorded costs.
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
    cases: CaseMoney | None = None
    # Milestones that were certified and those still to come, and the service credits given.
    certified: int = 0
    to_come: int = 0
    credits: int = 0
    caps: Caps = NO_CAPS


@dataclass(frozen=True)
class SoFar:
    """What a lot planned and came to by the last week that is over.

    `accrued` is for weeks that were worked and neither recorded nor signed with a price.
    """

    budget: int
    planned: int
    actual: int
    accrued: int


def price_of(
    prices: Sequence[PriceTerms], worked: Iterable[Worked], friday: date
) -> tuple[dict[date, int], Basis] | None:
    """What a team's week costs by the weekly team price and day rates, both where both are agreed.

    By the first days of months, as invoices bill it: each day worked in its own month, and a
    team's week in that of its Friday. None where that cannot be told: without prices, for a post
    that has none, and for a week of which no day is known though its price goes by days. A week
    whose cases alone are paid for costs nothing by itself.
    """
    days = list(worked)
    held = [one for one in prices if one.holds_on(friday)]
    team = in_force(held, PriceModel.TEAM_WEEK, friday)
    rates = [_rate(prices, one) for one in days]
    by_day = any(one.model is PriceModel.DAY_RATE for one in held)
    waits = not days and (by_day or (team is not None and team.full_minutes > 0))
    whole = team is not None or any(one.model.is_per_case for one in held)
    if waits or not (whole or (days and all(rates))):
        return None
    found: dict[date, int] = defaultdict(int, {friday.replace(day=1): 0})
    for rate, one in zip(rates, days, strict=True):
        found[one.day.replace(day=1)] += rate.worth(one.minutes) if rate else 0
    if team is not None:
        share = attendance(team, sum(one.minutes for one in days))
        found[friday.replace(day=1)] += proportion(
            Pence(team.pence), share.numerator, share.denominator
        )
        return dict(found), Basis.TEAM_WEEK
    return dict(found), Basis.DAY_RATES if any(rates) else Basis.CASES


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
    """Each week that is over: signed and priced, else as recorded, else as it is likely to come.

    Cases count as they were invoiced, those not invoiced yet as accrued; milestones as they were
    certified, and service credits take off what they are.
    """
    actual, accrued = money.certified - money.credits, 0
    if money.cases is not None:
        actual, accrued = actual + money.cases.invoiced, money.cases.unbilled
    friday = week_ending(money.first)
    while friday <= money.as_at:
        actual += money.other.get(friday, 0)
        known = money.signed.get(friday, money.staff.get(friday))
        if known is None:
            accrued += money.rota.get(friday, _average(money.staff))
        else:
            actual += known
        friday += WEEK
    planned = sum(pence for friday, pence in money.budget.items() if friday <= money.as_at)
    return SoFar(sum(money.budget.values()), planned, actual, accrued)


def weekly_ahead(money: LotMoney) -> list[int]:
    """What each coming week of the team costs while it works; the last stands for all after it."""
    fridays = _coming(money.as_at)
    if not money.rota:
        return [_average(money.staff)]
    weeks: list[int] = []
    for friday in fridays:
        weeks.append(money.rota.get(friday, weeks[-1] if weeks else 0))
    return [*weeks, round(sum(weeks[-AVERAGED_WEEKS:]) / AVERAGED_WEEKS)]


def beside(money: LotMoney) -> int:
    """What is spent in a week besides, as in the last weeks that had any."""
    return _average(money.other)


def _coming(as_at: date) -> list[date]:
    return [as_at + WEEK * number for number in range(1, AHEAD_WEEKS + 1)]


def committed(money: LotMoney) -> int:
    """What is owed if everybody were given notice today."""
    weeks = weekly_ahead(money)
    weeks += [weeks[-1]] * money.notice_weeks
    return sum(weeks[: money.notice_weeks]) + beside(money) * money.notice_weeks


def unbilled(
    prices: Sequence[PriceTerms], due: Mapping[PriceModel, Sequence[CaseEvent]]
) -> dict[date, int]:
    """What cases that were not billed yet come to, by the first day of their month."""
    found: dict[date, int] = {}
    for model, events in due.items():
        for one in events:
            price, month = in_force(prices, model, one.on), one.on.replace(day=1)
            found[month] = found.get(month, 0) + (price.pence if price else 0)
    return {month: min(pence, most_of(prices, month) or pence) for month, pence in found.items()}


def capped(prices: Sequence[PriceTerms], parts: ByMonth) -> dict[tuple[date, date], int]:
    """The same parts, those of a month that comes to more than its cap lowered in proportion."""
    return _lowered(parts, lambda month: most_of(prices, month))


def by_week(parts: ByMonth) -> dict[date, int]:
    """What each week comes to, whichever months it is of."""
    found: dict[date, int] = defaultdict(int)
    for (friday, _), pence in parts.items():
        found[friday] += pence
    return dict(found)


def travelled(
    prices: Sequence[PriceTerms], signed: ByMonth, recorded: Mapping[date, int]
) -> dict[date, int]:
    """Travel by week: as signed, up to a month's most, where paid at cost; else as recorded."""

    def most(month: date) -> int | None:
        price = of_month(prices, PriceModel.EXPENSES, month, month_end(month))
        return price.pence if price else None

    at_cost = {key: pence for key, pence in signed.items() if most(key[1])}
    other = {week: pence for week, pence in recorded.items() if not most(week.replace(day=1))}
    return other | by_week(_lowered(at_cost, most))


def _lowered(
    parts: ByMonth, most_of_month: Callable[[date], int | None]
) -> dict[tuple[date, date], int]:
    months: dict[date, list[tuple[date, date]]] = defaultdict(list)
    for key in parts:
        months[key[1]].append(key)
    found = dict(parts)
    for month, keys in months.items():
        most, weights = most_of_month(month), [parts[key] for key in keys]
        if most is not None and sum(weights) > most:
            found |= zip(keys, split(Pence(most), weights), strict=True)
    return found


def most_of(prices: Sequence[PriceTerms], month: date) -> int | None:
    """The cap on a month, given its first day."""
    cap = of_month(prices, PriceModel.MONTH_CAP, month, month_end(month))
    return cap.pence if cap else None


def fees_ahead(
    prices: Sequence[PriceTerms], as_at: date, *, begun: int, paid: float
) -> Fees | None:
    """What cases will cost as they leave; None where no price is for cases from now on."""

    def by_week(model: PriceModel) -> list[int]:
        held = (in_force(prices, model, friday) for friday in _coming(as_at))
        return [price.pence if price else 0 for price in held]

    assessed, cleared = by_week(PriceModel.ASSESSMENT), by_week(PriceModel.CLEARED)
    return Fees(assessed, cleared, begun, paid) if any(assessed + cleared) else None


def paid_share(changes: Iterable[Change]) -> float:
    """Which share of the cases that left is paid for: those cleared and not reopened since."""
    sums = dict.fromkeys(Term, 0)
    for change in changes:
        sums[change.term] += change.cases
    out = -sum(sums[term] for term in _OUT)
    cleared = -sums[Term.CLEARED] - sums[Term.REOPENED]
    return min(1.0, max(0, cleared) / out) if out > 0 else 1.0


def caps_ahead(prices: Sequence[PriceTerms], money: LotMoney, this_month: int) -> Caps:
    """What a lot's own caps leave to charge: in each coming month, and in all.

    `this_month` is what the month of the next week was charged so far.
    """
    first = money.as_at + WEEK
    month, lot = most_of(prices, first.replace(day=1)), in_force(prices, PriceModel.LOT_CAP, first)
    weeks = _weeks_of_months(first) if month is not None else {}
    # A team's week is of the month of its Friday; what is paid by the day is of the day's month.
    by_days = money.basis is not Basis.TEAM_WEEK
    return Caps(
        month,
        list(weeks.values()),
        this_month,
        max(0, lot.pence - charged(money)) if lot else None,
        [_before(friday) if by_days else 0.0 for friday in weeks],
    )


def under_cap(lots: Sequence[LotMoney], cap: int | None) -> tuple[list[LotMoney], int | None]:
    """The lots of a contract under its cap, and what that leaves to all of them; None without one.

    No lot alone can be charged more than that.
    """
    if cap is None:
        return list(lots), None
    room = max(0, cap - sum(charged(one) for one in lots))
    return [replace(one, caps=_limited(one.caps, room)) for one in lots], room


def _limited(caps: Caps, room: int) -> Caps:
    return replace(caps, whole=room if caps.whole is None else min(room, caps.whole))


def charged(money: LotMoney) -> int:
    """What caps count of what was done and of milestones to come; recorded costs are left out."""
    cases = money.cases.invoiced + money.cases.unbilled if money.cases else 0
    return sum(money.signed.values()) + cases + money.certified + money.to_come


def _weeks_of_months(friday: date) -> dict[date, int]:
    """How many Fridays each month has, from a Friday on, for three years, by the first of them."""
    fridays = [friday + WEEK * number for number in range(LONGEST)]
    firsts: dict[date, date] = {}
    counts: dict[date, int] = {}
    for one in fridays:
        first = firsts.setdefault(one.replace(day=1), one)
        counts[first] = counts.get(first, 0) + 1
    return counts


def _before(friday: date) -> float:
    """Which part of the working days of a Friday's week is of the month before."""
    monday = week_beginning(friday) + timedelta(days=2)
    days = [monday + timedelta(days=number) for number in range(WORKING_DAYS)]
    return sum(day.month != friday.month for day in days) / WORKING_DAYS


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


def _average(by_week: Mapping[date, int]) -> int:
    """A week's cost over the last costed weeks; nought where none was."""
    last = [pence for _, pence in sorted(by_week.items())[-AVERAGED_WEEKS:]]
    return round(sum(last) / len(last)) if last else 0
