"""A practitioner's day: visits due, one list by whose turn it is, and acting in place."""

from datetime import date

from app.cases.assessments.models import Visit
from app.cases.register.models import Case
from app.overview.today.queries import day_of
from tests.browse import readable
from tests.makers import a_case, a_submitted_case, an_allocated_case, an_assessing_case
from tests.makers_holds import a_hold
from tests.questions import plans, questions
from tests.world import World


def test_the_day_is_sorted_by_whose_turn_it_is(world: World, browse) -> None:
    late = an_assessing_case(world, referred_on=date(2026, 8, 3), reference="L1")
    an_allocated_case(world, reference="M1")
    a_submitted_case(world, reference="O1")
    a_hold(world, an_assessing_case(world, reference="H1"))
    page = browse("priya").get("/")
    told = readable(page)
    assert "Overdue 1 L1 Assessing Finish the assessment" in told
    assert "Waiting for you 1 M1 Allocated Start the assessment" in told
    assert "Waiting for others 2" in told
    assert "Waits for the team manager’s authorisation" in told
    assert "back on its day: 4 Dec 2026" in told
    for address in (
        f"/cases/{late}/assessment/seen",
        f"/cases/{late}/delays/new",
        "/flags/new?reference=L1",
    ):
        assert f'href="{address}"' in page
    assert "Visits due" not in page


def test_a_visit_is_due_and_recorded_from_the_list(world: World, browse) -> None:
    case_id = an_allocated_case(world, allocated_on=date(2026, 11, 2))
    world.clock.move(days=28)
    priya = browse("priya")
    told = readable(priya.get("/"))
    assert "Visits due" in told
    assert "Late See by 18 Dec 2026" in told or "Never seen See by 18 Dec 2026" in told
    assert 'value="2026-12-18"' in priya.get(f"/cases/{case_id}/assessment/seen")
    priya.post(f"/cases/{case_id}/assessment/seen", seen_on="2026-12-18", alone="yes")
    assert [visit.seen_alone for visit in world.rows(Visit)] == [True]
    assert "Visits due" not in priya.get("/")


def test_cases_held_and_worked_on_beside_another_stand_together_by_their_due_days(
    world: World,
) -> None:
    late, early = date(2026, 12, 11), date(2026, 12, 9)
    held = an_assessing_case(world, due_on=late, reference="P1")
    beside = an_assessing_case(world, "pete", due_on=early, reference="P2")
    unseen = a_case(world, "South", practitioner_id=world.practitioner("priya"))
    with world.setting_up() as uow:
        uow.get(Case, beside).co_worker_id = world.practitioner("priya")
    with world.acting("priya") as uow:
        found = day_of(uow)
    tasks = [task.case_id for tasks in found.tasks.values() for task in tasks]
    assert tasks == [beside, held]
    assert unseen not in tasks
    assert found.number == 2


def test_a_day_is_read_in_turn_from_the_workers_own_indexes(world: World) -> None:
    an_assessing_case(world)
    with world.acting("priya") as uow, plans(world) as lines:
        assert day_of(uow).number == 1
    for index in ("ix_cases_worker_due", "ix_cases_co_worker_due"):
        named = any(index in line for line in lines)
        assert named is world.database.is_sqlite, lines


def test_nobody_elses_cases_are_in_it_and_it_takes_few_questions(world: World, browse) -> None:
    assert "You hold no case yet" in browse("sam").get("/")
    an_assessing_case(world, reference="P1")
    priya = browse("priya")
    assert "P1" not in browse("pete").get("/")
    with questions(world) as few:
        priya.get("/")
    for _ in range(3):
        an_assessing_case(world)
    with questions(world) as many:
        priya.get("/")
    assert len(many) == len(few) <= 8
