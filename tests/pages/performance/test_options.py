"""Option periods: written down, taken up by a variation, let go, or lapsed."""

from datetime import date

from app.contract.models import Contract
from app.performance.options.models import OptionPeriod
from app.performance.variations.models import Variation
from tests.browse import readable
from tests.world import World

SAID = {
    "title": "First option, three months",
    "clause": "3.2",
    "decide_by": "26/2/2027",
    "extends_to": "30/7/2027",
}
YES = {"decision": "taken", "reason": "The backlog is larger than listed", "_version": "1"}


def test_an_option_that_is_taken_up_extends_the_contract_by_a_variation(
    world: World, browse
) -> None:
    hana, address = browse("hana"), f"/contract/{world.contract()}/options"
    assert "No option" in hana.get(address)
    page = readable(hana.follow(f"{address}/new", **SAID))
    assert "First option, three months 3.2 26 Feb 2027 30 Jul 2027 To decide in 98 days" in page
    [option] = world.rows(OptionPeriod)
    assert "is decided" not in hana.get(f"/contract/options/{option.id}")
    page = readable(hana.follow(f"/contract/options/{option.id}", **YES))
    assert "Taken up 20 Nov 2026" in page
    assert "Variation 1." in page
    assert world.row(Contract, world.contract()).ends_on == date(2027, 7, 30)
    [variation] = world.rows(Variation)
    assert (variation.kind.value, variation.clause) == ("extension", "3.2")
    hana.post(f"/contract/options/{option.id}", 409, **YES | {"_version": "2"})
    hana.post(f"/contract/options/{option.id}", 409, **YES)


def test_an_option_is_let_go_or_lapses_and_a_wrong_one_is_shown_again(world: World, browse) -> None:
    hana, address = browse("hana"), f"/contract/{world.contract()}/options"
    for wrong, words in (
        ({"extends_to": "30/4/2027"}, "ends on 30 Apr 2027 already"),
        ({"extends_to": "30/7/2040"}, "runs for at most 10 years"),
        ({"decide_by": "19/11/2026"}, "in the past"),
        ({"decide_by": "30/7/2027"}, "before the days that it adds"),
        ({"title": ""}, "Option"),
    ):
        assert words in readable(hana.post(f"{address}/new", 422, **SAID | wrong).text)
    for title in ("First", "Second"):
        hana.post(f"{address}/new", **SAID | {"title": title})
    first, second = world.rows(OptionPeriod)
    no = YES | {"decision": "lapsed"}
    assert "Let go" in readable(hana.follow(f"/contract/options/{first.id}", **no))
    world.clock.move(days=99)
    hana = browse("hana")
    hana.post(f"/contract/options/{second.id}", 409, **YES)
    assert "Lapsed: not taken up in time" in readable(hana.get(address))
    assert world.rows(Variation) == []


def test_others_read_options_and_decide_none(world: World, browse) -> None:
    address = f"/contract/{world.contract()}/options"
    browse("hana").post(f"{address}/new", **SAID)
    [option] = world.rows(OptionPeriod)
    for key in ("paula", "carl", "dina"):
        assert "First option" in browse(key).get(address)
        browse(key).post(f"{address}/new", 403, **SAID)
        browse(key).post(f"/contract/options/{option.id}", 403, **YES)
    browse("eve").get(address, 404)
