"""The coded reasons for a change of worker and who may stand beside whom."""

from enum import StrEnum

from app.kernel.errors import Invalid


class AllocationRole(StrEnum):
    PRIMARY = "primary"
    CO_WORKER = "co_worker"


class ChangeReason(StrEnum):
    """Why a case changes worker: the sector's standard list of reasons."""

    label: str

    def __new__(cls, value: str, label: str) -> "ChangeReason":
        reason = str.__new__(cls, value)
        reason._value_ = value
        reason.label = label
        return reason

    MANAGING_CASELOADS = "MANAGE", "Managing caseloads"
    FIRST_CONTACT = "FCONTA", "First contact or re-referral"
    LEFT_ROLE = "LEFTRL", "Worker left the role"
    RESTRUCTURE = "ORGRST", "Restructure"
    STANDARD_TRANSFER = "TSPROC", "Transfer by the standard process"
    ABSENCE = "ABSENC", "Absence or return from absence"
    CHILD_ASKED = "CHCHAN", "The child asked for a change"
    CARER_ASKED = "PCCHAN", "A parent or carer asked for a change"
    WORKER_DIED = "SWDIED", "Worker died"
    OTHER = "OTHERS", "Other"


def check_pair(practitioner_id: int, co_worker_id: int | None) -> None:
    """The co-worker is someone other than the practitioner who holds the case."""
    if co_worker_id == practitioner_id:
        raise Invalid("co_worker_id", "Choose someone other than the practitioner as co-worker.")
