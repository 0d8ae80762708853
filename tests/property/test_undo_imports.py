"""However lists come and are undone, ledger, totals and counters tell of the same open cases."""

import io
from collections import Counter
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from app.cases.register.models import Case
from app.cases.scope.models import CaseCounter, DailyTotal, LedgerPosting
from app.exchange.imports.models import ImportedRow
from app.exchange.imports.queries import in_the_way
from app.exchange.imports.service.receiving import Sent
from app.exchange.imports.service.unattended import import_file
from app.exchange.imports.service.undoing import begin_undoing, undo
from app.exchange.readers import Limits
from tests.makers_imports import list_4
from tests.workbooks import list_4_row
from tests.world import World

ROWS = st.lists(
    st.tuples(
        st.sampled_from(["C1", "C2", "C3", "C4"]),
        st.sampled_from(["01/09/2026", "02/09/2026"]),
        st.sampled_from(["", "", "01/10/2026"]),
        st.sampled_from(["Marsh", "Fen", "Moor"]),
    ),
    min_size=1,
    max_size=6,
)


def told(world: World) -> tuple[object, ...]:
    """What the register and the council's rows hold of open cases, ids and versions apart."""
    cases = sorted(
        (case.reference, case.source_team, case.referred_on, case.due_on, case.lot_id)
        for case in world.rows(Case)
        if case.state.is_open
    )
    rows = sorted((row.key, row.facts) for row in world.rows(ImportedRow))
    return cases, rows


def balanced(world: World) -> None:
    open_now = sum(case.state.is_open for case in world.rows(Case))
    assert sum(one.cases for one in world.rows(LedgerPosting)) == open_now
    assert sum(one.cases for one in world.rows(DailyTotal)) == open_now
    counted: Counter[tuple[int, str]] = Counter()
    for one in world.rows(CaseCounter):
        counted[one.lot_id, one.state.value] += one.cases
    recounted = Counter((case.lot_id, case.state.value) for case in world.rows(Case))
    assert +counted == recounted
    assert min(counted.values(), default=0) >= 0


@settings(max_examples=12)
@given(first=ROWS, second=ROWS)
def test_undoing_gives_back_what_was_there_and_sending_again_what_was_imported(
    world: World, first: list[tuple[str, ...]], second: list[tuple[str, ...]]
) -> None:
    with world.acting("paula") as uow:
        actor = uow.actor

    def taken(rows: list[tuple[str, ...]]) -> int:
        content = list_4(*(list_4_row(ref, on, c8=end, c10=team) for ref, on, end, team in rows))
        sent = Sent(io.BytesIO(content), "list.csv", date(2026, 11, 20))
        report = import_file(world.database, actor, world.lot(), sent, Limits(), good_rows=True)
        balanced(world)
        return report.batch.id

    def undone(batch_id: int) -> None:
        with world.database.work(actor) as uow:
            assert in_the_way(uow, batch_id).sentences == []
            begin_undoing(uow, batch_id)
        undo(world.database, actor, batch_id)
        balanced(world)

    nothing = told(world)
    one = taken(first)
    after_one = told(world)
    two = taken(second)
    after_two = told(world)
    undone(two)
    assert told(world) == after_one
    again = taken(second)
    assert told(world) == after_two
    undone(again)
    undone(one)
    assert told(world) == nothing
