"""The ways an act can fail, each carrying a sentence for the person who asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

Thing = TypeVar("Thing")


class DomainError(Exception):
    """A refusal with a plain sentence; `web` alone decides which status it answers with."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotFound(DomainError):
    """The thing is not there, or is not the asker's: the two must look alike."""

    def __init__(self, sentence: str = "There is nothing here that you can see.") -> None:
        super().__init__(sentence)


def first_of(found: Sequence[Thing]) -> Thing:
    """The first of what was looked for; NotFound where there is none."""
    if not found:
        raise NotFound
    return found[0]


class Forbidden(DomainError):
    """The asker's role lacks the act."""


class Refused(DomainError):
    """A rule says no for now."""


class Invalid(DomainError):
    """A rule finds fault with one typed field; the form is shown again with the sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class SignInNeeded(DomainError):
    """Nobody is signed in, or the session has ended."""

    def __init__(self, sentence: str = "Sign in to go on.") -> None:
        super().__init__(sentence)


class ProofNeeded(DomainError):
    """Whoever does this proves first who they are."""

    def __init__(self) -> None:
        super().__init__("Show that it is you, then do this again.")


class TooMany(DomainError):
    """A limit on repeated tries is reached."""

    def __init__(self, sentence: str, *, retry_after: int) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


class Busy(DomainError):
    """Another change is being written for longer than a person should wait."""

    def __init__(self) -> None:
        super().__init__("Clearway is busy saving other people’s work. Try again in a moment.")


@dataclass(frozen=True)
class Change:
    """Who last saved a row, where that is known, and what it now holds in words to read."""

    by: str | None
    values: Mapping[str, str]


class Conflict(DomainError):
    """Someone saved the same thing first.

    Carries theirs and, where known, what both began from and what was typed here, in words.
    """

    def __init__(
        self,
        theirs: Change,
        base: Mapping[str, str] | None = None,
        mine: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__("Someone else changed this while you were working on it.")
        self.theirs = theirs
        self.base = base or {}
        self.mine = mine or {}
