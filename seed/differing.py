"""Last week's list of each lot, and where it and the register tell different stories."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlmodel import col, select

from app.cases.findings import service as findings
from app.cases.register.models import Case
from app.exchange.differences.models import CaseDifference
from app.exchange.differences.rules import Compare, Compared, Difference, State, as_told, compare
from app.exchange.imports.models import ImportBatch
from app.exchange.imports.rules import Stage
from app.kernel.days import show_date
from app.work.uow import UnitOfWork
from seed.diary import at
from seed.setting import District, Setting

LOOKED_AT, LEFT_OUT = 24, 2
OTHER_TEAM = "Duty and assessment"
BECAUSE = "The referral form names our team; the council’s list had the one before."


def load_differences(uow: UnitOfWork, setting: Setting, today: date) -> None:
    """Leave each lot of the first contract some differences to settle and one that was."""
    contract_id = setting.districts[0].contract_id
    listed = today - timedelta(days=today.weekday() + 3)
    for district in setting.districts:
        if district.contract_id == contract_id:
            batch_id = _batch(uow, district, listed)
            findings.keep_left_out(
                uow, district.lot_id, batch_id, {"List 4"}, _left_out(district, listed)
            )
            rows = list(_differences(uow, district, batch_id, listed))
            uow.load(CaseDifference, rows)
            uow.get(ImportBatch, batch_id).differences = len(rows)


def _left_out(district: District, listed: date) -> Iterator[dict[str, Any]]:
    """What nobody can read of last week's list: two rows that the council has to mend."""
    started, authorised = listed - timedelta(days=40), listed - timedelta(days=70)
    for line, column, reason in (
        (
            17,
            "I (Continuous Assessment Date of Authorisation)",
            f"{show_date(authorised)} is before {show_date(started)}, when the assessment started.",
        ),
        (22, "A (Child Unique ID)", "Excel changed this reference: 1.23E+15 is not what it was."),
    ):
        yield {
            "list_name": "List 4",
            "listed_on": listed,
            "sheet": f"List_4 {district.name}",
            "line": line,
            "column_name": column,
            "reason": reason,
        }


def _batch(uow: UnitOfWork, district: District, listed: date) -> int:
    sent = at(listed, 15 * 60 + 10)
    batch = ImportBatch(
        lot_id=district.lot_id,
        contract_id=district.contract_id,
        file_name=f"Annex A {district.name} {listed:%d %m %Y}.xlsx",
        sha256=f"{district.lot_id:064x}",
        size=48_211,
        listed_on=listed,
        lists="List 4",
        stage=Stage.CONFIRMED,
        total=LOOKED_AT + LEFT_OUT,
        done=LOOKED_AT + LEFT_OUT,
        rows=LOOKED_AT + LEFT_OUT,
        unchanged=LOOKED_AT,
        refused=LEFT_OUT,
        good_rows_only=True,
        uploaded_by=district.project_manager,
        uploaded_at=sent,
        moved_at=sent,
        confirmed_at=sent,
    )
    return int(uow.add(batch).id or 0)


def _differences(
    uow: UnitOfWork, district: District, batch_id: int, listed: date
) -> Iterator[dict[str, Any]]:
    cases = uow.session.exec(
        select(Case)
        .where(Case.lot_id == district.lot_id, col(Case.ended_on).is_(None))
        .order_by(col(Case.referred_on), col(Case.id))
        .limit(LOOKED_AT)
    ).all()
    for place, case in enumerate(cases):
        for one in compare(_beside(case, place, listed)):
            settled = place == 0 and one.field is Compared.SOURCE_TEAM
            yield _row(case, one, batch_id, district, listed, settled=settled)


def _beside(case: Case, place: int, listed: date) -> Compare:
    """What an invented list says of a case: mostly the same, one fact in four otherwise."""
    ours = as_told(case)
    now, before = dict(ours), dict(ours)
    if place % 4 == 0:
        now[Compared.SOURCE_TEAM] = OTHER_TEAM
    if place % 8 == 0:
        before[Compared.SOURCE_TEAM] = OTHER_TEAM
    if place % 5 == 1:
        now[Compared.AUTHORISED_ON] = before[Compared.AUTHORISED_ON] = ""
    if place % 6 == 2 and not ours[Compared.AUTHORISED_ON]:
        now[Compared.AUTHORISED_ON] = (listed - timedelta(days=place)).isoformat()
    return Compare(ours, now, before, listed, frozenset({Compared.AUTHORISED_ON}))


def _row(
    case: Case,
    one: Difference,
    batch_id: int,
    district: District,
    listed: date,
    *,
    settled: bool,
) -> dict[str, Any]:
    found = listed
    return {
        "case_id": case.id,
        "lot_id": district.lot_id,
        "batch_id": batch_id,
        "field": one.field,
        "ours": one.ours,
        "council_now": one.council_now,
        "council_before": one.council_before,
        "mender": one.mender,
        "found_on": found,
        "state": State.KEPT if settled else State.OPEN,
        "settled_by": district.team_managers[0] if settled else None,
        "settled_at": at(found, 16 * 60 + 20) if settled else None,
        "because": BECAUSE if settled else "",
    }
