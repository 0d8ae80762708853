"""What counts as oversight, and how it is told."""

from datetime import UTC, date, datetime, timedelta

from app.assurance.oversight.rules import Entry, Grip, Kind, grip_of, in_order, kind_of, words_of
from app.kernel.acts import Act

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
DAY = timedelta(days=1)
READ = Entry(NOW, Kind.READ, "Read: case page", "Tess")
DECIDED = Entry(NOW - DAY, Kind.DECIDED, "Authorise an assessment", "Tess")


def test_acts_are_told_by_what_they_are() -> None:
    assert kind_of(Act.ASSESSMENT_RETURN.value) is Kind.RETURNED
    assert kind_of(Act.ASSESSMENT_AUTHORISE.value) is Kind.DECIDED
    assert kind_of("long.forgotten") is Kind.DECIDED
    assert words_of("long.forgotten") == "long.forgotten"


def test_reading_counts_once_a_day_and_not_beside_an_act() -> None:
    again = Entry(NOW + timedelta(hours=1), Kind.READ, "Read: waiting", "Tess")
    beside = Entry(NOW - DAY, Kind.READ, "Read: case page", "Tess")
    other = Entry(NOW - DAY, Kind.READ, "Read: case page", "Dina")
    assert in_order([READ, again, beside, DECIDED, DECIDED, other]) == [again, DECIDED, other]


def test_the_grip_is_what_was_done_and_not_what_was_read() -> None:
    today = date(2026, 11, 20)
    long_ago = Entry(NOW - 40 * DAY, Kind.SUPERVISED, "Supervision", "Tess")
    assert grip_of([READ, DECIDED, long_ago], today) == Grip(date(2026, 11, 19), 1, 1)
    assert Grip(date(2026, 11, 19), 1, 1).days(today) == 1
    assert grip_of([], today) == Grip(None, 0, 0)
    assert grip_of([READ], today).days(today) is None
