"""What a list's row says of a case, and how it compares."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.cases.states import CaseState
from app.exchange.cells import Worker
from app.exchange.differences.rules import Compared
from app.exchange.imports import rules
from app.exchange.imports.rules import CASE_FACTS, KnownCase, Stage
from app.exchange.layouts import Field, Layout
from app.exchange.rows import ParsedRow
from app.kernel.clock import AssessmentType
from app.kernel.errors import Refused

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
DAY = date(2026, 11, 10)


def parsed(**facts: object) -> ParsedRow:
    return ParsedRow(2, Layout.PLAIN, "plain:C1", {Field(name): v for name, v in facts.items()})


def known(state: CaseState, ended_on: date | None = None) -> KnownCase:
    return KnownCase(1, 1, state, ended_on)


def confirming(stage: Stage, *, ago: timedelta = timedelta(), refused: int = 0, good: bool = False):
    rules.check_confirming(stage, NOW - ago, NOW, refused=refused, good_rows=good)


def test_only_whether_a_worker_is_named_is_kept() -> None:
    facts = rules.facts_of(parsed(reference="C1", allocated_worker=Worker.NAMED, age=None))
    assert facts == {"reference": "C1", "worker_named": "yes"}
    nobody = rules.facts_of(parsed(reference="C1", allocated_worker=Worker.NOBODY))
    assert nobody == {"reference": "C1", "worker_is_team": "yes"}
    assert rules.facts_of(parsed(reference="C1", allocated_worker=None)) == {"reference": "C1"}


def test_the_same_facts_in_another_order_are_the_same_text() -> None:
    assert rules.written({"a": "1", "b": "2"}) == rules.written({"b": "2", "a": "1"})


def test_facts_given_column_by_column_are_written_as_those_of_a_row() -> None:
    references = ["C1", 'a "quoted" one', "C3"]
    facts = {
        Field.SOURCE_TEAM: ["T", None, "U"],
        Field.ALLOCATED_WORKER: [Worker.NAMED, Worker.NOBODY, None],
        Field.REFERRAL_ON: [DAY, DAY, None],
        Field.AGE: ["5–9", None, None],
    }
    rows = [
        parsed(reference=one, **{field.value: values[at] for field, values in facts.items()})
        for at, one in enumerate(references)
    ]
    assert rules.texts(references, facts) == [rules.written(rules.facts_of(row)) for row in rows]
    assert rules.texts([], {Field.AGE: []}) == []


def test_a_text_longer_than_a_case_holds_is_named() -> None:
    assert rules.too_long({"family_key": "x" * 40}) is None
    assert rules.too_long({"family_key": "x" * 41}) == (
        Field.FAMILY_KEY,
        "The text has 41 characters; at most 40 go.",
    )


def test_a_row_says_of_its_case_only_what_it_holds() -> None:
    assert rules.case_facts({"reference": "C1"}) == {}
    assert rules.case_facts(
        {"assessment_start_on": "2026-09-01", "age": "5–9", "allocated_team": "Hub"}
    ) == {"age_band": "5–9", "source_team": "Hub", "referred_on": date(2026, 9, 1)}


def test_rows_of_one_child_merge_with_the_open_ones_first() -> None:
    ended = (False, {"age": "1–4", "primary_need": "N1", "referral_on": "2020-01-01"})
    late = (True, {"age": "5–9", "assessment_start_on": "2026-09-01"})
    early = (True, {"cin_start_on": "2026-08-01"})
    assert rules.merged([ended, late, early]) == {
        "age_band": "5–9",
        "primary_need": "N1",
        "referred_on": date(2026, 8, 1),
    }
    assert rules.merged([(True, {"age": "5–9"})]) == {"age_band": "5–9"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Initial assessment", AssessmentType.INITIAL),
        ("core_assessment", AssessmentType.CORE),
        ("Single", None),
        ("", None),
    ],
)
def test_an_assessment_is_of_the_type_that_the_list_names(
    text: str, kind: AssessmentType | None
) -> None:
    assert rules.assessment_type(text) is kind
    said = {} if kind is None else {"assessment_type": kind}
    assert rules.case_facts({Field.ASSESSMENT_TYPE: text}) == said


@pytest.mark.parametrize(
    ("was", "now", "changed"),
    [
        ({"age_band": "1–4"}, {"age_band": "5–9"}, {"age_band": "5–9"}),
        ({"age_band": "0"}, {"age_band": "5–9"}, {}),
        ({"age_band": "1–4"}, {}, {"age_band": ""}),
        ({"family_key": "F1"}, {}, {"family_key": None}),
        ({}, {"referred_on": DAY}, {"referred_on": DAY}),
        ({"referred_on": date(2026, 9, 1)}, {}, {}),
        ({"age_band": "1–4"}, {"age_band": "1–4"}, {}),
    ],
)
def test_a_correction_replaces_only_what_the_list_itself_had_said(
    was: dict[str, object], now: dict[str, object], changed: dict[str, object]
) -> None:
    case = CASE_FACTS | {"age_band": "1–4", "family_key": "F1", "referred_on": date(2026, 9, 1)}
    unsaid = {"age_band": "1–4", "family_key": "F1"}
    before = was if "age_band" in was or "family_key" in was else unsaid | was
    after = now if before is was else unsaid | now
    assert rules.corrections(case, before, after) == changed


@pytest.mark.parametrize(
    ("case", "opens", "again"),
    [
        (known(CaseState.HANDED_BACK, DAY), True, True),
        (known(CaseState.HANDED_BACK, DAY), False, False),
        (known(CaseState.HANDED_BACK, date(2026, 11, 11)), True, False),
        (known(CaseState.HANDED_BACK), True, False),
        (known(CaseState.CLOSED, DAY), True, False),
    ],
)
def test_a_case_is_sent_again_only_after_it_was_handed_back(
    case: KnownCase, opens: bool, again: bool
) -> None:
    assert rules.is_sent_again(case, opens=opens, listed_on=date(2026, 11, 11)) is again


@pytest.mark.parametrize(
    ("state", "opens", "facts", "words"),
    [
        (CaseState.CLOSED, True, {}, "Open on the council’s list; here it was closed."),
        (CaseState.ASSESSING, True, {}, ""),
        (CaseState.CLOSED, False, {}, ""),
        (
            CaseState.ASSESSING,
            False,
            {"closed_on": "2026-11-02"},
            "On the council’s list closed on 2 Nov 2026; here it is assessing.",
        ),
        (
            CaseState.ASSESSING,
            False,
            {},
            "On the council’s list it has ended; here it is assessing.",
        ),
    ],
)
def test_two_stories_of_one_case_are_told(
    state: CaseState, opens: bool, facts: dict[str, str], words: str
) -> None:
    assert rules.difference(known(state), facts, opens=opens) == words


def test_a_preview_is_confirmed_whole_or_by_its_good_rows() -> None:
    confirming(Stage.PREVIEWED)
    confirming(Stage.PREVIEWED, refused=2, good=True)
    confirming(Stage.CONFIRMING, ago=timedelta(minutes=11))
    with pytest.raises(Refused, match="2 rows are refused"):
        confirming(Stage.PREVIEWED, refused=2)


@pytest.mark.parametrize(
    ("stage", "ago", "sentence"),
    [
        (Stage.CONFIRMED, timedelta(), "already imported"),
        (Stage.READING, timedelta(), "no longer be confirmed"),
        (Stage.CONFIRMING, timedelta(minutes=9), "no longer be confirmed"),
        (Stage.PREVIEWED, timedelta(hours=25), "no longer be confirmed"),
    ],
)
def test_what_is_not_ready_cannot_be_confirmed(stage: Stage, ago: timedelta, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        confirming(stage, ago=ago)


def test_every_stage_and_list_has_a_name() -> None:
    assert all(stage.label for stage in Stage)
    assert rules.list_name(Layout.LIST_4) == "List 4"
    assert rules.list_name(Layout.PLAIN) == "Plain list"


def test_lists_with_the_same_headers_are_known_again() -> None:
    assert rules.header_digest(["A", "B"]) == rules.header_digest(["A", "B"])
    assert rules.header_digest(["A", "B"]) != rules.header_digest(["B", "A"])


def test_facts_are_shown_in_words() -> None:
    assert rules.shown("authorised_on", "2026-09-01") == "1 Sep 2026"
    assert rules.shown("case_status", "open_assessment") == "Open assessment"
    assert rules.shown("source_team", "North Duty") == "North Duty"


def test_what_rows_tell_beside_a_case_is_the_newest_of_each_piece_of_work() -> None:
    rows = [
        (Layout.LIST_4, {"assessment_start_on": "2025-01-06", "authorised_on": "2025-02-03"}),
        (Layout.LIST_4, {"assessment_start_on": "2026-09-01", "allocated_team": "Hub"}),
        (Layout.LIST_6, {"cin_start_on": "2025-03-03", "closed_on": "2025-09-01"}),
        (Layout.PLAIN, {"last_seen_on": "2026-10-02", "closed_on": "2024-01-01"}),
        (Layout.PLAIN, {"last_seen_on": "2026-10-20", "worker_named": "yes"}),
    ]
    assert rules.told(rows, DAY) == {
        Compared.REFERRED_ON: "2026-09-01",
        Compared.SOURCE_TEAM: "Hub",
        Compared.SEEN_ON: "2026-10-20",
        Compared.AUTHORISED_ON: "",
    }
    assert rules.silent(rows, DAY) == {Compared.AUTHORISED_ON, Compared.ENDED_ON}


def test_work_that_is_over_on_the_list_tells_its_end() -> None:
    rows = [(Layout.LIST_6, {"cin_start_on": "2025-03-03", "closed_on": "2025-09-01"})]
    assert rules.told(rows, DAY)[Compared.ENDED_ON] == "2025-09-01"
    assert rules.silent(rows, DAY) == frozenset()


@pytest.mark.parametrize(
    ("facts", "protected"),
    [
        ({"protection_plan_start_on": "2026-10-01"}, True),
        ({"protection_plan_start_on": "2026-10-01", "protection_plan_end_on": "2026-11-01"}, False),
        ({"case_status": "child_protection_plan"}, True),
        ({"case_status": "open_assessment"}, False),
        ({}, False),
    ],
)
def test_a_running_plan_or_the_councils_status_says_that_a_child_is_protected(
    facts: dict[str, str], protected: bool
) -> None:
    assert rules.is_protected(facts) is protected
    assert rules.case_facts(facts).get("child_protection", False) is protected
