"""The scope ledger's statement, the postings behind it and freezing an opening list."""

import re
from datetime import date

from app.agreements.reopening import service as reopening
from app.agreements.reopening.rules import ReopenReason
from app.cases.register import service as register
from app.cases.scope.models import Baseline, DailyTotal
from app.cases.scope.rules import Term
from app.overview.scope.queries import PAGE_SIZE, list_postings
from app.overview.scope.rules import Period, PostingFilter
from tests.browse import readable
from tests.makers import a_case
from tests.makers_delivery import a_cleared_case
from tests.world import TODAY, World


def _moves(world: World) -> None:
    a_case(world)
    again = a_cleared_case(world)
    a_cleared_case(world, outcome="cin_plan")
    moved = a_case(world)
    with world.acting("paula") as uow:
        register.transfer(uow, moved, world.lot("South"))
    with world.acting("tess") as uow:
        reopening.reopen(uow, again, ReopenReason.RE_REFERRAL)


def test_the_statement_balances_with_the_cases_open_now(world: World, browse) -> None:
    _moves(world)
    page = readable(browse("paula").get("/scope"))
    assert "= Open at the end of 20 Nov 2026 0 2 1 3" in page
    assert page.count("Balances") == 4
    assert "Differs" not in page


def test_a_ledger_that_lies_is_shown_to_differ(world: World, browse) -> None:
    _moves(world)
    counted = {"lot_id": world.lot(), "day": TODAY, "term": Term.RECEIVED, "outcome": ""}
    with world.setting_up() as uow:
        uow.add_up(DailyTotal, [(counted, {"cases": 1})])
    assert "Differs" in readable(browse("paula").get("/scope"))


def test_each_term_opens_its_postings(world: World, browse) -> None:
    _moves(world)
    paula = browse("paula")
    page = paula.get("/scope")
    links = re.findall(
        r'<td class="number"><a class="govuk-link" href="(/scope/cases[^"]+)">(\d+|-\d+)</a>', page
    )
    assert len(links) > 5
    for link, number in links:
        behind = paula.get(link.replace("&amp;", "&"))
        changed = re.search(r"open cases by ([+−]?)(\d+)\.", readable(behind))
        assert changed
        assert int(changed[2]) == abs(int(number)), link


def test_a_case_that_moved_on_is_still_counted_where_it_was(world: World, browse) -> None:
    _moves(world)
    page = readable(browse("tess").get("/scope/cases?term=transferred"))
    assert "1 posting" in page
    assert "In another lot now" in page


def test_postings_of_several_lots_stand_by_day_and_then_by_number(world: World, browse) -> None:
    days = (("North", 2), ("South", 4), ("North", 6), ("South", 6), ("North", 3))
    told = [
        (date(2026, 11, day), a_case(world, lot, received_on=date(2026, 11, day)))
        for lot, day in days
    ]
    page = browse("paula").get("/scope/cases")
    shown = [int(case_id) for case_id in re.findall(r'href="/cases/(\d+)"', page)]
    assert shown == [case_id for _, case_id in sorted(told, reverse=True)]


def test_the_second_page_of_postings_begins_where_the_first_ends(world: World) -> None:
    cases = [a_case(world, lot) for _ in range(PAGE_SIZE // 2 + 1) for lot in ("North", "South")]
    with world.acting("paula") as uow:
        wanted = PostingFilter(Period(date(2026, 11, 1), TODAY))
        first, balance = list_postings(uow, wanted, "1")
        second, _ = list_postings(uow, wanted, "2")
    assert balance == len(cases)
    assert [row.case_id for row in (*first.rows, *second.rows)] == cases[::-1]


def test_a_period_begins_with_what_was_open_before_it(world: World, browse) -> None:
    a_case(world)
    page = readable(browse("tess").get(f"/scope?from={TODAY}"))
    assert "Open before 20 Nov 2026 1" in page
    early = readable(browse("tess").get("/scope?to=2026-11-10"))
    assert "= Open at the end of 10 Nov 2026 1" in early
    assert "counted" not in early


def test_days_that_cannot_be_read_are_ignored_with_a_sentence(world: World, browse) -> None:
    a_case(world)
    page = readable(browse("tess").get("/scope?from=soon"))
    assert "“soon” was ignored." in page
    turned = readable(browse("tess").get("/scope?from=2026-11-20&to=2026-11-03"))
    assert "The first day is after the last" in turned
    assert "All postings" in browse("tess").get("/scope/cases?term=x&lot=y&outcome=z&page=%00")


def test_a_commissioner_reads_the_statement_without_links(world: World, browse) -> None:
    _moves(world)
    page = browse("carl").get("/scope")
    assert "/cases" not in page.split('id="main"')[1]
    assert "Freeze" not in page.split('id="main"')[1].replace("Freezing", "")
    browse("carl").get("/scope/cases", 403)
    browse("priya").get("/scope/cases", 403)
    browse("priya").get("/scope", 403)


def test_an_opening_list_is_frozen_once(world: World, browse) -> None:
    a_case(world)
    address = f"/scope/lots/{world.lot()}/freeze"
    paula = browse("paula")
    assert address in paula.get("/scope")
    assert "What arrives from now on is received" in paula.follow(address)
    assert address not in paula.get("/scope")
    assert "already frozen" in readable(paula.post(address, 409).text)
    assert len(world.rows(Baseline)) == 1


def test_an_empty_list_is_not_frozen(world: World, browse) -> None:
    answer = browse("paula").post(f"/scope/lots/{world.lot()}/freeze", 409)
    assert "no case in its opening list" in readable(answer.text)


def test_others_cannot_freeze(world: World, browse) -> None:
    a_case(world)
    for key in ("tess", "dina", "hana", "carl"):
        browse(key).post(f"/scope/lots/{world.lot()}/freeze", 403)
    browse("eve").post(f"/scope/lots/{world.lot()}/freeze", 404)
    assert world.rows(Baseline) == []
