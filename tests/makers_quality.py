"""Makes findings, pairs, spellings and remembered columns for any lot of the tests' world."""

from app.cases.families.models import CasePair
from app.cases.families.rules import Likeness
from app.cases.findings.models import Finding
from app.cases.findings.rules import Kind
from app.exchange.imports.models import SavedMapping
from app.exchange.layouts import Field, Layout
from app.exchange.spellings.models import Spelling
from tests.makers import a_case
from tests.world import World


def rows_of_intake(world: World, lot: str = "North") -> dict[str, int]:
    """The id of one of each, in this lot or its contract."""
    first, second = a_case(world, lot), a_case(world, lot)
    contract = world.contract("Eastmoor" if lot == "Moor" else "Northshire")
    today = world.clock.now.date()
    with world.setting_up() as uow:
        finding = uow.add(
            Finding(
                lot_id=world.lot(lot),
                case_id=first,
                kind=Kind.NO_AGE,
                words="No list says how old the child is.",
                found_on=today,
            )
        )
        pair = uow.add(
            CasePair(
                contract_id=contract,
                first_id=first,
                second_id=second,
                likeness=Likeness.REFERENCE,
                found_on=today,
            )
        )
        spelling = uow.add(
            Spelling(
                contract_id=contract,
                field=Field.PRIMARY_NEED,
                spelling=f"zug {lot}".lower(),
                written=f"Zug {lot}",
                first_met_on=today,
                last_met_on=today,
            )
        )
        mapping = uow.add(
            SavedMapping(
                contract_id=contract,
                headers_digest=lot.ljust(64, "0"),
                layout=Layout.PLAIN,
                mapping='{"reference":"Kid"}',
                made_at=uow.now,
            )
        )
        made = {"finding": finding, "pair": pair, "spelling": spelling, "mapping": mapping}
        return {f"{name}_id": int(row.id or 0) for name, row in made.items()}
