"""A commissioner's eight questions, each answered within two presses of their home page."""

from collections.abc import Callable

from tests.browser.visitor import Visitor

# The question, the links that are pressed, the heading where they lead and what is said there.
QUESTIONS: tuple[tuple[str, tuple[str, ...], str, tuple[str, ...]], ...] = (
    (
        "Are we getting what we bought, against the original and the varied contract?",
        (),
        "Are we getting what we bought?",
        ("What it means for children", "Original plan", "Plan now", "Against the plan now"),
    ),
    (
        "When will it finish, and how sure are you?",
        ("What it will cost, and how sure that is",),
        "Outlook",
        ("The last case is", "The contract ends on"),
    ),
    (
        "How good were your last forecasts?",
        ("What it will cost, and how sure that is", "How good were the last outlooks?"),
        "How good were the last outlooks?",
        ("Said to be open by now", "What came", "Carrowdale"),
    ),
    (
        "Is quality holding while volume rises?",
        ("Is quality holding?",),
        "Quality beside speed",
        ("Returned by the receiving team", "Limit"),
    ),
    (
        "What have I paid for, and what will it cost in the end?",
        ("What we have paid for",),
        "Invoices",
        ("£",),
    ),
    (
        "Can I prove progress?",
        ("Then and now",),
        "Then and now",
        ("Open cases", "Without a named worker", "Definition"),
    ),
    (
        "Is our side the hold-up?",
        ("Whose hold-up it was, four weeks at a time",),
        "Whose hold-up",
        ("Agency", "Council", "All days"),
    ),
    (
        "What happens on the last day?",
        ("Are we ready to leave?",),
        "Exit strategy",
        ("open",),
    ),
    (
        "Why does this figure differ from last month’s?",
        ("Packs, each compared with the one before", "What moved, and why : Pack 2"),
        "What moved: Pack 2 and pack 1",
        ("Why", "What"),
    ),
)


def test_each_question_is_answered_within_two_presses(
    county: tuple[str, dict[str, str]], open_window: Callable[..., Visitor]
) -> None:
    origin, names = county
    person = open_window(origin).sign_in(names["commissioner"])
    for question, presses, heading, words in QUESTIONS:
        assert len(presses) <= 2, question
        person.go("/")
        for link in presses:
            person.press(link)
        assert person.heading == heading, question
        person.says(*words)
