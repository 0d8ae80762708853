"""Messages leave through a mail server, at least once each."""

import socketserver
import threading
from collections.abc import Iterator

import pytest

from app.access.models import User
from app.settings import Settings
from app.work.models import OutboxMessage
from app.work.outbox import MOST_TRIES, keep_sending, send_waiting
from tests.world import World


class Exchange(socketserver.StreamRequestHandler):
    """Just enough of a mail server to take a message or to refuse it."""

    def handle(self) -> None:
        self.say("220 here")
        for line in self.rfile:
            word = line.split()[0].upper()
            if word == b"DATA":
                self.say("354 go on")
                self.keep()
            elif word == b"RCPT" and self.server.refuses in line:  # type: ignore[attr-defined]
                self.say("550 no such box")
            elif word == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 yes")

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())

    def keep(self) -> None:
        lines = list(iter(self.rfile.readline, b".\r\n"))
        self.server.taken.append(b"".join(lines).decode())  # type: ignore[attr-defined]
        self.say("250 taken")


class MailServer(socketserver.ThreadingTCPServer):
    """Keeps what it takes; refuses one box."""

    allow_reuse_address = True
    daemon_threads = True
    refuses = b"tom@"

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Exchange)
        self.taken: list[str] = []


@pytest.fixture
def post_office() -> Iterator[MailServer]:
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def mailing(settings: Settings, post_office: MailServer) -> Settings:
    port = post_office.server_address[1]
    return settings.model_copy(update={"smtp_host": "127.0.0.1", "smtp_port": port})


def a_message(world: World, *keys: str) -> None:
    with world.setting_up() as uow:
        for key in keys:
            uow.mail(world.user(key), "Your invitation to Clearway", "/choose-password/x")


def test_a_message_goes_once_with_a_link_of_the_configured_origin(
    world: World, mailing: Settings, post_office: MailServer
) -> None:
    a_message(world, "tess", "dina")
    assert send_waiting(world.database, mailing) == 2
    assert send_waiting(world.database, mailing) == 0
    first = post_office.taken[0]
    assert "To: tess@example.org" in first
    assert "Message-ID: <message-1@testserver>" in first
    assert "http://testserver/choose-password/x" in first
    assert len(post_office.taken) == 2
    sent = world.rows(OutboxMessage)
    assert [(row.sent_at, row.path, row.problem) for row in sent] == [(world.clock.now, "", "")] * 2


def test_one_refused_box_holds_up_nobody_else(
    world: World, mailing: Settings, post_office: MailServer
) -> None:
    a_message(world, "tom", "tess")
    assert send_waiting(world.database, mailing) == 1
    refused, sent = world.rows(OutboxMessage)
    assert refused.sent_at is None
    assert "550" in refused.problem
    assert sent.sent_at == world.clock.now


def test_an_address_that_the_server_cannot_take_holds_up_nobody_else(
    world: World, mailing: Settings, post_office: MailServer
) -> None:
    with world.setting_up() as uow:
        uow.get(User, world.user("tom")).email = "jörg@example.org"
    a_message(world, "tom", "tess")
    assert send_waiting(world.database, mailing) == 1
    assert [row.sent_at is None for row in world.rows(OutboxMessage)] == [True, False]


def test_a_message_waits_longer_after_each_failure_and_not_for_ever(
    world: World, mailing: Settings, post_office: MailServer
) -> None:
    nowhere = mailing.model_copy(update={"smtp_port": 1})
    a_message(world, "tess")
    assert send_waiting(world.database, nowhere) == 0
    assert send_waiting(world.database, nowhere) == 0
    assert [(row.tries, row.sent_at) for row in world.rows(OutboxMessage)] == [(1, None)]
    world.clock.move(minutes=1)
    assert send_waiting(world.database, mailing) == 1
    a_message(world, "tess")
    for _ in range(2 * MOST_TRIES):
        send_waiting(world.database, nowhere)
        world.clock.move(days=1)
    assert world.rows(OutboxMessage)[1].tries == MOST_TRIES


def test_a_new_message_does_not_wait_behind_many_that_failed(
    world: World, mailing: Settings, post_office: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.work.outbox.AT_ONCE", 2)
    a_message(world, "tom", "tom")
    assert send_waiting(world.database, mailing) == 0
    a_message(world, "tess")
    assert send_waiting(world.database, mailing) == 1


def test_an_urgent_message_waits_behind_nothing(
    world: World, mailing: Settings, post_office: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.work.outbox.AT_ONCE", 1)
    a_message(world, "tess", "dina")
    with world.setting_up() as uow:
        uow.mail(world.user("omar"), "A safeguarding flag was raised", "/flags", urgent=True)
    assert send_waiting(world.database, mailing) == 1
    assert "To: omar@example.org" in post_office.taken[0]


def test_messages_go_by_themselves_while_the_server_runs(
    world: World, mailing: Settings, post_office: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.work.outbox.LOOK_EVERY_SECONDS", 0.01)
    a_message(world, "tess")
    stop = threading.Event()
    sender = threading.Thread(target=keep_sending, args=(world.database, mailing, stop))
    sender.start()
    for _ in range(500):
        if post_office.taken:
            break
        stop.wait(0.01)
    stop.set()
    sender.join()
    assert len(post_office.taken) == 1
