"""What free text may give away about who a child is."""

import pytest

from app.kernel.identifiers import identifiers_in


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("NHS 943 476 5919 on file", "an NHS number"),
        ("943-476-5919", "an NHS number"),
        ("Number 9434765919.", "an NHS number"),
        ("Lives at SW1A 1AA now", "a postcode"),
        ("moved to m1 1ae", "a postcode"),
        ("CR26XH", "a postcode"),
        ("Ring 020 7946 0018 first", "a telephone number"),
        ("+44 7700 900123", "a telephone number"),
        ("mobile 07700900123", "a telephone number"),
        ("DOB 12/03/2015", "a date of birth"),
        ("d.o.b.: 2015-03-12", "a date of birth"),
        ("born on 3rd May 2019", "a date of birth"),
        ("Date of birth was 1.2.19", "a date of birth"),
        ("Spoke with Mrs Example", "a name"),
        ("Dr. O'Example rang", "a name"),
        ("mum Sally agreed", "a name"),
        ("with his brother Sam", "a name"),
    ],
)
def test_what_could_tell_who_a_child_is_is_found(text: str, kind: str) -> None:
    assert kind in identifiers_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Seen alone on 12/11/2026; home visit next week.",
        "Case 9434765918 has another check digit",
        "Reference 240017, 45 working days",
        "Q3 2nd review, section 47, regulation 33",
        "Mother Tuesday, father Friday, sister in March",
        "The mother and her partner agree.",
        "Mr and Mrs declined",
        "Born abroad; no papers",
        "Ring 999 or 101",
        "£1,250.00 on 3 May 2026",
    ],
)
def test_ordinary_words_and_numbers_are_left_alone(text: str) -> None:
    assert identifiers_in(text) == ()


def test_each_kind_is_told_once_and_in_order() -> None:
    text = "Mrs Example, Mr Example, M1 1AE, 07700 900123, born 3 May 2019, 943 476 5919"
    assert identifiers_in(text) == (
        "an NHS number",
        "a postcode",
        "a telephone number",
        "a date of birth",
        "a name",
    )
