"""Estimates the points table once a month, and drafts what the council may agree of it."""

from datetime import timedelta

from sqlmodel import select

from app.cases.recalibration import queries, rules
from app.cases.recalibration.models import PointsEstimate
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.days import show_date
from app.kernel.errors import Refused
from app.people.points import service as points
from app.people.points.queries import draft_of, points_table
from app.work.uow import UnitOfWork


def estimate(uow: UnitOfWork, contract_id: int) -> None:
    """Estimate every line from the assessments of the last half year, anew within a month."""
    with uow.command(Act.POINTS_DRAFT):
        contract.find_contract(uow, contract_id)
        month = uow.today.replace(day=1)
        same = select(PointsEstimate).where(
            PointsEstimate.contract_id == contract_id, PointsEstimate.month == month
        )
        for before in uow.session.exec(same).all():
            uow.remove(before)
        keep_estimates(uow, contract_id)


def keep_estimates(uow: UnitOfWork, contract_id: int) -> None:
    """Keep what every line of the table comes to by the assessments until today."""
    uow.must_be_in()
    since = uow.today - timedelta(days=rules.LOOKED_BACK)
    for one in rules.estimates(
        queries.took(uow, contract_id, since), points_table(uow, contract_id)
    ):
        uow.add(
            PointsEstimate(
                contract_id=contract_id,
                month=uow.today.replace(day=1),
                made_at=uow.now,
                made_by=uow.actor.user_id,
                **vars(one),
            )
        )


def draft(uow: UnitOfWork, contract_id: int) -> None:
    """Draft the next points table from the latest estimates; the council agrees it or does not.

    Refused while another draft waits, and where no line lies outside its interval.
    """
    contract.find_contract(uow, contract_id)
    months = queries.list_months(uow, contract_id)
    if not months:
        raise Refused("Nothing has been estimated yet.")
    if draft_of(uow, contract_id) is not None:
        raise Refused("A draft waits for the council already. Change that one.")
    table = rules.revised(points_table(uow, contract_id), months[0].lines)
    reason = f"By the time that cases took, as estimated {show_date(months[0].made_at.date())}"
    points.draft(uow, contract_id, table, reason, version=0)
