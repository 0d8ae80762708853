"""Routes of the benchmarks that stand beside measures."""

from secrets import token_urlsafe

from starlette.responses import Response

from app.contract import queries as contract
from app.kernel.acts import Act
from app.performance.benchmarks import queries, service
from app.performance.benchmarks.forms import BenchmarkForm
from app.performance.benchmarks.rules import HUNDREDTHS
from app.performance.measures.rules import Kind, Measure, show
from app.web.forms import Submission
from app.web.page import Page
from app.web.routes import Id, Routes
from app.work.uow import UnitOfWork

routes = Routes("/service-levels/benchmarks")
MEASURES = [(one.value, one.label) for one in Measure]


@routes.get("", needs=Act.PROGRESS_VIEW, name="benchmarks.index")
def index(uow: UnitOfWork, page: Page) -> Response:
    return page.show(
        "performance/benchmarks/index.html",
        contracts=[
            (
                one,
                [
                    (row, _shown(row.measure, row.value))
                    for row in queries.list_benchmarks(uow, one.id or 0)
                ],
            )
            for one in contract.list_contracts(uow)
        ],
        key=token_urlsafe(18),
    )


@routes.get("/contracts/{contract_id}/new", needs=Act.BENCHMARK_EDIT, name="benchmarks.new_form")
def new_form(
    contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[BenchmarkForm]
) -> Response:
    contract.find_contract(uow, contract_id)
    form.start(year=uow.today.year)
    action = page.site.url("benchmarks.add", contract_id=contract_id)
    return _form(page, form, action, "Add a benchmark")


@routes.post(
    "/contracts/{contract_id}/new",
    needs=Act.BENCHMARK_EDIT,
    name="benchmarks.add",
    shows=new_form,
)
def add(contract_id: Id, uow: UnitOfWork, page: Page, form: Submission[BenchmarkForm]) -> Response:
    service.add(uow, contract_id, form.valid.terms)
    return page.go("benchmarks.index", notice="The figure is added.")


@routes.post(
    "/contracts/{contract_id}/published", needs=Act.BENCHMARK_EDIT, name="benchmarks.fetch"
)
def fetch(contract_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.fetch_shipped(uow, contract_id)
    return page.go("benchmarks.index", notice="What was missing is added.")


@routes.get("/{benchmark_id}", needs=Act.BENCHMARK_EDIT, name="benchmarks.form")
def benchmark_form(
    benchmark_id: Id, uow: UnitOfWork, page: Page, form: Submission[BenchmarkForm]
) -> Response:
    row = queries.find_benchmark(uow, benchmark_id)
    said = vars(queries.terms_of(row)) | {"value": f"{row.value / HUNDREDTHS:g}"}
    form.start(version=row.version, **said)
    action = page.site.url("benchmarks.change", benchmark_id=benchmark_id)
    return _form(page, form, action, f"Figure of {row.of}, {row.year}", removes=benchmark_id)


@routes.post(
    "/{benchmark_id}", needs=Act.BENCHMARK_EDIT, name="benchmarks.change", shows=benchmark_form
)
def change(
    benchmark_id: Id, uow: UnitOfWork, page: Page, form: Submission[BenchmarkForm]
) -> Response:
    service.change(uow, benchmark_id, form.valid.terms, version=form.ask_version())
    return page.go("benchmarks.index", notice="The figure is saved.")


@routes.post("/{benchmark_id}/remove", needs=Act.BENCHMARK_EDIT, name="benchmarks.remove")
def remove(benchmark_id: Id, uow: UnitOfWork, page: Page) -> Response:
    service.remove(uow, benchmark_id)
    return page.go("benchmarks.index", notice="The figure is taken away.")


def _form(
    page: Page, form: Submission[BenchmarkForm], action: str, title: str, removes: int = 0
) -> Response:
    return page.show(
        "performance/benchmarks/benchmark.html",
        form=form,
        action=action,
        title=title,
        removes=removes,
        measures=MEASURES,
        key=token_urlsafe(18),
    )


def _shown(measure: Measure, value: int) -> str:
    scale = HUNDREDTHS * (100 if measure.kind is Kind.SHARE else 1)
    return show(measure.kind, value / scale)
