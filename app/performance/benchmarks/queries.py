"""Reads of benchmarks."""

from collections.abc import Iterable

from sqlalchemy import bindparam, select
from sqlmodel import col

from app.performance.benchmarks.models import Benchmark
from app.performance.benchmarks.rules import Terms, lines
from app.performance.measures.rules import Measure
from app.work.uow import UnitOfWork

_OF_CONTRACT = (
    select(Benchmark)
    .where(col(Benchmark.contract_id) == bindparam("contract_id"))
    .order_by(
        col(Benchmark.measure), col(Benchmark.of), col(Benchmark.year).desc(), col(Benchmark.id)
    )
)
_OF_MEASURE = _OF_CONTRACT.where(col(Benchmark.measure) == bindparam("measure"))


def list_benchmarks(uow: UnitOfWork, contract_id: int) -> list[Benchmark]:
    """Every benchmark of a contract, in the order of the measures, the latest year first."""
    order = {measure: place for place, measure in enumerate(Measure)}
    found = uow.session.scalars(_OF_CONTRACT, {"contract_id": contract_id})
    return sorted(found, key=lambda one: order[one.measure])


def reference_lines(uow: UnitOfWork, contract_id: int, measure: Measure) -> list[Terms]:
    """What stands beside a measure in its charts: the latest of each of others, at most two."""
    given = {"contract_id": contract_id, "measure": measure}
    return lines(terms_of_all(uow.session.scalars(_OF_MEASURE, given)))


def find_benchmark(uow: UnitOfWork, benchmark_id: int) -> Benchmark:
    return uow.get(Benchmark, benchmark_id)


def terms_of_all(rows: Iterable[Benchmark]) -> list[Terms]:
    return [terms_of(row) for row in rows]


def terms_of(row: Benchmark) -> Terms:
    return Terms(row.measure, row.of, row.year, row.value, row.source, row.note)
