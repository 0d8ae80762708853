"""Why a case that counted as cleared is opened again."""

from enum import StrEnum


class ReopenReason(StrEnum):
    label: str

    def __new__(cls, value: str, label: str) -> "ReopenReason":
        reason = str.__new__(cls, value)
        reason._value_ = value
        reason.label = label
        return reason

    RE_REFERRAL = "re_referral", "Referred again"
    CLOSED_IN_ERROR = "closed_in_error", "Closed in error"
    HANDOVER_RETURNED = "handover_returned", "The receiving team returned it"
    NEW_INFORMATION = "new_information", "New information"
