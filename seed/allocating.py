"""What managers decided about triage and limits, and the last check of owners and next steps."""

from datetime import date, timedelta

from sqlmodel import col, select

from app.assurance.ownership import service as ownership
from app.cases.allocation.models import AllocationOverride
from app.cases.allocation.rules import Limit, OverrideReason
from app.cases.register.models import Allocation, TriageRule
from app.cases.register.rules import STANDARD_ORDER, AllocationRole
from app.work.uow import UnitOfWork
from seed.diary import at
from seed.setting import District, Setting

REASONS = (
    (OverrideReason.CONTINUITY, Limit.NEW_CASES, ""),
    (OverrideReason.NOBODY_ELSE, Limit.UNSTARTED, ""),
    (OverrideReason.CONTINUITY, Limit.POINTS, ""),
    (OverrideReason.OTHER, Limit.NEW_CASES, "Speaks the family’s language"),
    (OverrideReason.SAFETY, Limit.OLD_UNSTARTED, ""),
)


def load_allocating(uow: UnitOfWork, setting: Setting, today: date) -> None:
    """Load each contract's order of triage and some limits passed; look at every open case."""
    first = {district.contract_id: district for district in reversed(setting.districts)}
    uow.load(TriageRule, [_rule(district) for district in first.values()])
    for district in setting.districts:
        uow.load(AllocationOverride, _overrides(uow, district, today))
    ownership.look(uow)


def _rule(district: District) -> dict[str, object]:
    return {
        "contract_id": district.contract_id,
        "number": 1,
        "criteria": " ".join(criterion.value for criterion in STANDARD_ORDER),
        "reason": "Agreed with the council at the first meeting",
        "at": at(district.starts_on + timedelta(days=2), 15 * 60),
        "by_user_id": district.project_manager,
    }


def _overrides(uow: UnitOfWork, district: District, today: date) -> list[dict[str, object]]:
    """The latest allocations of a lot, some of them past a limit."""
    latest = uow.session.exec(
        select(Allocation)
        .where(
            Allocation.lot_id == district.lot_id,
            Allocation.role == AllocationRole.PRIMARY,
            Allocation.starts_on < today,
        )
        .order_by(col(Allocation.starts_on).desc(), col(Allocation.id))
        .limit(3 * len(REASONS))
    ).all()
    return [
        {
            "case_id": given.case_id,
            "lot_id": district.lot_id,
            "practitioner_id": given.practitioner_id,
            "limits": limit.value,
            "reason": reason,
            "note": note,
            "made_on": given.starts_on,
            "by_user_id": given.by_user_id,
        }
        for given, (reason, limit, note) in zip(latest[::3], REASONS, strict=False)
    ]
