"""Drafts service levels, and takes the signature of each side."""

from dataclasses import dataclass

from app.access.roles import Organisation
from app.cases.listing.queries import must_name_no_case
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.days import show_date
from app.kernel.errors import Change, Conflict, Invalid, NotFound
from app.performance.measures.catalogue import DEFINITIONS
from app.performance.measures.rules import Cohort, Measure
from app.performance.measures.tallies import check_signature
from app.performance.service_levels import queries, rules
from app.performance.service_levels.models import ServiceLevel, ServiceLevelTerms
from app.performance.service_levels.rules import Terms
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class Subject:
    """What a service level is about."""

    lot_id: int
    measure: Measure
    cohort: Cohort


def draft(uow: UnitOfWork, about: Subject, terms: Terms, reason: str) -> int:
    """Draft the first version of a service level; whoever drafts it has signed for their side.

    Invalid, on the field at fault, for terms that cannot be meant or that meet another's period.
    """
    with uow.command(Act.SERVICE_LEVEL_DRAFT):
        lot = contract.find_lot(uow, about.lot_id)
        _check(uow, lot.contract_id, about, terms, None)
        must_name_no_case(uow, lot.contract_id, {"reason": reason})
        level = uow.add(ServiceLevel(**vars(about)))
        level_id = level.id or 0
        _add(uow, lot.contract_id, level, 1, terms, reason)
        return level_id


def change(uow: UnitOfWork, level_id: int, terms: Terms, reason: str, *, began_from: int) -> None:
    """Draft the version that follows the one numbered `began_from`; that one stays as it was.

    Conflict where another followed it meanwhile.
    """
    with uow.command(Act.SERVICE_LEVEL_DRAFT):
        level = queries.find_level(uow, level_id)
        newest = queries.versions(uow, level_id)[0]
        if newest.terms.number != began_from:
            raise Conflict(Change(newest.by, shown(level, newest.terms)))
        lot = contract.find_lot(uow, level.lot_id)
        about = Subject(level.lot_id, level.measure, level.cohort)
        _check(uow, lot.contract_id, about, terms, level_id)
        must_name_no_case(uow, lot.contract_id, {"reason": reason})
        _add(uow, lot.contract_id, level, began_from + 1, terms, reason)


def sign(uow: UnitOfWork, level_id: int, number: int) -> None:
    """Sign a version for the actor's side; it holds from today once both have."""
    with uow.command(Act.SERVICE_LEVEL_SIGN):
        queries.find_level(uow, level_id)
        found = queries.versions(uow, level_id)
        row = next((one.terms for one in found if one.terms.number == number), None)
        if row is None:
            raise NotFound
        signed = row.agency_signed_at if _for_agency(uow) else row.council_signed_at
        newest = found[0].terms.number == number
        check_signature(mine=signed is not None, is_newest=newest)
        _sign(uow, row)


def shown(level: ServiceLevel, row: ServiceLevelTerms) -> dict[str, str]:
    """A version in words, under the names a reader knows."""
    terms, measure = queries.terms_of(row), level.measure
    return {
        "Period": f"{show_date(terms.starts_on)} to {show_date(terms.ends_on)}",
        "Target": f"{rules.exact_words(measure, terms.from_value)} on the first day, "
        f"{rules.exact_words(measure, terms.to_value)} on the last",
        "Tolerance": rules.tolerance_words(measure, terms.tolerance),
        "Clause": terms.clause,
        "Published": "Yes" if terms.publishable else "No",
        "Critical": "Yes" if terms.critical else "No",
        "Service credit": rules.say_credit(terms),
    }


def _check(
    uow: UnitOfWork, contract_id: int, about: Subject, terms: Terms, level_id: int | None
) -> None:
    agreed = contract.find_contract(uow, contract_id)
    definition = DEFINITIONS[about.measure]
    if rules.adds_up(about.measure, standing=definition.standing):
        raise Invalid("measure", "A month counts more of it than a week: it has no one target.")
    if about.cohort not in definition.cohorts:
        raise Invalid("cohort", "This measure is read for all work together.")
    rules.check(terms, about.measure, (agreed.starts_on, agreed.ends_on))
    same = about.lot_id, about.measure, about.cohort
    rules.check_apart(terms, queries.others(uow, *same, but=level_id))


def _add(
    uow: UnitOfWork, contract_id: int, level: ServiceLevel, number: int, terms: Terms, reason: str
) -> None:
    row = uow.add(
        ServiceLevelTerms(
            lot_id=level.lot_id,
            contract_id=contract_id,
            service_level_id=level.id or 0,
            number=number,
            reason=reason,
            by_user_id=uow.actor.user_id,
            at=uow.now,
            **vars(terms),
        )
    )
    _sign(uow, row)


def _sign(uow: UnitOfWork, row: ServiceLevelTerms) -> None:
    if _for_agency(uow):
        row.agency_signed_by, row.agency_signed_at = uow.actor.user_id, uow.now
    else:
        row.council_signed_by, row.council_signed_at = uow.actor.user_id, uow.now
    if row.agency_signed_at is not None and row.council_signed_at is not None:
        row.in_force_from = uow.today


def _for_agency(uow: UnitOfWork) -> bool:
    return uow.actor.organisation is Organisation.AGENCY
