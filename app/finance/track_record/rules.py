"""Earlier outlooks against what came: where cases were said to stand by now, and where they do."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.kernel.days import weeks_between
from app.kernel.labels import Labelled

# Younger outlooks have not been put to the test.
APART = 4
# An end that an outlook did not see lies three years ahead at the least.
UNSEEN = timedelta(weeks=156)


class Came(Labelled):
    """What came of an outlook's range."""

    WITHIN = "within", "Within the range"
    SLOWER = "slower", "Slower than said"
    FASTER = "faster", "Faster than said"


@dataclass(frozen=True)
class Said:
    """What an outlook of a lot said on the day it was made; an end is None beyond three years."""

    lot_id: int
    made_on: date
    remaining: int
    early: date | None
    middle: date | None
    late: date | None
    low: int
    cost: int
    high: int

    def open_by(self, ends_on: date | None, day: date) -> int:
        """The cases open on a day, if they go evenly until an end."""
        left = ((ends_on or self.made_on + UNSEEN) - day).days
        whole = ((ends_on or self.made_on + UNSEEN) - self.made_on).days
        return round(self.remaining * max(0, left) / whole) if whole > 0 else 0


@dataclass(frozen=True)
class Tested:
    """An earlier outlook beside what is so now; `now` is the lot's last one."""

    said: Said
    now: Said
    least: int
    likely: int
    most: int
    open: int
    ended_on: date | None
    came: Came

    @property
    def weeks_later(self) -> int | None:
        """By how many weeks the end moved; None where there is none, then or now."""
        end = self.ended_on or self.now.middle
        return weeks_between(self.said.middle, end) if self.said.middle and end else None


def chosen(found: Iterable[Said]) -> dict[int, tuple[Said, list[Said]]]:
    """Each lot's last outlook, and the youngest of every four weeks before it, latest first."""
    by_lot: dict[int, list[Said]] = defaultdict(list)
    for one in found:
        by_lot[one.lot_id].append(one)
    picked: dict[int, tuple[Said, list[Said]]] = {}
    for lot_id, own in by_lot.items():
        last, *earlier = sorted(own, key=lambda one: one.made_on, reverse=True)
        spans: dict[int, Said] = {}
        for one in earlier:
            spans.setdefault((last.made_on - one.made_on).days // (7 * APART), one)
        picked[lot_id] = last, [one for span, one in spans.items() if span]
    return picked


def compare(said: Said, now: Said, *, open_now: int, ended_on: date | None, today: date) -> Tested:
    """How an outlook stands by what has come: by the end once there is one, else by open cases."""
    least, likely, most = (said.open_by(end, today) for end in (said.early, said.middle, said.late))
    if ended_on is not None:
        too_soon = said.early is None or ended_on < said.early
        too_late = said.late is not None and ended_on > said.late
    else:
        too_soon, too_late = open_now < least, open_now > most
    came = Came.SLOWER if too_late else Came.FASTER if too_soon else Came.WITHIN
    return Tested(said, now, least, likely, most, open_now, ended_on, came)
