"""Acts of the calendar: booking one handover's week, and planning and accepting many."""

from collections import Counter, defaultdict
from datetime import date

from app.agreements.calendar import queries, rules
from app.agreements.calendar.models import Smoothing, SmoothingMove
from app.agreements.calendar.rules import HORIZON, Result, Waiting
from app.agreements.handovers.models import Handover
from app.agreements.intakes import queries as intakes
from app.agreements.intakes.rules import WEEK, Offer, weeks_from
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.days import week_ending
from app.kernel.errors import Refused
from app.planning.smoothing import smooth_handovers
from app.work.uow import UnitOfWork

SECONDS = 5.0


def book(uow: UnitOfWork, case_id: int, week: date) -> None:
    """Choose the week of a case's handover by any of its days.

    Refused where a lock forbids it; Invalid for a week that is over or, for what is urgent, later.
    """
    with uow.command(Act.HANDOVER_BOOK):
        one = queries.find_waiting(uow, case_id).waiting

        def offer_of(asked: date) -> Offer:
            return intakes.offers_of(uow, one.team_id, [asked])[asked]

        rules.check_booking(one, week, uow.today, offer_of)
        uow.get(Handover, one.handover_id).week_ending = week_ending(week)


def smooth(uow: UnitOfWork, lot_id: int) -> int:
    """Work out weeks that keep the lot's receiving teams within their intake; returns the plan.

    Nothing is booked before somebody accepts it. Refused where nothing waits.
    """
    uow.actor.must(Act.SMOOTHING_MAKE)
    contract.find_lot(uow, lot_id)
    # Before the command, because nobody else can write while one runs.
    week_of, proven = _worked_out(uow, lot_id)
    with uow.command(Act.SMOOTHING_MAKE):
        smoothing = uow.add(
            Smoothing(
                lot_id=lot_id,
                first_week=week_ending(uow.today),
                proven=proven,
                made_by=uow.actor.user_id,
                made_at=uow.now,
            )
        )
        # What was taken back meanwhile waits no longer.
        still = [one for one in queries.list_lot(uow, lot_id) if one.handover_id in week_of]
        _keep(uow, smoothing, still, week_of)
        return smoothing.id or 0


def _worked_out(uow: UnitOfWork, lot_id: int) -> tuple[dict[int, date], bool]:
    """The week of every handover that waits, and whether no other choice can cost less."""
    waiting = queries.list_lot(uow, lot_id)
    if not waiting:
        raise Refused("No handover of this lot waits for a team.")
    weeks = weeks_from(uow.today, HORIZON)
    cells = {row.id: row.cells for row in queries.calendar(uow, weeks) if row.lot_id == lot_id}
    barred = {
        team: {place for place, cell in enumerate(own) if cell.offer.locked}
        for team, own in cells.items()
    }
    asked = rules.problem(
        waiting, weeks[0], lambda team, week: (week - weeks[0]) // WEEK in barred[team]
    )
    rooms = {team: [cell.room for cell in own] for team, own in cells.items()}
    plan = smooth_handovers(
        asked.items, rooms, locks=asked.locks, barred=barred, time_budget_s=SECONDS
    )
    week_of = {
        one.handover_id: weeks[plan.week_of[key]]
        for key, members in asked.members.items()
        for one in members
    }
    return week_of, plan.is_best


def accept(uow: UnitOfWork, smoothing_id: int) -> dict[Result, int]:
    """Book every case of a plan as it was worked out; returns how many came to what.

    A case that was booked otherwise meanwhile, has become urgent, no longer waits, or one of whose
    weeks was locked stays as it is. Refused for a plan accepted before or of an earlier week.
    """
    with uow.command(Act.SMOOTHING_ACCEPT):
        plan = uow.get(Smoothing, smoothing_id)
        if plan.accepted_at is not None:
            raise Refused("These weeks are accepted already.")
        if plan.first_week != week_ending(uow.today):
            raise Refused("This plan was made in another week. Have it worked out again.")
        waiting = {one.handover_id: one for one in queries.list_lot(uow, plan.lot_id)}
        last = plan.first_week + WEEK * (HORIZON - 1)
        locked: dict[int, set[date]] = defaultdict(set)
        for (team_id, week), offer in intakes.published(uow, plan.first_week, last).items():
            if offer.locked:
                locked[team_id].add(week)
        results: Counter[Result] = Counter()
        for move in queries.rows_of(uow, smoothing_id):
            move.result = rules.result_of(
                waiting.get(move.handover_id),
                move.before_week,
                move.week_ending,
                this_week=plan.first_week,
                locked=locked[move.receiving_team_id],
            )
            if move.result is Result.BOOKED:
                uow.get(Handover, move.handover_id).week_ending = move.week_ending
            results[move.result] += 1
        plan.accepted_by, plan.accepted_at = uow.actor.user_id, uow.now
        return results


def _keep(
    uow: UnitOfWork, smoothing: Smoothing, waiting: list[Waiting], found: dict[int, date]
) -> None:
    """Store the week of every case, for somebody to accept."""
    for one in waiting:
        latest = max(week_ending(one.target_on), smoothing.first_week)
        uow.session.add(
            SmoothingMove(
                case_id=one.case_id,
                lot_id=one.lot_id,
                smoothing_id=smoothing.id or 0,
                handover_id=one.handover_id,
                receiving_team_id=one.team_id,
                urgency=one.urgency,
                ready_week=smoothing.first_week,
                latest_week=latest,
                before_week=one.booked,
                week_ending=found[one.handover_id],
            )
        )
