"""Writes option periods down, takes them up and lets them go."""

from app.cases.listing.queries import must_name_no_case
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.days import show_date
from app.performance.options import queries
from app.performance.options.models import OptionPeriod
from app.performance.options.rules import Decision, Terms, check, check_decision
from app.performance.variations import rules as variations
from app.performance.variations import service as changes
from app.work.uow import UnitOfWork


def add(uow: UnitOfWork, contract_id: int, terms: Terms) -> None:
    """Write down an option of a contract; Invalid for one that cannot be meant."""
    with uow.command(Act.CONTRACT_EDIT):
        agreed = contract.find_contract(uow, contract_id)
        check(terms, runs=(agreed.starts_on, agreed.ends_on), today=uow.today)
        must_name_no_case(uow, contract_id, {"title": terms.title})
        uow.add(OptionPeriod(contract_id=contract_id, **vars(terms)))


def decide(
    uow: UnitOfWork, option_id: int, decision: Decision, reason: str, *, version: int
) -> None:
    """Take an option up, which extends the contract by a variation, or let it go.

    Refused where it is decided, or its day has passed.
    """
    with uow.command(Act.CONTRACT_EDIT):
        option = queries.find_option(uow, option_id)
        uow.expect(option, version, {"Decision": option.decision.label if option.decision else "–"})
        agreed, terms = contract.find_contract(uow, option.contract_id), queries.terms_of(option)
        check_decision(
            decision,
            terms,
            decided=option.decision is not None,
            ends_on=agreed.ends_on,
            today=uow.today,
        )
        must_name_no_case(uow, option.contract_id, {"reason": reason})
        option.decision, option.reason = decision, reason
        option.decided_by, option.decided_at = uow.actor.user_id, uow.now
        if decision is Decision.TAKEN:
            option.variation_id = _extend(uow, option.contract_id, terms, reason)


def _extend(uow: UnitOfWork, contract_id: int, terms: Terms, reason: str) -> int:
    return changes.write_down(
        uow,
        contract_id,
        variations.Terms(
            kind=variations.Kind.EXTENSION,
            title=f"{terms.title} taken up until {show_date(terms.extends_to)}"[:120],
            clause=terms.clause,
            agreed_on=uow.today,
            reason=reason,
            contract_ends_on=terms.extends_to,
            lot_id=None,
            opening_backlog=None,
            target_ends_on=None,
        ),
    )
