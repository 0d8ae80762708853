"""Variations and extensions: what they may change, and a lot against both its targets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.contract.rules import TargetTerms, curve
from app.kernel.days import show_date
from app.kernel.errors import Invalid
from app.kernel.labels import Labelled
from app.planning.clearance import planned_on


class Kind(Labelled):
    """What the two sides agreed on."""

    VARIATION = "variation", "Variation"
    EXTENSION = "extension", "Extension"


@dataclass(frozen=True)
class Terms:
    """A change of the contract: its end, one lot's target, or words alone.

    `lot_id` names the lot whose target changes to `opening_backlog` by `target_ends_on`; `stays`
    says that what is agreed for days after a new end, and cannot be changed, stays.
    """

    kind: Kind
    title: str
    clause: str
    agreed_on: date
    reason: str
    contract_ends_on: date | None
    lot_id: int | None
    opening_backlog: int | None
    target_ends_on: date | None
    stays: bool = False


@dataclass(frozen=True)
class Standing:
    """Where a lot stands today against the target it began with and the one in force."""

    lot_id: int
    lot: str
    open: int
    original: int
    varied: int

    @property
    def behind_original(self) -> int:
        """Cases more than the original target planned for today; negative when fewer."""
        return self.open - self.original

    @property
    def behind_varied(self) -> int:
        return self.open - self.varied


def check(terms: Terms, *, ends_on: date, today: date) -> None:
    """Raise Invalid, on the field at fault, for a change that cannot be meant."""
    if terms.agreed_on > today:
        raise Invalid("agreed_on", f"{show_date(terms.agreed_on)} has not come yet.")
    if terms.kind is Kind.EXTENSION and terms.contract_ends_on is None:
        raise Invalid("contract_ends_on", "An extension says when the contract then ends.")
    new_end = terms.contract_ends_on
    if terms.kind is Kind.EXTENSION and new_end is not None and new_end <= ends_on:
        raise Invalid("contract_ends_on", f"The contract ends on {show_date(ends_on)} already.")
    if new_end is not None and new_end < terms.agreed_on:
        raise Invalid("contract_ends_on", f"It was agreed on {show_date(terms.agreed_on)} only.")
    given = terms.opening_backlog is not None, terms.target_ends_on is not None
    if terms.lot_id is None and any(given):
        raise Invalid("lot_id", "Choose the lot whose target changes.")
    if terms.lot_id is not None and not all(given):
        field = "target_ends_on" if given[0] else "opening_backlog"
        raise Invalid(field, "A changed target has a number of cases and a day.")


@dataclass(frozen=True)
class Past:
    """What of a lot is dated after its contract's end; `page` is where that is changed, if any."""

    lot: str
    what: str
    until: date
    page: str = ""


def check_shorter(past: Sequence[Past], ends_on: date, *, stays: bool) -> None:
    """Raise Invalid for a new end before what is agreed for later days.

    What has a page is changed there first; of the rest somebody says that it `stays`.
    """
    after = f"Agreed for days after {show_date(ends_on)}:"
    movable = [one for one in past if one.page]
    if movable:
        raise Invalid("contract_ends_on", f"{after} {_said(movable)}. Change this first.")
    if past and not stays:
        raise Invalid(
            "stays", f"{after} {_said(past)}. Nothing changes these: tick that they stay."
        )


def _said(past: Sequence[Past]) -> str:
    """The lots of each kind together, with the last of their days."""
    lots: dict[tuple[str, str], dict[str, date]] = {}
    for one in past:
        known = lots.setdefault((one.what, one.page), {})
        known[one.lot] = max(one.until, known.get(one.lot, one.until))
    return "; ".join(
        f"{what} of {', '.join(known)}, until {show_date(max(known.values()))}"
        + (f" (changed {page})" if page else "")
        for (what, page), known in lots.items()
    )


def planned_today(target: TargetTerms, today: date) -> int:
    """The cases that a target plans to be open still at the end of today."""
    return planned_on(target.opening_backlog, target.starts_on, curve(target), today)
