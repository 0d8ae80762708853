"""The demo's history: the same for a day, with every state and every awkward case, and balanced."""

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from app.access.actor import Actor
from app.access.models import User
from app.access.roles import Organisation, Role
from app.agreements.closures.models import Closure
from app.agreements.closures.rules import ClosureReason
from app.agreements.handovers.models import Handover
from app.agreements.proposals.models import Proposal
from app.agreements.proposals.rules import Decision
from app.cases.assessments.models import Assessment
from app.cases.groups.models import GroupWeek
from app.cases.groups.rules import PROTECTED
from app.cases.register.models import Allocation, Case, CaseMove
from app.cases.register.recount import recount
from app.cases.register.rules import AllocationRole, ChangeReason
from app.cases.scope.models import Baseline, LedgerPosting
from app.cases.scope.rules import Term
from app.cases.states import CaseState
from app.contract import queries as contract
from app.contract.models import Contract, Lot
from app.db.engine import open_engine
from app.exit.steps.models import ExitStep
from app.finance.models import Budget, Cost
from app.kernel.acts import Act
from app.kernel.days import LONDON, london_date, week_ending
from app.kernel.errors import Refused
from app.people.models import Practitioner
from app.safeguarding.flags.models import Flag
from app.settings import ROOT
from app.work import trail
from app.work.database import Database
from app.work.models import TrailEntry
from seed import demo, standing
from tests.seed.conftest import TODAY

# Nobody in the demo has undone an import.
STATES = set(CaseState) - {CaseState.WITHDRAWN}


def rows(database: Database, model: Any, *where: Any) -> list[Any]:
    with Session(database.engine, expire_on_commit=False) as session:
        return list(session.exec(select(model).where(*where)).all())


def states(database: Database) -> Counter[tuple[Any, ...]]:
    return Counter((c.reference, c.state, c.due_on, c.seen_on) for c in rows(database, Case))


def everything(database: Database) -> Actor:
    lots = rows(database, Lot)
    return Actor.command_line(
        frozenset(lot.id for lot in lots), frozenset(lot.contract_id for lot in lots)
    )


def test_any_day_of_the_year_has_a_demo(named: Callable[[], str]):
    # Summer time begins on it; the first working Monday of a year is that of the next test.
    address, day = named(), date(2027, 3, 28)
    standing.main(address, fresh=False, today=day)
    is_whole(address, day)


def test_a_demo_that_broke_off_is_made_anew_an_old_one_kept_and_a_fresh_one_is_that_of_its_day(
    named: Callable[[], str], filled: Database, monkeypatch: pytest.MonkeyPatch, capsys
):
    address, january = named(), date(2026, 1, 5)
    with monkeypatch.context() as broken:
        broken.setattr(demo, "load", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            standing.main(address, fresh=False, today=january)
    standing.main(address, fresh=False, today=january)
    is_whole(address, january)
    standing.main(address, fresh=False, today=TODAY)
    assert "made on 5 Jan 2026; --fresh makes one for today" in capsys.readouterr().out
    standing.main(address, fresh=True, today=TODAY)
    again = Database(open_engine(address), demo.clock_of(TODAY))
    assert standing.made_for(address) == TODAY
    assert states(again) == states(filled)
    moves = [
        Counter((m.at, m.act, m.by_user_id) for m in rows(d, CaseMove)) for d in (again, filled)
    ]
    assert moves[0] == moves[1]
    again.engine.dispose()


def is_whole(address: str, day: date) -> None:
    """A demo of this day stands there with cases in every state, and balances."""
    database = Database(open_engine(address), demo.clock_of(day))
    assert max(london_date(move.at) for move in rows(database, CaseMove)) < day
    assert {case.state for case in rows(database, Case)} == STATES
    with database.work(everything(database)) as uow:
        assert recount(uow).ok
    # What tells that nothing is missing comes after everything else.
    assert max(rows(database, TrailEntry), key=lambda entry: entry.seq).subject == standing.WHOLE
    database.engine.dispose()


def test_a_demo_of_today_is_left_alone(filled: Database, capsys):
    address = filled.engine.url.render_as_string(hide_password=False)
    before = rows(filled, TrailEntry)
    standing.main(address, fresh=False, today=TODAY)
    assert rows(filled, TrailEntry) == before
    assert capsys.readouterr().out == ""


def test_keeping_a_demo_loads_nothing_of_what_makes_one(filled: Database):
    address = filled.engine.url.render_as_string(hide_password=False)
    keep = (
        "import sys; from datetime import date; from seed import standing;"
        "standing.main(sys.argv[1], fresh=False, today=date.fromisoformat(sys.argv[2]));"
        "sys.exit('seed.demo' in sys.modules)"
    )
    command = (sys.executable, "-c", keep, address, TODAY.isoformat())
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize("fresh", [False, True])
def test_a_database_of_real_people_is_never_filled(fresh: bool, empty: Callable[[], Database]):
    database = empty()
    with Session(database.engine) as session:
        session.add(
            User(
                email="real@example.org",
                name="Real Person",
                role=Role.AUDITOR,
                organisation=Organisation.COUNCIL,
                created_at=database.clock(),
            )
        )
        session.commit()
    address = database.engine.url.render_as_string(hide_password=False)
    with pytest.raises(Refused, match="not of the demo"):
        standing.main(address, fresh=fresh, today=TODAY)
    assert len(rows(database, User)) == 1


def test_its_size_and_its_people(filled: Database):
    county = rows(filled, Contract, col(Contract.council) == "Norhamshire County Council")[0]
    lots = rows(filled, Lot, col(Lot.contract_id) == county.id)
    cases = rows(filled, Case, col(Case.contract_id) == county.id)
    people = Counter(user.role for user in rows(filled, User))
    assert len(lots) == 3
    assert 600 <= len(cases) <= 700
    workers = rows(filled, Practitioner, col(Practitioner.contract_id) == county.id)
    begun = Counter(worker.post.holds_cases for worker in workers if worker.starts_on <= TODAY)
    assert begun == {True: 30, False: 6}
    assert people[Role.TEAM_MANAGER] == 6 + 2
    assert set(people) == set(Role)
    assert all(user.demo and user.password_hash is None for user in rows(filled, User))
    assert (TODAY - county.starts_on).days // 7 == 17
    assert len(rows(filled, Case, col(Case.contract_id) != county.id)) == 20


def test_every_state_is_there_in_the_county(filled: Database):
    assert {case.state for case in rows(filled, Case)} == STATES


def test_the_ledger_balances_and_the_counters_equal_a_recount(filled: Database):
    with filled.work(everything(filled)) as uow:
        assert recount(uow).differences == ()
    still_open = Counter(case.lot_id for case in rows(filled, Case) if case.state.is_open)
    balance: Counter[int] = Counter()
    for posting in rows(filled, LedgerPosting):
        balance[posting.lot_id] += posting.cases
    assert balance == still_open
    terms = {posting.term for posting in rows(filled, LedgerPosting)}
    assert terms == set(Term)
    transfers = rows(filled, LedgerPosting, col(LedgerPosting.term) == Term.TRANSFERRED)
    assert transfers
    assert sum(posting.cases for posting in transfers) == 0


def test_postings_stand_in_the_order_in_which_they_happened(filled: Database):
    postings = sorted(rows(filled, LedgerPosting), key=lambda posting: posting.id)
    assert [p.at for p in postings] == sorted(p.at for p in postings)
    assert all(p.effective_on == london_date(p.at) for p in postings)


def test_each_lot_froze_exactly_its_opening_cases(filled: Database):
    opening = Counter(p.lot_id for p in rows(filled, LedgerPosting) if p.term is Term.OPENING)
    assert {b.lot_id: b.cases for b in rows(filled, Baseline)} == dict(opening)


def test_lots_are_ahead_of_and_behind_their_targets(filled: Database):
    still_open = Counter(case.lot_id for case in rows(filled, Case) if case.state.is_open)
    actor = everything(filled)
    with filled.work(actor) as uow:
        planned = {
            lot_id: next(
                week.still_open for week in contract.planned_of(target) if week.week_ending >= TODAY
            )
            for lot_id, target in contract.list_targets(uow).items()
        }
    ahead, near, behind = (still_open[lot] - planned[lot] for lot in sorted(planned)[:3])
    assert ahead < 0 < behind
    assert ahead < near < behind


def test_acts_fall_into_working_hours(filled: Database):
    for move in rows(filled, CaseMove):
        local = move.at.astimezone(LONDON)
        assert local.weekday() < 5
        assert 9 <= local.hour < 18
        assert local.date() == move.made_on


def test_the_awkward_cases_are_there(filled: Database):
    cases = {case.id: case for case in rows(filled, Case)}
    flags = rows(filled, Flag)
    families = Counter(case.family_key for case in cases.values() if case.family_key)
    waiting = [
        proposal
        for proposal in rows(filled, Proposal, col(Proposal.decision).is_(None))
        if cases[proposal.case_id].state is CaseState.PROPOSED
    ]
    handovers = [
        one
        for one in rows(filled, Handover, col(Handover.accepted_on).is_(None))
        if cases[one.case_id].state is CaseState.AGREED
    ]
    assert max(families.values()) >= 3
    assert [flag for flag in flags if flag.acknowledged_at is None and flag.case_id]
    assert [flag for flag in flags if flag.case_id is None]
    assert sum(case.open_flags for case in cases.values()) == sum(
        1 for flag in flags if flag.case_id and flag.resolved_at is None
    )
    assert {p.decision for p in rows(filled, Proposal)} == {None, *Decision}
    assert min(p.proposed_at for p in waiting).date() <= TODAY - timedelta(days=14)
    assert [one for one in handovers if one.requested_at is None]
    assert {c.reason for c in rows(filled, Closure) if c.closed_at} == set(ClosureReason)
    assert [case for case in cases.values() if case.reopened_on and case.state.is_open]
    assert [c for c in cases.values() if c.state.clock_runs and c.due_on and c.due_on < TODAY]
    submitted = [c for c in cases.values() if c.state is CaseState.SUBMITTED]
    assert [case for case in submitted if case.seen_on is None]


def test_a_leaver_holds_nothing_and_an_expired_registration_takes_nothing_new(filled: Database):
    leaver = rows(filled, Practitioner, col(Practitioner.ends_on).is_not(None))[0]
    open_cases = [case for case in rows(filled, Case) if case.state.is_open]
    assert leaver.id not in {case.practitioner_id for case in open_cases}
    assert rows(filled, Allocation, col(Allocation.reason) == ChangeReason.LEFT_ROLE)
    expired = next(
        one
        for one in rows(filled, Practitioner)
        if one.registration_expires_on and one.registration_expires_on < TODAY
    )
    begun = rows(filled, Allocation, col(Allocation.practitioner_id) == expired.id)
    assert begun
    assert max(one.starts_on for one in begun) <= expired.registration_expires_on
    unqualified = rows(filled, Practitioner, ~col(Practitioner.qualified))[0]
    assert not rows(filled, Allocation, col(Allocation.practitioner_id) == unqualified.id)


def test_protection_is_counted_from_the_weeks_in_which_it_began(filled: Database):
    came = Counter[date]()
    for one in rows(filled, GroupWeek, col(GroupWeek.code) == PROTECTED):
        assert min(one.came, one.went) >= 0
        came[one.week_ending] += one.came
    assert came[week_ending(TODAY)] < came.total() / 4


def test_whoever_holds_an_open_case_is_its_history_s_last_and_ended_cases_have_nobody(
    filled: Database,
):
    running = {
        (one.case_id, one.role): one.practitioner_id
        for one in rows(filled, Allocation, col(Allocation.ends_on).is_(None))
    }
    held = {
        (case.id, role): who
        for case in rows(filled, Case, col(Case.ended_on).is_(None))
        for role, who in (
            (AllocationRole.PRIMARY, case.practitioner_id),
            (AllocationRole.CO_WORKER, case.co_worker_id),
        )
        if who is not None
    }
    assert held
    assert running == held


def test_no_author_authorises_or_closes_their_own_work(filled: Database):
    for assessment in rows(filled, Assessment, col(Assessment.authorised_by).is_not(None)):
        assert assessment.authorised_by != assessment.submitted_by
    for closure in rows(filled, Closure, col(Closure.closed_by).is_not(None)):
        assert closure.closed_by != closure.written_by


def test_money_and_exit_are_under_way(filled: Database):
    lots = {lot.id for lot in rows(filled, Lot)}
    assert {one.lot_id for one in rows(filled, Budget)} == lots
    assert {one.lot_id for one in rows(filled, Cost)} == lots
    assert max(one.week_ending for one in rows(filled, Cost)) < TODAY
    steps = rows(filled, ExitStep)
    assert {one.done_on is None for one in steps} == {True, False}
    assert [one for one in steps if one.done_on is None and one.due_on < TODAY]


def test_the_trail_holds(filled: Database):
    with filled.engine.connect() as connection:
        verdict = trail.verify(connection)
    assert verdict.ok
    # Measures are read and invoices made by their own acts, as they would have been; whoever
    # reads the demo in another test signed in.
    own = ("measure.", "invoice.", "session.")
    assert {act for (act,) in _acts(filled) if not act.startswith(own)} == {Act.DEMO_SEED.value}


def _acts(database: Database) -> set[tuple[str]]:
    with database.engine.connect() as connection:
        return {tuple(row) for row in connection.execute(select(trail.ENTRIES.c.act).distinct())}
