"""Tells one case's journey from its arrival to its end, however far today lets it come."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from app.agreements.checklists.rules import Checklist
from app.agreements.closures.rules import (
    STANDARD,
    Achieved,
    ClosureReason,
    Involvement,
    Support,
    Told,
)
from app.agreements.closures.rules import Draft as Closure
from app.agreements.proposals.rules import HandBackReply
from app.agreements.reopening.rules import ReopenReason
from app.cases.assessments.rules import NotSeenReason
from app.cases.register.rules import ChangeReason
from app.kernel.acts import Act
from app.kernel.days import london_date
from app.plans.rules import Draft, HandBackReason, Outcome, Route
from app.safeguarding.flags.rules import Concern
from seed import words
from seed.diary import at
from seed.events import Twist
from seed.names import EARLY_HELP, RECEIVING_WORKERS
from seed.setting import Worker
from seed.telling import Telling

OUTCOMES = (
    (Outcome.CLOSE_NFA, 46),
    (Outcome.STEP_DOWN, 12),
    (Outcome.CIN_PLAN, 28),
    (Outcome.SECTION_47, 7),
    (Outcome.PRE_PROCEEDINGS, 3),
    (Outcome.OTHER_AUTHORITY, 4),
)
GENTLE = {Outcome.CLOSE_NFA, Outcome.STEP_DOWN}
RARE_REASONS = (*tuple(ClosureReason)[:6], ClosureReason.RC9)
CHANGES = (
    ChangeReason.MANAGING_CASELOADS,
    ChangeReason.ABSENCE,
    ChangeReason.CARER_ASKED,
    ChangeReason.STANDARD_TRANSFER,
)


class Journey(Telling):
    """The chapters of one child's story."""

    def transfer(self, day: date) -> None:
        """It came to another lot first."""
        self.tell(
            Act.CASE_TRANSFER, day, self.district.project_manager, lot_id=self.district.lot_id
        )

    def assess(self, on: Callable[[float], date], *, unseen: bool) -> None:
        """From its start to its authorisation, by fractions of the journey."""
        started = self.diary.working(max(on(0.05), london_date(self._last)))
        self.tell(Act.ASSESSMENT_START, started, self.worker(started), started_on=started)
        if not unseen:
            self.see(on(0.14))
        if self.chance(0.07):
            self.flag(on(0.18), on(0.3))
        if not unseen and self.chance(0.6):
            self.see(on(0.4))
        if self.chance(0.05):
            self.reallocate(max(on(0.45), london_date(self._last)), self.choose(CHANGES))
        reason = self.choose(tuple(NotSeenReason)[1:]) if unseen else None
        author = self.worker(on(0.58))
        self.tell(Act.ASSESSMENT_SUBMIT, on(0.58), author, not_seen_reason=reason)
        if self.chance(0.13):
            manager, points = self.manager(), self.choose(tuple(words.ASSESSMENT_POINTS))
            lacks = words.ASSESSMENT_POINTS[points]
            self.tell(Act.ASSESSMENT_RETURN, on(0.62), manager, points=points, reason=lacks)
            author = self.worker(on(0.66))
            self.tell(Act.ASSESSMENT_SUBMIT, on(0.66), author, not_seen_reason=reason)
        self.tell(
            Act.ASSESSMENT_AUTHORISE, on(0.7), self.manager(), accepts_not_seen=reason is not None
        )

    def see(self, day: date) -> None:
        seen_on = max(self.diary.working(day), london_date(self._last))
        self.tell(
            Act.ASSESSMENT_SEEN,
            seen_on,
            self.worker(seen_on),
            seen_on=seen_on,
            seen_alone=self.child.age_band not in ("Unborn", "Under 1") and self.chance(0.8),
        )

    def flag(self, raised: date, resolved: date | None) -> None:
        """A worry of the moment; the council takes notice of it and, once settled, says so."""
        worker, concern = self.worker(raised), self.choose(tuple(Concern))
        note = words.CONCERNS[concern]
        self.tell(Act.FLAG_RAISE, raised, worker, concern=concern, note=note)
        self.tell(Act.FLAG_ACKNOWLEDGE, raised, self.district.district_manager)
        if resolved is not None:
            self.tell(
                Act.FLAG_RESOLVE,
                resolved,
                self.district.district_manager,
                resolution=self.choose(words.RESOLUTIONS),
            )

    def plan(self, day: date, outcome: Outcome, end: date) -> None:
        team = self.team(outcome) if outcome.needs_team else None
        target = self.diary.working(max(end, day, london_date(self._last)) + timedelta(days=7))
        self.tell(
            Act.PLAN_WRITE,
            day,
            self.worker(day),
            draft=Draft(
                outcome,
                target,
                self.choose(words.RATIONALES[outcome.route]),
                self.choose(words.CONDITIONS),
                team,
            ),
        )

    def team(self, outcome: Outcome) -> int:
        """Early help takes what is stepped down, the other teams take the rest."""
        early_help = [team for team, name in self.district.teams if name.endswith(EARLY_HELP)]
        others = [team for team, _ in self.district.teams if team not in early_help]
        return self.choose(early_help if outcome is Outcome.STEP_DOWN else others)

    def closure(self, day: date) -> None:
        """Written by the practitioner; the family was told that day or the day before."""
        day = self.diary.working(max(day, london_date(self._last)))
        told = self.chance(0.8)
        usual = ClosureReason.RC8 if self.chance(0.75) else ClosureReason.RC7
        reason = next(self.rare_reasons) if self.chance(0.2) else usual
        self.tell(
            Act.CLOSURE_WRITE,
            day,
            self.worker(day),
            draft=Closure(
                reason,
                self.choose(words.SUPPORT),
                self.choose(words.ADVICE),
                family_told_on=max(self.child.referred_on, day - timedelta(days=1)),
                referrer_told_on=day if told else None,
                referrer_not_told="" if told else "The referrer asked not to be contacted.",
                **self.record(day),
            ),
        )

    def record(self, day: date) -> dict[str, Any]:
        """What the closure says beside who was told; everything the council asks is ticked off."""
        turn = day.toordinal() + self.child.referred_on.toordinal()
        helped = turn % 3 == 0
        reasons = tuple(Involvement)
        achieved = (Achieved.MET, Achieved.PARTLY if helped else Achieved.NO_NEED)
        return {
            "involvement": frozenset({reasons[turn % 9], reasons[turn % 4]}),
            "achieved": achieved[turn % 2],
            "views": words.VIEWS[turn % len(words.VIEWS)],
            "agencies_told": frozenset({Told.SCHOOL, (Told.HEALTH, Told.POLICE)[turn % 2]}),
            "support_from": Support.EARLY_HELP if helped else Support.SCHOOL,
            "ticked": frozenset(STANDARD),
        }

    def propose(self, on: Callable[[float], date], outcome: Outcome, end: date) -> Outcome:
        """A plan goes before the District Manager until one is agreed; returns what was agreed."""
        decider = self.district.district_manager
        self.plan(on(0.76), outcome, end)
        if outcome.route is Route.CLOSURE:
            self.closure(on(0.77))
        self.tell(Act.PROPOSAL_PROPOSE, on(0.78), self.worker(on(0.78)))
        if self.chance(0.09):
            points = self.choose(words.PROPOSAL_POINTS)
            self.tell(Act.PROPOSAL_RETURN, on(0.83), decider, points=points)
            self.plan(on(0.85), outcome, end)
            self.tell(Act.PROPOSAL_PROPOSE, on(0.86), self.worker(on(0.86)))
        elif self.chance(0.045):
            reason = self.choose(words.REFUSALS)
            self.tell(Act.PROPOSAL_REFUSE, on(0.83), decider, reason=reason)
            outcome = Outcome.CIN_PLAN if outcome in GENTLE else Outcome.SECTION_47
            self.plan(on(0.86), outcome, end)
            self.tell(Act.PROPOSAL_PROPOSE, on(0.87), self.worker(on(0.87)))
        self.tell(Act.PROPOSAL_AGREE, on(0.9), decider)
        return outcome

    def finish(self, on: Callable[[float], date], outcome: Outcome, end: date) -> None:
        """The child is seen once more, and past its gate the case ends."""
        self.see(on(0.92))
        if outcome.route is Route.CLOSURE:
            self.worker(end)
            self.tell(Act.CLOSURE_CLOSE, end, self.manager())
            return
        for share, family in ((0.94, False), (0.96, True)):
            self.tick(on(share), family=family)
        worker = self.choose(RECEIVING_WORKERS)
        self.request(on(0.97), worker)
        self.worker(end)
        decider = self.district.district_manager
        accepter = decider if self.chance(0.8) else self.district.council_manager
        self.tell(Act.HANDOVER_ACCEPT, end, accepter, receiving_worker=worker)

    def tick(self, day: date, *, family: bool) -> None:
        day = max(self.diary.working(day), london_date(self._last))
        chronology = self._ticked or day
        self._ticked = day
        self.tell(
            Act.HANDOVER_PREPARE,
            day,
            self.worker(day),
            checklist=Checklist(chronology, day if family else None),
        )

    def request(self, day: date, asked_of: str) -> None:
        """The receiving team is asked as soon as everything is ticked off."""
        day = self.diary.working(max(day, london_date(self._last)))
        self.tell(Act.HANDOVER_REQUEST, day, self.worker(day), asked_of=asked_of)

    def hand_back(self, day: date) -> None:
        """The case should not have come; a team manager says why and the council agrees."""
        manager = self.manager()
        reason = self.choose(tuple(HandBackReason))
        target = self.diary.working(max(day, london_date(self._last)) + timedelta(days=14))
        rationale = self.choose(words.RATIONALES[Route.HAND_BACK])
        advice = words.HAND_BACK_ADVICE[reason]
        draft = Draft(Outcome.HAND_BACK, target, rationale, "", None, reason, advice)
        self.tell(Act.PLAN_WRITE, day, manager, draft=draft)
        self.tell(Act.PROPOSAL_PROPOSE, day, manager)
        wait = timedelta(days=2 + int(self.random.random() * 6))
        reply = self.choose(tuple(HandBackReply))
        self.tell(Act.PROPOSAL_AGREE, day + wait, self.district.district_manager, reply=reply)

    def sent_again(self, day: date) -> None:
        self.tell(Act.IMPORT_RUN, day, self.district.project_manager)

    def reopen(self, day: date) -> None:
        reason = self.choose(tuple(ReopenReason))
        self._ticked = None
        self.tell(Act.CASE_REOPEN, day, self.district.district_manager, reason=reason)

    def run(
        self,
        begin: date,
        end: date,
        worker: Worker | None = None,
        *,
        unseen: bool = False,
        outcome: Outcome | None = None,
    ) -> None:
        """A whole stretch of work, from allocation to its end."""
        self.allocate(begin, worker)
        length = (end - begin).days
        outcome = outcome or self.weighted()

        def on(share: float) -> date:
            return begin + timedelta(days=int(share * length))

        self.assess(on, unseen=unseen)
        self.finish(on, self.propose(on, outcome, end), end)

    def weighted(self) -> Outcome:
        left = self.random.random() * 100
        for outcome, share in OUTCOMES:
            left -= share
            if left < 0:
                return outcome
        return OUTCOMES[0][0]

    def twist(self, twist: Twist, today: date) -> None:
        """A journey that waits, or has a flag on it, on the evening before `today`."""
        long_ago, lately = today - timedelta(days=60), today - timedelta(days=10)
        if twist is Twist.NOT_STARTED:
            self.allocate(today - timedelta(days=9), None)
        elif twist is Twist.UNSEEN:
            begin = today - timedelta(days=40)
            self.run(begin, begin + timedelta(days=58), unseen=True)
            self._stop_before(Act.ASSESSMENT_AUTHORISE)
        elif twist is Twist.WITHOUT_PLAN:
            self.run(long_ago, lately)
            self._stop_before(Act.PLAN_WRITE)
        elif twist is Twist.WAITS_FOR_DECISION:
            self.run(long_ago, lately)
            self._stop_before(Act.PROPOSAL_AGREE)
        elif twist is Twist.WAITS_FOR_HANDOVER:
            self.run(long_ago, lately, outcome=Outcome.CIN_PLAN)
            self._stop_before(Act.HANDOVER_ACCEPT)
            self.events.pop()
        else:
            self.run(today - timedelta(days=30), today + timedelta(days=20))
            self.cut(at(today - timedelta(days=7), 0))
            self._last = self.events[-1].at
            self._flag_now(twist, today)

    def _stop_before(self, act: Act) -> None:
        acts = [event.act for event in self.events]
        self.events = self.events[: acts.index(act)]

    def _flag_now(self, twist: Twist, today: date) -> None:
        day = today - timedelta(days=1)
        while not self.diary.is_working(day):
            day -= timedelta(days=1)
        self.flag(day - timedelta(days=3) if twist is Twist.FLAG_OPEN else day, None)
        if twist is Twist.FLAG_NEW:
            self.events.pop()
