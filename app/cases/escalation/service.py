"""The act of the night: matters climb the ladder, and whoever must answer is told."""

from collections import Counter
from collections.abc import Sequence

from app.cases.delays import queries as delays
from app.cases.delays import service as delay_service
from app.cases.escalation import queries
from app.cases.ladder.models import Escalation
from app.cases.ladder.queries import Reached
from app.cases.waiting import queries as waiting
from app.kernel.acts import Act
from app.work.uow import UnitOfWork


def climb(uow: UnitOfWork) -> int:
    """Write down where every wait and delay stands today; returns how many reached a step."""
    with uow.command(Act.ESCALATION_CLIMB):
        return take_up(uow)


def take_up(uow: UnitOfWork) -> int:
    """What `climb` does, within a command. Doing it again on the same day changes nothing."""
    uow.must_be_in(Act.ESCALATION_CLIMB, Act.DEMO_SEED)
    delay_service.end_with_cases(uow)
    uow.session.flush()
    reached = {
        (one.matter, one.standing.rung, one.standing.reached_on): one
        for one in (*waiting.list_escalated(uow), *delays.list_escalated(uow))
    }
    known = {}
    for step in queries.list_open_steps(uow):
        known[step.matter, step.rung, step.reached_on] = step
    over = [step for key, step in known.items() if key not in reached]
    uow.amend(
        Escalation,
        [
            ({"id": step.id, "lot_id": step.lot_id, "over_on": None}, {"over_on": uow.today})
            for step in over
        ],
    )
    new = [one for key, one in reached.items() if key not in known]
    uow.load(Escalation, [_row(one) for one in new])
    _tell(uow, new)
    return len(new)


def _row(one: Reached) -> dict[str, object]:
    return {
        **one.matter._asdict(),
        "lot_id": one.lot_id,
        "version": 1,
        "rung": one.standing.rung,
        "reached_on": one.standing.reached_on,
        "acknowledged_by": None,
        "acknowledged_at": None,
        "decision": None,
        "until": None,
        "note": "",
        "decided_by": None,
        "decided_at": None,
        "over_on": None,
    }


def _tell(uow: UnitOfWork, new: Sequence[Reached]) -> None:
    """One message to each person, however many matters have come to their step."""
    answerers = queries.answerers(uow)
    told = Counter(
        user_id for one in new for user_id in answerers.get((one.lot_id, one.standing.rung), ())
    )
    for user_id, cases in sorted(told.items()):
        subject = (
            "A case was escalated to you" if cases == 1 else f"{cases} cases were escalated to you"
        )
        uow.mail(user_id, subject, "/escalations")
