"""Tells what happened to one child, event after event, and who holds the case meanwhile."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, TypeVar

from app.agreements.closures.rules import ClosureReason
from app.cases.register.rules import ChangeReason, Priority, PriorityReason
from app.kernel.acts import Act
from app.kernel.days import london_date
from app.people.rules import exclusion
from seed.diary import Diary
from seed.events import Child, Event
from seed.setting import District, Worker

One = TypeVar("One")

JUDGED, PROTECTED = 0.9, 0.06
PRIORITIES = (
    (Priority.URGENT, PriorityReason.IMMEDIATE_RISK, 4),
    (Priority.HIGH, PriorityReason.DOMESTIC_ABUSE, 12),
    (Priority.HIGH, PriorityReason.REPEAT_REFERRAL, 10),
    (Priority.MEDIUM, PriorityReason.ROUTINE, 50),
    (Priority.LOW, PriorityReason.OTHERS_INVOLVED, 24),
)


class Telling:
    """Events told in order; each falls later than the one before."""

    def __init__(
        self,
        child: Child,
        district: District,
        diary: Diary,
        random: Random,
        rare_reasons: Iterator[ClosureReason],
    ) -> None:
        self.child = child
        self.district = district
        self.diary = diary
        self.random = random
        self.rare_reasons = rare_reasons
        self.events: list[Event] = []
        self.holder: Worker | None = None
        self._last = child.arrived_at
        self._ticked: date | None = None

    def tell(self, act: Act, day: date, by: int, **facts: Any) -> date:
        """Add an event on the day, or as soon after it as what came before allows."""
        self._last = self.diary.moment(day, self.random, self._last)
        self.events.append(Event(self._last, by, act, facts))
        return london_date(self._last)

    def judge(self) -> None:
        """Most children's priority is judged on the day after they came, by chances of its own.

        They are drawn apart, so that whether a child is judged changes nobody else's story.
        """
        random, arrived = Random(self.child.reference), london_date(self._last)
        judged, manager = random.random() < JUDGED, random.choice(self.district.team_managers)
        priority, reason, _ = random.choices(PRIORITIES, [share for _, _, share in PRIORITIES])[0]
        day = self.diary.working(arrived + timedelta(days=1))
        moment = self.diary.moment(day, random, self._last)
        if judged:
            self._last = moment
            facts = {
                "priority": priority,
                "reason": reason,
                "next_review_on": day + timedelta(days=28),
                "child_protection": random.random() < PROTECTED,
            }
            self.events.append(Event(moment, manager, Act.CASE_PRIORITISE, facts))

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def choose(self, choices: Sequence[One]) -> One:
        return choices[int(self.random.random() * len(choices))]

    def worker(self, day: date) -> int:
        """The user who holds the case; a leaver's cases go to somebody else on the last day."""
        if self.holder is None:
            raise ValueError("Nobody holds the case yet.")
        left_on = self.holder.employment.ends_on
        if left_on is not None and day >= left_on:
            after = self.diary.working(left_on - timedelta(days=1))
            self.reallocate(max(after, london_date(self._last)), ChangeReason.LEFT_ROLE)
        return self.holder.user_id

    def manager(self, other_than: int | None = None) -> int:
        managers = [one for one in self.district.team_managers if one != other_than]
        return int(self.choose(managers))

    def practitioner(self, day: date, until: date | None = None) -> Worker:
        """Somebody of the lot who may hold a case that day."""
        before = self.holder
        return self.choose(
            [
                one
                for one in self.district.workers
                if one is not before
                and exclusion(one.employment, day) is None
                and not (until and one.employment.ends_on and one.employment.ends_on <= until)
            ]
        )

    def allocate(self, day: date, worker: Worker | None) -> None:
        day = self.diary.working(max(day, london_date(self._last)))
        fits = worker and exclusion(worker.employment, day) is None
        self.holder = None
        holder = worker if worker and fits else self.practitioner(day, day + timedelta(days=3))
        self.holder = holder
        co_worker = self.practitioner(day, day + timedelta(days=3)) if self.chance(0.06) else None
        self.tell(
            Act.CASE_ALLOCATE,
            day,
            self.manager(),
            practitioner_id=holder.practitioner_id,
            co_worker_id=co_worker and co_worker.practitioner_id,
        )

    def reallocate(self, day: date, reason: ChangeReason) -> None:
        self.holder = self.practitioner(day, day + timedelta(days=7))
        self.tell(
            Act.CASE_REALLOCATE,
            day,
            self.manager(),
            practitioner_id=self.holder.practitioner_id,
            reason=reason,
            co_worker_id=None,
        )

    def cut(self, until: datetime) -> None:
        """Forget what lies ahead of `until`."""
        self.events = [event for event in self.events if event.at <= until]
