"""Measures of how long the work takes."""

from app.performance.measures.definition import (
    FIVE_TEN,
    IN_TIME,
    INHERITED_WORDS,
    MIDDLE,
    TEN_TO_SIXTY,
    Definition,
)
from app.performance.measures.rules import Group, Measure, Tally

TIMING: dict[Measure, Definition] = {
    Measure.TIMELINESS: Definition(
        group=Group.TIME,
        words=(
            "How many of the assessments that fell due were done by their due day; those still"
            " open count against it."
        ),
        counted="Of these, assessments authorised on or before their due day.",
        of="Assessments that fell due in the period, done or not.",
        day="The due day of the contract’s own clock.",
        left_out="Cases that left without an assessment on or before their due day.",
        example=("Authorised on its due day", "Authorised the day after", "Still open"),
        met=(1, 0, 0),
        expected=Tally(1, 3),
    ),
    Measure.DURATION: Definition(
        group=Group.TIME,
        words=(
            "How many authorised assessments took no more than so many working days from their"
            f" start, as national statistics count. {INHERITED_WORDS}"
        ),
        counted="Of these, assessments authorised within so many working days of their start.",
        of="Assessments authorised in the period.",
        day="The day of authorisation, counted from the start of the assessment.",
        left_out="Assessments still open, which the share of those due holds against the period.",
        within=45,
        least_most=TEN_TO_SIXTY,
        example=IN_TIME,
        expected=Tally(1, 2),
    ),
    Measure.FROM_REFERRAL: Definition(
        group=Group.TIME,
        words=(
            "How many authorised assessments took no more than so many working days from the"
            f" referral, as the guidance counts. {INHERITED_WORDS}"
        ),
        counted="Of these, assessments authorised within so many working days of the referral.",
        of="Assessments authorised in the period.",
        day="The day of authorisation, counted from the referral.",
        left_out="Assessments still open.",
        within=45,
        least_most=TEN_TO_SIXTY,
        example=IN_TIME,
        expected=Tally(1, 2),
    ),
    Measure.ASSESSMENT_DAYS: Definition(
        group=Group.TIME,
        words="The middle one of the working days that authorised assessments took.",
        counted="The middle of their working days from start to authorisation.",
        of="Assessments authorised in the period.",
        day="The day of authorisation.",
        example=FIVE_TEN,
        met=(5, 10, 12),
        expected=MIDDLE,
    ),
    Measure.ALLOCATED_SOON: Definition(
        group=Group.TIME,
        words="How many cases had a named worker within so many working days of being received.",
        counted="Of these, cases allocated within so many working days.",
        of="Cases given to their first worker in the period.",
        day="The day of the first allocation, counted from the day the case was received.",
        left_out="Later changes of worker, and cases that still wait: see those unallocated.",
        within=1,
        least_most=(1, 20),
        example=IN_TIME,
        expected=Tally(1, 2),
    ),
    Measure.ALLOCATION_DAYS: Definition(
        group=Group.TIME,
        words="The middle one of the working days that cases waited for their first worker.",
        counted="The middle of their working days from being received to allocation.",
        of="Cases given to their first worker in the period.",
        day="The day of the first allocation.",
        left_out="Later changes of worker, and cases that still wait.",
        example=FIVE_TEN,
        met=(5, 10, 12),
        expected=MIDDLE,
    ),
    Measure.AUTHORISATION_DAYS: Definition(
        group=Group.TIME,
        words="The middle one of the working days that assessments waited for authorisation.",
        counted="The middle of their working days from the last submission to authorisation.",
        of="Assessments authorised in the period.",
        day="The day of authorisation.",
        left_out="Assessments without a day of submission.",
        example=FIVE_TEN,
        met=(5, 10, 12),
        expected=MIDDLE,
    ),
}
