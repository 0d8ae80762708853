"""The register, the council's list and the list before it, side by side."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from app.cases.corrections.rules import Facts
from app.cases.corrections.service import correct
from app.cases.register import service as register
from app.cases.register.models import Case
from app.exchange.differences.models import CaseDifference
from app.exchange.differences.rules import Compared, State
from app.kernel.acts import Act
from app.work.models import TrailEntry
from tests.browse import Browse, readable
from tests.makers_imports import Importer, an_importer, list_4, plain
from tests.questions import questions
from tests.workbooks import list_4_row
from tests.world import World

SETTLED = {"how": "kept", "because": "The worker rang the school."}


@pytest.fixture
def paula(world: World, browse: Callable[..., Browse]) -> Importer:
    return an_importer(world, browse)


def only_case(world: World) -> Any:
    (case,) = world.rows(Case)
    return case


def corrected(world: World, **facts: Any) -> None:
    """The only case, its facts corrected by hand."""
    with world.acting("paula") as uow, uow.command(Act.CASE_CORRECT):
        case = register.find(uow, only_case(world).id)
        correct(uow, case, Facts(**{**vars(Facts.of(case)), **facts}))


def seen_differences(world: World) -> list[tuple[str, str, str, str, str, str]]:
    return [
        (
            one.field.value,
            one.ours,
            one.council_now,
            one.council_before,
            one.mender.value,
            one.state.value,
        )
        for one in world.rows(CaseDifference)
    ]


def a_difference(world: World, paula: Importer) -> int:
    """One team told in three ways."""
    paula.take(list_4(list_4_row("C1", c10="Marsh duty")))
    corrected(world, source_team="Fen team")
    paula.take(list_4(list_4_row("C1", c10="Marsh hub")))
    (row,) = world.rows(CaseDifference)
    return int(row.id)


def test_three_values_stand_side_by_side(
    world: World, paula: Importer, browse: Callable[..., Browse]
) -> None:
    a_difference(world, paula)
    assert seen_differences(world) == [
        ("source_team", "Fen team", "Marsh hub", "Marsh duty", "team", "open")
    ]
    assert only_case(world).source_team == "Fen team"
    page = readable(browse("tess").get("/differences"))
    assert "C1 North Unallocated Source team Fen team Marsh hub Marsh duty" in page


def test_ours_is_what_the_case_holds_now_and_when_it_was_settled(
    world: World, paula: Importer, browse: Callable[..., Browse]
) -> None:
    number = a_difference(world, paula)
    corrected(world, source_team="Moor team")
    tess = browse("tess")
    told = "Source team Moor team Marsh hub Marsh duty"
    assert told in readable(tess.get("/differences"))
    assert "Ours: Moor team" in readable(tess.get(f"/differences/{number}"))
    tess.post(f"/differences/{number}", **SETTLED | {"how": "kept"})
    corrected(world, source_team="Fen team")
    assert told in readable(tess.get("/differences?state=kept"))


def test_a_fact_that_nobody_changed_takes_the_councils_new_value(
    world: World, paula: Importer
) -> None:
    paula.take(list_4(list_4_row("C1", c10="Marsh duty")))
    batch = paula.take(list_4(list_4_row("C1", c10="Marsh hub")))
    assert only_case(world).source_team == "Marsh hub"
    assert (seen_differences(world), batch.differences) == ([], 0)


def test_what_only_we_changed_is_the_councils_to_put_right(world: World, paula: Importer) -> None:
    content = list_4(list_4_row("C1", c10="Marsh duty"))
    paula.take(content)
    corrected(world, source_team="Fen team")
    batch = paula.take(content + b"\r\n")
    assert batch.unchanged == batch.differences == 1
    assert seen_differences(world) == [
        ("source_team", "Fen team", "Marsh duty", "Marsh duty", "council", "open")
    ]
    assert "1 difference from our register is to settle" in readable(paula.page(batch))


def test_what_the_council_tells_for_the_first_time_is_ours_to_look_at(
    world: World, paula: Importer
) -> None:
    paula.take(plain(("C1", "01/09/2026", "", "9", "")))
    paula.take(list_4(list_4_row("C1", "01/09/2026", c10="Moor team")))
    assert seen_differences(world) == [("source_team", "", "Moor team", "", "team", "open")]


def test_a_milestone_of_the_council_stands_beside_ours(world: World, paula: Importer) -> None:
    paula.take(list_4(list_4_row("C1")))
    paula.take(list_4(list_4_row("C1", c8="02/11/2026")))
    assert seen_differences(world) == [("authorised_on", "", "2026-11-02", "", "team", "open")]


def test_a_milestone_that_the_council_has_not_recorded_is_its_to_put_right(
    world: World, paula: Importer
) -> None:
    paula.take(list_4(list_4_row("C1")))
    with world.setting_up() as uow:
        uow.get(Case, only_case(world).id).authorised_on = date(2026, 11, 2)
    paula.take(list_4(list_4_row("C1", c9="a) Yes")))
    assert seen_differences(world) == [("authorised_on", "2026-11-02", "", "", "council", "open")]


def test_what_we_did_after_the_day_of_the_list_is_no_difference(
    world: World, paula: Importer
) -> None:
    paula.take(plain(("C1", "01/09/2026", "02/11/2026", "9", "")), listed_on="2026-11-10")
    with world.setting_up() as uow:
        uow.get(Case, only_case(world).id).seen_on = date(2026, 11, 15)
    paula.take(plain(("C1", "01/09/2026", "03/11/2026", "9", "")), listed_on="2026-11-12")
    assert seen_differences(world) == []
    paula.take(plain(("C1", "01/09/2026", "04/11/2026", "9", "")), listed_on="2026-11-20")
    assert seen_differences(world) == [
        ("seen_on", "2026-11-15", "2026-11-04", "2026-11-03", "council", "open")
    ]


def test_a_difference_goes_when_the_next_list_agrees(world: World, paula: Importer) -> None:
    a_difference(world, paula)
    batch = paula.take(list_4(list_4_row("C1", c10="Fen team")))
    assert [one.state for one in world.rows(CaseDifference)] == [State.GONE]
    assert batch.differences == 0


def test_the_councils_value_is_taken(
    world: World, paula: Importer, browse: Callable[..., Browse]
) -> None:
    number = a_difference(world, paula)
    tess = browse("tess")
    assert "The council’s: Marsh hub" in readable(tess.get(f"/differences/{number}"))
    tess.post(f"/differences/{number}", **SETTLED | {"how": "taken"})
    assert only_case(world).source_team == "Marsh hub"
    row = world.row(CaseDifference, number)
    assert (row.state, row.settled_by) == (State.TAKEN, world.user("tess"))
    told = {entry.subject for entry in world.rows(TrailEntry, act="difference.settle")}
    assert told == {"differences", "cases"}
    assert "The council’s taken" in readable(tess.get("/differences?state=taken"))


def test_ours_is_kept_until_the_council_says_something_else(
    world: World, paula: Importer, browse: Callable[..., Browse]
) -> None:
    number = a_difference(world, paula)
    browse("tess").post(f"/differences/{number}", **SETTLED)
    assert only_case(world).source_team == "Fen team"
    paula.take(list_4(list_4_row("C1", c10="Marsh hub", c9="a) Yes")))
    assert [one.state for one in world.rows(CaseDifference)] == [State.KEPT]
    paula.take(list_4(list_4_row("C1", c10="Marsh west")))
    assert [one.state for one in world.rows(CaseDifference)] == [State.KEPT, State.OPEN]


def test_a_referral_taken_from_the_council_begins_the_clock_anew(
    world: World, paula: Importer, browse: Callable[..., Browse]
) -> None:
    paula.take(plain(("C1", "01/09/2026", "", "9", "")))
    corrected(world, referred_on=date(2026, 9, 8))
    paula.take(plain(("C1", "15/09/2026", "", "9", "")))
    (row,) = world.rows(CaseDifference)
    browse("tess").post(f"/differences/{row.id}", **SETTLED | {"how": "taken"})
    assert only_case(world).clock_started_on == date(2026, 9, 15)


@pytest.mark.parametrize(("who", "status"), [("dina", 403), ("pete", 403), ("tara", 404)])
def test_others_cannot_settle(
    world: World, paula: Importer, browse: Callable[..., Browse], who: str, status: int
) -> None:
    number = a_difference(world, paula)
    browse(who).post(f"/differences/{number}", status=status, **SETTLED)
    assert world.row(CaseDifference, number).state is State.OPEN


def test_a_difference_is_settled_once(
    world: World, paula: Importer, browse: Callable[..., Browse]
) -> None:
    number = a_difference(world, paula)
    tess = browse("tess")
    tess.post(f"/differences/{number}", **SETTLED)
    page = tess.post(f"/differences/{number}", status=409, **SETTLED).text
    assert "settled already" in readable(page)


def test_a_milestone_is_not_copied_from_a_list(
    world: World, paula: Importer, browse: Callable[..., Browse]
) -> None:
    paula.take(list_4(list_4_row("C1")))
    paula.take(list_4(list_4_row("C1", c8="02/11/2026")))
    (row,) = world.rows(CaseDifference)
    tess = browse("tess")
    assert "The council’s:" not in readable(tess.get(f"/differences/{row.id}"))
    page = tess.post(f"/differences/{row.id}", status=409, **SETTLED | {"how": "taken"}).text
    assert "do it here by its own act" in readable(page)


@pytest.mark.parametrize("how", ["gone", ""])
def test_a_form_without_a_choice_is_shown_again(
    world: World, paula: Importer, browse: Callable[..., Browse], how: str
) -> None:
    number = a_difference(world, paula)
    page = browse("tess").post(f"/differences/{number}", status=422, **SETTLED | {"how": how}).text
    assert "The worker rang the school." in readable(page)


def test_the_list_is_filtered_and_says_what_it_does_not_know(
    world: World, paula: Importer, browse: Callable[..., Browse]
) -> None:
    a_difference(world, paula)
    tess = browse("tess")
    north = world.lot("North")
    page = readable(tess.get(f"/differences?lot={north}&field=source_team&mender=team"))
    assert "Marsh hub" in page
    assert "Nothing to settle here" in readable(tess.get("/differences?mender=council"))
    assert "“x” is not a known fact." in readable(tess.get("/differences?field=x"))
    assert Compared.SOURCE_TEAM.label in page


def test_the_list_asks_few_questions_however_many_differences_there_are(
    world: World, paula: Importer, browse: Callable[..., Browse]
) -> None:
    references = [f"C{number}" for number in range(1, 8)]
    paula.take(list_4(*(list_4_row(one) for one in references)))
    paula.take(list_4(*(list_4_row(one, c8="02/11/2026") for one in references)))
    tess = browse("tess")
    with questions(world) as asked:
        assert "7 differences" in readable(tess.get("/differences"))
    assert len(asked) <= 10


def test_a_child_who_is_on_the_list_no_longer_stands_as_a_difference(
    world: World, paula: Importer
) -> None:
    one, two, three, four = (list_4_row(f"C{number}") for number in (1, 2, 3, 4))
    ended = list_4_row("C5", c8="10/11/2026")
    paula.take(list_4(one, two, three, four, ended))
    shorter = paula.take(list_4(one, two, three))
    assert shorter.differences == 1
    gone = ("ended_on", "", "Not on its list", "On its list", "council")
    assert seen_differences(world) == [(*gone, "open")]
    page = readable(paula.browser.get("/differences"))
    assert "C4 North Unallocated Ended Nothing Not on its list On its list" in page
    # Said again, it is one difference still; a refused row is no missing child.
    bad = list_4_row("C2", "31/02/2026")
    assert paula.confirm(paula.send(list_4(one, bad, three)), good_rows=True).differences == 1
    undone = paula.take(list_4(one, two, three, four, list_4_row("C6")))
    assert seen_differences(world) == [(*gone, "gone")]
    paula.browser.post(f"/imports/{undone.id}/undo")
    paula.settled(undone.id)
    assert seen_differences(world) == [(*gone, "open")]


def test_of_a_list_of_other_children_nothing_follows(world: World, paula: Importer) -> None:
    paula.take(list_4(*(list_4_row(f"C{number}") for number in (1, 2, 3))))
    paula.take(list_4(list_4_row("C8"), list_4_row("C9")))
    paula.take(list_4(list_4_row("C1"), list_4_row("C9")))
    assert seen_differences(world) == []
