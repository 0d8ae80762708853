"""Issues a lot's weekly statement of scope, and takes the signature of each side."""

from datetime import date
from typing import Any

from app.access.roles import Organisation
from app.cases.scope import queries as scope
from app.cases.scope.rules import Term
from app.cases.statements import queries, rules
from app.cases.statements.models import ScopeStatement
from app.cases.statements.rules import Signer
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.days import show_date
from app.kernel.errors import Refused
from app.work.uow import UnitOfWork


def issue(uow: UnitOfWork, lot_id: int, friday: date) -> int:
    """Seal a lot's ledger of the week that ended on that Friday; returns the statement's id.

    Refused where it does not balance with its postings, its counters and the register, each
    counted again here.
    """
    with uow.command(Act.STATEMENT_ISSUE):
        contract.find_lot(uow, lot_id)
        rules.check_week(friday, uow.today)
        if queries.find_week(uow, lot_id, friday) is not None:
            raise Refused("The statement of this week is issued already.")
        if lot_id not in scope.list_baselines(uow):
            raise Refused("Freeze the lot’s opening list before its first statement.")
        begun = scope.begun_on(uow)
        if begun is not None and friday < begun:
            raise Refused(f"The ledger begins on {show_date(begun)}, after this week.")
        rules.check_balance(
            queries.imbalances(uow, lot_id, friday) + queries.recounted(uow, lot_id)
        )
        said, known_to = queries.by_totals(uow, lot_id, friday), queries.last_posting(uow, lot_id)
        postings = queries.sealed_postings(uow, lot_id, friday, known_to)
        terms: dict[str, Any] = {term.value: said.change(term) for term in Term}
        row = uow.add(
            ScopeStatement(
                lot_id=lot_id,
                week_ending=friday,
                before=said.before,
                **terms,
                closing=said.closing,
                known_to=known_to,
                digest=rules.seal(lot_id, friday, said, postings),
                issued_by=uow.actor.user_id,
                issued_at=uow.now,
            )
        )
        return row.id or 0


def sign(uow: UnitOfWork, statement_id: int, digest: str) -> None:
    """Sign a statement for the actor's side: exactly the one that was shown, as it was sealed."""
    with uow.command(Act.STATEMENT_SIGN):
        row, shown = uow.get(ScopeStatement, statement_id), queries.find_view(uow, statement_id)
        lot = contract.find_lot(uow, row.lot_id)
        of_lot = lot.district_manager_id == uow.actor.user_id
        signed = {
            side
            for side, one in (
                (Organisation.AGENCY, shown.agency),
                (Organisation.COUNCIL, shown.council),
            )
            if one is not None
        }
        rules.check_signer(Signer(uow.actor.organisation, uow.actor.role, of_lot), signed)
        if digest != row.digest or not queries.holds(uow, shown):
            raise Refused("This statement is not what was sealed: it cannot be signed.")
        if uow.actor.organisation is Organisation.AGENCY:
            row.agency_signed_by, row.agency_signed_at = uow.actor.user_id, uow.now
        else:
            row.council_signed_by, row.council_signed_at = uow.actor.user_id, uow.now
