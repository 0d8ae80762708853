"""Then and now, and whose hold-up: what a commissioner reads of a lot without seeing a case."""

from datetime import date

from app.cases.clock_statements import service as statements
from app.cases.clock_statements.models import ClockDays, ClockLine
from app.cases.register import service as register
from app.reports.then_and_now.models import StartFigures
from tests.browse import readable
from tests.makers import a_case, an_allocated_case
from tests.makers_agreements import a_proposal
from tests.questions import questions
from tests.world import World

FRIDAY = date(2026, 11, 20)


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
