"""The measures, against the rows that they stand for."""

from datetime import date, timedelta

from sqlalchemy import event

from app.agreements.reopening import service as reopening
from app.agreements.reopening.rules import ReopenReason
from app.cases.register.models import Case
from app.cases.scope import queries as scope
from app.cases.scope import service as ledger
from app.cases.scope.models import WeekTotal
from app.cases.scope.rules import WEEK, Ledger, Term, lot_weeks, part_of, rate_of_weeks
from app.cases.scope.service import Place, Shift
from app.cases.states import CaseState
from app.contract import queries as contract
from app.kernel.days import week_ending
from app.performance import queries as performance
from app.performance.queries import BurnDown, Figures
from app.performance.rules import burn_down
from app.work.sight import looking_at
from app.work.uow import UnitOfWork
from tests.makers import a_case
from tests.makers_delivery import a_cleared_case
from tests.world import TODAY, World


def test_figures_count_each_lot_by_state_and_what_is_late(world: World) -> None:
    a_case(world)
    a_case(world, referred_on=TODAY - timedelta(days=120))
    a_case(world, state=CaseState.SUBMITTED)
    a_case(world, state=CaseState.PROPOSED, referred_on=TODAY - timedelta(days=120))
    a_cleared_case(world)
    with world.acting("paula") as uow:
        mid, north, _south = performance.figures(uow)
    assert mid == Figures(world.lot("Mid"), "Mid", *[0] * 9)
    assert north == Figures(
        world.lot(),
        "North",
        open=4,
        unallocated=2,
        overdue=1,
        to_authorise=1,
        to_agree=1,
        to_end=0,
        cleared=1,
        cleared_this_week=1,
        reopened=0,
    )


def test_figures_show_only_the_actors_lots(world: World) -> None:
    a_case(world, "South")
    with world.acting("tess") as uow:
        [north] = performance.figures(uow)
    assert (north.name, north.open) == ("North", 0)


def test_figures_take_three_queries_and_what_they_read_is_not_asked_again(world: World) -> None:
    a_case(world)
    asked = []
    with world.acting("paula") as uow:
        event.listen(world.database.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
        performance.figures(uow)
        assert len([statement for statement in asked if statement.startswith("SELECT")]) == 3
        asked.clear()
        assert scope.list_standing(uow)
        assert scope.list_latest(uow)
        assert asked == []


def test_what_was_read_once_is_read_afresh_in_a_command_and_after_it(world: World) -> None:
    case_id = a_cleared_case(world)
    with world.acting("tess") as uow:
        before = performance.figures(uow)[0]
        reopening.reopen(uow, case_id, ReopenReason.RE_REFERRAL)
        after = performance.figures(uow)[0]
    assert (before.open, before.reopened, after.open, after.reopened) == (0, 0, 1, 1)


def test_a_command_sees_what_it_has_changed_itself(world: World) -> None:
    case_id = a_case(world)
    row = world.row(Case, case_id)
    with world.setting_up() as uow:
        before = {one.state: one.cases for one in scope.list_standing(uow)}
        waits = Place(row.lot_id, CaseState.UNALLOCATED, row.due_on)
        ledger.post(uow, [Shift(case_id, waits, waits._replace(state=CaseState.ALLOCATED))])
        after = {one.state: one.cases for one in scope.list_standing(uow)}
    assert before == {CaseState.UNALLOCATED: 1}
    assert after == {CaseState.UNALLOCATED: 0, CaseState.ALLOCATED: 1}


def test_what_was_read_once_is_not_told_to_who_looks_at_fewer_lots(world: World) -> None:
    north, south = world.lot("North"), world.lot("South")
    a_case(world, "North")
    a_case(world, "South")
    a_case(world, "Moor")
    with world.acting("paula") as uow:
        assert {one.lot_id for one in scope.list_standing(uow)} == {north, south}
        with looking_at(uow, world.contract(), {south}):
            assert {one.lot_id for one in scope.list_standing(uow)} == {south}
        a_case(world, "Moor")
        with uow.beyond_scope():
            assert {one.lot_id for one in scope.list_standing(uow)} > {north, south}


def burn_down_of(uow: UnitOfWork, told: Ledger, lots: dict[int, str]) -> BurnDown:
    targets = [one for lot, one in contract.list_targets(uow).items() if lot in lots]
    return performance.burn_down(told, tuple(targets), tuple(lots.items()), uow.today)


def test_a_reopened_case_stands_out_until_it_is_cleared_again(world: World) -> None:
    case_id = a_cleared_case(world)
    a_case(world)
    with world.acting("tess") as uow:
        assert performance.cleared_cases(uow, world.lot()) == 1
        reopening.reopen(uow, case_id, ReopenReason.RE_REFERRAL)
        assert performance.cleared_cases(uow, world.lot()) == 0
    with world.acting("paula") as uow:
        burn = burn_down_of(uow, scope.read_weeks(uow), {world.lot(): "North"})
    last = burn.points[-1]
    assert (last.open, last.scope, last.cleared, last.reopened) == (2, 2, 1, 1)
    assert burn.ends_on == date(2027, 3, 26)
    assert burn.rate.ends_on is None


def test_the_burn_down_of_weeks_is_that_of_days_in_the_first_week_and_the_running_one(
    world: World,
) -> None:
    first, second, lot = a_case(world), a_case(world), world.lot()
    begun = date(2026, 11, 2)
    world.clock.move(days=3)
    monday = TODAY + timedelta(days=3)
    waits = Place(lot, CaseState.UNALLOCATED, None)
    closed = Place(lot, CaseState.CLOSED, None)
    with world.setting_up() as uow:
        for case_id, before, after, term, on in (
            (first, waits, closed, Term.CLEARED, begun + timedelta(days=1)),
            (first, closed, waits, Term.REOPENED, begun + timedelta(days=2)),
            (second, waits, closed, Term.CLEARED, monday),
        ):
            ledger.post(uow, [Shift(case_id, before, after, term, effective_on=on)])
    with world.acting("paula") as uow:
        weeks = burn_down(scope.read_weeks(uow), monday)
        days = burn_down(Ledger(tuple(scope.list_changes(uow, monday))), monday)
    told = [[(one.day, one.open, one.scope, one.cleared) for one in way] for way in (weeks, days)]
    assert told[0] == told[1]
    assert [one.reopened for one in weeks] == [0, *[1] * (len(weeks) - 1)]


def test_lots_count_the_same_by_all_weeks_of_the_ledger_and_by_the_last_ones(
    world: World,
) -> None:
    case_ids = [a_case(world) for _ in range(14)]
    world.clock.move(days=7 * 13)
    waits = Place(world.lot(), CaseState.UNALLOCATED, None)
    closed = Place(world.lot(), CaseState.CLOSED, None)
    with world.setting_up() as uow:
        for week, case_id in enumerate(case_ids):
            on = TODAY + timedelta(days=7 * week)
            ledger.post(uow, [Shift(case_id, waits, closed, Term.CLEARED, effective_on=on)])
            if week % 3 == 0:
                again = Shift(case_id, closed, waits, Term.REOPENED, effective_on=on)
                ledger.post(uow, [again])
    with world.acting("paula") as uow:
        latest, every = scope.list_latest(uow), lot_weeks(scope.read_weeks(uow))
        assert len(latest) < len(every)
        assert performance.figures(uow, every) == performance.figures(uow)
        assert rate_of_weeks(every, uow.today) == rate_of_weeks(latest, uow.today)
        [north, *_] = (one for one in performance.figures(uow) if one.lot_id == world.lot())
    assert (north.cleared, north.cleared_this_week, north.reopened) == (14, 1, 5)


def test_a_lot_that_began_later_begins_on_the_same_day_for_whoever_looks(world: World) -> None:
    monday = TODAY - timedelta(days=4)
    a_case(world, received_on=TODAY - timedelta(days=30))
    a_case(world, "South", received_on=monday)
    a_case(world, "South", received_on=TODAY)
    levels = []
    for who in ("tara", "paula"):
        with world.acting(who) as uow:
            own = part_of(scope.read_weeks(uow), frozenset({world.lot("South")}))
        levels.append([(point.day, point.open) for point in burn_down(own, TODAY)])
    assert levels == [[(monday, 1), (TODAY, 2)]] * 2


def test_the_plan_of_several_lots_is_their_sum(world: World) -> None:
    with world.acting("paula") as uow:
        lots = {world.lot(name): name for name in ("North", "South")}
        burn = burn_down_of(uow, Ledger(()), lots)
    assert burn.points == ()
    assert burn.planned[0] == (date(2026, 11, 2), 40)
    assert burn.planned[-1] == (date(2027, 3, 26), 0)


def test_the_last_weeks_and_all_before_them_tell_each_change_of_a_lot_once(world: World) -> None:
    mine, weeks_ago = {"lot_id": world.lot(), "term": Term.RECEIVED, "outcome": ""}, range(14)
    with world.setting_up() as uow:
        today, first = uow.today, week_ending(uow.today)
        for back in weeks_ago:
            uow.add(WeekTotal(**mine, week_ending=first - WEEK * back, cases=2**back, again=0))
    with world.acting("tess") as uow:
        weeks = scope.list_latest(uow)
    kept = week_ending(today - scope.RECENT)
    assert {one.ending: one.received for one in weeks} == {
        first - WEEK * 13: 2**11 + 2**12 + 2**13,
        **{first - WEEK * back: 2**back for back in weeks_ago if first - WEEK * back >= kept},
    }
    assert sum(one.cases for one in weeks) == 2**14 - 1
