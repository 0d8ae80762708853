"""The national return: quarters, and the rules on agency workers."""

from dataclasses import replace
from datetime import date

import pytest

from app.kernel.errors import Invalid
from app.people.engagement.rules import (
    Engaged,
    Fault,
    Quarter,
    Rule,
    check_engaged,
    faults_of,
    quarter_of,
    quarters,
    standings,
)

ENGAGED = Engaged(hourly_pence=3650, notice_weeks=4)
STARTED = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("day", "code", "label"),
    [
        (date(2026, 1, 1), "2026-Q1", "1 Jan 2026 to 31 Mar 2026"),
        (date(2026, 6, 30), "2026-Q2", "1 Apr 2026 to 30 Jun 2026"),
        (date(2026, 12, 31), "2026-Q4", "1 Oct 2026 to 31 Dec 2026"),
    ],
)
def test_a_day_lies_in_its_quarter(day: date, code: str, label: str) -> None:
    assert (quarter_of(day).code, quarter_of(day).label) == (code, label)


def test_quarters_are_listed_from_the_latest() -> None:
    found = quarters(date(2026, 11, 2), date(2027, 4, 1))
    assert found == [Quarter(2027, 2), Quarter(2027, 1), Quarter(2026, 4)]
    assert quarters(STARTED, STARTED) == [Quarter(2026, 4)]


def told(
    engaged: Engaged, qualified_on: date | None = date(2018, 7, 1), references: int = 2
) -> tuple[str, ...]:
    found = faults_of(engaged, starts_on=STARTED, qualified_on=qualified_on, references=references)
    return tuple(fault.words for fault in found)


def test_whoever_meets_the_rules_breaches_none() -> None:
    assert told(ENGAGED, date(2023, 11, 2)) == ()
    assert told(replace(ENGAGED, left_post_on=date(2026, 8, 2))) == ()


def test_each_rule_not_met_is_told() -> None:
    assert told(Engaged(), None, 0) == (
        "qualifying date not known",
        "notice not known",
        "no reference",
        "pay not known",
    )
    worst = replace(ENGAGED, notice_weeks=3, left_post_on=date(2026, 8, 3), over_price_cap=True)
    assert told(worst, date(2023, 11, 3)) == (
        "qualified less than 3 years before",
        "less than three months after a permanent post",
        "less than 4 weeks of notice",
        "above the price cap, not signed off",
    )
    signed = replace(ENGAGED, over_price_cap=True, cap_signed_by="the director")
    assert told(signed) == ("above the price cap, signed off by the director",)


def test_rules_are_counted_by_whether_they_are_met_or_known_to_be() -> None:
    def of(engaged: Engaged) -> tuple[Fault, ...]:
        return faults_of(engaged, starts_on=STARTED, qualified_on=date(2018, 7, 1), references=1)

    found = standings([of(ENGAGED), of(Engaged()), of(Engaged(1))])
    assert {one.rule: one[1:] for one in found} == {
        Rule.EXPERIENCE: (3, 0, 0),
        Rule.APART: (3, 0, 0),
        Rule.NOTICE: (1, 0, 2),
        Rule.REFERENCE: (3, 0, 0),
        Rule.PRICE_CAP: (2, 0, 1),
    }
    above = of(replace(ENGAGED, over_price_cap=True, notice_weeks=1))
    assert [one[2] for one in standings([above])] == [0, 0, 1, 0, 1]
    assert [one.met for one in standings([])] == [0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"hourly_pence": 0}, "hourly_pence"),
        ({"hourly_pence": 50_001}, "hourly_pence"),
        ({"notice_weeks": 53}, "notice_weeks"),
        ({"left_post_on": date(2026, 11, 3)}, "left_post_on"),
        ({"cap_signed_by": "Director"}, "cap_signed_by"),
    ],
)
def test_what_cannot_be_is_refused_on_its_field(changes: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as fault:
        check_engaged(replace(ENGAGED, **changes), STARTED)  # type: ignore[arg-type]
    assert fault.value.field == field


def test_what_can_be_is_recorded() -> None:
    check_engaged(Engaged(), STARTED)
    check_engaged(
        replace(ENGAGED, over_price_cap=True, cap_signed_by="D", left_post_on=STARTED), STARTED
    )
