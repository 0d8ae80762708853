"""Pre-proceedings and threshold decisions: begun, moved on, decided, logged."""

from app.safeguarding.proceedings import queries
from app.safeguarding.proceedings.models import PreProceedings, PreProceedingsStep
from app.safeguarding.proceedings.queries import ProceedingsCounts
from app.safeguarding.thresholds.models import ThresholdDecision
from tests.browse import readable
from tests.makers import an_allocated_case
from tests.makers_agreements import a_closed_case
from tests.makers_safeguarding import some_proceedings
from tests.world import MovingClock, World

BEGUN = {"gateway_on": "19/11/2026", "next_review_on": "4/12/2026"}


def test_pre_proceedings_run_from_the_gateway_to_a_decision(
    world: World, browse, clock: MovingClock
) -> None:
    case_id = an_allocated_case(world)
    dina, tess = browse("dina"), browse("tess")
    dina.get(f"/cases/{case_id}/pre-proceedings")
    page = dina.follow(f"/cases/{case_id}/pre-proceedings", **BEGUN)
    assert "Next review 4 Dec 2026" in readable(page)
    assert (
        "run on this case already"
        in dina.post(f"/cases/{case_id}/pre-proceedings", 409, **BEGUN).text
    )
    one = world.rows(PreProceedings)[0]
    address = f"/pre-proceedings/{one.id}"
    tess.get(f"{address}/step")
    letter = {"step": "letter", "on": "20/11/2026", "next_review_on": "4/12/2026"}
    tess.post(f"{address}/step", **letter)
    assert "recorded already" in tess.post(f"{address}/step", 422, **letter).text
    tess.post(f"{address}/step", **letter | {"step": "review"})
    one = world.row(PreProceedings, one.id)
    assert (str(one.letter_on), one.reviews) == ("2026-11-20", 1)
    assert len(world.rows(PreProceedingsStep)) == 2
    clock.move(days=17)
    dina = browse("dina")
    assert "Overdue" in dina.get("/pre-proceedings")
    with world.acting("dina") as uow:
        assert queries.count(uow) == ProceedingsCounts(running=1, overdue=1, without_letter=0)
    dina.get(f"{address}/decide")
    dina.post(f"{address}/decide", 409, decision="court", _version="1")
    page = dina.follow(f"{address}/decide", decision="court", _version=str(one.version))
    assert "Issue care proceedings" in page
    browse("tess").post(f"{address}/step", 409, **letter)
    dina.post(f"{address}/decide", 409, decision="court", _version="4")
    assert "Decided 7 Dec 2026" in readable(dina.get(f"{address}/decide"))


def test_a_review_is_a_weekday_soon_and_a_step_has_happened(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    for wrong, sentence in (
        ({"gateway_on": "21/11/2026"}, "has not happened yet"),
        ({"gateway_on": "1/1/2026"}, "before the referral"),
        ({"next_review_on": "20/11/2026"}, "on a later day than today"),
        ({"next_review_on": "5/12/2026"}, "No review is held at a weekend"),
        ({"next_review_on": "18/1/2027"}, "within eight weeks"),
    ):
        sent = BEGUN | wrong
        assert (
            sentence in browse("dina").post(f"/cases/{case_id}/pre-proceedings", 422, **sent).text
        )
    proceedings_id = some_proceedings(world, case_id)
    for day, sentence in (("19/11/2026", "before the gateway"), ("21/11/2026", "not come yet")):
        sent = {"step": "meeting", "on": day, "next_review_on": "4/12/2026"}
        page = browse("tess").post(f"/pre-proceedings/{proceedings_id}/step", 422, **sent)
        assert sentence in page.text


def test_a_threshold_decision_is_logged_with_its_rationale_and_who_was_told(
    world: World, browse
) -> None:
    case_id = an_allocated_case(world)
    tess, address = browse("tess"), f"/cases/{case_id}/threshold"
    tess.get(address)
    sent = {
        "threshold": "section_47",
        "met": "no",
        "rationale": "not_borne_out",
        "partners_told": "yes",
        "decided_on": "20/11/2026",
    }
    assert "The concern was not borne out" in readable(tess.follow(address, **sent))
    logged = world.rows(ThresholdDecision)[0]
    assert (logged.met, logged.partners_told, logged.decided_by) == (
        False,
        True,
        world.user("tess"),
    )
    assert (
        "Open the enquiry itself"
        in tess.post(address, 409, **sent | {"met": "yes", "rationale": "harm"}).text
    )
    conference = {"threshold": "conference", "met": "yes", "rationale": "harm"}
    assert "End the enquiry" in tess.post(address, 409, **sent | conference).text
    assert "not come yet" in tess.post(address, 422, **sent | {"decided_on": "21/11/2026"}).text
    tess.post(address, **sent | {"threshold": "referral", "met": "yes", "rationale": "new_facts"})
    page = readable(browse("hana").get("/thresholds"))
    assert "North Referral: a statutory service 1 0 1 of 1" in page
    assert "2 decisions" in page


def test_an_ended_case_takes_no_issue_no_threshold_and_no_pre_proceedings(
    world: World, browse
) -> None:
    case_id = a_closed_case(world)
    decision = {
        "threshold": "referral",
        "met": "yes",
        "rationale": "harm",
        "partners_told": "no",
        "decided_on": "20/11/2026",
    }
    issue = {"trouble": "missing", "action_taken": "Police told", "cover": "Night desk"}
    for who, act, sent in (
        ("tess", "issue", issue),
        ("tess", "threshold", decision),
        ("dina", "pre-proceedings", BEGUN),
    ):
        refused = browse(who).post(f"/cases/{case_id}/{act}", 409, **sent)
        assert "This case has ended." in refused.text
