"""Section 47 enquiries: opened, concluded, their conference and its fifteen working days."""

from datetime import date

from app.agreements.packs import queries as packs
from app.agreements.proposals.models import Proposal
from app.assurance.nightly.service import elsewhere
from app.assurance.ownership.queries import find_faults
from app.assurance.ownership.rules import Fault
from app.cases.register.models import Case, PriorityReview
from app.cases.states import CaseState
from app.people.models import Practitioner
from app.plans.rules import Outcome
from app.safeguarding.enquiries import queries
from app.safeguarding.enquiries import service as enquiries
from app.safeguarding.enquiries.models import Enquiry
from app.safeguarding.enquiries.rules import Agencies, Show
from app.safeguarding.proceedings.models import PreProceedings
from app.safeguarding.protection import queries as protection
from app.safeguarding.thresholds.models import ThresholdDecision
from app.work.models import OutboxMessage
from tests.browse import readable
from tests.makers import a_case, an_allocated_case
from tests.makers_agreements import a_closed_case, a_flag, a_handover_to_accept, an_agreed_case
from tests.makers_safeguarding import WHY, an_enquiry, some_proceedings
from tests.questions import questions
from tests.world import TODAY, MovingClock, World

BECAUSE = {"rationale": "harm", "partners_told": "yes"}
OPENED = BECAUSE | {"strategy_on": "2/11/2026", "agencies": "joint"}


def test_an_enquiry_makes_the_case_urgent_and_logs_its_threshold(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    page = browse("priya").follow(f"/cases/{case_id}/section-47", **OPENED)
    assert "Section 47 Finish the enquiry on case" in readable(browse("priya").get("/"))
    # Fifteen working days from 2 November 2026.
    assert "due 23 Nov 2026" in readable(page)
    case = world.row(Case, case_id)
    assert (case.priority.value, case.child_protection) == ("urgent", True)
    assert world.rows(PriorityReview)[-1].reason.value == "enquiry_opened"
    logged = world.rows(ThresholdDecision)
    assert [(one.threshold.value, one.met, one.partners_told) for one in logged] == [
        ("section_47", True, True)
    ]
    again = browse("tess").post(f"/cases/{case_id}/section-47", 409, **OPENED)
    assert "An enquiry runs on this case already" in again.text


def test_an_enquiry_moves_its_case_to_somebody_past_their_asye_and_its_next_step_with_it(
    world: World, browse
) -> None:
    case_id = a_case(world)
    with world.setting_up() as uow:
        uow.get(Practitioner, world.practitioner("priya")).asye = True
    tess, address = browse("tess"), f"/cases/{case_id}/section-47"
    assert "Priya" not in tess.get(address)
    for sent, sentence in (
        ({}, "Nobody holds this case: choose who does from now on."),
        ({"practitioner_id": str(world.practitioner("priya"))}, "In their ASYE."),
    ):
        assert sentence in readable(tess.post(address, 422, **OPENED, **sent).text)
    assert world.rows(Enquiry) == []
    other = world.practitioner("pete")
    page = readable(tess.follow(address, **OPENED, practitioner_id=str(other)))
    assert "Finish the enquiry: with Pete Holm" in page
    case = world.row(Case, case_id)
    assert (case.state.value, case.practitioner_id) == ("allocated", other)
    told = [one.subject for one in world.rows(OutboxMessage, to_user_id=world.user("dina"))]
    assert told == ["A section 47 enquiry was opened"]
    moved = {"practitioner_id": str(world.practitioner("priya")), "reason": "MANAGE"}
    refused = tess.post(f"/cases/{case_id}/reallocate", 422, **moved)
    assert "a section 47 enquiry runs on this case" in readable(refused.text)
    (enquiry,) = world.rows(Enquiry)
    ended = BECAUSE | {"concluded_on": "19/11/2026", "outcome": "icpc"}
    tess.post(f"/section-47/{enquiry.id}/outcome", **ended)
    dina = browse("dina")
    assert "Book the conference: with the District Manager" in readable(dina.get("/section-47"))
    dina.get(f"/section-47/{enquiry.id}/conference")
    dina.post(f"/section-47/{enquiry.id}/conference", conference_on="24/11/2026", _version="2")
    assert "Hold the conference: with the District Manager" in readable(dina.get("/section-47"))


def test_a_practitioner_in_their_asye_is_sent_to_the_team_manager(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    with world.setting_up() as uow:
        uow.get(Practitioner, world.practitioner("priya")).asye = True
    refused = browse("priya").post(f"/cases/{case_id}/section-47", 409, **OPENED)
    assert "Ask your team manager to open it with somebody else" in readable(refused.text)
    with world.acting("tess") as uow:
        enquiries.open_enquiry(uow, case_id, TODAY, Agencies.JOINT, WHY, world.practitioner("pete"))
        assert find_faults(uow) == []
    with world.setting_up() as uow:
        uow.get(Practitioner, world.practitioner("pete")).asye = True
    with world.acting("tess") as uow:
        assert [one.fault for one in find_faults(uow)] == [Fault.ENQUIRY]


def test_a_conference_is_booked_held_and_counted_in_time(
    world: World, browse, clock: MovingClock
) -> None:
    case_id = an_allocated_case(world)
    enquiry_id = an_enquiry(world, case_id, date(2026, 11, 2))
    tess, address = browse("tess"), f"/section-47/{enquiry_id}"
    tess.get(f"{address}/outcome")
    ended = BECAUSE | {"concluded_on": "19/11/2026", "outcome": "icpc"}
    assert "Conference to be booked" in tess.follow(f"{address}/outcome", **ended)
    assert "outcome already" in tess.post(f"{address}/outcome", 409, **ended).text
    tess.get(f"{address}/conference")
    for day, result, sentence in (
        ("21/11/2026", "", "not held at a weekend"),
        ("18/11/2026", "", "Say what the conference decided"),
        ("24/11/2026", "plan", "still to come has no result"),
        ("30/10/2026", "plan", "before the strategy discussion"),
        ("31/02/2027", "", "February 2027 has 28 days"),
    ):
        sent = {"conference_on": day, "result": result, "_version": "2"}
        assert sentence in tess.post(f"{address}/conference", 422, **sent).text
    tess.post(f"{address}/conference", conference_on="24/11/2026", _version="2")
    assert "After its day" in browse("dina").get("/section-47")
    clock.move(days=4)
    tess = browse("tess")
    tess.post(f"{address}/conference", 409, conference_on="24/11/2026", _version="2")
    tess.post(f"{address}/conference", conference_on="24/11/2026", result="plan", _version="3")
    case = world.row(Case, case_id)
    assert (case.child_protection, case.priority.value) == (True, "high")
    page = readable(browse("hana").get("/section-47"))
    assert "No enquiry runs" in page
    assert "North 1 0 0%" in page
    assert "North 1 1 0 0" in page
    assert world.row(Enquiry, enquiry_id).ended_on == date(2026, 11, 24)


def test_an_enquiry_that_ends_otherwise_takes_protection_away_and_a_flag_keeps_urgency(
    world: World, browse
) -> None:
    case_id = an_allocated_case(world)
    enquiry_id = an_enquiry(world, case_id)
    a_flag(world, world.row(Case, case_id).reference)
    sent = {"concluded_on": "20/11/2026", "outcome": "services", "partners_told": "no"}
    wrong = browse("tess").post(f"/section-47/{enquiry_id}/outcome", 422, rationale="harm", **sent)
    assert "is no reason for a threshold that is not met" in wrong.text
    browse("tess").post(f"/section-47/{enquiry_id}/outcome", rationale="protected", **sent)
    case = world.row(Case, case_id)
    assert (case.child_protection, case.priority.value) == (False, "urgent")
    logged = world.rows(ThresholdDecision)[-1]
    assert (logged.threshold.value, logged.met, logged.partners_told) == (
        "conference",
        False,
        False,
    )


def test_days_that_cannot_be_are_refused_with_a_sentence(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    priya = browse("priya")
    for day, sentence in (
        ("21/11/2026", "has not happened yet"),
        ("1/1/2026", "before the referral"),
        ("3/11/0226", "not between 1900 and 2100"),
        ("29/2/2026", "February 2026 has 28 days"),
    ):
        page = priya.post(f"/cases/{case_id}/section-47", 422, **OPENED | {"strategy_on": day})
        assert sentence in page.text
    enquiry_id = an_enquiry(world, case_id, date(2026, 11, 10))
    for day in ("9/11/2026", "23/11/2026"):
        sent = BECAUSE | {"concluded_on": day, "outcome": "icpc"}
        browse("tess").post(f"/section-47/{enquiry_id}/outcome", 422, **sent)
    early = browse("tess").post(
        f"/section-47/{enquiry_id}/conference", 409, conference_on="20/11/2026", _version="1"
    )
    assert "waits for no conference" in early.text


def test_an_ended_case_opens_no_enquiry(world: World, browse) -> None:
    case_id = a_closed_case(world)
    assert "has ended" in browse("tess").post(f"/cases/{case_id}/section-47", 409, **OPENED).text


def test_conferences_to_book_are_counted_and_listed_alike(world: World, browse) -> None:
    running, concluded = (an_enquiry(world, an_allocated_case(world)) for _ in range(2))
    sent = BECAUSE | {"concluded_on": "20/11/2026", "outcome": "icpc"}
    browse("tess").post(f"/section-47/{concluded}/outcome", **sent)
    with world.acting("dina") as uow:
        assert protection.running(uow).conferences == 1
        to_book = queries.list_running(uow, Show.TO_BOOK, None)
        assert ([one.id for one in to_book.rows], to_book.total) == ([concluded], 1)
        every = queries.list_running(uow, Show.ALL, None)
        assert {one.id for one in every.rows} == {running, concluded}
    assert " 1 enquiry " in readable(browse("dina").get("/section-47?show=to-book"))
    assert "No conference is to be booked" in browse("omar").get("/section-47?show=to-book")


def test_the_list_of_enquiries_asks_few_questions(world: World) -> None:
    for _ in range(3):
        an_enquiry(world, an_allocated_case(world))
    with world.acting("dina") as uow, questions(world) as asked:
        assert queries.list_running(uow, Show.ALL, None).total == 3
    assert len(asked) <= 4


def test_a_case_stays_protected_while_an_enquiry_runs(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    enquiry_id = an_enquiry(world, case_id)
    sent = {"priority": "high", "reason": "risk_reduced", "next_review_on": "1/12/2026"}
    tess, address = browse("tess"), f"/cases/{case_id}/priority"
    assert "the case stays protected" in tess.post(address, 422, _version="1", **sent).text
    tess.post(address, child_protection="yes", _version="1", **sent)
    ended = {"concluded_on": "20/11/2026", "outcome": "no_action", "rationale": "not_borne_out"}
    tess.post(f"/section-47/{enquiry_id}/outcome", partners_told="yes", **ended)
    tess.post(address, _version="3", **sent)
    assert not world.row(Case, case_id).child_protection


def test_a_child_in_an_enquiry_or_before_a_conference_does_not_stand_still(
    world: World, browse
) -> None:
    case_id, other = an_allocated_case(world), an_allocated_case(world)
    enquiry_id = an_enquiry(world, case_id, date(2026, 11, 10))
    some_proceedings(world, other)
    with world.acting("tess") as uow:
        assert elsewhere(uow) == {case_id: date(2026, 11, 10)}
    ended = {"concluded_on": "17/11/2026", "outcome": "icpc", "rationale": "harm"}
    browse("tess").post(f"/section-47/{enquiry_id}/outcome", partners_told="yes", **ended)
    step = {"step": "letter", "on": "20/11/2026", "next_review_on": "1/12/2026"}
    (begun,) = world.rows(PreProceedings)
    browse("tess").post(f"/pre-proceedings/{begun.id}/step", _version="1", **step)
    with world.acting("tess") as uow:
        assert elsewhere(uow) == {case_id: date(2026, 11, 17), other: TODAY}


def test_a_case_on_a_plan_keeps_its_protection_when_an_enquiry_ends_otherwise(
    world: World, browse
) -> None:
    case_id = an_allocated_case(world, child_protection=True)
    enquiry_id = an_enquiry(world, case_id)
    ended = {"concluded_on": "20/11/2026", "outcome": "no_action", "rationale": "not_borne_out"}
    browse("tess").post(f"/section-47/{enquiry_id}/outcome", partners_told="yes", **ended)
    assert world.row(Case, case_id).child_protection


def test_a_hand_back_that_waits_does_not_keep_an_enquiry_from_being_opened(
    world: World,
) -> None:
    case_id = a_case(world)
    with world.setting_up() as uow:
        case = uow.get(Case, case_id)
        case.state, case.proposed_from = CaseState.PROPOSED, CaseState.UNALLOCATED
    an_enquiry(world, case_id, by="tess")
    with world.acting("dina") as uow:
        (one,) = queries.of_case(uow, case_id)
        assert one.next_step == "Finish the enquiry: with nobody"


def test_a_running_enquiry_stops_a_closure_until_it_has_its_outcome(world: World, browse) -> None:
    case_id = an_agreed_case(world, Outcome.CLOSE_NFA)
    enquiry_id, tess = an_enquiry(world, case_id), browse("tess")
    begun_id = some_proceedings(world, case_id)
    refused = readable(tess.post(f"/cases/{case_id}/close", 409).text)
    assert "A section 47 enquiry runs" in refused
    assert "Pre-proceedings run" in refused
    (proposal,) = world.rows(Proposal, case_id=case_id)
    brief = readable(browse("dina").get(f"/agreements/{proposal.id}"))
    assert "Section 47 enquiry runs Pre-proceedings run See what runs" in brief
    outcome = {"outcome": "no_action", "concluded_on": "20/11/2026", "partners_told": "yes"}
    outcome["rationale"] = "not_borne_out"
    tess.post(f"/section-47/{enquiry_id}/outcome", **outcome)
    browse("dina").post(f"/pre-proceedings/{begun_id}/decide", decision="step_down", _version="1")
    tess.post(f"/cases/{case_id}/close")
    assert world.row(Case, case_id).ended_on == TODAY


def test_a_running_enquiry_goes_over_by_name_with_a_handover(world: World, browse) -> None:
    case_id = a_handover_to_accept(world)
    an_enquiry(world, case_id, date(2026, 11, 18))
    some_proceedings(world, case_id)
    with world.acting("tess") as uow:
        told = [row for _, rows in packs.sheet_of(uow, case_id).parts for row in rows]
    assert (
        "Section 47 enquiry",
        "Enquiry runs, jointly with the police",
        "Strategy discussion 18 Nov 2026",
    ) in told
    assert ("Pre-proceedings", "Next review 18 Dec 2026", "Gateway meeting 20 Nov 2026") in told
    browse("dina").post(f"/cases/{case_id}/handover/accept", receiving_worker="Jo Lane")
