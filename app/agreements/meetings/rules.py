"""What an agenda holds, how an item of it stands, and when minutes can be issued."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.agreements.proposals.rules import UNDONE_WITHIN, Decision
from app.kernel.days import show_date
from app.kernel.errors import Invalid, Refused
from app.plans.rules import Route

MOST = 50
AHEAD = timedelta(days=92)


@dataclass(frozen=True)
class Heard:
    """What somebody else than the District Manager recorded; it binds nobody until she confirms."""

    decision: Decision
    points: str = ""


def check_agenda(
    held_on: date, chosen: Sequence[int], *, waiting: Collection[int], today: date
) -> None:
    """Find fault with an agenda that cannot be gone through; Invalid names its field."""
    if held_on < today:
        raise Invalid("held_on", f"{show_date(held_on)} is in the past.")
    if held_on > today + AHEAD:
        raise Invalid("held_on", "Plan a meeting at most three months ahead.")
    if not chosen:
        raise Invalid("proposals", "Tick at least one proposal.")
    if len(chosen) > MOST:
        raise Invalid("proposals", f"A meeting takes at most {MOST} proposals.")
    if not set(chosen) <= set(waiting):
        raise Invalid("proposals", "Tick proposals of this lot that wait for a decision.")


def check_heard(heard: Heard, route: Route) -> None:
    """A return or refusal says why; a hand-back ends a case and is decided by her alone."""
    if route is Route.HAND_BACK:
        raise Refused("A hand-back is decided by the District Manager herself, not in her name.")
    if heard.decision is not Decision.AGREED and not heard.points:
        raise Invalid("points", "Write the points to fix, or why it is refused.")


def check_open(issued_at: datetime | None) -> None:
    """Minutes that are issued stand as they are."""
    if issued_at is not None:
        raise Refused("The minutes of this meeting are issued; nothing in them changes.")


def check_issue(settled: Sequence[datetime], now: datetime) -> None:
    """Minutes are issued once no decision in them can be taken back, and with one at least."""
    if not settled:
        raise Refused("Nothing was decided in this meeting yet, so there are no minutes to issue.")
    if any(now - at <= UNDONE_WITHIN for at in settled):
        raise Refused(
            "A decision of the last minute can still be taken back. Issue the minutes in a minute."
        )


def standing(decision: Decision | None, heard: Decision | None, *, is_out: bool) -> str:
    """How an item stands: what was decided in the meeting, or that nothing was."""
    if decision is not None:
        return decision.label
    if not is_out:
        return "Not decided here"
    if heard is not None:
        return f"{heard.label} in the meeting, not confirmed"
    return "Not decided"
