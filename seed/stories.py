"""Invents the children of one lot and decides when each leaves, so that the lot keeps its pace."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import heappop, heappush
from itertools import cycle
from random import Random
from typing import TypeVar

from app.kernel.days import london_date
from app.people.rules import exclusion
from seed.diary import Diary, at
from seed.events import Child, Story, Twist
from seed.journeys import RARE_REASONS, Journey
from seed.names import SOURCE_TEAMS
from seed.setting import District

One = TypeVar("One")

LAST_WEEK = 80
# The share of the usual pace in the first weeks, while people are trained and cases are read.
RAMP = (0.0, 0.0, 0.35, 0.6, 0.8)
SLACK = 0.45
LARGE = 100
AGE_BANDS = (
    ("Unborn", 2),
    ("Under 1", 9),
    ("1–4", 22),
    ("5–9", 27),
    ("10–15", 30),
    ("16+", 10),
)
NEEDS = (("N1", 56), ("N2", 4), ("N3", 6), ("N4", 12), ("N5", 16), ("N6", 3), ("N8", 2), ("N9", 1))


@dataclass(frozen=True)
class Household:
    """Siblings, who come and go together."""

    children: tuple[Child, ...]

    @property
    def arrived_on(self) -> date:
        return london_date(self.children[0].arrived_at)


class Chronicle:
    """The stories of one lot up to the evening before a day."""

    def __init__(
        self, district: District, neighbours: Sequence[int], today: date, diary: Diary
    ) -> None:
        self.district = district
        self.neighbours = [lot_id for lot_id in neighbours if lot_id != district.lot_id]
        self.today = today
        self.until = at(today, 0)
        self.diary = diary
        self.random = Random(f"{today.toordinal()} {district.name}")
        first = 2 * district.lot_id % len(RARE_REASONS)
        # Each reason for closing occurs, and not in every lot the same one first.
        self._rare_reasons = cycle((*RARE_REASONS[first:], *RARE_REASONS[:first]))
        self._number = 0

    def stories(self) -> Iterator[Story]:
        households = list(self._households())
        awkward, rest = self._awkward(households)
        for twist, household in awkward:
            yield from self._twisted(twist, household)
        handed_back = [one for one in rest if self._chance(0.055) and len(one.children) == 1]
        chosen = {id(one) for one in handed_back}
        for household in handed_back:
            yield self._handed_back(household.children[0])
        for household, end in self._ends([one for one in rest if id(one) not in chosen]):
            yield from self._worked(household, end)

    # Who came

    def _households(self) -> Iterator[Household]:
        pace, start = self.district.pace, self.district.starts_on
        first = at(self.diary.working(start), 630)
        yield from self._arriving(first, pace.opening, opening=True)
        weeks = [start + timedelta(weeks=week, days=1) for week in range(1, LAST_WEEK)]
        lists = [day for day in map(self.diary.working, weeks) if day < self.today]
        if not lists:
            return
        share, rest = divmod(pace.received, len(lists))
        for place, day in enumerate(lists):
            yield from self._arriving(
                at(day, 615 + place), share + (1 if place < rest else 0), opening=False
            )

    def _arriving(self, moment: datetime, number: int, *, opening: bool) -> Iterator[Household]:
        while number > 0:
            size = min(number, self._pick(((1, 72), (2, 19), (3, 9))))
            yield self._household(moment, size, opening=opening)
            number -= size

    def _household(self, moment: datetime, size: int, *, opening: bool) -> Household:
        came = london_date(moment)
        waited = (
            self.random.triangular(12, 150, 55) if opening else self.random.triangular(2, 22, 6)
        )
        referred = self.diary.working(came - timedelta(days=int(waited) + 3))
        away = not opening and self.neighbours and self._chance(0.02)
        lot_id = self._choose(self.neighbours) if away else self.district.lot_id
        family = f"F{self.district.lot_id}{self._number:06d}" if size > 1 else None
        team = self._choose(SOURCE_TEAMS)
        return Household(
            tuple(
                self._child(moment, referred, lot_id, family, team, opening=opening)
                for _ in range(size)
            )
        )

    def _child(
        self,
        moment: datetime,
        referred: date,
        lot_id: int,
        family: str | None,
        team: str,
        *,
        opening: bool,
    ) -> Child:
        self._number += 1
        return Child(
            reference=f"{self.district.lot_id}{self._number:06d}",
            family_key=family,
            lot_id=lot_id,
            contract_id=self.district.contract_id,
            referred_on=referred,
            received_on=london_date(moment),
            arrived_at=moment,
            sent_by=self.district.project_manager,
            age_band=self._pick(AGE_BANDS),
            primary_need=self._pick(NEEDS),
            source_team=team,
            council_worker_named=self._chance(0.07),
            opening=opening,
        )

    # When they leave

    def _ends(self, households: Sequence[Household]) -> Iterator[tuple[Household, date]]:
        """A day for each household; whoever waited longest leaves first, with some luck."""
        number = sum(len(one.children) for one in households)
        waiting = sorted(households, key=lambda one: one.arrived_on, reverse=True)
        ready: list[tuple[float, int, Household]] = []
        room = 0.0
        for week in range(LAST_WEEK):
            starts = self.district.starts_on + timedelta(weeks=week)
            while waiting and waiting[-1].arrived_on <= starts - timedelta(days=12):
                one = waiting.pop()
                luck = one.arrived_on.toordinal() + self.random.random() * 90
                heappush(ready, (luck, len(waiting), one))
            room += number * self._share(week)
            while ready and room >= 1:
                one = heappop(ready)[2]
                room -= len(one.children)
                yield one, starts + timedelta(days=int(self.random.random() * 5))
        for one in [*waiting, *(one for _, _, one in ready)]:
            yield one, self.district.starts_on + timedelta(weeks=LAST_WEEK)

    def _share(self, week: int) -> float:
        pace = self.district.pace
        ramp = RAMP[week] if week < len(RAMP) else 1.0
        slack = SLACK if week in pace.slack else 1.0
        return pace.share * ramp * slack * (0.8 + 0.4 * self.random.random())

    # What was done

    def _worked(self, household: Household, end: date) -> Iterator[Story]:
        length = int(self.random.triangular(24, 92, 46))
        waited = timedelta(days=2 + int(self.random.triangular(0, 34, 3)))
        begin = max(end - timedelta(days=length), household.arrived_on + waited)
        end = max(end, begin + timedelta(days=18))
        if begin >= self.today:
            yield from (self._quiet(child) for child in household.children)
            return
        fit = [w for w in self.district.workers if exclusion(w.employment, begin) is None]
        worker = self._choose(fit)
        for child in household.children:
            journey = self._journey(child)
            late = timedelta(days=int(self.random.random() * 3))
            journey.run(begin, end + late, worker, unseen=self._chance(0.03))
            if self._chance(0.05):
                self._reopened(journey)
            yield self._cut(journey)

    def _reopened(self, journey: Journey) -> None:
        again = london_date(journey.events[-1].at) + timedelta(
            days=int(6 + 34 * self.random.random())
        )
        if again < self.today:
            journey.reopen(again)
            begin = again + timedelta(days=int(2 + 8 * self.random.random()))
            journey.run(begin, begin + timedelta(days=int(28 + 30 * self.random.random())))

    def _handed_back(self, child: Child) -> Story:
        journey = self._journey(child)
        day = london_date(child.arrived_at) + timedelta(days=int(3 + 15 * self.random.random()))
        if self._chance(0.5):
            journey.allocate(day, None)
        journey.hand_back(day + timedelta(days=2))
        if self._chance(0.25):
            day = london_date(journey.events[-1].at) + timedelta(days=21)
            journey.sent_again(day)
            journey.run(day + timedelta(days=4), day + timedelta(days=50))
        return self._cut(journey)

    def _awkward(
        self, households: Sequence[Household]
    ) -> tuple[list[tuple[Twist, Household]], list[Household]]:
        """One opening household of one child for each twist that this lot is to have."""
        single = [one for one in households if one.children[0].opening and len(one.children) == 1]
        twists = [Twist.WAITS_FOR_DECISION]
        if self.district.pace.opening >= LARGE:
            twists = [twist for twist in Twist if twist is not Twist.FLAG_NEW or self._is_first]
        awkward = list(zip(twists, single, strict=False))
        taken = {id(one) for _, one in awkward}
        return awkward, [one for one in households if id(one) not in taken]

    @property
    def _is_first(self) -> bool:
        return all(self.district.lot_id < lot_id for lot_id in self.neighbours)

    def _twisted(self, twist: Twist, household: Household) -> Iterator[Story]:
        for child in household.children:
            journey = self._journey(child)
            journey.twist(twist, self.today)
            yield self._cut(journey)

    def _quiet(self, child: Child) -> Story:
        return self._cut(self._journey(child))

    def _journey(self, child: Child) -> Journey:
        journey = Journey(child, self.district, self.diary, self.random, self._rare_reasons)
        if child.lot_id != self.district.lot_id:
            journey.transfer(london_date(child.arrived_at) + timedelta(days=2))
        journey.judge()
        return journey

    def _cut(self, journey: Journey) -> Story:
        journey.cut(self.until)
        return Story(journey.child, tuple(journey.events))

    # Chance

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    def _choose(self, choices: Sequence[One]) -> One:
        return choices[int(self.random.random() * len(choices))]

    def _pick(self, choices: Sequence[tuple[One, int]]) -> One:
        left = self.random.random() * sum(share for _, share in choices)
        for choice, share in choices:
            left -= share
            if left < 0:
                return choice
        return choices[-1][0]
