"""What is agreed of a contract is dated within its term, whichever form it is typed in."""

from typing import Any

import pytest

from app.contract.models import Target
from app.finance.milestones.models import Milestone
from app.finance.models import Budget
from app.finance.prices.models import Price
from app.performance.service_levels.models import ServiceLevelTerms
from tests.makers_invoicing import a_price
from tests.makers_service_levels import a_level
from tests.world import World

BEFORE, FIRST, LAST, AFTER = "1/11/2026", "2/11/2026", "30/4/2027", "1/5/2027"
LEVEL = {"from_value": "80", "to_value": "90", "clause": "4.1", "reason": "As tendered"}
PRICE = {"model": "cleared", "pence": "900", "vat": "20", "clause": "2.3"}
FORMS: dict[str, tuple[dict[str, Any], tuple[str, str]]] = {
    "/contract/lots/{lot}/target": (
        {"_version": "1", "opening_backlog": "20", "ramp_weeks": "0", "clause": "1.1"},
        ("starts_on", "ends_on"),
    ),
    "/money/prices/{lot}/new": (PRICE, ("starts_on", "ends_on")),
    "/money/prices/{price}/end": ({"_version": "1"}, ("ends_on", "ends_on")),
    "/service-levels/new": (
        LEVEL | {"lot_id": "{lot}", "measure": "assessment-timeliness"},
        ("starts_on", "ends_on"),
    ),
    "/service-levels/{level}/change": (LEVEL | {"_version": "1"}, ("starts_on", "ends_on")),
    "/money/budget": ({"lot_id": "{lot}", "pence": "9000"}, ("first", "last")),
    "/money/milestones/{lot}/new": (
        {"title": "Half cleared", "clause": "6.1", "pence": "9000", "vat": "20"},
        ("due_on", "due_on"),
    ),
}


@pytest.mark.parametrize("address", FORMS)
def test_no_form_takes_a_day_outside_the_term(world: World, browse, address: str) -> None:
    known = {"lot": world.lot("Mid"), "price": a_price(world), "level": a_level(world)}
    sent, (first, last) = FORMS[address]
    answers = {name: str(value).format(**known) for name, value in sent.items()}
    within = {first: FIRST, last: LAST}
    kept = _kept(world)
    for field, day in ((first, BEFORE), (last, AFTER)):
        sent = answers | within | {field: day}
        answer = browse("hana").post(address.format(**known), 422, **sent)
        assert f'id="{field}-error"' in answer.text
        assert day in answer.text
    assert _kept(world) == kept
    browse("hana").post(address.format(**known), **answers | within)


def _kept(world: World) -> list[Any]:
    return [world.rows(one) for one in (Budget, Milestone, Price, ServiceLevelTerms, Target)]
