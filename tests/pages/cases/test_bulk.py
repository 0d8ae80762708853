"""One act on many cases: chosen by hand or by filter, previewed, told row by row, undone."""

import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest

from app.cases.assessments.models import AssessmentMigration
from app.cases.bulk import rules, service
from app.cases.bulk.models import BulkRow, BulkRun
from app.cases.register import service as register
from app.cases.register.models import Case
from app.cases.runs.rules import Result
from app.cases.scope.models import LedgerPosting
from app.cases.scope.rules import Term
from tests.browse import Browse, readable
from tests.makers import a_case, an_allocated_case, an_assessing_case
from tests.world import TODAY, World

Browsing = Callable[..., Browse]


class Bulk:
    """A person's acts on many cases, each waited for until it is finished."""

    def __init__(self, world: World, browser: Browse) -> None:
        self.world, self.browser = world, browser

    def choose(self, act: str, cases: Sequence[int] = (), **answers: Any) -> str:
        return str(
            self.browser.post("/bulk", act=act, case=list(cases), **answers).headers["location"]
        )

    def run(self, address: str, **answers: Any) -> str:
        return self.settled(self.browser.post(f"{address}/run", **answers).headers["location"])

    def undo(self, address: str) -> str:
        return self.settled(self.browser.post(f"{address}/undo").headers["location"])

    def settled(self, address: str) -> str:
        for _ in range(600):
            if self.world.row(BulkRun, int(address.rsplit("/", 1)[1])).finished_at is not None:
                return readable(self.browser.get(address))
            time.sleep(0.02)
        raise AssertionError("The run does not end.")


@pytest.fixture
def paulas(world: World, browse: Browsing) -> Bulk:
    return Bulk(world, browse("paula"))


def test_the_preview_says_of_each_case_whether_it_can(world: World, paulas: Bulk) -> None:
    a_case(world, reference="A1")
    an_assessing_case(world, reference="A2")
    page = readable(paulas.browser.get(paulas.choose("transfer", everything="yes")))
    assert "Preview: 1 can go through it, 1 cannot" in page
    assert "A1 North Unallocated Nobody Can" in page
    assert "A2 North Assessing Priya Nair Cannot" in page
    assert {case.lot_id for case in world.rows(Case)} == {world.lot()}


def test_all_of_a_filter_move_and_what_cannot_is_told(world: World, paulas: Bulk) -> None:
    moved = [a_case(world), an_allocated_case(world)]
    kept = an_assessing_case(world)
    elsewhere = a_case(world, "Mid")
    address = paulas.choose("transfer", everything="yes", filter=f"lot={world.lot()}")
    page = paulas.run(address, to_lot_id=world.lot("South"))
    assert "Done: 2 Refused: 1" in page
    lots = {case.id: case.lot_id for case in world.rows(Case)}
    assert {lots[one] for one in moved} == {world.lot("South")}
    assert (lots[kept], lots[elsewhere]) == (world.lot(), world.lot("Mid"))
    postings = world.rows(LedgerPosting, term=Term.TRANSFERRED)
    assert sum(posting.cases for posting in postings) == 0
    assert len(postings) == 4


def test_cases_ticked_by_hand_are_the_only_ones(world: World, paulas: Bulk) -> None:
    chosen, other = a_case(world), a_case(world)
    address = paulas.choose("transfer", [chosen], filter="overdue=yes")
    paulas.run(address, to_lot_id=world.lot("South"))
    assert world.row(Case, chosen).lot_id == world.lot("South")
    assert world.row(Case, other).lot_id == world.lot()


def test_a_transfer_is_undone_and_a_case_changed_since_is_left(world: World, paulas: Bulk) -> None:
    back, changed = a_case(world), a_case(world)
    address = paulas.choose("transfer", [back, changed])
    page = paulas.run(address, to_lot_id=world.lot("South"))
    assert "Undoing moves the cases back" in page
    with world.acting("paula") as uow:
        register.transfer(uow, changed, world.lot("Mid"))
    page = paulas.undo(address)
    assert "Done: 1 Refused: 1" in page
    assert "Someone changed this case after the run" in page
    assert world.row(Case, back).lot_id == world.lot()
    assert world.row(Case, changed).lot_id == world.lot("Mid")
    done = paulas.browser.get(address)
    assert "It was undone" in done
    assert f"{address}/undo" not in done
    paulas.browser.post(f"{address}/undo", 409)


def test_siblings_that_are_not_chosen_are_told_and_chosen_too(world: World, paulas: Bulk) -> None:
    chosen, sibling = (a_case(world, family_key="F1") for _ in range(2))
    a_case(world, family_key="F2")
    address = paulas.choose("transfer", [chosen])
    assert "Siblings left behind: 1" in readable(paulas.browser.get(address))
    page = readable(paulas.browser.follow(f"{address}/families"))
    assert "1 sibling is chosen too." in page
    assert "left behind" not in page
    assert "Done: 2" in paulas.run(address, to_lot_id=world.lot("South"))
    assert world.row(Case, sibling).lot_id == world.lot("South")
    paulas.browser.post(f"{address}/families", 409)
    assert "Done: 2" in paulas.undo(address)
    assert world.row(Case, sibling).lot_id == world.lot()


def test_a_co_worker_is_given_and_taken_back(world: World, browse: Browsing) -> None:
    held, waiting = an_allocated_case(world, "priya"), a_case(world)
    tess = Bulk(world, browse("tess"))
    address = tess.choose("co_worker", [held, waiting])
    page = tess.run(address, co_worker_id=world.practitioner("pete"), change_reason="MANAGE")
    assert "Done: 1 Refused: 1" in page
    assert world.row(Case, held).co_worker_id == world.practitioner("pete")
    tess.undo(address)
    case = world.row(Case, held)
    assert (case.practitioner_id, case.co_worker_id) == (world.practitioner("priya"), None)


def test_priority_is_set_with_its_reason_and_has_no_undo(world: World, browse: Browsing) -> None:
    first, second = a_case(world, child_protection=True), a_case(world)
    tess = Bulk(world, browse("tess"))
    address = tess.choose("priority", [first, second])
    page = readable(tess.browser.get(address))
    assert "set the priority of each case anew" in page
    assert "Urgent High Medium Low" in page
    page = tess.run(
        address,
        priority="high",
        priority_reason="child_not_seen",
        next_review_on=str(TODAY + timedelta(days=7)),
    )
    assert "Done: 2 Refused: 0" in page
    assert "Undo" not in page
    cases = world.rows(Case)
    assert {case.priority.value for case in cases} == {"high"}
    assert [case.child_protection for case in cases] == [True, False]
    tess.browser.post(f"{address}/undo", 409)


def test_older_kinds_go_on_as_single_assessments_and_the_others_say_why_not(
    world: World, browse: Browsing
) -> None:
    initial = an_assessing_case(world, assessment_type="initial_assessment")
    core = a_case(world, assessment_type="core_assessment")
    single = a_case(world)
    tess = Bulk(world, browse("tess"))
    address = tess.choose("migrate", [initial, core, single])
    preview = readable(tess.browser.get(address))
    assert "Preview: 2 can go through it, 1 cannot" in preview
    assert "Cannot: 1 This is a single assessment already." in preview
    assert "Enter the reason." in readable(tess.browser.post(f"{address}/run", 422).text)
    page = tess.run(address, reason="The council changed to single assessments")
    assert "Done: 2 Refused: 1" in page
    assert {case.assessment_type.value for case in world.rows(Case)} == {
        "child_and_family_assessment"
    }
    kept = {one.case_id: (one.was.value, one.reason) for one in world.rows(AssessmentMigration)}
    assert kept == {
        initial: ("initial_assessment", "The council changed to single assessments"),
        core: ("core_assessment", "The council changed to single assessments"),
    }
    browse("paula").post("/bulk", 403, act="migrate", case=[core])


def test_allocation_export_and_edit_sheets_lead_to_their_own_desks(
    world: World, paulas: Bulk
) -> None:
    ids = [a_case(world), a_case(world)]
    assert paulas.choose("allocate", ids) == f"/allocate?case={ids[0]}&case={ids[1]}"
    exported = paulas.choose("export", ids[:1])
    assert exported == f"/cases/export.csv?show=all&chosen={ids[0]}"
    asked = paulas.browser.client.get(exported).headers["location"]
    assert asked == f"/cases/export?show=all&chosen={ids[0]}&ending=csv"
    assert "The list holds 1 case " in paulas.browser.get(asked)
    sheet = paulas.choose("edit", ids)
    assert "2 cases" in readable(paulas.browser.get(sheet))
    assert paulas.choose("export", everything="yes", filter="overdue=yes") == (
        "/cases/export.csv?overdue=yes"
    )


def test_nothing_ticked_and_nothing_chosen_show_the_list_again(world: World, paulas: Bulk) -> None:
    a_case(world, reference="A1")
    a_case(world, "Mid", reference="A2")
    answer = paulas.browser.post("/bulk", 422, act="transfer", filter=f"lot={world.lot('Mid')}")
    assert '<a href="#bulk-everything">Tick at least one case' in answer.text
    assert '<option value="transfer" selected>' in answer.text
    assert ("A2 " in readable(answer.text), "A1 " in readable(answer.text)) == (True, False)
    answer = paulas.browser.post("/bulk", 422, everything="yes")
    assert "Choose what to do" in readable(answer.text)
    answer = paulas.browser.post("/bulk", 422, act="transfer", case=list(range(1, 62)))
    assert "Tick at most 60 cases" in readable(answer.text)
    none = paulas.browser.post(
        "/bulk", 422, act="transfer", everything="yes", filter="reference=none"
    )
    assert "choose all of a list that has some" in readable(none.text)


def test_too_many_are_refused_with_their_number_and_never_cut_off(
    world: World, paulas: Bulk, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_case(world)
    a_case(world)
    monkeypatch.setattr(service, "MOST", 1)
    answer = paulas.browser.post("/bulk", 422, act="transfer", everything="yes")
    assert "at most 1 cases and this list has 2" in readable(answer.text)
    assert world.rows(BulkRow) == []
    assert rules.MOST == 10_000


def test_an_act_takes_only_what_ones_role_may_do(world: World, browse: Browsing) -> None:
    case_id = a_case(world)
    browse("tess").post("/bulk", 403, act="transfer", case=[case_id])
    for who in ("priya", "dina", "carl"):
        browse(who).get("/bulk", 403)
        browse(who).post("/bulk", 403, act="priority", case=[case_id])


def test_a_case_of_another_lot_is_as_absent(world: World, browse: Browsing) -> None:
    theirs = a_case(world, "South")
    answer = browse("tess").post("/bulk", 422, act="priority", case=[theirs])
    assert "Tick at least one case" in readable(answer.text)


def test_a_run_belongs_to_whoever_asked_for_it(world: World, browse: Browsing) -> None:
    case_id = a_case(world)
    address = Bulk(world, browse("tess")).choose("priority", [case_id])
    for who in ("tom", "paula"):
        browse(who).get(address, 404)
        browse(who).get(f"{address}/progress", 404)
        for act in ("run", "families", "go-on", "undo"):
            browse(who).post(f"{address}/{act}", 404)
    assert "Not started" in browse("tess").get("/bulk")
    assert "Nothing yet" in browse("tom").get("/bulk")


@pytest.mark.parametrize(
    ("act", "answers", "sentence"),
    [
        ("transfer", {}, "Choose the lot to move the cases to."),
        ("transfer", {"to_lot_id": 999}, "Choose the lot to move the cases to."),
        ("co_worker", {"change_reason": "MANAGE"}, "Choose the co-worker."),
        ("co_worker", {"co_worker_id": 1}, "Choose the reason for the change."),
        ("priority", {"priority": "high"}, "Priority, reason and next review are all needed."),
        ("priority", {"priority": "highest"}, "Choose the priority from the list."),
    ],
)
def test_the_preview_is_shown_again_with_what_is_missing(
    world: World, paulas: Bulk, act: str, answers: dict[str, object], sentence: str
) -> None:
    address = paulas.choose(act, [an_allocated_case(world)])
    page = paulas.browser.post(f"{address}/run", 422, **answers)
    assert sentence in readable(page.text)


def test_a_run_that_broke_off_goes_on_where_it_was(
    world: World, paulas: Bulk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [a_case(world) for _ in range(3)]
    address = paulas.choose("transfer", ids)
    monkeypatch.setattr(service, "go_on", lambda *_: None)
    paulas.browser.post(f"{address}/run", to_lot_id=world.lot("South"))
    assert "0 of 3" in paulas.browser.client.get(f"{address}/progress").text
    assert "Under way" in paulas.browser.get("/bulk")
    paulas.browser.post(f"{address}/run", 409, to_lot_id=world.lot("South"))
    monkeypatch.undo()
    page = paulas.settled(paulas.browser.post(f"{address}/go-on").headers["location"])
    assert "Done: 3" in page
    paulas.browser.post(f"{address}/go-on", 409)
    assert paulas.browser.client.get(f"{address}/progress").headers["location"] == address


def test_a_failure_of_ours_stops_no_other_case(
    world: World, paulas: Bulk, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = a_case(world), a_case(world)
    transfer = register.transfer

    def failing(uow: Any, case_id: int, lot_id: int) -> None:
        if case_id == bad:
            raise ZeroDivisionError
        transfer(uow, case_id, lot_id)

    monkeypatch.setattr(register, "transfer", failing)
    page = paulas.run(paulas.choose("transfer", [bad, good]), to_lot_id=world.lot("South"))
    assert "Done: 1 Refused: 1" in page
    assert "failed for a reason of ours" in page
    results = {row.case_id: row.result for row in world.rows(BulkRow)}
    assert results == {good: Result.DONE, bad: Result.REFUSED}
    assert world.row(Case, bad).lot_id == world.lot()


@pytest.mark.parametrize(
    "part", ["lot=x", "chosen=1+x", "state=lost", "lots=1", f"chosen={'1+' * 70}"]
)
def test_a_filter_that_is_not_known_is_not_widened(world: World, paulas: Bulk, part: str) -> None:
    a_case(world)
    for address in ("/bulk", "/edit-sheets"):
        answers = {"act": "transfer", "everything": "yes"} if address == "/bulk" else {}
        answer = paulas.browser.post(address, 409, filter=part, **answers)
        assert "is not a known" in readable(answer.text)
    assert world.rows(BulkRow) == []
