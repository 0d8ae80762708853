"""Acts of the queue: accept a finding, and look over whole lots again."""

from typing import Any

from sqlmodel import col, select

from app.cases.findings import service as findings
from app.cases.findings.models import Finding
from app.cases.findings.rules import CaseFacts, Source, of_case
from app.cases.findings.service import Looked
from app.cases.register.models import Case
from app.kernel.acts import Act
from app.kernel.errors import Refused
from app.work.uow import UnitOfWork


def accept(uow: UnitOfWork, finding_id: int, because: str) -> None:
    """Let a finding stand as it is, for a reason; it comes back only if the facts change."""
    with uow.command(Act.QUALITY_ACCEPT):
        finding = uow.get(Finding, finding_id)
        if finding.accepted_at is not None:
            raise Refused("This was accepted already.")
        finding.accepted_by, finding.accepted_at = uow.actor.user_id, uow.now
        finding.accepted_because = because
        uow.session.flush()
        uow.note(
            "findings",
            finding_id,
            case_id=finding.case_id,
            kind=finding.kind.value,
            accepted_because=because,
        )


def look_over(uow: UnitOfWork, *these: Any) -> None:
    """Keep what the facts of open cases show: all that the actor sees, or those that are meant.

    Reads many cases at once, so it belongs to an import or a nightly check.
    """
    uow.must_be_in()
    columns: tuple[Any, ...] = (
        Case.id,
        Case.lot_id,
        Case.reference,
        Case.state,
        Case.referred_on,
        Case.received_on,
        Case.clock_started_on,
        Case.age_band,
    )
    cases = uow.session.execute(select(*columns).where(col(Case.ended_on).is_(None), *these))
    looked = [Looked(row[0], row[1], of_case(CaseFacts(*row[2:]))) for row in cases]
    findings.keep(uow, Source.CASE, looked)
