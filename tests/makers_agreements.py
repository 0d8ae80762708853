"""Makes plans, closures, proposals and what follows from them, through the services."""

from datetime import timedelta
from typing import Any

from app.agreements.checklists.rules import Checklist
from app.agreements.closures import service as closures
from app.agreements.closures.rules import (
    STANDARD,
    Achieved,
    ClosureReason,
    Involvement,
    Support,
    Told,
)
from app.agreements.closures.rules import Draft as ClosureDraft
from app.agreements.handovers import service as handovers
from app.agreements.proposals import service as proposals
from app.agreements.proposals.models import Proposal
from app.agreements.proposals.rules import HandBackReply
from app.plans import queries as plans
from app.plans import service as planning
from app.plans.rules import Draft, HandBackAdvice, HandBackReason, Outcome, Route
from app.safeguarding.flags import service as safeguarding
from app.safeguarding.flags.models import Flag
from app.safeguarding.flags.rules import Concern
from tests.makers import an_authorised_case
from tests.world import TODAY, World


def plan_words(world: World, outcome: Outcome = Outcome.CIN_PLAN, **words: Any) -> Draft:
    """What a plan for a case in North says."""
    values: dict[str, Any] = {
        "outcome": outcome,
        "target_on": world.clock.now.date() + timedelta(days=21),
        "rationale": "Home visits show that the plan should go on with the locality team.",
        "receiving_team_id": world.team() if outcome.needs_team else None,
        "hand_back_reason": (HandBackReason.OUT_OF_AREA if outcome is Outcome.HAND_BACK else None),
        "hand_back_advice": HandBackAdvice.AUTHORITY_TOLD if outcome is Outcome.HAND_BACK else None,
    }
    return Draft(**values | words)


def a_plan(
    world: World, case_id: int, outcome: Outcome = Outcome.CIN_PLAN, by: str = "priya", **words: Any
) -> int:
    """The next version of a case's plan; returns its number."""
    with world.acting(by) as uow:
        in_force = plans.latest(uow, case_id)
        began_from = in_force.number if in_force else 0
        return planning.write(uow, case_id, plan_words(world, outcome, **words), began_from)


def closure_words(**words: Any) -> ClosureDraft:
    """What a closure says."""
    values: dict[str, Any] = {
        "reason": ClosureReason.RC8,
        "ongoing_support": "The school's family worker stays in touch.",
        "advice": "Ask first how bedtimes are going.",
        "family_told_on": TODAY - timedelta(days=1),
        "referrer_told_on": TODAY - timedelta(days=1),
        "involvement": frozenset({Involvement.NEGLECT}),
        "achieved": Achieved.MET,
        "views": "Both parents agree; the child is glad.",
        "agencies_told": frozenset({Told.SCHOOL}),
        "support_from": Support.SCHOOL,
        "ticked": frozenset(STANDARD),
    }
    return ClosureDraft(**values | words)


def a_closure(
    world: World, case_id: int, by: str = "priya", version: int = 0, **words: Any
) -> None:
    """A written closure."""
    with world.acting(by) as uow:
        closures.write(uow, case_id, closure_words(**words), version)


def a_proposal(
    world: World, case_id: int | None = None, outcome: Outcome = Outcome.CIN_PLAN, by: str = "priya"
) -> int:
    """A proposal that waits for the District Manager; returns its id."""
    case_id = case_id or an_authorised_case(world)
    a_plan(world, case_id, outcome)
    if outcome.route is Route.CLOSURE:
        a_closure(world, case_id)
    with world.acting(by) as uow:
        return proposals.propose(uow, case_id)


def reply_to(proposal: Proposal) -> HandBackReply | None:
    """What the council replies to a hand-back; nothing to any other proposal."""
    return HandBackReply.TAKEN_BACK if proposal.route is Route.HAND_BACK else None


def agree(world: World, proposal_id: int, by: str = "dina") -> int:
    """The District Manager agrees to the words as they are; returns the case's id."""
    proposal = world.row(Proposal, proposal_id)
    with world.acting(by) as uow:
        proposals.agree(uow, proposal_id, proposal.text_hash, reply_to(proposal))
    return int(proposal.case_id)


def an_agreed_case(world: World, outcome: Outcome = Outcome.CIN_PLAN) -> int:
    """A case whose plan is agreed."""
    return agree(world, a_proposal(world, outcome=outcome))


def a_handover_to_accept(world: World) -> int:
    """A case whose handover lacks nothing but the council's acceptance."""
    case_id = an_agreed_case(world)
    request(world, case_id)
    return case_id


def request(world: World, case_id: int) -> None:
    """Tick the checklist off and ask the receiving team."""
    with world.acting("priya") as uow:
        handovers.prepare(uow, case_id, Checklist(TODAY, TODAY), version=1)
    with world.acting("priya") as uow:
        handovers.request(uow, case_id, "Ann Field")


def a_handed_over_case(world: World) -> int:
    """A case that the council accepted."""
    case_id = a_handover_to_accept(world)
    with world.acting("dina") as uow:
        handovers.accept(uow, case_id, "Jo Lane")
    return case_id


def a_closed_case(world: World) -> int:
    """A case that was closed by a team manager who did not write its closure."""
    case_id = an_agreed_case(world, Outcome.CLOSE_NFA)
    with world.acting("tess") as uow:
        closures.close(uow, case_id)
    return case_id


def a_flag(world: World, reference: str, by: str = "priya", note: str = "") -> int:
    """An open flag on a reference; returns its id."""
    with world.acting(by) as uow:
        safeguarding.raise_flag(uow, reference, Concern.NEGLECT, note)
    return max(int(flag.id) for flag in world.rows(Flag))
