"""Our own table of spellings: what councils write for each coded value, and what it means.

Spellings stand folded: small letters and digits with single spaces, a list's letter left out.
"""

from collections.abc import Mapping

YES, NO, UNKNOWN = "yes", "no", "unknown"

ANSWERS: Mapping[str, str] = {
    **dict.fromkeys(("yes", "y", "true", "1", "1 yes", "yes seen", "yes alone"), YES),
    **dict.fromkeys(("no", "n", "false", "0", "0 no", "2 no"), NO),
    **dict.fromkeys(
        ("unknown", "u", "not known", "not recorded", "not stated", "9", "2 unknown", "unsure"),
        UNKNOWN,
    ),
}
SEEN: Mapping[str, str] = {
    **ANSWERS,
    **dict.fromkeys(
        ("seen", "child seen", "seen alone", "child seen alone", "seen in person"), YES
    ),
    **dict.fromkeys(("not seen", "child not seen", "unseen", "refused", "no access"), NO),
}
NO_FURTHER_ACTION: Mapping[str, str] = {
    **ANSWERS,
    **dict.fromkeys(("nfa", "no further action"), YES),
    **dict.fromkeys(("fa", "further action"), NO),
}
NEEDED: Mapping[str, str] = {
    **ANSWERS,
    **dict.fromkeys(("not required", "not needed", "unnecessary", "icpc not required"), YES),
    **dict.fromkeys(("required", "needed", "icpc required"), NO),
}

PRIMARY_NEEDS: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "abuse or neglect",
            "abuse and neglect",
            "abuse neglect",
            "abuse",
            "neglect",
            "significant harm",
            "physical abuse",
            "sexual abuse",
            "emotional abuse",
            "emotional harm",
        ),
        "N1",
    ),
    **dict.fromkeys(
        (
            "childs disability",
            "childs disability illness",
            "childs disability or illness",
            "child disability",
            "disability",
            "disability or illness",
            "disabled child",
        ),
        "N2",
    ),
    **dict.fromkeys(
        (
            "parental disability or illness",
            "parental disability illness",
            "parental illness or disability",
            "parental illness disability",
            "parents illness or disability",
            "parents disability or illness",
            "parental illness",
            "parental disability",
        ),
        "N3",
    ),
    **dict.fromkeys(("family in acute stress", "acute stress", "acute family stress"), "N4"),
    **dict.fromkeys(("family dysfunction", "family disfunction"), "N5"),
    **dict.fromkeys(
        ("socially unacceptable behaviour", "unacceptable behaviour", "socially unacceptable"), "N6"
    ),
    **dict.fromkeys(("low income", "no recourse to public funds"), "N7"),
    **dict.fromkeys(
        ("absent parenting", "parental absence", "unaccompanied asylum seeking child", "uasc"), "N8"
    ),
    **dict.fromkeys(
        ("cases other than children in need", "other than children in need", "not cin"), "N9"
    ),
    **dict.fromkeys(("not stated", "not recorded", "no primary need"), "N0"),
}
CLOSURE_REASONS: Mapping[str, str] = {
    **dict.fromkeys(("adopted", "adoption order granted", "adoption order"), "RC1"),
    **dict.fromkeys(("died", "death", "deceased", "child died"), "RC2"),
    **dict.fromkeys(
        (
            "child arrangements order",
            "child arrangement order",
            "residence order",
            "residence order granted",
        ),
        "RC3",
    ),
    **dict.fromkeys(("special guardianship order", "special guardianship", "sgo"), "RC4"),
    **dict.fromkeys(
        (
            "transferred to services of another la",
            "transferred to services of another local authority",
            "transferred to another la",
            "transferred to another local authority",
            "transferred to other local authority",
            "transfer to another la",
            "transfer to another local authority",
            "moved to another local authority",
        ),
        "RC5",
    ),
    **dict.fromkeys(
        (
            "transferred to adult services",
            "transferred to adult social services",
            "transferred to adult social care",
            "transferred to adult social care services",
            "transferred to adult care services",
            "transfer to adult services",
            "transfer to adult social services",
            "transfer to adult social care",
        ),
        "RC6",
    ),
    **dict.fromkeys(
        (
            "services ceased for any other reason",
            "services ceased",
            "all services ceased",
            "no longer in need",
            "child no longer in need",
            "other including child no longer in need",
        ),
        "RC7",
    ),
    **dict.fromkeys(
        (
            "case closed after assessment",
            "case closed after assessment no further action",
            "case closed after assessment nfa",
            "closed after assessment",
            "closed after assessment no further action",
            "closed after assessment nfa",
            "nfa after assessment",
            "child not in need after assessment",
        ),
        "RC8",
    ),
    **dict.fromkeys(
        (
            "case closed after assessment referred to early help",
            "case closed after assessment step down to early help",
            "closed after assessment referred to early help",
            "closed after assessment step down to early help",
        ),
        "RC9",
    ),
}

LOOKED_AFTER, PROTECTION_PLAN = "looked_after", "child_protection_plan"
IN_NEED_PLAN, OPEN_ASSESSMENT = "child_in_need_plan", "open_assessment"
CLOSED = "closed_episode"
CASE_STATUSES: Mapping[str, str] = {
    **dict.fromkeys(
        ("a", "looked after child", "child looked after", "looked after", "lac", "cla", "cic"),
        LOOKED_AFTER,
    ),
    **dict.fromkeys(
        ("b", "child protection plan", "child protection", "cp plan", "cpp", "cp"), PROTECTION_PLAN
    ),
    **dict.fromkeys(
        ("c", "child in need plan", "child in need", "cin plan", "cin", "cinp"), IN_NEED_PLAN
    ),
    **dict.fromkeys(
        ("d", "open assessment", "assessment", "in assessment", "under assessment"), OPEN_ASSESSMENT
    ),
    **dict.fromkeys(("open", "open case", "active", "current", "in progress"), OPEN_ASSESSMENT),
    **dict.fromkeys(("ongoing", "started", "not started", "new", "pending"), OPEN_ASSESSMENT),
    **dict.fromkeys(("allocated", "unallocated", "overdue", "on hold", "draft"), OPEN_ASSESSMENT),
    **dict.fromkeys(("awaiting allocation", "awaiting sign off", "incomplete"), OPEN_ASSESSMENT),
    **dict.fromkeys(("awaiting authorisation", "not authorised"), OPEN_ASSESSMENT),
    **dict.fromkeys(("e", "closed episode", "episode closed", "closed", "closed case"), CLOSED),
    **dict.fromkeys(("ended", "ceased", "complete", "completed", "inactive"), CLOSED),
    **dict.fromkeys(("case closed", "finished", "finalised", "authorised", "signed off"), CLOSED),
    **dict.fromkeys(("assessment complete", "assessment completed"), CLOSED),
    **dict.fromkeys(("nfa", "no further action", "cancelled", "transferred out"), CLOSED),
}

INITIAL, CORE = "initial_assessment", "core_assessment"
CHILD_AND_FAMILY = "child_and_family_assessment"
ASSESSMENT_TYPES: Mapping[str, str] = {
    **dict.fromkeys(("initial assessment", "initial", "ia"), INITIAL),
    **dict.fromkeys(("core assessment", "core", "ca"), CORE),
    **dict.fromkeys(
        (
            "child and family assessment",
            "children and families assessment",
            "child and family",
            "c f assessment",
            "c and f assessment",
            "c f",
            "cfa",
            "single assessment",
            "single",
            "continuous assessment",
            "social work assessment",
            "section 17 assessment",
            "s17 assessment",
        ),
        CHILD_AND_FAMILY,
    ),
}

# What stands where the day would, as long as it has not come.
NOT_SEEN_YET = frozenset(
    {"never", "never seen", "no", "not known", "not recorded", "not seen", "not seen yet"}
    | {"not yet", "not yet seen", "tbc", "unknown", "unseen"}
)
NOT_ENDED_YET = frozenset(
    {"awaiting authorisation", "in progress", "incomplete", "no", "not authorised", "not closed"}
    | {"not complete", "not completed", "not ended", "not signed off", "not yet"}
    | {"not yet authorised", "ongoing", "open", "outstanding", "pending", "still open"}
)

# Words that make a “worker” a place where work waits. A manager holds no caseload of her own.
# Which of them stand for what; a contract may take one of these places for a named worker.
PLACES: Mapping[str, frozenset[str]] = {
    "manager": frozenset({"atm", "manager", "tm"}),
    "duty": frozenset({"desk", "duty", "rota"}),
    "tray": frozenset({"inbox", "intake", "queue", "tray", "worklist"}),
    "team": frozenset({"group", "hub", "locality", "mash", "office", "team", "teams", "unit"}),
}
# Words that say that nobody has the case, whatever stands beside them.
NOBODY_YET = frozenset(
    {"awaiting", "backlog", "leaver", "left", "nobody", "pending", "tba", "tbc", "unallocated"}
    | {"unassigned", "unknown", "vacancy", "vacant", "waiting"}
)
# Words that say of somebody what they are; alone they name nobody.
POSTS = frozenset(
    {"advanced", "agency", "assistant", "asye", "locum", "practitioner", "senior", "social"}
    | {"student", "temp", "temporary", "work"}
)
NOT_A_PERSON = frozenset(
    (
        "allocated",
        "allocation",
        "allocations",
        "atm",
        "awaiting",
        "backlog",
        "contact",
        "dept",
        "desk",
        "duty",
        "group",
        "hub",
        "inbox",
        "intake",
        "leaver",
        "left",
        "locality",
        "manager",
        "mash",
        "nobody",
        "office",
        "pending",
        "pool",
        "queue",
        "rota",
        "screening",
        "service",
        "services",
        "tba",
        "tbc",
        "team",
        "teams",
        "tm",
        "tray",
        "unallocated",
        "unassigned",
        "unit",
        "unknown",
        "vacancy",
        "vacant",
        "waiting",
        "worker",
        "worklist",
    )
)
