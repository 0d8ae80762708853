"""What stands between an agreed case and its end, whether by handover or by closure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.cases.register.rules import FLAG_OPEN
from app.kernel.days import show_date
from app.safeguarding.issues.rules import UNRESOLVED


@dataclass(frozen=True)
class Facts:
    """What both gates look at; `seen_days_ago` are working days, None for a child never seen."""

    agreed: bool
    agreed_is_latest: bool
    seen_on: date | None
    seen_days_ago: int | None
    seen_within_days: int
    open_flags: int
    # Which conditions of the agreement are not met, in a sentence.
    conditions: str = ""
    # Nobody can be asked to see a child who has died.
    child_died: bool = False
    unresolved_issues: int = 0
    # What runs for the child's protection: a handover takes it over by name, a closure does not.
    enquiries: int = 0
    proceedings: int = 0
    # What somebody is still to do on it: the pack hands it over, a closure would lose it.
    open_actions: int = 0


@dataclass(frozen=True)
class Check:
    """One thing to have behind a case; `obstacle` says what is wrong, if anything is."""

    what: str
    obstacle: str = ""

    @property
    def passed(self) -> bool:
        return not self.obstacle


def checks(facts: Facts) -> tuple[Check, ...]:
    """What handover and closure both ask of a case."""
    return (
        Check("No open safeguarding flag", FLAG_OPEN if facts.open_flags else ""),
        Check(
            "No unresolved child-protection issue",
            UNRESOLVED if facts.unresolved_issues else "",
        ),
        Check(
            "Agreed by the District Manager",
            "" if facts.agreed else "The District Manager has not agreed.",
        ),
        Check(
            "The words agreed are the words that stand",
            ""
            if facts.agreed_is_latest or not facts.agreed
            else "The words were changed after the District Manager agreed to them.",
        ),
        Check("Conditions of the agreement met", facts.conditions),
        Check("Child seen: not asked, because the child died")
        if facts.child_died
        else Check(f"Child seen within {facts.seen_within_days} working days", _unseen(facts)),
    )


def obstacles(asked: Iterable[Check]) -> tuple[str, ...]:
    """Every reason, as a sentence, why the case may not end yet; none when it may."""
    return tuple(check.obstacle for check in asked if check.obstacle)


def _unseen(facts: Facts) -> str:
    if facts.seen_on is None or facts.seen_days_ago is None:
        return "There is no record that the child was seen."
    if facts.seen_days_ago > facts.seen_within_days:
        return (
            f"The child was last seen on {show_date(facts.seen_on)}, {facts.seen_days_ago} working"
            f" days ago; the contract asks for {facts.seen_within_days} at most."
        )
    return ""
