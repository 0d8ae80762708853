"""Supervision of cases: planned, held, decided case by case, counted, sampled and graded."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.assurance.supervision import service as supervision
from app.assurance.supervision.models import CaseDiscussion, Supervision, SupervisionTerms
from app.assurance.supervision.rules import Decision, Grade
from app.assurance.supervision.service import Said
from app.cases.actions.models import CaseAction
from app.cases.actions.rules import Source
from app.cases.register.models import Case
from app.people.models import Practitioner, PractitionerLot
from app.people.rules import Post
from tests.browse import readable
from tests.makers import a_submitted_case, an_allocated_case
from tests.makers_agreements import a_flag
from tests.questions import questions
from tests.world import TODAY, World

SAID: dict[str, Any] = {"decision": "move_on", "note": "Two visits planned; school to be rung"}


def held(world: World, worker: str = "priya", on: date | None = None, by: str = "tess") -> int:
    """A supervision that a manager wrote down; returns its id."""
    with world.acting(by) as uow:
        supervision.hold(uow, world.practitioner(worker), on or uow.today)
    return max(one.id for one in world.rows(Supervision))


def test_a_missed_supervision_is_what_its_manager_sees_first(world: World, browse) -> None:
    world.clock.move(days=11)
    page = readable(browse("tess").get("/"))
    assert "Supervision late 2 Act" in page
    held(world)
    assert "Supervision late 1 Act" in readable(browse("tess").get("/"))
    assert "Supervision late 2 Act" in readable(browse("paula").get("/"))
    rows = readable(browse("tess").get("/supervision"))
    assert rows.index("Pete Holm") < rows.index("Priya Nair")
    assert "30 Nov 2026 Late – Not yet Social worker North 1 0 0 1" in rows
    assert "Sam Quill" not in rows


def test_the_agenda_is_built_from_what_is_known_of_the_cases(world: World, browse) -> None:
    quiet = an_allocated_case(world)
    late = a_submitted_case(world, referred_on=TODAY - timedelta(days=90))
    flagged = an_allocated_case(world)
    a_flag(world, world.row(Case, flagged).reference)
    an_allocated_case(world, "pete")
    worker = world.practitioner("priya")
    page = browse("tess").get(f"/supervision/{worker}")
    places = [page.index(f'href="/cases/{one}"') for one in (flagged, late, quiet)]
    assert places == sorted(places)
    words = readable(page)
    assert "Safeguarding flag open 1 open" in words
    assert "Assessment overdue since" in words
    assert "Nothing stands out" in words
    assert "3 cases" in words
    assert "No case to talk about" in browse("tara").get(
        f"/supervision/{world.practitioner('sam')}"
    )


def test_a_decision_goes_on_the_childs_file_with_its_action(world: World, browse) -> None:
    case_id, worker = an_allocated_case(world), world.practitioner("priya")
    tess = browse("tess")
    form = f"/supervision/{worker}/cases/{case_id}"
    tess.get(form, 409)
    tess.post(form, 409, **SAID)
    tess.post(f"/supervision/{worker}/plan", planned_on="27/11/2026")
    assert "Planned for: 27 Nov 2026" in readable(tess.get(f"/supervision/{worker}"))
    tess.post(f"/supervision/{worker}/hold", held_on="19/11/2026")
    (one,) = world.rows(Supervision)
    assert (one.planned_on, one.held_on, one.supervisor_id) == (
        date(2026, 11, 27),
        date(2026, 11, 19),
        world.user("tess"),
    )
    assert "Decide" in readable(tess.get(f"/supervision/{worker}"))
    action = {"what": "see_child", "owner_id": world.user("priya"), "due_on": "25/11/2026"}
    tess.post(form, **SAID, **action)
    (said,) = world.rows(CaseDiscussion)
    assert (said.decision, said.case_id) == (Decision.MOVE_ON, case_id)
    assert world.row(Case, case_id).supervised_on == date(2026, 11, 19)
    (given,) = world.rows(CaseAction)
    assert (given.source, given.owner_id) == (Source.SUPERVISION, world.user("priya"))
    page = readable(browse("priya").get(f"/cases/{case_id}"))
    assert "Talked about in supervision by Tess Oyelaran" in page
    assert "Get it moving: it drifts. Two visits planned; school to be rung" in page
    assert "Supervision, Tess Oyelaran" in page
    own = readable(browse("priya").get(f"/supervision/{worker}"))
    assert "Your supervision" in own
    assert "Get it moving: it drifts" in own
    assert "It was held" not in own


@pytest.mark.parametrize(
    ("faulty", "words"),
    [
        ({"decision": ""}, "Choose the decision."),
        ({"owner_id": "1"}, "Choose what is to be done, or leave all of the action empty."),
        ({"what": "see_child"}, "Choose who does it."),
        ({"what": "see_child", "owner_id": "4"}, "Enter by when it is to be done."),
        (
            {"what": "see_child", "owner_id": "999", "due_on": "27/11/2026"},
            "Choose somebody who sees this case.",
        ),
        ({"note": "x" * 1001}, "1000 characters or fewer"),
    ],
)
def test_a_decision_that_lacks_something_is_shown_again(
    world: World, browse, faulty: dict[str, str], words: str
) -> None:
    case_id, worker = an_allocated_case(world), world.practitioner("priya")
    held(world)
    answer = browse("tess").post(f"/supervision/{worker}/cases/{case_id}", 422, **SAID | faulty)
    assert words in readable(answer.text)
    assert world.rows(CaseDiscussion) == []
    assert world.row(Case, case_id).supervised_on is None


def test_days_that_cannot_be_are_shown_again(world: World, browse) -> None:
    worker, tess = world.practitioner("priya"), browse("tess")
    for name, day, words in (
        ("hold", {"held_on": "21/11/2026"}, "21 Nov 2026 lies ahead."),
        ("hold", {"held_on": "1/11/2026"}, "within 7 days of being held"),
        ("plan", {"planned_on": "19/11/2026"}, "19 Nov 2026 is in the past."),
        ("plan", {"planned_on": ""}, "Enter a day for “Planned for”."),
    ):
        answer = tess.post(f"/supervision/{worker}/{name}", 422, **day)
        assert words in readable(answer.text), day
    held(world)
    answer = tess.post(f"/supervision/{worker}/hold", 422, held_on="20/11/2026")
    assert "written down already" in readable(answer.text)


def test_who_plans_holds_and_reads_supervision(world: World, browse) -> None:
    case_id, worker = an_allocated_case(world), world.practitioner("priya")
    held(world)
    for who, status in {"pete": 404, "tara": 404, "eve": 404, "dina": 403, "carl": 403}.items():
        browse(who).get(f"/supervision/{worker}", status)
    for who, status in {"priya": 403, "tara": 404, "eve": 404, "hana": 403, "ada": 403}.items():
        them = browse(who)
        them.post(f"/supervision/{worker}/hold", status, held_on="20/11/2026")
        them.post(f"/supervision/{worker}/plan", status, planned_on="27/11/2026")
        them.post(f"/supervision/{worker}/cases/{case_id}", status, **SAID)
    answer = browse("tom").post(f"/supervision/{worker}/cases/{case_id}", 409, **SAID)
    assert "Whoever held the supervision" in readable(answer.text)
    assert browse("priya").client.get("/supervision").headers["location"].endswith(str(worker))


def test_terms_are_agreed_by_the_council_and_earlier_ones_kept(world: World, browse) -> None:
    form, hana = f"/contract/{world.contract()}/supervision", browse("hana")
    sent = {"case_days": 14, "child_days": 28, "personal_days": 28, "welfare_days": 30}
    sent |= {"from_on": "20/11/2026", "reason": "Schedule 3", "_version": 0}
    assert "Write a number from 7 to 92." in readable(
        hana.post(form, 422, **sent | {"case_days": 3}).text
    )
    hana.post(form, **sent)
    hana.post(form, 409, **sent)
    assert [one.case_days for one in world.rows(SupervisionTerms)] == [14]
    assert "every 14 days" in readable(hana.get("/supervision-record"))
    assert "Version 1, from 20 Nov 2026" in readable(hana.get(form))
    assert "Due by 16 Nov 2026" in readable(
        browse("tess").get(f"/supervision/{world.practitioner('priya')}")
    )
    browse("paula").get(form, 403)


def test_the_commissioner_sees_counts_and_no_names(world: World, browse) -> None:
    held(world, on=TODAY - timedelta(days=6))
    world.clock.move(days=30)
    page = browse("carl").get("/supervision-record")
    for name in ("Priya Nair", "Tess Oyelaran", "Pete Holm"):
        assert name not in page
    words = readable(page)
    assert "North" in words
    assert "Due in six months" in words
    assert "Priya Nair" not in browse("dina").get("/supervision-record")
    browse("priya").get("/supervision-record", 403)


def test_a_sample_is_drawn_and_graded_by_somebody_else(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    first = held(world)
    with world.acting("tess") as uow:
        supervision.discuss(
            uow, world.practitioner("priya"), case_id, Said(Decision.CONTINUE, "Calm week")
        )
    paula = browse("paula")
    assert "1 drawn to be graded." in paula.follow("/supervision-record/sample")
    assert "Every supervision of late was drawn." in paula.follow("/supervision-record/sample")
    form = f"/supervision-record/{first}/grade"
    assert "Calm week" in paula.get(form)
    browse("tess").post(form, 409, grade="good")
    for who, status in {"tara": 404, "eve": 404, "hana": 403, "priya": 403}.items():
        browse(who).post(form, status, grade="good")
        browse(who).get(form, status)
    assert "Choose the grade." in readable(paula.post(form, 422, grade="").text)
    page = readable(paula.follow(form, grade="requires_improvement", note="No dates"))
    assert "Requires improvement, Paula Marsh, 20 Nov 2026: No dates" in page
    browse("tom").post(form, 409, grade="good")
    assert "Requires improvement" in readable(
        browse("tess").get(f"/supervision/{world.practitioner('priya')}")
    )


def test_every_supervision_that_was_drawn_is_counted_however_many_are_listed(
    world: World, browse
) -> None:
    with world.setting_up() as uow:
        for graded in [Grade.GOOD] * 50 + [None] * 49:
            uow.add(
                Supervision(
                    contract_id=world.contract(),
                    practitioner_id=world.practitioner("priya"),
                    supervisor_id=world.user("tess"),
                    held_on=TODAY,
                    sampled_on=TODAY,
                    grade=graded,
                    graded_on=graded and TODAY,
                )
            )
    for who in ("paula", "carl"):
        page = readable(browse(who).get("/supervision-record"))
        assert "Inadequate Drawn, not graded 0 50 0 0 49" in page


def test_the_pages_take_few_questions_however_much_there_is(world: World, browse) -> None:
    worker = world.practitioner("priya")
    an_allocated_case(world)
    held(world)
    tess = browse("tess")
    pages = (f"/supervision/{worker}", "/supervision", "/supervision-record")
    with questions(world) as few:
        for page in pages:
            tess.get(page)
    for _ in range(3):
        a_flag(world, world.row(Case, an_allocated_case(world)).reference)
    with questions(world) as many:
        for page in pages:
            tess.get(page)
    assert len(many) - len(few) <= 1
    assert len(many) <= 55


def test_the_project_manager_supervises_team_managers_by_their_lots(world: World, browse) -> None:
    flagged, quiet = an_allocated_case(world), an_allocated_case(world)
    a_flag(world, world.row(Case, flagged).reference)
    with world.setting_up() as uow:
        manager = uow.add(
            Practitioner(
                contract_id=world.contract(),
                name="Tess Oyelaran",
                qualified=True,
                starts_on=TODAY,
                post=Post.TEAM_MANAGER,
            )
        )
        uow.add(PractitionerLot(practitioner_id=manager.id or 0, lot_id=world.lot()))
        worker = manager.id
    address = f"/supervision/{worker}"
    page = browse("tess").get(address)
    assert "It was held" not in page
    assert f'href="/cases/{flagged}"' in page
    assert f'href="/cases/{quiet}"' not in page
    browse("tess").post(f"{address}/hold", 409, held_on="20/11/2026")
    browse("paula").post(f"{address}/hold", held_on="20/11/2026")
    browse("paula").post(f"{address}/cases/{flagged}", **SAID)
    assert "Talked about in supervision by Paula Marsh" in readable(
        browse("priya").get(f"/cases/{flagged}")
    )
