"""Two days of the ledger compared, exported, and an opening list checked against its digest."""

import csv
import io
import re
from datetime import date

from sqlalchemy import text

from app.cases.register import service as register
from app.work.models import View
from tests.browse import readable
from tests.makers import a_case
from tests.makers_agreements import a_closed_case
from tests.makers_delivery import a_cleared_case
from tests.questions import questions
from tests.world import World


def work(world: World) -> None:
    """One stays from before, two were there and left, one came and left, one went to South."""
    a_case(world)
    a_cleared_case(world, on=date(2026, 11, 18))
    a_closed_case(world)
    a_case(world, received_on=date(2026, 11, 16))
    again = a_case(world, received_on=date(2026, 11, 16))
    with world.acting("paula") as uow:
        register.transfer(uow, again, world.lot("South"))


def test_what_came_and_left_leads_from_one_day_to_the_other(world: World, browse) -> None:
    work(world)
    page = browse("tess").get("/scope/compare?first=2026-11-13&last=2026-11-20")
    words = readable(page)
    assert "Open at the end of 13 Nov 2026 3" in words
    assert "+ Came 1" in words
    assert "− Left 2" in words
    assert "Came and left in between 1" in words
    assert "= Open at the end of 20 Nov 2026 2" in words
    assert "4 cases" in words
    everyone = readable(browse("paula").get("/scope/compare?first=2026-11-13&last=2026-11-20"))
    assert "+ Came 2" in everyone
    assert "= Open at the end of 20 Nov 2026 3" in everyone


def test_each_way_opens_its_cases_with_their_terms(world: World, browse) -> None:
    work(world)
    tess = browse("tess")
    page = tess.get("/scope/compare?first=2026-11-13&last=2026-11-20")
    for way, number in (("came", 1), ("left", 2), ("passed", 1)):
        link = re.search(rf'href="(/scope/compare\?[^"]+way={way})">(\d+)<', page)
        assert link
        assert link[2] == str(number)
        behind = readable(tess.get(link[1].replace("&amp;", "&")))
        assert f"{number} case" in behind
    gone = readable(tess.get("/scope/compare?first=2026-11-13&last=2026-11-20&way=passed"))
    assert "In another lot now North Came and left Opening, 16 Nov 2026; Transferred" in gone


def test_days_the_wrong_way_round_or_unreadable_are_put_right(world: World, browse) -> None:
    work(world)
    tess = browse("tess")
    turned = readable(tess.get("/scope/compare?first=2026-11-20&last=2026-11-13"))
    assert "the two were turned round" in turned
    assert "Open at the end of 13 Nov 2026 3" in turned
    ahead = readable(tess.get("/scope/compare?first=2026-11-13&last=2027-11-13"))
    assert "today stands in its place" in ahead
    assert "Open at the end of 20 Nov 2026" in ahead
    address = "/scope/compare?first=soon&lot=zug&way=up&from=2026-11-02&page=%00"
    page = readable(browse("paula").get(address))
    for words in (
        "“soon” was ignored",
        "“zug” is none of these and was ignored.",
        "“up” is none of these and was ignored.",
        "“from” is not a known choice.",
    ):
        assert words in page
    assert "Nobody came or left" in tess.get("/scope/compare?first=2026-11-20&last=2026-11-20")


def test_the_export_holds_every_case_of_the_page(world: World, browse) -> None:
    work(world)
    tess = browse("tess")
    answer = tess.client.get("/scope/compare.csv?first=2026-11-13&last=2026-11-20")
    assert answer.headers["content-disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:4] == ["Reference", "Lot", "Way", "Terms"]
    assert sorted(row[2] for row in rows[1:]) == ["Came", "Came and left", "Left", "Left"]
    left = tess.client.get("/scope/compare.csv?first=2026-11-13&last=2026-11-20&way=left")
    assert left.text.count("Cleared") == 2
    world.database.views.write(world.database)
    assert next(view.what for view in world.rows(View) if "Export" in view.what).startswith(
        "Export CSV: /scope/compare?first=2026-11-13"
    )


def test_who_compares(world: World, browse) -> None:
    work(world)
    for who, status in (("dina", 200), ("hana", 200), ("carl", 403), ("priya", 403)):
        browse(who).get("/scope/compare", status)
        lot = f"lot={world.lot()}"
        assert browse(who).client.get(f"/scope/compare.csv?{lot}").status_code == status
    several = browse("hana")
    assert "Choose a lot" in several.get("/scope/compare.csv", 409)
    assert "Choose a lot to export" in several.get("/scope/compare")
    assert "/scope/compare.csv" in several.get(f"/scope/compare?lot={world.lot()}")


def test_the_page_takes_the_same_few_questions_for_more_cases(world: World, browse) -> None:
    work(world)
    tess = browse("tess")
    with questions(world) as few:
        tess.get("/scope/compare?first=2026-11-01")
    for _ in range(4):
        a_case(world)
    with questions(world) as many:
        tess.get("/scope/compare?first=2026-11-01")
    assert len(many) == len(few) <= 9


def test_an_opening_list_is_checked_against_its_digest(world: World, browse) -> None:
    kept, moved = a_case(world), a_case(world)
    browse("tess").get(f"/scope/lots/{world.lot()}/opening", 404)
    with world.acting("paula") as uow:
        register.freeze(uow, world.lot())
        register.transfer(uow, moved, world.lot("South"))
    world.clock.move(minutes=1)
    a_closed_case(world)
    tess = browse("tess")
    assert f"/scope/lots/{world.lot()}/opening" in tess.get("/scope")
    page = readable(tess.get(f"/scope/lots/{world.lot()}/opening"))
    assert "The list is what it was on that day." in page
    with world.database.engine.execution_options(writing=True).begin() as connection:
        connection.execute(text(f"UPDATE cases SET reference = 'other' WHERE id = {kept}"))
    assert "Differs" in readable(tess.get(f"/scope/lots/{world.lot()}/opening"))
    browse("carl").get(f"/scope/lots/{world.lot()}/opening")
    browse("omar").get(f"/scope/lots/{world.lot()}/opening", 404)
