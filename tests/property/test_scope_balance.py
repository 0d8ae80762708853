"""Whatever is imported, edited, handed back, moved or reopened, the ledger stays in balance."""

import io
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from app.access.actor import Actor
from app.agreements.hand_backs import service as hand_backs
from app.agreements.hand_backs.service import NotOurs
from app.agreements.proposals import service as proposals
from app.agreements.proposals.models import Proposal
from app.agreements.proposals.rules import HandBackReply
from app.agreements.reopening import service as reopening
from app.agreements.reopening.rules import ReopenReason
from app.cases.due_days import service as calendars
from app.cases.due_days.rules import CalendarWish
from app.cases.register import service as register
from app.cases.register.models import Case
from app.cases.register.recount import recount
from app.cases.scope.models import LedgerPosting
from app.cases.scope.rules import Term
from app.cases.statements import queries as statements
from app.cases.statements import service as issuing
from app.cases.statements.models import ScopeStatement
from app.cases.states import CaseState
from app.contract.rules import CalendarAct
from app.exchange.imports.service.receiving import Sent
from app.exchange.imports.service.unattended import import_file
from app.exchange.readers import Limits
from app.kernel.days import week_ending
from app.kernel.errors import DomainError
from app.plans.rules import HandBackAdvice, HandBackReason
from tests.makers_agreements import a_closed_case
from tests.makers_imports import list_4
from tests.property.runs import run_on_copies
from tests.workbooks import list_4_row
from tests.world import World

REFERENCES = ("C1", "C2", "C3", "C4", "C5")
lists = st.lists(
    st.tuples(st.sampled_from(REFERENCES), st.sampled_from(["01/09/2026", "02/10/2026"])),
    min_size=1,
    max_size=5,
    unique_by=lambda row: row[0],
)
places = st.integers(0, 7)
HAPPENED: Counter[Term] = Counter()
ISSUED: Counter[int] = Counter()


class Scope(RuleBasedStateMachine):
    """People of two lots act on whatever cases there are; what is refused leaves no trace."""

    world: World

    def everybody(self) -> Actor:
        ids = self.world.ids
        return Actor.command_line(
            frozenset(ids["lots"].values()), frozenset(ids["contracts"].values())
        )

    def acts(self, who: str, act, *arguments: object) -> bool:
        try:
            with self.world.acting(who) as uow:
                act(uow, *arguments)
        except DomainError:
            return False
        return True

    def case(self, place: int, *states: CaseState) -> Case | None:
        found = [one for one in self.world.rows(Case) if not states or one.state in states]
        return found[place % len(found)] if found else None

    @initialize(rows=lists, frozen=st.booleans())
    def begin(self, rows: list[tuple[str, str]], *, frozen: bool) -> None:
        self.send(rows)
        if frozen:
            self.freeze(0)

    @rule(rows=lists)
    def send(self, rows: list[tuple[str, str]]) -> None:
        content = list_4(*(list_4_row(reference, start) for reference, start in rows))
        sent = Sent(io.BytesIO(content), "list.csv", self.world.clock.now.date())
        try:
            import_file(
                self.world.database,
                self.everybody(),
                self.world.lot(),
                sent,
                Limits(),
                good_rows=True,
            )
        except DomainError:
            return

    @rule(place=places)
    def freeze(self, place: int) -> None:
        self.acts("paula", register.freeze, self.world.lot(("North", "South")[place % 2]))

    @rule(place=places)
    def hand_back(self, place: int) -> None:
        case = self.case(place, CaseState.UNALLOCATED, CaseState.ALLOCATED)
        if case is None:
            return
        north = case.lot_id == self.world.lot()
        finding = NotOurs(HandBackReason.DUPLICATE, "Same child", HandBackAdvice.NOT_NEEDED)
        if self.acts("tess" if north else "tara", hand_backs.suggest, case.id, finding):
            proposal = self.world.rows(Proposal, case_id=case.id)[-1]
            words = proposal.id, proposal.text_hash, HandBackReply.SENT_IN_ERROR
            assert self.acts("dina" if north else "omar", proposals.agree, *words)

    @rule(place=places)
    def transfer(self, place: int) -> None:
        case = self.case(place, CaseState.UNALLOCATED, CaseState.ALLOCATED)
        if case is not None:
            other = "South" if case.lot_id == self.world.lot() else "North"
            assert self.acts("paula", register.transfer, case.id, self.world.lot(other))

    @rule()
    def clear_one(self) -> None:
        a_closed_case(self.world)

    @rule(place=places)
    def reopen(self, place: int) -> None:
        if case := self.case(place, CaseState.CLOSED):
            assert self.acts("paula", reopening.reopen, case.id, ReopenReason.RE_REFERRAL)

    @rule(days=st.integers(0, 40))
    def change_calendar(self, days: int) -> None:
        day = date(2026, 12, 1) + timedelta(days=days)
        wish = CalendarWish(CalendarAct.DAY_ADDED, "Shut", day=day)
        self.acts("hana", calendars.change_calendar, self.world.contract(), wish)

    @rule(days=st.integers(1, 9))
    def days_pass(self, days: int) -> None:
        self.world.clock.move(days=days)

    @rule(place=places)
    def issue_a_statement(self, place: int) -> None:
        """Of the week that ends while seven days pass, for a lot that has anything to freeze."""
        lot = self.world.lot(("North", "South")[place % 2])
        friday = week_ending(self.world.clock.now.date())
        self.acts("paula", register.freeze, lot)
        self.world.clock.move(days=7)
        self.acts("paula", issuing.issue, lot, friday)

    @invariant()
    def everything_is_a_recount(self) -> None:
        with self.world.database.work(self.everybody()) as uow:
            assert recount(uow).differences == ()

    @invariant()
    def every_lot_balances(self) -> None:
        friday = week_ending(self.world.clock.now.date())
        with self.world.acting("paula") as uow:
            for name in ("North", "South"):
                lot_id = self.world.lot(name)
                assert statements.imbalances(uow, lot_id, friday) == ()
                assert statements.recounted(uow, lot_id) == ()
            for one in self.world.rows(ScopeStatement):
                view = statements.find_view(uow, one.id)
                assert view
                assert statements.holds(uow, view)

    @invariant()
    def whoever_waits_says_since_when(self) -> None:
        for case in self.world.rows(Case):
            waits = case.state.is_open and case.practitioner_id is None
            assert (case.unallocated_on is not None) is waits

    def teardown(self) -> None:
        HAPPENED.update(posting.term for posting in self.world.rows(LedgerPosting))
        ISSUED.update(one.closing for one in self.world.rows(ScopeStatement))


def test_nothing_that_people_do_unbalances_the_ledger(tmp_path: Path) -> None:
    run_on_copies(Scope, tmp_path, runs=20, steps=14)
    assert set(HAPPENED) == set(Term)
    assert ISSUED
