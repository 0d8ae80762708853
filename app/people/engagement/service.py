"""Records what the national return asks about a worker's engagement."""

from app.kernel.acts import Act
from app.kernel.days import show_date
from app.kernel.money import Pence, show
from app.people.engagement.models import Engagement
from app.people.engagement.queries import engaged_of, find_engagement
from app.people.engagement.rules import LABELS, Engaged, check_engaged
from app.people.workers import find_worker
from app.work.uow import UnitOfWork


def record(uow: UnitOfWork, worker_id: int, engaged: Engaged, *, version: int) -> None:
    """Record a worker's engagement; `version` is that the form began from, 0 where none was.

    Raises Invalid, on the field at fault, for what cannot be, and Conflict where someone was
    faster.
    """
    with uow.command(Act.RETURN_RECORD):
        worker = find_worker(uow, worker_id)
        check_engaged(engaged, uow.today)
        kept = find_engagement(uow, worker_id)
        if kept is None:
            uow.add(
                Engagement(
                    contract_id=worker.contract_id, practitioner_id=worker_id, **vars(engaged)
                )
            )
            return
        uow.expect(kept, version, _shown(engaged_of(kept)))
        for name, value in vars(engaged).items():
            setattr(kept, name, value)


def _shown(engaged: Engaged) -> dict[str, str]:
    words = {
        "hourly_pence": show(Pence(engaged.hourly_pence)) if engaged.hourly_pence else "",
        "notice_weeks": "" if engaged.notice_weeks is None else str(engaged.notice_weeks),
        "left_post_on": show_date(engaged.left_post_on) if engaged.left_post_on else "",
        "over_price_cap": "Yes" if engaged.over_price_cap else "No",
        "cap_signed_by": engaged.cap_signed_by,
    }
    return {LABELS[name]: said for name, said in words.items()}
