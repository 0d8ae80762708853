"""What the council's lists left to mend: findings, cases that look alike, spellings, columns."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlmodel import col, select

from app.cases.families.models import CasePair
from app.cases.families.rules import Decision
from app.cases.families.service import set_side_by_side
from app.cases.findings import service as findings
from app.cases.findings.models import Finding
from app.cases.findings.rules import Kind, Source
from app.cases.findings.service import Looked
from app.cases.quality.service import look_over
from app.cases.register.models import Case
from app.cases.register.rules import core
from app.exchange.cells import fold
from app.exchange.imports.models import SavedMapping
from app.exchange.imports.rules import header_digest, written
from app.exchange.layouts import Field, Layout
from app.exchange.spellings.models import Spelling
from app.kernel.days import show_date
from app.work.uow import UnitOfWork
from seed.diary import at
from seed.setting import District, Setting

SPELLINGS: Sequence[tuple[Field, str, str | None, int]] = (
    (Field.SUPPORT_REQUIRED, "CS Assessment Updated", None, 14),
    (Field.CLOSURE_REASON, "ZZ opened in error", None, 6),
    (Field.PRIMARY_NEED, "PSRMEM – Support with memory", None, 3),
    (Field.CHILD_SEEN, "Unborn", "no", 4),
    (Field.CLOSURE_REASON, "Auto closed (CAAUTO)", "RC7", 9),
    (Field.ALLOCATED_WORKER, "Ashbrook North", "nobody", 21),
)
COLUMNS = {
    Field.REFERENCE: "Case no.",
    Field.REFERRAL_ON: "Date referred",
    Field.AGE: "Age now",
    Field.DISTRICT: "Patch",
    Field.FAMILY_KEY: "Household",
}


def load_intake(uow: UnitOfWork, setting: Setting, today: date) -> None:
    """Leave each lot of the first contract something to mend and to decide."""
    contract_id = setting.districts[0].contract_id
    districts = [one for one in setting.districts if one.contract_id == contract_id]
    listed = today - timedelta(days=today.weekday() + 3)
    for district in districts:
        _findings(uow, district, listed, today)
    _look_alikes(uow, districts[0])
    uow.session.flush()
    look_over(uow, Case.contract_id == contract_id)
    set_side_by_side(uow, contract_id)
    _decided(uow, districts[0], today)
    _spellings(uow, districts[0], listed, today)
    _columns(uow, districts[0], today)


def _open_cases(uow: UnitOfWork, district: District, most: int) -> list[Case]:
    """Cases of a lot that wait for a worker and came after its opening list, newest first."""
    found = select(Case).where(
        Case.lot_id == district.lot_id,
        col(Case.ended_on).is_(None),
        col(Case.practitioner_id).is_(None),
    )
    return list(uow.session.exec(found.order_by(col(Case.id).desc()).limit(most)))


def _findings(uow: UnitOfWork, district: District, listed: date, today: date) -> None:
    day, before = show_date(listed), show_date(listed - timedelta(days=60))
    kinds = (
        {Kind.NO_DISTRICT: "No list names a district, so nothing shows that the lot is right."},
        {Kind.WORKER_IS_TEAM: "A team, duty or a tray stands where a worker should."},
        {Kind.OPEN_TWICE: f"List 4 has open rows of {before} and {day}."},
        {Kind.DATE_AHEAD: f"Child last seen {show_date(today)}, after the list of {day}."},
        {
            Kind.NO_START: "No list says when the work began; it counts from the day of the list, "
            f"{day}.",
            Kind.REASON_NOT_CLOSED: "Reason RC7 is given, and no closure date.",
        },
        {Kind.OPEN_AND_CLOSED: "The status is “closed episode”, and no closure date."},
    )
    cases = _open_cases(uow, district, len(kinds))
    findings.keep(
        uow,
        Source.LIST,
        [Looked(case.id or 0, district.lot_id, k) for case, k in zip(cases, kinds, strict=False)],
    )
    first = uow.session.exec(
        select(Finding).where(
            Finding.lot_id == district.lot_id, Finding.kind == Kind.WORKER_IS_TEAM
        )
    ).first()
    if first is not None:
        first.accepted_by = district.project_manager
        first.accepted_at = at(today - timedelta(days=1), 16 * 60)
        first.accepted_because = "The council works this tray together; nobody is named there."


def _look_alikes(uow: UnitOfWork, district: District) -> None:
    """One reference and one family key as a spreadsheet writes them a second time."""
    late = [
        case for case in _open_cases(uow, district, 12) if case.received_on > district.starts_on
    ]
    changes: list[tuple[dict[str, Any], dict[str, Any]]] = []
    taken = [one.id for one in late]
    for case in late[-2:]:
        other = uow.session.exec(
            select(Case)
            .where(
                Case.lot_id == district.lot_id,
                col(Case.ended_on).is_(None),
                Case.age_band == case.age_band,
                col(Case.id).not_in(taken),
            )
            .order_by(col(Case.id).desc())
        ).first()
        if other is not None:
            taken.append(other.id)
            before = {"id": case.id, "lot_id": case.lot_id, "reference": case.reference}
            otherwise = f"00{other.reference}"
            after = {"reference": otherwise, "reference_core": core(otherwise)}
            changes.append((before, after))
    family = next((case for case in late if case.family_key), None)
    if family is not None and family not in late[-2:]:
        before = {"id": family.id, "lot_id": family.lot_id, "family_key": family.family_key}
        changes.append((before, {"family_key": str(family.family_key).lower().replace("f", "f-")}))
    uow.amend(Case, changes)


def _decided(uow: UnitOfWork, district: District, today: date) -> None:
    """The last pair has its answer."""
    pair = uow.session.exec(select(CasePair).order_by(col(CasePair.id).desc())).first()
    if pair is not None:
        pair.decision, pair.decided_by = Decision.UNRELATED, district.project_manager
        pair.decided_at = at(today - timedelta(days=1), 15 * 60)
        pair.because = "Two children of two families on the council's system."


def _spellings(uow: UnitOfWork, district: District, listed: date, today: date) -> None:
    for field, text, meaning, rows in SPELLINGS:
        uow.add(
            Spelling(
                contract_id=district.contract_id,
                field=field,
                spelling=fold(text),
                written=text,
                meaning=meaning,
                rows=rows,
                first_met_on=listed - timedelta(days=7),
                last_met_on=listed,
                said_by=district.project_manager if meaning else None,
                said_at=at(today - timedelta(days=2), 11 * 60) if meaning else None,
            )
        )


def _columns(uow: UnitOfWork, district: District, today: date) -> None:
    uow.add(
        SavedMapping(
            contract_id=district.contract_id,
            headers_digest=header_digest(COLUMNS.values()),
            layout=Layout.PLAIN,
            mapping=written(COLUMNS),
            made_by=district.project_manager,
            made_at=at(today - timedelta(days=9), 10 * 60),
        )
    )
