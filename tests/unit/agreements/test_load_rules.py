"""What is to come to a team, and what earlier handovers tell of it."""

from datetime import timedelta

from app.agreements.loads.rules import Agreed, Past, coming
from app.planning.overload import Coming
from tests.world import TODAY

WEEK = timedelta(weeks=1)
AGREED_ON = TODAY - timedelta(days=15)


def test_a_handover_comes_in_its_week_or_near_its_target() -> None:
    target = TODAY + 3 * WEEK
    agreed = [
        Agreed(TODAY + WEEK, target, AGREED_ON, is_requested=True),
        Agreed(None, target, AGREED_ON, is_requested=False),
        Agreed(TODAY - WEEK, TODAY - WEEK, TODAY, is_requested=False),
    ]
    past = Past((1,) * 10, decided=10, agreed=8)
    found = coming(agreed, [0, 2], past, TODAY)
    assert found[:3] == [Coming(1, None), Coming(3, 2), Coming(0, 0)]
    assert found[3:] == [Coming(1, 0, 0.8)] * 2


def test_ten_handovers_and_ten_decisions_tell_something() -> None:
    assert Past((0,) * 10, 10, 10).is_known
    assert not Past((0,) * 9, 10, 10).is_known
    assert not Past((0,) * 10, 9, 9).is_known
    past = Past((0, 0, 1, 2, 3, 3, 4, 5, 6, 9), 0, 0)
    assert (past.within(0.5), past.within(0.85), past.within(1.0)) == (3, 6, 9)
    assert past.words(0.5) == "within 3 weeks"
    assert (past.words(0.2), past.words(0)) == ("within 1 week", "in the week")
    assert (past.chance, Past((), 0, 0).within(0.5)) == (1.0, 0)
