"""Measures: figures that open their rows, versions that both sides sign, what outsiders see."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select
from sqlmodel import col

from app.cases.assessments.models import Assessment
from app.cases.register import service as register
from app.cases.register.models import Case
from app.cases.scope.models import LedgerPosting
from app.cases.scope.rules import Term
from app.kernel.acts import Act
from app.kernel.clock import AssessmentType
from app.performance.measures import queries, reading, service
from app.performance.measures.events.columns import cohort_of_case
from app.performance.measures.models import MeasureReading, MeasureVersion, RunningReading
from app.performance.measures.rules import Cohort, Measure
from app.work.models import TrailEntry
from tests.browse import readable
from tests.makers import a_case
from tests.makers_agreements import a_closed_case, a_flag, a_handed_over_case
from tests.questions import questions
from tests.world import TODAY, World

IN_WEEK = date(2026, 11, 10)
WEEK = "every=week&of=2026-11-07"


def authorised(world: World, number: int, seen: int, lot: str = "North", days: int = 30) -> None:
    """Assessments authorised in the last whole week, some with the child seen."""
    for place in range(number):
        case_id = a_case(world, lot)
        with world.setting_up() as uow:
            uow.add(
                Assessment(
                    case_id=case_id,
                    lot_id=world.lot(lot),
                    assessment_type=AssessmentType.CHILD_AND_FAMILY,
                    started_on=IN_WEEK - timedelta(days=days if place else 70),
                    seen_on=IN_WEEK if place < seen else None,
                    submitted_on=IN_WEEK,
                    authorised_on=IN_WEEK,
                )
            )


def read(world: World) -> int:
    with world.acting("paula") as uow:
        return service.read_due(uow)


def test_an_assessment_counts_by_its_due_day_though_its_case_has_ended(world: World) -> None:
    case_id = a_closed_case(world)
    due_on = world.row(Case, case_id).due_on
    assert due_on is not None
    world.clock.move(days=(due_on - TODAY).days + 14)
    read(world)
    with world.acting("paula") as uow:
        found = queries.readings(uow, monthly=False, measures=[Measure.TIMELINESS])
    counted = {
        (one.cohort, one.numerator, one.denominator)
        for one in found
        if one.lot_id == world.lot() and one.starts_on <= due_on <= one.ends_on
    }
    assert counted == {(Cohort.ALL, 1, 1), (Cohort.NEW, 1, 1), (Cohort.INHERITED, 0, 0)}


def test_work_that_was_overdue_when_it_came_stays_told_apart_once_it_ended(world: World) -> None:
    case_id = a_handed_over_case(world)
    with world.setting_up() as uow:
        case = uow.get(Case, case_id)
        assert case.due_on is not None
        case.received_on = case.due_on + timedelta(days=1)
    with world.acting("paula") as uow:
        inherited = uow.rows(select(cohort_of_case()).where(col(Case.id) == case_id)).scalar()
    assert inherited == Cohort.INHERITED


def test_a_figure_opens_the_rows_it_stands_for_and_keeps_what_was_read(
    world: World, browse, monkeypatch
) -> None:
    authorised(world, 8, seen=7)
    assert "Nothing has been read yet" in browse("tess").get("/measures")
    assert read(world) > 0
    tess, hana = browse("tess"), browse("hana")
    assert "Seen in the assessment n/a 87.5% 7 of 8 n/a" in readable(hana.get("/measures"))
    shown = tess.get("/measures")
    address = f"/measures/child-seen/rows?lot={world.lot()}&{WEEK}"
    assert address.replace("&", "&amp;") in shown
    page = readable(tess.get(address))
    assert "87.5% : 7 of 8" in page
    assert "8 rows" in page
    assert "These are the rows of the figure read" in page
    assert "1 row" in readable(tess.get(f"{address}&show=missed"))
    assert "7 rows" in readable(tess.get(f"{address}&show=counted"))
    assert "No rows" in tess.get(f"{address}&cohort=inherited")

    [unseen] = [one for one in world.rows(Assessment) if one.seen_on is None]
    with world.setting_up() as uow:
        uow.get(Assessment, unseen.id).seen_on = IN_WEEK
    page = readable(tess.get(address))
    assert "100.0% : 8 of 8" in page
    assert "Rows have come or changed since" in page
    assert "it was 87.5%, 7 of 8" in page
    with monkeypatch.context() as few:
        few.setattr(reading, "MOST_COUNTED_AGAIN", 7)
        page = readable(tess.get(address))
    assert "87.5% : 7 of 8" in page
    assert "8 rows" in page
    assert "so many rows are not counted again" in page
    before = len(world.rows(MeasureReading))
    page = readable(hana.follow(f"/measures/child-seen/again/{world.contract()}"))
    assert "2 figures are other than before" in page
    assert len(world.rows(MeasureReading)) == before + 2
    assert "100.0% 8 of 8" in page
    assert "2 figures" not in readable(
        hana.follow(f"/measures/child-seen/again/{world.contract()}")
    )
    tess.post(f"/measures/child-seen/again/{world.contract()}", 403)
    browse("eve").post(f"/measures/child-seen/again/{world.contract()}", 404)


def test_a_case_that_moved_on_still_stands_behind_the_figures_of_the_lot_that_received_it(
    world: World, browse
) -> None:
    case_id = a_case(world)
    came = {"lot_id": world.lot(), "case_id": case_id, "term": Term.RECEIVED, "outcome": ""}
    with world.setting_up() as uow:
        uow.add(LedgerPosting(**came, cases=1, effective_on=IN_WEEK, at=uow.now))
    with world.acting("paula") as uow:
        register.transfer(uow, case_id, world.lot("South"))
    read(world)
    for who, named in (("hana", True), ("tess", False)):
        page = readable(browse(who).get(f"/measures/received-cases/rows?lot={world.lot()}&{WEEK}"))
        assert "1 row" in page
        assert "These are the rows of the figure read" in page
        assert ("A case of another lot now" not in page) is named


def test_every_night_reads_what_is_over_once_and_how_far_the_rest_is(world: World) -> None:
    authorised(world, 3, seen=3)
    contract = world.contract()
    with world.acting("paula") as uow:
        # Neither trying a version nor reading one measure again stands for the night's reading.
        said = {"words": "Sooner.", "within": 9, "reason": "Board", "began_from": 0}
        service.draft(uow, contract, Measure.DECIDED_SOON, **said)
    with world.acting("paula") as uow:
        assert service.read_again(uow, contract, Measure.AGREED)
    assert service.read_daily(world.database)
    assert not service.read_daily(world.database)
    assert read(world) == 0
    acts = [one.act for one in world.rows(TrailEntry) if one.act == Act.MEASURE_READ]
    assert acts
    with world.acting("paula") as uow:
        lot = world.lot()
        seen = queries.readings(
            uow, monthly=False, measures=[Measure.CHILD_SEEN], lots=[lot], running=False
        )
        last = [one for one in seen if one.cohort is Cohort.ALL][-1]
        assert (last.numerator, last.denominator, last.value) == (3, 3, 1.0)
        weeks = queries.readings(uow, monthly=False, measures=[Measure.OPEN], lots=[lot])
        whole = [one for one in weeks if one.cohort is Cohort.ALL]
        assert [one.ends_on for one in whole] == [
            date(2026, 11, 6),
            date(2026, 11, 13),
            # The week that runs, up to yesterday.
            date(2026, 11, 19),
        ]
        assert [one.value for one in whole] == [3, 3, 3]
    world.clock.move(days=1)
    assert service.read_daily(world.database)
    with world.acting("paula") as uow:
        weeks = queries.readings(uow, monthly=False, measures=[Measure.OPEN], lots=[world.lot()])
        assert max(one.ends_on for one in weeks) == date(2026, 11, 20)
    assert {one.ends_on for one in world.rows(RunningReading)} == {date(2026, 11, 20)}
    # A measure that came with an upgrade is read on the same day, not after the next night.
    with world.database.engine.connect().execution_options(writing=True) as connection:
        for model in (RunningReading, MeasureReading):
            connection.execute(delete(model).where(model.measure == Measure.CASELOAD_FULL_TIME))
        connection.commit()
    assert service.read_daily(world.database)
    assert world.rows(MeasureReading, measure=Measure.CASELOAD_FULL_TIME)
    assert not service.read_daily(world.database)


def test_a_version_counts_from_the_day_on_which_both_sides_have_signed(
    world: World, browse
) -> None:
    authorised(world, 4, seen=4)
    read(world)
    paula, hana, contract = browse("paula"), browse("hana"), world.contract()
    form = f"/measures/assessment-duration/draft/{contract}"
    assert "From 1 to 90" in paula.get(form)
    said = {"words": "Within forty working days of the start.", "reason": "Board of 12 November"}
    wrong = paula.post(form, 422, **said, within="0")
    assert "Write a number of days from 1 to 90." in wrong.text
    assert "Enter" in paula.post(form, 422, within="40", reason="x").text
    page = readable(paula.follow(form, **said, within="15"))
    assert "Version 1 waits to be signed" in page
    assert "It allows 15 working days in place of 45" in page
    # Three of the four took 20 working days: by the draft none of them is in time.
    assert "Past periods as they were read, and by version 1" in page
    assert "75.0% 3 of 4 0.0% 0 of 4" in page
    paula.post(form, 409, **said, within="14", _version="0")
    for who in ("tess", "dina", "carl"):
        browse(who).get(form, 403)
    browse("eve").get(form, 404)

    sign = f"/measures/assessment-duration/agency/{contract}"
    paula.post(sign, 404, _version="9")
    paula.post(sign, _version="1")
    paula.post(sign, 409, _version="1")
    hana.post(sign, 403, _version="1")
    assert [one.version for one in world.rows(MeasureReading, in_force=True)] == [0] * len(
        world.rows(MeasureReading, in_force=True)
    )
    page = readable(hana.follow(sign.replace("agency", "council"), _version="1"))
    assert "Version 1, since 20 Nov 2026: signed by Paula Marsh for the agency and Hana" in page
    [version] = world.rows(MeasureVersion)
    assert "Days: 15 working days" in version.said
    world.clock.move(days=2)
    read(world)
    kept = world.rows(MeasureReading, measure=Measure.DURATION, in_force=True, monthly=False)
    assert {(one.ends_on, one.version) for one in kept} == {
        (date(2026, 11, 6), 0),
        (date(2026, 11, 13), 0),
        (date(2026, 11, 20), 1),
    }
    refused = browse("paula").post(
        form, 422, words=version.words, within="15", reason="x", _version="1"
    )
    assert "This is the version in force" in refused.text


def test_a_commissioner_sees_what_a_version_changes_where_no_number_is_hidden(
    world: World, browse
) -> None:
    authorised(world, 4, seen=4)
    world.clock.move(days=12)
    read(world)
    paula, contract = browse("paula"), world.contract()
    said = {"words": "Sooner than it was.", "reason": "Board"}
    for measure, within in (("assessment-duration", "15"), ("seen-soon", "3")):
        paula.post(f"/measures/{measure}/draft/{contract}", **said, within=within)
    carl = browse("carl")
    page = readable(carl.get("/measures/assessment-duration"))
    assert "1 Nov 2026 n/a n/a 75.0% 3 of 4 0.0% 0 of 4" in page
    page = readable(carl.get("/measures/seen-soon"))
    assert "Version 1 waits to be signed" in page
    assert "Past periods as they were read" not in page


def test_a_draft_is_tried_on_weeks_that_end_before_it_is_signed_and_stays_beside_corrections(
    world: World, browse
) -> None:
    authorised(world, 4, seen=4)
    read(world)
    paula, contract = browse("paula"), world.contract()
    address = "/measures/assessment-duration"
    said = {"words": "Within fifteen working days.", "within": "15", "reason": "Board"}
    paula.post(f"{address}/draft/{contract}", **said)
    world.clock.move(days=2)
    read(world)
    page = readable(browse("paula").get(f"{address}?every=week"))
    assert "14 Nov 2026 n/a n/a n/a n/a n/a n/a" in page
    with world.setting_up() as uow:
        late = uow.session.scalars(select(Assessment)).first()
        assert late is not None
        late.started_on = IN_WEEK - timedelta(days=7)
    browse("paula").post(f"{address}/again/{contract}")
    page = readable(browse("paula").get(f"{address}?every=week"))
    assert "7 Nov 2026 n/a n/a 100.0% 4 of 4 25.0% 1 of 4" in page


def test_weeks_that_a_version_was_not_tried_on_are_not_told_as_changed(
    world: World, browse
) -> None:
    a_case(world)
    read(world)
    paula, contract = browse("paula"), world.contract()
    said = {"words": "Every twenty days.", "within": "20", "reason": "Board"}
    page = readable(paula.follow(f"/measures/supervised/draft/{contract}", **said))
    assert "of the figures above" not in page
    assert "Version 1 is tried on whole months: see the months" in page


def test_a_commissioner_sees_no_small_number_about_children_and_no_row(
    world: World, browse
) -> None:
    authorised(world, 12, seen=10)
    authorised(world, 14, seen=8, lot="South")
    a_flag(world, "X-1", by="priya")
    world.clock.move(days=20)
    read(world)
    carl, paula = browse("carl"), browse("paula")
    assert "83.3% 10 of 12" in readable(paula.get("/measures?every=month"))
    page = readable(carl.get("/measures"))
    assert "Seen in the assessment n/a c c of 12 c c of 14 assessments" in page
    assert "10 of 12" not in page
    assert "Safeguarding flags raised 0 c 0" in page
    assert "Seen in the assessment – – –" in readable(carl.get("/measures?every=week"))
    # A lot by itself tells no more than it does among all; the first choice is the month.
    for lot in ("North", "South"):
        page = readable(carl.get(f"/measures?every=&lot={world.lot(lot)}"))
        assert "The last whole month began on" in page
        assert "Seen in the assessment c c of 1" in page
        page = readable(carl.get(f"/measures/child-seen?every=&lot={world.lot(lot)}"))
        assert "c c of 1" in page
        assert "8 of 14" not in page
    assert "Shown by months" in carl.get("/measures/child-seen?every=week")
    page = carl.get(f"/measures/child-seen?lot={world.lot()}")
    assert "10 of 12" not in readable(page)
    assert "/rows" not in page
    assert "Read every whole period again" not in page
    assert "12 assessments" not in page
    carl.get(f"/measures/child-seen/rows?lot={world.lot()}", 403)
    # Authorised assessments are a plain total of the lot, which the commissioner sees exactly.
    assert "11 of 12" in readable(carl.get("/measures/assessment-duration"))


def test_what_pages_show_is_downloaded_whole_and_no_more(world: World, browse) -> None:
    authorised(world, 12, seen=10)
    authorised(world, 14, seen=8, lot="South")
    world.clock.move(days=20)
    read(world)
    told = {who: browse(who).get("/measures/export.csv?every=month") for who in ("tess", "carl")}
    of = "child-seen,Seen in the assessment,{},all,2026-11-01,2026-11-30,"
    assert of.format("North") + "10,12,0.8333,0.552,0.953,0," in told["tess"]
    assert "South" not in told["tess"]
    assert of.format("North") + "c,12,c,,,0," in told["carl"]
    assert of.format("South") + "c,14,c,,,0," in told["carl"]
    assert "child-seen" not in browse("carl").get("/measures/export.csv?every=week")
    alone = browse("carl").get(f"/measures/export.json?lot={world.lot('South')}")
    seen = [one for one in json.loads(alone) if one["measure"] == "child-seen"]
    assert [(one["lot"], one["numerator"], one["figure"]) for one in seen] == [("South", "c", "c")]
    browse("priya").get("/measures/export.json", 403)


def test_past_periods_are_downloaded_by_the_definitions_of_now_as_well(
    world: World, browse
) -> None:
    authorised(world, 4, seen=4)
    world.clock.move(days=12)
    read(world)
    said = {"words": "Sooner.", "within": 15, "reason": "Board", "began_from": 0}
    with world.acting("paula") as uow:
        service.draft(uow, world.contract(), Measure.DURATION, **said)
    then = "/measures/export.csv?every=month"
    of = "assessment-duration,Authorised in time from the start,North,all,2026-11-01,2026-11-30"
    assert f"{of},3,4,0.75," in browse("hana").get(f"{then}&as=now")
    with world.acting("paula") as uow:
        service.sign_for_agency(uow, world.contract(), Measure.DURATION, 1)
    with world.acting("hana") as uow:
        service.sign_for_council(uow, world.contract(), Measure.DURATION, 1)
    for who in ("hana", "carl"):
        assert f"{of},0,4,0.0," in browse(who).get(f"{then}&as=now")
        assert f"{of},3,4,0.75," in browse(who).get(then)
    with world.acting("hana") as uow:
        months = queries.readings(uow, monthly=True, running=False)
        for exact, numbers in ((True, {0, 1}), (False, {0})):
            now = queries.as_now(uow, months, monthly=True, exact=exact)
            assert len(now) == len(months)
            assert {one.version for one in now if one.cohort is Cohort.NEW} == numbers


def test_who_holds_what_is_shown_to_the_agencys_managers_alone(world: World, browse) -> None:
    read(world)
    address = f"rows?lot={world.lot()}&{WEEK}"
    assert "Qualified workers" in browse("tess").get(f"/measures/in-post/{address}")
    browse("dina").get(f"/measures/in-post/{address}", 403)
    assert "/measures/in-post/rows" not in browse("dina").get("/measures")
    browse("priya").get("/measures", 403)
    browse("tess").get("/measures/nothing-of-this-name", 404)
    browse("tess").get(f"/measures/open-cases/rows?lot={world.lot('South')}")


def test_pages_of_measures_ask_the_same_few_questions_however_many_cases(
    world: World, browse
) -> None:
    read(world)
    tess, paula = browse("tess"), browse("paula")
    for who, address, most in (
        (paula, "/measures", 9),
        (paula, "/measures?every=month", 9),
        (paula, "/measures/assessment-duration", 13),
        (tess, f"/measures/open-cases/rows?lot={world.lot()}&{WEEK}", 15),
    ):
        with questions(world) as asked:
            who.get(address)
        assert len(asked) <= most, (address, len(asked), asked)


@pytest.mark.parametrize("who", ["paula", "carl"])
def test_weeks_and_months_are_known_whichever_of_them_a_reader_begins_with(
    who: str, browse
) -> None:
    """The links of the measures name the period; the page called the usual one unknown."""
    said = {
        every: "is none of these" in browse(who).get(f"/measures/open-cases?every={every}")
        for every in ("week", "month", "zug")
    }
    assert said == {"week": False, "month": False, "zug": True}
