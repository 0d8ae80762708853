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
    PROTECTION_PLAN_START_ON = "protection_plan_start_on"
    PROTECTION_PLAN_END_ON = "protection_plan_end_on"
    LATEST_REVIEW_ON = "latest_review_on"


class Layout(StrEnum):
    """The lists that are known, and last a list in the council's own columns."""

    LIST_3 = "list_3"
    LIST_4 = "list_4"
    LIST_5 = "list_5"
    LIST_6 = "list_6"
    LIST_7 = "list_7"
    CENSUS = "census"
    SECTION_47 = "section_47"
    PLAIN = "plain"

    @property
    def label(self) -> str:
        """List 4, or CIN census."""
        return _LABELS.get(self) or self.value.replace("_", " ").capitalize()


_LABELS = {
    Layout.CENSUS: "CIN census",
    Layout.SECTION_47: "Section 47 enquiries",
    Layout.PLAIN: "Plain list",
}
# What each list is, and what its rows are good for.
FEEDS: dict[Layout, str] = {
    Layout.LIST_3: (
        "Annex A referrals. A referral without “no further action” opens a case from its date."
    ),
    Layout.LIST_4: (
        "Annex A assessments, and the standard data set’s. One that is not authorised opens a case."
    ),
    Layout.LIST_5: (
        "Annex A section 47 enquiries and conferences. One whose conference was neither held nor "
        "deemed unnecessary opens a case."
    ),
    Layout.LIST_6: (
        "Annex A children in need. One that is not closed opens a case, with primary need, the day "
        "on which the child was last seen and the council’s own status."
    ),
    Layout.LIST_7: (
        "Annex A child protection plans. It opens no case: a running plan is kept with the child’s "
        "case, for triage, with the latest conference that reviewed it."
    ),
    Layout.CENSUS: (
        "Episodes of the children in need census (XML, or its details as CSV). One that is neither "
        "closed nor without further action opens a case; its assessments, section 47 enquiries and "
        "child protection plans are read as List 4, List 5 and List 7."
    ),
    Layout.SECTION_47: (
        "Section 47 enquiries of the standard data set. One that has not ended opens a case."
    ),
    Layout.PLAIN: (
        "A list in the council’s own columns, as CSV or Excel. A person says once what they hold; "
        "a row that is neither authorised nor closed, nor has the status of a closed case, opens a "
        "case."
    ),
}

# Beside the reference, the date that makes a row's key.
KEY_DATE = {
    Layout.LIST_3: Field.REFERRAL_ON,
    Layout.LIST_4: Field.ASSESSMENT_START_ON,
    Layout.LIST_5: Field.STRATEGY_DISCUSSION_ON,
    Layout.LIST_6: Field.CIN_START_ON,
    Layout.LIST_7: Field.PROTECTION_PLAN_START_ON,
    Layout.CENSUS: Field.REFERRAL_ON,
    Layout.SECTION_47: Field.STRATEGY_DISCUSSION_ON,
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
    Layout.LIST_7: (
        Field.REFERENCE,
        Field.PROTECTION_PLAN_START_ON,
        Field.PROTECTION_PLAN_END_ON,
    ),
    Layout.CENSUS: (Field.REFERENCE, Field.REFERRAL_ON, Field.CLOSED_ON, Field.CLOSURE_REASON),
    Layout.SECTION_47: (Field.REFERENCE, Field.STRATEGY_DISCUSSION_ON, Field.CLOSED_ON),
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
    Layout.LIST_7: (
        *NEEDED[Layout.LIST_7],
        Field.LAST_SEEN_ON,
        Field.LATEST_REVIEW_ON,
        *_ALL_LISTS[1:],
    ),
    Layout.CENSUS: (
        *NEEDED[Layout.CENSUS],
        Field.REFERRAL_NFA,
        Field.PRIMARY_NEED,
        Field.AGE,
    ),
    Layout.SECTION_47: (*NEEDED[Layout.SECTION_47], Field.AGE, Field.ALLOCATED_TEAM),
    Layout.PLAIN: (
        Field.REFERENCE,
        Field.REFERRAL_ON,
        Field.ASSESSMENT_START_ON,
        Field.AUTHORISED_ON,
        Field.CLOSED_ON,
        Field.LAST_SEEN_ON,
        Field.CASE_STATUS,
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
        "la child id",
        "lachildid",
        "cina person id",
        "s47e person id",
    ),
    Field.AGE: ("age of child years", "age", "age of child", "age years", "childs age"),
    Field.REFERRAL_ON: (
        "date of referral",
        "referral date",
        "referral start date",
        "cinreferraldate",
    ),
    Field.REFERRAL_NFA: (
        "referral nfa",
        "nfa",
        "referral nfa y n",
        "referral no further action",
        "referralnfa",
    ),
    Field.ASSESSMENT_START_ON: (
        "continuous assessment start date",
        "continuous assessment date started",
        "date continuous assessment started",
        "assessmentactualstartdate",
        "cina assessment start date",
    ),
    Field.CHILD_SEEN: (
        "child seen during continuous assessment",
        "child seen during assessment",
        "child seen",
        "cina assessment child seen",
    ),
    Field.AUTHORISED_ON: (
        "continuous assessment date of authorisation",
        "continuous assessment authorisation date",
        "date of authorisation",
        "assessment authorisation date",
        "authorisation date",
        "assessmentauthorisationdate",
        "cina assessment auth date",
    ),
    Field.SUPPORT_REQUIRED: (
        "was the child assessed as requiring la childrens social care support",
        "assessed as requiring la childrens social care support",
    ),
    Field.STRATEGY_DISCUSSION_ON: (
        "strategy discussion initiating section 47 enquiry start date",
        "strategy discussion date",
        "section 47 enquiry start date",
        "s47actualstartdate",
        "s47e s47 start date",
    ),
    Field.ICPC_UNNECESSARY: (
        "was an initial child protection conference deemed unnecessary",
        "initial child protection conference deemed unnecessary",
        "icpc deemed unnecessary",
        "icpcnotrequired",
    ),
    Field.ICPC_ON: (
        "date of initial child protection conference",
        "initial child protection conference date",
        "icpc date",
        "date of icpc",
        "dateofinitialcpc",
    ),
    Field.CIN_START_ON: ("cin start date", "child in need start date", "date cin started"),
    Field.PRIMARY_NEED: ("primary need code", "primary need", "primaryneedcode"),
    Field.LAST_SEEN_ON: (
        "date child was last seen",
        "date child last seen",
        "date last seen",
        "date of the last statutory visit",
        "date of last statutory visit",
    ),
    Field.CLOSED_ON: (
        "cin closure date",
        "child in need closure date",
        "cin end date",
        "cinclosuredate",
        "s47e s47 end date",
    ),
    Field.CLOSURE_REASON: (
        "reason for closure",
        "closure reason",
        "cin reason for closure",
        "reasonforclosure",
    ),
    Field.CASE_STATUS: ("case status",),
    Field.ALLOCATED_TEAM: (
        "allocated team",
        "cina assessment team",
        "s47e s47 completed by team",
    ),
    Field.ALLOCATED_WORKER: ("allocated worker",),
    Field.PROTECTION_PLAN_START_ON: (
        "child protection plan start date",
        "cp plan start date",
        "cppstartdate",
    ),
    Field.PROTECTION_PLAN_END_ON: (
        "child protection plan end date",
        "cp plan end date",
        "cppenddate",
    ),
    Field.LATEST_REVIEW_ON: (
        "date of latest review conference",
        "date of the latest review conference",
        "latest review conference date",
        "cppreviewdate",
    ),
}
