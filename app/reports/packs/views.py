"""What stands against a pack: the days that others tell of already, and work that goes on."""

from app.cases.scope import queries as scope
from app.contract import queries as contract
from app.reports.packs import queries, rules
from app.reports.packs.queries import About, DraftView, PackView
from app.reports.packs.rules import Kind, period_of
from app.work.uow import UnitOfWork


def told_by(uow: UnitOfWork, about: About) -> PackView | None:
    """The issue that tells of days of the same lot and period already, if there is one."""
    found = queries.issues_about(uow, about.contract_id, about.kind, about.period)
    return next((one for one in found if one.lot_id == about.lot_id), None)


def issued_of_now(uow: UnitOfWork) -> list[PackView]:
    """The packs of the periods that a draft of today would be about."""
    return [
        one
        for agreed in contract.list_contracts(uow)
        if agreed.id is not None and agreed.starts_on <= uow.today
        for kind in Kind
        for one in queries.issues_about(
            uow, agreed.id, kind, period_of(kind, agreed.starts_on, agreed.ends_on, uow.today)
        )
    ]


def too_early(uow: UnitOfWork, view: DraftView) -> str:
    """Why a draft is not to be issued yet; empty where it may be, as a correction always may."""
    if view.kind is not Kind.FINAL or view.again is not None:
        return ""
    lots = [one for one in contract.list_lots(uow) if one.contract_id == view.contract_id]
    ours = {one.id for one in lots}
    standing = [one for one in scope.list_standing(uow) if one.lot_id in ours and one.cases]
    listed = {one.lot_id for one in standing}
    return rules.too_early(
        open_cases=sum(one.cases for one in standing if one.state.is_open),
        unlisted=[one.name for one in lots if one.closed_on is None and one.id not in listed],
        ends_on=contract.find_contract(uow, view.contract_id).ends_on,
        today=uow.today,
    )


def why_not(uow: UnitOfWork, view: DraftView) -> str:
    """Why a draft is not to be issued; empty where it may be."""
    told = None if view.again else told_by(uow, view.about)
    if told is not None:
        return rules.issued_words(told.number, told.period, view.about.period)
    return too_early(uow, view)


def drafted_again(uow: UnitOfWork, one: PackView) -> int | None:
    """The draft of a further issue of a pack's number that waits, if there is one."""
    asked = one.contract_id, one.number
    drafts = queries.list_drafts(uow)
    return next((of.id for of in drafts if (of.contract_id, of.again) == asked), None)
