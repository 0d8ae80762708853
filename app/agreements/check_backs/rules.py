"""What is asked two weeks after a handover."""

from dataclasses import dataclass
from datetime import date

from app.kernel.days import show_date
from app.kernel.errors import Invalid


@dataclass(frozen=True)
class Answers:
    """Whether the child has a worker, was seen by them, and whether the case came back."""

    allocated: bool
    seen_on: date | None
    returned: bool
    note: str = ""


def check_answers(
    answers: Answers, *, accepted_on: date, today: date, reopened_on: date | None
) -> None:
    """Find fault with what cannot be; Invalid names the field."""
    if answers.seen_on is not None and answers.seen_on > today:
        raise Invalid("seen_on", f"{show_date(answers.seen_on)} has not come yet.")
    if answers.seen_on is not None and answers.seen_on < accepted_on:
        raise Invalid(
            "seen_on", f"The team took the case over on {show_date(accepted_on)}, so this is later."
        )
    if reopened_on is not None and not answers.returned:
        raise Invalid("returned", f"The case was reopened on {show_date(reopened_on)}.")
    if not answers.allocated and not answers.note:
        raise Invalid("note", "Write what is done about a child without a worker.")
