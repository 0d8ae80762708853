"""Invoices: drafted from evidence, issued, answered line by line, credited and paid."""

import csv
import io
from datetime import UTC, date, datetime

from sqlmodel import select

from app.contract.models import Contract
from app.finance.evidence.models import BilledCase
from app.finance.invoices import service
from app.finance.invoices.models import Invoice, InvoiceLine, Payment
from app.finance.invoices.rules import InvoiceKind
from app.finance.milestones.models import Milestone
from app.finance.nightly.service import reckon_daily
from app.finance.prices.rules import PriceModel
from app.people.rules import Post
from app.work.models import OutboxMessage
from tests.browse import Browse, readable
from tests.makers import an_authorised_case
from tests.makers_agreements import an_agreed_case
from tests.makers_delivery import a_cleared_case
from tests.makers_invoicing import (
    a_milestone,
    a_price,
    a_signed_day,
    an_invoice,
    clear_again,
    december,
    reopen,
    rows_of_invoicing,
)
from tests.makers_service_levels import a_failure
from tests.questions import questions
from tests.world import World


def _draft(world: World, **changes: str) -> dict[str, str]:
    return {"lot_id": str(world.lot()), "month": "2026-11-01"} | changes


def test_a_draft_is_built_from_the_evidence_and_frozen_when_it_is_issued(
    world: World, browse
) -> None:
    a_price(world)
    a_price(world, PriceModel.DAY_RATE)
    a_price(world, PriceModel.SCREENED_OUT, 0)
    for day in (10, 17):
        a_cleared_case(world, on=date(2026, 11, day))
    a_cleared_case(world, "South", on=date(2026, 11, 17))
    a_cleared_case(world, on=date(2026, 12, 2))
    a_signed_day(world, date(2026, 11, 12))
    a_signed_day(world, date(2026, 11, 13), 222)
    december(world)
    paula = browse("paula")
    assert "No invoice" in paula.get("/money/invoices")
    paula.get("/money/invoices/draft")
    page = readable(paula.follow("/money/invoices/draft", **_draft(world)))
    assert "Case cleared: 2 cases at £1,200.00 Schedule 4, 2.1 £2,400.00 £480.00 £2,880.00" in page
    assert "Day rate, social worker: 11:06 hours at £361.42 a day" in page
    assert "£542.13 £108.43 £650.56" in page
    [invoice] = world.rows(Invoice)
    browse("hana").get(f"/money/invoices/{invoice.id}", 404)
    assert "No invoice" in browse("hana").get("/money/invoices")
    shown = readable(paula.follow(f"/money/invoices/{invoice.id}/issue", _version="1"))
    assert "Invoice NO-2026-04/1" in shown
    assert "£3,530.56, £588.43 of it tax" in shown
    paula.post(f"/money/invoices/{invoice.id}/drop", 409, _version="2")
    assert len(world.rows(BilledCase)) == 2
    assert [one.to_user_id for one in world.rows(OutboxMessage)] == [world.user("hana")]


def test_what_cannot_be_drafted_is_said_beside_the_field(world: World, browse) -> None:
    paula = browse("paula")
    assert "No month is over" in paula.get("/money/invoices/draft")
    answer = paula.post("/money/invoices/draft", 422, **_draft(world))
    assert "November 2026 is not over yet" in readable(answer.text)
    december(world)
    paula = browse("paula")
    answer = paula.post("/money/invoices/draft", 422, **_draft(world))
    assert "Nothing that is paid for happened" in readable(answer.text)
    answer = paula.post("/money/invoices/draft", 422, **_draft(world, month="2026-10-01"))
    assert "October 2026 is before the contract’s term" in readable(answer.text)
    invoice_id = an_invoice(world, issued=False)
    assert "issue it or drop it" in paula.post("/money/invoices/draft", 409, **_draft(world)).text
    paula.post(f"/money/invoices/{invoice_id}/issue", 409, _version="7")
    assert "dropped" in paula.follow(f"/money/invoices/{invoice_id}/drop", _version="1")
    assert world.rows(Invoice) == world.rows(InvoiceLine) == world.rows(BilledCase) == []
    paula.post("/money/invoices/draft", **_draft(world))
    [invoice] = world.rows(Invoice)
    paula.post(f"/money/invoices/{invoice.id}/issue", _version="1")
    answer = paula.post("/money/invoices/draft", 422, **_draft(world))
    assert "November 2026 is billed already" in readable(answer.text)


def test_evidence_that_changed_since_the_draft_is_not_issued(world: World, browse) -> None:
    invoice_id = an_invoice(world, issued=False)
    a_cleared_case(world, on=date(2026, 11, 20))
    paula = browse("paula")
    answer = paula.post(f"/money/invoices/{invoice_id}/issue", 409, _version="1")
    assert "The evidence has changed" in answer.text
    assert world.row(Invoice, invoice_id).issued_at is None
    assert len(world.rows(BilledCase)) == 2


def test_a_query_holds_up_its_line_alone_and_the_rest_is_paid(world: World, browse) -> None:
    milestone_id = a_milestone(world)
    december(world)
    paula, hana = browse("paula"), browse("hana")
    paula.post(
        f"/money/milestones/{milestone_id}/evidence", evidence="See the burn-down", _version="1"
    )
    certificate = {"achieved_on": "2026-11-20", "certificate": "Counted", "_version": "2"}
    hana.post(f"/money/milestones/{milestone_id}/certify", **certificate)
    invoice_id = an_invoice(world)
    lines = sorted(world.rows(InvoiceLine), key=lambda one: one.position)
    cases, paid_for = lines[0].id, lines[1].id
    hana.get(f"/money/invoices/lines/{cases}/query")
    answer = hana.post(f"/money/invoices/lines/{cases}/query", 422, reason=" ", _version="1")
    assert "What is queried" in readable(answer.text)
    asked = {"reason": "One of them was ours", "_version": "1"}
    page = readable(hana.follow(f"/money/invoices/lines/{cases}/query", **asked))
    assert "Queried: One of them was ours" in page
    # A query may name the case that it is about, so the commissioner reads none.
    assert "One of them was ours" not in browse("carl").get(f"/money/invoices/{invoice_id}")
    page = readable(hana.follow(f"/money/invoices/lines/{paid_for}/accept", _version="1"))
    assert "Accepted £24k £24,000.00; £0.00 rejected" in page
    assert "£2,880.00; the rest can be paid" in page
    answer = hana.post(
        f"/money/invoices/{invoice_id}/pay", 422, pence="24,000.01", paid_on="2026-12-04"
    )
    assert "£24,000.00 is accepted and not paid yet" in readable(answer.text)
    paid = {"pence": "24,000.00", "paid_on": "2026-12-04"}
    assert "£24,000.00 on 4 Dec 2026" in hana.follow(f"/money/invoices/{invoice_id}/pay", **paid)
    assert [one.pence for one in world.rows(Payment)] == [2_400_000]
    paula.get(f"/money/invoices/lines/{cases}/reply")
    replied = {"reply": "Right: take one off", "_version": "2"}
    page = readable(paula.follow(f"/money/invoices/lines/{cases}/reply", **replied))
    assert "Paula Marsh, 4 Dec 2026, 10:00: Right: take one off" in page
    hana.get(f"/money/invoices/lines/{cases}/settle")
    blank = hana.post(f"/money/invoices/lines/{cases}/settle", 422, _version="3")
    for sentence in ("Enter the amount accepted.", "Enter why this is settled so."):
        assert sentence in readable(blank.text)
    wrong = {"pence": "2,400.01", "settlement": "One", "_version": "3"}
    answer = hana.post(f"/money/invoices/lines/{cases}/settle", 422, **wrong)
    assert "between nought and £2,400.00" in readable(answer.text)
    half = {"pence": "1,200.00", "settlement": "One of two", "_version": "3"}
    page = readable(hana.follow(f"/money/invoices/lines/{cases}/settle", **half))
    assert "£25,440.00; £1,440.00 rejected" in page
    assert "£1,440.00 accepted and unpaid" in page


def test_a_case_that_comes_back_is_due_at_once_and_paid_back_once(world: World, browse) -> None:
    invoice_id = an_invoice(world)
    [first, _] = [one.case_id for one in world.rows(BilledCase)]
    reopen(world, first)
    paula, hana = browse("paula"), browse("hana")
    for one in (paula, hana, browse("carl")):
        page = readable(one.get("/money/invoices"))
        assert "North: 1 case of NO-2026-04/1, line 1: £1,440.00 with tax" in page
    page = readable(paula.follow(f"/money/invoices/credits/{world.lot()}"))
    assert "Credit note NO-2026-04/2" in page
    assert "1 case of NO-2026-04/1, line 1, came back" in page
    assert "−£1,440.00" in page
    hana.post(f"/money/invoices/credits/{world.lot()}", 409)
    assert "Credit due" not in paula.get("/money/invoices")
    paid_back = {one.case_id for one in world.rows(BilledCase) if one.credit_line_id}
    assert paid_back == {first}
    line = world.rows(InvoiceLine, invoice_id=invoice_id)[0]
    assert "Came back and was paid back" in hana.get(f"/money/invoices/lines/{line.id}")
    hana.post(f"/money/invoices/lines/{line.id}/query", reason="One came back", _version="1")
    less = {"pence": "1,199.99", "settlement": "One", "_version": "2"}
    answer = hana.post(f"/money/invoices/lines/{line.id}/settle", 422, **less)
    assert "£1,200.00 of it was credited already" in readable(answer.text)


def test_what_came_back_is_credited_in_the_night_by_itself(world: World, browse) -> None:
    an_invoice(world)
    reopen(world, world.rows(BilledCase)[0].case_id)
    assert reckon_daily(world.database)
    [note] = world.rows(Invoice, kind=InvoiceKind.CREDIT_NOTE)
    assert (note.number, note.issued_by, note.issued_at) == (2, None, world.clock.now)
    page = readable(browse("hana").get("/money/invoices"))
    assert "Credit note NO-2026-04/2" in page
    assert "Credit due" not in page
    world.clock.move(days=1)
    assert reckon_daily(world.database)
    assert len(world.rows(Invoice, kind=InvoiceKind.CREDIT_NOTE)) == 1


def test_a_service_credit_is_taken_off_by_its_clause_and_opens_the_month_that_failed(
    world: World, browse
) -> None:
    failure_id = a_month_with_a_credit(world)
    hana = browse("hana")
    page = issue(world, browse("paula"), "2026-12-01")
    assert "Schedule 14, 9.1 −£333.33 −£66.67 −£400.00" in page
    assert "Total £866.67 £173.33 £1,040.00" in page
    charge, credit = (one.id for one in world.rows(InvoiceLine))
    opens = f'href="/service-levels/failures/{failure_id}"'
    assert opens in hana.get(f"/money/invoices/lines/{credit}")
    assert "/service-levels/failures/" not in hana.get(f"/money/invoices/lines/{charge}")
    hana.post(f"/money/invoices/lines/{credit}/query", reason="How many?", _version="1")
    settle = f"/money/invoices/lines/{credit}/settle"
    assert "a deduction is accepted whole" in hana.get(settle)
    answer = hana.post(settle, 422, pence="0", settlement="Too few", _version="2")
    assert "A deduction is accepted whole: −£333.33." in readable(answer.text)


def test_a_credit_waived_after_it_was_taken_off_is_given_back_once_with_its_tax(
    world: World, browse
) -> None:
    failure_id = a_month_with_a_credit(world)
    issue(world, browse("paula"), "2026-12-01")
    waive = f"/service-levels/failures/{failure_id}/waive"
    browse("hana").post(waive, reason="The list came late")
    world.clock.now = datetime(2027, 2, 3, 10, 0, tzinfo=UTC)
    page = issue(world, browse("paula"), "2027-01-01")
    assert "Waived and given back: " in page
    assert "Schedule 14, 9.1 £333.33 £66.67 £400.00" in page
    line = browse("hana").get(f"/money/invoices/lines/{world.rows(InvoiceLine)[-1].id}")
    assert f'href="/service-levels/failures/{failure_id}"' in line
    world.clock.now = datetime(2027, 3, 3, 10, 0, tzinfo=UTC)
    browse("paula").post("/money/invoices/draft", 422, **_draft(world, month="2027-02-01"))
    assert [one.pence for one in world.rows(InvoiceLine)] == [120_000, -33_333, 33_333]


def a_month_with_a_credit(world: World) -> int:
    """A December to bill whose service level failed; returns the failure's id."""
    terms = {"credit_pence": 33_333, "cap_pence": 60_000, "clause": "Schedule 14, 9.1"}
    failure_id = a_failure(world, **terms)
    a_price(world)
    a_cleared_case(world, on=date(2026, 12, 10))
    return failure_id


def issue(world: World, agency: Browse, month: str) -> str:
    """Draft the invoice of a month and issue it; what its page then reads."""
    agency.post("/money/invoices/draft", **_draft(world, month=month))
    draft = world.rows(Invoice)[-1]
    return readable(agency.follow(f"/money/invoices/{draft.id}/issue", _version="1"))


def test_the_next_invoice_pays_back_by_itself_and_bills_the_case_again_when_it_is_cleared_again(
    world: World, browse
) -> None:
    an_invoice(world)
    [first, _] = [one.case_id for one in world.rows(BilledCase)]
    reopen(world, first)
    clear_again(world, first)
    world.clock.now = datetime(2027, 1, 5, 10, 0, tzinfo=UTC)
    paula = browse("paula")
    paula.post("/money/invoices/draft", **_draft(world, month="2026-12-01"))
    [draft] = [one for one in world.rows(Invoice) if one.number is None]
    page = readable(paula.follow(f"/money/invoices/{draft.id}/issue", _version="1"))
    assert "Case cleared: 1 case at £1,200.00" in page
    kinds = {one.number: one.kind.value for one in world.rows(Invoice)}
    assert kinds == {1: "invoice", 2: "credit_note", 3: "invoice"}
    again = [(one.case_id, one.turn, one.credit_line_id is None) for one in world.rows(BilledCase)]
    assert (first, 1, False) in again
    assert (first, 2, True) in again
    assert sum(one.pence for one in world.rows(InvoiceLine)) == 240_000


def test_an_assessment_is_paid_once_when_it_is_authorised_and_its_way_out_agreed(
    world: World, browse
) -> None:
    a_price(world, PriceModel.ASSESSMENT, 95_000)
    an_authorised_case(world)
    agreed = an_agreed_case(world)
    december(world)
    paula = browse("paula")
    page = readable(paula.follow("/money/invoices/draft", **_draft(world)))
    assert "Assessment authorised and agreed: 1 case at £950.00" in page
    assert [one.case_id for one in world.rows(BilledCase)] == [agreed]


def test_the_commissioner_sees_totals_of_lines_and_nothing_behind_them(
    world: World, browse
) -> None:
    invoice_id = an_invoice(world)
    carl = browse("carl")
    page = carl.get(f"/money/invoices/{invoice_id}")
    assert "£2,880.00" in page
    line = world.rows(InvoiceLine)[0]
    assert f"/money/invoices/lines/{line.id}" not in page
    for address in (f"lines/{line.id}", f"{invoice_id}/export.csv"):
        carl.get(f"/money/invoices/{address}", 403)
    for who in ("tess", "priya", "dina", "alan", "ada"):
        browse(who).get("/money/invoices", 403)
    browse("eve").get(f"/money/invoices/{invoice_id}", 404)
    hana = browse("hana")
    behind = readable(hana.get(f"/money/invoices/lines/{line.id}"))
    assert "2 cases" in behind
    for act in ("issue", "drop"):
        hana.post(f"/money/invoices/{invoice_id}/{act}", 403)
    for act in ("accept", "pay"):
        browse("paula").post(f"/money/invoices/{invoice_id}/{act}", 403)


def test_the_file_for_the_finance_system_has_a_row_for_each_line_with_its_codes(
    world: World, browse
) -> None:
    invoice_id = an_invoice(world)
    hana = browse("hana")
    hana.get(f"/money/prices/{world.lot()}/codes")
    codes = {"cost_centre": "CS-4410", "ledger_code": "=3120", "_version": "0"}
    hana.post(f"/money/prices/{world.lot()}/codes", **codes)
    file = hana.client.get(f"/money/invoices/{invoice_id}/export.csv").content.decode("utf-8-sig")
    head, row = list(csv.reader(io.StringIO(file)))
    assert head[:2] == ["Invoice", "Kind"]
    assert row[4:8] == ["North", "CS-4410", "'=3120", "1"]
    assert row[10:] == ["2400.00", "20.00", "480.00", "2880.00", "waiting", "0.00"]


def test_a_cap_lowers_charges_and_is_refused_below_what_was_charged(world: World, browse) -> None:
    hana = browse("hana")
    address = f"/money/invoices/cap/{world.contract()}"
    hana.get(address)
    cap = {"pence": "1,800.00", "clause": "Schedule 4, 8", "reason": "As signed", "_version": "0"}
    assert "Version 1" in hana.follow(address, **cap)
    hana.post(address, 409, **(cap | {"pence": "1,700.00"}))
    an_invoice(world)
    [line] = world.rows(InvoiceLine)
    assert (line.worth, line.pence, line.vat_pence) == (240_000, 180_000, 36_000)
    hana = browse("hana")
    lower = cap | {"pence": "1,799.99", "_version": "1"}
    assert "£1,800.00 was charged already" in readable(hana.post(address, 422, **lower).text)
    browse("paula").post(address, 403, **lower)


def test_a_lots_cap_is_refused_below_what_the_lot_was_charged(world: World, browse) -> None:
    an_invoice(world)
    address = f"/money/prices/{world.lot()}/new"
    cap = {"model": "lot_cap", "starts_on": "2026-12-04", "ends_on": "", "clause": "4.1"}
    page = browse("hana").post(address, 422, **cap, pence="2399.99")
    assert "£2,400.00 was charged already." in page.text
    browse("hana").post(address, **cap, pence="2400")


def test_hours_of_a_post_without_a_rate_are_told_on_the_invoice_and_in_the_list(
    world: World, browse
) -> None:
    for day in (9, 10):
        a_signed_day(world, date(2026, 11, day))
    invoice_id = an_invoice(world)
    a_price(world, PriceModel.DAY_RATE, band=Post.SENIOR_SOCIAL_WORKER)
    paula = browse("paula")
    told = "14:48 hours of the post social worker, 9 Nov 2026 to 10 Nov 2026"
    page = paula.get(f"/money/invoices/{invoice_id}")
    assert told in readable(page)
    assert "/money/invoices/not-billed" in page
    for who in ("paula", "hana", "carl"):
        page = readable(browse(who).get("/money/invoices/not-billed"))
        assert "North Social worker 14:48 hours 9 Nov 2026 10 Nov 2026" in page
    browse("tess").get("/money/invoices/not-billed", 403)
    a_price(world, PriceModel.TEAM_WEEK, 500_000)
    assert "Nothing is left out" in paula.get("/money/invoices/not-billed")
    assert told not in readable(paula.get(f"/money/invoices/{invoice_id}"))


def test_the_pages_of_invoices_ask_as_often_however_many_there_are(world: World, browse) -> None:
    invoice_id = an_invoice(world)
    hana = browse("hana")
    with questions(world) as few:
        hana.get("/money/invoices")
    for lot in ("South", "Mid"):
        rows_of_invoicing(world, lot)
    with questions(world) as more:
        hana.get("/money/invoices")
    with questions(world) as one:
        hana.get(f"/money/invoices/{invoice_id}")
    assert len(more) <= len(few) <= 15
    assert len(one) <= 15


def test_a_credit_note_is_set_off_and_not_by_more_than_it_gives(world: World, browse) -> None:
    an_invoice(world)
    reopen(world, world.rows(BilledCase)[0].case_id)
    hana = browse("hana")
    note = hana.post(f"/money/invoices/credits/{world.lot()}").headers["location"]
    too_much = {"pence": "1,440.01", "paid_on": "2026-12-04"}
    assert "£1,440.00 is accepted" in readable(hana.post(f"{note}/pay", 422, **too_much).text)
    page = readable(hana.follow(f"{note}/pay", pence="1,440.00", paid_on="2026-12-04"))
    assert "£1,440.00 paid back or set off on 4 Dec 2026" in page
    assert "Settled" in readable(hana.get("/money/invoices"))


def test_nothing_is_billed_after_the_contract_and_its_cap_holds_to_the_end(world: World) -> None:
    a_price(world, lot="Moor")
    until = date(2027, 3, 26)
    with world.setting_up() as uow:
        uow.get(Contract, world.contract("Eastmoor")).ends_on = until
    a_price(world, PriceModel.MONTH_CAP, 100_000, "Moor", ends_on=until)
    for day in (until, date(2027, 3, 29)):
        a_cleared_case(world, "Moor", on=day)
    world.clock.now = datetime(2027, 4, 6, 10, 0, tzinfo=UTC)
    with world.acting("eve") as uow:
        service.draft(uow, world.lot("Moor"), date(2027, 3, 1))
    [line] = world.rows(InvoiceLine)
    assert (line.quantity, line.worth, line.pence) == (1, 120_000, 100_000)


def test_what_comes_after_the_term_is_billed_by_the_prices_and_caps_of_its_last_month(
    world: World, browse
) -> None:
    term_ends = date(2027, 3, 26)
    with world.setting_up() as uow:
        uow.get(Contract, world.contract()).ends_on = term_ends
    for model, asked in (
        (PriceModel.CLEARED, {"pence": 120_000}),
        (PriceModel.LOT_CAP, {"pence": 150_000}),
        (PriceModel.RETENTION, {"pence": 0, "share": 500}),
    ):
        a_price(world, model, **asked)
    a_cleared_case(world, on=date(2027, 3, 10))
    world.clock.now = datetime(2027, 4, 6, 10, 0, tzinfo=UTC)
    issue(world, browse("paula"), "2027-03-01")
    a_cleared_case(world, on=date(2027, 3, 24))
    a_cleared_case(world, on=date(2027, 4, 1))
    a_milestone(world, pence=0, releases=True, due_on=date(2027, 3, 26))
    with world.setting_up() as uow:
        uow.session.exec(select(Milestone)).one().achieved_on = date(2027, 4, 20)
    world.clock.now = datetime(2027, 5, 5, 10, 0, tzinfo=UTC)
    paula = browse("paula")
    assert '<option value="2027-03-01" selected>' in paula.get("/money/invoices/draft")
    issue(world, paula, "2027-04-01")
    lines = [(one.quantity, one.pence) for one in world.rows(InvoiceLine)]
    # The second case comes to what the lot's cap leaves; what was held of both is paid out.
    assert lines == [(1, 120_000), (1, -6_000), (1, 30_000), (1, -1_500), (1, 7_500)]
    world.clock.now = datetime(2027, 6, 5, 10, 0, tzinfo=UTC)
    left = _draft(world, month="2027-05-01")
    nothing = browse("paula").post("/money/invoices/draft", 422, **left)
    assert "Nothing that is paid for happened" in readable(nothing.text)


def test_a_week_by_attendance_that_is_corrected_later_is_billed_by_what_that_changes(
    world: World,
) -> None:
    a_price(world, PriceModel.TEAM_WEEK, 100_000, full_minutes=888)
    a_signed_day(world, date(2026, 11, 12))
    december(world)
    for month, instant in ((11, datetime(2027, 1, 5, 10, 0, tzinfo=UTC)), (12, None)):
        with world.acting("paula") as uow:
            drafted = service.draft(uow, world.lot(), date(2026, month, 1))
        with world.acting("paula") as uow:
            service.issue(uow, drafted, version=1)
        if instant:
            world.clock.now = instant
            a_signed_day(world, date(2026, 11, 12), -222)
    [first, second] = sorted(world.rows(InvoiceLine), key=lambda one: one.invoice_id)
    assert (first.pence, second.pence) == (50_000, -25_000)
    assert second.title.startswith("Fixed weekly team price: 1 correction by attendance")


def test_a_retention_comes_back_with_its_tax_and_alone_is_nothing_to_set_off(
    world: World, browse
) -> None:
    a_price(world, PriceModel.RETENTION, 0, share=500)
    invoice_id = an_invoice(world)
    [charge, held] = sorted(world.rows(InvoiceLine), key=lambda one: one.position)
    assert (held.pence, held.vat_pence) == (-12_000, -2_400)
    hana = browse("hana")
    hana.post(f"/money/invoices/lines/{held.id}/accept", _version="1")
    early = {"pence": "1.00", "paid_on": "2026-12-04"}
    answer = hana.post(f"/money/invoices/{invoice_id}/pay", 422, **early)
    assert "£0.00 is accepted and not paid yet" in readable(answer.text)
    hana.post(f"/money/invoices/lines/{charge.id}/accept", _version="1")
    a_milestone(world, pence=0, releases=True, due_on=date(2026, 12, 31))
    with world.setting_up() as uow:
        [milestone] = uow.session.exec(select(Milestone))
        milestone.achieved_on = date(2026, 12, 30)
    world.clock.now = datetime(2027, 1, 5, 10, 0, tzinfo=UTC)
    with world.acting("paula") as uow:
        service.draft(uow, world.lot(), date(2026, 12, 1))
    [paid] = [one for one in world.rows(InvoiceLine) if one.invoice_id != invoice_id]
    assert (paid.pence, paid.vat_pence) == (12_000, 2_400)
