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
        "Child protection plans reviewed in time",
        "Review conferences are held and recorded by the council alone.",
    ),
    (
        "Turnover, vacancies and absence of the council’s workforce",
        "The council’s posts and leavers are in its own workforce return.",
    ),
    (
        "Agency workers’ share of the workforce",
        "It needs the council’s own posts. The project’s workers are counted in post.",
    ),
    (
        "Workers against the number contracted, and days to fill a post",
        "The contract’s posts are not held as numbers. Workers in post are counted.",
    ),
    (
        "Cost of a completed assessment and of a case that left",
        "Money stands beside quality on the pages about money, never alone.",
    ),
)
