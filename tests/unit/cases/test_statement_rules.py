"""When a statement may be issued and signed, and what its seal covers."""

from dataclasses import replace
from datetime import date

import pytest

from app.access.roles import Organisation, Role
from app.cases.scope.rules import Statement, Term
from app.cases.statements.rules import (
    Sealed,
    Signer,
    check_balance,
    check_signer,
    check_week,
    differences,
    seal,
    week_words,
)
from app.kernel.days import week_beginning
from app.kernel.errors import Invalid, Refused

FRIDAY = date(2026, 11, 13)
SAID = Statement(40, {Term.RECEIVED: 3, Term.CLEARED: -5})
POSTING = Sealed(7, 3, Term.CLEARED, -1, date(2026, 11, 11))
SEALED = seal(1, FRIDAY, SAID, [POSTING])


def test_a_week_runs_from_saturday_to_the_friday_that_names_it() -> None:
    assert week_beginning(FRIDAY) == date(2026, 11, 7)
    assert week_words(FRIDAY) == "Week 46 of 2026, ending 13 Nov 2026"
    assert week_words(date(2027, 1, 1)) == "Week 53 of 2026, ending 1 Jan 2027"


def test_a_statement_is_of_a_friday_and_of_a_week_that_is_over() -> None:
    check_week(FRIDAY, date(2026, 11, 14))
    with pytest.raises(Refused):
        check_week(FRIDAY, FRIDAY)
    with pytest.raises(Invalid):
        check_week(date(2026, 11, 12), date(2026, 11, 20))


def test_two_readings_of_a_week_differ_term_by_term() -> None:
    counted = Statement(39, {Term.RECEIVED: 3, Term.CLEARED: -4})
    found = differences(SAID, counted)
    assert [(one.what, one.kept, one.counted) for one in found] == [
        ("Open before the week", 40, 39),
        ("Cleared", -5, -4),
    ]
    check_balance(differences(SAID, SAID))
    with pytest.raises(Refused, match="Cleared: kept -5, counted -4"):
        check_balance(found)


@pytest.mark.parametrize(
    "changed",
    [
        seal(2, FRIDAY, SAID, [POSTING]),
        seal(1, date(2026, 11, 20), SAID, [POSTING]),
        seal(1, FRIDAY, replace(SAID, before=41), [POSTING]),
        seal(1, FRIDAY, Statement(40, {Term.RECEIVED: 2, Term.CLEARED: -4}), [POSTING]),
        seal(1, FRIDAY, SAID, []),
        seal(1, FRIDAY, SAID, [replace(POSTING, case_id=4)]),
        seal(1, FRIDAY, SAID, [replace(POSTING, effective_on=FRIDAY)]),
    ],
)
def test_the_seal_covers_every_figure_and_every_posting(changed: str) -> None:
    assert seal(1, FRIDAY, SAID, [POSTING]) == SEALED != changed


COUNCIL, AGENCY = Organisation.COUNCIL, Organisation.AGENCY


@pytest.mark.parametrize(
    ("signer", "signed"),
    [
        (Signer(None, None, False), []),
        (Signer(COUNCIL, Role.DISTRICT_MANAGER, False), []),
        (Signer(COUNCIL, Role.COUNCIL_PROJECT_MANAGER, False), [COUNCIL]),
        (Signer(AGENCY, Role.AGENCY_PROJECT_MANAGER, False), [AGENCY]),
    ],
)
def test_nobody_signs_twice_for_a_side_or_for_another_lot(
    signer: Signer, signed: list[Organisation]
) -> None:
    with pytest.raises(Refused):
        check_signer(signer, signed)


def test_each_side_signs_in_either_order() -> None:
    check_signer(Signer(COUNCIL, Role.DISTRICT_MANAGER, True), [AGENCY])
    check_signer(Signer(COUNCIL, Role.COUNCIL_PROJECT_MANAGER, False), [])
    check_signer(Signer(AGENCY, Role.AGENCY_PROJECT_MANAGER, False), [COUNCIL])
