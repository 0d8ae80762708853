"""What a final account cannot prove."""

from dataclasses import replace
from datetime import date

from app.exit.account.rules import Known, unproved

ENDS = date(2027, 4, 30)
PROVED = Known(
    open_cases=0,
    lots_without_baseline=(),
    lots_not_watched=(),
    closures_not_watched=0,
    unseen=0,
    uncosted_lots=(),
    returned=True,
    ends_on=ENDS,
    today=date(2028, 6, 1),
)


def test_an_account_with_everything_behind_it_has_nothing_to_confess() -> None:
    assert unproved(PROVED) == []


def test_each_gap_is_said_in_words() -> None:
    known = replace(
        PROVED,
        open_cases=2,
        lots_without_baseline=("North",),
        lots_not_watched=("Mid",),
        closures_not_watched=1_200,
        unseen=1,
        uncosted_lots=("South",),
        returned=False,
        today=ENDS,
    )
    assert unproved(known) == [
        "The contract runs until 30 Apr 2027: everything here is provisional.",
        "2 cases are open, so that the work is not finished.",
        "The opening list of North was never frozen: what it began with rests on memory.",
        "No later list of Mid was looked through for children who came back.",
        "Whether children come back within twelve months is not known yet for 1,200 closures.",
        "1 assessment was authorised without the child being seen.",
        "No cost was recorded for South, so that its cases have no price.",
        "The council has not confirmed that it received the data.",
    ]
    assert "2 assessments were authorised" in unproved(replace(PROVED, unseen=2))[0]
    assert "1 case is open" in unproved(replace(PROVED, open_cases=1))[0]
