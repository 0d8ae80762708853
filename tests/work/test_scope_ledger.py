"""The ledger: what a case enters under, freezing the opening list, and statements that balance."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cases.register import service as register
from app.cases.register.models import Case
from app.cases.scope import queries as scope
from app.cases.scope import service as ledger
from app.cases.scope.models import Baseline
from app.cases.scope.rules import Change, Term, signed, statements
from app.kernel.errors import Forbidden, NotFound, Refused
from tests.makers import a_case
from tests.world import TODAY, World


def test_cases_enter_as_opening_until_the_list_is_frozen_then_as_received(world: World) -> None:
    a_case(world)
    with world.acting("paula") as uow:
        assert ledger.arrival_term(uow, world.lot()) is Term.OPENING
        register.freeze(uow, world.lot())
        assert ledger.arrival_term(uow, world.lot()) is Term.RECEIVED
        assert ledger.arrival_term(uow, world.lot("South")) is Term.OPENING


def test_a_frozen_list_is_kept_with_its_length_and_the_digest_of_its_references(
    world: World,
) -> None:
    references = [world.row(Case, a_case(world)).reference for _ in range(3)]
    a_case(world, "South")
    with world.acting("paula") as uow:
        register.freeze(uow, world.lot())
    [kept] = world.rows(Baseline)
    assert (kept.lot_id, kept.cases, kept.frozen_on) == (world.lot(), 3, TODAY)
    assert kept.digest == ledger.digest_of(references[::-1])


def test_a_list_is_frozen_once_and_never_empty(world: World) -> None:
    with world.acting("paula") as uow, pytest.raises(Refused, match="no case"):
        register.freeze(uow, world.lot())
    a_case(world)
    with world.acting("paula") as uow:
        register.freeze(uow, world.lot())
        with pytest.raises(Refused, match="already frozen"):
            register.freeze(uow, world.lot())


def test_only_the_agencys_project_manager_freezes_and_only_in_her_lots(world: World) -> None:
    a_case(world)
    with world.acting("hana") as uow, pytest.raises(Forbidden):
        register.freeze(uow, world.lot())
    with world.acting("eve") as uow, pytest.raises(NotFound):
        register.freeze(uow, world.lot())
    assert world.rows(Baseline) == []


def test_the_statement_of_a_lot_balances_with_the_cases_that_are_open_now(world: World) -> None:
    a_case(world)
    moved = a_case(world)
    with world.acting("paula") as uow:
        register.transfer(uow, moved, world.lot("South"))
    with world.acting("paula") as uow:
        changes = scope.list_changes(uow, TODAY)
        kept = statements(changes, date(2026, 11, 2))
        open_now = scope.open_cases(scope.list_counted(uow))
    assert {lot: one.closing for lot, one in kept.items()} == dict(open_now)
    assert kept[world.lot()].change(Term.TRANSFERRED) == -1
    assert kept[world.lot("South")].change(Term.TRANSFERRED) == 1


def test_a_statement_from_a_later_day_begins_with_the_balance_before_it(world: World) -> None:
    a_case(world)
    with world.acting("paula") as uow:
        later = statements(scope.list_changes(uow, TODAY), TODAY)[world.lot()]
    assert (later.before, later.change(Term.OPENING), later.closing) == (1, 0, 1)


DAYS = st.dates(date(2026, 11, 2), date(2027, 2, 1))
POSTINGS = st.tuples(DAYS, st.sampled_from(list(Term)), st.booleans(), st.integers(1, 3))


@given(st.lists(POSTINGS, max_size=60), DAYS)
def test_a_statement_closes_at_the_sum_of_all_postings_wherever_it_begins(
    postings: list[tuple[date, Term, bool, int]], since: date
) -> None:
    changes = [
        Change(lot, day, term, "", signed(term, arriving=arriving))
        for day, term, arriving, lot in postings
    ]
    kept = statements(changes, since)
    for lot in {change.lot_id for change in changes}:
        own = [change for change in changes if change.lot_id == lot]
        assert kept[lot].closing == sum(change.cases for change in own)
        shown = {term: kept[lot].shown(term) for term in Term}
        assert kept[lot].closing == (
            kept[lot].before
            + shown[Term.OPENING]
            + shown[Term.RECEIVED]
            - shown[Term.HANDED_BACK]
            + shown[Term.TRANSFERRED]
            - shown[Term.CLEARED]
            + shown[Term.REOPENED]
        )
