"""The command that counts what was earned and works the outlooks out."""

import pytest

from app import cli
from app.cases.states import CaseState
from app.finance.earned_points.models import EarnedWeek
from tests.makers_delivery import a_budget
from tests.makers_money import a_moved_case
from tests.world import World


def test_counting_anew_comes_to_the_same(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    address = world.database.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("CLEARWAY_DATABASE_URL", address)
    a_budget(world)
    a_moved_case(world, CaseState.UNALLOCATED, CaseState.AUTHORISED)
    found = []
    for words in (["money"], ["money", "--anew"]):
        with pytest.raises(SystemExit) as end:
            cli.main(words)
        assert end.value.code == 0
        assert "ok: looked ahead in 1 lot\n" in capsys.readouterr().out
        found.append(sorted((row.step, row.earned) for row in world.rows(EarnedWeek)))
    assert found[0] == found[1] == [("assessed", 4_000), ("entered", 0)]
