"""Invented sentences of plans, closures, flags and returns; they describe no real family."""

from app.cases.assessments.rules import ReturnReason
from app.plans.rules import HandBackAdvice, HandBackReason, Route
from app.safeguarding.flags.rules import Concern

ASSESSMENT_POINTS = {
    "Add the child's own words from the second visit.": ReturnReason.VOICE,
    "The analysis lists events; say what they mean for the child day to day.": (
        ReturnReason.ANALYSIS
    ),
    "Check with school and health before this is signed off.": ReturnReason.PARTNERS,
    "Say who was spoken to about the father's side of the family.": ReturnReason.FAMILY,
}
CONCERNS = {
    Concern.PHYSICAL_HARM: "A bruise that nobody can explain; school rang at noon.",
    Concern.SEXUAL_HARM: "",
    Concern.EMOTIONAL_HARM: "The child asked twice not to go home today.",
    Concern.NEGLECT: "No food in the house and no heating.",
    Concern.DOMESTIC_ABUSE: "Police were called to the address last night.",
    Concern.EXPLOITATION: "Seen again with older people whom the family does not know.",
    Concern.MISSING: "Not home since yesterday evening; police have been told.",
    Concern.NOT_SEEN: "Two visits missed and nobody answers the phone.",
    Concern.UNSAFE_CONTACT: "An adult who should not be at the address was there today.",
    Concern.OTHER: "",
}
RESOLUTIONS = (
    "Strategy discussion held the same day; visit made, the child is safe at home.",
    "Joint visit with police. A safety plan is in place and was shared with the family.",
    "Seen the same day with a manager; risk reviewed, and the plan changed to match it.",
)
RATIONALES = {
    Route.CLOSURE: (
        "Needs are met by the family and school. The risks named in the referral are no longer"
        " there and both parents agree with ending our work.",
        "Early support is in place and working; the family asked for it to go on without us.",
        "The assessment found good enough care. The family knows whom to call.",
    ),
    Route.HANDOVER: (
        "Support is needed beyond this assessment: neglect is improving but not yet secure.",
        "The child remains in need. Parents work with the plan but change is recent.",
        "Change has begun and needs somebody who goes on with the family.",
    ),
    Route.HAND_BACK: (
        "The record shows that this piece of work should not be with the project.",
        "Found on allocation: another team is already working with the child.",
    ),
}
HAND_BACK_ADVICE = {
    HandBackReason.ALREADY_CLOSED: HandBackAdvice.NOT_NEEDED,
    HandBackReason.HELD_ELSEWHERE: HandBackAdvice.HOLDER_TOLD,
    HandBackReason.OUT_OF_AREA: HandBackAdvice.AUTHORITY_TOLD,
    HandBackReason.BELOW_THRESHOLD: HandBackAdvice.EARLY_HELP,
    HandBackReason.AT_COURT: HandBackAdvice.HOLDER_TOLD,
    HandBackReason.SIBLING_ALLOCATED: HandBackAdvice.HOLDER_TOLD,
    HandBackReason.DUPLICATE: HandBackAdvice.NOT_NEEDED,
}
CONDITIONS = (
    "",
    "",
    "School to confirm attendance for four weeks.",
    "A professionals' meeting is held before the case moves.",
)
SUPPORT = (
    "Family hub and school nurse; the health visitor stays involved.",
    "School pastoral support twice a week.",
    "None needed at present.",
)
ADVICE = (
    "Start from the analysis in this assessment; speak with the grandmother early.",
    "Look at the pattern of police reports first.",
    "",
)
PROPOSAL_POINTS = (
    "Say how the school will know whom to call.",
    "The plan names no date for the first visit by the new worker.",
    "I need to see what the father was told.",
)
REFUSALS = (
    "The risk described does not fit with ending our work; a plan is needed.",
    "Two police reports in six weeks: this cannot be agreed.",
)

VIEWS = (
    "The child feels listened to; the parents are glad that the work ends.",
    "The parents thought the visits useful; the child had little to say.",
    "The family would have liked it to be shorter, and agrees with what was found.",
)
