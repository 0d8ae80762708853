"""What each measure says as Clearway begins with it."""

from app.performance.measures.catalogue.children import CHILDREN
from app.performance.measures.catalogue.deciding import DECIDING
from app.performance.measures.catalogue.standing import STANDING
from app.performance.measures.catalogue.timing import TIMING
from app.performance.measures.definition import Definition
from app.performance.measures.rules import Measure

DEFINITIONS: dict[Measure, Definition] = {**CHILDREN, **TIMING, **DECIDING, **STANDING}

# What councils and agencies ask to see and this product holds no rows of.
NOT_HELD = (
    (
        "Absence of the council’s workforce",
        "It is in the council’s own workforce return.",
    ),
    (
        "Days to fill a post",
        "The day on which a post came free is not held. Posts that are filled are counted.",
    ),
    (
        "Decisions on referrals within a day",
        "The council decides on a referral before its list comes here.",
    ),
    (
        "Audits against a plan of them, and how far moderators agree",
        "A file is graded once, before its handover; neither a plan nor a second grade is held.",
    ),
    (
        "Cost of a completed assessment and of a case that left",
        "Money stands beside quality on the pages about money, never alone.",
    ),
)
