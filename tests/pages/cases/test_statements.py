"""Statements of scope: a draft, issued when it balances, sealed, signed by both sides."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from app.cases.register import service as register
from app.cases.register.models import Case
from app.cases.scope import service as ledger
from app.cases.scope.rules import Term
from app.cases.scope.service import Shift
from app.cases.statements import queries, service
from app.cases.statements.models import ScopeStatement
from app.contract.models import Lot
from tests.browse import readable
from tests.makers import a_case
from tests.makers_delivery import a_cleared_case
from tests.questions import questions
from tests.world import TODAY, World

FRIDAY = date(2026, 11, 13)
WEEK = {"week": "2026-11-13"}


@pytest.fixture
def lot_with_work(world: World) -> int:
    """Three cases came with the opening list; one was cleared in the week of the statement."""
    a_case(world)
    a_case(world)
    a_cleared_case(world, on=date(2026, 11, 11))
    with world.acting("paula") as uow:
        register.freeze(uow, world.lot())
    return world.lot()


def issued(world: World, lot_id: int, friday: date = FRIDAY) -> int:
    with world.acting("paula") as uow:
        return service.issue(uow, lot_id, friday)


def shown(world: World, statement_id: int) -> dict[str, str]:
    return {"digest": world.row(ScopeStatement, statement_id).digest}


def late(world: World, case_id: int) -> None:
    """An entry for the statement's week that is posted only now."""
    with world.setting_up() as uow:
        case = uow.get(Case, case_id)
        before = register.place_of(case)
        ledger.post(
            uow,
            [
                Shift(case_id, before, before, Term.RECEIVED, effective_on=FRIDAY),
                Shift(case_id, before, before, Term.HANDED_BACK, effective_on=TODAY),
            ],
        )


def test_a_week_is_drafted_issued_and_signed_by_both_sides(
    world: World, browse, lot_with_work: int
) -> None:
    paula = browse("paula")
    index = readable(paula.get("/scope/statements"))
    assert "Week 46 of 2026, ending 13 Nov 2026" in index
    draft = readable(paula.get(f"/scope/lots/{lot_with_work}/statement?week=2026-11-11"))
    assert "Open before 7 Nov 2026 3" in draft
    assert "− Cleared 1" in draft
    assert "= Open at the end of 13 Nov 2026 2" in draft
    assert "Balances" in draft
    page = readable(paula.follow(f"/scope/lots/{lot_with_work}/statement", **WEEK))
    assert "Statement of scope, North" in page
    assert "Holds" in page
    assert "Signed for the agency Not yet" in page
    [statement] = world.rows(ScopeStatement)
    address = f"/scope/statements/{statement.id}"
    paula.post(f"{address}/sign", **shown(world, statement.id))
    assert "Council to sign" in paula.get("/scope/statements")
    page = readable(browse("dina").follow(f"{address}/sign", **shown(world, statement.id)))
    assert "Signed by both sides" in page
    assert "Signed for the agency Paula Marsh, 20 Nov 2026" in page
    assert "Signed for the council Dina Ferris, 20 Nov 2026" in page
    moved = paula.get(f"/scope/lots/{lot_with_work}/statement?week=2026-11-13", 303)
    assert moved == ""


def test_each_term_opens_its_cases_and_a_commissioner_sees_no_link(
    world: World, browse, lot_with_work: int
) -> None:
    address = f"/scope/lots/{lot_with_work}/statement?week=2026-11-13"
    link = (
        f"/scope/cases?lot={lot_with_work}&amp;term=cleared&amp;from=2026-11-07&amp;to=2026-11-13"
    )
    assert link in browse("paula").get(address)
    assert "1 posting" in readable(browse("paula").get(link.replace("&amp;", "&")))
    page = browse("carl").get(address)
    assert "/scope/cases" not in page
    assert "project manager issues it" in page


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("UPDATE daily_totals SET cases = cases - 1 WHERE term = 'cleared'", "Cleared: kept"),
        ("DELETE FROM ledger_postings WHERE term = 'cleared'", "Cleared: kept"),
        ("UPDATE case_counters SET cases = cases + 1 WHERE state = 'unallocated'", "Open now"),
        (
            "UPDATE cases SET ended_on = '2026-11-12', state = 'closed' WHERE id = 1",
            "by the register: kept 2, counted 1.",
        ),
        ("UPDATE cases SET state = 'agreed' WHERE id = 1", "Agreed: kept 0, counted 1."),
    ],
)
def test_a_statement_that_does_not_balance_cannot_be_issued(
    world: World, browse, lot_with_work: int, fault: str, words: str
) -> None:
    with world.database.engine.execution_options(writing=True).begin() as connection:
        connection.execute(text(fault))
    answer = browse("paula").post(f"/scope/lots/{lot_with_work}/statement", 409, **WEEK)
    assert "does not balance and cannot be issued" in readable(answer.text)
    assert words in readable(answer.text)
    assert world.rows(ScopeStatement) == []


def test_a_draft_that_does_not_balance_offers_no_button(
    world: World, browse, lot_with_work: int
) -> None:
    with world.database.engine.execution_options(writing=True).begin() as connection:
        connection.execute(text("UPDATE daily_totals SET cases = 7 WHERE term = 'opening'"))
    page = browse("paula").get(f"/scope/lots/{lot_with_work}/statement?week=2026-11-13")
    assert "It does not balance" in page
    assert "Issue this statement" not in page


def test_late_entries_stand_beside_the_statement_and_never_in_it(
    world: World, browse, lot_with_work: int
) -> None:
    statement_id = issued(world, lot_with_work)
    before = world.row(ScopeStatement, statement_id)
    page = readable(browse("dina").get(f"/scope/statements/{statement_id}"))
    assert "Nothing was posted to these days since." in page
    late(world, 1)
    page = readable(browse("dina").get(f"/scope/statements/{statement_id}"))
    assert "Received 0 1 +1" in page
    assert "Open at the end of the week 2 3 +1" in page
    assert "Holds" in page
    assert world.row(ScopeStatement, statement_id) == before
    with world.acting("paula") as uow:
        known_then = queries.by_postings(uow, lot_with_work, FRIDAY, before.known_to)
        assert known_then.closing == before.closing == 2
    browse("dina").post(f"/scope/statements/{statement_id}/sign", **shown(world, statement_id))


@pytest.mark.parametrize(
    "fault",
    [
        "UPDATE scope_statements SET cleared = -2, closing = 1",
        "UPDATE ledger_postings SET case_id = 2 WHERE term = 'cleared'",
    ],
)
def test_a_statement_that_was_tampered_with_shows_it_and_is_not_signed(
    world: World, browse, lot_with_work: int, fault: str
) -> None:
    statement_id = issued(world, lot_with_work)
    with world.database.engine.execution_options(writing=True).begin() as connection:
        connection.execute(text(fault))
    dina = browse("dina")
    page = dina.get(f"/scope/statements/{statement_id}")
    assert "Broken" in page
    assert "Sign this statement" not in page
    answer = dina.post(f"/scope/statements/{statement_id}/sign", 409, **shown(world, statement_id))
    assert "not what was sealed" in readable(answer.text)


def test_only_what_was_shown_is_signed_and_once_for_each_side(
    world: World, browse, lot_with_work: int
) -> None:
    statement_id = issued(world, lot_with_work)
    address = f"/scope/statements/{statement_id}/sign"
    browse("hana").post(address, 409, digest="0" * 64)
    browse("hana").post(address, **shown(world, statement_id))
    answer = browse("dina").post(address, 409, **shown(world, statement_id))
    assert "The council has signed this statement already." in readable(answer.text)
    assert "Sign this statement" not in browse("dina").get(f"/scope/statements/{statement_id}")


def test_a_district_manager_signs_only_for_the_lot_that_names_her(
    world: World, browse, lot_with_work: int
) -> None:
    statement_id = issued(world, lot_with_work)
    with world.setting_up() as uow:
        uow.get(Lot, lot_with_work).district_manager_id = world.user("omar")
    answer = browse("dina").post(
        f"/scope/statements/{statement_id}/sign", 409, **shown(world, statement_id)
    )
    assert "named for this lot" in readable(answer.text)


def test_a_week_is_issued_once_when_it_is_over_and_the_list_is_frozen(
    world: World, browse, lot_with_work: int
) -> None:
    address = f"/scope/lots/{lot_with_work}/statement"
    paula = browse("paula")
    for week, status, words in (
        ("2026-11-20", 409, "once its week is over"),
        ("2020-01-03", 409, "after this week"),
        ("2026-11-12", 422, "12 Nov 2026 is not a Friday."),
        ("", 422, "Enter the week ending."),
    ):
        assert words in readable(paula.post(address, status, week=week).text)
    paula.post(address, **WEEK)
    answer = paula.post(address, 409, **WEEK)
    assert "issued already" in readable(answer.text)
    a_case(world, "South")
    answer = paula.post(f"/scope/lots/{world.lot('South')}/statement", 409, **WEEK)
    assert "Freeze the lot" in readable(answer.text)
    page = readable(paula.get(f"{address}?week=2026-11-20"))
    assert "The week is not over yet." in page
    page = readable(paula.get(f"/scope/lots/{world.lot('South')}/statement?week=x"))
    assert "ending 13 Nov 2026" in page
    assert "“x” was ignored." in page


def test_who_issues_and_who_signs(world: World, browse, lot_with_work: int) -> None:
    for who in ("tess", "dina", "hana", "carl", "priya"):
        browse(who).post(f"/scope/lots/{lot_with_work}/statement", 403, **WEEK)
    browse("eve").post(f"/scope/lots/{lot_with_work}/statement", 404, **WEEK)
    statement_id = issued(world, lot_with_work)
    for who, status in (("tess", 403), ("carl", 403), ("omar", 404), ("eve", 404)):
        browse(who).post(
            f"/scope/statements/{statement_id}/sign", status, **shown(world, statement_id)
        )
    for who, status in (("tess", 200), ("carl", 200), ("priya", 403), ("omar", 404)):
        browse(who).get(f"/scope/statements/{statement_id}", status)


def test_weeks_are_listed_in_few_questions(world: World, browse, lot_with_work: int) -> None:
    paula = browse("paula")
    with questions(world) as few:
        paula.get("/scope/statements")
    issued(world, lot_with_work)
    issued(world, lot_with_work, FRIDAY - timedelta(weeks=1))
    with questions(world) as many:
        paula.get("/scope/statements")
    assert len(many) == len(few) <= 8


def test_an_empty_ledger_has_no_week(world: World, browse) -> None:
    assert "No week is over yet" in browse("paula").get("/scope/statements")
