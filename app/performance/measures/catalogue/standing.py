"""Measures of how things stand at the end of a period."""

from app.performance.measures.definition import WHOLE, Definition
from app.performance.measures.rules import Group, Measure, Tally

LAST_DAY = "The last day of the period."
STATES = "Due days are those that hold when it is read."
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
