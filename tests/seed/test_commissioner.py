"""A commissioner walks every page that links lead to, and none tells of a child or a worker."""

import re
import secrets
from html import unescape

import pytest
from sqlmodel import Session, col, select
from starlette.testclient import TestClient

from app.access.actor import Actor
from app.access.models import SignInSession, User
from app.access.roles import Role
from app.access.sessions import digest
from app.cases.register.models import Case
from app.kernel.acts import Act
from app.main import create_app
from app.people.models import Practitioner
from app.plans.models import OutcomePlan
from app.safeguarding.flags.models import Flag
from app.settings import Settings
from app.work.database import Database
from tests.browse import ORIGIN, readable
from tests.browser.county import DOWNLOAD, LINK, kind_of

FEWEST_PAGES = 30
# The eight questions, each with an address and what stands there; two presses from the home page.
QUESTIONS = (
    ("Are we getting what we bought?", "/", "Original plan"),
    ("When will it finish?", "/progress", "At the present rate"),
    ("Is quality holding?", "/progress/quality", "Quality beside speed"),
    ("What have I paid for?", "/money/invoices", "Invoices"),
    ("Can I prove progress?", "/then-and-now", "Then and now"),
    ("Is our side the hold-up?", "/hold-ups", "Four weeks to"),
    ("What happens on the last day?", "/exit", "Exit"),
    ("Why does this figure differ from last month’s?", "/packs", "Packs"),
)


@pytest.fixture(scope="module")
def walked(filled: Database) -> dict[str, tuple[int, str]]:
    """Every kind of page within a commissioner's reach: how many presses away, and its words."""
    settings = Settings(
        database_url=filled.engine.url.render_as_string(hide_password=False),
        hosts=("testserver",),
        origin=ORIGIN,
    )
    client = TestClient(create_app(settings, filled), base_url=ORIGIN)
    client.cookies.set("sid", _signed_in(filled))
    found: dict[str, tuple[int, str]] = {}
    waiting = [("/", 0)]
    known = {"/"}
    while waiting:
        address, presses = waiting.pop(0)
        answer = client.get(address)
        assert answer.status_code == 200, address
        found[address] = presses, answer.text
        for link in map(unescape, LINK.findall(answer.text)):
            if kind_of(link) not in known and not DOWNLOAD.search(link):
                known.add(kind_of(link))
                waiting.append((link, presses + 1))
    return found


def _signed_in(database: Database) -> str:
    token = secrets.token_urlsafe(32)
    with Session(database.engine) as session:
        carl = session.exec(
            select(User.id).where(User.role == Role.COMMISSIONER).order_by(col(User.id))
        ).first()
    with database.work(Actor.nobody()) as uow, uow.command(Act.SIGN_IN):
        row = SignInSession(
            token_hash=digest(token), user_id=carl or 0, started_at=uow.now, seen_at=uow.now
        )
        uow.add(row)
    return token


def test_no_page_that_a_commissioner_can_reach_tells_of_a_case_a_worker_or_a_child(
    filled: Database, walked: dict[str, tuple[int, str]]
) -> None:
    with Session(filled.engine) as session:
        references = set(session.exec(select(Case.reference)))
        names = set(session.exec(select(Practitioner.name)))
        told = {one for one in session.exec(select(Flag.note)) if one}
        told |= {one for one in session.exec(select(OutcomePlan.rationale)) if one}
    assert len(walked) >= FEWEST_PAGES, sorted(walked)
    words = {address: readable(text) for address, (_, text) in walked.items()}
    wrong = []
    for address, said in words.items():
        assert not re.search(r'href="/cases/\d', walked[address][1]), address
        tokens = set(re.findall(r"[\w/-]+", said))
        wrong += [(address, one) for one in references & tokens]
        wrong += [(address, one) for one in names | told if one in said]
    assert wrong == []


@pytest.mark.parametrize(("question", "address", "words"), QUESTIONS)
def test_each_of_the_eight_questions_is_answered_within_two_presses(
    walked: dict[str, tuple[int, str]], question: str, address: str, words: str
) -> None:
    presses, text = walked[address]
    assert presses <= 1, question
    assert words in readable(text)
