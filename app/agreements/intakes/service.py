"""Acts of weekly intakes: publishing what a team takes, locking a week and opening it again."""

from datetime import date

from app.agreements.intakes import queries, rules
from app.agreements.intakes.models import IntakeWeek
from app.contract import queries as contract
from app.contract.models import ReceivingTeam
from app.kernel.acts import Act
from app.kernel.days import show_date, week_ending
from app.kernel.errors import Refused
from app.work.uow import UnitOfWork


def publish(
    uow: UnitOfWork, team_id: int, first: date, last: date, intake: int, note: str = ""
) -> int:
    """Say what a team takes in each week from one day's to another's; returns how many weeks.

    Refused for a week that is locked: it is opened first.
    """
    with uow.command(Act.INTAKE_PUBLISH):
        team = contract.find_team(uow, team_id)
        weeks = list(rules.weeks_to_publish(first, last, intake, uow.today))
        for week in weeks:
            row = _row(uow, team, week)
            if row.locked:
                raise Refused(f"The week ending {show_date(week)} is locked. Open it first.")
            row.intake, row.note = intake, note
            _sign(uow, row)
        return len(weeks)


def lock(uow: UnitOfWork, team_id: int, week: date, *, locked: bool) -> None:
    """Keep what is booked in a week as it is, or let it change again."""
    with uow.command(Act.INTAKE_PUBLISH):
        team = contract.find_team(uow, team_id)
        if week_ending(week) < week_ending(uow.today):
            raise Refused(f"The week ending {show_date(week)} is over.")
        row = _row(uow, team, week_ending(week))
        if row.locked is locked:
            raise Refused("The week is locked already." if locked else "The week is open already.")
        row.locked = locked
        _sign(uow, row)


def _row(uow: UnitOfWork, team: ReceivingTeam, week: date) -> IntakeWeek:
    found = queries.find_week(uow, team.id or 0, week)
    return found or uow.add(
        IntakeWeek(
            lot_id=team.lot_id,
            receiving_team_id=team.id or 0,
            week_ending=week,
            intake=team.weekly_intake,
            by_user_id=uow.actor.user_id,
            at=uow.now,
        )
    )


def _sign(uow: UnitOfWork, row: IntakeWeek) -> None:
    row.by_user_id, row.at = uow.actor.user_id, uow.now
