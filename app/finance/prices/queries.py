"""Reads of prices, caps and codes."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import col

from app.access.models import User
from app.contract import queries as contract
from app.finance.prices.models import ContractCap, LotCode, Price
from app.finance.prices.rules import Parts, PriceModel, PriceTerms
from app.work.terms import versions_of
from app.work.uow import UnitOfWork

_PARTS: list[Any] = [getattr(Price, one.name) for one in fields(Parts)]
_COLUMNS: tuple[Any, ...] = (
    Price.model,
    Price.starts_on,
    Price.ends_on,
    Price.band,
    Price.clause,
    Price.pence,
    Price.share,
    Price.vat,
    Price.full_minutes,
    Price.credit_days,
    Price.lot_id,
    Price.id,
    Price.version,
    Price.billed_to,
)
_PRICES = select(*_COLUMNS, *_PARTS).order_by(
    col(Price.lot_id), col(Price.model), col(Price.band), col(Price.starts_on)
)
_OF_LOT = _PRICES.where(col(Price.lot_id) == bindparam("lot"))
_CAPS = (
    select(col(ContractCap.pence))
    .where(col(ContractCap.contract_id) == bindparam("contract"))
    .order_by(col(ContractCap.number).desc())
    .limit(1)
)
_SET_BY = (
    select(col(User.name), col(Price.set_at))
    .select_from(Price)
    .outerjoin(User, col(User.id) == col(Price.set_by))
    .where(col(Price.id) == bindparam("price_id"))
)
_CODES = select(col(LotCode.lot_id), col(LotCode.cost_centre), col(LotCode.ledger_code))


@dataclass(frozen=True)
class LotPrices:
    """The prices of one lot, and the codes under which its invoices are booked."""

    lot_id: int
    lot: str
    contract_id: int
    prices: Sequence[PriceTerms]
    codes: tuple[str, str] | None

    def of(self, *, caps: bool) -> list[PriceTerms]:
        return [one for one in self.prices if one.model.is_cap is caps]


def prices(uow: UnitOfWork, lot_id: int, on: date | None = None) -> list[PriceTerms]:
    """Every price and cap of a lot, or those in force on a day."""
    found = [_terms(row) for row in uow.rows(_OF_LOT, lot=lot_id)]
    return [one for one in found if on is None or one.holds_on(on)]


def list_prices(uow: UnitOfWork) -> list[LotPrices]:
    """The prices of each of the actor's lots."""
    by_lot: dict[int, list[PriceTerms]] = defaultdict(list)
    for row in uow.rows(_PRICES):
        terms = _terms(row)
        by_lot[terms.lot_id].append(terms)
    codes = {lot_id: (centre, ledger) for lot_id, centre, ledger in uow.rows(_CODES)}
    return [
        LotPrices(lot.id or 0, lot.name, lot.contract_id, by_lot[lot.id or 0], codes.get(lot.id))
        for lot in contract.list_lots(uow)
    ]


def cap_of_contract(uow: UnitOfWork, contract_id: int) -> int | None:
    """What all lots may be charged together; None where no cap is agreed."""
    found: int | None = uow.rows(_CAPS, contract=contract_id).scalar()
    return found


def cap_versions(uow: UnitOfWork, contract_id: int) -> list[tuple[ContractCap, str | None]]:
    """Every version of that cap with who set it, the newest first."""
    return versions_of(uow, ContractCap, contract_id)


def codes_of(uow: UnitOfWork, lot_id: int) -> LotCode | None:
    """The codes of a lot, where they are known."""
    return uow.session.scalars(select(LotCode).where(col(LotCode.lot_id) == lot_id)).first()


def set_by(uow: UnitOfWork, price_id: int) -> tuple[str | None, datetime]:
    """Who set a price of the actor's lots, and when."""
    by, at = uow.rows(_SET_BY, price_id=price_id).one()
    return by, at


def credit_days(uow: UnitOfWork, price_id: int | None) -> int:
    """Within how many days a price is paid back."""
    found = select(col(Price.credit_days)).where(col(Price.id) == price_id)
    return int(uow.session.scalar(found) or 0)


def terms_of(price: Price) -> PriceTerms:
    """A stored price as its rules take it."""
    values: list[Any] = [getattr(price, column.key) for column in (*_COLUMNS, *_PARTS)]
    return _terms(values)


def _terms(row: Sequence[Any]) -> PriceTerms:
    model, starts_on, ends_on, band, clause, pence, share, vat, minutes, days = row[:10]
    lot_id, price_id, version, billed_to = row[10:14]
    return PriceTerms(
        PriceModel(model),
        starts_on,
        ends_on,
        band,
        clause,
        pence,
        share,
        vat,
        minutes,
        days,
        Parts(*row[14:]),
        lot_id,
        price_id,
        version,
        billed_to,
    )
