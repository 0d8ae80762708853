"""Loads stories into a database in large, whole commands."""

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import islice
from typing import Any

from app.access.actor import Actor
from app.agreements.closures.models import Closure
from app.agreements.handovers.models import Handover, HandoverTick
from app.agreements.proposals.models import Proposal
from app.agreements.reopening.models import Reopening
from app.cases.assessments.models import Assessment, AssessmentReturn, Visit
from app.cases.groups import service as groups
from app.cases.groups.rules import Member
from app.cases.register.grouping import belonging
from app.cases.register.models import Allocation, Case, CaseMove, PriorityReview
from app.cases.register.service import burden_of
from app.cases.scope import service as scope
from app.cases.scope.models import Baseline
from app.cases.workload import service as workload
from app.contract import queries as contract
from app.db.tables import Row
from app.kernel.acts import Act
from app.kernel.clock import AssessmentType
from app.kernel.days import week_ending
from app.plans.models import OutcomePlan
from app.safeguarding.flags.models import Flag
from app.work.database import Database
from app.work.uow import UnitOfWork
from seed import agreed, casework
from seed.book import Acts, Book, CaseFile, Terms
from seed.diary import Diary, at
from seed.events import Story
from seed.setting import Setting

AT_ONCE = 4_000
ACTS: Acts = {**casework.ACTS, **agreed.ACTS}
# Every row after those that it points to.
TABLES: tuple[type[Row], ...] = (
    Case,
    CaseMove,
    PriorityReview,
    Allocation,
    Assessment,
    AssessmentReturn,
    Visit,
    Flag,
    OutcomePlan,
    Proposal,
    Closure,
    Handover,
    HandoverTick,
    Reopening,
)


def load(database: Database, setting: Setting, stories: Iterable[Story]) -> None:
    """Store every story, a few thousand a command, then freeze each lot's opening list."""
    loader = Actor.command_line(setting.lot_ids, setting.contract_ids)
    opening: dict[int, list[str]] = defaultdict(list)
    for batch in _batches(stories):
        with database.work(loader) as uow, uow.command(Act.DEMO_SEED), _collector_resting():
            write(uow, batch)
        for story in batch:
            if story.child.opening:
                opening[story.child.lot_id].append(story.child.reference)
    with database.work(loader) as uow, uow.command(Act.DEMO_SEED):
        for district in setting.districts:
            references = opening[district.lot_id]
            frozen_on = Diary.of_england().working(district.starts_on + timedelta(days=4))
            uow.add(
                Baseline(
                    lot_id=district.lot_id,
                    frozen_on=frozen_on,
                    frozen_at=at(frozen_on, 16 * 60),
                    cases=len(references),
                    digest=scope.digest_of(references),
                )
            )


def write(uow: UnitOfWork, stories: Sequence[Story]) -> None:
    """Store stories of any contracts, within a command."""
    terms = {
        contract_id: terms_of(uow, contract_id)
        for contract_id in {story.child.contract_id for story in stories}
    }
    book = Book({model: uow.next_id(model) for model in TABLES})
    for story in stories:
        CaseFile(book, story, terms[story.child.contract_id]).unfold(ACTS)
    for model in TABLES:
        uow.load(model, book.rows[model])
    scope.post(uow, sorted(book.shifts, key=lambda shift: shift.at or uow.now))
    carried = (case for case in book.rows[Case] if case["practitioner_id"] and not case["ended_on"])
    workload.carry(uow, ((None, burden_of(Case(**case))) for case in carried))
    _count_groups(uow, book.rows[Case])


def _count_groups(uow: UnitOfWork, cases: Iterable[dict[str, Any]]) -> None:
    """The groups that follow from the cases, which came and left with them, week by week."""
    came: dict[date, list[Member]] = defaultdict(list)
    left: dict[date, list[Member]] = defaultdict(list)
    for case in cases:
        member = belonging({**case, "ended_on": None})
        if member and member.groups:
            came[week_ending(case["received_on"])].append(member)
            if case["ended_on"]:
                left[week_ending(case["ended_on"])].append(member)
    for ending, members in sorted(came.items()):
        groups.count(uow, ((None, one) for one in members), ending)
    for ending, members in sorted(left.items()):
        groups.count(uow, ((one, None) for one in members), ending)


def terms_of(uow: UnitOfWork, contract_id: int) -> Terms:
    """A contract's clock rule, calendar and names."""
    return Terms(
        contract.rule_for(uow, contract_id, AssessmentType.CHILD_AND_FAMILY),
        contract.calendar(uow, contract_id),
        {lot.id or 0: lot.name for lot in contract.list_lots(uow)},
        {team.id or 0: team.name for team in contract.list_teams(uow)},
    )


@contextmanager
def _collector_resting() -> Iterator[None]:
    """Rows by the thousand hold no cycles; looking for some takes a third of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _batches(stories: Iterable[Story]) -> Iterator[list[Story]]:
    rest = iter(stories)
    while batch := list(islice(rest, AT_ONCE)):
        yield batch
