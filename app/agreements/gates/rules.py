"""What stands between an agreed case and its end, whether by handover or by closure."""

from dataclasses import dataclass
from datetime import date

from app.cases.register.rules import FLAG_OPEN
from app.kernel.days import show_date


@dataclass(frozen=True)
class Facts:
    """What both gates look at; `seen_days_ago` are working days, None for a child never seen."""

    agreed: bool
    agreed_is_latest: bool
    seen_on: date | None
    seen_days_ago: int | None
    seen_within_days: int
    open_flags: int


def obstacles(facts: Facts) -> tuple[str, ...]:
    """Every reason, as a sentence, why the case may not end yet; none when it may."""
    found = [FLAG_OPEN] if facts.open_flags else []
    if not facts.agreed:
        found.append("The District Manager has not agreed.")
    elif not facts.agreed_is_latest:
        found.append("The words were changed after the District Manager agreed to them.")
    return (*found, *_unseen(facts))


def _unseen(facts: Facts) -> tuple[str, ...]:
    if facts.seen_on is None or facts.seen_days_ago is None:
        return ("There is no record that the child was seen.",)
    if facts.seen_days_ago > facts.seen_within_days:
        return (
            f"The child was last seen on {show_date(facts.seen_on)}, {facts.seen_days_ago} working"
            f" days ago; the contract asks for {facts.seen_within_days} at most.",
        )
    return ()
