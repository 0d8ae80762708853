"""When a contract's data may be erased, what is kept of it, and what a return is."""

import json
from dataclasses import replace
from datetime import date

import pytest

from app.db.registry import load_models
from app.exit.data_return.rules import (
    KEPT,
    Facts,
    Terms,
    check_terms,
    kept_until,
    must_be_free,
    obstacles,
)
from app.exit.pack import FORMAT, Manifest, Part, manifest_of
from app.kernel.errors import Invalid, Refused

FREE = Facts(
    terms=Terms(6, legal_hold=False, hold_reason=""),
    ends_on=date(2027, 4, 30),
    today=date(2027, 10, 30),
    open_cases=0,
    returned=True,
    received=True,
    changed=0,
)


@pytest.mark.parametrize(
    ("ends_on", "months", "until"),
    [
        (date(2027, 4, 30), 6, date(2027, 10, 30)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2027, 12, 15), 1, date(2028, 1, 15)),
        (date(2027, 12, 15), 0, date(2027, 12, 15)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
    ],
)
def test_months_are_counted_to_the_same_day_or_the_last(
    ends_on: date, months: int, until: date
) -> None:
    assert kept_until(ends_on, months) == until


def test_data_is_erased_from_the_day_on_until_which_it_is_kept() -> None:
    must_be_free(FREE)
    before = replace(FREE, today=date(2027, 10, 29))
    with pytest.raises(Refused, match="kept until 30 Oct 2027"):
        must_be_free(before)


def test_each_obstacle_is_named() -> None:
    held = replace(FREE, terms=Terms(6, legal_hold=True, hold_reason="Inquiry"))
    assert obstacles(held) == ["The data is held: Inquiry"]
    nothing = replace(FREE, terms=None, open_cases=2, returned=False, received=False)
    assert obstacles(nothing) == [
        "The council has not said how long the data is kept.",
        "2 cases are still open.",
        "The data has not been returned.",
    ]
    assert obstacles(replace(FREE, received=False, changed=3, open_cases=1)) == [
        "1 case is still open.",
        "The council has not confirmed that it received the last return.",
        "The data was changed after the last return: write it again.",
    ]


def test_terms_say_why_data_is_held_and_for_how_long_it_is_kept() -> None:
    check_terms(Terms(0, legal_hold=True, hold_reason="Inquiry"))
    with pytest.raises(Invalid, match="why the data is held"):
        check_terms(Terms(6, legal_hold=True, hold_reason=""))
    with pytest.raises(Invalid, match="At most"):
        check_terms(Terms(601, legal_hold=False, hold_reason=""))


def test_what_is_kept_for_good_tells_of_no_child_and_no_worker() -> None:
    tables = {str(model.__tablename__): model for model in load_models()}
    assert set(tables) >= KEPT
    for name in KEPT:
        assert not {"case_id", "practitioner_id", "family_key"} & set(tables[name].model_fields)


def test_a_manifest_reads_back_and_another_kind_is_refused() -> None:
    part = Part("cases", ("id", "reference"), 3, "a" * 64, "b" * 64)
    manifest = Manifest({"contract": "Northshire"}, (part,))
    assert manifest_of(manifest.text) == manifest
    assert (manifest.rows, len(manifest.sha256)) == (3, 64)
    told = json.loads(manifest.text)
    with pytest.raises(Refused, match="another version"):
        manifest_of(json.dumps(told | {"format": f"{FORMAT}0"}))
    for spoilt in ("", "[]", json.dumps({"format": FORMAT}), json.dumps(told | {"tables": [1]})):
        with pytest.raises(Refused, match="cannot be read"):
            manifest_of(spoilt)
