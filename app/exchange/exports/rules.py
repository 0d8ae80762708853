"""When a file of cases needs a written purpose, and what that must say."""

from collections.abc import Collection

from app.kernel.errors import Invalid

SHORTEST = 10


def needs_purpose(lot_id: int | None, lot_ids: Collection[int]) -> bool:
    """Whether a file of one lot, or of all that its reader sees, may hold several lots' cases."""
    return lot_id is None and len(lot_ids) > 1


def check_purpose(purpose: str) -> None:
    """Words from which somebody else understands what the file is for."""
    if len(purpose) < SHORTEST:
        raise Invalid("purpose", f"Write what the file is for in at least {SHORTEST} characters.")
