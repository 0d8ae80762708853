"""Acts on families: set pairs side by side, decide about one, join a family, leave it."""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, or_, true
from sqlmodel import col, func, select

from app.cases.families.models import CasePair
from app.cases.families.rules import Decision, Likeness, Listed, pairs, shared_key
from app.cases.findings import service as findings
from app.cases.findings.models import Finding
from app.cases.findings.rules import Kind, Source
from app.cases.findings.service import Looked
from app.cases.register import service as register
from app.cases.register.models import Case
from app.cases.register.rules import core
from app.db.among import among
from app.kernel.acts import Act
from app.kernel.errors import Invalid, Refused
from app.work.uow import UnitOfWork

_AT_ONCE = 50_000
_ONE_CHILD = [decision for decision in Decision if decision.is_one_child]


def set_side_by_side(uow: UnitOfWork, contract_id: int) -> int:
    """Keep every pair of a contract that looks alike and was not kept before; returns how many.

    Reads every case of the contract, so it belongs to an import or a nightly check.
    """
    return _keep(uow, contract_id, _listed_where(uow, contract_id, true()))


def set_beside(
    uow: UnitOfWork, contract_id: int, cores: Collection[str], keys: Collection[str]
) -> int:
    """The same for the cases alone whose references have these cores or families these keys.

    Reads the indexes of both, in proportion to what is asked.
    """
    uow.must_be_in()
    alike = [*_shared(uow, contract_id, cores)]
    ways = _other_ways(uow, contract_id, keys) if keys else []
    which = or_(among(col(Case.reference_core), alike), among(col(Case.family_key), ways))
    return _keep(uow, contract_id, _listed_where(uow, contract_id, which)) if alike or ways else 0


def _shared(uow: UnitOfWork, contract_id: int, cores: Collection[str]) -> Iterator[str]:
    """Those of these cores that more than one case has."""
    # In order, so that a portion asks for one stretch of the index.
    left = iter(sorted(cores))
    while portion := list(islice(left, _AT_ONCE)):
        yield from uow.rows(
            select(Case.reference_core)
            .where(Case.contract_id == contract_id, among(col(Case.reference_core), portion))
            .group_by(col(Case.reference_core))
            .having(func.count() > 1)
        ).scalars()


def _other_ways(uow: UnitOfWork, contract_id: int, keys: Collection[str]) -> list[str]:
    """The keys of families as they are written anywhere in the contract."""
    wanted = set(map(core, keys))
    written = uow.rows(
        select(col(Case.family_key))
        .where(Case.contract_id == contract_id, col(Case.family_key).is_not(None))
        .distinct()
    ).scalars()
    return [key for key in written if key and core(key) in wanted]


def _listed_where(uow: UnitOfWork, contract_id: int, which: ColumnElement[bool]) -> list[Listed]:
    columns: tuple[Any, ...] = (
        Case.id,
        Case.reference,
        Case.family_key,
        Case.age_band,
        col(Case.ended_on).is_(None),
    )
    cases = uow.rows(select(*columns).where(Case.contract_id == contract_id, which))
    return list(map(Listed._make, cases))


def _keep(uow: UnitOfWork, contract_id: int, listed: Sequence[Listed]) -> int:
    """Keep the pairs among these cases that were not kept before."""
    found = pairs(listed)
    if not found:
        return 0
    known = set(
        uow.session.exec(
            select(CasePair.first_id, CasePair.second_id).where(CasePair.contract_id == contract_id)
        )
    )
    new = [
        {
            "contract_id": contract_id,
            "first_id": first,
            "second_id": second,
            "likeness": likeness,
            "found_on": uow.today,
            "because": "",
        }
        for (first, second), likeness in found.items()
        if (first, second) not in known
    ]
    return uow.load(CasePair, new) if new else 0


def decide(uow: UnitOfWork, pair_id: int, decision: Decision, because: str) -> None:
    """Say what two cases are to each other; saying it again replaces what was said.

    One child leaves the other case to be handed back; one family shares a key from now on;
    unrelated cases share none.
    """
    with uow.command(Act.PAIR_DECIDE):
        pair = uow.get(CasePair, pair_id)
        first, second = uow.get(Case, pair.first_id), uow.get(Case, pair.second_id)
        if pair.decision is decision:
            raise Refused("This was decided already.")
        _decide(uow, pair, first, second, decision, because)


def join(uow: UnitOfWork, case_id: int, reference: str, because: str) -> None:
    """Make two cases one family because somebody knows that they are."""
    with uow.command(Act.PAIR_DECIDE):
        case = register.find(uow, case_id)
        other = uow.session.exec(
            select(Case).where(Case.contract_id == case.contract_id, Case.reference == reference)
        ).first()
        if other is None:
            raise Invalid("reference", f"There is no case {reference} that you can see.")
        if other.id == case.id:
            raise Invalid("reference", "This is the case itself.")
        if case.family_key and case.family_key == other.family_key:
            raise Invalid("reference", f"{reference} is of this family already.")
        pair = _pair_of(uow, case, other)
        first, second = (case, other) if pair.first_id == case.id else (other, case)
        _decide(uow, pair, first, second, Decision.ONE_FAMILY, because)


def leave(uow: UnitOfWork, case_id: int) -> None:
    """Take a case out of its family; the others stay together."""
    with uow.command(Act.PAIR_DECIDE):
        case = register.find(uow, case_id)
        if case.family_key is None:
            raise Refused("This case has no family to leave.")
        register.set_facts(uow, case, family_key=None)


def look_at_duplicates(uow: UnitOfWork, contract_id: int) -> None:
    """Keep the findings on the cases of a contract whose child another case stands for."""
    decided = uow.session.execute(
        select(CasePair.first_id, CasePair.second_id).where(
            CasePair.contract_id == contract_id, col(CasePair.decision).in_(_ONE_CHILD)
        )
    )
    found = uow.session.scalars(select(Finding.case_id).where(Finding.kind == Kind.DUPLICATE))
    _look_at(uow, sorted({*found, *(case_id for pair in decided for case_id in pair)}))


def _decide(
    uow: UnitOfWork, pair: CasePair, first: Case, second: Case, decision: Decision, because: str
) -> None:
    pair.decision, pair.because = decision, because
    pair.decided_by, pair.decided_at = uow.actor.user_id, uow.now
    uow.session.flush()
    if decision is Decision.ONE_FAMILY:
        _share_key(uow, first, second)
    if decision is Decision.UNRELATED and first.family_key == second.family_key is not None:
        register.set_facts(uow, second, family_key=None)
    _look_at(uow, [register.case_id_of(first), register.case_id_of(second)])


def _share_key(uow: UnitOfWork, first: Case, second: Case) -> None:
    """One key for both, and for everybody whom the actor sees under the key that goes."""
    key, going = shared_key(_listed(first), _listed(second)), second.family_key
    moving = {one.id: one for one in (first, second)}
    if going:
        of_family = select(Case).where(
            Case.contract_id == second.contract_id, Case.family_key == going
        )
        moving |= {one.id: one for one in uow.session.exec(of_family)}
    for case in moving.values():
        if case.family_key != key:
            register.set_facts(uow, case, family_key=key)


def _pair_of(uow: UnitOfWork, case: Case, other: Case) -> CasePair:
    first_id, second_id = sorted((register.case_id_of(case), register.case_id_of(other)))
    pair = uow.session.exec(
        select(CasePair).where(CasePair.first_id == first_id, CasePair.second_id == second_id)
    ).first()
    return pair or uow.add(
        CasePair(
            contract_id=case.contract_id,
            first_id=first_id,
            second_id=second_id,
            likeness=Likeness.SAID,
            found_on=uow.today,
        )
    )


def _listed(case: Case) -> Listed:
    return Listed(
        register.case_id_of(case),
        case.reference,
        case.family_key,
        case.age_band,
        case.state.is_open,
    )


def _look_at(uow: UnitOfWork, case_ids: Sequence[int]) -> None:
    stays_for = _stays_for(uow, case_ids)
    wanted = {*case_ids, *stays_for.values()}
    columns: tuple[Any, ...] = (Case.id, Case.lot_id, Case.reference, Case.ended_on)
    rows = uow.session.execute(select(*columns).where(col(Case.id).in_(wanted)))
    cases = {row[0]: row[1:] for row in rows}
    looked = []
    for case_id in cases.keys() & set(case_ids):
        lot_id, reference, ended_on = cases[case_id]
        stays = cases.get(stays_for.get(case_id))
        found = {}
        if stays and ended_on is None:
            found[Kind.DUPLICATE] = (
                f"One child with {stays[1]}, which stays: propose to hand {reference} back."
            )
        looked.append(Looked(case_id, lot_id, found))
    findings.keep(uow, Source.PAIR, looked)


def _stays_for(uow: UnitOfWork, case_ids: Sequence[int]) -> dict[int, int]:
    """For each of these cases that is a duplicate, the case that stays."""
    decided = uow.session.exec(
        select(CasePair.first_id, CasePair.second_id, CasePair.decision).where(
            col(CasePair.decision).in_(_ONE_CHILD),
            or_(col(CasePair.first_id).in_(case_ids), col(CasePair.second_id).in_(case_ids)),
        )
    )
    return {
        second if decision is Decision.FIRST_STAYS else first: (
            first if decision is Decision.FIRST_STAYS else second
        )
        for first, second, decision in decided
    }
