"""What a cost may be, and what a lot will have cost when its last case is cleared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.kernel.days import show_date, week_ending, weeks_between
from app.kernel.errors import Invalid
from app.kernel.money import Pence, show
from app.planning.clearance import PresentRate

AVERAGED_WEEKS = 4
LARGEST = 200_000_000
"""Two million pounds: more in one entry is a slip of the keyboard."""


class CostKind(StrEnum):
    STAFF = "staff"
    TRAVEL = "travel"
    OTHER = "other"

    @property
    def label(self) -> str:
        return self.value.capitalize()


@dataclass(frozen=True)
class Entry:
    """A cost as it was typed; `day` is any day of its week."""

    day: date
    kind: CostKind
    pence: int
    note: str


def check_entry(
    entry: Entry, *, recorded: Sequence[int], contract_starts_on: date, today: date
) -> None:
    """Raise Invalid, on the field at fault, for a cost that cannot be meant.

    `recorded` are the amounts already there for the same lot, week and kind: what is added to
    them corrects them, so it needs a note and may not take more away than there is.
    """
    if week_ending(entry.day) < week_ending(contract_starts_on):
        raise Invalid("day", f"The contract starts on {show_date(contract_starts_on)}.")
    if week_ending(entry.day) > week_ending(today):
        raise Invalid("day", "This week has not come yet.")
    if not entry.pence:
        raise Invalid("pence", "Enter an amount other than nought.")
    if abs(entry.pence) > LARGEST:
        raise Invalid("pence", f"One entry is at most {show(Pence(LARGEST))}.")
    if sum(recorded) + entry.pence < 0:
        there = show(Pence(sum(recorded)))
        raise Invalid("pence", f"Only {there} is recorded there; more cannot be taken away.")
    if recorded and not entry.note:
        there = show(Pence(sum(recorded)))
        raise Invalid("note", f"{there} is recorded there already. Say what this corrects.")


@dataclass(frozen=True)
class Plan:
    """So much for each week, from that of the first day to that of the last."""

    first: date
    last: date
    pence: int

    @property
    def fridays(self) -> list[date]:
        friday = week_ending(self.first)
        number = (week_ending(self.last) - friday).days // 7 + 1
        return [friday + timedelta(weeks=week) for week in range(number)]


def check_plan(
    plan: Plan, planned: Mapping[date, int], *, starts_on: date, ends_on: date, reason: str
) -> None:
    """Raise Invalid, on the field at fault, for a budget that cannot be meant.

    `planned` are the pence of the lot's weeks that have one. Those change only with a reason, and
    to nothing at all if they like, which also takes back what lies outside the contract's term.
    """
    known = [friday for friday in plan.fridays if friday in planned]
    takes_back = plan.pence == 0 and known == plan.fridays
    term = f"The contract runs from {show_date(starts_on)} to {show_date(ends_on)}."
    if not (starts_on <= plan.first <= ends_on or takes_back):
        raise Invalid("first", term)
    if plan.last < plan.first:
        raise Invalid("last", f"This is before the first day, {show_date(plan.first)}.")
    if not (plan.last <= ends_on or takes_back):
        raise Invalid("last", term)
    if plan.pence <= 0 and not takes_back:
        raise Invalid("pence", "Enter an amount above nought.")
    if plan.pence > LARGEST:
        raise Invalid("pence", f"One week is at most {show(Pence(LARGEST))}.")
    if known and not reason:
        there = show(Pence(sum(planned[friday] for friday in known)))
        since = f"from the week ending {show_date(known[0])}"
        raise Invalid("reason", f"{there} is planned there already, {since}. Say why it changes.")
    if all(planned.get(friday) == plan.pence for friday in plan.fridays):
        raise Invalid("pence", "That is what these weeks have.")


@dataclass(frozen=True)
class Spending:
    """A lot's money so far: budget and cost by week ending, and what the work came to."""

    budget: Sequence[tuple[date, int]]
    costs: Sequence[tuple[date, int]]
    cleared: int
    rate: PresentRate
    contract_ends_on: date


@dataclass(frozen=True)
class Account:
    """A lot's money against its plan, in pence; `forecast` is what it will have cost in all.

    Positive variances are money left over. `past_end_on` is the contract's end where the forecast
    goes on after it. `method` says how the forecast was made.
    """

    budget: int
    planned: int
    spent: int
    costed_to: date | None
    forecast: int | None
    forecast_to: date | None
    cleared: int
    method: str
    past_end_on: date | None = None

    @property
    def variance(self) -> int:
        """Planned up to the last week costed, less what was spent."""
        return self.planned - self.spent

    @property
    def variance_at_completion(self) -> int | None:
        return None if self.forecast is None else self.budget - self.forecast

    @property
    def per_cleared(self) -> int | None:
        """Spent for each case cleared so far; None until one is."""
        return self.spent // self.cleared if self.cleared > 0 else None


def account(spending: Spending) -> Account:
    """Set spending against its plan and forecast it at the present rate."""
    by_week: dict[date, int] = {}
    for week, pence in sorted(spending.costs):
        by_week[week] = by_week.get(week, 0) + pence
    budget, spent = sum(p for _, p in spending.budget), sum(by_week.values())
    if not by_week:
        words = "No cost has been recorded yet, so nothing can be forecast."
        return Account(budget, 0, 0, None, None, None, spending.cleared, words)
    costed_to = max(by_week)
    last = list(by_week.values())[-AVERAGED_WEEKS:]
    average = round(sum(last) / len(last))
    until = spending.rate.ends_on or spending.contract_ends_on
    left = max(0, weeks_between(costed_to, until))
    forecast_to = max(costed_to, week_ending(until))
    return Account(
        budget,
        sum(pence for week, pence in spending.budget if week <= costed_to),
        spent,
        costed_to,
        spent + average * left,
        forecast_to,
        spending.cleared,
        _method(spending, average, len(last), left),
        spending.contract_ends_on if forecast_to > week_ending(spending.contract_ends_on) else None,
    )


def _method(spending: Spending, average: int, averaged: int, left: int) -> str:
    rate = spending.rate
    end = "the last case clears at the present rate"
    if rate.ends_on is None:
        end = "the contract ends, because the present rate leads to no end"
    weeks = "the last costed week" if averaged == 1 else f"the last {averaged} costed weeks"
    ahead = f"{left} more week" + ("" if left == 1 else "s")
    return f"Spent, and {show(Pence(average))} a week as in {weeks}, for {ahead} until {end}."


def together(accounts: Sequence[Account]) -> Account:
    """Several lots as one: each forecast at its own rate, then added."""
    known = [one for one in accounts if one.forecast is not None]
    ends = [one.forecast_to for one in known if one.forecast_to]
    costed = [one.costed_to for one in accounts if one.costed_to]
    whole = len(known) == len(accounts) and bool(accounts)
    return Account(
        sum(one.budget for one in accounts),
        sum(one.planned for one in accounts),
        sum(one.spent for one in accounts),
        max(costed, default=None),
        sum(one.forecast or 0 for one in known) if whole else None,
        max(ends, default=None),
        sum(one.cleared for one in accounts),
        "The lots, each at its own present rate, added up."
        if whole
        else "Not every lot has costs yet, so the whole is not worked out.",
        max((one.past_end_on for one in known if one.past_end_on), default=None),
    )
