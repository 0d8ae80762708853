"""Keeps benchmarks: those that Clearway brings along, and what the council adds or corrects."""

from sqlalchemy import select
from sqlmodel import col

from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.errors import Invalid
from app.performance.benchmarks import queries
from app.performance.benchmarks.models import Benchmark
from app.performance.benchmarks.rules import Terms, check, shipped
from app.work.uow import UnitOfWork


def lay_shipped(uow: UnitOfWork, contract_id: int) -> None:
    """Give a new contract the published figures, within the command that sets it up."""
    uow.must_be_in(Act.CONTRACT_CREATE, Act.DEMO_SEED, Act.BENCHMARK_EDIT)
    with uow.beyond_scope():
        kept = queries.list_benchmarks(uow, contract_id)
        known = {(one.measure, one.of, one.year) for one in kept}
        uow.load(
            Benchmark,
            [
                {"contract_id": contract_id, "version": 1, **vars(one)}
                for one in shipped()
                if (one.measure, one.of, one.year) not in known
            ],
        )


def fetch_shipped(uow: UnitOfWork, contract_id: int) -> None:
    """Add the published figures that a contract does not have, and leave what it has as it is."""
    with uow.command(Act.BENCHMARK_EDIT):
        contract.find_contract(uow, contract_id)
        lay_shipped(uow, contract_id)


def add(uow: UnitOfWork, contract_id: int, terms: Terms) -> None:
    """Add a figure of others; Invalid for one that cannot be meant or is there already."""
    with uow.command(Act.BENCHMARK_EDIT):
        contract.find_contract(uow, contract_id)
        _check(uow, contract_id, terms, None)
        uow.add(Benchmark(contract_id=contract_id, **vars(terms)))


def change(uow: UnitOfWork, benchmark_id: int, terms: Terms, *, version: int) -> None:
    """Correct a figure; Conflict where somebody else was faster."""
    with uow.command(Act.BENCHMARK_EDIT):
        row = queries.find_benchmark(uow, benchmark_id)
        shown = {"Whose figure": row.of, "Year": str(row.year), "Source": row.source}
        uow.expect(row, version, shown)
        _check(uow, row.contract_id, terms, benchmark_id)
        for name, value in vars(terms).items():
            setattr(row, name, value)


def remove(uow: UnitOfWork, benchmark_id: int) -> None:
    """Take a figure away; the trail keeps what it was."""
    with uow.command(Act.BENCHMARK_EDIT):
        uow.remove(queries.find_benchmark(uow, benchmark_id))


def _check(uow: UnitOfWork, contract_id: int, terms: Terms, but: int | None) -> None:
    check(terms, uow.today.year)
    same = select(col(Benchmark.id)).where(
        col(Benchmark.contract_id) == contract_id,
        col(Benchmark.measure) == terms.measure,
        col(Benchmark.of) == terms.of,
        col(Benchmark.year) == terms.year,
    )
    if any(found != but for found in uow.session.scalars(same)):
        raise Invalid("year", f"There is a figure of {terms.of} for {terms.year} already.")
