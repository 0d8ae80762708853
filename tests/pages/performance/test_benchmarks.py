"""Benchmarks: brought along, added, corrected and taken away by the council alone."""

from app.performance.benchmarks import service
from app.performance.benchmarks.models import Benchmark
from app.performance.benchmarks.rules import shipped
from tests.browse import readable
from tests.world import World

SAID = {
    "measure": "assessment-duration",
    "of": "Neighbouring council",
    "year": "2025",
    "value": "88.25%",
    "source": "Its cabinet report",
}


def test_published_figures_are_laid_once_and_figures_are_kept_as_data(world: World, browse) -> None:
    hana, contract = browse("hana"), world.contract()
    assert "No benchmark" in hana.get("/service-levels/benchmarks")
    for _ in range(2):
        hana.post(f"/service-levels/benchmarks/contracts/{contract}/published")
    assert len(world.rows(Benchmark)) == len(shipped())
    page = readable(browse("carl").get("/service-levels/benchmarks"))
    assert "England 2025 85.7% Department for Education" in page
    page = readable(hana.follow(f"/service-levels/benchmarks/contracts/{contract}/new", **SAID))
    assert "Neighbouring council 2025 88.2%" in page
    [own] = world.rows(Benchmark, of="Neighbouring council")
    assert 'value="88.25"' in hana.get(f"/service-levels/benchmarks/{own.id}")
    changed = SAID | {"value": "90", "_version": "1"}
    assert "90.0%" in readable(hana.follow(f"/service-levels/benchmarks/{own.id}", **changed))
    hana.post(f"/service-levels/benchmarks/{own.id}", 409, **changed)
    hana.post(f"/service-levels/benchmarks/{own.id}/remove")
    assert world.rows(Benchmark, of="Neighbouring council") == []


def test_a_figure_that_cannot_be_meant_is_shown_again_and_others_change_none(
    world: World, browse
) -> None:
    hana, address = browse("hana"), f"/service-levels/benchmarks/contracts/{world.contract()}/new"
    hana.post(address, **SAID)
    for wrong, words in (
        ({"value": "100.01"}, "at most 100%"),
        ({"year": "2027"}, "Write a year"),
        ({"value": "lots"}, "at most two digits"),
        ({}, "There is a figure of Neighbouring council for 2025 already."),
    ):
        assert words in readable(hana.post(address, 422, **SAID | wrong).text)
    [own] = world.rows(Benchmark)
    for key in ("paula", "tess", "carl"):
        browse(key).post(address, 403, **SAID)
        browse(key).post(f"/service-levels/benchmarks/{own.id}/remove", 403)
    assert "Neighbouring" not in browse("eve").get("/service-levels/benchmarks")
    browse("priya").get("/service-levels/benchmarks", 403)
    with world.setting_up() as uow:
        service.lay_shipped(uow, world.contract("Eastmoor"))
    assert "England" in browse("eve").get("/service-levels/benchmarks")
