"""Who may be offered what, and how a team runs down."""

from dataclasses import replace
from datetime import date

import pytest

from app.exit.transition.rules import (
    Answer,
    Engagement,
    OfferTerms,
    Stay,
    check_offer,
    check_step,
    heads,
)
from app.kernel.errors import Invalid, Refused

TODAY, ENDS = date(2026, 11, 20), date(2026, 12, 9)
OFFER = OfferTerms(
    Engagement.LOCUM, "Social worker", date(2026, 11, 16), None, Answer.WAITING, None
)


def test_nobody_is_offered_a_post_who_did_not_agree_to_be_named() -> None:
    check_offer(OFFER, consented=True, today=TODAY)
    with pytest.raises(Refused, match="agreed to be named"):
        check_offer(OFFER, consented=False, today=TODAY)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"offered_on": date(2026, 11, 21)}, "offered_on"),
        ({"answer": Answer.ACCEPTED}, "answered_on"),
        ({"answered_on": TODAY}, "answer"),
        ({"answer": Answer.DECLINED, "answered_on": date(2026, 11, 15)}, "answered_on"),
        ({"answer": Answer.DECLINED, "answered_on": date(2026, 11, 21)}, "answered_on"),
    ],
)
def test_an_answer_follows_its_offer(wrong: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as fault:
        check_offer(replace(OFFER, **wrong), consented=True, today=TODAY)  # type: ignore[arg-type]
    assert fault.value.field == field
    said = replace(OFFER, answer=Answer.ACCEPTED, answered_on=TODAY)
    check_offer(said, consented=True, today=TODAY)


def test_a_team_is_counted_on_each_friday_beside_its_plan() -> None:
    stays = [
        Stay(1, None, None),
        Stay(1, date(2026, 11, 27), None),
        Stay(1, date(2026, 1, 5), date(2026, 12, 4)),
    ]
    steps = [(date(2026, 11, 21), 4), (date(2026, 12, 5), 1)]
    found = heads(stays, steps, TODAY, ENDS)
    assert [(one.rota, one.planned, one.short) for one in found] == [
        (2, None, 0),
        (3, 4, 1),
        (3, 4, 1),
        (2, 1, 0),
    ]
    assert found[-1].week_ending == date(2026, 12, 11)
    assert heads(stays, steps, date(2026, 12, 14), ENDS) == []


def test_a_step_of_the_plan_lies_in_the_contract() -> None:
    check_step(3, TODAY, (TODAY, ENDS))
    with pytest.raises(Invalid, match="At most"):
        check_step(501, TODAY, (TODAY, ENDS))
    with pytest.raises(Invalid, match="runs from"):
        check_step(3, date(2026, 12, 10), (TODAY, ENDS))
