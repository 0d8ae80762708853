"""Who may hold a case."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.kernel.errors import Invalid
from app.people.rules import Employment, check_employment, exclusion

ON = date(2026, 11, 20)
WORKER = Employment(True, date(2027, 3, 31), date(2026, 11, 2), None)


def test_a_qualified_registered_worker_in_post_may_hold_a_case() -> None:
    assert exclusion(WORKER, ON) is None


def test_an_unqualified_worker_may_not() -> None:
    assert exclusion(replace(WORKER, qualified=False), ON) == "Not a qualified social worker."


def test_nobody_holds_a_case_before_their_first_day() -> None:
    assert exclusion(WORKER, date(2026, 11, 1)) == "Starts on 2 Nov 2026."
    assert exclusion(WORKER, date(2026, 11, 2)) is None


def test_the_last_day_of_work_still_counts() -> None:
    leaver = replace(WORKER, ends_on=ON)
    assert exclusion(leaver, ON) is None
    assert exclusion(leaver, ON + timedelta(days=1)) == "Left on 20 Nov 2026."


def test_a_registration_counts_to_the_day_it_expires() -> None:
    lapsing = replace(WORKER, registration_expires_on=ON)
    assert exclusion(lapsing, ON) is None
    assert exclusion(lapsing, ON + timedelta(days=1)) == "Registration expired on 20 Nov 2026."


def test_a_registration_of_unknown_expiry_does_not_count() -> None:
    unknown = replace(WORKER, registration_expires_on=None)
    assert exclusion(unknown, ON) == "Registration: expiry not recorded."


@pytest.mark.parametrize("ends_on", [None, WORKER.starts_on, date(2027, 3, 31)])
def test_a_worker_leaves_on_the_first_day_or_later(ends_on: date | None) -> None:
    check_employment(replace(WORKER, ends_on=ends_on))


def test_nobody_leaves_before_they_start() -> None:
    with pytest.raises(Invalid, match="before the start on 2 Nov 2026") as fault:
        check_employment(replace(WORKER, ends_on=date(2026, 11, 1)))
    assert fault.value.field == "ends_on"
