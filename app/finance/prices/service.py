"""Sets and ends a lot's prices, the cap of a contract, and the codes of a lot."""

from dataclasses import asdict, replace
from datetime import date

from app.cases.listing.queries import must_name_no_case
from app.contract import queries as contract
from app.contract.models import Contract
from app.finance.prices import queries
from app.finance.prices.models import ContractCap, LotCode, Price
from app.finance.prices.rules import (
    PriceModel,
    PriceTerms,
    check_contract_cap,
    check_end,
    check_not_charged,
    check_price,
)
from app.kernel.acts import Act
from app.kernel.days import show_date
from app.kernel.errors import Invalid
from app.kernel.money import Pence, show
from app.work.terms import next_number
from app.work.uow import UnitOfWork


def set_price(uow: UnitOfWork, lot_id: int, terms: PriceTerms, *, charged: int) -> int:
    """Agree a price of a lot, for the council; returns its id.

    Raises Invalid, on the field at fault, for a price that cannot be meant; `charged` is what the
    lot was charged so far.
    """
    with uow.command(Act.PRICE_SET):
        if terms.model is PriceModel.LOT_CAP:
            check_not_charged(terms.pence, charged)
        return add_price(uow, lot_id, terms)


def add_price(uow: UnitOfWork, lot_id: int, terms: PriceTerms) -> int:
    """Write a price down, within the command that agrees it or lays the contract out."""
    uow.must_be_in(Act.PRICE_SET, Act.DEMO_SEED)
    lot = contract.find_lot(uow, lot_id)
    agreed = uow.get(Contract, lot.contract_id)
    if terms.model is PriceModel.DAY_RATE:
        terms = replace(terms, pence=terms.parts.total)
    others = queries.prices(uow, lot_id)
    check_price(terms, others, starts_on=agreed.starts_on, ends_on=agreed.ends_on)
    price = Price(
        lot_id=lot_id,
        model=terms.model,
        band=terms.band if terms.model.has_band else None,
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        clause=terms.clause,
        pence=terms.pence,
        share=terms.share,
        vat=terms.vat if terms.model.is_charged else 0,
        full_minutes=terms.full_minutes,
        credit_days=terms.credit_days,
        set_by=uow.actor.user_id,
        set_at=uow.now,
        **asdict(terms.parts),
    )
    return uow.add(price).id or 0


def end_price(uow: UnitOfWork, price_id: int, ends_on: date, *, version: int) -> None:
    """Say which day is the last of a price; Invalid before what it was billed for."""
    with uow.command(Act.PRICE_SET):
        price = uow.get(Price, price_id)
        lot = contract.find_lot(uow, price.lot_id)
        last_day = show_date(price.ends_on) if price.ends_on else "–"
        uow.expect(price, version, {"Last day": last_day})
        term = uow.get(Contract, lot.contract_id).ends_on
        others = queries.prices(uow, price.lot_id)
        check_end(queries.terms_of(price), ends_on, others, contract_ends_on=term)
        price.ends_on = ends_on


def billed(uow: UnitOfWork, price_id: int, to: date) -> None:
    """Keep that a price was billed up to a day, within the command that issues the invoice."""
    uow.must_be_in(Act.INVOICE_ISSUE, Act.DEMO_SEED)
    price = uow.get(Price, price_id)
    price.billed_to = max(price.billed_to or to, to)


def cap_contract(
    uow: UnitOfWork,
    contract_id: int,
    pence: int,
    clause: str,
    reason: str,
    *,
    began_from: int,
    charged: int = 0,
) -> None:
    """Agree the next version of what all lots may be charged together.

    `began_from` is the number of the version the form began from; `charged` what is charged yet.
    """
    with uow.command(Act.PRICE_SET):
        contract.find_contract(uow, contract_id)
        check_contract_cap(pence, charged=charged)
        versions = queries.cap_versions(uow, contract_id)
        number = next_number(versions, began_from, lambda one: {"Cap": show(Pence(one.pence))})
        if versions and versions[0][0].pence == pence:
            raise Invalid("pence", "This is the cap in force.")
        must_name_no_case(uow, contract_id, {"reason": reason})
        uow.add(
            ContractCap(
                contract_id=contract_id,
                number=number,
                reason=reason,
                by_user_id=uow.actor.user_id,
                at=uow.now,
                pence=pence,
                clause=clause,
            )
        )


def set_codes(
    uow: UnitOfWork, lot_id: int, cost_centre: str, ledger_code: str, *, version: int
) -> None:
    """Say under which codes a lot's invoices are booked."""
    with uow.command(Act.PRICE_SET):
        contract.find_lot(uow, lot_id)
        kept = queries.codes_of(uow, lot_id)
        if kept is None:
            uow.add(LotCode(lot_id=lot_id, cost_centre=cost_centre, ledger_code=ledger_code))
            return
        shown = {"Cost centre": kept.cost_centre, "Ledger code": kept.ledger_code}
        uow.expect(kept, version, shown)
        kept.cost_centre, kept.ledger_code = cost_centre, ledger_code
