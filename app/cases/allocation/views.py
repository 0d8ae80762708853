"""Who may take the chosen cases: how full their hands are now, and how full they would be."""

from collections.abc import Sequence
from functools import cache, partial
from typing import NamedTuple

from app.cases.allocation.queries import ChosenCase, hands_of, links_to
from app.cases.allocation.rules import Hands, Passed, passed
from app.people import queries as people
from app.people.points.rules import EveryPoints, Stage, Travel, every_points, travel_to
from app.people.queries import Candidate
from app.work.uow import UnitOfWork


class Choice(NamedTuple):
    """A practitioner who might take the chosen cases, and what that would mean."""

    candidate: Candidate
    travel: str
    link: str
    before: Hands
    after: Hands
    beyond: tuple[Passed, ...]

    @property
    def place(self) -> tuple[bool, bool, int, str]:
        """Where they stand among the others."""
        return bool(self.beyond), not self.link, -self.after.room, self.candidate.name

    @property
    def cells(self) -> tuple[str, ...]:
        """Who it is and, in words, what they carry now, would then, and may at the most."""
        one, now, then = self.candidate, self.before, self.after
        oldest = f", {now.oldest_unstarted} days" if now.oldest_unstarted else ""
        return (
            str(one.practitioner_id),
            one.name,
            self.link,
            f"{one.post.label}{', first year' if one.asye else ''}",
            self.travel,
            f"{now.load.cases} → {then.load.cases} of {then.case_limit}",
            f"{now.load.points} → {then.load.points} of {then.points}",
            f"{now.new_this_week} → {then.new_this_week} of {then.new_cases_a_week}",
            f"{now.load.unstarted}{oldest}",
            ", ".join(passed.limit.label for passed in self.beyond).capitalize(),
        )


class Choices(NamedTuple):
    """The practitioners of a lot: the cells of whoever may take some cases, and who may not."""

    rows: list[tuple[str, ...]]
    barred: list[Candidate]


def choices(uow: UnitOfWork, cases: Sequence[ChosenCase]) -> Choices:
    """Everybody of the cases' lot, which is one: within limits first, most room first."""
    if not cases:
        return Choices([], [])
    lot_id, contract_id = cases[0].lot_id, cases[0].contract_id
    candidates = people.candidates(uow, lot_id, uow.today)
    table = people.points_table(uow, contract_id)
    hands = hands_of(uow, contract_id, candidates, table)
    links = links_to(uow, cases)
    holders = {case.practitioner_id for case in cases}
    # What the cases add is the same for all who live alike, but for those who hold some of them.
    more = cache(partial(_more, tuple(cases), every_points(table)))
    found = []
    for one in candidates:
        who, travel = one.practitioner_id, travel_to(lot_id, one.home_lot_id)
        before, new = hands[who], more(travel, who if who in holders else 0)
        after = before.with_more(*new)
        beyond = passed(before, after, table) if new.cases else ()
        found.append(Choice(one, travel.label, links.get(who, ""), before, after, beyond))
    found.sort(key=lambda one: one.place)
    return Choices(
        [one.cells for one in found if one.candidate.may_hold],
        [one.candidate for one in found if not one.candidate.may_hold],
    )


class _More(NamedTuple):
    """What cases add to somebody's hands."""

    cases: int
    points: int
    unstarted: int


def _more(cases: Sequence[ChosenCase], each: EveryPoints, travel: Travel, holder_id: int) -> _More:
    """Of those cases that are not the holder's already; 0 is nobody."""
    new = [case for case in cases if case.practitioner_id != holder_id]
    return _More(
        len(new),
        sum(each[case.band, case.stage, travel].held for case in new),
        sum(case.stage is Stage.TO_START for case in new),
    )
