"""Many people at once: nothing is lost, nothing is done twice, readers do not wait for writers."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from app.agreements.proposals import service as proposals
from app.agreements.proposals.models import Proposal
from app.cases.allocation import service as allocation
from app.cases.assessments import service as assessments
from app.cases.assessments.models import Visit
from app.cases.register import queries as register
from app.cases.register.filter import CaseFilter
from app.cases.register.models import Case, CaseMove
from app.cases.register.recount import recount
from app.kernel.acts import Act
from app.kernel.errors import Busy, DomainError, Invalid, Refused
from app.plans import service as plans
from app.work import trail
from tests.makers import a_case, an_allocated_case
from tests.makers_agreements import a_proposal, plan_words
from tests.world import TODAY, World

WRITERS = 16


def all_at_once(work: Callable[[int], Any], number: int = WRITERS) -> list[Any]:
    """What each of many threads got, all let go at one moment."""
    gate = threading.Barrier(number)

    def one(place: int) -> Any:
        gate.wait()
        try:
            return work(place)
        except DomainError as refusal:
            return type(refusal)

    with ThreadPoolExecutor(number) as threads:
        return list(threads.map(one, range(number)))


def test_sixteen_writers_lose_nothing_and_the_chain_stays_whole(world: World) -> None:
    case_id = an_allocated_case(world)

    def see(_place: int) -> None:
        with world.acting("priya") as uow:
            assessments.record_seen(uow, case_id, TODAY, seen_alone=True)

    assert all_at_once(see) == [None] * WRITERS
    assert len(world.rows(Visit, case_id=case_id)) == WRITERS
    with world.database.engine.connect() as connection:
        assert trail.verify(connection).ok


def test_one_case_given_to_many_at_once_goes_to_one(world: World) -> None:
    case_id = a_case(world)
    workers = [world.practitioner("priya"), world.practitioner("pete")]

    def give(place: int) -> None:
        with world.acting("tess" if place % 2 else "tom") as uow:
            allocation.allocate(uow, case_id, workers[place % 2])

    answers = all_at_once(give)
    assert answers.count(None) == 1
    assert set(answers) == {None, Refused}
    assert len(world.rows(CaseMove, case_id=case_id)) == 1
    with world.acting("paula") as uow:
        assert recount(uow).ok


@pytest.mark.parametrize("round_", range(5))
def test_an_agreement_and_an_edit_in_the_same_moment_have_one_outcome(
    world: World, round_: int
) -> None:
    proposal_id = a_proposal(world)
    proposal = world.row(Proposal, proposal_id)

    def meet(place: int) -> None:
        if place % 2 == round_ % 2:
            with world.acting("dina") as uow:
                proposals.agree(uow, proposal_id, proposal.text_hash)
        else:
            with world.acting("priya") as uow:
                plans.write(uow, proposal.case_id, plan_words(world, conditions="Other"), 1)

    answers = all_at_once(meet, 2)
    case = world.row(Case, proposal.case_id)
    decided = world.row(Proposal, proposal_id).decision
    agreed, edited = answers[round_ % 2], answers[1 - round_ % 2]
    # The edit always stands: before the agreement it forestalls it, after it, it voids it.
    assert edited is None
    assert case.state.value == "authorised"
    assert (agreed is None) == (decided is not None)


def test_a_page_is_read_while_a_change_is_being_written(world: World, browse: Any) -> None:
    case_id = a_case(world)
    tess = browse("tess")
    with world.acting("tess") as uow, uow.command(Act.CASE_ALLOCATE):
        assert "Case" in tess.get(f"/cases/{case_id}")


def test_what_one_page_reads_is_of_one_moment_though_others_write_meanwhile(world: World) -> None:
    a_case(world)
    every = CaseFilter(show="all")
    with world.acting("paula") as reader:
        assert register.count_cases(reader, every) == 1
        a_case(world)
        assert len(register.list_first(reader, every, 10)) == 1
        assert len(register.list_ids(reader, every, 10)) == 1
    with world.acting("paula") as later:
        assert register.count_cases(later, every) == len(register.list_first(later, every, 10)) == 2


def test_a_writer_that_cannot_have_the_lock_is_told_to_try_again(world: World) -> None:
    case_id = a_case(world)
    engine = world.database.engine
    holder = engine.connect().execution_options(writing=True)
    holder.exec_driver_sql("SELECT 1")
    if not world.database.is_sqlite:
        holder.exec_driver_sql("SELECT pg_advisory_xact_lock(4071926)")
    try:
        with world.acting("tess") as uow:
            sqlite = world.database.is_sqlite
            wait = "PRAGMA busy_timeout=50" if sqlite else "SET lock_timeout = 50"
            uow.session.connection().exec_driver_sql(wait)
            uow.session.commit()
            with pytest.raises(Busy):
                allocation.allocate(uow, case_id, world.practitioner("priya"))
    finally:
        holder.close()
    assert world.row(Case, case_id).state.value == "unallocated"


def test_a_refused_form_leaves_the_lock_free_for_the_next(world: World) -> None:
    case_id = a_case(world)
    with world.acting("tess") as uow, pytest.raises(Invalid):
        allocation.allocate(uow, case_id, world.practitioner("sam"))
    with world.acting("tess") as uow:
        allocation.allocate(uow, case_id, world.practitioner("priya"))
