"""What a final account cannot prove, said plainly."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.kernel.days import show_date
from app.kernel.labels import Labelled


class LessonKind(Labelled):
    """What a person adds to the account."""

    LESSON = "lesson", "Lesson"
    UNPROVED = "unproved", "Could not be proved"


@dataclass(frozen=True)
class Known:
    """What there is to prove an account with."""

    open_cases: int
    lots_without_baseline: Sequence[str]
    lots_not_watched: Sequence[str]
    closures_not_watched: int
    unseen: int
    uncosted_lots: Sequence[str]
    returned: bool
    ends_on: date
    today: date


def unproved(known: Known) -> list[str]:
    """Each claim that cannot be proved today, and why."""
    return [*_of_cases(known), *_of_quality(known), *_of_papers(known)]


def _of_cases(known: Known) -> Iterator[str]:
    if known.today <= known.ends_on:
        yield f"The contract runs until {show_date(known.ends_on)}: everything here is provisional."
    if known.open_cases:
        cases = "case is" if known.open_cases == 1 else "cases are"
        yield f"{known.open_cases:,} {cases} open, so that the work is not finished."
    for lot in known.lots_without_baseline:
        yield f"The opening list of {lot} was never frozen: what it began with rests on memory."


def _of_quality(known: Known) -> Iterator[str]:
    for lot in known.lots_not_watched:
        yield f"No later list of {lot} was looked through for children who came back."
    if known.closures_not_watched:
        yield (
            f"Whether children come back within twelve months is not known yet for"
            f" {known.closures_not_watched:,} closures."
        )
    if known.unseen:
        one = known.unseen == 1
        yield (
            f"{known.unseen:,} assessment{'' if one else 's'} {'was' if one else 'were'} authorised"
            f" without the child being seen."
        )


def _of_papers(known: Known) -> Iterator[str]:
    for lot in known.uncosted_lots:
        yield f"No cost was recorded for {lot}, so that its cases have no price."
    if not known.returned:
        yield "The council has not confirmed that it received the data."
