"""The unit of work: scope, commands, the trail and form keys."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import aliased
from sqlmodel import col, func, select, update

from app.access.actor import Actor
from app.access.models import SignInSession
from app.cases.register import service as register
from app.cases.register.models import Case, CaseMove
from app.cases.scope.models import CaseCounter, DailyTotal, LedgerPosting
from app.contract.models import ClockRule, Lot, ReceivingTeam
from app.kernel.acts import Act
from app.kernel.errors import Change, Conflict, Forbidden, NotFound
from app.work import trail
from app.work.keys import FormKey, KeyReused, Repeated
from app.work.models import TrailDetail, TrailEntry, UsedKey, View
from app.work.scope import Sight
from app.work.uow import UnitOfWork
from tests.makers import a_case
from tests.world import World


def test_a_case_of_another_lot_is_as_absent_as_one_that_never_was(world: World) -> None:
    theirs = a_case(world, "South")
    with world.acting("tess") as uow:
        for case_id in (theirs, 999_999):
            with pytest.raises(NotFound):
                register.find(uow, case_id)
        assert uow.session.exec(select(func.count()).select_from(Case)).one() == 0


def test_columns_counts_and_subqueries_are_narrowed_too(world: World) -> None:
    a_case(world, "South")
    mine = a_case(world, "North")
    with world.acting("tess") as uow:
        assert uow.session.exec(select(Case.id)).all() == [mine]
        inner = select(Case.id).where(col(Case.id) > 0)
        assert uow.session.exec(select(Case.reference).where(col(Case.id).in_(inner))).all() != []
        assert uow.session.scalar(select(func.count(col(Case.id)))) == 1


def test_a_practitioner_sees_only_the_cases_they_hold_or_help_with(world: World) -> None:
    a_case(world, practitioner_id=world.practitioner("pete"))
    own = a_case(world, practitioner_id=world.practitioner("priya"))
    helped = a_case(world, co_worker_id=world.practitioner("priya"))
    with world.acting("priya") as uow:
        assert set(uow.session.exec(select(Case.id)).all()) == {own, helped}


def test_a_change_outside_a_command_is_refused(world: World) -> None:
    case_id = a_case(world)
    with world.acting("tess") as uow:
        case = register.find(uow, case_id)
        case.source_team = "Duty"
        with pytest.raises(RuntimeError, match="outside a command"):
            uow.session.flush()


def test_a_role_without_the_act_cannot_run_its_command(world: World) -> None:
    with world.acting("carl") as uow, pytest.raises(Forbidden), uow.command(Act.CASE_ALLOCATE):
        raise AssertionError


def test_rows_of_the_trail_cannot_be_changed_in_bulk_by_a_side_door(world: World) -> None:
    a_case(world)
    with (
        world.acting("tess") as uow,
        pytest.raises(RuntimeError, match="one by one"),
        uow.command(Act.CASE_ALLOCATE),
    ):
        uow.session.exec(update(Case).values(source_team="x"))


def test_a_failed_command_leaves_nothing_behind(world: World) -> None:
    case_id = a_case(world)
    entries = len(world.rows(TrailEntry))
    with world.acting("tess") as uow, pytest.raises(ZeroDivisionError):
        fail_after_a_change(world, uow, case_id)
    assert world.row(Case, case_id).co_worker_id is None
    assert len(world.rows(TrailEntry)) == entries


def fail_after_a_change(world: World, uow: UnitOfWork, case_id: int) -> None:
    with uow.command(Act.CASE_ALLOCATE):
        pete = world.practitioner("pete")
        register.set_facts(uow, register.find(uow, case_id), co_worker_id=pete)
        raise ZeroDivisionError


def test_each_changed_row_is_told_before_and_after(world: World) -> None:
    case_id = a_case(world)
    with world.acting("tess") as uow, uow.command(Act.CASE_ALLOCATE):
        register.set_facts(
            uow, register.find(uow, case_id), co_worker_id=world.practitioner("pete")
        )
    entry = world.rows(TrailEntry, act="case.allocate")[0]
    assert (entry.subject, entry.subject_id, entry.case_id) == ("cases", case_id, case_id)
    assert entry.actor_id == world.user("tess")
    detail = world.rows(TrailDetail, seq=entry.seq)[0]
    assert f'"co_worker_id":[null,{world.practitioner("pete")}]' in detail.changes


@pytest.mark.parametrize(
    "fault",
    [
        "UPDATE trail SET act = 'case.close' WHERE seq = 3",
        "UPDATE trail SET actor_id = 1 WHERE seq = 3",
        "UPDATE trail_details SET changes = '{}' WHERE seq = 3",
        "DELETE FROM trail_details WHERE seq = 3",
    ],
)
def test_verify_names_the_first_entry_that_was_tampered_with(world: World, fault: str) -> None:
    a_case(world)
    with world.database.engine.connect() as connection:
        assert trail.verify(connection).ok
    with world.database.engine.connect().execution_options(writing=True) as connection:
        lift_the_triggers(connection)
        connection.execute(text(fault))
        verdict = trail.verify(connection)
    assert (verdict.ok, verdict.broken_at) == (False, 3)


def test_the_same_form_saved_twice_changes_once_and_answers_the_same(world: World) -> None:
    case_id = a_case(world)
    answers = []
    for _ in range(2):
        with world.acting("tess") as uow:
            uow.form_key, uow.answers_later = FormKey("k1", "body"), True
            try:
                with uow.command(Act.CASE_ALLOCATE):
                    register.step(uow, register.find(uow, case_id), Act.CASE_ALLOCATE)
                uow.settle("/cases/1")
                answers.append("/cases/1")
            except Repeated as repeated:
                answers.append(repeated.location)
    assert answers == ["/cases/1", "/cases/1"]
    assert len(world.rows(CaseMove, case_id=case_id)) == 1
    assert len(world.rows(UsedKey)) == 1


def test_a_used_key_with_other_answers_is_refused(world: World) -> None:
    for body in ("one", "two"):
        with world.acting("tess") as uow:
            uow.form_key = FormKey("k1", body)
            if body == "one":
                with uow.command(Act.CASE_ALLOCATE):
                    pass
            else:
                with pytest.raises(KeyReused), uow.command(Act.CASE_ALLOCATE):
                    pass


def test_a_command_that_is_never_settled_never_happened(world: World) -> None:
    case_id = a_case(world)
    with world.acting("tess") as uow:
        uow.answers_later = True
        with uow.command(Act.CASE_ALLOCATE):
            register.step(uow, register.find(uow, case_id), Act.CASE_ALLOCATE)
    assert world.row(Case, case_id).state == "unallocated"


def test_rows_cannot_be_loaded_into_a_lot_that_is_not_the_actors(world: World) -> None:
    with world.acting("tess") as uow, pytest.raises(NotFound), uow.command(Act.CASE_ALLOCATE):
        uow.load(CaseCounter, [{"lot_id": world.lot("South"), "state": "closed", "cases": 1}])


def test_counters_and_totals_follow_each_posting(world: World) -> None:
    case_id = a_case(world)
    with world.acting("tess") as uow, uow.command(Act.CASE_ALLOCATE):
        register.step(uow, register.find(uow, case_id), Act.CASE_ALLOCATE)
    counted = {(c.state.value, c.cases) for c in world.rows(CaseCounter, lot_id=world.lot())}
    assert counted == {("unallocated", 0), ("allocated", 1)}
    assert [(p.term.value, p.cases) for p in world.rows(LedgerPosting)] == [("opening", 1)]
    assert [t.cases for t in world.rows(DailyTotal)] == [1]


def test_a_view_is_stored_by_the_gatherer_and_not_by_the_page(world: World) -> None:
    case_id = a_case(world)
    before = len(world.rows(TrailEntry))
    with world.acting("tess") as uow:
        uow.seen(lot_id=world.lot(), case_id=case_id, what="case page")
    assert len(world.rows(TrailEntry)) == before
    assert world.database.views.write(world.database) == 1
    assert len(world.rows(TrailEntry)) == before + 1


def test_aliases_are_narrowed_like_the_table_itself(world: World) -> None:
    own, theirs = a_case(world, "North"), a_case(world, "South")
    other = aliased(Case)
    with world.acting("tess") as uow:
        joined = select(Case.id, other.id).outerjoin(other, col(other.id) == theirs)
        assert uow.session.exec(joined).all() == [(own, None)]
        assert uow.session.exec(select(other.id).where(col(other.id) == theirs)).all() == []


def lift_the_triggers(connection: Connection) -> None:
    """As someone could who owns the database, and whom only the chain finds out."""
    if connection.dialect.name == "sqlite":
        for table in ("trail", "trail_details"):
            for act in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER {table}_{act}_refused"))
    else:
        for table in ("trail", "trail_details"):
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))


@pytest.mark.parametrize(
    "fault",
    [
        "UPDATE trail SET act = 'case.close' WHERE seq = 3",
        "DELETE FROM trail WHERE seq = 3",
        "UPDATE trail_details SET changes = '{}' WHERE seq = 3",
        "UPDATE trail_details SET digest = 'x', salt = NULL, changes = NULL WHERE seq = 3",
        "DELETE FROM trail_details WHERE seq = 3",
    ],
)
def test_the_database_itself_refuses_to_change_the_trail(world: World, fault: str) -> None:
    with (
        world.database.engine.connect() as connection,
        pytest.raises(DBAPIError, match="append-only"),
    ):
        connection.execute(text(fault))


def test_the_values_of_a_detail_can_be_erased_and_the_chain_still_holds(world: World) -> None:
    a_case(world)
    with world.database.engine.begin() as connection:
        connection.execute(text("UPDATE trail_details SET salt = NULL, changes = NULL"))
        assert trail.verify(connection).ok


def test_one_statement_asked_by_many_shows_each_their_own(world: World) -> None:
    """The statement is compiled once for all of them; what they see is never kept with it."""
    north, south = a_case(world, "North"), a_case(world, "South")
    helped = a_case(world, "North", co_worker_id=world.practitioner("priya"))
    seen = {"tess": {north, helped}, "omar": {south}, "priya": {helped}, "pete": set()}
    seen |= {"paula": {north, south, helped}, "eve": set()}
    posted = select(Case.id).where(col(Case.id).in_(select(LedgerPosting.case_id)))
    asking = ["tess", "paula", "omar", "priya", "pete", "nobody", "eve"]
    for key in asking + asking[::-1]:
        acting = world.database.work(Actor.nobody()) if key == "nobody" else world.acting(key)
        with acting as uow:
            assert set(uow.session.exec(select(Case.id)).all()) == seen.get(key, set()), key
            assert set(uow.session.exec(posted).all()) == seen.get(key, set()), key
            assert set(uow.rows(posted).scalars()) == seen.get(key, set()), key


@pytest.mark.parametrize("others", [0, 1, 2, 3, 4, 7, 8, 40])
def test_whoever_sees_so_many_lots_sees_each_of_them_and_no_other(
    world: World, others: int
) -> None:
    cases = {lot: a_case(world, lot) for lot in ("North", "South", "Moor")}
    cases_asked, teams_asked = select(Case.id), select(ReceivingTeam.lot_id)
    terms_asked = select(ClockRule.contract_id)
    for before in (True, False):
        # Those beside the two stand before them in order, or after them.
        more = [-number if before else 9_000 + number for number in range(1, others + 1)]
        for own in (("North", "South"), ("Moor",), ()):
            lots = frozenset(map(world.lot, own))
            contracts = {world.row(Lot, lot_id).contract_id for lot_id in lots}
            actor = Actor.command_line(lots | set(more), frozenset({*contracts, *more}))
            with world.database.work(actor) as uow:
                assert set(uow.rows(cases_asked).scalars()) == {cases[lot] for lot in own}
                assert set(uow.session.exec(cases_asked)) == {cases[lot] for lot in own}
                assert set(uow.rows(teams_asked).scalars()) == lots
                assert set(uow.rows(terms_asked).scalars()) == contracts


def test_people_who_ask_at_once_see_each_their_own(world: World) -> None:
    cases = {lot: a_case(world, lot) for lot in ("North", "South", "Moor")}
    seen = {"tess": {"North"}, "omar": {"South"}, "paula": {"North", "South"}, "eve": {"Moor"}}
    asked, together = select(Case.id), Barrier(len(seen))

    def ask(who: str) -> list[set[int]]:
        with world.acting(who) as uow:
            together.wait(timeout=10)
            return [set(uow.rows(asked).scalars()) for _ in range(50)]

    with ThreadPoolExecutor(len(seen)) as people:
        found = dict(zip(seen, people.map(ask, seen), strict=True))
    for who, lots in seen.items():
        assert found[who] == [{cases[lot] for lot in lots}] * 50, who


def test_a_statement_run_where_nobody_asks_shows_nothing(world: World) -> None:
    a_case(world)
    narrowed = select(Case.id).options(Sight(own_cases_only=False, lots=1, contracts=1))
    with world.acting("tess") as uow:
        assert len(uow.session.exec(select(Case.id)).all()) == 1
        with uow.beyond_scope(), ThreadPoolExecutor(1) as elsewhere:
            assert elsewhere.submit(lambda: uow.session.exec(narrowed).all()).result() == []


def test_being_there_is_kept_without_filling_the_trail(world: World) -> None:
    world.cookie("tess")
    session_id = world.rows(SignInSession)[0].id
    entries = len(world.rows(TrailEntry))
    world.clock.move(minutes=5)
    world.database.views.touch(session_id, world.clock.now)
    world.database.views.write(world.database)
    assert world.row(SignInSession, session_id).seen_at == world.clock.now
    assert len(world.rows(TrailEntry)) == entries


def test_a_view_that_could_not_be_stored_is_kept_for_later(world: World) -> None:
    with world.acting("tess") as uow:
        uow.seen(lot_id=world.lot(), case_id=None, what="x" * 300)
        uow.seen(lot_id=987_654, case_id=None, what="a lot that is not there")
    with pytest.raises(SQLAlchemyError):
        world.database.views.write(world.database)
    with pytest.raises(SQLAlchemyError):
        world.database.views.write(world.database)
    assert world.rows(View) == []


def test_whoever_saves_too_late_is_told_who_saved_last(world: World) -> None:
    others, case_id = a_case(world), a_case(world)
    for key, changed in (("tess", case_id), ("tom", case_id), ("tess", others)):
        with world.acting(key) as uow, uow.command(Act.CASE_CORRECT):
            register.find(uow, changed).source_team = key
    with world.acting("tess") as uow, pytest.raises(Conflict) as refused:
        uow.expect(register.find(uow, case_id), 1, {"Team": "Duty"})
    assert refused.value.theirs == Change("Tom Birch", {"Team": "Duty"})
