"""The home pages ask the database for each thing once."""

from tests.makers_reports import a_lot_that_calls_for_talk
from tests.questions import questions
from tests.world import World


def test_no_home_page_of_a_project_manager_reads_the_same_twice(world: World, browse) -> None:
    a_lot_that_calls_for_talk(world)
    for who, most in (("hana", 24), ("paula", 13)):
        person = browse(who)
        with questions(world) as asked:
            person.get("/")
        assert sorted(asked) == sorted(set(asked))
        assert len(asked) <= most
