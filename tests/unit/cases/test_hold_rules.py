"""Why a case may be on hold, for how long, and who held it on each day of its time."""

from datetime import date, timedelta

import pytest

from app.cases.holds.rules import (
    ENDED_BEFORE,
    NOT_RECEIVED,
    PROPOSED,
    HoldReason,
    Pause,
    Terms,
    Turn,
    check_place,
    check_state,
    shares,
    whose,
)
from app.cases.states import CaseState
from app.kernel.calendar import england_and_wales
from app.kernel.clock import Holder
from app.kernel.errors import Invalid, Refused

TODAY = date(2026, 11, 20)
FREE = date(2026, 11, 9)
CALENDAR = england_and_wales()
S = CaseState


def terms(**days: date) -> Terms:
    usual = {
        "began_on": TODAY,
        "review_on": TODAY + timedelta(days=7),
        "until_on": TODAY + timedelta(days=14),
    }
    return Terms(**usual | days)


def test_every_reason_is_somebody_elses() -> None:
    assert {reason.holder for reason in HoldReason} == set(Holder) - {Holder.AGENCY}
    assert HoldReason.CRIMINAL.words == "Partner: A criminal investigation"


@pytest.mark.parametrize(
    "meant",
    [
        {},
        {"began_on": FREE},
        {"until_on": TODAY + timedelta(days=60)},
        {"review_on": TODAY + timedelta(days=14)},
    ],
)
def test_a_hold_that_can_be_meant_is_taken(meant: dict[str, date]) -> None:
    check_place(terms(**meant), TODAY, free_since=FREE)


@pytest.mark.parametrize(
    ("meant", "field", "words"),
    [
        ({"began_on": date(2026, 11, 21)}, "began_on", "21 Nov 2026 has not come yet."),
        ({"began_on": date(2026, 11, 8)}, "began_on", "Before 9 Nov 2026 the case was not here"),
        ({"until_on": TODAY}, "until_on", "on a day after today"),
        ({"until_on": TODAY + timedelta(days=61)}, "until_on", "returns by 19 Jan 2027"),
        ({"review_on": TODAY}, "review_on", "after today"),
        ({"review_on": TODAY + timedelta(days=15)}, "review_on", "by the day it returns"),
    ],
)
def test_a_hold_that_cannot_be_meant_is_named(
    meant: dict[str, date], field: str, words: str
) -> None:
    with pytest.raises(Invalid) as fault:
        check_place(terms(**meant), TODAY, free_since=FREE)
    assert fault.value.field == field
    assert words in fault.value.sentence


def test_a_hold_is_recorded_soon_after_it_began() -> None:
    long_ago = terms(began_on=TODAY - timedelta(days=15))
    with pytest.raises(Invalid, match="within 14 days"):
        check_place(long_ago, TODAY, free_since=TODAY - timedelta(days=40))


def test_a_case_that_ended_or_waits_for_the_council_takes_no_hold() -> None:
    check_state(S.ASSESSING)
    for state, words in ((S.CLOSED, "has ended"), (S.PROPOSED, "The council has this case")):
        with pytest.raises(Refused, match=words):
            check_state(state)


def test_a_cases_time_is_shared_out_with_reasons() -> None:
    start, received = date(2026, 10, 5), date(2026, 11, 2)
    turns = [
        Turn(received, S.UNALLOCATED),
        Turn(date(2026, 11, 3), S.ALLOCATED),
        Turn(date(2026, 11, 16), S.AUTHORISED),
        Turn(date(2026, 11, 16), S.PROPOSED),
        Turn(date(2026, 11, 19), S.AGREED),
    ]
    # The second goes on while the proposal waits: the council has it then.
    pauses = [
        Pause(7, HoldReason.CRIMINAL, date(2026, 11, 5), date(2026, 11, 9)),
        Pause(8, HoldReason.FAMILY_AWAY, date(2026, 11, 13), date(2026, 11, 20)),
        Pause(9, HoldReason.INTERPRETER, date(2026, 11, 10), date(2026, 11, 10)),
    ]
    tiles = whose(turns, pauses, start=start, end=TODAY, received_on=received)
    told = [(one.held.holder.value, one.held.since.day, one.why, one.hold_id) for one in tiles]
    assert told == [
        ("council", 5, NOT_RECEIVED, None),
        ("agency", 2, "", None),
        ("partner", 5, "A criminal investigation", 7),
        ("agency", 9, "", None),
        ("family", 13, "The family is away", 8),
        ("council", 16, PROPOSED, None),
        ("family", 19, "The family is away", 8),
    ]
    assert sum(shares(tiles, CALENDAR)) == CALENDAR.days_between(start, TODAY) == 34


def test_between_its_end_and_its_reopening_a_case_is_the_councils() -> None:
    turns = [Turn(FREE, S.CLOSED), Turn(date(2026, 11, 16), S.UNALLOCATED)]
    tiles = whose(turns, [], start=date(2026, 11, 2), end=TODAY, received_on=date(2026, 11, 2))
    assert [(one.held.holder, one.why) for one in tiles] == [
        (Holder.AGENCY, ""),
        (Holder.COUNCIL, ENDED_BEFORE),
        (Holder.AGENCY, ""),
    ]


def test_a_case_referred_today_has_no_time_yet() -> None:
    assert whose([], [], start=TODAY, end=TODAY, received_on=TODAY) == ()
    assert shares([], CALENDAR) == []
