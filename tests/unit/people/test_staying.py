"""What may be recorded of a worker's wish to stay."""

from dataclasses import replace
from datetime import date

import pytest

from app.kernel.errors import Invalid
from app.people.staying.rules import Intent, Wish, check_wish, shown

TODAY = date(2026, 11, 20)
WISH = Wish(Intent.STAY, TODAY, "Social worker", date(2027, 4, 12))


def test_somebody_may_stay_with_a_post_and_a_day() -> None:
    check_wish(WISH, TODAY)
    check_wish(Wish(Intent.UNDECIDED, None, "", None), TODAY)


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        (replace(WISH, consent_on=date(2026, 11, 21)), "consent_on"),
        (replace(WISH, intent=Intent.LEAVE), "intent"),
        (replace(WISH, intent=Intent.UNDECIDED, post=""), "intent"),
    ],
)
def test_what_cannot_be_is_refused_on_its_field(wish: Wish, field: str) -> None:
    with pytest.raises(Invalid) as fault:
        check_wish(wish, TODAY)
    assert fault.value.field == field


def test_a_wish_is_shown_in_words() -> None:
    assert list(shown(WISH).values()) == [
        "Would stay",
        "20 Nov 2026",
        "Social worker",
        "12 Apr 2027",
    ]
    nothing = Wish(Intent.LEAVE, None, "", None)
    assert list(shown(nothing).values()) == ["Will not stay", "", "", ""]
    assert Intent.UNDECIDED.label == "Undecided"
