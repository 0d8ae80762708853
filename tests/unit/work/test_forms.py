"""A statement that stays is known again as the very object, and no other is taken for it."""

from app.db.forms import MOST_KNOWN, Forms


class Made:
    """All that a statement is made of, which counts how often it is looked over."""

    def __init__(self, of: str) -> None:
        self.of, self.looked_over = of, 0

    def __hash__(self) -> int:
        self.looked_over += 1
        return hash(self.of)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Made) and other.of == self.of


def key(made_of: tuple[Made, ...], *, many: bool = False) -> tuple[object, ...]:
    return "sqlite", made_of, (), False, many


def test_a_statement_that_ran_before_is_not_looked_over_again() -> None:
    forms, made = Forms(), (Made("lots"),)
    forms[key(made)] = "SELECT"
    assert forms.get(key(made)) == "SELECT"
    before = made[0].looked_over
    assert forms.get(key(made)) == "SELECT"
    assert made[0].looked_over == before


def test_one_made_of_the_same_finds_the_same_and_another_or_another_way_finds_nothing() -> None:
    forms, made = Forms(), (Made("lots"),)
    forms[key(made)] = "SELECT"
    assert forms.get(key(made)) == "SELECT"
    assert forms.get(key((Made("lots"),))) == "SELECT"
    assert forms.get(key((Made("cases"),))) is None
    assert forms.get(key(made, many=True)) is None


def test_statements_of_one_run_alone_are_not_kept_for_ever() -> None:
    forms = Forms()
    forms[key((Made("lots"),))] = "SELECT"
    for _ in range(2 * MOST_KNOWN):
        assert forms.get(key((Made("lots"),))) == "SELECT"
    assert len(forms._known) <= MOST_KNOWN
