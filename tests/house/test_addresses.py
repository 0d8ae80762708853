"""Addresses that people keep: none that was ever given out may come to lead nowhere."""

from pathlib import Path

from tests.house.test_routes import ROUTES

GIVEN_OUT = Path(__file__).with_name("addresses.txt")


def test_an_old_bookmark_still_leads_to_a_page() -> None:
    """A page that moves leaves a redirect at its old address; new ones join with a release."""
    given_out = set(GIVEN_OUT.read_text().split())
    served = {route.path for route in ROUTES if route.method == "GET"}
    assert len(given_out) > 300
    assert given_out - served == set()
