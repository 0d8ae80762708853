"""A persona with a browser: every page fetched is checked for what pages owe their readers."""

import re
import secrets
from typing import Any

from anyio.from_thread import BlockingPortal
from starlette.testclient import TestClient

from tests.markup import faults

ORIGIN = "http://testserver"


class Browse:
    """Gets pages and sends forms as one signed-in person (or nobody)."""

    def __init__(
        self, app: Any, cookie: str | None = None, loop: BlockingPortal | None = None
    ) -> None:
        self.client = TestClient(
            app, base_url=ORIGIN, follow_redirects=False, raise_server_exceptions=True
        )
        self.client.portal = loop
        self.client.headers["Origin"] = ORIGIN
        if cookie:
            self.client.cookies.set("sid", cookie)

    def get(self, address: str, status: int = 200, **headers: str) -> str:
        """The page's text; fails on another status or on faulty markup."""
        answer = self.client.get(address, headers=headers)
        assert answer.status_code == status, (address, answer.status_code, answer.text[:2000])
        whole = answer.headers.get("content-type", "").startswith("text/html")
        if whole and "HX-Request" not in headers and status != 303:
            assert faults(answer.text) == [], address
        return answer.text

    def post(self, address: str, status: int = 303, **answers: Any) -> Any:
        """Send a form; every call carries a fresh key unless `_key` is given."""
        sent = {"_key": secrets.token_urlsafe(8)} | answers
        answer = self.client.post(address, data=sent)
        assert answer.status_code == status, (address, answer.status_code, readable(answer.text))
        if status in {409, 422}:
            assert faults(answer.text) == [], address
        return answer

    def follow(self, address: str, **answers: Any) -> str:
        """Send a form and read the page that it leads to."""
        return self.get(self.post(address, **answers).headers["location"])


def readable(html: str) -> str:
    """What a reader sees of a page: its words without the markup."""
    body = re.sub(r"(?s)<(script|style|svg).*?</\1>", " ", html)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)).strip()
