"""Keeps a demo that stands already: what makes one takes two seconds to import."""

from datetime import UTC, date, datetime

from sqlmodel import Session, func, select

from app.db.engine import open_engine
from app.kernel.acts import Act
from app.kernel.days import london_date, show_date
from app.work.models import TrailEntry

# What the trail tells last of a demo that was loaded to its end.
WHOLE = "demo"


def main(address: str, *, fresh: bool, today: date | None = None) -> None:
    """Load the demo as of `today`; one that is there already is kept unless `fresh`.

    The database has its tables. Refused where it holds anybody who is not of the demo.
    """
    made_on = made_for(address)
    if made_on is None or fresh:
        from seed import demo  # noqa: PLC0415 - a demo that stands needs none of it

        demo.make(address, today)
    elif made_on != (today or london_date(datetime.now(UTC))):
        print(f"This demo was made on {show_date(made_on)}; --fresh makes one for today.")


def made_for(address: str) -> date | None:
    """The day on which the demo was loaded; None where there is none or its loading broke off."""
    last = TrailEntry.act == Act.DEMO_SEED.value, TrailEntry.subject == WHOLE
    engine = open_engine(address)
    try:
        with Session(engine) as session:
            made = session.scalar(select(func.min(TrailEntry.at)).where(*last))
    finally:
        engine.dispose()
    return made and london_date(made)
