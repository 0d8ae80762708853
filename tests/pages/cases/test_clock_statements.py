"""Statements of whose clock it was: counted from rows, issued, answered line by line."""

from datetime import date, timedelta

import pytest

from app.cases.clock_statements import queries, service
from app.cases.clock_statements.models import ClockLine, ClockStatement
from app.cases.clock_statements.rules import Answer, Said
from app.cases.holds.models import Hold
from app.cases.register import service as register
from app.kernel.clock import Holder
from tests.browse import readable
from tests.makers import a_case, an_allocated_case, an_authorised_case
from tests.makers_agreements import a_proposal
from tests.makers_delivery import a_cleared_case
from tests.makers_holds import a_past_hold
from tests.questions import questions
from tests.world import TODAY, World

FRIDAY = date(2026, 11, 13)
NEXT = date(2026, 11, 20)


@pytest.fixture
def lot_with_holds(world: World) -> int:
    """In the week: one case waits, one is on hold for three of its days, one ends on Wednesday."""
    a_case(world)
    held = an_allocated_case(world)
    a_past_hold(world, held, date(2026, 11, 10), date(2026, 11, 13))
    a_cleared_case(world, on=date(2026, 11, 11))
    return world.lot()


def counted(world: World, friday: date = FRIDAY, lot: str = "North") -> Said:
    with world.acting("paula") as uow:
        return queries.count_week(uow, world.lot(lot), friday)


def issued(world: World, lot_id: int) -> int:
    with world.acting("paula") as uow:
        return service.issue(uow, lot_id, FRIDAY)


def test_a_week_is_drafted_issued_and_answered_line_by_line(
    world: World, browse, lot_with_holds: int
) -> None:
    paula, dina = browse("paula"), browse("dina")
    assert "13 Nov 2026" in paula.get("/clock")
    draft = readable(paula.get(f"/clock/lots/{lot_with_holds}?week=2026-11-11"))
    assert "Agency 10 Partner 3 All open cases 13" in draft
    assert "A criminal investigation 11 Nov 2026 13 Nov 2026 3" in draft
    assert "project manager issues it" in dina.get(f"/clock/lots/{lot_with_holds}?week=2026-11-11")
    page = readable(paula.follow(f"/clock/lots/{lot_with_holds}", week="2026-11-13"))
    assert "Still to answer: 2 of 2 by the agency, 2 by the council." in page
    own, partner = world.rows(ClockLine)
    assert (own.days, own.case_id, partner.days) == (10, None, 3)
    assert "Clock lines to answer 2" in readable(dina.get("/"))
    dispute = {"_version": 1, "answer": "disputed"}
    address = f"/clock/lines/{partner.id}/council"
    dina.get(address)
    answer = dina.post(address, 422, **dispute)
    assert "Say what is wrong with this line." in readable(answer.text)
    page = readable(dina.follow(address, **dispute, words="The police closed it on the 9th."))
    assert "Disputed The police closed it on the 9th. Dina Ferris" in page
    dina.post(address, 409, **dispute, words="Again")
    [statement] = world.rows(ClockStatement)
    dina.post(f"/clock/{statement.id}/council")
    assert "Clock lines to answer 0" in readable(dina.get("/"))
    assert "Clock lines to answer 0" in readable(browse("omar").get("/"))
    tess = browse("tess")
    assert "Clock lines to answer 2" in readable(tess.get("/"))
    tess.post(f"/clock/{statement.id}/agency")
    assert "Clock lines to answer 0" in readable(tess.get("/"))
    assert "1 disputed" in readable(paula.get("/clock"))
    dina.post(address, _version=3, answer="accepted")
    assert "Accepted by both sides" in readable(paula.get(f"/clock/{statement.id}"))
    assert [line.agency_by for line in world.rows(ClockLine)] == [world.user("tess")] * 2


def test_every_figure_of_a_statement_equals_its_rows(world: World, lot_with_holds: int) -> None:
    statement_id = issued(world, lot_with_holds)
    with world.acting("hana") as uow:
        view = queries.find_statement(uow, statement_id)
        assert view is not None
        lines = queries.list_lines(uow, view, None)
        shared = queries.by_holder(uow, statement_id)
    assert view.days == sum(line.days for line in lines.rows) == sum(shared.values()) == 13
    assert shared == {Holder.AGENCY: 10, Holder.PARTNER: 3}


def test_the_council_has_the_days_on_which_a_proposal_waits(world: World) -> None:
    case_id = an_authorised_case(world)
    a_proposal(world, case_id)
    world.clock.move(days=5)
    said = counted(world, date(2026, 11, 27))
    assert said.by_holder == {Holder.COUNCIL: 5}
    assert [line.why for line in said.lines] == ["Proposal waits for a decision"]


def test_a_case_that_went_to_another_lot_counts_in_each_for_its_own_nights(world: World) -> None:
    case_id = an_allocated_case(world)
    a_past_hold(world, case_id, date(2026, 11, 13), date(2026, 11, 27))
    with world.acting("paula") as uow:
        register.transfer(uow, case_id, world.lot("South"))
    assert counted(world, NEXT).by_holder == {Holder.PARTNER: 5}
    assert counted(world, NEXT, "South").lines == ()
    world.clock.move(days=7)
    assert counted(world, NEXT + timedelta(days=7)).lines == ()
    assert counted(world, NEXT + timedelta(days=7), "South").by_holder == {Holder.PARTNER: 5}


def test_what_is_known_later_changes_no_issued_statement(
    world: World, browse, lot_with_holds: int
) -> None:
    statement_id = issued(world, lot_with_holds)
    [hold] = world.rows(Hold)
    a_past_hold(world, hold.case_id, date(2026, 11, 6), date(2026, 11, 10))
    paula = browse("paula")
    assert "Agency 10 Partner 3" in readable(paula.get(f"/clock/{statement_id}"))
    answer = paula.post(f"/clock/lots/{lot_with_holds}", 409, week="2026-11-13")
    assert "issued already" in readable(answer.text)


@pytest.mark.parametrize(
    ("week", "status", "words"),
    [
        ("20/11/2026", 409, "once its week is over"),
        ("12/11/2026", 422, "12 Nov 2026 is not a Friday."),
        ("30/10/2026", 409, "nothing to state"),
    ],
)
def test_a_week_that_cannot_be_stated_is_refused(
    world: World, browse, lot_with_holds: int, week: str, status: int, words: str
) -> None:
    answer = browse("paula").post(f"/clock/lots/{lot_with_holds}", status, week=week)
    assert words in readable(answer.text)
    assert world.rows(ClockStatement) == []


@pytest.mark.parametrize(
    ("who", "agency", "council"),
    [
        ("tess", 303, 403),
        ("paula", 303, 403),
        ("hana", 403, 303),
        ("priya", 403, 403),
        ("carl", 403, 403),
        ("omar", 403, 404),
    ],
)
def test_each_side_answers_for_itself(
    world: World, browse, lot_with_holds: int, who: str, agency: int, council: int
) -> None:
    issued(world, lot_with_holds)
    line = world.rows(ClockLine)[0]
    reader, accepted = browse(who), {"_version": line.version, "answer": "accepted"}
    reader.post(f"/clock/lines/{line.id}/agency", agency, **accepted)
    reader.post(f"/clock/lines/{line.id}/council", council, **accepted)
    after = world.row(ClockLine, line.id)
    assert (after.agency_answer is Answer.ACCEPTED) == (agency == 303)
    assert (after.council_answer is Answer.ACCEPTED) == (council == 303)


def test_a_statement_takes_few_questions_however_many_lines_it_has(world: World, browse) -> None:
    a_past_hold(world, an_allocated_case(world), date(2026, 11, 10), date(2026, 11, 13))
    address = f"/clock/lots/{world.lot()}?week=2026-11-13"
    paula = browse("paula")
    with questions(world) as few:
        paula.get(address)
    for _ in range(3):
        a_past_hold(world, an_allocated_case(world), date(2026, 11, 9), date(2026, 11, 12))
    with questions(world) as many:
        paula.get(address)
    assert len(many) == len(few) <= 16


def test_an_empty_week_says_so(world: World, browse) -> None:
    assert "Nothing to state" in browse("paula").get(f"/clock/lots/{world.lot()}?week=%00")
    assert "No week is over yet" in browse("dina").get("/clock?page=-1")
    assert TODAY.isoformat() not in browse("dina").get("/clock")
