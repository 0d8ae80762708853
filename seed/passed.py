"""The checks that the demo's workers passed before they began."""

from datetime import date, timedelta

from app.people.checks.models import Checks


def checks_of(practitioner_id: int, contract_id: int, since: date) -> Checks:
    """Every check passed; what is known differs from worker to worker."""
    place = practitioner_id % 37
    return Checks(
        practitioner_id=practitioner_id,
        contract_id=contract_id,
        registration_number=f"SW{104_211 + 137 * practitioner_id}",
        dbs_on=since - timedelta(days=20 + 11 * place),
        references=2,
        qualified_on=date(since.year - 4 - place % 19, 7, 1 + place % 28),
        right_to_work_on=since - timedelta(days=12),
        approved_on=since - timedelta(days=5),
    )
