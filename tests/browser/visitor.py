"""A person in front of Chromium: opens pages, presses, fills in; nothing may go wrong unseen."""

import re
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response

TELL_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  window.tellViolation(`${event.violatedDirective} ${event.blockedURI}`);
});
"""
# An answer's status is judged once, by its number, and not again by the console's line on it.
STATUS_LINE = "Failed to load resource: the server responded with a status of"
CUT_SHORT = "net::ERR_ABORTED"


class Visitor:
    """One browser window of one person; `faults` is what nobody should ever meet."""

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.origin = origin
        self.context = context
        self.faults: list[str] = []
        self.expected = 200
        context.expose_binding("tellViolation", lambda _, words: self.faults.append(f"CSP {words}"))
        context.add_init_script(TELL_VIOLATIONS)
        self.page: Page = context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.faults.append(f"error {error}"))
        self.page.on("requestfailed", self._lost)
        self.page.on("response", self._answered)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(STATUS_LINE):
            self.faults.append(f"console {message.text}")

    def _lost(self, request: Request) -> None:
        if request.failure != CUT_SHORT:
            self.faults.append(f"lost {request.url}: {request.failure}")

    def _answered(self, answer: Response) -> None:
        if answer.status >= 400 and answer.status != self.expected:
            self.faults.append(f"{answer.status} {answer.request.method} {answer.url}")

    def sign_in(self, name: str) -> "Visitor":
        """Enter by the demo's page as one of its people."""
        self.go("/sign-in")
        self.press(f"Sign in as {name}")
        assert self.page.get_by_role("button", name="Sign out").is_visible()
        return self

    def go(self, address: str, status: int = 200) -> "Visitor":
        """Open an address; any other status than the expected one is a fault."""
        self.expected = status
        answer = self.page.goto(f"{self.origin}{address}")
        assert answer is not None
        assert answer.status == status, (address, answer.status, self.words())
        self.expected = 200
        return self

    def press(self, name: str, status: int = 200, within: Locator | None = None) -> "Visitor":
        """Press a button, or a link that looks like one, and wait for the page it leads to."""
        self.expected = status
        scope = within or self.page
        named = re.compile(rf"^\s*{re.escape(name)}\s*$")
        found = scope.get_by_role("button", name=named).or_(scope.get_by_role("link", name=named))
        with self.page.expect_navigation() as navigation:
            found.click()
        answer = navigation.value
        assert answer is not None
        assert answer.status == status, (name, answer.status, self.words())
        self.page.wait_for_load_state("load")
        self.expected = 200
        return self

    def fill(self, **answers: Any) -> "Visitor":
        """Answer fields by their names: text, a day, a file, a choice by its words, a tick."""
        for name, answer in answers.items():
            fields = self.page.locator(f"main [name={name}]:not([type=hidden])")
            kind = fields.first.evaluate("field => field.type")
            if kind == "select-one":
                fields.select_option(label=answer)
            elif kind == "radio":
                self._labelled(fields, answer).check()
            elif isinstance(answer, list):
                for words in answer:
                    self._labelled(fields, words).check()
            elif kind == "checkbox":
                fields.set_checked(answer)
            elif kind == "file":
                fields.set_input_files(answer)
            else:
                fields.fill(answer)
        return self

    def _labelled(self, fields: Locator, words: str) -> Locator:
        label = self.page.locator("main label", has_text=re.compile(rf"^\s*{re.escape(words)}\s*$"))
        return fields.and_(self.page.locator(f"[id='{label.get_attribute('for')}']"))

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.origin)

    @property
    def heading(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text()

    def words(self) -> str:
        """What the main part of the page says."""
        return re.sub(r"\s+", " ", self.page.locator("main").inner_text())

    def says(self, *phrases: str) -> "Visitor":
        said = self.words()
        for phrase in phrases:
            assert phrase in said, (phrase, said)
        return self

    def offers(self, name: str) -> bool:
        """Whether the page has a button or link of this name."""
        button = self.page.get_by_role("button", name=name, exact=True)
        return button.or_(self.page.get_by_role("link", name=name, exact=True)).count() > 0

    def figure(self, label: str) -> int:
        """The number on a figure card."""
        card = self.page.locator(".figure", has=self.page.get_by_text(label, exact=True))
        return int(card.locator(".figure__number").inner_text().replace(",", ""))
