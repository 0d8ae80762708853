"""The ways in which an open case can be without an owner or without a next step."""

from enum import StrEnum


class Fault(StrEnum):
    """What is wrong, and what mends it."""

    label: str
    mend: str

    def __new__(cls, value: str, label: str = "", mend: str = "") -> "Fault":
        fault = str.__new__(cls, value)
        fault._value_ = value
        fault.label, fault.mend = label, mend
        return fault

    NOBODY = "nobody", "Nobody holds it, though it is allocated", "Change its worker."
    HELD_BY_ITSELF = (
        "held_unallocated",
        "Somebody holds it, though it stands as unallocated",
        "Ask for help: its state and its worker contradict each other.",
    )
    HOLDER_LEFT = "holder_left", "Its practitioner has left", "Change its worker."
    ENQUIRY = (
        "enquiry",
        "A section 47 enquiry runs, and nobody past their ASYE holds the case",
        "Allocate it, or change its worker.",
    )
    NO_MANAGER = (
        "no_manager",
        "It waits in a lot without a team manager",
        "Give the lot a team manager.",
    )
    HISTORY = (
        "history",
        "Its history names another worker, or more than one",
        "Ask for help: the case and its history contradict each other.",
    )
    NO_ASSESSMENT = (
        "no_assessment",
        "Its assessment is under way, but there is none",
        "Ask for help: its state has nothing behind it.",
    )
    NO_PROPOSAL = (
        "no_proposal",
        "It waits for a decision, but nothing is proposed",
        "Save its outcome plan again and propose it.",
    )
    NO_AGREEMENT = (
        "no_agreement",
        "It is to end, but no plan was agreed",
        "Save its outcome plan again and propose it.",
    )
