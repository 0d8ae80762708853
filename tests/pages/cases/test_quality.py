"""The queue of findings: found on import, by acts, mended by themselves, accepted by people."""

import pytest

from app.agreements.closures import service as closures
from app.cases.families.models import CasePair
from app.cases.findings import service as findings
from app.cases.findings.models import Finding
from app.cases.findings.rules import Kind, Source
from app.cases.findings.service import Looked
from app.cases.register.models import Case
from app.contract.everywhere import everywhere
from app.exchange.imports.service.looking import look_again
from app.kernel.errors import Forbidden
from app.plans.rules import Outcome
from app.work.models import TrailEntry
from tests.browse import readable
from tests.makers import a_case, an_allocated_case
from tests.makers_agreements import an_agreed_case
from tests.makers_imports import an_importer
from tests.questions import questions
from tests.workbooks import LIST_4, a_csv, list_4_row
from tests.world import World


def kinds(world: World, reference: str = "") -> set[Kind]:
    """The kinds of finding that stand now."""
    cases = {case.id for case in world.rows(Case) if reference in ("", case.reference)}
    return {one.kind for one in world.rows(Finding) if one.case_id in cases}


def a_finding(world: World) -> int:
    """The finding of a case whose reference Excel made a date of."""
    an_allocated_case(world, reference="3-Mar", age_band="5–9")
    return world.rows(Finding)[0].id


def list_4_with(*rows: list[object]) -> bytes:
    return a_csv([LIST_4, *rows])


def test_an_act_that_changes_a_case_keeps_its_findings(world: World) -> None:
    an_allocated_case(world, reference="3-Mar", age_band="5–9")
    assert kinds(world) == {Kind.REFERENCE_CHANGED}
    assert world.rows(Finding)[0].words.startswith("3-Mar is a date")


def test_an_import_finds_what_is_wrong_and_a_better_list_mends_it(world: World, browse) -> None:
    sender = an_importer(world, browse)
    sender.take(list_4_with(list_4_row("C1", c4="", c11="DUTY"), list_4_row("C2")))
    assert kinds(world, "C1") == {Kind.NO_AGE, Kind.WORKER_IS_TEAM}
    assert kinds(world, "C2") == set()
    sender.take(list_4_with(list_4_row("C1", c4=7, c11="Ines Calder"), list_4_row("C2")))
    assert kinds(world) == set()


def test_two_open_assessments_of_one_child_are_found_until_one_is_no_longer_listed(
    world: World, browse
) -> None:
    sender = an_importer(world, browse)
    both = list_4_with(list_4_row("C1", "01/09/2026"), list_4_row("C1", "05/10/2026"))
    sender.take(both)
    assert kinds(world) == {Kind.OPEN_TWICE}
    sender.take(list_4_with(list_4_row("C1", "05/10/2026"), list_4_row("C2")))
    assert kinds(world) == set()


def test_a_case_with_missing_facts_stays_counted_as_unallocated(world: World, browse) -> None:
    an_importer(world, browse).take(list_4_with(list_4_row("C1", c4=""), list_4_row("C2")))
    page = readable(browse("tess").get("/quality"))
    assert "To mend 1" in page
    assert "of 2 open cases" in page
    assert "Unallocated 2" in page
    assert "1 of them with something to mend" in page
    assert "2 cases" in readable(browse("tess").get("/cases?state=unallocated"))


def test_rows_left_out_are_counted_until_a_better_list_and_come_back_when_it_is_undone(
    world: World, browse
) -> None:
    sender, tess = an_importer(world, browse), browse("tess")
    early = list_4_row("C2", "01/09/2026", c8="01/08/2026")
    sender.confirm(sender.send(list_4_with(list_4_row("C1"), early)), good_rows=True)
    assert "Rows left out 1" in readable(tess.get("/quality"))
    with questions(world) as asked:
        page = readable(tess.get(f"/quality/left-out?lot={world.lot()}"))
    assert "North 20 Nov 2026 list" in page
    assert "I (Continuous Assessment Date of Authorisation)" in page
    assert "is before" in page
    assert len(asked) <= 8
    assert "“x” is not a known lot." in tess.get("/quality/left-out?lot=x")
    better = sender.take(list_4_with(list_4_row("C1"), list_4_row("C2")))
    assert "No row is left out" in tess.get("/quality/left-out")
    sender.browser.post(f"/imports/{better.id}/undo")
    sender.settled(better.id)
    assert "1 row" in readable(tess.get("/quality/left-out"))
    browse("priya").get("/quality/left-out", status=403)
    assert "No row is left out" in browse("omar").get("/quality/left-out")


def test_each_finding_names_the_field_what_is_wrong_and_who_mends_it(world: World, browse) -> None:
    a_finding(world)
    page = browse("tess").get("/quality")
    case_id = world.rows(Finding)[0].case_id
    assert f'href="/cases/{case_id}"' in page
    words = readable(page)
    assert "Reference changed by Excel. 3-Mar is a date" in words
    assert "The council, in its list" in words


def test_a_finding_is_accepted_with_a_reason_and_leaves_the_queue(world: World, browse) -> None:
    finding = a_finding(world)
    page = browse("tess").follow(f"/quality/{finding}/accept", because="The council writes it so.")
    assert "Nothing to mend here" in readable(page)
    accepted = readable(browse("dina").get("/quality?show=accepted"))
    assert "The council writes it so." in accepted
    assert "Tess Oyelaran" in accepted
    assert "quality.accept" in {one.act for one in world.rows(TrailEntry)}


def test_an_accepted_finding_comes_back_when_the_facts_change(world: World, browse) -> None:
    sender = an_importer(world, browse)
    sender.take(list_4_with(list_4_row("C1", "01/09/2026"), list_4_row("C1", "05/10/2026")))
    [finding] = world.rows(Finding)
    browse("paula").post(f"/quality/{finding.id}/accept", because="Both are open there.")
    sender.take(list_4_with(list_4_row("C1", "01/09/2026"), list_4_row("C1", "06/10/2026")))
    [finding] = world.rows(Finding)
    assert finding.accepted_at is None


def test_a_finding_cannot_be_accepted_twice_or_without_a_reason(world: World, browse) -> None:
    finding = a_finding(world)
    assert (
        "Why it may stay"
        in browse("tess").post(f"/quality/{finding}/accept", 422, because=" ").text
    )
    browse("tess").post(f"/quality/{finding}/accept", because="It is right.")
    assert (
        "accepted already"
        in browse("tom").post(f"/quality/{finding}/accept", 409, because="It is right.").text
    )
    assert "Accepted by Tess" in readable(browse("tom").get(f"/quality/{finding}/accept"))


def test_others_do_not_accept_and_do_not_see_another_lots_findings(world: World, browse) -> None:
    finding = a_finding(world)
    browse("dina").post(f"/quality/{finding}/accept", 403, because="No.")
    browse("priya").get("/quality", 403)
    browse("tara").post(f"/quality/{finding}/accept", 404, because="No.")
    browse("tara").get(f"/quality/{finding}/accept", 404)
    assert "3-Mar" not in browse("tara").get("/quality")


def test_a_case_that_ends_leaves_nothing_to_mend(world: World) -> None:
    case_id = an_agreed_case(world, Outcome.CLOSE_NFA)
    with world.setting_up() as uow:
        looked = Looked(case_id, world.lot(), {Kind.NO_START: "No list says when."})
        findings.keep(uow, Source.LIST, [looked])
    assert kinds(world) == {Kind.NO_AGE, Kind.NO_START}
    with world.acting("tess") as uow:
        closures.close(uow, case_id)
    assert kinds(world) == set()


def test_an_unknown_filter_is_ignored_and_said(world: World, browse) -> None:
    a_finding(world)
    page = readable(browse("tess").get("/quality?lot=999&kind=nonsense&show=all"))
    assert "“999” is not a known lot" in page
    assert "“nonsense” is not a known kind" in page
    assert "1 finding" in page
    assert "0 findings" in readable(browse("tess").get("/quality?kind=no_start"))


def test_the_queue_asks_few_questions_however_many_findings_there_are(world: World, browse) -> None:
    for number in range(1, 8):
        an_allocated_case(world, reference=f"{number}-Mar", age_band="5–9")
    tess = browse("tess")
    with questions(world) as asked:
        assert "7 findings" in readable(tess.get("/quality"))
    assert len(asked) <= 10


def test_every_case_is_looked_over_without_a_new_list(world: World) -> None:
    a_case(world, reference="3-Mar", age_band="5–9")
    a_case(world, "South", reference="00123", age_band="5–9")
    a_case(world, reference="123", age_band="5–9")
    assert world.rows(Finding) == []
    with world.acting("paula") as uow, pytest.raises(Forbidden):
        look_again(uow)
    with world.database.work(everywhere(world.database)) as uow:
        look_again(uow)
    assert kinds(world) == {Kind.REFERENCE_CHANGED}
    assert len(world.rows(CasePair)) == 1


def test_the_case_page_shows_what_is_wrong_and_leads_to_the_family(world: World, browse) -> None:
    finding = world.row(Finding, a_finding(world))
    page = browse("tess").get(f"/cases/{finding.case_id}")
    assert "To mend Reference changed by Excel." in readable(page)
    assert f'href="/cases/{finding.case_id}/family"' in page
    own = browse("priya").get(f"/cases/{finding.case_id}")
    assert "Wrong or missing" not in own
