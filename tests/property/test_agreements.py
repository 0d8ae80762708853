"""No run of acts by anybody ends a case past its gate or unbalances the ledger."""

from collections import Counter, defaultdict
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from app.agreements.checklists.rules import Checklist
from app.agreements.closures import service as closures
from app.agreements.closures.models import Closure
from app.agreements.conditions import service as conditions
from app.agreements.conditions.models import Condition
from app.agreements.conditions.rules import Wanted
from app.agreements.disagreements import service as disagreements
from app.agreements.disagreements.models import Disagreement
from app.agreements.disagreements.rules import Outcome as Settled
from app.agreements.handovers import service as handovers
from app.agreements.handovers.models import Handover
from app.agreements.handovers.rules import RejectReason
from app.agreements.meetings import service as meetings
from app.agreements.meetings.models import AgendaItem
from app.agreements.meetings.rules import Heard
from app.agreements.meetings.service import Plan as MeetingPlan
from app.agreements.proposals import service as proposals
from app.agreements.proposals.models import Proposal
from app.agreements.proposals.rules import Answer, Decision
from app.agreements.reopening import service as reopening
from app.agreements.reopening.rules import ReopenReason
from app.cases.assessments import service as assessments
from app.cases.register.models import Case, CaseMove
from app.cases.scope.models import NO_CLOCK, CaseCounter, LedgerPosting
from app.cases.states import CLEARED, ENDED, CaseState
from app.kernel.errors import DomainError
from app.plans import queries as plans
from app.plans import service as planning
from app.plans.models import OutcomePlan
from app.plans.rules import Outcome, Route, hash_of
from app.safeguarding.flags import service as safeguarding
from app.safeguarding.flags.models import Flag
from app.safeguarding.flags.rules import Concern
from app.work import trail
from tests.makers import a_case, an_authorised_case
from tests.makers_agreements import closure_words, plan_words, reply_to
from tests.property.runs import run_on_copies
from tests.world import TODAY, World

# The people of the lot come more often than those who may do nothing here.
people = st.sampled_from(["tess", "dina", "priya", "tess", "dina", "tom", "hana", "omar", "tara"])


outcomes = st.sampled_from(
    [Outcome.CLOSE_NFA, Outcome.CIN_PLAN, Outcome.STEP_DOWN, Outcome.HAND_BACK]
)
way = {
    "outcome": outcomes,
    "author": st.sampled_from(["priya", "tess"]),
    "decider": st.sampled_from(["dina", "dina", "hana"]),
    "meddling": st.sampled_from(
        ["", "", "flag", "return", "plan", "closure", "agreed plan", "agreed closure"]
    ),
    # Who tries first whatever is another's to do.
    "intruder": st.sampled_from(["tess", "tom", "priya", "hana", "omar", "tara"]),
}
REACHED: set[CaseState] = set()


class Agreements(RuleBasedStateMachine):
    """Several people act on three cases in any order; what is refused must leave no trace."""

    world: World
    cases = Bundle("cases")

    def __init__(self) -> None:
        super().__init__()
        self.proposed: dict[int, str] = {}

    @initialize(target=cases)
    def an_unallocated(self) -> int:
        return a_case(self.world)

    def acts(self, who: str, act, *arguments: object) -> None:
        """Do it if it may be done, and look at the gate of every case that it ended."""
        before = {case.id: case for case in self.world.rows(Case)}
        try:
            with self.world.acting(who) as uow:
                act(uow, *arguments)
        except DomainError:
            return
        for case in self.world.rows(Case):
            if case.state in ENDED and before[case.id].state not in ENDED:
                self.check_end(before[case.id], case)

    def check_end(self, before: Case, case: Case) -> None:
        """Nothing ends without the council's agreement to the newest words."""
        REACHED.add(case.state)
        plan = max(self.world.rows(OutcomePlan, case_id=case.id), key=lambda one: one.number)
        newest = max(self.world.rows(Proposal, case_id=case.id), key=lambda one: one.id)
        assert (newest.decision, newest.plan_id) == (Decision.AGREED, plan.id)
        assert newest.decided_by == self.world.user("dina") != newest.proposed_by
        assert case.outcome == plan.outcome.value
        # An independent count, so that no counter that is wrong lets a flag by.
        assert before.open_flags == 0
        assert all(flag.resolved_at for flag in self.world.rows(Flag, case_id=case.id))
        assert case.state is CaseState.HANDED_BACK or case.seen_on is not None
        assert newest.text_hash == hash_of(newest.text)
        assert plan.rationale in newest.text
        asked = self.world.rows(Condition, proposal_id=newest.id)
        assert len(asked) == newest.conditions
        assert all(one.met_at and one.met_note for one in asked)
        if case.state is CaseState.CLOSED:
            closure = self.world.rows(Closure, case_id=case.id)[-1]
            assert closure.closed_by != closure.written_by
            assert closure.closed_by in self.of("tess", "tom")
            assert closure.agreed_hash == newest.text_hash
        if case.state is CaseState.HANDED_OVER:
            [handover] = self.world.rows(Handover, proposal_id=newest.id)
            assert handover.requested_at
            assert handover.accepted_by in self.of("dina", "hana")
            assert handover.accepted_by != handover.requested_by
            assert handover.receiving_worker == "Jo Lane"

    def of(self, *keys: str) -> set[int]:
        return {self.world.user(key) for key in keys}

    @rule(case=cases, who=people, outcome=outcomes)
    def write_plan(self, case: int, who: str, outcome: Outcome) -> None:
        with self.world.acting("hana") as uow:
            latest = plans.latest(uow, case)
        began_from = latest.number if latest else 0
        self.acts(who, planning.write, case, plan_words(self.world, outcome), began_from)

    @rule(case=cases, who=people, advice=st.sampled_from(["Ring first", "Ask the school"]))
    def write_closure(self, case: int, who: str, advice: str) -> None:
        versions = [row.version for row in self.world.rows(Closure, case_id=case)]
        version = versions[-1] if versions else 0
        self.acts(who, closures.write, case, closure_words(advice=advice), version)

    @rule(case=cases, who=people)
    def propose(self, case: int, who: str) -> None:
        self.acts(who, proposals.propose, case)

    @rule(case=cases, who=people, answer=st.sampled_from(["agree", "agree", "return", "refuse"]))
    def decide(self, case: int, who: str, answer: str) -> None:
        for one in self.world.rows(Proposal, case_id=case):
            if answer == "agree":
                self.acts(who, proposals.agree, one.id, one.text_hash, reply_to(one))
            elif answer == "return":
                self.acts(who, proposals.return_with_points, one.id, one.text_hash, "Fix")
            else:
                self.acts(who, proposals.refuse, one.id, one.text_hash, "No")

    @rule(case=cases, who=people, due=st.integers(min_value=-1, max_value=9))
    def agree_on_conditions(self, case: int, who: str, due: int) -> None:
        wanted = Wanted(("Ring the school",), TODAY + timedelta(days=due), self.world.user("priya"))
        answer = Answer(Decision.AGREED, conditions=wanted)
        for one in self.world.rows(Proposal, case_id=case):
            self.acts(who, proposals.decide, one.id, one.text_hash, answer)

    @rule(case=cases, who=people)
    def meet_conditions(self, case: int, who: str) -> None:
        for one in self.world.rows(Condition, case_id=case):
            self.acts(who, conditions.meet, one.id, "Done")

    @rule(case=cases, who=people, seconds=st.sampled_from([1, 30, 61]))
    def take_back(self, case: int, who: str, seconds: int) -> None:
        self.world.clock.move(seconds=seconds)
        for one in self.world.rows(Proposal, case_id=case):
            self.acts(who, proposals.undo, one.id)

    @rule(who=people, decision=st.sampled_from(Decision), confirmer=people)
    def hold_a_meeting(self, who: str, decision: Decision, confirmer: str) -> None:
        """Somebody records what they heard; only who may makes it the council's word."""
        out = [
            one
            for one in self.world.rows(Proposal)
            if self.world.row(Case, one.case_id).state is CaseState.PROPOSED and not one.decision
        ]
        plan = MeetingPlan(self.world.lot(), "Desk", TODAY)
        self.acts(who, meetings.plan, plan, [one.id for one in out])
        for item in self.world.rows(AgendaItem):
            words = self.world.row(Proposal, item.proposal_id).text_hash
            heard = Heard(decision, "As said in the meeting")
            self.acts(who, meetings.hear, item.id, heard, words, "")
            version = self.world.row(AgendaItem, item.id).version
            self.acts(confirmer, meetings.confirm, item.id, version)

    @rule(case=cases, who=people)
    def disagree(self, case: int, who: str) -> None:
        said = "The plan is safe as it stands, and here is why."
        self.world.clock.move(seconds=61)
        for one in self.world.rows(Proposal, case_id=case):
            self.acts(who, disagreements.raise_one, one.id, said)
        for one in self.world.rows(Disagreement, case_id=case):
            self.acts(who, disagreements.answer, one.id, said)
            self.acts(who, disagreements.escalate, one.id)
            self.acts(who, disagreements.settle, one.id, Settled.STANDS, said)

    @initialize(target=cases, **way)
    def begin_with_a_whole_way(self, **drawn: str) -> int:
        return self.whole_way(**drawn)

    @rule(target=cases, **way)
    def whole_way(
        self, outcome: Outcome, author: str, decider: str, meddling: str, intruder: str
    ) -> int:
        """A new case goes all the way, with somebody meddling on it."""
        case = an_authorised_case(self.world)
        self.write_plan(case, author, outcome)
        self.write_closure(case, author, "As agreed")
        self.propose(case, "tess")
        self.meddle(case, meddling, outcome)
        for who in (intruder, decider):
            self.decide(case, who, "agree")
        self.rewrite(case, meddling, outcome)
        self.prepare(case, "priya", told=True)
        self.accept(case, "dina")
        self.request(case, "priya")
        for who in (intruder, "dina"):
            self.accept(case, who)
        for who in (author, intruder, "tess"):
            self.close(case, who)
        return case

    def meddle(self, case: int, how: str, outcome: Outcome) -> None:
        """What happens while a proposal waits; new words are proposed anew."""
        if how == "flag":
            self.raise_flag(case, "priya")
        elif how == "return":
            self.decide(case, "dina", "return")
        elif how == "plan":
            self.write_plan(case, "priya", outcome)
        elif how == "closure":
            self.write_closure(case, "priya", "Other words")
        self.propose(case, "priya")

    def rewrite(self, case: int, how: str, outcome: Outcome) -> None:
        """Other words than those that were agreed."""
        if how == "agreed closure":
            self.write_closure(case, "priya", "Words nobody agreed")
        elif how == "agreed plan":
            other = Outcome.STEP_DOWN if outcome is Outcome.CIN_PLAN else Outcome.CIN_PLAN
            self.write_plan(case, "priya", other)

    @rule(case=cases, who=people, told=st.booleans())
    def prepare(self, case: int, who: str, told: bool) -> None:
        ticked = Checklist(TODAY, TODAY if told else None)
        for version in (1, 2, 3):
            self.acts(who, handovers.prepare, case, ticked, version)

    @rule(case=cases, who=people)
    def request(self, case: int, who: str) -> None:
        self.acts(who, handovers.request, case, "Ann Field")

    @rule(case=cases, who=people)
    def reject(self, case: int, who: str) -> None:
        self.acts(who, handovers.reject, case, RejectReason.FILE)

    @rule(case=cases, who=people)
    def accept(self, case: int, who: str) -> None:
        self.acts(who, handovers.accept, case, "Jo Lane")

    @rule(case=cases, who=people)
    def close(self, case: int, who: str) -> None:
        self.acts(who, closures.close, case)

    @rule(case=cases, who=people)
    def see_child(self, case: int, who: str) -> None:
        def record(uow, case_id: int) -> None:
            assessments.record_seen(uow, case_id, TODAY, seen_alone=True)

        self.acts(who, record, case)

    @rule(case=cases, who=people)
    def raise_flag(self, case: int, who: str) -> None:
        reference = self.world.row(Case, case).reference
        self.acts(who, safeguarding.raise_flag, reference, Concern.OTHER)

    @rule(who=people)
    def settle_flags(self, who: str) -> None:
        for flag in self.world.rows(Flag):
            self.acts(who, safeguarding.acknowledge, flag.id)
            self.acts(who, safeguarding.resolve, flag.id, "Safe")

    @rule(case=cases, who=people)
    def reopen(self, case: int, who: str) -> None:
        self.acts(who, reopening.reopen, case, ReopenReason.RE_REFERRAL)

    @invariant()
    def the_council_alone_decides(self) -> None:
        council = self.of("dina", "omar")
        for one in self.world.rows(Proposal):
            assert (one.decision is None) is (one.decided_by is None) is (one.decided_at is None)
            assert one.decided_by is None or one.decided_by in council - {one.proposed_by}

    @invariant()
    def what_was_proposed_is_never_written_over(self) -> None:
        for one in self.world.rows(Proposal):
            assert one.text_hash == hash_of(one.text)
            assert self.proposed.setdefault(one.id, one.text) == one.text

    @invariant()
    def every_case_is_in_the_one_state_that_its_moves_led_to(self) -> None:
        moves: dict[int, list[CaseMove]] = defaultdict(list)
        for one in self.world.rows(CaseMove):
            moves[one.case_id].append(one)
        for case in self.world.rows(Case):
            path = moves[case.id]
            assert not path or path[-1].after is case.state
            assert all(one.before is was.after for was, one in pairwise(path))
            assert (case.state in ENDED) is (case.ended_on is not None)
            ends = sum(one.after in ENDED for one in path)
            assert ends - sum(one.before in ENDED for one in path) == (case.state in ENDED)

    @invariant()
    def what_a_case_is_said_to_be_its_newest_proposal_says_in_the_words_that_stand(self) -> None:
        newest = {one.case_id: one for one in self.world.rows(Proposal)}
        plan = {one.case_id: one for one in self.world.rows(OutcomePlan)}
        closure = {one.case_id: one for one in self.world.rows(Closure)}
        decided = {CaseState.PROPOSED: None, CaseState.AGREED: Decision.AGREED}
        for case in self.world.rows(Case):
            if case.state not in decided:
                continue
            proposal, planned = newest[case.id], plan[case.id]
            assert proposal.decision is decided[case.state]
            assert proposal.plan_id == planned.id
            assert planned.rationale in proposal.text
            if planned.outcome.route is Route.CLOSURE:
                assert closure[case.id].advice in proposal.text

    @invariant()
    def what_is_disagreed_with_was_returned_or_refused(self) -> None:
        for one in self.world.rows(Disagreement):
            decision = self.world.row(Proposal, one.proposal_id).decision
            assert decision in {Decision.RETURNED, Decision.REFUSED}

    @invariant()
    def flags_are_counted(self) -> None:
        still_open = Counter(
            flag.case_id for flag in self.world.rows(Flag) if flag.resolved_at is None
        )
        for case in self.world.rows(Case):
            assert case.open_flags == still_open[case.id]

    @invariant()
    def the_ledger_is_what_is_open(self) -> None:
        cases = self.world.rows(Case)
        balance, cleared = Counter[int](), Counter[int]()
        for posting in self.world.rows(LedgerPosting):
            balance[posting.lot_id] += posting.cases
            if posting.term.value in {"cleared", "reopened"}:
                cleared[posting.case_id] -= posting.cases
        assert balance == Counter(case.lot_id for case in cases if case.state.is_open)
        for case in cases:
            assert cleared[case.id] == (case.state in CLEARED)

    @invariant()
    def the_counters_are_a_recount(self) -> None:
        counted = Counter(
            {
                (c.lot_id, c.state, c.due_on, c.planned): c.cases
                for c in self.world.rows(CaseCounter)
            }
        )
        recount = Counter(
            (
                c.lot_id,
                c.state,
                c.due_on if c.state.clock_runs else NO_CLOCK,
                c.planned if c.state.is_open else "",
            )
            for c in self.world.rows(Case)
        )
        assert +counted == recount

    def teardown(self) -> None:
        with self.world.database.engine.connect() as connection:
            assert trail.verify(connection).ok


def test_no_run_of_acts_ends_a_case_past_its_gate(tmp_path: Path) -> None:
    run_on_copies(Agreements, tmp_path, runs=30, steps=15)
    assert ENDED - {CaseState.WITHDRAWN} == REACHED
