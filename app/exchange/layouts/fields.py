"""The fields that are kept of each list, and the headers that councils give their columns."""

from enum import StrEnum


class Field(StrEnum):
    """What is kept of a row; the word is the same from the list to the case."""

    REFERENCE = "reference"
    REFERRAL_ON = "referral_on"
    REFERRAL_NFA = "referral_nfa"
    ASSESSMENT_START_ON = "assessment_start_on"
    CHILD_SEEN = "child_seen"
    AUTHORISED_ON = "authorised_on"
    SUPPORT_REQUIRED = "support_required"
    STRATEGY_DISCUSSION_ON = "strategy_discussion_on"
    ICPC_UNNECESSARY = "icpc_unnecessary"
    ICPC_ON = "icpc_on"
    CIN_START_ON = "cin_start_on"
    PRIMARY_NEED = "primary_need"
    LAST_SEEN_ON = "last_seen_on"
    CLOSED_ON = "closed_on"
    CLOSURE_REASON = "closure_reason"
    CASE_STATUS = "case_status"
    AGE = "age"
    DISTRICT = "district"
    SOURCE_TEAM = "source_team"
    ALLOCATED_TEAM = "allocated_team"
    ALLOCATED_WORKER = "allocated_worker"
    FAMILY_KEY = "family_key"
    ASSESSMENT_TYPE = "assessment_type"


class Layout(StrEnum):
    """The Annex A lists that open cases, and a list in the council's own columns."""

    LIST_3 = "list_3"
    LIST_4 = "list_4"
    LIST_5 = "list_5"
    LIST_6 = "list_6"
    PLAIN = "plain"


# Beside the reference, the date that makes a row's key.
KEY_DATE = {
    Layout.LIST_3: Field.REFERRAL_ON,
    Layout.LIST_4: Field.ASSESSMENT_START_ON,
    Layout.LIST_5: Field.STRATEGY_DISCUSSION_ON,
    Layout.LIST_6: Field.CIN_START_ON,
}
# Without these a row cannot be keyed, or a finished piece of work would pass for an open one.
NEEDED = {
    Layout.LIST_3: (Field.REFERENCE, Field.REFERRAL_ON, Field.REFERRAL_NFA),
    Layout.LIST_4: (Field.REFERENCE, Field.ASSESSMENT_START_ON, Field.AUTHORISED_ON),
    Layout.LIST_5: (
        Field.REFERENCE,
        Field.STRATEGY_DISCUSSION_ON,
        Field.ICPC_UNNECESSARY,
        Field.ICPC_ON,
    ),
    Layout.LIST_6: (Field.REFERENCE, Field.CIN_START_ON, Field.CLOSED_ON),
    Layout.PLAIN: (Field.REFERENCE,),
}
_ALL_LISTS = (Field.REFERENCE, Field.AGE, Field.ALLOCATED_TEAM, Field.ALLOCATED_WORKER)
KEPT = {
    Layout.LIST_3: (*NEEDED[Layout.LIST_3], *_ALL_LISTS[1:]),
    Layout.LIST_4: (
        *NEEDED[Layout.LIST_4],
        Field.CHILD_SEEN,
        Field.SUPPORT_REQUIRED,
        *_ALL_LISTS[1:],
    ),
    Layout.LIST_5: (*NEEDED[Layout.LIST_5], *_ALL_LISTS[1:]),
    Layout.LIST_6: (
        *NEEDED[Layout.LIST_6],
        Field.PRIMARY_NEED,
        Field.LAST_SEEN_ON,
        Field.CLOSURE_REASON,
        Field.CASE_STATUS,
        *_ALL_LISTS[1:],
    ),
    Layout.PLAIN: (
        Field.REFERENCE,
        Field.REFERRAL_ON,
        Field.ASSESSMENT_START_ON,
        Field.AUTHORISED_ON,
        Field.CLOSED_ON,
        Field.LAST_SEEN_ON,
        Field.AGE,
        Field.PRIMARY_NEED,
        Field.DISTRICT,
        Field.SOURCE_TEAM,
        Field.ALLOCATED_TEAM,
        Field.ALLOCATED_WORKER,
        Field.FAMILY_KEY,
        Field.ASSESSMENT_TYPE,
    ),
}
# Headers in small letters and digits alone; the first is the one that the template prints.
HEADERS: dict[Field, tuple[str, ...]] = {
    Field.REFERENCE: (
        "child unique id",
        "child unique identifier",
        "child id",
        "childs unique id",
        "unique child id",
        "unique id",
    ),
    Field.AGE: ("age of child years", "age", "age of child", "age years", "childs age"),
    Field.REFERRAL_ON: ("date of referral", "referral date", "referral start date"),
    Field.REFERRAL_NFA: ("referral nfa", "nfa", "referral nfa y n", "referral no further action"),
    Field.ASSESSMENT_START_ON: (
        "continuous assessment start date",
        "continuous assessment date started",
        "date continuous assessment started",
    ),
    Field.CHILD_SEEN: (
        "child seen during continuous assessment",
        "child seen during assessment",
        "child seen",
    ),
    Field.AUTHORISED_ON: (
        "continuous assessment date of authorisation",
        "continuous assessment authorisation date",
        "date of authorisation",
        "assessment authorisation date",
        "authorisation date",
    ),
    Field.SUPPORT_REQUIRED: (
        "was the child assessed as requiring la childrens social care support",
        "assessed as requiring la childrens social care support",
    ),
    Field.STRATEGY_DISCUSSION_ON: (
        "strategy discussion initiating section 47 enquiry start date",
        "strategy discussion date",
        "section 47 enquiry start date",
    ),
    Field.ICPC_UNNECESSARY: (
        "was an initial child protection conference deemed unnecessary",
        "initial child protection conference deemed unnecessary",
        "icpc deemed unnecessary",
    ),
    Field.ICPC_ON: (
        "date of initial child protection conference",
        "initial child protection conference date",
        "icpc date",
        "date of icpc",
    ),
    Field.CIN_START_ON: ("cin start date", "child in need start date", "date cin started"),
    Field.PRIMARY_NEED: ("primary need code", "primary need"),
    Field.LAST_SEEN_ON: ("date child was last seen", "date child last seen", "date last seen"),
    Field.CLOSED_ON: ("cin closure date", "child in need closure date", "cin end date"),
    Field.CLOSURE_REASON: ("reason for closure", "closure reason", "cin reason for closure"),
    Field.CASE_STATUS: ("case status",),
    Field.ALLOCATED_TEAM: ("allocated team",),
    Field.ALLOCATED_WORKER: ("allocated worker",),
}
# Further headers of lists in a council's own columns: a guess that a person confirms.
GUESSES: dict[Field, tuple[str, ...]] = {
    Field.REFERENCE: (
        "reference",
        "ref",
        "case reference",
        "case ref",
        "case id",
        "case number",
        "la child id",
        "lachildid",
        "person id",
        "client id",
        "system id",
        "mosaic id",
        "liquidlogic id",
    ),
    Field.REFERRAL_ON: ("referral on", "cinreferraldate", "referred on", "date referred"),
    Field.ASSESSMENT_START_ON: (
        "assessment start on",
        "assessment start date",
        "assessment started",
        "start date",
        "assessmentactualstartdate",
    ),
    Field.AUTHORISED_ON: (
        "authorised on",
        "date authorised",
        "assessment completed",
        "completion date",
        "assessmentauthorisationdate",
    ),
    Field.CLOSED_ON: ("closed on", "closure date", "date closed", "end date", "cinclosuredate"),
    Field.LAST_SEEN_ON: ("last seen on", "last seen", "child last seen", "last visit"),
    Field.PRIMARY_NEED: ("primaryneedcode", "need", "need code"),
    Field.DISTRICT: ("district", "area", "locality"),
    Field.SOURCE_TEAM: ("source team", "team", "current team", "team name"),
    Field.ALLOCATED_WORKER: ("worker", "social worker", "allocated to", "worker name"),
    Field.FAMILY_KEY: ("family key", "family id", "family identifier", "family", "family ref"),
    Field.ASSESSMENT_TYPE: ("assessment type", "type of assessment"),
}
