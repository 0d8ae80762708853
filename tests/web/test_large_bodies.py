"""A large body is read only for somebody who may send it."""

from typing import Any

import pytest
from anyio import run

from tests.world import World


async def sent_to(app: Any, cookie: str, path: str = "/imports") -> int:
    """The status of an upload whose body must not be asked for."""
    statuses = []

    async def receive() -> Any:
        pytest.fail("The body was read.")

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    headers = {
        "host": "testserver",
        "origin": "http://testserver",
        "content-type": "multipart/form-data; boundary=x",
        "content-length": "40000000",
        "cookie": f"sid={cookie}",
    }
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("testserver", 80),
    }
    await app(scope, receive, send)
    return int(statuses[0])


@pytest.mark.parametrize(("who", "status"), [(None, 303), ("tess", 403), ("carl", 403)])
def test_an_upload_by_somebody_who_may_not_is_not_even_read(
    world: World, app: object, who: str | None, status: int
) -> None:
    cookie = world.cookie(who) if who else "x"
    assert run(sent_to, app, cookie) == status


@pytest.mark.parametrize("who", [None, "tess"])
def test_a_body_that_says_that_it_is_too_large_is_not_even_read(
    world: World, app: object, who: str | None
) -> None:
    cookie = world.cookie(who) if who else "x"
    assert run(sent_to, app, cookie, "/sign-out") == 413
