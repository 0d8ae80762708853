"""Whatever a list holds, every row of it is counted once, and sending it twice changes nothing."""

import io
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from app.access.actor import Actor
from app.exchange.imports.service.receiving import Sent
from app.exchange.imports.service.unattended import Report, import_file
from app.exchange.readers import Limits
from tests.makers_imports import list_4
from tests.workbooks import list_4_row
from tests.world import World

REFERENCES = st.sampled_from(["C1", "C2", "C3", "00123", "1.23E+15", "", "x" * 41, "=1"])
STARTS = st.sampled_from(["01/09/2026", "02/09/2026", "31/02/2026", "", "N/A"])
ENDS = st.sampled_from(["", "", "01/10/2026", "01/01/2020"])
ROWS = st.lists(st.tuples(REFERENCES, STARTS, ENDS), min_size=1, max_size=12)


def counted(report: Report) -> int:
    batch = report.batch
    return batch.new + batch.changed + batch.unchanged + batch.refused


@settings(max_examples=15)
@given(first=ROWS, second=ROWS)
def test_rows_are_new_changed_unchanged_or_refused(
    world: World, first: list[tuple[str, str, str]], second: list[tuple[str, str, str]]
) -> None:
    lots, contracts = world.ids["lots"].values(), world.ids["contracts"].values()
    actor = Actor.command_line(frozenset(lots), frozenset(contracts))

    def taken(rows: list[tuple[str, str, str]]) -> Report:
        content = list_4(*(list_4_row(ref, start, c8=end) for ref, start, end in rows))
        sent = Sent(io.BytesIO(content), "list.csv", date(2026, 11, 20))
        return import_file(world.database, actor, world.lot(), sent, Limits(), good_rows=True)

    for rows in (first, second):
        report = taken(rows)
        assert counted(report) == report.batch.rows == len(rows)
        assert len(report.refused) == report.batch.refused
        again = taken(rows)
        assert (again.batch.new, again.batch.changed, again.batch.backlog) == (0, 0, 0)
        assert again.batch.refused == report.batch.refused
