"""When a statement may be issued and signed, and the seal on what it says."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.access.roles import Organisation, Role
from app.cases.scope.rules import Statement, Term
from app.kernel.days import show_date, week_ending
from app.kernel.errors import Invalid, Refused


@dataclass(frozen=True)
class Sealed:
    """One posting of the week, as the seal covers it."""

    posting_id: int
    case_id: int
    term: Term
    cases: int
    effective_on: date


@dataclass(frozen=True)
class Difference:
    """Where what is kept and what is counted now are not the same."""

    what: str
    kept: int
    counted: int

    @property
    def words(self) -> str:
        return f"{self.what}: kept {self.kept:,}, counted {self.counted:,}."


@dataclass(frozen=True)
class Signer:
    """Who signs; `of_lot` says whether a District Manager is the one named for the lot."""

    organisation: Organisation | None
    role: Role | None
    of_lot: bool


def week_words(friday: date) -> str:
    """The week by its number in the ISO calendar and the Friday that ends it."""
    year, number, _ = friday.isocalendar()
    return f"Week {number} of {year}, ending {show_date(friday)}"


def check_week(friday: date, today: date) -> None:
    """Raise Invalid for a day that ends no week, and Refused for a week that is not over."""
    if week_ending(friday) != friday:
        raise Invalid("week", f"{show_date(friday)} is not a Friday.")
    if friday >= today:
        raise Refused("A statement is issued once its week is over.")


def differences(kept: Statement, counted: Statement) -> tuple[Difference, ...]:
    """Where two readings of the same week differ, term by term."""
    pairs = [("Open before the week", kept.before, counted.before)]
    pairs += [(term.label, kept.change(term), counted.change(term)) for term in Term]
    pairs += [("Open at the end of the week", kept.closing, counted.closing)]
    return tuple(Difference(what, one, other) for what, one, other in pairs if one != other)


def check_balance(found: Iterable[Difference]) -> None:
    """Raise Refused, naming every difference, for a statement that does not balance."""
    words = " ".join(one.words for one in found)
    if words:
        raise Refused(f"This statement does not balance and cannot be issued. {words}")


def seal(lot_id: int, friday: date, said: Statement, postings: Iterable[Sealed]) -> str:
    """The SHA-256 over the figures of a statement and every posting behind them."""
    figures = [said.before, *(said.change(term) for term in Term), said.closing]
    lines = [f"{lot_id} {friday} {' '.join(map(str, figures))}"]
    lines += [
        f"{one.posting_id} {one.case_id} {one.term.value} {one.cases} {one.effective_on}"
        for one in postings
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def check_signer(signer: Signer, signed: Iterable[Organisation]) -> None:
    """Each side signs once; for the council it is the lot's own District Manager or the manager."""
    if signer.organisation is None:
        raise Refused("Only somebody of an organisation signs.")
    if signer.role is Role.DISTRICT_MANAGER and not signer.of_lot:
        raise Refused("The District Manager named for this lot signs it.")
    if signer.organisation in signed:
        raise Refused(f"The {signer.organisation.value} has signed this statement already.")
