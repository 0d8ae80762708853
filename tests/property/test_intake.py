"""Whatever spellings and rows a council sends, every row is accounted for and nothing breaks."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.cases.findings.rules import LONGEST_WORDS
from app.exchange import cells, rows
from app.exchange.checks import Area, Listed, names_of, of_rows
from app.exchange.imports.models import StagedRow
from app.exchange.layouts import KEPT, Field, Layout, read_as
from app.exchange.layouts.fields import HEADERS
from app.exchange.readers.workbook import Row, Sheet
from app.exchange.rows import EqualRepeat, ParsedRow, RefusedRow
from app.exchange.spellings.models import Spelling
from tests.makers_imports import an_importer
from tests.workbooks import LIST_6, a_csv

TODAY = date(2026, 11, 20)
KNOWN = [layout for layout in Layout if layout is not Layout.PLAIN]
SPELLINGS = st.sampled_from(
    ["", "a) Yes", "NO", "Unborn", "N/A", "#N/A", "N1 - Abuse", "N99", "RC8", "RC0", "CIN Plan"]
) | st.text(max_size=12)
CELLS = (
    SPELLINGS
    | st.dates(date(1980, 1, 1), date(2031, 1, 1))
    | st.integers(-5, 60_000)
    | st.floats(allow_nan=True)
    | st.booleans()
    | st.none()
)


@st.composite
def sheets(draw):
    layout = draw(st.sampled_from(KNOWN))
    headers = [HEADERS[field][0] for field in KEPT[layout]]
    listed = draw(st.lists(st.lists(CELLS, min_size=len(headers), max_size=len(headers))))
    listed = [row for row in listed if any(cell not in ("", None) for cell in row)]
    lines = [Row(1, tuple(headers)), *(Row(n, tuple(c)) for n, c in enumerate(listed, start=2))]
    return layout, Sheet("List", len(lines), lambda: iter(lines))


@given(sheets())
def test_every_row_of_every_known_list_is_accounted_for(drawn):
    layout, sheet = drawn
    found = read_as(sheet, layout)
    outcomes = list(rows.parse(found, today=TODAY))
    assert len(outcomes) == found.rows == len({one.line for one in outcomes})
    assert all(isinstance(one, ParsedRow | RefusedRow | EqualRepeat) for one in outcomes)
    for one in outcomes:
        if isinstance(one, ParsedRow):
            rows.opens_case(one, TODAY)
            assert "allocated_worker" not in one.facts or one.facts[Field.ALLOCATED_WORKER] in (
                None,
                *cells.Worker,
            )


@given(st.sampled_from(list(cells.MEANINGS)), st.text(max_size=150), st.data())
def test_a_spelling_once_explained_is_read_however_it_is_written(field, text, data):
    meaning = data.draw(st.sampled_from([*cells.MEANINGS[field], ""]))
    said = {(field, cells.fold(text)): meaning}
    read = cells.worker if field is Field.ALLOCATED_WORKER else None
    for written in (text, f" {text} ", text + "!"):
        if not cells.as_text(written):
            continue
        found = read(written, said) if read else cells.coded(field, written, said)
        assert found == (meaning or (cells.Worker.NOBODY if read else None))


DAYS = st.none() | st.dates(TODAY - timedelta(days=400), TODAY + timedelta(days=400))


@st.composite
def listed_rows(draw):
    facts = {field: draw(DAYS) for field in Field if field.endswith("_on")}
    for field in (Field.AGE, Field.DISTRICT, Field.CLOSURE_REASON):
        facts[field] = draw(st.none() | st.text(max_size=300))
    facts[Field.REFERRAL_NFA] = draw(st.sampled_from([None, *cells.Answer]))
    facts[Field.CASE_STATUS] = draw(st.sampled_from([None, *cells.CouncilStatus]))
    said = {field.value: str(fact) for field, fact in facts.items() if fact}
    said |= draw(st.sampled_from([{}, {"worker_is_team": "yes"}, {"worker_named": "yes"}]))
    return Listed(draw(st.sampled_from(list(Layout))), TODAY, said)


@given(st.lists(listed_rows(), min_size=1, max_size=8), st.booleans())
def test_whatever_is_listed_of_a_child_every_finding_says_something_short(listed, told):
    area = Area("North", names_of("North", "N"), {"south": "South"}, told)
    for words in of_rows(listed, area).values():
        assert 10 < len(words) <= LONGEST_WORDS


@settings(max_examples=12)
@given(st.lists(st.tuples(st.sampled_from("ABC"), SPELLINGS, SPELLINGS), min_size=1, max_size=6))
def test_an_import_of_any_spellings_counts_every_row_and_lists_each_spelling_once(
    world, browse, told
):
    sender = an_importer(world, browse)
    clean = [tuple(part.replace("\0", "").replace("\ud800", "") for part in one) for one in told]
    content = a_csv(
        [
            LIST_6,
            *(
                [f"{c}{n}", "F", "", "", 5, "", "01/09/2026", need, "", "", reason, "", "T", "DUTY"]
                for n, (c, need, reason) in enumerate(clean)
            ),
        ]
    )
    batch = sender.send(content)
    if batch.stage == "previewed":
        assert batch.rows == len(told)
        assert batch.new + batch.changed + batch.unchanged + batch.refused == batch.rows
        assert len(world.rows(StagedRow, batch_id=batch.id)) == batch.rows
    spellings = [(one.contract_id, one.field, one.spelling) for one in world.rows(Spelling)]
    assert len(spellings) == len(set(spellings))
