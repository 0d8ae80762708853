"""A person who never touches a mouse: every button and field is reached by Tab and used by keys."""

import re
from typing import Any

from playwright.sync_api import Locator

from tests.browser.visitor import Visitor

# More than any page here has to step over.
STEPS = 400
HAS_FOCUS = "element => element === document.activeElement"
IN_FOCUS = "elements => elements.indexOf(document.activeElement)"


class Typist(Visitor):
    """Opens addresses, as anybody can by keys, and does everything else from the keyboard."""

    def press(self, name: str, status: int = 200, within: Locator | None = None) -> "Typist":
        self.expected = status
        scope = within or self.page
        named = re.compile(rf"^\s*{re.escape(name)}\s*$")
        found = scope.get_by_role("button", name=named).or_(scope.get_by_role("link", name=named))
        self.reach(found)
        with self.page.expect_navigation() as navigation:
            self.page.keyboard.press("Enter")
        answer = navigation.value
        assert answer is not None
        assert answer.status == status, (name, answer.status, self.words())
        self.page.wait_for_load_state("load")
        self.expected = 200
        return self

    def fill(self, **answers: Any) -> "Typist":
        keys = self.page.keyboard
        for name, answer in answers.items():
            fields = self.page.locator(f"main [name={name}]:not([type=hidden])")
            kind = fields.first.evaluate("field => field.type")
            if kind == "radio":
                self._choose(fields, answer)
            elif isinstance(answer, list):
                for words in answer:
                    self.reach(self._labelled(fields, words))
                    keys.press("Space")
            elif kind == "file":
                # What opens from here is the system's own dialog, not a page of ours.
                self.reach(fields)
                fields.set_input_files(answer)
            else:
                self.reach(fields)
                keys.type(_american(answer) if kind == "date" else answer)
        return self

    def reach(self, wanted: Locator) -> None:
        """Step on from where the focus is until it is there."""
        target = wanted.element_handle()
        for _ in range(STEPS):
            if target.evaluate(HAS_FOCUS):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{wanted} cannot be reached by Tab")

    def _choose(self, group: Locator, words: str) -> None:
        """A group of choices is one step, and its arrows go through them."""
        for _ in range(STEPS):
            if group.evaluate_all(IN_FOCUS) >= 0:
                break
            self.page.keyboard.press("Tab")
        chosen = self._labelled(group, words)
        for _ in range(group.count() + 1):
            if chosen.evaluate(HAS_FOCUS):
                self.page.keyboard.press("Space")
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{words} cannot be chosen by keys")


def _american(day: str) -> str:
    """A day in the order in which Chromium's own field asks for it in any language."""
    year, month, number = day.split("-")
    return f"{month}{number}{year}"
