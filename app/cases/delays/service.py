"""Acts on delays: recorded, changed, ended, replied to, and answered on the ladder."""

from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import col, select

from app.access.roles import Role
from app.cases.actions import queries as actions
from app.cases.actions import service as action_service
from app.cases.actions.rules import Source, Wanted, What
from app.cases.delays import queries, rules
from app.cases.delays.models import Delay, DelayReply
from app.cases.delays.rules import Ask, DelayReason, Reply, Stretch, Terms
from app.cases.ladder import service as ladder
from app.cases.ladder.queries import Matter
from app.cases.ladder.rules import OF_DELAYS, Promise, Standing
from app.cases.register import service as register
from app.cases.register.models import Case
from app.kernel.acts import Act
from app.kernel.clock import Holder
from app.kernel.days import show_date
from app.kernel.errors import Invalid, Refused
from app.work.uow import UnitOfWork

RESTS = "This delay is not escalated: its expected end has not passed, or a decision holds."


@dataclass(frozen=True)
class Replied:
    """What the council answers to a delay; `owner_id` and `what` are of an action."""

    reply: Reply
    until: date | None = None
    owner_id: int | None = None
    what: What = What.OTHER
    note: str = ""


def record(uow: UnitOfWork, case_id: int, terms: Terms) -> int:
    """Write down why an open case does not go on; returns the delay's id."""
    with uow.command(Act.DELAY_RECORD):
        case = register.find(uow, case_id)
        if not case.state.is_open:
            raise Refused("This case has ended: nothing holds it up any more.")
        if terms.reason is DelayReason.PURPOSEFUL and uow.actor.role is Role.PRACTITIONER:
            raise Invalid("reason", "Only a manager says that a case waits on purpose.")
        rules.check_terms(terms, case.received_on, uow.today)
        action_service.check_owner(uow, case_id, terms.owner_id)
        known = select(Delay).where(Delay.case_id == case_id, Delay.reason == terms.reason)
        rules.check_apart(
            terms.begins_on,
            [Stretch(one.begins_on, one.ended_on) for one in uow.session.exec(known)],
        )
        delay = uow.add(
            Delay(
                case_id=case_id,
                lot_id=case.lot_id,
                **vars(terms),
                asked_on=_asked_on(terms.ask, uow.today),
                by_user_id=uow.actor.user_id,
            )
        )
    return delay.id or 0


def change(uow: UnitOfWork, delay_id: int, terms: Terms, *, version: int) -> None:
    """Change who ends a delay, by when and what is asked; its reason and first day stand."""
    with uow.command(Act.DELAY_RECORD):
        delay, case = _open(uow, delay_id)
        uow.expect(delay, version, _shown(queries.find(uow, delay_id)))
        kept = replace(terms, reason=delay.reason, begins_on=delay.begins_on)
        if kept.expected_end == delay.expected_end < uow.today:
            raise Invalid("expected_end", "This day has passed: say until when it lasts now.")
        rules.check_terms(kept, case.received_on, uow.today)
        if kept.owner_id != delay.owner_id:
            action_service.check_owner(uow, delay.case_id, kept.owner_id)
        if kept.ask is not delay.ask:
            delay.asked_on = _asked_on(kept.ask, uow.today)
        for name, value in vars(kept).items():
            setattr(delay, name, value)


def end(uow: UnitOfWork, delay_id: int, ended_on: date) -> Delay:
    """Say that a delay is over since a day."""
    with uow.command(Act.DELAY_RECORD):
        delay, _ = _open(uow, delay_id)
        rules.check_end(delay.begins_on, ended_on, uow.today)
        delay.ended_on = ended_on
    return delay


def reply(uow: UnitOfWork, delay_id: int, said: Replied) -> Delay:
    """The council answers a delay: it ends, is expected to end on a day, or becomes an action."""
    with uow.command(Act.DELAY_REPLY):
        delay, _ = _open(uow, delay_id)
        rules.check_reply(
            said.reply,
            until=said.until,
            owned=said.owner_id is not None,
            note=said.note,
            today=uow.today,
        )
        action_id = _apply(uow, delay, said)
        delay.asked_on = None
        uow.add(
            DelayReply(
                delay_id=delay_id,
                case_id=delay.case_id,
                lot_id=delay.lot_id,
                reply=said.reply,
                until=said.until,
                note=said.note,
                action_id=action_id,
                by_user_id=uow.actor.user_id,
                at=uow.now,
            )
        )
        if delay.by_user_id is not None and delay.by_user_id != uow.actor.user_id:
            uow.mail(
                delay.by_user_id, "The council replied to a delay", f"/cases/{delay.case_id}/delays"
            )
    return delay


def acknowledge(uow: UnitOfWork, delay_id: int) -> None:
    """Say that an escalated delay was read."""
    with uow.command(Act.ESCALATION_ACKNOWLEDGE):
        ladder.acknowledge(uow, *_escalated(uow, delay_id))


def decide(uow: UnitOfWork, delay_id: int, decision: Promise, until: date, note: str = "") -> None:
    """End a delay's escalation by a decision that holds until a day."""
    with uow.command(Act.ESCALATION_DECIDE):
        if decision not in OF_DELAYS:
            raise Invalid("decision", "Choose the decision from the list.")
        ladder.decide(uow, *_escalated(uow, delay_id), decision, until, note)


def end_with_cases(uow: UnitOfWork) -> None:
    """End the delays of cases that have ended, on the day the case did; a step of the night."""
    uow.must_be_in(Act.ESCALATION_CLIMB, Act.DEMO_SEED)
    over = (
        select(Delay, Case)
        .join(Case, col(Case.id) == col(Delay.case_id))
        .where(col(Delay.ended_on).is_(None), col(Case.ended_on).is_not(None))
    )
    for delay, case in uow.session.exec(over).all():
        delay.ended_on = max(delay.begins_on, case.ended_on or uow.today)


def _asked_on(ask: Ask, today: date) -> date | None:
    """Since when a reply is awaited to what is asked only now."""
    return None if ask is Ask.NOTHING else today


def _apply(uow: UnitOfWork, delay: Delay, said: Replied) -> int | None:
    """Change the delay as the reply says; the id of an action that it sets."""
    if said.reply is Reply.RESOLVED:
        delay.ended_on = uow.today
    elif said.reply is Reply.NOT_OURS:
        delay.holder, delay.ask = Holder.AGENCY, Ask.NOTHING
    if said.until is not None:
        delay.expected_end = said.until
    if said.reply is Reply.BY_THEN and uow.actor.user_id is not None:
        delay.holder, delay.owner_id = Holder.COUNCIL, uow.actor.user_id
    if said.reply is not Reply.ACTION or said.owner_id is None or said.until is None:
        return None
    if said.owner_id not in dict(
        actions.possible_owners(uow, delay.case_id, uow.actor.organisation)
    ):
        raise Invalid("owner_id", "Choose somebody of the council.")
    delay.owner_id = said.owner_id
    return action_service.set_action(
        uow,
        delay.case_id,
        Wanted(said.what, said.owner_id, said.until, Source.DELAY_REPLY, said.note),
    )


def _shown(delay: queries.DelayRow) -> dict[str, str]:
    """What a delay now holds, in words, for whoever changed it at the same time."""
    return {
        "Who holds it up": delay.holder.label,
        "Who ends it": delay.owner,
        "Expected end": show_date(delay.expected_end),
        "What we ask of the council": delay.ask.label,
        "Proposed solution": delay.solution,
        "Recorded on ICS on": show_date(delay.recorded_on) if delay.recorded_on else "–",
    }


def _open(uow: UnitOfWork, delay_id: int) -> tuple[Delay, Case]:
    delay = uow.get(Delay, delay_id)
    case = register.find(uow, delay.case_id)
    if delay.ended_on is not None or not case.state.is_open:
        raise Refused("This delay has ended.")
    return delay, case


def _escalated(uow: UnitOfWork, delay_id: int) -> tuple[Matter, int, Standing]:
    delay = queries.find(uow, delay_id)
    reached = queries.standings(uow, [delay]).get(delay_id)
    if reached is None:
        raise Refused(RESTS)
    return reached.matter, reached.lot_id, reached.standing
