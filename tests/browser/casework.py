"""What people do with a list and a case, by pressing what the pages offer them."""

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.visitor import Visitor

COUNCIL_LIST = Path(__file__).resolve().parents[2] / "seed" / "council-list.xlsx"
READ, STARTED, SEEN, TARGET = "2026-11-13", "2026-11-16", "2026-11-18", "2026-12-11"
SLOW = 30_000


def send_list(manager: Visitor, file: Path = COUNCIL_LIST) -> Visitor:
    """Send a list for lot North and wait until every row of it is counted."""
    manager.go("/imports").fill(lot_id="North", file=file, listed_on=READ)
    manager.press("Read the list")
    expect(manager.page.locator("#next-heading")).to_be_visible(timeout=SLOW)
    return manager


def confirm_list(manager: Visitor) -> Visitor:
    """Import what the preview shows and wait for the summary."""
    manager.press(f"Import {manager.figure('Rows read')} rows")
    expect(manager.page.get_by_text("Open cases of lot North")).to_be_visible(timeout=SLOW)
    return manager


def open_case(person: Visitor, reference: str) -> Visitor:
    """Find a case by its reference and open it."""
    return person.go(f"/cases?show=all&reference={reference}").press(reference)


def allocate(manager: Visitor, reference: str, to: str) -> None:
    """Allocate from the queue."""
    manager.go("/triage").press(f"Allocate case {reference}")
    manager.fill(practitioner_id=to).press("Allocate").says("The case is allocated")


def assess(worker: Visitor, reference: str) -> None:
    """Start the assessment, see the child alone and submit."""
    open_case(worker, reference).press("Start the assessment")
    worker.fill(started_on=STARTED).press("Start assessment")
    worker.press("Record that the child was seen")
    worker.fill(seen_on=SEEN, alone="Yes").press("Record")
    submit(worker, reference)


def submit(worker: Visitor, reference: str) -> None:
    open_case(worker, reference).press("Submit the assessment").press("Submit for authorisation")
    worker.says("Submitted")


def authorise(manager: Visitor, reference: str) -> None:
    open_case(manager, reference).press("Authorise the assessment").press("Authorise")
    manager.says("Authorised")


def write_plan(worker: Visitor, reference: str, outcome: str, **more: str) -> None:
    open_case(worker, reference).press("Write the outcome plan")
    worker.fill(outcome=outcome, target_on=TARGET, rationale="What the visits showed.", **more)
    worker.press("Save plan")


def write_closure(person: Visitor, reference: str) -> None:
    open_case(person, reference).press("Write the closure")
    person.fill(
        reason="RC8 After assessment, no further action",
        involvement=["Neglect"],
        achieved="No need was found",
        views="The parents agree with what was found.",
        agencies_told=["School or nursery"],
        support_from="School or nursery",
        ticked=["The family was told in writing", "The agencies were told in writing"],
        family_told_on=SEEN,
        referrer_not_told="The referrer moved away.",
        ongoing_support="The school's family worker stays in touch.",
        advice="Ask first how bedtimes are going.",
    )
    person.press("Save closure")


def propose(worker: Visitor, reference: str) -> None:
    open_case(worker, reference).press("Propose the outcome plan")
    worker.press("Propose to the District Manager")


def agree(district: Visitor, reference: str) -> None:
    """Open the one page that says it all, from the desk, and agree."""
    district.go("/agreements").press(reference).press("Agree")
    district.says("The proposal is agreed")


def close(manager: Visitor, reference: str) -> None:
    open_case(manager, reference).press("Check the gate and close").press("Close the case")
    manager.says("Closed")


def term(person: Visitor, name: str, lot: str = "North") -> int:
    """What the scope ledger says of a lot since its start."""
    table = person.go("/scope").page.get_by_role("region", name="Statement by lot")
    heads = table.locator("thead th").all_inner_texts()
    row = table.locator("tr", has=person.page.get_by_role("rowheader", name=name))
    return int(row.locator("th, td").nth(heads.index(lot)).inner_text().split()[0])
