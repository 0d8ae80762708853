"""Families: who belongs to one, and what people decide about cases that look alike."""

from typing import Any

import pytest

from app.cases.families import queries, service
from app.cases.families.models import CasePair
from app.cases.families.rules import Decision, Likeness
from app.cases.findings.models import Finding
from app.cases.findings.rules import Kind
from app.cases.register.models import Case
from app.kernel.errors import NotFound
from app.work.models import TrailEntry
from tests.browse import readable
from tests.makers import a_case, an_allocated_case
from tests.makers_imports import an_importer, list_4
from tests.questions import questions
from tests.workbooks import list_4_row
from tests.world import World


def test_a_family_is_its_open_cases_that_the_asker_sees(world: World) -> None:
    first = a_case(world, reference="F2", family_key="FAM-7")
    an_allocated_case(world, reference="F1", family_key="FAM-7")
    a_case(world, "South", reference="F3", family_key="FAM-7")
    a_case(world, reference="ALONE")
    with world.acting("tess") as uow:
        assert [m.reference for m in queries.family_of(uow, first)] == ["F1", "F2"]
        assert queries.family_of(uow, first)[0].practitioner == "Priya Nair"
    with world.acting("paula") as uow:
        assert [m.lot for m in queries.family_of(uow, first)] == ["North", "North", "South"]


def test_a_case_without_a_family_stands_alone(world: World) -> None:
    alone = a_case(world, reference="ALONE")
    a_case(world)
    with world.acting("tess") as uow:
        assert [m.id for m in queries.family_of(uow, alone)] == [alone]


def test_the_family_of_another_lots_case_is_not_found(world: World) -> None:
    there = a_case(world, "South", family_key="FAM-7")
    with world.acting("tess") as uow, pytest.raises(NotFound):
        queries.family_of(uow, there)


def a_pair(world: World, first: str = "00123", second: str = "123", **facts: Any) -> int:
    """Two cases set side by side; returns the pair's id."""
    for reference in (first, second):
        a_case(world, **{"reference": reference, "age_band": "5–9"} | facts)
    look(world)
    return int(world.rows(CasePair)[-1].id)


def look(world: World) -> int:
    with world.setting_up() as uow:
        return service.set_side_by_side(uow, world.contract())


def test_what_came_last_is_set_beside_as_a_look_at_every_case_would(world: World) -> None:
    for reference, key in (("00123", None), ("123", None), ("B1", "F-01"), ("B2", "f1"), ("C", "")):
        a_case(world, reference=reference, family_key=key)
    with world.setting_up() as uow:
        assert service.set_beside(uow, world.contract(), {"77", "c"}, {"G1"}) == 0
        assert service.set_beside(uow, world.contract(), {"123"}, {"f1"}) == 2
    assert look(world) == 0


def decided(world: World, pair: int, decision: str, because: str = "The council says so.") -> Any:
    with world.acting("paula") as uow:
        service.decide(uow, pair, Decision(decision), because)
    return world.row(CasePair, pair)


def key_of(world: World, reference: str) -> str | None:
    [case] = world.rows(Case, reference=reference)
    return case.family_key


def test_one_reference_in_two_forms_is_shown_side_by_side(world: World, browse) -> None:
    pair = a_pair(world, family_key="FAM-7")
    page = readable(browse("tess").get("/pairs"))
    assert "1 pair waits" in page
    assert "00123 and 123 One reference written in two ways" in page
    beside = readable(browse("tess").get(f"/pairs/{pair}"))
    assert "Family key FAM-7 FAM-7 Same" in beside


def test_an_import_sets_pairs_side_by_side(world: World, browse) -> None:
    a_case(world, reference="00123")
    an_importer(world, browse).take(list_4(list_4_row("123", "01/09/2026")))
    assert len(world.rows(CasePair)) == 1


def test_nobody_is_asked_about_a_pair_again(world: World) -> None:
    pair = a_pair(world)
    assert look(world) == 0
    decided(world, pair, "unrelated")
    assert look(world) == 0
    assert len(world.rows(CasePair)) == 1


def test_one_childs_other_case_is_to_be_handed_back_and_nothing_is_deleted(
    world: World, browse
) -> None:
    pair = a_pair(world)
    answer = browse("tess").follow(
        f"/pairs/{pair}", decision="first_stays", because="One child on the council’s system."
    )
    assert "No pair waits" in readable(answer)
    [finding] = world.rows(Finding)
    assert finding.kind is Kind.DUPLICATE
    assert "123 back" in finding.words
    assert world.row(Case, finding.case_id).reference == "123"
    assert all(case.state.is_open for case in world.rows(Case))
    page = readable(browse("tess").get("/pairs?show=decided"))
    assert "00123 stays, 123 is to be handed back" in page
    assert "Tess Oyelaran" in page


def test_a_decision_can_be_replaced_and_its_finding_follows(world: World, browse) -> None:
    pair = a_pair(world)
    decided(world, pair, "first_stays")
    decided(world, pair, "second_stays")
    [finding] = world.rows(Finding)
    assert world.row(Case, finding.case_id).reference == "00123"
    decided(world, pair, "unrelated")
    assert world.rows(Finding) == []
    assert (
        "decided already"
        in browse("tess").post(f"/pairs/{pair}", 409, decision="unrelated", because="Again.").text
    )


def test_a_family_written_in_two_ways_becomes_one(world: World) -> None:
    a_case(world, reference="A1", family_key="FAM-07")
    a_case(world, reference="A2", family_key="fam 7")
    a_case(world, reference="A3", family_key="fam 7")
    look(world)
    [pair] = world.rows(CasePair)
    assert pair.likeness is Likeness.FAMILY_KEY
    decided(world, pair.id, "one_family")
    assert {key_of(world, reference) for reference in ("A1", "A2", "A3")} == {"FAM-07"}
    assert {one.act for one in world.rows(TrailEntry)} >= {"pair.decide"}


def test_two_children_under_one_in_a_family_may_be_one_listed_again_at_birth(world: World) -> None:
    a_case(world, reference="A1", family_key="F1", age_band="Unborn")
    a_case(world, reference="A2", family_key="F1", age_band="Under 1")
    a_case(world, reference="A3", family_key="F1", age_band="5–9")
    look(world)
    [pair] = world.rows(CasePair)
    assert pair.likeness is Likeness.UNDER_ONE
    decided(world, pair.id, "unrelated")
    assert (key_of(world, "A1"), key_of(world, "A2")) == ("F1", None)


def test_a_decision_needs_an_answer_and_how_one_knows(world: World, browse) -> None:
    pair = a_pair(world)
    page = browse("tess").post(f"/pairs/{pair}", 422, decision="", because="Typed").text
    assert "Typed" in page
    assert "What the two cases are" in readable(page)


def test_others_do_not_decide_and_a_pair_needs_sight_of_both_cases(world: World, browse) -> None:
    pair = a_pair(world)
    browse("dina").get(f"/pairs/{pair}")
    browse("dina").post(f"/pairs/{pair}", 403, decision="unrelated", because="No.")
    browse("priya").get("/pairs", 403)
    browse("tara").get(f"/pairs/{pair}", 404)
    browse("tara").post(f"/pairs/{pair}", 404, decision="unrelated", because="No.")
    assert "0 pairs wait" in readable(browse("tara").get("/pairs"))
    a_case(world, "South", reference="0123")
    look(world)
    assert "1 pair waits" in readable(browse("tess").get("/pairs"))
    assert "2 pairs wait" in readable(browse("paula").get("/pairs"))


def test_a_family_is_made_and_left_by_hand(world: World, browse) -> None:
    case_id, other = a_case(world, reference="A1"), a_case(world, reference="A2")
    tess = browse("tess")
    assert "No family is known" in readable(tess.get(f"/cases/{case_id}/family"))
    page = tess.follow(f"/cases/{case_id}/family", reference="A2", because="Brothers.")
    assert "Family key F-A1" in readable(page)
    assert f'href="/cases/{other}"' in page
    assert (
        "of this family already"
        in tess.post(f"/cases/{case_id}/family", 422, reference="A2", because="Brothers.").text
    )
    tess.post(f"/cases/{other}/family/leave")
    assert (key_of(world, "A1"), key_of(world, "A2")) == ("F-A1", None)
    assert "no family to leave" in tess.post(f"/cases/{other}/family/leave", 409).text


@pytest.mark.parametrize(
    ("reference", "why"),
    [("NOBODY", "no case NOBODY"), ("A1", "the case itself"), ("S1", "no case S1")],
)
def test_a_family_is_joined_only_with_another_case_that_one_sees(
    world: World, browse, reference: str, why: str
) -> None:
    case_id = a_case(world, reference="A1")
    a_case(world, "South", reference="S1")
    page = browse("tess").post(
        f"/cases/{case_id}/family", 422, reference=reference, because="Brothers."
    )
    assert why in page.text
    browse("dina").post(f"/cases/{case_id}/family", 403, reference="A1", because="No.")
    browse("tara").get(f"/cases/{case_id}/family", 404)


def test_the_list_of_pairs_asks_few_questions(world: World, browse) -> None:
    for number in range(8):
        a_case(world, reference=f"0{number}99")
        a_case(world, reference=f"{number}99.0" if number else "99")
    look(world)
    tess = browse("tess")
    with questions(world) as asked:
        tess.get("/pairs")
    assert len(asked) <= 7
