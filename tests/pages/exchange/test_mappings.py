"""Remembered columns: seen with who said them, forgotten, asked for again."""

import json

from app.cases.register.models import Case
from app.exchange.imports.models import FoundSheet, SavedMapping
from app.safeguarding.enquiries import service as enquiries
from app.safeguarding.enquiries.models import Enquiry
from app.safeguarding.enquiries.rules import EnquiryOutcome
from app.safeguarding.reviews.models import ProtectionPlan, ReviewConference
from app.safeguarding.thresholds.rules import Rationale
from app.safeguarding.thresholds.service import Because
from app.work.models import TrailEntry
from tests.browse import readable
from tests.census import a_census, a_child, an_episode
from tests.makers_imports import an_importer, counts, list_4, list_6_row
from tests.makers_safeguarding import an_enquiry
from tests.workbooks import LIST_6, a_csv, list_4_row
from tests.world import TODAY, World

OWN = a_csv([("Kid", "Began"), ("K1", "01/09/2026")])


def remembered(world: World, browse) -> SavedMapping:
    """Columns that Paula explained."""
    sender = an_importer(world, browse)
    batch = sender.send(OWN)
    [sheet] = world.rows(FoundSheet)
    sender.browser.post(
        f"/imports/{batch.id}/columns", sheet_id=sheet.id, reference=0, referral_on=1
    )
    sender.settled(batch.id)
    [mapping] = world.rows(SavedMapping)
    return mapping


def test_remembered_columns_are_shown_with_who_said_them(world: World, browse) -> None:
    remembered(world, browse)
    page = readable(browse("paula").get("/mappings"))
    assert "Plain list Northshire Reference: “Kid”; Referral date: “Began”" in page
    assert "Paula Marsh" in page


def test_the_next_list_with_the_same_columns_tells_that_they_are_filled_in(
    world: World, browse
) -> None:
    remembered(world, browse)
    sender = an_importer(world, browse)
    batch = sender.send(OWN)
    page = readable(sender.browser.get(f"/imports/{batch.id}/columns"))
    assert "The columns are filled in as they were on 20 Nov 2026" in page
    [sheet] = world.rows(FoundSheet, batch_id=batch.id)
    sender.browser.post(
        f"/imports/{batch.id}/columns", sheet_id=sheet.id, reference=0, referral_on=1
    )
    assert "filled in" not in sender.page(sender.settled(batch.id))


def test_forgotten_columns_are_asked_for_again(world: World, browse) -> None:
    mapping = remembered(world, browse)
    sender = an_importer(world, browse)
    page = sender.browser.follow(f"/mappings/{mapping.id}/forget")
    assert "No columns are remembered" in readable(page)
    assert "mapping.forget" in {one.act for one in world.rows(TrailEntry)}
    batch = sender.send(OWN)
    assert batch.stage == "mapping"
    [sheet] = world.rows(FoundSheet, batch_id=batch.id)
    assert json.loads(sheet.mapping) == {}


def test_others_do_not_forget_and_another_contract_sees_none(world: World, browse) -> None:
    mapping = remembered(world, browse)
    browse("tess").get("/mappings", 403)
    browse("tess").post(f"/mappings/{mapping.id}/forget", 403)
    browse("eve").post(f"/mappings/{mapping.id}/forget", 404)
    assert "No columns are remembered" in readable(browse("eve").get("/mappings"))
    assert len(world.rows(SavedMapping)) == 1


def test_the_page_says_what_each_known_list_feeds(world: World, browse) -> None:
    page = readable(browse("paula").get("/mappings"))
    assert "List 7 Annex A child protection plans. It opens no case" in page
    assert "CIN census Episodes of the children in need census" in page


def test_a_census_is_imported_like_any_list(world: World, browse) -> None:
    sender = an_importer(world, browse)
    content = a_census(
        a_child("C1", an_episode("2026-09-01", assessments=["2026-09-02"]), born="2019-01-01"),
        a_child("C2", an_episode("2026-01-05", closed="2026-02-02", reason="RC8")),
    )
    batch = sender.send(content, "census.xml", listed_on="2026-11-20")
    assert counts(batch) == (3, 0, 0, 0)
    assert batch.backlog == 1
    assert batch.lists == "CIN census, List 4"
    assert "drawn up for 31 Mar 2026" in sender.page(batch)
    assert sender.confirm(batch).stage == "confirmed"


def list_7(*rows: tuple[str, ...]) -> bytes:
    header = ("Child Unique ID", "Child Protection Plan Start Date")
    review = ("Date of latest review conference",) if len(rows[0]) > 3 else ()
    return a_csv([(*header, "Child Protection Plan End Date", *review), *rows])


def plans(world: World) -> list[tuple[str, ...]]:
    """Each plan with its days, and those of its reviews."""
    held = [(one.plan_id, one.held_on) for one in world.rows(ReviewConference)]
    return [
        (
            str(one.starts_on),
            str(one.review_due_on),
            str(one.ended_on),
            *(str(on) for plan_id, on in held if plan_id == one.id),
        )
        for one in world.rows(ProtectionPlan)
    ]


def protection(world: World) -> dict[str, bool]:
    return {case.reference: case.child_protection for case in world.rows(Case)}


def test_a_running_child_protection_plan_is_kept_with_the_childs_case(world, browse) -> None:
    sender = an_importer(world, browse)
    sender.take(list_4(list_4_row("C1"), list_4_row("C2")))
    batch = sender.take(
        list_7(
            ("C1", "01/10/2026", ""), ("C2", "01/03/2026", "01/06/2026"), ("C9", "01/10/2026", "")
        )
    )
    assert (batch.lists, batch.backlog) == ("List 7", 0)
    assert protection(world) == {"C1": True, "C2": False}
    [first, second] = sorted(world.rows(Case), key=lambda case: case.reference)
    assert first.triage_rank < second.triage_rank
    sender.take(list_7(("C1", "01/10/2026", "18/11/2026"), ("C9", "01/10/2026", "")))
    assert protection(world) == {"C1": False, "C2": False}


def test_plans_and_their_latest_reviews_are_kept_list_by_list_and_undone(world, browse) -> None:
    sender = an_importer(world, browse)
    sender.take(list_4(list_4_row("C1"), list_4_row("C2")))
    sender.take(list_7(("C1", "02/03/2026", "", ""), ("C2", "02/02/2026", "", "01/09/2026")))
    c1 = ("2026-03-02", "2026-06-01", "None")
    # Of reviews before the latest a list tells nothing, so that one counts as in time.
    c2 = ("2026-02-02", "2026-09-01", "None", "2026-09-01")
    assert plans(world) == [c1, c2]
    told = sender.take(
        list_7(
            ("C1", "02/03/2026", "", "10/06/2026"), ("C2", "02/02/2026", "18/11/2026", "01/12/2026")
        )
    )
    # A conference that is only booked has reviewed nothing.
    ended = (*c2[:2], "2026-11-18", "2026-09-01")
    assert plans(world) == [(*c1, "2026-06-10"), ended]
    sender.browser.post(f"/imports/{told.id}/undo")
    sender.settled(told.id)
    assert plans(world) == [c1, c2]


def test_a_plan_told_while_an_enquiry_runs_outlasts_it_unless_that_list_is_undone(
    world, browse
) -> None:
    sender = an_importer(world, browse)
    sender.take(list_4(list_4_row("C1")))
    [case] = world.rows(Case)
    browse("tess").post(f"/cases/{case.id}/allocate", practitioner_id=world.practitioner("priya"))
    enquiry_id = an_enquiry(world, case.id)
    told = sender.take(list_7(("C1", "01/10/2026", "")))
    assert world.row(Enquiry, enquiry_id).protected_before
    sender.browser.post(f"/imports/{told.id}/undo")
    sender.settled(told.id)
    assert not world.row(Enquiry, enquiry_id).protected_before
    sender.take(list_7(("C1", "01/10/2026", "")))
    not_met = Because(Rationale.NOT_BORNE_OUT, partners_told=True)
    with world.acting("tess") as uow:
        enquiries.conclude(uow, enquiry_id, TODAY, EnquiryOutcome.MONITORED, not_met)
    assert protection(world) == {"C1": True}


def test_a_case_begins_with_the_plan_that_its_list_tells(world, browse) -> None:
    row = list_6_row("C1", "01/09/2026")
    row[11] = "b) Child Protection plan"
    an_importer(world, browse).take(a_csv([LIST_6, row, list_6_row("C2", "01/09/2026")]))
    assert protection(world) == {"C1": True, "C2": False}
