"""Makes issues, enquiries and pre-proceedings for any lot of the tests' world."""

from datetime import date, timedelta

from app.safeguarding.enquiries import service as enquiries
from app.safeguarding.enquiries.models import Enquiry
from app.safeguarding.enquiries.rules import Agencies
from app.safeguarding.issues import service as issues
from app.safeguarding.issues.models import ProtectionIssue
from app.safeguarding.issues.rules import Trouble
from app.safeguarding.issues.service import Cover
from app.safeguarding.proceedings import service as proceedings
from app.safeguarding.proceedings.models import PreProceedings
from app.safeguarding.reviews.models import ProtectionPlan
from app.safeguarding.thresholds.rules import Rationale
from app.safeguarding.thresholds.service import Because
from tests.makers import a_case, an_allocated_case
from tests.world import TODAY, World

WHY = Because(Rationale.HARM, partners_told=True)


def an_issue(world: World, case_id: int, by: str = "priya") -> int:
    """An unresolved issue, covered tonight."""
    with world.acting(by) as uow:
        cover = Cover("Visited with the health visitor", "Emergency duty team")
        return issues.raise_issue(uow, case_id, Trouble.SAFETY_PLAN, cover)


def an_enquiry(
    world: World, case_id: int, strategy_on: date = TODAY - timedelta(days=2), by: str = "priya"
) -> int:
    """An enquiry that runs since a strategy discussion."""
    with world.acting(by) as uow:
        return enquiries.open_enquiry(uow, case_id, strategy_on, Agencies.JOINT, WHY)


def some_proceedings(world: World, case_id: int, by: str = "dina") -> int:
    """Pre-proceedings that began today and are reviewed in four weeks."""
    with world.acting(by) as uow:
        return proceedings.begin(uow, case_id, TODAY, TODAY + timedelta(weeks=4))


def rows_of_protection(world: World, lot: str = "North") -> dict[str, int]:
    """The id of one of each, in this lot."""
    case_id = an_allocated_case(world) if lot == "North" else a_case(world, lot)
    about = {"case_id": case_id, "lot_id": world.lot(lot)}
    with world.setting_up() as uow:
        issue = uow.add(
            ProtectionIssue(
                **about,
                trouble=Trouble.MISSING,
                raised_on=TODAY,
                action_taken="Police told",
                cover="Emergency duty team",
                covered_on=TODAY,
            )
        )
        enquiry = uow.add(Enquiry(**about, strategy_on=TODAY, agencies=Agencies.SINGLE))
        begun = uow.add(PreProceedings(**about, gateway_on=TODAY, next_review_on=TODAY))
        plan = uow.add(ProtectionPlan(**about, starts_on=TODAY, review_due_on=TODAY))
        made = {"issue": issue, "enquiry": enquiry, "proceedings": begun, "plan": plan}
        return {f"{name}_id": int(row.id or 0) for name, row in made.items()}
