"""Drafts and agrees what cases and milestones count, and counts what was earned since."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any, TypeAlias

from sqlalchemy import bindparam, delete, func, select, update
from sqlmodel import col

from app.cases.listing.queries import must_name_no_case
from app.cases.register.models import Case, CaseMove
from app.cases.scope.models import LedgerPosting
from app.cases.scope.rules import Term
from app.contract import queries as contract
from app.finance.earned_points import queries
from app.finance.earned_points.models import EarnedCase, EarnedMark, EarnedTerms, EarnedWeek
from app.finance.earned_points.rules import (
    NOTHING,
    Amounts,
    Cells,
    Move,
    Step,
    Terms,
    Weighed,
    check_terms,
    difference,
    figures,
    replay,
    shown,
    weigh,
)
from app.kernel.acts import Act
from app.kernel.errors import Invalid, NotFound, Refused
from app.people.points.queries import who_agrees
from app.work.terms import next_number, versions_of
from app.work.uow import UnitOfWork

MOVES_AT_ONCE = 20_000
CASES_AT_ONCE = 500
DAY = timedelta(days=1)

_TermsOn: TypeAlias = Callable[[date], Terms]
_Totals: TypeAlias = dict[tuple[int, date, bool, Step], Amounts]

_NEXT = (
    select(col(CaseMove.id))
    .where(col(CaseMove.id) > bindparam("since"))
    .order_by(col(CaseMove.id))
    .limit(MOVES_AT_ONCE)
    .subquery()
)
_UP_TO = select(func.max(_NEXT.c.id))
_CHANGED = (
    select(col(CaseMove.case_id))
    .where(col(CaseMove.id) > bindparam("since"), col(CaseMove.id) <= bindparam("up_to"))
    .distinct()
    .order_by(col(CaseMove.case_id))
)
_CASES = select(
    col(Case.id),
    col(Case.lot_id),
    col(Case.contract_id),
    col(Case.assessment_type),
    col(Case.child_protection),
    col(Case.referred_on),
).where(col(Case.id).in_(bindparam("ids", expanding=True)))
_MOVES = (
    select(
        col(CaseMove.case_id),
        col(CaseMove.id),
        col(CaseMove.made_on),
        col(CaseMove.before),
        col(CaseMove.after),
    )
    .where(col(CaseMove.case_id).in_(bindparam("ids", expanding=True)))
    .order_by(col(CaseMove.case_id), col(CaseMove.id))
)
_ORIGINAL = (
    select(col(LedgerPosting.case_id))
    .where(
        col(LedgerPosting.case_id).in_(bindparam("ids", expanding=True)),
        col(LedgerPosting.term) == Term.OPENING,
    )
    .group_by(col(LedgerPosting.case_id))
    .having(func.sum(col(LedgerPosting.cases)) > 0)
)


def draft(uow: UnitOfWork, contract_id: int, terms: Terms, reason: str, *, began_from: int) -> None:
    """Write the next version of a contract's terms; it holds once the council agrees it.

    `began_from` is the number of the version that the form showed. Raises Invalid, on the figure at
    fault, for what cannot be meant, and Conflict where somebody was faster.
    """
    with uow.command(Act.EARNED_DRAFT):
        contract.find_contract(uow, contract_id)
        check_terms(terms)
        versions = versions_of(uow, EarnedTerms, contract_id)
        number = next_number(versions, began_from, lambda row: shown(queries.terms_of(row)))
        held = queries.terms_in_force(uow, contract_id)(uow.today + DAY)
        if figures(held) == figures(terms):
            raise Invalid("child_and_family", "These are the terms in force: change a figure.")
        must_name_no_case(uow, contract_id, {"reason": reason})
        written: dict[str, Any] = {**figures(terms), "reason": reason}
        by = uow.actor.user_id
        uow.add(
            EarnedTerms(
                contract_id=contract_id, number=number, by_user_id=by, at=uow.now, **written
            )
        )
        for user_id in who_agrees(uow, contract_id):
            uow.mail(
                user_id,
                "Terms of earned value wait for your agreement",
                f"/earned-value/terms/{contract_id}",
            )


def agree(uow: UnitOfWork, contract_id: int, number: int) -> None:
    """The council agrees the newest draft, as it was read; it holds from the next day on."""
    with uow.command(Act.EARNED_AGREE):
        contract.find_contract(uow, contract_id)
        newest = queries.newest(uow, contract_id)
        if newest is None or number > newest.number:
            raise NotFound
        if newest.number != number:
            raise Refused("A newer draft was written since: read it first.")
        if newest.agreed_at is not None:
            raise Refused("This version is agreed already.")
        newest.agreed_by, newest.agreed_at = uow.actor.user_id, uow.now
        newest.from_on = uow.today + DAY


def count(uow: UnitOfWork) -> None:
    """Count what the cases of the actor's lots earned since the last time, a portion a command."""
    left = True
    while left:
        with uow.command(Act.EARNED_COUNT):
            left = count_next(uow)


def rebuild(uow: UnitOfWork) -> None:
    """Forget what was counted and count every move anew; each case keeps its weight."""
    with uow.command(Act.EARNED_COUNT):
        lots = uow.actor.lot_ids
        uow.session.execute(delete(EarnedWeek).where(col(EarnedWeek.lot_id).in_(lots)))
        for kept in (EarnedCase, EarnedMark):
            begun = update(kept).where(col(kept.lot_id).in_(lots)).values(last_move_id=0)
            uow.session.execute(begun)
        uow.session.expire_all()
    count(uow)


def count_next(uow: UnitOfWork) -> bool:
    """Count the next portion of moves, within a command; says whether any was left."""
    uow.must_be_in(Act.EARNED_COUNT, Act.DEMO_SEED)
    marks = {mark.lot_id: mark for mark in uow.session.scalars(select(EarnedMark))}
    since = min((mark.last_move_id for mark in marks.values()), default=0)
    up_to = uow.rows(_UP_TO, since=since).scalar()
    if up_to is not None:
        changed = [case_id for (case_id,) in uow.rows(_CHANGED, since=since, up_to=up_to)]
        totals: _Totals = {}
        for start in range(0, len(changed), CASES_AT_ONCE):
            _count_cases(uow, changed[start : start + CASES_AT_ONCE], totals)
        uow.add_up(EarnedWeek, [_row(place, amounts) for place, amounts in totals.items()])
    for lot_id in sorted(uow.actor.lot_ids):
        mark = marks.get(lot_id) or EarnedMark(lot_id=lot_id, last_move_id=0, counted_at=uow.now)
        mark.last_move_id, mark.counted_at = max(mark.last_move_id, up_to or since), uow.now
        uow.session.add(mark)
    uow.session.flush()
    return up_to is not None


def _count_cases(uow: UnitOfWork, case_ids: Sequence[int], totals: _Totals) -> None:
    """Add what cases earned since they were counted; one that moved takes all of it along."""
    asked = select(EarnedCase).where(col(EarnedCase.case_id).in_(case_ids))
    known = {row.case_id: row for row in uow.session.scalars(asked)}
    original = {case_id for (case_id,) in uow.rows(_ORIGINAL, ids=case_ids)}
    moves = {
        case_id: [(row.id, Move(row.made_on, row.after, row.before is row.after)) for row in own]
        for case_id, own in groupby(uow.rows(_MOVES, ids=case_ids), key=lambda row: row.case_id)
    }
    in_force: dict[int, _TermsOn] = {}
    for facts in uow.rows(_CASES, ids=case_ids).all():
        if facts.contract_id not in in_force:
            in_force[facts.contract_id] = queries.terms_in_force(uow, facts.contract_id)
        terms, own = in_force[facts.contract_id], moves[facts.id]
        was = known.get(facts.id)
        if was is None:
            was = _weighed(facts, own[0][1].on, terms)
            uow.session.add(was)
        weighed, seen = Weighed(was.weight, was.days), was.last_move_id
        before = replay(weighed, (move for move_id, move in own if move_id <= seen), terms)
        after = replay(weighed, (move for _, move in own), terms)
        here = facts.id in original
        if (was.lot_id, was.original) == (facts.lot_id, here):
            _add(totals, (was.lot_id, was.original), difference(before, after))
        else:
            _add(totals, (was.lot_id, was.original), difference(before, {}))
            _add(totals, (facts.lot_id, here), after)
        was.lot_id, was.original, was.last_move_id = facts.lot_id, here, own[-1][0]


def _weighed(facts: Any, came_on: date, terms: _TermsOn) -> EarnedCase:
    """A case that was not counted before, with the weight that it keeps."""
    return EarnedCase(
        case_id=facts.id,
        lot_id=facts.lot_id,
        weight=weigh(facts.assessment_type, terms(came_on), protection=facts.child_protection),
        days=max(0, (came_on - facts.referred_on).days),
        original=False,
        last_move_id=0,
    )


def _add(totals: _Totals, scope: tuple[int, bool], cells: Cells) -> None:
    """Add cells to a lot's weeks; of the opening list only what was not sent again since."""
    lot_id, original = scope
    for (friday, step, again), amounts in cells.items():
        place = lot_id, friday, original and not again, step
        totals[place] = totals.get(place, NOTHING) + amounts


def _row(
    place: tuple[int, date, bool, Step], amounts: Amounts
) -> tuple[dict[str, Any], dict[str, int]]:
    names = ("lot_id", "week_ending", "original", "step")
    return dict(zip(names, place, strict=True)), vars(amounts)
