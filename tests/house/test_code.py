"""What holds for the code as a whole: no side doors, no hidden clocks, no long files."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.house.each import each

ROOT = Path(__file__).resolve().parents[2]
APP = sorted((ROOT / "app").rglob("*.py"))
SEED = sorted((ROOT / "seed").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
LONGEST = 400


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


@cache
def source(path: Path) -> tuple[str, ast.Module]:
    text = path.read_text(encoding="utf-8")
    return text, ast.parse(text)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@each(APP + TEMPLATES, name)
def test_no_file_is_longer_than_one_can_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@each(APP, name)
def test_only_the_unit_of_work_commits(path: Path) -> None:
    if name(path) != "app/work/uow.py":
        assert ".commit(" not in path.read_text(encoding="utf-8")


@each(APP, name)
def test_the_time_is_given_and_never_taken(path: Path) -> None:
    """Only the composition root and the command line may ask the machine what time it is."""
    if name(path) in {"app/main.py", "app/cli/database.py"}:
        return
    _, tree = source(path)
    asked = {
        call.func.attr
        for call in calls(tree)
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in {"now", "utcnow", "today"}
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id in {"datetime", "date"}
    }
    assert not asked


@each(APP, name)
def test_nothing_waits_asynchronously_outside_web(path: Path) -> None:
    _, tree = source(path)
    found = [node.name for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef)]
    assert not found or name(path).startswith("app/web/") or name(path) == "app/main.py"


@each(APP, name)
def test_a_state_is_written_only_by_the_register(path: Path) -> None:
    _, tree = source(path)
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else []
        for target in targets:
            parts = target.elts if isinstance(target, ast.Tuple) else [target]
            written = [p for p in parts if isinstance(p, ast.Attribute)]
            for attribute in written:
                side_door = attribute.attr == "state" and ast.unparse(attribute.value) == "case"
                assert not side_door or name(path) == "app/cases/register/service.py"


@each(APP, name)
def test_raw_sql_and_core_tables_stay_where_scope_is_made(path: Path) -> None:
    room = name(path).split("/")[1]
    if room in {"db", "work"}:
        return
    text, tree = source(path)
    raw = [
        ast.unparse(call.func)
        for call in calls(tree)
        if ast.unparse(call.func) in {"text", "sa.text", "sqlalchemy.text"}
    ]
    # An index may say in SQL which rows it covers, and a row's own visibility may name its table.
    allowed = path.name == "models.py"
    assert allowed or (not raw and "__table__" not in text)


@each([p for p in APP if p.name == "models.py"], name)
def test_tables_do_not_postpone_annotations(path: Path) -> None:
    assert "from __future__ import annotations" not in path.read_text(encoding="utf-8")


@each(APP, name)
def test_nothing_goes_round_the_scope_without_saying_so(path: Path) -> None:
    """The rooms that may look beyond an actor's lots, each for a reason its rule states."""
    may = {
        "app/work/uow.py",
        "app/work/views.py",
        "app/work/outbox.py",
        "app/web/site.py",
        # Names of contracts stand at the head of pages, whoever asks for them first.
        "app/main.py",
        "app/accounts",
        # A worker's hands are as full as the cases of every lot make them.
        "app/cases/allocation/queries.py",
        # A case counts in a lot's week for the nights it was there, wherever it is now.
        "app/cases/clock_statements/queries.py",
        # A contract has one points table; what is kept of its cases is a mean of thirty or more.
        "app/cases/recalibration/queries.py",
        # A case that leaves somebody's sight is counted out of the cohorts that it stood in.
        "app/cases/register/grouping.py",
        # And where somebody was named to take it over.
        "app/cases/register/receiving.py",
        # A contract's order of triage ranks its cases in every lot.
        "app/cases/register/recount.py",
        "app/safeguarding/flags/service.py",
        # Who holds a feed's address, and for whom they stand in, is known once its row is read.
        "app/overview/feed/queries.py",
        "app/cases/due_days/service.py",
        "app/cases/register/service.py",
        "app/contract/service.py",
        "app/exit/steps/service.py",
        "app/finance/service.py",
        "app/exchange/imports",
        "app/people/service.py",
        "app/performance/benchmarks/service.py",
        # A brother or sister who would stay behind may be another worker's case.
        "app/agreements/handovers/queries.py",
        # A day is shared by all lots that somebody works in, and may be worked for another of them.
        "app/finance/rota/queries.py",
        "app/finance/shifts",
        # A receipt is paid once, in whichever lot it was first recorded.
        "app/finance/expenses/service.py",
    }
    if "beyond_scope" in path.read_text(encoding="utf-8"):
        assert any(name(path).startswith(room) for room in may)


def test_whatever_a_module_defines_is_used_by_the_product_and_not_by_its_tests_alone() -> None:
    product = [path.read_text(encoding="utf-8") for path in (*APP, *TEMPLATES, *SEED)]
    words = Counter(word for text in product for word in re.findall(r"\w+", text))
    unused = [
        f"{name(path)} {defined}"
        for path in APP
        for defined in defined_by(source(path)[1])
        if words[defined] == 1
    ]
    # The README's table is printed by it, which a test sees to.
    assert unused == ["app/accounts/grants/rules.py grants_table"]


def defined_by(tree: ast.Module) -> Iterator[str]:
    """The names that a module gives; what is decorated is used by what decorates it."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.decorator_list:
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (one.id for one in targets if isinstance(one, ast.Name))


def test_the_repository_names_no_machine_and_no_registry() -> None:
    telling = re.compile(
        r"(?<![a-z])/(?:work|root|farm)/|registry\.npmjs|pypi\.org|files\.pythonhosted"
    )
    files = [
        *APP,
        *TEMPLATES,
        *ROOT.glob("*.md"),
        *ROOT.glob("*.lock"),
        *(ROOT / "docs").rglob("*.md"),
    ]
    for path in files:
        found = telling.search(path.read_text(encoding="utf-8"))
        assert found is None, (name(path), found)
