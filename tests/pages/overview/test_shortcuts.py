"""The page of keyboard shortcuts."""

from collections.abc import Callable

from tests.browse import Browse, readable


def test_everybody_sees_the_keys_that_work_for_them(browse: Callable[..., Browse]) -> None:
    team_manager, auditor = (readable(browse(who).get("/shortcuts")) for who in ("tess", "alan"))
    assert "Tick the row" in team_manager
    assert "Search for a case" in team_manager
    assert "Tick the row" not in auditor
    assert "Search for a case" not in auditor
    assert "Next row" in auditor


def test_every_page_leads_to_it(browse: Callable[..., Browse]) -> None:
    assert 'href="/shortcuts"' in browse("alan").get("/")
