"""Sentences drafted by rule: no number but their facts, and each true of what it was made from."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.acts import Act
from app.kernel.errors import Invalid, Refused
from app.reports.commentary import rules
from app.reports.commentary.rules import (
    Facts,
    LotFacts,
    Money,
    Topic,
    check_words,
    sentences,
    stray_numbers,
)
from app.reports.movements.rules import Level, Moved

WEEK = date(2026, 11, 13)
LOT = LotFacts(1, "North", WEEK, 33, 41, 9, 4, 30)
counts = st.integers(0, 5_000)
days = st.dates(date(2026, 1, 1), date(2028, 1, 1))
pence = st.integers(0, 900_000_000)
names = st.sampled_from(["North", "Lot 2", "East and 14 parishes"])
moved = st.builds(
    Moved,
    st.booleans(),
    st.sampled_from(["Overdue", "Seen within 10 days"]),
    counts.map(str),
    counts.map("{}%".format),
    st.booleans(),
    st.sampled_from([True, False, None]),
    days.map("the week to {:%d %m %Y}".format),
    st.just("/measures"),
)
levels = st.builds(
    Level, names, counts.map("{}%".format), counts.map("{}%".format), st.just("red"), st.just("/x")
)
money = st.builds(Money, pence, pence, pence, days, pence)
lots = st.builds(
    LotFacts,
    st.integers(1, 9),
    names,
    days,
    counts,
    counts,
    counts,
    counts,
    counts,
    st.none() | counts,
    st.none() | days,
    st.none() | days,
    counts,
    st.lists(moved, max_size=2),
    st.lists(levels, max_size=2),
    st.none() | money,
)
contracts = st.builds(
    Facts,
    st.lists(lots, max_size=3),
    counts,
    counts,
    counts,
    st.lists(st.tuples(counts.map("{} cases are open.".format), st.just("/exit")), max_size=2),
)


def said(**changes: object) -> dict[str, bool]:
    """What is said of a lot that differs from the usual one, and whether it calls for an act."""
    facts = Facts([LotFacts(**vars(LOT) | changes)])  # type: ignore[arg-type]
    return {one.text: one.calls for one in sentences(facts)}


@given(contracts)
def test_every_number_of_a_sentence_is_one_of_its_facts_and_every_fact_stands_in_it(
    facts: Facts,
) -> None:
    for one in sentences(facts):
        assert stray_numbers(one.text, one.facts) == []
        assert all(shown in one.text for shown in one.facts.values())
        numbers = Counter(rules._NUMBER.findall(" ".join(one.facts.values())))
        assert not Counter(rules._NUMBER.findall(one.text)) - numbers


@given(contracts)
def test_sentences_stand_topic_by_topic_and_what_calls_for_somebody_comes_first(
    facts: Facts,
) -> None:
    order = list(Topic)
    places = [(order.index(one.topic), not one.calls) for one in sentences(facts)]
    assert places == sorted(places)


@given(lots)
def test_open_cases_are_said_to_go_the_way_they_went(lot: LotFacts) -> None:
    [one] = [one for one in sentences(Facts([lot])) if one.text.startswith("Open cases")]
    verb = one.text.split()[2]
    assert (
        verb
        == ("stayed", "rose", "fell")[(lot.open > lot.open_before) or -(lot.open < lot.open_before)]
    )


def test_a_falling_lot_is_told_with_its_pace() -> None:
    assert said() == {
        "Open cases fell from 41 to 33 in North in the week to 13 Nov 2026.": False,
        "North cleared 9 in the week to 13 Nov 2026, after 4 the week before.": False,
    }
    assert said(open=41, cleared=0, cleared_before=0) == {
        "Open cases stayed at 41 in North in the week to 13 Nov 2026.": False
    }


@pytest.mark.parametrize(("planned", "calls"), [(29, False), (27, True), (30, None), (None, None)])
def test_more_than_a_tenth_behind_the_plan_calls_for_talk(
    planned: int | None, calls: bool | None
) -> None:
    found = said(planned=planned).get(
        f"North has 30 open today where its target planned {planned}."
    )
    assert found is calls


@pytest.mark.parametrize(
    ("clears", "words", "calls"),
    [
        (None, "At the present rate North does not clear; its target ends on 26 Mar 2027.", True),
        (
            date(2027, 4, 2),
            "At the present rate North clears in the week to 2 Apr 2027, after its target’s end"
            " on 26 Mar 2027.",
            True,
        ),
        (
            date(2027, 3, 26),
            "At the present rate North clears in the week to 26 Mar 2027, by its target’s end"
            " on 26 Mar 2027.",
            False,
        ),
    ],
)
def test_the_end_is_told_against_the_target(clears: date | None, words: str, calls: bool) -> None:
    assert said(target_ends_on=date(2027, 3, 26), clears_on=clears)[words] is calls
    assert words not in said(target_ends_on=date(2027, 3, 26), clears_on=clears, today=0)


def test_money_over_its_plan_or_budget_calls_for_talk() -> None:
    over = said(money=Money(100_000_00, 40_000_00, 41_000_00, WEEK, 120_000_00))
    assert over["North had cost £41k by 13 Nov 2026, with what is accrued, where £40k was planned."]
    words = "North is foreseen to cost £120k in all, over its budget of £100k."
    assert over[words]
    within = said(money=Money(130_000_00, 42_000_00, 41_000_00, WEEK, 120_000_00))
    assert not any(within.values())
    alike = said(money=Money(130_000_00, 40_000_00, 40_100_00, WEEK, 120_000_00))
    words = "North had cost £40k by 13 Nov 2026, with what is accrued, where £40k was planned."
    assert alike[words] is False


def test_decisions_levels_and_measures_that_worsen_call_for_talk() -> None:
    level = Level("Assessment timeliness", "71%", "80%", "heading to 74%: red", "/service-levels")
    worse = Moved(False, "Overdue", "33", "41", True, False, "the week to 13 Nov 2026", "/measures")
    calling = {
        words for words, calls in said(to_decide=2, levels=[level], moved=[worse]).items() if calls
    }
    assert calling == {
        "2 proposals wait for the council’s decision in North.",
        "Assessment timeliness in North is 71% against a service level of 80%:"
        " heading to 74%: red.",
        "Overdue rose from 33 to 41 in North in the week to 13 Nov 2026.",
    }
    assert "1 proposal waits for the council’s decision in North." in said(to_decide=1)


def test_what_no_lot_has_alone_is_told_once() -> None:
    one = {
        word.text
        for word in sentences(Facts([], 1, 1, 1, [("The data was not returned.", "/exit")]))
    }
    many = {word.text for word in sentences(Facts([], 2, 3, 4))}
    assert one == {
        "1 disagreement waits for the head of service.",
        "1 action from a meeting is past its day.",
        "1 dated action on a case is past its day.",
        "The data was not returned.",
    }
    assert many == {
        "2 disagreements wait for the head of service.",
        "3 actions from meetings are past their days.",
        "4 dated actions on cases are past their days.",
    }


def test_other_words_are_taken_and_other_numbers_are_not() -> None:
    facts = {"before": "41", "now": "33", "week": "13 Nov 2026"}
    check_words("Down from 41 to 33: the second team is at full strength.", facts)
    with pytest.raises(Invalid, match="12 is not among the figures"):
        check_words("Down from 41 to 33, and 12 more are ready.", facts)
    with pytest.raises(Invalid, match="none"):
        check_words("About 5.", {})
    with pytest.raises(Invalid, match="leave it out"):
        check_words("", facts)


def test_what_is_issued_stands_and_something_is_said_in_it() -> None:
    rules.check_draft(issued=False)
    rules.check_issue(1)
    with pytest.raises(Refused, match="stands as it is"):
        rules.check_draft(issued=True)
    with pytest.raises(Refused, match="left out"):
        rules.check_issue(0)


def test_each_reader_is_led_to_rows_to_figures_or_nowhere() -> None:
    everything = set(Act)
    outside = {Act.PROGRESS_VIEW, Act.MONEY_VIEW}
    for link, led in (
        ("/cases?lot=1&state=proposed", "/progress"),
        ("/outlook", "/outlook"),
        ("/exit/residual?way=none", ""),
        ("/actions?whose=all", ""),
        ("/service-levels/3", "/service-levels/3"),
    ):
        assert rules.link_for(link, everything.__contains__) == link
        assert rules.link_for(link, outside.__contains__) == led
    assert rules.link_for("/cases?lot=1", frozenset().__contains__) == ""
