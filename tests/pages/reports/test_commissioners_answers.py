"""Then and now, and whose hold-up: what a commissioner reads of a lot without seeing a case."""

from datetime import date

from app.cases.clock_statements import service as statements
from app.cases.clock_statements.models import ClockDays, ClockLine
from app.cases.register import service as register
from app.performance.measures.rules import Measure
from app.reports.movements import queries as movements
from app.reports.then_and_now.models import StartFigures
from tests.browse import readable
from tests.makers import a_case, an_allocated_case
from tests.makers_agreements import a_proposal
from tests.makers_reports import a_reading, a_version
from tests.questions import questions
from tests.world import World

FRIDAY = date(2026, 11, 20)
OCTOBER_ENDS = date(2026, 10, 31)


def test_the_start_is_kept_once_and_read_beside_today(world: World, browse) -> None:
    for number in range(3):
        a_case(world, reference=f"N-{number}")
    paula, carl = browse("paula"), browse("carl")
    path = f"/then-and-now/lots/{world.lot()}/keep"
    paula.post(path, 409)
    with world.acting("paula") as uow:
        register.freeze(uow, world.lot())
    assert "Keep the figures at the start" in paula.get("/then-and-now")
    for who, status in (("carl", 403), ("hana", 403), ("eve", 404)):
        browse(who).post(path, status)
    paula.post(path)
    paula.post(path, 409)
    [kept] = world.rows(StartFigures)
    assert (kept.cases, kept.unallocated) == (3, 3)
    an_allocated_case(world)
    with questions(world) as asked:
        said = readable(carl.get("/then-and-now"))
    assert len(asked) <= 14
    assert "The counts then were kept by Paula Marsh, 20 Nov 2026" in said
    assert "Open cases 3 20 Nov 2026 4 20 Nov 2026 Worse" in said
    assert "Without a named worker 3 20 Nov 2026 3 20 Nov 2026 The same" in said
    assert "N-1" not in said
    browse("priya").get("/then-and-now", 403)


def test_nothing_is_told_to_have_moved_where_only_the_definition_did(world: World, browse) -> None:
    september, october = (date(2026, 9, 1), date(2026, 9, 30)), (date(2026, 10, 1), OCTOBER_ENDS)
    a_reading(world, Measure.SUPERVISED, *september, 20, 80)
    a_version(world, Measure.SUPERVISED, 1, 60)
    a_reading(world, Measure.SUPERVISED, *october, 70, 80, version=1)
    a_reading(world, Measure.CHILD_SEEN, *september, 20, 80)
    a_reading(world, Measure.CHILD_SEEN, *october, 70, 80)
    page = readable(browse("hana").get("/then-and-now"))
    assert "Talked about in supervision 25.0% September 2026 87.5% October 2026 –" in page
    assert "Seen in the assessment 25.0% September 2026 87.5% October 2026 Better" in page
    with world.acting("hana") as uow:
        titles = [one.title for one in movements.list_moved(uow)[world.lot()]]
    assert titles == ["Seen in the assessment"]


def test_days_of_statements_stand_by_side_and_few_of_them_are_hidden(world: World, browse) -> None:
    assert "No statement yet" in browse("carl").get("/hold-ups")
    for _ in range(3):
        an_allocated_case(world)
    a_proposal(world)
    world.clock.move(days=4)
    with world.acting("paula") as uow:
        statements.issue(uow, world.lot(), FRIDAY)
    lines = {one.holder: one.days for one in world.rows(ClockLine)}
    assert {one.holder: one.days for one in world.rows(ClockDays)} == lines
    exact = readable(browse("hana").get("/hold-ups"))
    assert "20 Nov 2026 North" in exact
    assert "No statement yet" in browse("carl").get("/hold-ups")
    world.clock.move(days=7)
    with questions(world) as asked:
        told = readable(browse("carl").get("/hold-ups"))
    assert len(asked) <= 8
    assert "27 Nov 2026 North" in told
