"""The case page."""

from tests.browse import readable
from tests.makers import a_case, an_assessing_case
from tests.questions import questions
from tests.world import TODAY, World


def test_the_primary_need_is_told_in_words(world: World, browse) -> None:
    with_need, other = a_case(world, primary_need="N4"), a_case(world, primary_need="X1")
    tess = browse("tess")
    assert "Primary need N4 – Family in acute stress" in readable(tess.get(f"/cases/{with_need}"))
    assert "Primary need X1 Came from" in readable(tess.get(f"/cases/{other}"))


def test_whose_move_it_is_and_who_leads_are_told_apart(world: World, browse) -> None:
    page = readable(browse("tess").get(f"/cases/{an_assessing_case(world)}"))
    assert "Whose move: Practitioner. The agency leads." in page


def test_the_events_of_one_day_stand_in_the_order_in_which_they_come(world: World, browse) -> None:
    case_id = an_assessing_case(world)
    day = TODAY.strftime("%d/%m/%Y")
    browse("priya").post(f"/cases/{case_id}/assessment/seen", seen_on=day, alone="yes")
    page = browse("tess").get(f"/cases/{case_id}")
    line = page[page.index("What happened") :]
    events = ["Assessment started", "Allocated", "Child seen alone", "Referred to the council"]
    assert sorted(events, key=line.index) == events


def test_only_what_there_is_of_a_case_is_asked_for(world: World, browse) -> None:
    young, older = a_case(world), an_assessing_case(world)
    tess = browse("tess")
    for case_id, most in ((young, 7), (older, 10)):
        with questions(world) as asked:
            tess.get(f"/cases/{case_id}")
        assert sorted(asked) == sorted(set(asked))
        assert len(asked) <= most
