"""The thresholds that are decided on, the rationales, and when a decision may be logged."""

from datetime import date

from app.kernel.errors import Invalid
from app.kernel.labels import Labelled


class Threshold(Labelled):
    """What a decision lets a case cross, or not."""

    REFERRAL = "referral", "Referral: a statutory service"
    SECTION_47 = "section_47", "Section 47: an enquiry"
    CONFERENCE = "conference", "Initial child protection conference"


class Rationale(Labelled):
    """Why a threshold is met, or why it is not."""

    HARM = "harm", "Significant harm is suffered or likely"
    INJURY = "injury", "An injury that nothing said explains"
    TOLD = "told", "The child or another person spoke of harm"
    ADDS_UP = "adds_up", "Concerns add up over time"
    NEW_FACTS = "new_facts", "New information changes the picture"
    PARTNER_VIEW = "partner_view", "A partner agency judges it so"
    PROTECTED = "protected", "Somebody protects the child well enough"
    NOT_BORNE_OUT = "not_borne_out", "The concern was not borne out"
    WITH_CONSENT = "with_consent", "Help that the family agrees to is enough"


NOT_MET = frozenset({Rationale.PROTECTED, Rationale.NOT_BORNE_OUT, Rationale.WITH_CONSENT})
EITHER = frozenset({Rationale.NEW_FACTS, Rationale.PARTNER_VIEW})


def check_rationale(field: str, rationale: Rationale, *, met: bool) -> None:
    """A reason against a threshold is no reason for it, and the other way round."""
    if rationale in EITHER or (rationale in NOT_MET) is not met:
        return
    side = "met" if met else "not met"
    raise Invalid(field, f"“{rationale.label}” is no reason for a threshold that is {side}.")


def check_day(field: str, day: date, *, today: date, since: date | None = None) -> None:
    """What is recorded has happened: not after today, and not before what it follows."""
    if day > today:
        raise Invalid(field, "This day has not come yet.")
    if since is not None and day < since:
        raise Invalid(field, "This day is before the step it follows.")
