"""The commissioner's page: each question with its answer, in figures that tell of no case."""

import re
from datetime import date

from app.contract.models import Target
from app.finance.outlook.models import LotOutlook
from app.overview.home.queries import lot_lines
from app.performance.measures.rules import Measure
from app.performance.variations.models import TargetVersion
from app.reports.commentary import queries as commentary
from app.reports.commentary import service as commentaries
from tests.browse import readable
from tests.makers import a_case
from tests.makers_delivery import a_cleared_case
from tests.makers_reports import a_lot_that_calls_for_talk, a_reading
from tests.questions import questions
from tests.world import World

MOST_QUESTIONS = 23


OCTOBER = date(2026, 10, 1), date(2026, 10, 31)


def an_outlook(world: World, lot_id: int) -> None:
    with world.setting_up() as uow:
        uow.add(
            LotOutlook(
                lot_id=lot_id,
                made_at=uow.now,
                as_at=date(2026, 11, 13),
                budget=1_900_000,
                planned=980_000,
                actual=900_000,
                accrued=50_000,
                committed=0,
                low=1_800_000,
                middle=2_000_000,
                high=2_500_000,
                chance=3_100,
                unended=0,
                remaining=2,
                weekly=1,
                notice_weeks=4,
                seed=1,
                method="Ways of clearing.",
            )
        )


def test_it_answers_what_was_bought_what_it_costs_and_what_changed(world: World, browse) -> None:
    a_lot_that_calls_for_talk(world)
    reference = "N-4711"
    a_case(world, reference=reference)
    a_reading(world, Measure.CHILD_SEEN, *OCTOBER, 60, 80, "North")
    a_reading(world, Measure.CHILD_SEEN, *OCTOBER, 3, 40, "Mid")
    a_reading(world, Measure.CHILD_SEEN, *OCTOBER, 30, 40, "South")
    with world.setting_up() as uow:
        [north] = [one for one in world.rows(Target) if one.lot_id == world.lot()]
        uow.add(
            TargetVersion(
                lot_id=world.lot(),
                opening_backlog=12,
                starts_on=north.starts_on,
                ends_on=date(2027, 1, 29),
                ramp_weeks=0,
            )
        )
    an_outlook(world, world.lot())
    with world.acting("paula") as uow:
        draft_id = commentaries.draft(uow, world.contract())
    with world.acting("hana") as uow:
        version = commentary.version_of(commentary.sentences_of(uow, draft_id))
        commentaries.issue(uow, draft_id, version)
    with questions(world) as asked:
        text = browse("carl").get("/")
    said = readable(text)
    assert len(asked) <= MOST_QUESTIONS, len(asked)
    assert said.index("What it means for children") < said.index("Cases still open")
    assert "North 75.0%" in said
    assert "Mid c" in said
    assert "10 % of" not in said
    assert "2 behind" in said
    assert "£9,500 £9,800 £20k £18k and £25k £19k Unlikely 31%" in said
    assert "1 proposal waits for the council’s decision in North." in said
    assert "issued by Hana Lowe" in said
    assert reference not in said


def test_every_figure_leads_to_where_it_is_told_in_full(world: World, browse) -> None:
    a_lot_that_calls_for_talk(world)
    an_outlook(world, world.lot())
    carl = browse("carl")
    page = carl.get("/")
    heads = {
        readable(head): re.findall(r'href="([^"]+)"', head)
        for head in re.findall(r'<th scope="col"[^>]*>.*?</th>', page)
    }
    assert {name for name, links in heads.items() if not links} == {"Lot"}
    outlook = readable(carl.get(heads["Will cost"][0]))
    # The same figures, to the penny.
    for pounds in ("£19,000.00", "£9,800.00", "£20,000.00", "£18,000.00", "£25,000.00"):
        assert pounds in outlook
    number = re.search(r">North</a></th><td class=\"number\">(\d+)</td>", page)
    assert number
    lot = re.search(r'href="(/progress\?lot=\d+)">North<', page)
    assert lot
    assert f"Open {number[1]} " in readable(carl.get(lot[1]))
    for [link] in filter(None, heads.values()):
        carl.get(link)


def test_an_empty_contract_is_told_in_words(world: World, browse) -> None:
    said = readable(browse("carl").get("/"))
    assert "No whole month was read yet" in said
    assert "No commentary is issued yet" in said
    assert "None stated" in said
    assert "None agreed" in said


def test_the_page_takes_the_same_few_questions_for_more_cases(world: World, browse) -> None:
    with questions(world) as few:
        browse("carl").get("/")
    for _ in range(4):
        a_case(world)
    with questions(world) as many:
        browse("carl").get("/")
    assert len(many) <= len(few)


def test_a_lot_without_a_case_is_not_said_to_be_cleared(world: World, browse) -> None:
    a_case(world)
    a_cleared_case(world, lot="Mid")
    table = readable(browse("carl").get("/")).split("What we bought")[1].split("What it costs")[0]
    assert "No case open" in table.split("South")[1]
    assert not {"ahead", "On plan", "behind"} & set(table.split("South")[1].split())
    assert "Cleared" in table.split("Mid")[1].split("South")[0]


def test_the_plan_beside_the_open_cases_is_that_of_lots_with_cases(world: World, browse) -> None:
    a_case(world)
    with world.acting("carl") as uow:
        planned = {one.figures.name: one.planned for one in lot_lines(uow)}
    assert planned["South"]
    assert f"planned for today: {planned['North']} " in readable(browse("carl").get("/"))
