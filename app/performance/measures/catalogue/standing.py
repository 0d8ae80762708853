"""Measures of how things stand at the end of a period."""

from app.performance.measures.definition import WHOLE, Definition
from app.performance.measures.rules import Group, Measure, Tally

LAST_DAY = "The last day of the period."
STATES = "Due days are those that hold when it is read."
COUNTS = "Lots whose last count of the workforce is more than a year old."
SO_MANY = "As many days before as just count"

STANDING: dict[Measure, Definition] = {
    Measure.SUPERVISED: Definition(
        group=Group.WORKERS,
        words="How many children with a worker were talked about in supervision lately.",
        counted="Of these, children talked about so many days before the day at most.",
        of="Open cases with a worker at the end of the period.",
        day=LAST_DAY,
        left_out="Children without a worker.",
        within=31,
        least_most=(7, 184),
        in_days=True,
        standing=True,
        example=(SO_MANY, "One day earlier", "Never"),
        expected=Tally(1, 3),
    ),
    Measure.PERSONAL: Definition(
        group=Group.WORKERS,
        words="How many workers had personal supervision lately.",
        counted="Of these, workers with a session so many days before the day at most.",
        of="Workers in post for that long at the end of the period.",
        day=LAST_DAY,
        left_out="Workers who cannot sign in; what was said is sealed and not read.",
        within=28,
        least_most=(7, 92),
        in_days=True,
        standing=True,
        cohorts=WHOLE,
        example=(SO_MANY, "One day earlier", "Never"),
        expected=Tally(1, 3),
    ),
    Measure.IN_POST: Definition(
        group=Group.WORKERS,
        words="How many qualified workers were in post. Somebody in two lots counts in both.",
        counted="Qualified workers of the lot who had started and not left.",
        of="The same.",
        day=LAST_DAY,
        left_out="Team managers, who hold no cases.",
        standing=True,
        cohorts=WHOLE,
        example=("A worker in post", "Another one"),
        met=(1, 1),
        expected=Tally(2, 2),
    ),
    Measure.FILLED: Definition(
        group=Group.WORKERS,
        words="How many of the contracted posts had a qualified worker in them.",
        counted="Of these, posts with a worker: qualified workers in post, at most as many.",
        of="Workers that the contract asks for in the lot, as last counted.",
        day=LAST_DAY,
        left_out=f"Team managers, and workers beyond those contracted. {COUNTS}",
        standing=True,
        cohorts=WHOLE,
        example=("Ten posts are contracted and nine workers are in post",),
        met=(9,),
        out_of=(10,),
        expected=Tally(9, 10),
    ),
    Measure.AGENCY: Definition(
        group=Group.WORKERS,
        words=(
            "How much of the council’s social work is done by agency workers, in full-time"
            " equivalents, as the national return counts."
        ),
        counted="Of these, agency workers.",
        of="Agency workers and social workers in post, full-time equivalents.",
        day=LAST_DAY,
        left_out=COUNTS,
        standing=True,
        cohorts=WHOLE,
        example=("13 agency workers beside 87 in post",),
        met=(1300,),
        out_of=(10000,),
        expected=Tally(1300, 10000),
    ),
    Measure.TURNOVER: Definition(
        group=Group.WORKERS,
        words="How many of the council’s own social workers left within twelve months.",
        counted="Social workers who left in the twelve months up to the count.",
        of="Social workers in post on the day of the count, full-time equivalents.",
        day=LAST_DAY,
        left_out=f"Agency workers, and the workers of this contract. {COUNTS}",
        standing=True,
        cohorts=WHOLE,
        example=("9.5 left, 80 are in post",),
        met=(950,),
        out_of=(8000,),
        expected=Tally(950, 8000),
    ),
    Measure.VACANCIES: Definition(
        group=Group.WORKERS,
        words="How many of the council’s posts for social workers were vacant.",
        counted="Of these, vacant posts, whether an agency worker covers them or not.",
        of="Vacant posts and social workers in post, full-time equivalents.",
        day=LAST_DAY,
        left_out=COUNTS,
        standing=True,
        cohorts=WHOLE,
        example=("14.25 posts are vacant beside 85.75 filled",),
        met=(1425,),
        out_of=(10000,),
        expected=Tally(1425, 10000),
    ),
    Measure.CASELOAD: Definition(
        group=Group.WORKERS,
        words=(
            "How many open cases each worker held on average. It hides range and complexity: the"
            " points of each worker tell more."
        ),
        counted="Open cases held.",
        of="Workers who held at least one, part-time workers counted as one.",
        day=LAST_DAY,
        left_out="Cases helped with, and cases without a worker.",
        standing=True,
        cohorts=WHOLE,
        example=("A worker holds twelve", "Another one holds sixteen"),
        met=(12, 16),
        expected=Tally(28, 2),
    ),
    Measure.CASELOAD_FULL_TIME: Definition(
        group=Group.WORKERS,
        words=(
            "How many open cases there were for each full-time worker who held any, as the national"
            " return counts: part-time workers by the hours that they are contracted for."
        ),
        counted="Open cases held; each child is one.",
        of=(
            "Workers who held at least one, full-time equivalents: contracted hours out of a full"
            " week of 37, at most one each."
        ),
        day=LAST_DAY,
        left_out=(
            "Cases helped with, and cases without a worker. Hours are those contracted when it is"
            " read. Somebody with cases in two lots counts in both."
        ),
        standing=True,
        cohorts=WHOLE,
        example=(
            "A full-time worker holds twelve",
            "One contracted for three fifths of a week holds eight",
        ),
        met=(1200, 800),
        out_of=(100, 60),
        expected=Tally(2000, 160),
    ),
    Measure.OPEN: Definition(
        group=Group.VOLUME,
        words="How many cases were open.",
        counted="Cases open at the end of the period, by the ledger.",
        of="The same.",
        day=LAST_DAY,
        standing=True,
        example=("An open case", "Another one"),
        met=(1, 1),
        expected=Tally(2, 2),
    ),
    Measure.OVERDUE: Definition(
        group=Group.VOLUME,
        words="How many open cases had no authorised assessment by their due day.",
        counted="Open cases whose clock still ran after its due day.",
        of="The same.",
        day=LAST_DAY,
        left_out=f"Cases whose clock had not begun. {STATES}",
        standing=True,
        example=("One day over", "A month over"),
        met=(1, 1),
        expected=Tally(2, 2),
    ),
    Measure.UNALLOCATED: Definition(
        group=Group.VOLUME,
        words="How many children had no named, qualified worker.",
        counted="Open cases that nobody was allocated to.",
        of="The same.",
        day=LAST_DAY,
        standing=True,
        example=("Waits for a worker", "Another one"),
        met=(1, 1),
        expected=Tally(2, 2),
    ),
    Measure.ON_HOLD: Definition(
        group=Group.VOLUME,
        words="How many open cases waited for somebody else.",
        counted="Open cases with a hold that had begun and not ended.",
        of="The same.",
        day=LAST_DAY,
        standing=True,
        example=("On hold for the family", "On hold for a partner"),
        met=(1, 1),
        expected=Tally(2, 2),
    ),
}
