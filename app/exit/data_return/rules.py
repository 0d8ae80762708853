"""When a contract's data may be erased, and what is kept of it for good."""

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.kernel.acts import Act
from app.kernel.days import london_date, show_date
from app.kernel.errors import Invalid, Refused

MOST_MONTHS = 600
# The contract's own papers and the proof of what became of the rest: of no child and no worker.
KEPT = frozenset(
    {
        "contracts",
        "lots",
        "targets",
        "target_versions",
        "variations",
        "receiving_teams",
        "clock_rules",
        "extra_days",
        "calendar_changes",
        "waiting_terms",
        "points_versions",
        "triage_rules",
        "budgets",
        "budget_changes",
        "costs",
        "exit_steps",
        "gate_signatures",
        "lessons",
        "data_terms",
        "data_returns",
        "erasures",
    }
)
# The acts of returning and erasing change nothing of what was returned.
OWN_ACTS = frozenset(
    {
        Act.DATA_TERMS,
        Act.DATA_RETURN,
        Act.DATA_RECEIVE,
        Act.ERASURE_ASK,
        Act.ERASURE_AGREE,
        Act.ERASURE_WITHDRAW,
        Act.EXIT_EDIT,
        Act.EXIT_AGREE_AGENCY,
        Act.EXIT_AGREE_COUNCIL,
        Act.CASE_SEE,
    }
)


@dataclass(frozen=True)
class Terms:
    """What the council says of a contract's data: how long it is kept, and whether it is held."""

    keep_months: int
    legal_hold: bool
    hold_reason: str


@dataclass(frozen=True)
class Facts:
    """What an erasure is judged by; `changed` says whether anything was since the last return."""

    terms: Terms | None
    ends_on: date
    today: date
    open_cases: int
    returned: bool
    received: bool
    changed: bool


def check_terms(terms: Terms) -> None:
    """Raise Invalid, on the field at fault, for terms that cannot be meant."""
    if terms.keep_months > MOST_MONTHS:
        raise Invalid("keep_months", f"At most {MOST_MONTHS} months.")
    if terms.legal_hold and not terms.hold_reason:
        raise Invalid("hold_reason", "Say why the data is held.")


def kept_until(ends_on: date, months: int) -> date:
    """The same day of the month so many months on, or the month's last day."""
    years, month = divmod(ends_on.month - 1 + months, 12)
    year, month = ends_on.year + years, month + 1
    return date(year, month, min(ends_on.day, calendar.monthrange(year, month)[1]))


def obstacles(facts: Facts) -> list[str]:
    """Why the data may not be erased today; none when it may."""
    return list(_obstacles(facts))


def _obstacles(facts: Facts) -> Iterator[str]:
    if facts.terms is None:
        yield "The council has not said how long the data is kept."
    else:
        until = kept_until(facts.ends_on, facts.terms.keep_months)
        if facts.terms.legal_hold:
            yield f"The data is held: {facts.terms.hold_reason}"
        if facts.today < until:
            yield f"The data is kept until {show_date(until)}."
    if facts.open_cases:
        cases = "case is" if facts.open_cases == 1 else "cases are"
        yield f"{facts.open_cases:,} {cases} still open."
    if not facts.returned:
        yield "The data has not been returned."
    elif not facts.received:
        yield "The council has not confirmed that it received the last return."
    if facts.returned and facts.changed:
        yield "The data was changed after the last return: write it again."


def must_be_free(facts: Facts) -> None:
    """Refuse, with every reason, an erasure that may not be today."""
    found = obstacles(facts)
    if found:
        raise Refused(" ".join(found))


def certified(said: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a certificate says, as pairs of a name and its words."""
    return [
        ("Contract", f"{said['contract']}, {said['reference']}"),
        ("Carried out", f"{show_date(_day(said['carried_out_at']))}"),
        ("Asked for by", f"{said['asked_by']}, {said['council']}"),
        ("Asked for on", show_date(_day(said["asked_at"]))),
        ("Agreed by", f"{said['agreed_by']}, {said['agency']}"),
        ("Agreed on", show_date(_day(said["agreed_at"]))),
        ("Returned before", f"Return {said['return']}, received by {said['received_by']}"),
        ("SHA-256 of its manifest", str(said["return_manifest_sha256"])),
        ("Trail until then", f"{said['trail_to']} entries, the last {said['trail_hash']}"),
        ("Kept", ", ".join(said["kept"]).replace("_", " ")),
    ]


def _day(instant: str) -> date:
    return london_date(datetime.fromisoformat(instant))
