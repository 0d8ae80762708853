"""What the rows listed for one child show to be missing or impossible."""

from datetime import date

import pytest

from app.cases.findings.rules import Kind
from app.exchange.checks import NOT_CHECKED, Area, Listed, names_of, of_rows
from app.exchange.layouts import Field, Layout

LIST_DAY = date(2026, 11, 20)
AREA = Area("North", names_of("North", "North district"), {"south": "South"}, told=False)
TOLD = Area("North", names_of("North", "North district"), {"south": "South"}, told=True)


def row(layout=Layout.LIST_4, *, team=False, named=False, **facts):
    whole = {"assessment_start_on": date(2026, 9, 1)} | facts
    said = {Field(name).value: str(fact) for name, fact in whole.items() if fact is not None}
    said |= {"worker_is_team": "yes"} if team else {}
    said |= {"worker_named": "yes"} if named else {}
    return Listed(layout, LIST_DAY, said)


def kinds(*rows, area=AREA):
    return set(of_rows(rows, area))


def test_a_sound_child_shows_nothing():
    assert kinds(row(named=True)) == set()


def test_no_start_is_missing():
    [words] = of_rows([row(Layout.PLAIN, assessment_start_on=None)], AREA).values()
    assert words.endswith("the day of the list, 20 Nov 2026.")


def test_a_team_instead_of_a_worker_is_found_unless_another_row_names_one():
    assert kinds(row(team=True)) == {Kind.WORKER_IS_TEAM}
    assert kinds(row(team=True), row(named=True, authorised_on=LIST_DAY)) == set()


def test_a_reason_for_closure_without_its_date_is_found():
    assert kinds(row(Layout.LIST_6, closure_reason="RC7", cin_start_on=LIST_DAY)) == {
        Kind.REASON_NOT_CLOSED
    }


@pytest.mark.parametrize(
    "facts",
    [
        {"referral_on": date(2026, 9, 2)},
        {"strategy_discussion_on": date(2026, 9, 2), "icpc_on": date(2026, 9, 1)},
        {"referral_on": date(2026, 9, 1), "authorised_on": date(2026, 8, 1)},
    ],
)
def test_dates_out_of_order_are_found(facts):
    assert kinds(row(Layout.PLAIN, **facts)) == {Kind.DATES_OUT_OF_ORDER}


def test_an_assessment_before_the_first_referral_of_a_census_is_found():
    episode = row(Layout.CENSUS, assessment_start_on=None, referral_on=date(2026, 9, 3))
    assert kinds(row(), episode) == {Kind.DATES_OUT_OF_ORDER}


@pytest.mark.parametrize("field", ["last_seen_on", "authorised_on", "closed_on"])
def test_a_day_after_the_list_is_found(field):
    assert kinds(row(Layout.PLAIN, **{field: date(2026, 11, 21)})) == {Kind.DATE_AHEAD}
    assert kinds(row(Layout.PLAIN, **{field: LIST_DAY})) == set()


def test_two_open_rows_of_one_list_are_found_with_their_days():
    days = [date(2026, 9, day) for day in (1, 2, 3, 4)]
    words = of_rows([row(assessment_start_on=day) for day in days], AREA)[Kind.OPEN_TWICE]
    assert words == "List 4 has open rows of 1 Sep 2026 and 2 Sep 2026 and 3 Sep 2026 and 1 more."
    ended = row(assessment_start_on=date(2026, 8, 3), authorised_on=days[0])
    assert kinds(row(), ended) == set()


@pytest.mark.parametrize(
    ("layout", "start", "end"),
    [
        (Layout.LIST_4, "assessment_start_on", "authorised_on"),
        (Layout.LIST_6, "cin_start_on", "closed_on"),
        (Layout.CENSUS, "referral_on", "closed_on"),
    ],
)
def test_work_that_began_while_the_work_before_it_ran_is_found(layout, start, end):
    def work(began, ended=None):
        reason = "RC7" if ended and end == "closed_on" else None
        facts = {start: began, end: ended, "closure_reason": reason}
        return row(layout, **({"assessment_start_on": None} | facts))

    early, late, last = (date(2026, 9, day) for day in (1, 8, 15))
    found = of_rows([work(early, last), work(late)], AREA)
    assert found == {
        Kind.OVERLAP: f"{layout.label}: work of 8 Sep 2026 began while that of 1 Sep 2026 ran, "
        "which ended 15 Sep 2026."
    }
    still_open = of_rows([work(early), work(late, last)], AREA)
    assert still_open[Kind.OVERLAP].endswith("of 1 Sep 2026 ran, which is still open.")
    assert kinds(work(early, late), work(late, last)) == set()
    assert kinds(work(early), work(late)) == {Kind.OPEN_TWICE}


def test_a_closure_without_its_reason_is_found():
    closed = row(Layout.LIST_6, cin_start_on=date(2026, 8, 1), closed_on=date(2026, 9, 1))
    assert kinds(closed) == {Kind.CLOSED_NO_REASON}


def test_a_conference_at_a_weekend_is_found():
    held = row(Layout.PLAIN, strategy_discussion_on=date(2026, 9, 2), icpc_on=date(2026, 9, 6))
    words = of_rows([held], AREA)
    assert words == {Kind.CONFERENCE_AT_WEEKEND: "Conference on 6 Sep 2026, a Sunday."}


def test_open_work_in_an_ended_episode_is_found():
    began, over = date(2026, 8, 1), date(2026, 10, 1)
    ended = row(Layout.LIST_6, cin_start_on=began, closed_on=over, closure_reason="RC7")
    assert kinds(row(), ended) == {Kind.OPEN_AND_CLOSED}
    later = row(Layout.LIST_6, cin_start_on=date(2026, 10, 5))
    assert kinds(row(), ended, later) == set()
    assert kinds(row(assessment_start_on=date(2026, 10, 2)), ended) == set()


def test_a_referral_without_further_action_and_open_work_are_found():
    census = row(
        Layout.CENSUS, assessment_start_on=None, referral_on=date(2026, 8, 1), referral_nfa="yes"
    )
    assert kinds(row(), census) == {Kind.OPEN_AND_CLOSED}
    assert kinds(census) == set()


def test_a_closed_status_without_a_closure_date_is_found():
    status = row(Layout.LIST_6, cin_start_on=LIST_DAY, case_status="closed_episode")
    assert kinds(status) == {Kind.OPEN_AND_CLOSED}


def test_districts_are_looked_at_where_the_lists_tell_them():
    assert kinds(row()) == set()
    assert kinds(row(), area=TOLD) == {Kind.NO_DISTRICT}
    for own in ("North", "NORTH DISTRICT", "north district"):
        assert kinds(row(Layout.PLAIN, district=own), area=TOLD) == set()
    found = of_rows([row(Layout.PLAIN, district="South")], TOLD)
    assert found[Kind.OTHER_DISTRICT] == "District South: that is lot South; the case is in North."
    nowhere = of_rows([row(Layout.PLAIN, district="Westering")], TOLD)
    assert "no lot has it" in nowhere[Kind.OTHER_DISTRICT]


@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize("ends", [LIST_DAY, None])
def test_what_is_said_not_to_be_checked_changes_no_finding(layout, ends):
    dates = dict.fromkeys([one.value for one in Field if one.endswith("_on")], LIST_DAY)
    whole = row(layout, **dates | {"closed_on": ends, "authorised_on": ends}, district="South")
    beside = dict.fromkeys(NOT_CHECKED, "x")
    more = Listed(layout, LIST_DAY, {**whole.facts, **beside})
    assert of_rows([whole], TOLD) == of_rows([more], TOLD)
    assert of_rows([whole, whole], TOLD) == of_rows([more, more], TOLD)
