"""What the generator tells and the loader stores: children, events and whole stories."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from app.kernel.acts import Act
from app.kernel.days import london_date


class Twist(StrEnum):
    """An awkward turn that a case is made to take, so that every demo has one."""

    NOT_STARTED = "not_started"
    UNSEEN = "unseen"
    WITHOUT_PLAN = "without_plan"
    WAITS_FOR_DECISION = "waits_for_decision"
    WAITS_FOR_HANDOVER = "waits_for_handover"
    FLAG_OPEN = "flag_open"
    FLAG_NEW = "flag_new"


@dataclass(frozen=True)
class Event:
    """One act on a case, by a user, with what its service is told."""

    at: datetime
    by: int
    act: Act
    facts: dict[str, Any]

    @cached_property
    def on(self) -> date:
        """The day it was in London."""
        return london_date(self.at)


@dataclass(frozen=True)
class Child:
    """What the council's list says of a case, and when it came."""

    reference: str
    family_key: str | None
    lot_id: int
    contract_id: int
    referred_on: date
    received_on: date
    arrived_at: datetime
    sent_by: int
    age_band: str
    primary_need: str
    source_team: str
    council_worker_named: bool
    opening: bool


@dataclass(frozen=True)
class Story:
    """A case and everything that was done to it, in the order in which it was done."""

    child: Child
    events: tuple[Event, ...]
