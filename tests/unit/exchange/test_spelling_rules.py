"""Which meanings a spelling may be given."""

import pytest

from app.exchange.cells import MEANINGS
from app.exchange.layouts import Field
from app.exchange.spellings.rules import NOTHING, choices, chosen, in_words
from app.kernel.errors import Invalid


@pytest.mark.parametrize("field", list(MEANINGS))
def test_every_meaning_that_is_offered_is_taken_and_said_in_words(field: Field) -> None:
    for value, words in choices(field):
        assert in_words(field, chosen(field, value)) == words


def test_a_spelling_may_mean_nothing_that_is_kept() -> None:
    assert chosen(Field.CHILD_SEEN, NOTHING) == ""


@pytest.mark.parametrize("meaning", ["", "N1", "perhaps"])
def test_any_other_meaning_is_refused(meaning: str) -> None:
    with pytest.raises(Invalid, match="Choose one of the meanings"):
        chosen(Field.CHILD_SEEN, meaning)
