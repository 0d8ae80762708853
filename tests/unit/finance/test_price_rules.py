"""What a price may be, when prices overlap, and how percentages are typed."""

from dataclasses import replace
from datetime import date

import pytest

from app.finance.prices.rules import (
    MOST_OF_A_CONTRACT,
    Parts,
    PriceModel,
    PriceTerms,
    check_contract_cap,
    check_end,
    check_price,
    in_force,
    percent,
    show_percent,
)
from app.kernel.errors import Invalid
from app.people.rules import Post

TERM = {"starts_on": date(2026, 11, 2), "ends_on": date(2027, 4, 30)}
FIRST = date(2026, 11, 2)
PARTS = Parts(25_000, 3_000, 125, 3_017, 5_000)


def price(model: PriceModel = PriceModel.CLEARED, **changes: object) -> PriceTerms:
    terms = PriceTerms(model, FIRST, clause="2.1", pence=120_000, full_minutes=444)
    if model.has_band:
        terms = replace(terms, band=Post.SOCIAL_WORKER)
    if model is PriceModel.DAY_RATE:
        terms = replace(terms, parts=PARTS, pence=PARTS.total)
    if model is PriceModel.RETENTION:
        terms = replace(terms, share=500)
    return replace(terms, **changes)  # type: ignore[arg-type]


def fault(new: PriceTerms, *others: PriceTerms) -> tuple[str, str]:
    with pytest.raises(Invalid) as refused:
        check_price(new, others, **TERM)
    return refused.value.field, refused.value.sentence


@pytest.mark.parametrize("model", PriceModel)
def test_every_model_can_be_agreed(model: PriceModel) -> None:
    check_price(price(model), [], **TERM)


@pytest.mark.parametrize(
    ("new", "field", "words"),
    [
        (price(pence=0), "pence", "above nought"),
        (price(pence=-1), "pence", "above nought"),
        (price(pence=2_000_001), "pence", "at most £20,000.00"),
        (price(PriceModel.DAY_RATE, parts=Parts(25_000, -1)), "insurance", "never below nought"),
        (price(PriceModel.DAY_RATE, parts=Parts(0, 900)), "pay", "paid for the day"),
        (price(PriceModel.DAY_RATE, pence=300_001), "pay", "at most £3,000.00"),
        (price(PriceModel.DAY_RATE, band=None), "band", "Choose the role band"),
        (price(PriceModel.HIRE, full_minutes=59), "day_hours", "between 1 and 24 hours"),
        (price(PriceModel.TEAM_WEEK, full_minutes=900_000), "team_hours", "12,000 hours"),
        (price(PriceModel.RETENTION, share=0), "share", "above 0%"),
        (price(PriceModel.RETENTION, share=5_001), "share", "at most 50%"),
        (price(credit_days=731), "credit_days", "between 0 and 730"),
        (price(clause=""), "clause", "Name the clause"),
        (price(starts_on=date(2026, 11, 1)), "starts_on", "runs from 2 Nov 2026 to 30 Apr 2027"),
        (price(starts_on=date(2027, 5, 1)), "starts_on", "runs from"),
        (price(ends_on=date(2026, 11, 1)), "ends_on", "before the start"),
        (price(ends_on=date(2027, 5, 1)), "ends_on", "runs from"),
    ],
)
def test_what_cannot_be_meant_is_refused_beside_its_field(
    new: PriceTerms, field: str, words: str
) -> None:
    at, sentence = fault(new)
    assert at == field
    assert words in sentence


def test_two_prices_of_one_model_and_band_never_overlap() -> None:
    winter = price(ends_on=date(2026, 12, 31))
    at, sentence = fault(price(starts_on=date(2026, 12, 31)), winter)
    assert at == "starts_on"
    assert "“Case cleared” of £1,200.00 from 2 Nov 2026 to 31 Dec 2026 holds then" in sentence
    assert "from 2 Nov 2026 on holds" in fault(price(starts_on=date(2027, 1, 4)), price())[1]
    check_price(price(starts_on=date(2027, 1, 1)), [winter], **TERM)
    check_price(price(), [price(PriceModel.ASSESSMENT)], **TERM)
    at, _ = fault(price(ends_on=date(2027, 1, 1)), price(starts_on=date(2027, 1, 1)))
    assert at == "starts_on"
    other = price(PriceModel.DAY_RATE, band=Post.TEAM_MANAGER)
    check_price(price(PriceModel.DAY_RATE), [other], **TERM)
    assert (
        "“Retention” from"
        in fault(price(PriceModel.RETENTION), replace(price(PriceModel.RETENTION), pence=0))[1]
    )


def test_a_price_ends_within_the_term_and_after_what_it_was_billed_for() -> None:
    held = price(billed_to=date(2026, 11, 30))
    for day, words in (
        (date(2026, 11, 1), "before the start"),
        (date(2027, 5, 1), "The contract ends on 30 Apr 2027"),
        (date(2026, 11, 29), "billed up to 30 Nov 2026"),
    ):
        with pytest.raises(Invalid, match=words):
            check_end(held, day, [held], contract_ends_on=TERM["ends_on"])
    check_end(held, date(2026, 11, 30), [held], contract_ends_on=TERM["ends_on"])
    check_end(price(), FIRST, [], contract_ends_on=TERM["ends_on"])


def test_the_end_of_a_price_is_not_moved_into_the_one_that_followed_it() -> None:
    held = price(ends_on=date(2026, 11, 30), price_id=1)
    next_one = price(starts_on=date(2026, 12, 1), price_id=2)
    other = price(PriceModel.ASSESSMENT, price_id=3)
    check_end(held, date(2026, 11, 29), [held, next_one, other], contract_ends_on=TERM["ends_on"])
    with pytest.raises(Invalid, match="from 1 Dec 2026 on holds then already") as raised:
        check_end(
            held, date(2026, 12, 1), [held, next_one, other], contract_ends_on=TERM["ends_on"]
        )
    assert raised.value.field == "ends_on"


def test_a_cap_lies_above_nought_and_what_was_charged() -> None:
    for pence, words in (
        (0, "above nought"),
        (MOST_OF_A_CONTRACT + 1, "at most"),
        (99, "£1.00 was charged already"),
    ):
        with pytest.raises(Invalid, match=words):
            check_contract_cap(pence, charged=100)
    check_contract_cap(100, charged=100)
    check_contract_cap(MOST_OF_A_CONTRACT, charged=100)
    # A column of four bytes would hold less.
    assert MOST_OF_A_CONTRACT > 2**31


@pytest.mark.parametrize(
    ("typed", "points"), [("20", 2000), ("2.5", 250), ("0", 0), ("17.55 %", 1755), ("100%", 10_000)]
)
def test_percentages_are_read_as_people_type_them(typed: str, points: int) -> None:
    assert percent(typed) == points


@pytest.mark.parametrize("typed", ["101", "100.01", "-5", "1e3", "٣", "", "2,5"])
def test_what_is_no_percentage_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"percentage"):
        percent(typed)


def test_percentages_are_shown_as_short_as_they_are() -> None:
    assert [show_percent(one) for one in (2_000, 250, 1_755, 5)] == [
        "20%",
        "2.5%",
        "17.55%",
        "0.05%",
    ]


def test_a_rate_is_known_by_its_title_parts_and_days() -> None:
    rate = price(PriceModel.DAY_RATE, ends_on=date(2026, 11, 30))
    assert rate.title == "Day rate, social worker"
    assert (rate.parts.capped, rate.parts.total) == (31_142, 36_142)
    assert rate.worth(222) == 18_071
    assert rate.worth(-444) == -36_142
    assert not rate.holds_on(date(2026, 12, 1))
    assert in_force([price(), rate], PriceModel.CLEARED, FIRST) == price()
    assert in_force([rate], PriceModel.CLEARED, FIRST) is None
    assert PriceModel.LOT_CAP.is_cap
    assert not PriceModel.RETENTION.is_charged
