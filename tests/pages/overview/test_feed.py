"""A calendar feed of one's own: without a cookie, by references, until it is ended."""

import re
from datetime import timedelta
from typing import Any

from app.access.models import User
from app.assurance.supervision import service as supervision
from app.cases.actions import service as actions
from app.cases.actions.rules import Source, Wanted, What
from app.cases.register.models import Case
from app.contract import service as contract
from app.overview.feed.models import CalendarFeed
from app.overview.feed.rules import READS
from tests.browse import readable
from tests.makers import an_allocated_case
from tests.makers_agreements import a_plan, an_agreed_case
from tests.makers_reports import rows_of_reports
from tests.questions import questions
from tests.world import TODAY, World


def a_feed(browse, who: str) -> str:
    """The path of a new feed of a person's."""
    page = browse(who).post("/calendar-feed", 200).text
    found = re.search(r'value="http://testserver(/calendar-feed/[^"]+)"', page)
    assert found
    return found[1]


def unfolded(text: str) -> str:
    return text.replace("\r\n ", "")


def a_full_calendar(world: World) -> int:
    """A case with an action, and a day for supervision; returns the case."""
    case_id = an_allocated_case(world)
    with world.acting("tess") as uow:
        due_on = TODAY + timedelta(days=5)
        wanted = Wanted(What.SEE_CHILD, world.user("priya"), due_on, Source.DIRECTION, "Ask Ali")
        actions.direct(uow, case_id, wanted)
    with world.acting("tess") as uow:
        supervision.plan(uow, world.practitioner("priya"), TODAY + timedelta(days=7))
    return case_id


def test_a_practitioner_reads_her_days_without_signing_in(world: World, browse) -> None:
    case_id = a_full_calendar(world)
    reference = world.row(Case, case_id).reference
    path = a_feed(browse, "priya")
    answer = browse().client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    text = unfolded(answer.text)
    assert f"SUMMARY:{reference}: See the child" in text
    assert f"SUMMARY:{reference}: visit by today\\, not seen yet" in text
    assert "DTSTART;VALUE=DATE:20261127" in text
    assert "SUMMARY:Supervision\r\n" in text
    assert f"URL:http://testserver/cases/{case_id}" in text
    for telling in ("Ask Ali", "Priya", "Tess", "Neglect"):
        assert telling not in text


def test_a_manager_reads_initials_and_others_nothing_of_it(world: World, browse) -> None:
    case_id = a_full_calendar(world)
    text = unfolded(browse().get(a_feed(browse, "tess")))
    assert "SUMMARY:Supervision: PN" in text
    assert "See the child" not in text
    with world.acting("dina") as uow:
        wanted = Wanted(What.ADVICE, world.user("tess"), TODAY, Source.DIRECTION)
        actions.direct(uow, case_id, wanted)
    meeting_id = rows_of_reports(world)["contract_meeting_id"]
    text = unfolded(browse().get(a_feed(browse, "tess")))
    assert "Get legal or specialist advice" in text
    assert "SUMMARY:Weekly operational meeting" in text
    assert f"/meetings/{meeting_id}" in text
    assert "Weekly operational" not in unfolded(browse().get(a_feed(browse, "omar")))
    for who in ("pete", "tara", "sam", "eve"):
        if who != "eve":
            path = a_feed(browse, who)
            assert world.row(Case, case_id).reference not in browse().get(path)


def test_the_week_of_a_handover_is_a_day_until_it_is_overtaken_and_a_deputys_too(
    world: World, browse
) -> None:
    case_id = an_agreed_case(world)
    week = TODAY + timedelta(weeks=2)
    browse("dina").post(f"/cases/{case_id}/handover/week", week=week)
    said = f"SUMMARY:{world.row(Case, case_id).reference}: handover by this Friday"
    paths = {who: a_feed(browse, who) for who in ("dina", "priya", "omar")}
    assert {who: said in browse().get(path) for who, path in paths.items()} == {
        "dina": True,
        "priya": True,
        "omar": False,
    }
    assert f"DTSTART;VALUE=DATE:{week:%Y%m%d}" in browse().get(paths["dina"])
    with world.acting("dina") as uow:
        contract.name_deputy(uow, world.lot(), world.user("omar"), TODAY, TODAY, away=True)
    assert said in browse().get(paths["omar"])
    a_plan(world, case_id, rationale="The grandmother moves in after all")
    assert [who for who, path in paths.items() if said in browse().get(path)] == []


def test_an_address_that_is_unknown_ended_or_of_a_leaver_leads_nowhere(
    world: World, browse
) -> None:
    path = a_feed(browse, "priya")
    browse().get("/calendar-feed/x", 404)
    browse().get(path)
    newer = a_feed(browse, "priya")
    browse().get(path, 404)
    browse().get(newer)
    page = browse("priya").follow("/calendar-feed/end")
    assert "You have no feed." in page
    browse().get(newer, 404)
    last = a_feed(browse, "priya")
    with world.setting_up() as uow:
        uow.get(User, world.user("priya")).disabled_at = uow.now
    browse().get(last, 404)
    token = last.rpartition("/")[2]
    assert token not in repr(world.rows(CalendarFeed))
    assert token not in browse("alan").get("/trail")


def test_a_feed_is_read_so_often_and_no_more(world: World, browse) -> None:
    path = a_feed(browse, "tess")
    nobody: Any = browse().client
    with questions(world) as asked:
        nobody.get(path)
    assert len(asked) <= 8
    for _ in range(READS - 1):
        assert nobody.get(path).status_code == 200
    answer = nobody.get(path)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0


def test_who_keeps_a_feed(world: World, browse) -> None:
    assert "Your calendar feed" in browse("hana").get("/account")
    assert "shown once" in readable(browse("hana").post("/calendar-feed", 200).text)
    for who in ("carl", "alan", "ada"):
        browse(who).get("/calendar-feed", 403)
        browse(who).post("/calendar-feed", 403)
        assert "Your calendar feed" not in browse(who).get("/account")
