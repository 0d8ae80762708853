"""Lots of invented rows by the hundred, which measures are counted from in two ways."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from random import Random
from typing import Any

from app.access.models import User
from app.access.roles import Role
from app.agreements.check_backs.models import CheckBack
from app.agreements.closures.models import Closure
from app.agreements.closures.rules import Achieved, ClosureReason
from app.agreements.handovers.models import Handover, HandoverAudit
from app.agreements.handovers.rules import ASPECTS, Grade
from app.agreements.proposals.models import Proposal
from app.agreements.proposals.rules import Decision
from app.agreements.reopening.models import Reopening
from app.agreements.reopening.rules import ReopenReason
from app.agreements.watch.models import ReReferral
from app.assurance.sessions.models import SupportSession
from app.assurance.sessions.rules import Kind as SessionKind
from app.assurance.supervision.models import CaseDiscussion, Supervision
from app.assurance.supervision.rules import Decision as Discussed
from app.cases.actions.models import CaseAction
from app.cases.actions.rules import Ending, Source, What
from app.cases.assessments.models import Assessment, AssessmentReturn, Visit
from app.cases.holds.models import Hold
from app.cases.holds.rules import HoldReason
from app.cases.register.models import Allocation, Case, CaseMove
from app.cases.register.rules import AllocationRole, Priority
from app.cases.scope.models import LedgerPosting
from app.cases.scope.rules import Term
from app.cases.states import CaseState
from app.cases.waiting.models import RiskReview
from app.cases.waiting.rules import RiskDecision
from app.contract.models import Lot
from app.db.tables import Row
from app.exchange.imports.models import ImportBatch
from app.exchange.imports.rules import Stage
from app.kernel.clock import AssessmentType
from app.people.models import Practitioner, PractitionerLot
from app.people.rules import FULL_TIME, Post
from app.performance.workforce.models import WorkforceCount
from app.plans.models import OutcomePlan
from app.plans.rules import Outcome, Route
from app.safeguarding.enquiries.models import Enquiry
from app.safeguarding.enquiries.rules import Agencies, ConferenceResult
from app.safeguarding.flags.models import Flag
from app.safeguarding.flags.rules import Concern
from app.safeguarding.reviews.models import ProtectionPlan, ReviewConference
from app.work.uow import UnitOfWork
from tests.world import World

# Across the night on which the clocks go back, so that London's days and those of UTC differ.
FIRST, LAST = date(2026, 9, 15), date(2026, 11, 16)
ONE_DAY = timedelta(days=1)
# In the order in which their rows may be stored.
STORED: tuple[type[Row], ...] = (
    Case,
    CaseMove,
    Allocation,
    LedgerPosting,
    Assessment,
    AssessmentReturn,
    Visit,
    RiskReview,
    Hold,
    CaseDiscussion,
    OutcomePlan,
    Proposal,
    Handover,
    HandoverAudit,
    CaseAction,
    CheckBack,
    Closure,
    ReReferral,
    Reopening,
    Enquiry,
    Flag,
    ProtectionPlan,
    ReviewConference,
    PractitionerLot,
    WorkforceCount,
)
Rows = dict[type[Row], list[dict[str, Any]]]


@dataclass(frozen=True)
class Fixed:
    """Rows that all the others lean on."""

    contract_id: int
    user_id: int
    batch_id: int
    supervision_id: int
    workers: dict[int, int]
    sessions: tuple[dict[str, Any], ...]


def fixed(world: World) -> Fixed:
    """A batch, a supervision and six workers, each with the user that they sign in as."""
    contract_id = world.contract()
    with world.setting_up() as uow:
        batch = ImportBatch(
            lot_id=world.lot(),
            contract_id=contract_id,
            file_name="list.csv",
            sha256="0" * 64,
            size=1,
            listed_on=LAST,
            stage=Stage.CONFIRMED,
            uploaded_at=uow.now,
            moved_at=uow.now,
        )
        batch_id = uow.add(batch).id or 0
        workers = dict(_worker(uow, contract_id, number) for number in range(6))
        supervision = Supervision(
            contract_id=contract_id,
            practitioner_id=next(iter(workers)),
            supervisor_id=world.user("tess"),
        )
        supervision_id = uow.add(supervision).id or 0
        sessions = [
            {
                "contract_id": contract_id,
                "kind": kind,
                "supervisor_id": world.user("tess"),
                "supervisee_id": user_id,
                "held_on": FIRST + timedelta(days=days),
                "wrapped_key": "",
            }
            for number, user_id in enumerate(workers.values())
            for kind, days in (
                (SessionKind.PERSONAL, 16 * number),
                (SessionKind.WELFARE, 35),
                (SessionKind.PERSONAL, 58 - 9 * number),
            )
        ]
        uow.load(SupportSession, sessions)
    return Fixed(
        contract_id, world.user("tess"), batch_id, supervision_id, workers, tuple(sessions)
    )


def _worker(uow: UnitOfWork, contract_id: int, number: int) -> tuple[int, int]:
    worker = uow.add(
        Practitioner(
            contract_id=contract_id,
            name=f"Worker {number}",
            qualified=number != 4,
            starts_on=FIRST + timedelta(days=5 * number),
            ends_on=LAST - timedelta(days=20) if number == 2 else None,
            post=Post.TEAM_MANAGER if number == 5 else Post.SOCIAL_WORKER,
            weekly_minutes=(FULL_TIME, 1332, 1000, 2400)[number % 4],
        )
    )
    user = uow.add(
        User(
            email=f"worker{number}@example.org",
            name=worker.name,
            role=Role.PRACTITIONER,
            organisation=Role.PRACTITIONER.organisation,
            practitioner_id=worker.id,
            created_at=uow.now,
        )
    )
    return worker.id or 0, user.id or 0


def lots_of(world: World, number: int, seed: int) -> list[int]:
    """So many further lots of the contract, each a small project of its own."""
    with world.setting_up() as uow, uow.beyond_scope():
        first = uow.next_id(Lot)
        ids = list(range(first, first + number))
        named = ({"id": lot, "name": f"Lot {seed} {lot}", "district": "Invented"} for lot in ids)
        uow.load(Lot, named, contract_id=world.contract())
    world.ids["lots"] |= {f"Lot {seed} {lot}": lot for lot in ids}
    return ids


class Inventor:
    """Invents the rows of a lot's cases: any day with any other, as data may have them."""

    def __init__(self, fixed: Fixed, seed: int, first_ids: dict[type[Row], int]) -> None:
        self.fixed, self.random, self.next = fixed, Random(seed), dict(first_ids)
        self.rows: Rows = defaultdict(list)

    def lot(self, lot_id: int, lots: Sequence[int]) -> None:
        """One or two cases with all that happened on them, flags, and workers of the lot."""
        for _ in range(self.random.randint(1, 2)):
            self._case(lot_id, lots)
        for _ in range(self.random.randint(0, 2)):
            self._flag(lot_id, None)
        for worker in self.random.sample(list(self.fixed.workers), 3):
            self._add(
                PractitionerLot,
                lot_id=lot_id,
                practitioner_id=worker,
                starts_on=self.maybe(self.day()),
                ends_on=self.maybe(self.day()),
            )
        self._counted(lot_id)

    def day(self) -> date:
        return FIRST + timedelta(days=self.random.randint(0, (LAST - FIRST).days))

    def days(self) -> list[date]:
        """None to two different ones, in an order that is the same in every run."""
        return sorted({self.day() for _ in range(self.random.randint(0, 2))})

    def instant(self) -> datetime:
        """Often near midnight, where London and UTC may be of two days."""
        hour = self.random.choice((0, 11, 22, 23))
        return datetime.combine(self.day(), time(hour, self.random.choice((0, 30, 59))), UTC)

    def maybe(self, value: Any) -> Any:
        return value if self.random.random() < 0.6 else None

    def coin(self) -> bool:
        return self.random.random() < 0.5

    def _add(self, model: type[Row], **values: Any) -> int:
        row_id = self.next[model]
        self.next[model] += 1
        self.rows[model].append({"id": row_id, **values})
        return row_id

    def _case(self, lot_id: int, lots: Sequence[int]) -> None:
        received = self.day()
        ended = self.maybe(self.day())
        case_id = self._add(
            Case,
            lot_id=lot_id,
            contract_id=self.fixed.contract_id,
            reference=f"M{self.next[Case]}",
            reference_core=f"M{self.next[Case]}",
            state=self.random.choice([CaseState.ASSESSING, CaseState.WITHDRAWN]),
            priority=Priority.NOT_SET,
            triage_rank=1,
            assessment_type=AssessmentType.CHILD_AND_FAMILY,
            referred_on=received - timedelta(days=self.random.randint(0, 60)),
            received_on=received,
            clock_started_on=received,
            due_on=self.maybe(self.day()),
            authorised_on=self.maybe(self.day()),
            ended_on=ended,
        )
        of = {"lot_id": lot_id, "case_id": case_id}
        self._ledger(of, lots)
        self._held(of)
        self._assessed(of)
        self._decided(of)
        for _ in range(self.random.randint(0, 2)):
            self._flag(lot_id, case_id)
        self._protected(of)
        self._acted_on(of)

    def _acted_on(self, of: dict[str, int]) -> None:
        for due in self.days():
            ended = self.random.choice((None, due, due + timedelta(days=1)))
            self._add(
                CaseAction,
                **of,
                what=What.MEND_FILE,
                owner_id=self.fixed.user_id,
                due_on=due,
                source=self.random.choice((Source.FILE_AUDIT, Source.FILE_AUDIT, Source.DIRECTION)),
                set_at=datetime.combine(due, time(9), UTC),
                ending=ended and self.random.choice(list(Ending)[:2]),
                ended_on=ended,
            )

    def _ledger(self, of: dict[str, int], lots: Sequence[int]) -> None:
        term = self.random.choice((Term.OPENING, Term.RECEIVED))
        day = self.day()
        self._post(of, term, 1, day)
        if self.coin():
            ended = self.random.choice((Term.CLEARED, Term.HANDED_BACK, Term.TRANSFERRED))
            day += timedelta(days=self.random.randint(0, 30))
            self._post(of, ended, -1, day)
            if ended is Term.TRANSFERRED:
                self._post(of | {"lot_id": self.random.choice(lots)}, ended, 1, day)
            if ended is Term.CLEARED and self.coin():
                self._returned(of, day)
                self._post(of, Term.REOPENED, 1, day + timedelta(days=self.random.randint(0, 9)))

    def _post(self, of: dict[str, int], term: Term, cases: int, day: date) -> None:
        outcome = ""
        if term is Term.CLEARED:
            outcome = self.random.choice([one.value for one in Outcome][:3])
        at = datetime.combine(day, time(12), UTC)
        self._add(
            LedgerPosting, **of, term=term, cases=cases, outcome=outcome, effective_on=day, at=at
        )

    def _returned(self, of: dict[str, int], ended: date) -> None:
        # Mostly within the days of watching, often on the last of them or the day after.
        days = (self.random.randint(1, 29), self.random.randint(1, 29), 30, 30, 31)
        back = ended + timedelta(days=self.random.choice(days))
        if self.coin():
            batch = {"batch_id": self.fixed.batch_id, "listed_on": LAST}
            self._add(ReReferral, **of, closed_on=ended, referred_on=back, **batch)
        else:
            self._add(
                Reopening,
                **of,
                episode=1,
                ended_as=CaseState.CLOSED,
                ended_on=ended,
                reason=self.random.choice(list(ReopenReason)[:2]),
                reopened_on=back,
            )

    def _held(self, of: dict[str, int]) -> None:
        for _ in range(self.random.randint(0, 3)):
            began = self.day()
            self._add(
                Allocation,
                **of,
                practitioner_id=self.random.choice(list(self.fixed.workers)),
                role=self.random.choice(list(AllocationRole)),
                starts_on=began,
                ends_on=self.maybe(began + timedelta(days=self.random.randint(0, 30))),
            )
        for _ in range(self.random.randint(0, 2)):
            state = self.random.choice([CaseState.UNALLOCATED, CaseState.AUTHORISED])
            made = self.day()
            at = datetime.combine(made, time(9), UTC)
            self._add(CaseMove, **of, at=at, made_on=made, act="test", after=state)
            self._add(Visit, **of, seen_on=self.day(), seen_alone=True)
            self._add(
                RiskReview,
                **of,
                reviewed_on=self.day(),
                level=Priority.LOW,
                decision=RiskDecision.MAY_WAIT,
                next_review_on=LAST,
            )
            self._add(
                Hold,
                **of,
                reason=next(iter(HoldReason)),
                owner_id=self.fixed.user_id,
                began_on=self.day(),
                review_on=LAST,
                until_on=self.day(),
                ended_on=self.maybe(self.day()),
            )
            self._add(
                CaseDiscussion,
                **of,
                supervision_id=self.fixed.supervision_id,
                discussed_on=self.day(),
                decision=Discussed.CONTINUE,
            )

    def _assessed(self, of: dict[str, int]) -> None:
        for _ in range(self.random.randint(0, 2)):
            began = self.day()
            assessment_id = self._add(
                Assessment,
                **of,
                assessment_type=AssessmentType.CHILD_AND_FAMILY,
                started_on=began - timedelta(days=self.random.randint(0, 50)),
                seen_on=self.maybe(began),
                submitted_on=self.maybe(began),
                authorised_on=self.maybe(began + timedelta(days=self.random.randint(0, 20))),
            )
            if self.coin():
                self._add(
                    AssessmentReturn,
                    **of,
                    assessment_id=assessment_id,
                    returned_on=began,
                    points="More",
                )

    def _decided(self, of: dict[str, int]) -> None:
        for number in range(1, self.random.randint(1, 4)):
            told = {"text_hash": sha256(b"").hexdigest()}
            plan_id = self._add(
                OutcomePlan,
                **of,
                number=number,
                outcome=Outcome.CIN_PLAN,
                target_on=LAST,
                rationale="",
                written_at=self.instant(),
                **told,
            )
            proposed = self.instant()
            decided = self.maybe(proposed + timedelta(hours=self.random.randint(0, 300)))
            proposal_id = self._add(
                Proposal,
                **of,
                plan_id=plan_id,
                plan_number=number,
                route=Route.HANDOVER,
                text="",
                proposed_for=Role.TEAM_MANAGER.organisation,
                proposed_at=proposed,
                decision=self.random.choice(list(Decision)) if decided else None,
                decided_at=decided,
                **told,
            )
            self._handed_over(of, number, proposal_id)
        if self.coin():
            self._add(
                Closure,
                **of,
                reason=ClosureReason.RC8,
                achieved=self.random.choice([*Achieved, None]),
                written_at=self.instant(),
                closed_at=self.maybe(self.instant()),
            )

    def _handed_over(self, of: dict[str, int], number: int, proposal_id: int) -> None:
        accepted = self.coin()
        requested = self.instant()
        answered = requested.date() + timedelta(days=self.random.randint(1, 12))
        handover_id = self._add(
            Handover,
            **of,
            proposal_id=proposal_id,
            plan_number=number,
            opened_at=requested,
            requested_at=self.maybe(requested),
            accepted_on=self.maybe(answered) if accepted else None,
            rejected_at=None if accepted else self.maybe(self.instant()),
        )
        if self.coin():
            self._add(
                CheckBack,
                **of,
                handover_id=handover_id,
                allocated=self.coin(),
                returned=self.coin(),
                checked_on=self.day(),
            )
            grades = {part: self.random.choice(list(Grade)[:3]) for part in ASPECTS}
            if handover_id % 3 == 0:
                grades[self.random.choice(list(ASPECTS))] = Grade.INADEQUATE
            day = self.day()
            self._add(HandoverAudit, **of, handover_id=handover_id, audited_on=day, **grades)

    def _protected(self, of: dict[str, int]) -> None:
        for _ in range(self.random.randint(0, 2)):
            began = self.day()
            self._add(
                Enquiry,
                **of,
                strategy_on=began,
                agencies=Agencies.SINGLE,
                conference_on=self.maybe(began + timedelta(days=self.random.randint(0, 40))),
                result=self.maybe(ConferenceResult.PLAN),
            )
        for starts_on in self.days():
            self._planned(of, starts_on)

    def _planned(self, of: dict[str, int], starts_on: date) -> None:
        due = starts_on + timedelta(days=self.random.randint(0, 12))
        plan_id = self._add(
            ProtectionPlan,
            **of,
            starts_on=starts_on,
            review_due_on=due,
            ended_on=None if self.coin() else self.maybe(self.day()),
        )
        held = starts_on
        for _ in range(self.random.randint(0, 3)):
            held += timedelta(days=self.random.randint(1, 12))
            # Often on the very day on which it was due.
            held = max(held, due) if self.coin() else held
            due = held + timedelta(days=self.random.randint(3, 15))
            self._add(ReviewConference, **of, plan_id=plan_id, held_on=held, next_due_on=due)

    def _counted(self, lot_id: int) -> None:
        """Also more than a year before, when a count holds no longer, or tells of nobody."""
        back = self.random.choice((0, 0, 320, 400))
        for on in self.days():
            numbers = [self.random.choice((0, 50, 725, 1200)) for _ in range(4)]
            named = zip(("staff", "agency", "vacancies", "leavers"), numbers, strict=True)
            self._add(
                WorkforceCount,
                lot_id=lot_id,
                as_at=on - timedelta(days=back),
                contracted=self.random.randint(0, 3),
                source="A return",
                recorded_at=datetime.combine(on, time(9), UTC),
                **dict(named),
            )

    def _flag(self, lot_id: int, case_id: int | None) -> None:
        raised = self.instant()
        self._add(
            Flag,
            lot_id=lot_id,
            case_id=case_id,
            reference="X",
            concern=next(iter(Concern)),
            raised_at=raised,
            acknowledged_at=self.maybe(raised + timedelta(hours=self.random.randint(0, 60))),
        )


def invented(world: World, fixed: Fixed, lots: Sequence[int], seed: int) -> Rows:
    """Store the rows of some lots and give them back, with the sessions of their workers."""
    with world.setting_up() as uow, uow.beyond_scope():
        inventor = Inventor(fixed, seed, {model: uow.next_id(model) for model in STORED})
        for lot_id in lots:
            inventor.lot(lot_id, lots)
        for model in STORED:
            if inventor.rows[model]:
                uow.load(model, inventor.rows[model])
    return {**inventor.rows, SupportSession: list(fixed.sessions)}
