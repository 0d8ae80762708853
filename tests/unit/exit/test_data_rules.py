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
    certified,
    check_terms,
    kept_until,
    must_be_free,
    obstacles,
)
from app.exit.pack import FORMAT, Manifest, Part, manifest_of
from app.exit.subject_access.rules import check_request, readme
from app.kernel.errors import Invalid, Refused

FREE = Facts(
    terms=Terms(6, legal_hold=False, hold_reason=""),
    ends_on=date(2027, 4, 30),
    today=date(2027, 10, 30),
    open_cases=0,
    returned=True,
    received=True,
    changed=False,
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
    assert obstacles(replace(FREE, received=False, changed=True, open_cases=1)) == [
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


def test_a_certificate_says_who_asked_who_agreed_and_what_was_kept() -> None:
    said = {
        "contract": "Northshire",
        "reference": "N-1",
        "council": "Northshire Council",
        "agency": "Clear Ltd",
        "asked_by": "Hana Lowe",
        "asked_at": "2027-10-31T09:00:00+00:00",
        "agreed_by": "Paula Marsh",
        "agreed_at": "2027-11-01T23:30:00+00:00",
        "carried_out_at": "2027-11-02T10:00:00+00:00",
        "return": 2,
        "return_manifest_sha256": "ab",
        "received_by": "Hana Lowe",
        "trail_to": 812,
        "trail_hash": "cd",
        "kept": ["contracts", "exit_steps"],
    }
    told = dict(certified(said))
    assert told["Asked for by"] == "Hana Lowe, Northshire Council"
    assert told["Agreed by"] == "Paula Marsh, Clear Ltd"
    assert (told["Agreed on"], told["Carried out"]) == ("1 Nov 2027", "2 Nov 2027")
    assert told["Returned before"] == "Return 2, received by Hana Lowe"
    assert told["Kept"] == "contracts, exit steps"


def test_a_subjects_file_names_the_columns_with_words_of_ones_own() -> None:
    told = readme("240001", {"cases": [], "holds": ["note"], "views": ["what"]})
    assert "under the reference 240001" in told
    assert "  holds: note\n  views: what" in told
    assert "cases:" not in told
    assert "  none" in readme("240001", {"cases": []})
    check_request("Log 2026/1")
    with pytest.raises(Invalid, match="at least 10"):
        check_request("Log 2026/")


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
