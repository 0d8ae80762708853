"""What stands in the file about one reference beside its tables."""

from collections.abc import Mapping, Sequence

from app.kernel.errors import Invalid

SHORTEST = 10
_ABOUT = """This is everything that Clearway holds under the reference {reference}.

tables/NAME.csv    each table, to be opened in a spreadsheet; text that a spreadsheet
                   would run as a formula stands behind an apostrophe
tables/NAME.jsonl  the same rows exactly, one JSON object a line
manifest.json      the number of rows and the SHA-256 of each file

The table views says who looked at it and when, the tables trail and trail_details what was
changed, and the tables users and practitioners who is meant by a number.

LOOK THROUGH BEFORE IT IS GIVEN ON. In these columns somebody wrote words of their own, which
may tell of other people:
{free}
"""
NOTHING_FREE = "none"


def check_request(request: str) -> None:
    """Words by which the request is found again."""
    if len(request) < SHORTEST:
        raise Invalid("request", f"Write whose request it is in at least {SHORTEST} characters.")


def readme(reference: str, free: Mapping[str, Sequence[str]]) -> str:
    """What the file says of itself; `free` are the columns with words of one's own, by table."""
    lines = [f"  {table}: {', '.join(columns)}" for table, columns in free.items() if columns]
    return _ABOUT.format(reference=reference, free="\n".join(lines) or f"  {NOTHING_FREE}")
