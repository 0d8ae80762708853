"""A real server, a real Chromium and people who press its buttons."""

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, expect, sync_playwright
from sqlmodel import Session, col, func, select

from app.access.models import User
from app.cases.register.models import Case
from app.db.engine import open_engine
from app.main import create_app
from app.settings import Settings
from app.work.database import Database
from seed import demo, standing
from tests.browser.visitor import Visitor
from tests.makers_accounts import invented
from tests.personas import BY_KEY
from tests.world import TODAY, World

DESK = {"width": 1366, "height": 768}
SECONDS = 15


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    path = shutil.which("chromium")
    assert path, "Chromium is missing: install Debian's package `chromium` and run the tests again."
    expect.set_options(timeout=SECONDS * 1000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def serving(database: Database) -> Iterator[str]:
    """Serve a database as a demo on a free port; yields the address."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        origin = f"http://127.0.0.1:{door.getsockname()[1]}"
        address = database.engine.url.render_as_string(hide_password=False)
        settings = Settings(database_url=address, demo=True, origin=origin)
        config = uvicorn.Config(
            create_app(settings, database), log_level="warning", ws="none", access_log=False
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "The server did not start."
            time.sleep(0.01)
        yield origin
        server.should_exit = True
        thread.join(timeout=SECONDS)


@pytest.fixture
def open_window(chromium: Browser) -> Iterator[Callable[..., Visitor]]:
    """Opens windows of visitors; at the end none of them may have met a fault."""
    opened: list[Visitor] = []

    def new(origin: str, visitor: type[Visitor] = Visitor, **wishes: Any) -> Visitor:
        context = chromium.new_context(**{"viewport": DESK, "locale": "en-GB"} | wishes)
        context.set_default_timeout(SECONDS * 1000)
        entered = visitor(context, origin)
        opened.append(entered)
        return entered

    yield new
    faults = [fault for visitor in opened for fault in visitor.faults]
    for visitor in opened:
        visitor.context.close()
    assert faults == []


@pytest.fixture
def origin(world: World) -> Iterator[str]:
    """The tests' small world, served."""
    invented(world, *BY_KEY)
    with serving(world.database) as address:
        yield address


@pytest.fixture
def visit(origin: str, open_window: Callable[..., Visitor], world: World) -> Callable[..., Visitor]:
    """`visit("tess")` is Tess, who has signed in, in a window of her own with nothing open yet."""

    def enter(key: str, **wishes: Any) -> Visitor:
        person = open_window(origin, **wishes)
        cookie = {"name": "sid", "value": world.cookie(key), "url": origin}
        person.context.add_cookies([cookie])
        return person

    return enter


@pytest.fixture(scope="session")
def county(laid_out: Callable[[str], str]) -> Iterator[tuple[str, dict[str, str]]]:
    """The demo's invented county, served for reading; with one person's name for each role."""
    address = laid_out("county")
    standing.main(address, fresh=False, today=TODAY)
    database = Database(open_engine(address), demo.clock_of(TODAY))
    # Later names win: of the practitioners whoever holds most, of the others whoever came first.
    held = select(func.count()).where(
        Case.practitioner_id == User.practitioner_id, col(Case.ended_on).is_(None)
    )
    with Session(database.engine) as session:
        people = session.exec(
            select(User.role, User.name)
            .where(User.demo)
            .order_by(held.scalar_subquery(), col(User.id).desc())
        ).all()
        names = {role.value: name for role, name in people}
    with serving(database) as origin:
        yield origin, names
