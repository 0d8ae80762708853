"""Two hundred races for one proposal at a time: each has one outcome and nothing half done."""

import secrets
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from sqlmodel import Session, col, func, select

from app.access.actor import Actor
from app.agreements.handovers.models import Handover
from app.agreements.proposals import service as proposals
from app.agreements.proposals.models import Proposal
from app.agreements.proposals.rules import Answer, Decision
from app.cases.register.models import Case, CaseMove
from app.cases.states import CaseState
from app.contract import service as contract
from app.kernel.errors import Conflict, DomainError, Refused
from app.plans.rules import Outcome
from app.work import trail
from app.work.keys import FormKey, Repeated
from tests.makers_agreements import a_plan, a_proposal
from tests.world import TODAY, World

RACES = 200
# A second click, a deputy who sends it back, and somebody who changes the words meanwhile.
RIVALS = ("agrees again", "returns", "returns", "edits")


@contextmanager
def as_deputy(world: World):
    """Omar while he covers for Dina."""
    omar = world.actor("omar")
    lots = omar.lot_ids | {world.lot()}
    acts = omar.acts
    deputy = Actor(
        omar.user_id, omar.name, omar.role, omar.organisation, acts, lots, omar.contract_ids
    )
    with world.database.work(deputy) as uow:
        yield uow


def test_two_hundred_races_for_one_proposal_have_two_hundred_single_outcomes(
    world: World,
) -> None:
    with world.acting("dina") as uow:
        contract.name_deputy(uow, world.lot(), world.user("omar"), TODAY, TODAY, away=False)
    proposal_id = a_proposal(world)
    case_id = world.row(Proposal, proposal_id).case_id
    ready, won = threading.Barrier(2), Counter[str]()
    with ThreadPoolExecutor(2) as people:
        for race in range(RACES):
            before = last_move(world)
            rival = RIVALS[race % len(RIVALS)]
            results = run_one(world, people, ready, proposal_id, rival)
            check_one_outcome(world, proposal_id, case_id, results, before)
            won.update(name for name, result in results.items() if result is None)
            proposal_id = put_back(world, proposal_id, case_id)
    assert set(won) >= {"agrees", "returns", "edits"}
    with world.database.engine.connect() as connection:
        assert trail.verify(connection).ok


def run_one(
    world: World,
    people: ThreadPoolExecutor,
    ready: threading.Barrier,
    proposal_id: int,
    rival: str,
) -> dict[str, DomainError | None]:
    """Let her and a rival loose at once; what each got, None where it went through."""
    row = world.row(Proposal, proposal_id)
    key = FormKey(secrets.token_hex(8), "same")

    def agree() -> None:
        with world.acting("dina") as uow:
            uow.form_key = key
            ready.wait()
            proposals.agree(uow, proposal_id, row.text_hash)

    def send_back() -> None:
        with as_deputy(world) as uow:
            ready.wait()
            answer = Answer(Decision.RETURNED, "Say who visits")
            proposals.decide(uow, proposal_id, row.text_hash, answer)

    def edit() -> None:
        ready.wait()
        a_plan(world, row.case_id, rationale=f"Other words {secrets.token_hex(4)}")

    def attempt(act) -> DomainError | None:
        try:
            act()
        except DomainError as failure:
            return failure
        return None

    acts = {"agrees": agree, "agrees again": agree, "returns": send_back, "edits": edit}
    first, second = ("agrees", rival) if secrets.randbelow(2) else (rival, "agrees")
    asked = {name: people.submit(attempt, acts[name]) for name in (first, second)}
    return {name: one.result(timeout=30) for name, one in asked.items()}


def check_one_outcome(
    world: World,
    proposal_id: int,
    case_id: int,
    results: dict[str, DomainError | None],
    before: int,
) -> None:
    """One decision at most; its words are those of the signature; the state follows from it."""
    row, case = world.row(Proposal, proposal_id), world.row(Case, case_id)
    through = [name for name, result in results.items() if result is None]
    deciders = sum(name != "edits" for name in through)
    edited = "edits" in through
    assert deciders <= 1
    assert deciders or edited, results
    assert (row.decision is not None) is (deciders == 1)
    for failure in results.values():
        assert failure is None or isinstance(failure, Conflict | Refused | Repeated)
    stands = row.decision is Decision.AGREED and not edited
    assert case.state is (CaseState.AGREED if stands else CaseState.AUTHORISED)
    moved = moves_since(world, before)
    assert moved["proposal.agree"] + moved["proposal.return"] == deciders
    assert len(world.rows(Handover, proposal_id=proposal_id)) == (row.decision is Decision.AGREED)


def last_move(world: World) -> int:
    with Session(world.database.engine) as session:
        return int(session.exec(select(func.max(CaseMove.id))).one() or 0)


def moves_since(world: World, before: int) -> Counter[str]:
    with Session(world.database.engine) as session:
        return Counter(session.exec(select(CaseMove.act).where(col(CaseMove.id) > before)).all())


def put_back(world: World, proposal_id: int, case_id: int) -> int:
    """The proposal out again: taken back while nothing followed, else proposed anew."""
    row = world.row(Proposal, proposal_id)
    who = as_deputy(world) if row.decided_by == world.user("omar") else world.acting("dina")
    try:
        with who as uow:
            proposals.undo(uow, proposal_id)
    except DomainError:
        if world.row(Case, case_id).state is CaseState.AGREED:
            a_plan(world, case_id, Outcome.CIN_PLAN, rationale="Other words again")
        with world.acting("priya") as uow:
            return proposals.propose(uow, case_id)
    return proposal_id
