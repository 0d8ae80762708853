"""The demo's prices, milestones and invoices: a month each, answered, credited and paid."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Engine

from app.access.actor import Actor, actor_for
from app.access.roles import Organisation, Role
from app.finance.invoices import queries, service
from app.finance.invoices.queries import LineView
from app.finance.milestones.models import Milestone
from app.finance.prices import service as prices
from app.finance.prices.models import ContractCap, LotCode
from app.finance.prices.rules import Parts, PriceModel, PriceTerms
from app.finance.value import service as value
from app.kernel.days import month_end
from app.kernel.errors import Invalid
from app.people.rules import FULL_TIME, Post
from app.work.database import Database
from app.work.uow import UnitOfWork
from seed.diary import Diary, at
from seed.setting import District, Setting

DAY = FULL_TIME // 5
VAT = 2_000
# A worker's day: pay, National Insurance, levy, holiday pay and the agency's fee, in pence.
RATES = {
    Post.SOCIAL_WORKER: Parts(24_600, 2_830, 123, 2_970, 5_400),
    Post.SENIOR_SOCIAL_WORKER: Parts(26_400, 3_040, 132, 3_190, 5_700),
    Post.ADVANCED_PRACTITIONER: Parts(27_900, 3_210, 140, 3_370, 6_000),
    Post.TEAM_MANAGER: Parts(32_500, 3_740, 163, 3_920, 6_800),
}
# What hire by the day asks for the same posts.
HIRES = dict(zip(RATES, (45_500, 48_000, 50_500, 57_000), strict=True))
TEAM_DAY = 36_800
ANSWERED = timedelta(days=4)
REASONS = ("Please show the hours of the last week", "Two of these days were worked in another lot")
REPLY = "They are as signed: two workers came over for three days, see the timesheet."


def load_prices(uow: UnitOfWork, setting: Setting) -> None:
    """Agree every lot's prices and milestones and count what its weeks bought."""
    for place, district in enumerate(setting.districts):
        for terms in _prices(district, place):
            prices.add_price(uow, district.lot_id, terms)
        uow.load(Milestone, list(_milestones(district)))
        codes = {"cost_centre": f"CS-44{place + 1}0", "ledger_code": f"31200{place}"}
        uow.add(LotCode(lot_id=district.lot_id, **codes))
    first = setting.districts[0]
    uow.add(
        ContractCap(
            contract_id=first.contract_id,
            number=1,
            reason="As signed",
            by_user_id=first.council_manager,
            at=at(first.starts_on, 600),
            pence=420_000_000,
            clause="Schedule 4, 8.1",
        )
    )
    value.load_all(uow)


def _prices(district: District, place: int) -> Iterator[PriceTerms]:
    """One lot by its team's week, one by what is done, the others by the day."""
    since = district.starts_on
    team = len(district.workers) + len(district.team_managers)
    yield _price(PriceModel.SCREENED_OUT, since, "2.9", vat=0)
    for post, pence in HIRES.items():
        terms = {"band": post, "full_minutes": DAY, "vat": 0}
        yield _price(PriceModel.HIRE, since, "9.1", pence, **terms)
    if place == 0:
        week = TEAM_DAY * 5 * team
        yield _price(PriceModel.TEAM_WEEK, since, "2.1", week, full_minutes=FULL_TIME * team)
        yield _price(PriceModel.RETENTION, since, "5.1", share=250, vat=0)
        yield _price(PriceModel.EXPENSES, since, "3.1", 60_000)
    elif place == 1:
        yield _price(PriceModel.ASSESSMENT, since, "2.2", 98_000, credit_days=90)
        yield _price(PriceModel.CLEARED, since, "2.3", 115_000, credit_days=180)
        yield _price(PriceModel.MONTH_CAP, since, "8.2", 11_500_000, vat=0)
    else:
        for post, parts in RATES.items():
            terms = {"band": post, "parts": parts, "full_minutes": DAY}
            yield _price(PriceModel.DAY_RATE, since, "2.4", **terms)
        yield _price(PriceModel.EXPENSES, since, "3.1", 45_000)


def _price(model: PriceModel, since: date, clause: str, pence: int = 0, **terms: Any) -> PriceTerms:
    values = {"vat": VAT, "clause": f"Schedule 4, {clause}", "pence": pence} | terms
    return PriceTerms(model, since, **values)


def _milestones(district: District) -> Iterator[dict[str, Any]]:
    """Mobilised in time; half cleared, shown and not certified yet; the exit still ahead."""
    for title, clause, weeks, pence, words, certified in (
        ("Mobilised: workers approved and list reconciled", "6.1", 3, 1_500_000, "Signed list", 1),
        ("Half of the opening backlog cleared", "6.2", 18, 4_000_000, "See the burn-down", 0),
        ("Exit accepted by every receiving team", "6.3", 29, 2_500_000, "", 0),
    ):
        due = district.starts_on + timedelta(weeks=weeks, days=4)
        done = at(due - timedelta(days=2), 11 * 60)
        shown = at(district.starts_on + timedelta(weeks=min(weeks, 15)), 10 * 60)
        yield {
            "version": 1,
            "lot_id": district.lot_id,
            "title": title,
            "clause": f"Schedule 4, {clause}",
            "due_on": due,
            "pence": pence,
            "vat": VAT,
            "releases": clause == "6.3",
            "evidence": words,
            "evidence_by": district.project_manager if words else None,
            "evidence_at": (done if certified else shown) if words else None,
            "achieved_on": done.date() if certified else None,
            "certified_by": district.council_manager if certified else None,
            "certified_at": done if certified else None,
            "certificate": "Checked against the agreed list" if certified else "",
        }


def load_invoices(engine: Engine, setting: Setting, today: date) -> None:
    """Invoice each month that is over as it would have been, by the acts of both sides."""
    diary, books = Diary.of_england(), _Books(engine, setting)
    last = today.replace(day=1) - timedelta(days=1)
    month = min(one.starts_on for one in setting.districts).replace(day=1)
    while month < last:
        drafted = diary.working(month_end(month) + timedelta(days=3))
        for place, district in enumerate(setting.districts):
            is_last = month_end(month) == last
            soon = drafted + ANSWERED >= today
            if drafted < today and district.starts_on <= month_end(month):
                left = None if not is_last else len(setting.districts) if soon else place
                _invoice(books, district, month, drafted, left=left)
        month = month_end(month) + timedelta(days=1)


class _Books:
    """Works as either side's project manager on a day gone by."""

    def __init__(self, engine: Engine, setting: Setting) -> None:
        self.engine, self.setting = engine, setting

    def agency(self, district: District, day: date) -> AbstractContextManager[UnitOfWork]:
        role = Role.AGENCY_PROJECT_MANAGER
        return self._as(district, district.project_manager, role, Organisation.AGENCY, day)

    def council(self, district: District, day: date) -> AbstractContextManager[UnitOfWork]:
        role = Role.COUNCIL_PROJECT_MANAGER
        return self._as(district, district.council_manager, role, Organisation.COUNCIL, day)

    def _as(
        self, district: District, user_id: int, role: Role, side: Organisation, day: date
    ) -> AbstractContextManager[UnitOfWork]:
        contract_id = district.contract_id
        lots = [one for one in self.setting.districts if one.contract_id == contract_id]
        seen = frozenset((one.lot_id, contract_id) for one in lots)
        actor: Actor = actor_for(user_id, role.label, role, side, seen)
        return Database(self.engine, lambda: at(day, 10 * 60)).work(actor)


def _invoice(
    books: _Books, district: District, month: date, day: date, *, left: int | None
) -> None:
    """Draft, issue, accept and pay a month; of the last one something is `left` to do."""
    with books.agency(district, day) as uow:
        try:
            invoice_id = service.draft(uow, district.lot_id, month)
        except Invalid:
            # A first month of a day or two brought nothing yet.
            return
    if left == 3:
        return
    with books.agency(district, day) as uow:
        service.issue(uow, invoice_id, version=1)
    if left is None:
        _settle(books, district, invoice_id, day)
    elif left in (0, 2):
        _query(books, district, invoice_id, day, replied=left == 0)


def _settle(books: _Books, district: District, invoice_id: int, day: date) -> None:
    with books.council(district, day + ANSWERED) as uow:
        service.accept_all(uow, invoice_id)
    paid_on = day + timedelta(days=21)
    with books.council(district, paid_on) as uow:
        due = queries.find_invoice(uow, invoice_id).due
        if due > 0:
            service.pay(uow, invoice_id, due, paid_on)


def _query(books: _Books, district: District, invoice_id: int, day: date, *, replied: bool) -> None:
    """The council queries the largest line; the rest it accepts where there is a reply."""
    with books.council(district, day + timedelta(days=2)) as uow:
        lines = queries.lines_of(uow, [invoice_id])
        line = max(lines, key=_size)
        service.query(uow, line.line_id, REASONS[not replied], version=line.version)
    if replied:
        with books.agency(district, day + timedelta(days=3)) as uow:
            service.reply(uow, line.line_id, REPLY, version=line.version + 1)
        with books.council(district, day + ANSWERED) as uow:
            service.accept_all(uow, invoice_id)


def _size(line: LineView) -> int:
    return line.answered.whole.pence
