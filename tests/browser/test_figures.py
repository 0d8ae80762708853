"""A figure that is a link opens the rows it counts, no more and no less."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import APIResponse

from app.access.roles import Role
from tests.browser.visitor import Visitor

FIGURES = """links => links.map(link => [
  link.getAttribute("href"),
  (link.querySelector(".figure__number") ?? link).textContent.trim(),
  link.querySelector(".figure__label")?.textContent.trim() ?? "",
]).filter(([, number]) => /^\\d{1,3}(,\\d{3})*$/.test(number))"""
COUNT = re.compile(r'id="count">(?:[\d,]+ to [\d,]+ of )?([\d,]+) ')
CARD = '{}</span><br>\n<span class="figure__number">([\\d,]+)'
WAITING = re.compile(r'aria-label="Handovers waiting to be accepted".*?</table>', re.DOTALL)
# The words of a card on a home page, and of the same figure on the page that it opens.
SAME = {
    "Flags not acknowledged": "Not acknowledged",
    "Open cases": "Open",
    "Cases still open": "Open",
    "Overdue assessments": "Overdue",
    "Waiting for the council": "To agree",
    "Supervision late": "Late",
    "Unresolved protection issues": "Unresolved",
}
ROLES = [role for role in Role if role.value not in {"practitioner", "auditor", "administrator"}]


@pytest.mark.parametrize("role", [role.value for role in ROLES])
def test_each_figure_equals_the_list_that_it_opens(
    role: str, county: tuple[str, dict[str, str]], open_window: Callable[..., Visitor]
):
    origin, names = county
    person = open_window(origin).sign_in(names[role])
    wrong, looked_at = [], 0
    for address in ("/", "/progress", "/exit"):
        for href, number, label in set(map(tuple, figures(person.go(address)))):
            behind = total(person.context.request.get(origin + href), label)
            looked_at += 1
            if behind != int(number.replace(",", "")):
                wrong.append((address, label, href, number, behind))
    assert wrong == []
    assert looked_at >= (4 if role == "commissioner" else 40)


def figures(person: Visitor) -> list[list[str]]:
    found: list[list[str]] = person.page.locator("main a[href^='/']").evaluate_all(FIGURES)
    return [one for one in found if not re.fullmatch(r"/(cases|agreements)/\d+", one[0])]


def total(answer: APIResponse, label: str) -> int:
    """What a page counts: its own card of the same figure, or else its list."""
    assert answer.ok, answer.url
    page = answer.text()
    if label and (card := re.search(CARD.format(re.escape(SAME.get(label, label))), page)):
        return int(card[1].replace(",", ""))
    if found := COUNT.search(page):
        return int(found[1].replace(",", ""))
    if "/handovers" in answer.url:
        table = WAITING.search(page)
        return table[0].count('<th scope="row">') if table else 0
    raise AssertionError((answer.url, label))
