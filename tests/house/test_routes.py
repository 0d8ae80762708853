"""Every route against every role: own lot, another lot, another contract, and what is absent."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from sqlmodel import Session
from starlette.testclient import TestClient

from app.access.grants import GRANTS
from app.access.models import User
from app.agreements.calendar.models import Smoothing
from app.agreements.proposals.models import Proposal
from app.cases.findings.rules import Mender
from app.cases.register.models import Case
from app.cases.runs import service as runs
from app.cases.runs.models import AllocationRun
from app.cases.runs.rules import RunKind
from app.cases.runs.service import Wanted
from app.cases.statements.models import ScopeStatement
from app.db.registry import load_models
from app.db.tables import Row
from app.exchange.differences.models import CaseDifference
from app.exchange.differences.rules import Compared
from app.exchange.imports.models import ImportBatch
from app.exchange.imports.rules import Stage
from app.exit.data_return.models import DataReturn
from app.exit.pack import Manifest
from app.exit.steps.models import ExitStep
from app.kernel.acts import Act
from app.kernel.days import week_ending
from app.main import guarded_paths
from app.people.capacity.models import Reduction
from app.people.capacity.rules import Reason
from app.people.checks.models import InductionStep
from app.performance.measures.rules import Measure
from app.rooms import ROOMS
from app.safeguarding.flags.models import Flag
from app.web.routes import Public, Routes
from app.work.uow import UnitOfWork
from tests.browse import Browse
from tests.makers import a_case, an_assessing_case
from tests.makers_agreements import a_flag, a_proposal
from tests.makers_delays import rows_of_delays
from tests.makers_desk import rows_of_desk
from tests.makers_holds import rows_of_clocks
from tests.makers_invoicing import rows_of_invoicing
from tests.makers_money import rows_of_money
from tests.makers_quality import rows_of_intake
from tests.makers_reports import rows_of_reports
from tests.makers_safeguarding import rows_of_protection
from tests.makers_service_levels import rows_of_service_levels
from tests.makers_supervision import rows_of_supervision
from tests.markup import faults
from tests.personas import BY_KEY
from tests.world import World

PEOPLE = ("paula", "tess", "priya", "dina", "hana", "carl", "alan", "ada")
ABSENT = 987_654
# What a person's own rows may rightly lack: a handover before there is one, an opening list before
# it is frozen, and so on.
MAY_BE_ABSENT = {
    # Before a version was drafted.
    "measures.sign_for_agency",
    "measures.sign_for_council",
    # A practitioner ends actions of their own alone.
    "actions.complete",
    "handovers.show",
    "handovers.prepare",
    "handovers.accept",
    "closures.gate",
    "closures.close",
    "closures.form",
    "closures.write",
    "scope.opening",
    "data_return.certificate",
    # A commissioner takes no part in a lot's weekly meeting.
    "contract_meetings.show",
    "contract_meetings.minutes",
    "contract_meetings.finish_form",
    "contract_meetings.finish",
}
SHARED = {"user_id", "session_id", "purpose", "token", "seq"}
# Belong to one person whatever their lots; the tests of their pages ask on behalf of others.
SHARED |= {"sheet_id", "view_id", "bulk_id"}
# A pack has readers of its own, and a draft is gone once it was dropped.
SHARED |= {"pack_id", "draft_id", "schedule_id"}
# Belong to the contract: a neighbouring lot of it sees them too.
CONTRACTS = {"step_id", "return_id", "contract_id", "problem_id"}
CONTRACTS |= {"commentary_id", "sentence_id"}
CONTRACTS |= {"option_id", "benchmark_id"}
FEWEST_CELLS = 1_700


@dataclass(frozen=True)
class Declared:
    """One route as it was declared."""

    method: str
    path: str
    name: str
    needs: Act | Public

    @property
    def parameters(self) -> set[str]:
        return {part.split("}")[0] for part in self.path.split("{")[1:]}


def declared() -> Iterator[Declared]:
    app = FastAPI()
    for routes, demo_only in ROOMS:
        if not demo_only:
            app.include_router(routes.router)
    for context in iter_route_contexts(app.routes):
        route: Any = context.original_route
        if getattr(route, "openapi_extra", None):
            method = next(iter(route.methods))
            yield Declared(method, route.path, route.name, route.openapi_extra["needs"])


ROUTES = list(declared())
GUARDED = [route for route in ROUTES if isinstance(route.needs, Act)]


@pytest.fixture
def rows(world: World) -> dict[str, dict[str, int]]:
    """Ids for each parameter of a path: of the reader's lot, another lot, another contract."""
    case_id, proposal_id = an_assessing_case(world), a_proposal(world)
    flag_id = a_flag(world, world.row(Case, case_id).reference)
    with world.setting_up() as uow:
        # Two, since undoing a list takes its differences away.
        batch, compared = uow.add(a_batch(world)), uow.add(a_batch(world))
        step = uow.add(a_step(world))
        statement = uow.add(a_statement(world))
        assert batch.id
        assert compared.id
        assert step.id
        own = {
            "case_id": case_id,
            "proposal_id": proposal_id,
            "flag_id": flag_id,
            "batch_id": batch.id,
            "step_id": step.id,
            "return_id": a_return(uow, world),
            "difference_id": a_difference(uow, case_id, compared.id),
            "statement_id": statement.id or 0,
        }
    kinds: dict[str, type[Row]] = {
        "case_id": Case,
        "proposal_id": Proposal,
        "flag_id": Flag,
        "batch_id": ImportBatch,
        "step_id": ExitStep,
        "return_id": DataReturn,
        "difference_id": CaseDifference,
        "statement_id": ScopeStatement,
    }
    kinds |= {"run_id": AllocationRun}
    own |= rows_of_supervision(world) | rows_of_delays(world)
    own |= rows_of_protection(world) | rows_of_desk(world, proposal_id)
    own |= {"run_id": a_run(world), "practitioner_id": world.practitioner("priya")}
    own |= {"worker_id": world.practitioner("priya")} | rows_of_workers(world)
    own |= {"lot_id": world.lot(), "team_id": world.team(), "contract_id": world.contract()}
    own |= rows_of_intake(world) | rows_of_clocks(world) | {"smoothing_id": a_smoothing(world)}
    kinds |= {"smoothing_id": Smoothing}
    own |= rows_of_reports(world) | {"measure": Measure.CHILD_SEEN}
    own |= rows_of_invoicing(world) | rows_of_money(world)
    own |= rows_of_service_levels(world)
    found = {"own": own}
    for lot in ("South", "Moor"):
        # Steps belong to the contract, not to a lot: a lot's neighbour sees the same ones.
        elsewhere = [name for name in kinds if lot == "Moor" or name not in CONTRACTS]
        there = {name: a_copy(world, kinds[name], own[name], lot) for name in elsewhere}
        there |= {"lot_id": world.lot(lot), "team_id": world.team(f"{lot} locality")}
        # Measures are everybody's: elsewhere stands a name that none of them has.
        there |= {"contract_id": world.contract("Eastmoor"), "measure": ABSENT}
        there |= {"practitioner_id": world.practitioner("sam")} if lot == "South" else {}
        there |= {"practitioner_id": ABSENT} if lot == "Moor" else {}
        there |= {"worker_id": there["practitioner_id"]} | rows_of_intake(world, lot)
        there |= rows_of_protection(world, lot) | rows_of_supervision(world, lot)
        there |= rows_of_clocks(world, lot) | rows_of_delays(world, lot)
        there |= rows_of_desk(world, there["proposal_id"], lot)
        there |= rows_of_reports(world, lot)
        there |= rows_of_invoicing(world, lot) | rows_of_money(world, lot)
        there |= rows_of_service_levels(world, lot)
        there |= {name: own[name] for name in ("reduction_id", "induction_step_id")}
        found[lot] = there
    return found


def a_batch(world: World) -> ImportBatch:
    return ImportBatch(
        lot_id=world.lot(),
        contract_id=world.contract(),
        file_name="list.csv",
        sha256="0" * 64,
        size=10,
        listed_on=world.clock.now.date(),
        stage=Stage.PREVIEWED,
        uploaded_at=world.clock.now,
        moved_at=world.clock.now,
    )


def a_difference(uow: UnitOfWork, case_id: int, batch_id: int) -> int:
    row = CaseDifference(
        case_id=case_id,
        lot_id=uow.get(Case, case_id).lot_id,
        batch_id=batch_id,
        field=Compared.SOURCE_TEAM,
        ours="Fen",
        council_now="Marsh",
        mender=Mender.TEAM,
        found_on=uow.today,
    )
    return int(uow.add(row).id or 0)


def a_run(world: World) -> int:
    case_id = a_case(world)
    with world.acting("tess") as uow:
        chosen = Wanted(RunKind.CHOSEN, [(case_id, world.practitioner("priya"))])
        return runs.begin(uow, chosen)


def rows_of_workers(world: World) -> dict[str, int]:
    with world.setting_up() as uow:
        step = uow.add(InductionStep(contract_id=world.contract(), name="Thresholds", position=1))
        reduction = uow.add(
            Reduction(
                contract_id=world.contract(),
                practitioner_id=world.practitioner("priya"),
                reason=Reason.DUTY,
                starts_on=world.clock.now.date(),
                ends_on=world.clock.now.date(),
                minutes_a_week=60,
            )
        )
        return {"induction_step_id": int(step.id or 0), "reduction_id": int(reduction.id or 0)}


def a_smoothing(world: World) -> int:
    with world.setting_up() as uow:
        week = week_ending(uow.today)
        plan = Smoothing(lot_id=world.lot(), first_week=week, proven=True, made_at=uow.now)
        return int(uow.add(plan).id or 0)


def a_statement(world: World) -> ScopeStatement:
    return ScopeStatement(
        lot_id=world.lot(),
        week_ending=world.clock.now.date(),
        before=0,
        opening=1,
        received=0,
        handed_back=0,
        transferred=0,
        cleared=0,
        reopened=0,
        closing=1,
        known_to=1,
        digest="0" * 64,
        issued_at=world.clock.now,
    )


def a_return(uow: UnitOfWork, world: World) -> int:
    row = DataReturn(
        contract_id=world.contract(),
        number=1,
        rows=0,
        manifest=Manifest({"written_at": ""}, ()).text,
        manifest_sha256="0" * 64,
        trail_to=0,
        written_at=world.clock.now,
    )
    return int(uow.add(row).id or 0)


def a_step(world: World) -> ExitStep:
    return ExitStep(
        contract_id=world.contract(),
        number=99,
        title="Agree the final list",
        gate=False,
        due_on=world.clock.now.date(),
        agency_owner="Project manager",
        council_owner="Head of service",
    )


def a_copy(world: World, model: type[Row], row_id: int, lot: str) -> int:
    """The same row in another lot, where a reader must not find it."""
    with Session(world.database.engine) as session:
        values = session.get_one(model, row_id).model_dump(exclude={"id"})
    values |= {"reference": f"{lot}-{row_id}"} if "reference" in values else {}
    if "lot_id" in values:
        values["lot_id"] = world.lot(lot)
    if "contract_id" in values:
        values["contract_id"] = world.contract("Eastmoor" if lot == "Moor" else "Northshire")
    with world.setting_up() as uow, uow.beyond_scope():
        row: Any = uow.add(model(**values))
        return int(row.id)


def address(route: Declared, ids: dict[str, int]) -> str:
    return route.path.format_map(ids)


def ask(client: TestClient, route: Declared, ids: dict[str, int]) -> int:
    if route.method == "GET":
        return client.get(address(route, ids)).status_code
    return client.post(address(route, ids), data={"_key": f"{route.name}{ids}"}).status_code


def test_every_route_says_what_it_needs(app: object) -> None:
    assert len(ROUTES) >= 70
    assert all(isinstance(route.needs, Act | Public) for route in ROUTES)


def test_a_planted_route_without_needs_does_not_import() -> None:
    planted = Routes()
    with pytest.raises(TypeError):
        planted.get("/hole", name="hole")  # type: ignore[call-arg]


def test_a_planted_route_behind_the_guards_back_stops_the_start() -> None:
    app = FastAPI(openapi_url=None)
    app.add_api_route("/hole", lambda: None, name="hole")
    with pytest.raises(TypeError, match="hole"):
        guarded_paths(app)


def test_public_routes_are_few_and_named() -> None:
    public = {route.name for route in ROUTES if isinstance(route.needs, Public)}
    assert public == {"sign_in", "sign_in.start", "links.form", "links.choose", "feed.read"}


@pytest.mark.parametrize("who", PEOPLE)
def test_each_role_reaches_what_it_is_granted_and_nothing_else(
    browse: Callable[..., Browse], rows: dict[str, dict[str, int]], who: str
) -> None:
    cells, wrong = 0, []
    client = browse(who).client
    acts = GRANTS[BY_KEY[who].role]
    for route in GUARDED:
        granted = route.needs in acts
        if route.name in {"sign_out", "account.end_session"} or route.parameters & SHARED:
            continue
        for place, status in ask_everywhere(client, route, rows, who, granted=granted):
            cells += 1
            if not as_granted(route, granted, place, status):
                wrong.append((route.method, route.path, place, status))
    assert wrong == []
    assert cells >= FEWEST_CELLS // len(PEOPLE), cells


def ask_everywhere(
    client: TestClient, route: Declared, rows: dict[str, dict[str, int]], who: str, *, granted: bool
) -> Iterator[tuple[str, int]]:
    """A row of one's own and one that is not there; others' rows where the route is granted."""
    if route.parameters & SHARED or route.name == "sign_out":
        return
    yield "own", ask(client, route, rows["own"])
    if not route.parameters:
        return
    if granted and who in {"tess", "priya", "dina"} and not route.parameters & CONTRACTS:
        yield "other lot", ask(client, route, rows["South"])
    if granted:
        yield "other contract", ask(client, route, rows["Moor"])
    yield "absent", ask(client, route, dict.fromkeys(rows["own"], ABSENT))


def as_granted(route: Declared, granted: bool, place: str, status: int) -> bool:
    if not granted:
        return status == 403
    if place != "own":
        return status == 404
    if status == 404:
        return route.name in MAY_BE_ABSENT
    return status in {200, 303, 409, 422}


@pytest.mark.parametrize("who", PEOPLE)
def test_a_form_sent_empty_lists_its_faults_in_the_order_of_its_fields(
    browse: Callable[..., Browse], rows: dict[str, dict[str, int]], who: str
) -> None:
    client = browse(who).client
    wrong, forms = {}, 0
    for route in GUARDED:
        asked = route.needs in GRANTS[BY_KEY[who].role] and not route.parameters & SHARED
        if route.method == "GET" or route.name == "sign_out" or not asked:
            continue
        # An answer that no form asks for, so that none is taken as it is.
        answer = client.post(address(route, rows["own"]), data={"_key": route.name, "no": "1"})
        forms += "error-summary" in answer.text
        if answer.status_code == 422 and faults(answer.text):
            wrong[route.name] = faults(answer.text)
    assert wrong == {}
    assert forms or who in {"carl", "alan"}, forms


def test_nobody_signed_in_reaches_nothing(
    browse: Callable[..., Browse], rows: dict[str, dict[str, int]]
) -> None:
    client = browse().client
    for route in GUARDED:
        ids: dict[str, Any] = rows["own"] | dict.fromkeys(SHARED, 1)
        answer = (client.get if route.method == "GET" else client.post)(address(route, ids))
        assert answer.status_code == 303, route
        assert answer.headers["location"].startswith("/sign-in"), route


def test_a_disabled_person_reaches_nothing(world: World, browse: Callable[..., Browse]) -> None:
    client = browse("tess").client
    assert client.get("/cases").status_code == 200
    with world.setting_up() as uow:
        uow.get(User, world.user("tess")).disabled_at = uow.now
    assert client.get("/cases").headers["location"].startswith("/sign-in")


def test_a_get_leaves_the_database_as_it_was(
    world: World, browse: Callable[..., Browse], rows: dict[str, dict[str, int]]
) -> None:
    def contents() -> dict[str, list[Any]]:
        with world.database.engine.connect() as connection:
            return {
                str(model.__tablename__): [
                    tuple(row)
                    for row in connection.execute(model.__table__.select())  # type: ignore[attr-defined]
                ]
                for model in load_models()
                if model.__tablename__ not in {"views", "sign_in_sessions", "sign_in_tries"}
            }

    clients = [browse(who).client for who in PEOPLE]
    before = contents()
    for client in clients:
        for route in GUARDED:
            if route.method == "GET" and not route.parameters & SHARED:
                ask(client, route, rows["own"])
    assert contents() == before
