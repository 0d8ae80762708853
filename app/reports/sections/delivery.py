"""Sections on the contract itself: its changes, the exit, and the data behind it all."""

from app.assurance.training import queries as training
from app.assurance.training.rules import Standing
from app.cases.findings.rules import Kind
from app.cases.quality import queries as quality
from app.exit.readiness import queries as readiness
from app.exit.readiness.rules import failing
from app.exit.residual import queries as residual
from app.exit.steps import queries as steps
from app.performance.variations import queries as variations
from app.reports.sections.rules import (
    Cell,
    Column,
    Content,
    Section,
    Shown,
    table,
)
from app.reports.sections.scene import Scene

SHOWN_OF_A_DIGEST = 16
# Of data quality: what is open, and how much of it is to be mended.
ALWAYS_TOLD = 2


def changes(scene: Scene) -> Section:
    """What was varied, and what the council's own system keeps up."""
    rows = variations.list_variations(scene.uow, scene.contract.id or 0)
    problems = training.count_problems(scene.uow)
    given = training.given(scene.uow)
    return Section(
        "changes",
        "Changes, training and the case system",
        (
            f"Training given: {given.sessions:,} sessions for {given.council_people:,} people of"
            f" the council and {given.workers:,} of the agency.",
            f"Problems of the case system: {problems[Standing.OPEN]:,} open,"
            f" {problems[Standing.FIXED]:,} fixed and to be looked at again.",
        ),
        (
            table(
                "variations",
                "Changes of the contract",
                [
                    Column("Number"),
                    Column("Change", Shown.WORDS),
                    Column("Lot", Shown.WORDS),
                    Column("Agreed", Shown.DAY),
                    Column("Clause", Shown.WORDS),
                ],
                [
                    [
                        one.variation.number,
                        one.variation.title,
                        one.lot or "All",
                        one.variation.agreed_on.isoformat(),
                        one.variation.clause,
                    ]
                    for one in rows
                ],
                "Every change that both sides agreed, the last one first.",
                scene.as_at,
                links=[scene.link(f"/contract/{scene.contract.id}/variations")] * len(rows),
            ),
        ),
    )


def ending(scene: Scene) -> Section:
    """What stands in the way of an orderly exit, and which steps are done."""
    own = [scene.contract]
    laid = steps.list_steps(scene.uow)
    facts = readiness.facts_by_contract(scene.uow, own, laid, residual.count_residual(scene.uow))[
        scene.contract.id or 0
    ]
    found = failing(facts)
    words = tuple(one.sentence for one in found) or (
        "Nothing stands in the way of an orderly exit today.",
    )
    rows: list[list[Cell]] = [
        [
            one.number,
            one.title,
            "Gate" if one.gate else "Step",
            one.due_on.isoformat(),
            one.done_on.isoformat() if one.done_on else None,
        ]
        for one in facts.steps
    ]
    return Section(
        "exit",
        "Exit readiness",
        words,
        (
            table(
                "exit-steps",
                "Steps of the exit strategy",
                [
                    Column("Number"),
                    Column("What", Shown.WORDS),
                    Column("Kind", Shown.WORDS),
                    Column("Due", Shown.DAY),
                    Column("Done", Shown.DAY),
                ],
                rows,
                "The steps and gates that both sides own, and when each was done.",
                scene.as_at,
                links=[scene.link("/exit")] * len(rows),
            ),
        ),
    )


def data_quality(scene: Scene) -> Section:
    """What is missing or wrong in open cases, by kind; a kind without any is left out."""
    lots = quality.by_lot(scene.uow)
    counts = {
        "Open cases": [one.open for one in lots],
        "Open cases with something to mend": [one.to_mend for one in lots],
        **{kind.label: [one.by_kind.get(kind, 0) for one in lots] for kind in Kind},
        "Rows left out of lists": [one.left_out for one in lots],
    }
    rows: list[list[Cell]] = [
        [name, *of_lots, sum(of_lots)]
        for place, (name, of_lots) in enumerate(counts.items())
        if place < ALWAYS_TOLD or any(of_lots)
    ]
    found = table(
        "data-quality",
        "Open cases with something to mend",
        [
            Column("What", Shown.WORDS),
            *(Column(one.lot) for one in lots),
            Column("All"),
        ],
        rows,
        "Findings that nobody accepted; a case may have several.",
        scene.as_at,
        links=[scene.link("/quality")] * len(rows),
    )
    return Section("data-quality", "Data quality", (), (found,))


def register_of(content: Content) -> Section:
    """Every table of an edition with its definition's version and its digest."""
    return Section(
        "tables",
        "Tables and definitions",
        ("Each table is known by the SHA-256 of all that it says; its beginning is shown here.",),
        (
            table(
                "tables",
                "Tables of this pack",
                [
                    Column("Table", Shown.WORDS),
                    Column("What it counts", Shown.WORDS),
                    Column("Version"),
                    Column("Digest", Shown.WORDS),
                ],
                [
                    [one.title, one.definition, one.version, one.digest[:SHOWN_OF_A_DIGEST]]
                    for one in content.tables
                ],
                "The definitions that were in force when the figures were read.",
                content.as_at,
            ),
        ),
    )


def contract_words(scene: Scene) -> list[str]:
    """Whose contract it is and for how long, in sentences."""
    agreed = scene.contract
    return [
        f"{agreed.name}, reference {agreed.reference}, between {agreed.council} and"
        f" {agreed.agency}.",
        f"Lots: {', '.join(scene.lots.values())}.",
    ]
