"""Why a case that counted as cleared is opened again."""

from app.kernel.labels import Labelled


class ReopenReason(Labelled):
    RE_REFERRAL = "re_referral", "Referred again"
    CLOSED_IN_ERROR = "closed_in_error", "Closed in error"
    HANDOVER_RETURNED = "handover_returned", "The receiving team returned it"
    NEW_INFORMATION = "new_information", "New information"
