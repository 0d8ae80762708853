"""Milestones, pathways, older kinds that go on, ageing bands and how long things took."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from app.cases.assessments.rules import (
    Before,
    Milestone,
    NotSeenReason,
    Way,
    Work,
    band_starts,
    check_authorisation,
    check_day,
    check_migration,
    check_milestone,
    check_submission,
    median_of,
    pathway,
)
from app.cases.findings.rules import Kind
from app.cases.states import CaseState
from app.kernel.calendar import Counting, england_and_wales
from app.kernel.clock import AgeingBand, AssessmentType, ageing_band
from app.kernel.errors import Invalid, Refused

TODAY = date(2026, 11, 20)
STARTED, SUBMITTED, AUTHORISED = date(2026, 11, 4), date(2026, 11, 12), date(2026, 11, 17)
DONE = Way(STARTED, SUBMITTED, AUTHORISED)
NOTHING = Before(frozenset(), None)


@pytest.mark.parametrize(
    ("milestone", "on", "way"),
    [
        (Milestone.DRAFTED, STARTED, Way(STARTED, None, None)),
        (Milestone.DRAFTED, SUBMITTED, DONE),
        (Milestone.SHARED, SUBMITTED, Way(STARTED, SUBMITTED, None)),
        (Milestone.ENTERED, TODAY, DONE),
    ],
)
def test_a_milestone_is_recorded_in_its_time(milestone: Milestone, on: date, way: Way) -> None:
    check_milestone(milestone, on, way, TODAY)


@pytest.mark.parametrize(
    ("milestone", "on", "words"),
    [
        (Milestone.DRAFTED, date(2026, 11, 3), "before the day the assessment began"),
        (Milestone.DRAFTED, date(2026, 11, 13), "It was submitted on 12 Nov 2026."),
        (Milestone.SHARED, date(2026, 11, 11), "before the day it was submitted"),
        (Milestone.ENTERED, date(2026, 11, 16), "before the day it was authorised"),
        (Milestone.ENTERED, date(2026, 11, 21), "21 Nov 2026 has not come yet."),
    ],
)
def test_no_milestone_runs_backwards_or_ahead(milestone: Milestone, on: date, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        check_milestone(milestone, on, DONE, TODAY)


@pytest.mark.parametrize(
    ("milestone", "words"),
    [(Milestone.SHARED, "once it was submitted"), (Milestone.ENTERED, "once it was authorised")],
)
def test_a_milestone_waits_for_what_comes_before_it(milestone: Milestone, words: str) -> None:
    with pytest.raises(Refused, match=words):
        check_milestone(milestone, TODAY, Way(STARTED, None, None), TODAY)


def test_a_visit_is_never_in_the_future_nor_before_the_referral() -> None:
    check_day("seen_on", TODAY, not_before=TODAY, today=TODAY, since="the referral")
    for day, words in ((21, "has not come yet"), (3, "is before the referral")):
        with pytest.raises(Invalid, match=words):
            check_day(
                "seen_on",
                date(2026, 11, day),
                not_before=STARTED,
                today=TODAY,
                since="the referral",
            )


def test_not_seen_is_submitted_with_a_reason_and_authorised_when_it_is_accepted() -> None:
    unseen = Work(STARTED, None, NotSeenReason.REFUSED, 7)
    check_submission(Work(STARTED, TODAY, None, None), None)
    check_submission(unseen, NotSeenReason.REFUSED)
    check_authorisation(unseen, by=8, accepts_not_seen=True)
    with pytest.raises(Invalid):
        check_submission(unseen, None)
    with pytest.raises(Invalid):
        check_authorisation(unseen, by=8, accepts_not_seen=False)
    with pytest.raises(Refused):
        check_authorisation(unseen, by=7, accepts_not_seen=True)


@pytest.mark.parametrize(
    ("kind", "before", "early_help", "found"),
    [
        (AssessmentType.CORE, NOTHING, False, [Kind.CORE_FROM_REFERRAL]),
        (AssessmentType.CORE, Before(frozenset({AssessmentType.INITIAL}), None), False, []),
        (AssessmentType.INITIAL, NOTHING, False, []),
        (AssessmentType.CHILD_AND_FAMILY, NOTHING, True, []),
        (
            AssessmentType.CHILD_AND_FAMILY,
            Before(frozenset({AssessmentType.CHILD_AND_FAMILY}), STARTED),
            True,
            [Kind.EARLY_HELP_AGAIN],
        ),
        (
            AssessmentType.CHILD_AND_FAMILY,
            Before(frozenset({AssessmentType.CHILD_AND_FAMILY}), STARTED),
            False,
            [],
        ),
    ],
)
def test_an_unusual_way_to_an_assessment_is_noticed(
    kind: AssessmentType, before: Before, early_help: bool, found: list[Kind]
) -> None:
    assert list(pathway(kind, TODAY, before, for_early_help=early_help)) == found


def test_only_older_kinds_go_on_as_single_assessments_and_not_while_they_wait() -> None:
    check_migration(AssessmentType.INITIAL, CaseState.ASSESSING)
    with pytest.raises(Refused, match="already"):
        check_migration(AssessmentType.CHILD_AND_FAMILY, CaseState.ALLOCATED)
    with pytest.raises(Refused, match="Authorise or return"):
        check_migration(AssessmentType.CORE, CaseState.SUBMITTED)
    with pytest.raises(Refused, match="not authorised yet"):
        check_migration(AssessmentType.CORE, CaseState.AUTHORISED)


@pytest.mark.parametrize("counting", Counting)
@pytest.mark.parametrize("today", [TODAY, date(2026, 11, 22), date(2026, 12, 28), date(2027, 1, 4)])
def test_each_start_lies_in_the_band_of_its_working_days(counting: Counting, today: date) -> None:
    calendar = england_and_wales(counting)
    starts = band_starts(calendar, today)
    for back in range(140):
        day = today - timedelta(days=back)
        band = ageing_band(calendar.days_between(day, today))
        holding = [
            one
            for one, (since, until) in starts.items()
            if (since is None or day >= since) and (until is None or day <= until)
        ]
        assert holding == [band], day
    spans = [starts[band] for band in AgeingBand if band in starts]
    for (since, _), (_, until) in pairwise(spans):
        assert since is not None
        assert until == since - timedelta(days=1)


@pytest.mark.parametrize(
    ("counted", "median"),
    [({}, None), ({3: 1}, 3), ({1: 1, 9: 1}, 1), ({0: 2, 4: 3}, 4), ({2: 5, 30: 4}, 2)],
)
def test_the_median_is_the_middle_of_what_was_counted(
    counted: dict[int, int], median: int | None
) -> None:
    assert median_of(counted) == median
