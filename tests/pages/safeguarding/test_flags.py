"""Safeguarding flags: raised on any reference, acknowledged, resolved."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import SQLAlchemyError

from app.access.models import Deputy, User, UserLot
from app.cases.register.models import Case
from app.contract import queries as contract
from app.contract import service as contracts
from app.contract.models import Lot
from app.kernel.acts import Act
from app.safeguarding.flags import queries, service
from app.safeguarding.flags.models import Flag, FlagAlert, FlagCall
from app.safeguarding.flags.queries import FlagCounts
from app.safeguarding.flags.rules import Call, Called, CallOutcome, Concern
from app.work.models import OutboxMessage, TrailEntry
from tests.browse import readable
from tests.makers import a_case, an_allocated_case
from tests.makers_agreements import a_closed_case, a_flag
from tests.world import MovingClock, World


def reference_of(world: World, case_id: int) -> str:
    return world.row(Case, case_id).reference


def raise_one(browser, reference: str, status: int = 303, **others: str):
    sent = {"reference": reference, "concern": "neglect", "note": "Seen on Thursday"} | others
    return browser.post("/flags/new", status, **sent)


def test_a_flag_puts_its_case_first_and_alerts_the_managers_of_the_lot(
    world: World, browse
) -> None:
    case_id = an_allocated_case(world)
    reference = reference_of(world, case_id)
    assert f'value="{reference}"' in browse("priya").get(f"/flags/new?reference={reference}")
    answer = raise_one(browse("priya"), reference)
    assert answer.headers["location"] == "/flags/raised"
    case = world.row(Case, case_id)
    assert (case.open_flags, case.priority.value, case.state.value) == (1, "urgent", "allocated")
    flag = world.rows(Flag)[0]
    assert (flag.case_id, flag.lot_id, flag.raised_by) == (
        case_id,
        world.lot("North"),
        world.user("priya"),
    )
    told = {message.to_user_id for message in world.rows(OutboxMessage)}
    assert told == {world.user("dina"), world.user("tess"), world.user("tom")}
    assert all(reference not in message.subject for message in world.rows(OutboxMessage))
    assert {e.subject for e in world.rows(TrailEntry, act="flag.raise")} >= {
        "cases",
        "safeguarding_flags",
    }


@pytest.mark.parametrize("who", ["priya", "tess", "dina", "hana", "paula", "sam"])
def test_the_answer_never_tells_whether_the_case_exists(world: World, browse, who: str) -> None:
    known = reference_of(world, a_case(world, "South"))
    browser = browse(who)
    answers = [raise_one(browser, reference) for reference in (known, "not-a-case", known.upper())]
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert len({answer.headers.get("set-cookie") for answer in answers}) == 1
    assert known not in browser.get("/flags/raised")
    assert len(world.rows(Flag)) == 3


def test_a_flag_on_another_lots_case_arrives_with_that_lot(world: World, browse) -> None:
    case_id = a_case(world, "South")
    raise_one(browse("priya"), reference_of(world, case_id))
    flag = world.rows(Flag)[0]
    assert (flag.lot_id, flag.case_id) == (world.lot("South"), case_id)
    assert world.row(Case, case_id).open_flags == 1
    told = {message.to_user_id for message in world.rows(OutboxMessage)}
    assert told == {world.user("omar"), world.user("tara")}


def test_a_flag_on_another_workers_case_arrives(world: World, browse) -> None:
    case_id = an_allocated_case(world, to="pete")
    raise_one(browse("priya"), reference_of(world, case_id))
    assert world.rows(Flag)[0].case_id == case_id


def test_a_flag_does_not_reach_into_another_contract(world: World, browse) -> None:
    case_id = a_case(world, "Moor")
    raise_one(browse("priya"), reference_of(world, case_id))
    flag = world.rows(Flag)[0]
    assert (flag.case_id, flag.lot_id) == (None, world.lot("North"))
    assert world.row(Case, case_id).open_flags == 0


def test_a_flag_on_an_ended_case_arrives_too(world: World, browse) -> None:
    case_id = a_closed_case(world)
    raise_one(browse("priya"), reference_of(world, case_id))
    assert world.rows(Flag)[0].case_id == case_id
    assert world.row(Case, case_id).state.value == "closed"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"reference": " "}, "Enter the case reference."),
        ({"reference": "9" * 41}, "Case reference must be 40 characters or fewer."),
        ({"concern": "boredom"}, "from the list."),
        ({"note": "x" * 20_001}, "Note must be 500 characters or fewer. It has 20,001."),
    ],
)
def test_a_wrong_flag_is_shown_again_with_what_was_typed(
    world: World, browse, wrong: dict[str, str], sentence: str
) -> None:
    sent = {"reference": "12345", "concern": "neglect", "note": "Keep me"} | wrong
    page = browse("priya").post("/flags/new", 422, **sent).text
    assert sentence in readable(page)
    assert "Keep me" in page or "note" in wrong
    assert world.rows(Flag) == []


@pytest.mark.parametrize("who", ["carl", "alan", "ada"])
def test_those_without_casework_raise_no_flag(world: World, browse, who: str) -> None:
    browse(who).get("/flags/new", 403)
    raise_one(browse(who), "12345", 403)
    assert world.rows(Flag) == []


def test_a_double_press_raises_one_flag(world: World, browse) -> None:
    reference = reference_of(world, a_case(world))
    priya = browse("priya")
    for _ in range(2):
        assert raise_one(priya, reference, _key="once").headers["location"] == "/flags/raised"
    assert len(world.rows(Flag)) == 1


def test_the_list_shows_what_waits_what_is_open_and_what_is_on_no_case(
    world: World, browse, clock: MovingClock
) -> None:
    case_id = a_case(world)
    reference = reference_of(world, case_id)
    assert "No case has an open flag" in browse("dina").get("/flags")
    a_flag(world, reference, note="Bruises")
    a_flag(world, "no-such-case")
    clock.move(hours=3, minutes=50)
    page = browse("dina").get("/flags")
    assert "Bruises" in page
    assert '<td class="number">3</td>' in page
    assert "Open flags whose reference is not known" in page
    with world.acting("dina") as uow:
        assert queries.open_flags(uow) == FlagCounts(unacknowledged=2, open=2, unmatched=1)
    assert "no-such-case" not in browse("omar").get("/flags")


def test_team_managers_see_flags_but_do_not_deal_with_them(world: World, browse) -> None:
    flag_id = a_flag(world, reference_of(world, a_case(world)))
    assert "Acknowledge" not in browse("tess").get("/flags").replace("Acknowledged", "")
    browse("tess").post(f"/flags/{flag_id}/acknowledge", 403)
    browse("priya").get("/flags", 403)


@pytest.mark.parametrize("who", ["dina", "hana"])
def test_the_council_acknowledges_and_resolves(
    world: World, browse, clock: MovingClock, who: str
) -> None:
    case_id = a_case(world)
    flag_id = a_flag(world, reference_of(world, case_id))
    clock.move(hours=2)
    assert "is acknowledged" in browse(who).follow(f"/flags/{flag_id}/acknowledge")
    clock.move(hours=5)
    browser = browse(who)
    assert '<td class="number">2</td>' in browser.get("/flags")
    browser.get(f"/flags/{flag_id}/resolve")
    page = browser.follow(f"/flags/{flag_id}/resolve", resolution="Seen and safe")
    assert "Seen and safe" in page
    flag, case = world.row(Flag, flag_id), world.row(Case, case_id)
    assert (flag.acknowledged_by, flag.resolved_by) == (world.user(who), world.user(who))
    assert (case.open_flags, case.priority.value) == (0, "high")
    assert "Resolved by" in browser.get(f"/flags/{flag_id}/resolve")


def test_with_two_flags_the_case_stays_urgent_until_both_are_resolved(world: World, browse) -> None:
    case_id = a_case(world)
    flags = [a_flag(world, reference_of(world, case_id)) for _ in range(2)]
    dina = browse("dina")
    left = []
    for flag_id in flags:
        dina.post(f"/flags/{flag_id}/acknowledge")
        dina.post(f"/flags/{flag_id}/resolve", resolution="Safe")
        case = world.row(Case, case_id)
        left.append((case.open_flags, case.priority.value))
    assert left == [(1, "urgent"), (0, "high")]


def test_an_unmatched_flag_is_resolved_without_a_case(world: World, browse) -> None:
    flag_id = a_flag(world, "no-such-case")
    dina = browse("dina")
    dina.post(f"/flags/{flag_id}/acknowledge")
    dina.post(f"/flags/{flag_id}/resolve", resolution="Meant another child; flagged again")
    assert world.row(Flag, flag_id).resolved_at is not None


def test_a_flag_is_acknowledged_before_it_is_resolved_and_each_once(world: World, browse) -> None:
    flag_id = a_flag(world, reference_of(world, a_case(world)))
    dina = browse("dina")
    assert "Acknowledge the flag before" in dina.get(f"/flags/{flag_id}/resolve")
    answer = dina.post(f"/flags/{flag_id}/resolve", 409, resolution="Safe")
    assert "Acknowledge the flag before" in answer.text
    dina.post(f"/flags/{flag_id}/acknowledge")
    assert "already acknowledged" in dina.post(f"/flags/{flag_id}/acknowledge", 409).text
    page = dina.post(f"/flags/{flag_id}/resolve", 422, resolution=" ").text
    assert "Enter what became of it." in readable(page)
    dina.post(f"/flags/{flag_id}/resolve", resolution="Safe")
    assert "already resolved" in dina.post(f"/flags/{flag_id}/resolve", 409, resolution="No").text


def test_another_lots_manager_finds_no_such_flag(world: World, browse) -> None:
    flag_id = a_flag(world, reference_of(world, a_case(world)))
    omar = browse("omar")
    for missing in (flag_id, 999_999):
        omar.post(f"/flags/{missing}/acknowledge", 404)
        omar.get(f"/flags/{missing}/resolve", 404)
        omar.post(f"/flags/{missing}/resolve", 404, resolution="No")


def test_a_flag_of_a_case_is_listed_with_it(world: World) -> None:
    case_id = a_case(world)
    flag_id = a_flag(world, reference_of(world, case_id))
    with world.acting("tess") as uow:
        flags = queries.for_case(uow, case_id)
    assert [(flag.id, flag.raised_by, flag.is_open) for flag in flags] == [
        (flag_id, "Priya Nair", True)
    ]


def test_a_reference_matches_in_any_case_spacing_and_with_zeros_in_front(
    world: World, browse
) -> None:
    case_id = a_case(world, reference="NS1047")
    number = a_case(world, reference="00731")
    spaced = a_case(world, reference="Ns 22 8")
    for typed in ("ns 10 47", "NS1047", " nS1047 ", "731", "nS228"):
        raise_one(browse("priya"), typed)
    found = [flag.case_id for flag in world.rows(Flag)]
    assert found == [case_id, case_id, case_id, number, spaced]


def test_a_team_manager_puts_a_flag_on_its_case_later(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    flag_id = a_flag(world, "no-such-case")
    with world.acting("tess") as uow:
        service.log_call(uow, flag_id, Call(uow.now, Called.DISTRICT_MANAGER, CallOutcome.MESSAGE))
    tess, address = browse("tess"), f"/flags/{flag_id}/attach"
    tess.get(address)
    assert "None of your cases" in tess.post(address, 422, reference="also-wrong").text
    elsewhere = reference_of(world, a_case(world, "South"))
    assert "None of your cases" in tess.post(address, 422, reference=elsewhere).text
    page = readable(tess.follow(address, reference=f" {reference_of(world, case_id)} "))
    assert "found out" in page
    flag, case = world.row(Flag, flag_id), world.row(Case, case_id)
    assert (flag.case_id, flag.reference) == (case_id, "no-such-case")
    assert (flag.attached_by, case.open_flags) == (world.user("tess"), 1)
    assert world.rows(FlagCall)[0].case_id == case_id
    assert "on a case already" in tess.post(address, 409, reference="x").text
    browse("dina").post(address, 403, reference="x")


def test_a_flag_put_on_a_case_of_another_lot_arrives_with_that_lot(world: World, browse) -> None:
    case_id = a_case(world, "South")
    flag_id = a_flag(world, "no-such-case")
    with world.setting_up() as uow:
        south = {"lot_id": world.lot("South"), "contract_id": world.contract()}
        uow.add(UserLot(user_id=world.user("tess"), **south))
    before = len(world.rows(OutboxMessage))
    browse("tess").post(f"/flags/{flag_id}/attach", reference=reference_of(world, case_id))
    told = {message.to_user_id for message in world.rows(OutboxMessage)[before:]}
    assert {world.user("omar"), world.user("tara")} <= told
    with world.acting("omar") as uow:
        assert [flag.reference for flag in queries.list_open(uow)] == ["no-such-case"]


def test_a_call_is_logged_with_who_when_and_what_came_of_it(world: World, browse) -> None:
    flag_id = a_flag(world, reference_of(world, a_case(world)))
    dina, address = browse("dina"), f"/flags/{flag_id}/call"
    assert 'value="10:00"' in dina.get(address)
    sent = {"called": "police", "outcome": "acts", "on": "20/11/2026", "clock": "9:45"}
    page = readable(dina.follow(address, **sent))
    assert "Dina" in page
    assert "to Police: Spoke, and they act now" in page
    call = world.rows(FlagCall)[0]
    assert (call.at.hour, call.at.minute, call.by_user_id) == (9, 45, world.user("dina"))
    for wrong, sentence in (
        ({"clock": "10:01"}, "not come yet"),
        ({"clock": "25:00"}, "for example 14:30"),
        ({"on": "25/10/2026", "clock": "1:30"}, "comes twice"),
        ({"on": "29/03/2026", "clock": "1:30"}, "clocks go forward"),
        ({"on": "31/11/2026"}, "November 2026 has 30 days"),
    ):
        assert sentence in dina.post(address, 422, **sent | wrong).text
    assert len(world.rows(FlagCall)) == 1


def test_the_call_made_before_is_logged_with_the_flag(world: World, browse) -> None:
    reference = reference_of(world, a_case(world))
    lacking = raise_one(browse("priya"), reference, 422, called="duty_team").text
    assert "Say both whom you rang and what came of it" in lacking
    raise_one(browse("priya"), reference, called="duty_team", outcome="acts")
    call = world.rows(FlagCall)[0]
    assert (call.called.value, call.by_user_id) == ("duty_team", world.user("priya"))


def test_an_unacknowledged_flag_alerts_again_and_then_the_head_of_service(
    world: World, clock: MovingClock, browse
) -> None:
    flag_id = a_flag(world, reference_of(world, a_case(world)))
    sent = len(world.rows(OutboxMessage))
    assert service.alert_everywhere(world.database) == 0
    clock.move(hours=1)
    assert [service.alert_everywhere(world.database) for _ in range(2)] == [1, 0]
    again = world.rows(OutboxMessage)[sent:]
    assert world.user("dina") in {one.to_user_id for one in again}
    assert world.user("hana") not in {one.to_user_id for one in again}
    assert all("not acknowledged" in one.subject for one in again)
    clock.move(hours=3)
    assert service.alert_everywhere(world.database) == 1
    assert world.user("hana") in {one.to_user_id for one in world.rows(OutboxMessage)}
    assert [one.number for one in world.rows(FlagAlert)] == [1, 3]
    dina = browse("dina")
    assert "Too long" in dina.get("/flags")
    assert "Too long" in dina.get(f"/flags/{flag_id}")
    dina.post(f"/flags/{flag_id}/acknowledge")
    clock.move(hours=9)
    assert service.alert_everywhere(world.database) == 0


def test_a_deputy_is_alerted_with_the_district_manager(world: World, browse) -> None:
    with world.setting_up() as uow:
        uow.add(
            Deputy(
                lot_id=world.lot(),
                contract_id=world.contract(),
                user_id=world.user("omar"),
                away=True,
                starts_on=uow.today,
                ends_on=uow.today,
                named_at=uow.now,
            )
        )
    raise_one(browse("priya"), reference_of(world, a_case(world)))
    told = {message.to_user_id for message in world.rows(OutboxMessage)}
    assert {world.user("dina"), world.user("omar")} <= told
    omar = browse("omar")
    assert "Flags not acknowledged 1" in readable(omar.get("/"))
    [flag] = world.rows(Flag)
    omar.post(f"/flags/{flag.id}/acknowledge")
    assert "Flags not acknowledged 0" in readable(omar.get("/"))


def test_whoever_comes_to_decide_is_told_of_a_flag_that_waits_and_once(
    world: World, browse
) -> None:
    a_flag(world, reference_of(world, a_case(world)))
    hana, address = browse("hana"), f"/deputies/lots/{world.lot()}"
    assert "Nobody else sees this lot" in hana.get(address)
    with world.setting_up() as uow:
        uow.add(
            UserLot(user_id=world.user("omar"), lot_id=world.lot(), contract_id=world.contract())
        )
    assert (
        "Choose a District Manager who sees"
        in hana.post(address, 422, user_id=str(world.user("tess")), _version="2").text
    )
    hana.get(address)
    hana.post(address, user_id=str(world.user("omar")), _version="2")
    browse("dina").post(address, 403, user_id=str(world.user("dina")), _version="3")
    assert told_by_looking(world) == {world.user("omar")}
    assert told_by_looking(world) == set()
    with world.acting("tess") as uow:
        assert [one.name for one in contract.deciders(uow, world.lot())] == ["Omar Field"]


def test_a_deputy_is_told_of_a_flag_that_waits_when_the_cover_begins(
    world: World, clock: MovingClock
) -> None:
    with world.acting("dina") as uow:
        tomorrow = uow.today + timedelta(days=1)
        contracts.name_deputy(uow, world.lot(), world.user("omar"), tomorrow, tomorrow, away=True)
    clock.move(hours=13, minutes=40)
    a_flag(world, reference_of(world, a_case(world)))
    # Word of his own lot's flag is no word of this one.
    a_flag(world, reference_of(world, a_case(world, "South")), "tara")
    assert told_by_looking(world) == set()
    clock.move(minutes=25)
    assert told_by_looking(world) == {world.user("omar")}
    assert world.rows(OutboxMessage)[-1].subject.endswith("not acknowledged yet in North")


def told_by_looking(world: World) -> set[int]:
    """Who got word of flags when the server looked, while all mail before has gone."""
    with world.setting_up() as uow:
        for one in world.rows(OutboxMessage):
            sent = uow.get(OutboxMessage, one.id)
            sent.path, sent.sent_at = "", uow.now
    service.alert_everywhere(world.database)
    new = [one for one in world.rows(OutboxMessage) if one.path == "/flags"]
    assert all(one.urgent for one in new)
    return {one.to_user_id for one in new}


def test_flags_are_reported_by_week_and_small_numbers_hidden_from_the_commissioner(
    world: World, browse
) -> None:
    for _ in range(2):
        a_flag(world, reference_of(world, a_case(world)))
    page = readable(browse("tess").get("/flags/weeks"))
    assert "2 flags in 13 weeks" in page
    assert "North 2 0 0 2" in page
    page = readable(browse("carl").get("/flags/weeks"))
    assert "North c c c c" in page
    assert "20 Nov 2026 0 c 0" in page
    assert "flags in 13 weeks" not in page
    browse("priya").get("/flags/weeks", 403)


def test_the_key_on_a_case_page_takes_its_reference_along(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    page = browse("priya").get(f"/cases/{case_id}")
    header = page.split("</header>")[0]
    assert f"/flags/new?reference={reference_of(world, case_id)}" in header
    assert 'data-shortcut="f"' in header
    assert "/flags/new?reference" not in browse("priya").get("/").split("</header>")[0]


def test_a_flag_is_never_held_up_by_what_its_note_gives_away(world: World, browse) -> None:
    raise_one(browse("priya"), reference_of(world, a_case(world)), note="Mrs Example rang")
    assert len(world.rows(Flag)) == 1
    assert world.rows(TrailEntry, act="flag.raise", subject="free_text")


class Thrice:
    """A stop that lets the keeper look three times, the third time at nothing."""

    def __init__(self) -> None:
        self.left = 3

    def wait(self, _seconds: float) -> bool:
        self.left -= 1
        return self.left < 0


def test_the_keeper_looks_again_and_again_and_tells_each_alert_once(
    world: World, clock: MovingClock
) -> None:
    a_flag(world, reference_of(world, a_case(world)))
    clock.move(hours=2)
    service.keep_alerting(world.database, Thrice())
    assert [one.number for one in world.rows(FlagAlert)] == [2]


def test_a_lot_that_names_no_district_manager_tells_those_who_see_it(world: World) -> None:
    case_id = a_case(world)
    with world.setting_up() as uow:
        uow.get(Lot, world.lot()).district_manager_id = None
    a_flag(world, reference_of(world, case_id))
    told = {message.to_user_id for message in world.rows(OutboxMessage)}
    assert world.user("dina") in told


def test_a_district_manager_whose_last_day_has_passed_is_nobody_to_rely_on(world: World) -> None:
    case_id = a_case(world)
    with world.setting_up() as uow:
        gone, stays = uow.get(User, world.user("omar")), uow.get(User, world.user("dina"))
        gone.active_until = uow.today - timedelta(days=1)
        stays.active_until = uow.today
        uow.get(Lot, world.lot()).district_manager_id = gone.id
    a_flag(world, reference_of(world, case_id))
    told = {message.to_user_id for message in world.rows(OutboxMessage)}
    assert world.user("dina") in told
    assert world.user("omar") not in told


def test_what_a_flag_says_is_in_no_log_when_keeping_it_fails(world: World) -> None:
    reference = reference_of(world, a_case(world))
    with world.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE safeguarding_flags RENAME TO elsewhere")
    with pytest.raises(SQLAlchemyError) as failed:
        a_flag(world, reference, note="Bruises like a zebra")
    assert "zebra" not in str(failed.value)


def test_more_flags_than_are_listed_are_counted_all_the_same(world: World, browse) -> None:
    flag = {"lot_id": world.lot("North"), "reference": "C77", "concern": Concern.NEGLECT}
    rows = [flag | {"raised_at": world.clock.now, "version": 1} for _ in range(201)]
    with world.acting("tess") as uow, uow.command(Act.FLAG_RAISE):
        uow.load(Flag, rows)
    assert "Flags not acknowledged 201 Act now 201 open" in readable(browse("dina").get("/"))
    page = readable(browse("dina").get("/flags"))
    assert "The 200 to deal with first are listed; the others follow" in page
