"""Acts on packs: draft, say something in it, issue, receive, and when one is drafted by itself."""

import threading
from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from app.cases.listing.queries import must_name_no_case
from app.cases.statements import queries as statements
from app.contract import queries as contract
from app.contract.everywhere import everywhere
from app.exit.data_return.queries import sees_all
from app.kernel.acts import Act
from app.kernel.days import week_ending
from app.kernel.errors import Invalid, NotFound, Refused
from app.reports.packs import queries, views
from app.reports.packs.models import Pack, PackDraft, PackEdition, PackReceipt, PackSchedule
from app.reports.packs.queries import About, DraftView
from app.reports.packs.rules import (
    Day,
    Kind,
    check_issue,
    check_schedule,
    is_due,
    issued_words,
    period_of,
)
from app.reports.sections.rules import Audience, Content, Period, canonical, digest_of, plain
from app.work.database import Database
from app.work.keeper import keep_doing
from app.work.uow import UnitOfWork

DRAFT_EVERY_SECONDS = 1800


def draft(uow: UnitOfWork, contract_id: int, kind: Kind, lot_id: int | None) -> int:
    """Begin a pack of the period that is over last; returns the draft's id.

    Raises Invalid where days of it were told of: a correction is a further issue of its number.
    """
    with uow.command(Act.PACK_BUILD):
        agreed = contract.find_contract(uow, contract_id)
        if kind.of_a_lot:
            if lot_id is None:
                raise Invalid("lot", "Choose the lot that the sheet is about.")
            if contract.find_lot(uow, lot_id).contract_id != contract_id:
                raise Invalid("lot", "Choose a lot of this contract.")
        elif lot_id is not None:
            raise Invalid("lot", "This pack is about every lot: choose none.")
        period = period_of(kind, agreed.starts_on, agreed.ends_on, uow.today)
        told = views.told_by(uow, About(kind, contract_id, lot_id, period))
        if told is not None:
            raise Invalid("kind", issued_words(told.number, told.period, period))
        return _drafted(uow, contract_id, kind, lot_id, period)


def draft_again(uow: UnitOfWork, pack_id: int) -> int:
    """Begin a further issue of a pack's number, about the same period; returns the draft's id."""
    with uow.command(Act.PACK_ISSUE):
        one = queries.find_issue(uow, pack_id)
        if views.drafted_again(uow, one) is not None:
            raise Refused("A further issue of this pack is drafted already.")
        return _drafted(uow, one.contract_id, one.kind, one.lot_id, one.period, again=one.number)


def say(uow: UnitOfWork, draft_id: int, remarks: str, decisions: str, *, version: int) -> None:
    """Put a named person's remarks, and what they ask the council to decide, into a draft."""
    with uow.command(Act.PACK_BUILD):
        view = queries.find_draft(uow, draft_id)
        row = uow.get(PackDraft, draft_id)
        shown = {"Remarks": row.remarks, "Decisions requested": row.decisions}
        uow.expect(row, version, shown)
        _check_words(uow, view, {"remarks": remarks, "decisions": decisions})
        row.remarks, row.decisions = remarks, decisions
        row.edited_by, row.edited_at = uow.actor.user_id, uow.now


def drop(uow: UnitOfWork, draft_id: int) -> None:
    """Leave a draft that is not to be issued."""
    with uow.command(Act.PACK_BUILD):
        queries.find_draft(uow, draft_id)
        uow.remove(uow.get(PackDraft, draft_id))


def issue(uow: UnitOfWork, draft_id: int, changed: str, *, version: int) -> int:
    """Freeze a draft in all its editions, under the next number or again under its own.

    The editions are read before anything is written, so that nobody waits for them; `version` is
    that of the draft as it was read by the person. Returns the id of the issue.
    """
    uow.actor.must(Act.PACK_ISSUE)
    view = next((one for one in queries.list_drafts(uow) if one.id == draft_id), None)
    editions = _editions(uow, view, changed) if view else []
    with uow.command(Act.PACK_ISSUE):
        # Only now: who pressed twice is led to what the first press issued.
        if view is None:
            raise NotFound
        row = uow.get(PackDraft, draft_id)
        uow.expect(row, version, {"Remarks": row.remarks, "Decisions": row.decisions})
        if row.issued_at is not None:
            raise Refused("This draft is issued already.")
        told = None if view.again else views.told_by(uow, view.about)
        if told is not None:
            raise Refused(issued_words(told.number, told.period, view.about.period))
        row.issued_at = uow.now
        return _frozen(uow, view, editions, changed)


def _editions(uow: UnitOfWork, view: DraftView, changed: str) -> list[Content]:
    """What each audience is told, once nothing stands against an issue."""
    if view.again is not None and not changed:
        raise Invalid("changed", "Say what changed since the last issue.")
    _check_words(uow, view, {"changed": changed})
    early = views.too_early(uow, view)
    whole = sees_all(uow, view.contract_id)
    check_issue(view.kind, _out_of_balance(uow, view), early, sees_all=whole)
    return [queries.build(uow, view.about, one, view.said) for one in view.kind.audiences]


def receive(uow: UnitOfWork, pack_id: int) -> None:
    """Confirm for the council that an issue was received."""
    with uow.command(Act.PACK_RECEIVE):
        one = queries.find_issue(uow, pack_id)
        if one.received_at is not None:
            raise Refused("The council has received this issue already.")
        uow.add(
            PackReceipt(
                contract_id=one.contract_id,
                of_lot_id=one.lot_id,
                pack_id=pack_id,
                by_user_id=uow.actor.user_id,
                at=uow.now,
            )
        )


def set_schedule(uow: UnitOfWork, contract_id: int, kind: Kind, day: Day) -> None:
    """Have a kind of pack drafted by itself on a day, or on another day than before."""
    with uow.command(Act.PACK_SCHEDULE):
        contract.find_contract(uow, contract_id)
        check_schedule(kind, day)
        known = {(row.contract_id, row.kind): row for row in queries.list_schedules(uow)}
        row = known.get((contract_id, kind))
        if row is None:
            row = uow.add(PackSchedule(contract_id=contract_id, kind=kind))
            # The first one comes on the next such day, not for one that is past.
            row.last_drafted_on = uow.today
        row.weekday, row.month_day = day.weekday, day.month_day


def end_schedule(uow: UnitOfWork, schedule_id: int) -> None:
    """Have a kind of pack drafted by hand alone."""
    with uow.command(Act.PACK_SCHEDULE):
        uow.remove(uow.get(PackSchedule, schedule_id))


def keep_drafting(database: Database, stop: threading.Event) -> None:
    """Draft what is due soon after midnight, or as soon as the server runs again."""
    keep_doing(partial(draft_due, database), DRAFT_EVERY_SECONDS, stop)


def draft_due(database: Database) -> bool:
    """Draft every pack that is due by its schedule; says whether there was one."""
    with database.work(everywhere(database)) as uow:
        due = [
            row
            for row in queries.list_schedules(uow)
            if is_due(row.kind, queries.day_of(row), row.last_drafted_on, uow.today)
        ]
        if not due:
            return False
        with uow.command(Act.PACK_BUILD):
            for row in due:
                _draft_by_itself(uow, row)
    return True


def _draft_by_itself(uow: UnitOfWork, schedule: PackSchedule) -> None:
    """A draft for the whole contract or for each of its lots, unless one waits or is issued."""
    agreed = contract.find_contract(uow, schedule.contract_id)
    before, schedule.last_drafted_on = schedule.last_drafted_on, uow.today
    if not agreed.starts_on <= uow.today <= agreed.ends_on + timedelta(days=31):
        return
    period = period_of(schedule.kind, agreed.starts_on, agreed.ends_on, uow.today)
    waiting = {(one.kind, one.lot_id, one.starts_on) for one in _waiting(uow, schedule.contract_id)}
    lots = [lot.id for lot in contract.list_lots(uow) if lot.contract_id == schedule.contract_id]
    for lot_id in lots if schedule.kind.of_a_lot else [None]:
        about = About(schedule.kind, schedule.contract_id, lot_id, period)
        waits = (schedule.kind, lot_id, period.starts_on) in waiting
        told = views.told_by(uow, about)
        if told is not None and told.period != period:
            # What was told by hand reaches into it: tried again until the days after it are over.
            schedule.last_drafted_on = before
        elif not waits and told is None:
            _drafted(uow, schedule.contract_id, schedule.kind, lot_id, period)


def _drafted(
    uow: UnitOfWork,
    contract_id: int,
    kind: Kind,
    lot_id: int | None,
    period: Period,
    again: int | None = None,
) -> int:
    row = uow.add(
        PackDraft(
            contract_id=contract_id,
            kind=kind,
            of_lot_id=lot_id,
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            made_by=uow.actor.user_id,
            made_at=uow.now,
            again=again,
        )
    )
    return row.id or 0


def _frozen(uow: UnitOfWork, view: DraftView, editions: list[Content], changed: str) -> int:
    number = view.again or queries.last_number(uow, view.contract_id) + 1
    revision = queries.last_revision(uow, view.contract_id, number) + 1
    row = uow.add(
        Pack(
            contract_id=view.contract_id,
            of_lot_id=view.lot_id,
            kind=view.kind,
            number=number,
            revision=revision,
            starts_on=view.starts_on,
            ends_on=view.ends_on,
            changed=changed if revision > 1 else "",
            as_at=uow.now,
            issued_by=uow.actor.user_id,
            issued_at=uow.now,
        )
    )
    digests = {}
    for content in editions:
        facts = plain(content)
        digests[content.audience.value] = digest_of(facts)
        uow.add(
            PackEdition(
                contract_id=view.contract_id,
                of_lot_id=view.lot_id,
                pack_id=row.id or 0,
                audience=content.audience,
                content=canonical(facts),
                digest=digests[content.audience.value],
            )
        )
    uow.note("pack_editions", row.id, **digests)
    return row.id or 0


def _waiting(uow: UnitOfWork, contract_id: int) -> Iterable[DraftView]:
    return [one for one in queries.list_drafts(uow) if one.contract_id == contract_id]


def _out_of_balance(uow: UnitOfWork, view: DraftView) -> list[str]:
    """Where a lot's ledger of the last full week, or what is open by it, does not add up."""
    friday = week_ending(uow.today) - timedelta(days=7)
    return [
        f"{lot.name}: {one.words}"
        for lot in contract.list_lots(uow)
        if lot.contract_id == view.contract_id and view.lot_id in (None, lot.id)
        for one in statements.imbalances(uow, lot.id or 0, friday)
    ]


def _check_words(uow: UnitOfWork, view: DraftView, said: dict[str, str]) -> None:
    """Whoever reads aggregates alone is told of no case, not in free words either."""
    if Audience.COMMISSIONER in view.kind.audiences:
        must_name_no_case(uow, view.contract_id, said)
