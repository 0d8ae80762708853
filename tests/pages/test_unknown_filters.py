"""What an address asks of a list and the list does not know is said beside the choice."""

from tests.browse import readable

SAID = "“zug” is none of these and was ignored."
ADDRESSES = (
    "/people?lot=",
    "/people/checks?lot=",
    "/people/return?quarter=",
    "/triage?lot=",
    "/delays?reason=",
    "/drift?lot=",
    "/holds?lot=",
    "/hand-backs?lot=",
    "/scope/cases?term=",
    "/progress?lot=",
)


def test_a_value_that_no_choice_has_is_said_to_be_ignored(browse) -> None:
    paula = browse("paula")
    silent = [one for one in ADDRESSES if SAID not in readable(paula.get(f"{one}zug"))]
    assert silent == []
    assert "none of these" not in readable(paula.get("/people?lot="))
