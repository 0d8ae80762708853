"""Who may stand beside whom on a case."""

from app.kernel.errors import Invalid


def check_pair(practitioner_id: int, co_worker_id: int | None) -> None:
    """The co-worker is someone other than the practitioner who holds the case."""
    if co_worker_id == practitioner_id:
        raise Invalid("co_worker_id", "Choose someone other than the practitioner as co-worker.")
