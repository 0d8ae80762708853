"""Tells stories to the services, act by act, with the right person and the clock of that moment."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, col, select

from app.access.actor import Actor, actor_for
from app.access.models import User, UserLot
from app.agreements.closures import service as closures
from app.agreements.handovers import service as handovers
from app.agreements.handovers.models import Handover
from app.agreements.proposals import service as proposals
from app.agreements.proposals.models import Proposal
from app.agreements.reopening import service as reopening
from app.cases.allocation import service as allocation
from app.cases.allocation.rules import Override, OverrideReason
from app.cases.assessments import service as assessments
from app.cases.groups import service as groups
from app.cases.register import service as register
from app.cases.register.grouping import belonging
from app.cases.register.models import Case, CaseMove
from app.cases.register.rules import STANDARD_ORDER, Waiting, triage_rank
from app.cases.scope import service as scope
from app.cases.scope.rules import Term
from app.cases.scope.service import Place, Shift
from app.cases.states import CaseState
from app.cases.triage import service as triage
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.clock import AssessmentType, Clock
from app.plans import queries as plans
from app.plans import service as planning
from app.safeguarding.flags import service as safeguarding
from app.safeguarding.flags.models import Flag
from app.work.database import Database
from app.work.uow import UnitOfWork
from seed.diary import at
from seed.events import Child, Event, Story
from seed.setting import Setting


def newest(uow: UnitOfWork, model: Any, case_id: int) -> Any:
    """The newest row of a table about a case."""
    found = select(model).where(model.case_id == case_id).order_by(col(model.id).desc())
    return uow.session.exec(found).first()


def plan(uow: UnitOfWork, case_id: int, **facts: Any) -> None:
    in_force = plans.latest(uow, case_id)
    planning.write(uow, case_id, began_from=in_force.number if in_force else 0, **facts)


def prepare(uow: UnitOfWork, case_id: int, **facts: Any) -> None:
    handovers.prepare(uow, case_id, version=newest(uow, Handover, case_id).version, **facts)


def decide(service: Callable[..., None]) -> Callable[..., None]:
    """The decision on exactly the words that were proposed."""

    def decided(uow: UnitOfWork, case_id: int, **facts: Any) -> None:
        proposal = newest(uow, Proposal, case_id)
        service(uow, proposal.id, proposal.text_hash, **facts)

    return decided


def flag(uow: UnitOfWork, case_id: int, **facts: Any) -> None:
    safeguarding.raise_flag(uow, register.find(uow, case_id).reference, **facts)


def acknowledge(uow: UnitOfWork, case_id: int) -> None:
    safeguarding.acknowledge(uow, newest(uow, Flag, case_id).id)


def resolve(uow: UnitOfWork, case_id: int, **facts: Any) -> None:
    safeguarding.resolve(uow, newest(uow, Flag, case_id).id, **facts)


def close_written(uow: UnitOfWork, case_id: int, **facts: Any) -> None:
    closures.write(uow, case_id, version=0, **facts)


def send_again(uow: UnitOfWork, case_id: int) -> None:
    """As an import does with a case that was handed back."""
    with uow.command(Act.IMPORT_RUN):
        case = register.find(uow, case_id)
        register.step(
            uow,
            case,
            Act.IMPORT_RUN,
            term=Term.RECEIVED,
            note="Sent again by the council",
            ended_on=None,
            outcome="",
            practitioner_id=None,
            co_worker_id=None,
            allocated_on=None,
            seen_on=None,
            authorised_on=None,
            clock_started_on=uow.today,
            due_on=clock(uow, case.contract_id, uow.today).due_on,
        )


KNOWN = Override(OverrideReason.CONTINUITY)


def give(uow: UnitOfWork, case_id: int, **facts: Any) -> None:
    """Stories know no limits on new work, so that each is told with a reason for passing them."""
    allocation.allocate(uow, case_id, override=KNOWN, **facts)


def pass_on(uow: UnitOfWork, case_id: int, **facts: Any) -> None:
    allocation.reallocate(uow, case_id, override=KNOWN, **facts)


SERVICES: Mapping[Act, Callable[..., Any]] = {
    Act.IMPORT_RUN: send_again,
    Act.CASE_REOPEN: reopening.reopen,
    Act.CASE_TRANSFER: register.transfer,
    Act.CASE_ALLOCATE: give,
    Act.CASE_REALLOCATE: pass_on,
    Act.CASE_PRIORITISE: triage.prioritise,
    Act.ASSESSMENT_START: assessments.start,
    Act.ASSESSMENT_SEEN: assessments.record_seen,
    Act.ASSESSMENT_SUBMIT: assessments.submit,
    Act.ASSESSMENT_RETURN: assessments.return_to_author,
    Act.ASSESSMENT_AUTHORISE: assessments.authorise,
    Act.FLAG_RAISE: flag,
    Act.FLAG_ACKNOWLEDGE: acknowledge,
    Act.FLAG_RESOLVE: resolve,
    Act.PLAN_WRITE: plan,
    Act.CLOSURE_WRITE: close_written,
    Act.PROPOSAL_PROPOSE: proposals.propose,
    Act.PROPOSAL_AGREE: decide(proposals.agree),
    Act.PROPOSAL_RETURN: decide(proposals.return_with_points),
    Act.PROPOSAL_REFUSE: decide(proposals.refuse),
    Act.HANDOVER_PREPARE: prepare,
    Act.HANDOVER_REQUEST: handovers.request,
    Act.HANDOVER_ACCEPT: handovers.accept,
    Act.CLOSURE_CLOSE: closures.close,
}


@dataclass
class Replay:
    """A database in which people act as the stories tell."""

    database: Database
    setting: Setting

    def run(self, stories: list[Story]) -> None:
        """Everybody's acts in the order of their instants, lists first."""
        cases: dict[str, int] = {}
        for story in sorted(stories, key=lambda story: story.child.arrived_at):
            if story.child.opening:
                cases[story.child.reference] = self._arrive(story.child)
        self._freeze()
        for story in stories:
            if not story.child.opening:
                cases[story.child.reference] = self._arrive(story.child)
        told = [(story.child.reference, event) for story in stories for event in story.events]
        for reference, event in sorted(told, key=lambda one: one[1].at):
            self._act(cases[reference], event)

    def actor(self, user_id: int) -> Actor:
        with Session(self.database.engine) as session:
            user = session.get_one(User, user_id)
            lots = session.exec(select(UserLot).where(UserLot.user_id == user_id)).all()
            return actor_for(
                user_id,
                user.name,
                user.role,
                user.organisation,
                frozenset((one.lot_id, one.contract_id) for one in lots),
                practitioner_id=user.practitioner_id,
            )

    def _act(self, case_id: int, event: Event) -> None:
        self._set(event.at)
        with self.database.work(self.actor(event.by)) as uow:
            SERVICES[event.act](uow, case_id, **event.facts)

    def _arrive(self, child: Child) -> int:
        """As an import confirms a list with this one child."""
        self._set(child.arrived_at)
        with self.database.work(self.actor(child.sent_by)) as uow, uow.command(Act.IMPORT_RUN):
            started = clock(uow, child.contract_id, child.referred_on)
            facts = {
                name: value
                for name, value in vars(child).items()
                if name not in {"arrived_at", "sent_by", "opening"}
            }
            case = uow.add(
                Case(
                    **facts,
                    state=CaseState.UNALLOCATED,
                    triage_rank=triage_rank(
                        STANDARD_ORDER,
                        Waiting(referred_on=child.referred_on, age_band=child.age_band),
                    ),
                    assessment_type=AssessmentType.CHILD_AND_FAMILY,
                    clock_started_on=child.referred_on,
                    unallocated_on=child.received_on,
                    due_on=started.due_on,
                )
            )
            case_id = register.case_id_of(case)
            term = scope.arrival_term(uow, child.lot_id)
            place = Place(case.lot_id, case.state, case.due_on)
            scope.post(uow, [Shift(case_id, None, place, term)])
            groups.count(uow, [(None, belonging(vars(case)))])
            uow.add(
                CaseMove(
                    case_id=case_id,
                    lot_id=child.lot_id,
                    at=uow.now,
                    made_on=uow.today,
                    by_user_id=uow.actor.user_id,
                    act=Act.IMPORT_RUN.value,
                    after=CaseState.UNALLOCATED,
                )
            )
        return case_id

    def _freeze(self) -> None:
        for district in self.setting.districts:
            self._set(at(district.starts_on + timedelta(days=4), 16 * 60))
            with self.database.work(self.actor(district.project_manager)) as uow:
                register.freeze(uow, district.lot_id)

    def _set(self, moment: Any) -> None:
        self.database.clock.now = moment  # type: ignore[attr-defined]


def clock(uow: UnitOfWork, contract_id: int, on: date) -> Clock:
    """The clock that a contract starts on a day."""
    rule = contract.rule_for(uow, contract_id, AssessmentType.CHILD_AND_FAMILY)
    return Clock(rule, on, contract.calendar(uow, contract_id))
