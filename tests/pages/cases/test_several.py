"""Several cases given out in one go: chosen in the queue, or the caseload of one who goes."""

import re
from html import escape
from typing import Any

import pytest

from app.cases.allocation import service as allocation
from app.cases.allocation.models import AllocationOverride
from app.cases.register.models import Allocation, Case
from app.cases.register.recount import recount
from app.cases.register.rules import ChangeReason
from app.cases.runs import service as runs
from app.cases.runs.models import AllocationRun, AllocationRunRow
from app.cases.runs.rules import MOST, RunKind
from app.cases.runs.service import Wanted
from app.kernel.errors import Refused
from app.people.models import Practitioner, PractitionerLot
from app.work.models import OutboxMessage
from tests.browse import Browse, readable
from tests.makers import KNOWN, a_case, an_allocated_case, an_assessing_case
from tests.makers_agreements import a_closed_case
from tests.questions import questions
from tests.world import World

WELL = {"override": "continuity"}


def chosen(*case_ids: int) -> str:
    return "/allocate?" + "&".join(f"case={case_id}" for case_id in case_ids)


def results(world: World) -> list[tuple[int, str]]:
    rows = sorted(world.rows(AllocationRunRow), key=lambda row: row.id)
    return [(row.case_id, row.result.value) for row in rows]


def ticked(page: str) -> list[int]:
    return [int(one) for one in re.findall(r'name="case" id="[^"]*" value="(\d+)" checked', page)]


# Chosen cases


def test_a_team_manager_gives_several_cases_to_one_worker(world: World, browse) -> None:
    first, second = a_case(world), a_case(world)
    tess: Browse = browse("tess")
    page = tess.get(chosen(first, second))
    assert ticked(page) == [first, second]
    assert "0 → 2 of 18" in readable(page)
    answer = tess.post(
        "/allocate",
        case=[str(first), str(second)],
        practitioner_id=str(world.practitioner("priya")),
    )
    result = readable(tess.get(answer.headers["location"]))
    assert "Allocated 2 of 2" in result
    assert results(world) == [(first, "done"), (second, "done")]
    held = {world.row(Case, one).practitioner_id for one in (first, second)}
    assert held == {world.practitioner("priya")}
    told = world.rows(OutboxMessage)
    assert [(one.to_user_id, one.subject) for one in told] == [
        (world.user("priya"), "You have been given 2 cases")
    ]
    with world.acting("paula") as uow:
        assert recount(uow).ok


def test_siblings_come_along_until_they_are_unticked(world: World, browse) -> None:
    one = a_case(world, family_key="F1")
    sibling, held = a_case(world, family_key="F1"), an_allocated_case(world, family_key="F1")
    other = a_case(world, family_key="F2")
    tess: Browse = browse("tess")
    page = tess.get(chosen(one))
    assert ticked(page) == [one, sibling]
    assert "added so that the family stays together" in page
    assert "Works with a sibling" in page
    tess.post("/allocate", case=str(one), practitioner_id=str(world.practitioner("priya")))
    assert world.row(Case, sibling).practitioner_id is None
    assert world.row(Case, other).practitioner_id is None
    assert world.row(Case, held).practitioner_id == world.practitioner("priya")


def test_a_family_that_is_chosen_whole_asks_no_more_than_cases_without_one(
    world: World, browse
) -> None:
    cases = [a_case(world) for _ in range(2)]
    family = [a_case(world, family_key="F1") for _ in range(2)]
    tess = browse("tess")
    tess.get(chosen(*cases))
    with questions(world) as of_cases:
        tess.get(chosen(*cases))
    with questions(world) as of_family:
        assert ticked(tess.get(chosen(*family))) == family
    assert len(of_family) == len(of_cases)


def test_who_works_with_a_sibling_that_was_chosen_and_left_out_is_told(
    world: World, browse
) -> None:
    waits = a_case(world, family_key="F1")
    held = an_allocated_case(world, "priya", family_key="F1")
    page = readable(browse("tess").get(chosen(waits, held)))
    assert "change its worker instead" in page
    assert "Works with a sibling" in page


def test_what_cannot_be_allocated_together_is_left_out_with_why(world: World, browse) -> None:
    here, there = a_case(world), a_case(world, "South", received_on=world.clock.now.date())
    held, ended = an_allocated_case(world), a_closed_case(world)
    page = readable(browse("paula").get(chosen(here, there, held, ended)))
    assert "It is of South: allocate it with others of that lot." in page
    assert "Held by Priya Nair: change its worker instead." in page
    assert "1 more. Ended, or not yours to see." in page
    assert "Allocate 1 case" in page
    none = browse("tess").get("/allocate?case=x&case=0&case=99999999999")
    assert "Allocate cases No case is chosen" in readable(none)


def test_too_many_cases_at_once_are_said(world: World, browse) -> None:
    page = browse("tess").get(chosen(*range(1, MOST + 2)))
    assert f"At most {MOST} are allocated at once" in readable(page)


@pytest.mark.parametrize(
    ("who", "status"), [("priya", 403), ("dina", 403), ("tara", 404), ("eve", 404)]
)
def test_others_cannot_allocate_several(world: World, browse, who: str, status: int) -> None:
    case_id = a_case(world)
    priya = str(world.practitioner("priya"))
    browse(who).post("/allocate", status, case=str(case_id), practitioner_id=priya)
    assert world.rows(AllocationRun) == []


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"case": ""}, "Enter the cases."),
        ({"practitioner_id": ""}, "Choose the practitioner."),
        ({"practitioner_id": "4711"}, "Choose someone who works in this lot."),
        ({"override": "other"}, "Say in a few words what the other reason is."),
    ],
)
def test_wrong_answers_are_shown_again_with_the_cases_as_ticked(
    world: World, browse, answers: dict[str, str], sentence: str
) -> None:
    case_id, other = a_case(world, family_key="F1"), a_case(world, family_key="F1")
    sent: dict[str, Any] = {
        "case": str(case_id),
        "practitioner_id": str(world.practitioner("priya")),
    }
    answer = browse("tess").post("/allocate", 422, **sent | answers)
    assert sentence in readable(answer.text)
    assert other not in ticked(answer.text)
    assert world.rows(AllocationRun) == []


def test_a_case_that_somebody_else_took_meanwhile_is_refused_and_the_rest_goes_on(
    world: World, browse
) -> None:
    first, taken, last = a_case(world), an_allocated_case(world, "pete"), a_case(world)
    answer = browse("tess").post(
        "/allocate",
        case=[str(first), str(taken), str(last)],
        practitioner_id=str(world.practitioner("priya")),
    )
    assert results(world) == [(first, "done"), (taken, "refused"), (last, "done")]
    page = readable(browse("tess").get(answer.headers["location"]))
    assert "Cases allocated Asked for by Tess Oyelaran" in page
    assert "Allocated 2 of 3" in page
    assert "Choose again" not in page, "nobody is looked for any more"
    assert "Refused 1" in page
    assert "Refused “Allocate a case to a practitioner” needs the state unallocated" in page
    assert world.row(Case, taken).practitioner_id == world.practitioner("pete")


def test_siblings_given_out_together_all_go_or_none_of_them(world: World, browse) -> None:
    other = a_case(world)
    family = [a_case(world, family_key="F1") for _ in range(5)]
    answer = browse("tess").post(
        "/allocate",
        case=[str(one) for one in (*family, other)],
        practitioner_id=str(world.practitioner("priya")),
        **WELL,
    )
    assert dict(results(world)) == dict.fromkeys((*family, other), "done")
    answer = browse("tess").post(
        "/allocate",
        case=[str(a_case(world, family_key="F2")) for _ in range(6)] + [str(a_case(world))],
        practitioner_id=str(world.practitioner("pete")),
    )
    assert [result for _, result in results(world)][6:] == ["refused"] * 6 + ["done"]
    page = readable(browse("tess").get(answer.headers["location"]))
    assert page.count("The family stays together, and one of it was refused:") == 5
    with world.acting("paula") as uow:
        assert recount(uow).ok


def test_a_second_press_leads_to_the_same_result(world: World, browse) -> None:
    case_id = a_case(world)
    sent = {
        "case": str(case_id),
        "practitioner_id": str(world.practitioner("priya")),
        "_key": "one-form",
    }
    tess: Browse = browse("tess")
    first, second = tess.post("/allocate", **sent), tess.post("/allocate", **sent)
    assert first.headers["location"] == second.headers["location"]
    assert len(world.rows(AllocationRun)) == 1


def test_a_run_that_broke_off_goes_on_where_it_was(world: World, browse) -> None:
    first, second = a_case(world), a_case(world)
    priya = world.practitioner("priya")
    with world.acting("tess") as uow:
        run_id = runs.begin(uow, Wanted(RunKind.CHOSEN, [(first, priya), (second, priya)]))
    tess: Browse = browse("tess")
    assert "Not tried yet 2" in readable(tess.get(f"/allocations/{run_id}"))
    assert "Allocated 2 of 2" in readable(tess.follow(f"/allocations/{run_id}/go-on"))
    with world.acting("tess") as uow, pytest.raises(Refused):
        runs.go_on(uow, run_id)


# Limits


def test_limits_are_shown_and_passed_only_for_a_reason_that_is_reported(
    world: World, browse
) -> None:
    cases = [a_case(world) for _ in range(6)]
    priya = str(world.practitioner("priya"))
    tess: Browse = browse("tess")
    tess.post("/allocate", case=[str(one) for one in cases[:5]], practitioner_id=priya)
    address = f"/cases/{cases[5]}/allocate"
    assert "Passed New cases this week" in readable(tess.get(address))
    answer = tess.post(address, 422, practitioner_id=priya)
    assert "would have 6 new cases this week, and 5 are the limit" in readable(answer.text)
    answer = tess.post(address, 422, practitioner_id=priya, override="other")
    assert "Say in a few words" in readable(answer.text)
    tess.post(address, practitioner_id=priya, override="other", note="Speaks their language")
    kept = world.rows(AllocationOverride)
    assert [(one.limits, one.reason.value, one.case_id) for one in kept] == [
        ("new_cases", "other", cases[5])
    ]
    report = readable(tess.get("/allocations/overrides"))
    assert "Tess Oyelaran Other 1" in report
    assert "Priya Nair New cases this week Other Speaks their language 20 Nov 2026" in report


def test_nobody_passed_a_limit_yet(world: World, browse) -> None:
    assert "No limit was passed" in browse("tess").get("/allocations/overrides")
    browse("dina").get("/allocations/overrides", 403)


def test_each_case_of_several_counts_for_the_limits_of_the_next(world: World, browse) -> None:
    cases = [a_case(world) for _ in range(7)]
    answer = browse("tess").post(
        "/allocate",
        case=[str(one) for one in cases],
        practitioner_id=str(world.practitioner("priya")),
    )
    assert [result for _, result in results(world)] == ["done"] * 5 + ["refused"] * 2
    page = browse("tess").get(answer.headers["location"])
    assert f'href="{escape(chosen(*cases[5:]))}"' in page, "what was refused is chosen again"


# A caseload


def moving(world: World, page: str) -> list[str]:
    """What the form proposes."""
    return re.findall(r'<option value="(\d+:\d+)" selected', page)


def test_a_leavers_caseload_moves_with_two_failures_told_row_by_row(world: World, browse) -> None:
    cases = [an_assessing_case(world, seen=False) for _ in range(22)]
    cases += [an_assessing_case(world, family_key="F1", seen=False) for _ in range(2)]
    priya, pete = world.practitioner("priya"), world.practitioner("pete")
    tess: Browse = browse("tess")
    address = f"/practitioners/{priya}/caseload"
    page = tess.get(address)
    proposed = moving(world, page)
    assert sorted(proposed) == sorted(f"{one}:{pete}" for one in cases)
    # Planted: one case ends in other hands, one receiver is of another lot.
    with world.acting("tess") as uow:
        allocation.reallocate(uow, cases[3], pete, ChangeReason.ABSENCE, override=KNOWN)
    proposed[proposed.index(f"{cases[7]}:{pete}")] = f"{cases[7]}:{world.practitioner('sam')}"
    sent = {"kind": "leaver", "away_from": "27/11/2026", "give": proposed, **WELL}
    result = readable(tess.follow(address, **sent))
    assert "Moved 22 of 24" in result
    assert "Refused 2" in result
    assert "Somebody else has moved this case meanwhile." in result
    assert "Choose someone who works in this lot." in result
    outcome = dict(results(world))
    assert [one for one in cases if outcome[one] == "refused"] == [cases[3], cases[7]]
    assert world.row(Case, cases[7]).practitioner_id == priya
    assert {world.row(Case, one).practitioner_id for one in cases[8:]} == {pete}
    reasons = {one.reason.value for one in world.rows(Allocation, practitioner_id=pete)}
    assert reasons == {"LEFTRL", "ABSENC"}
    told = [(one.to_user_id, one.subject) for one in world.rows(OutboxMessage)]
    assert told == [(world.user("pete"), "You have been given 22 cases")]
    assert world.row(AllocationRun, 1).away_from.isoformat() == "2026-11-27"
    left = moving(world, tess.get(address))
    assert left == [f"{cases[7]}:{pete}"]
    with world.acting("paula") as uow:
        assert recount(uow).ok


def test_a_co_worker_who_goes_leaves_the_case_with_its_practitioner(world: World, browse) -> None:
    priya, pete = world.practitioner("priya"), world.practitioner("pete")
    case_id = a_case(world)
    tess: Browse = browse("tess")
    tess.post(f"/cases/{case_id}/allocate", practitioner_id=str(priya), co_worker_id=str(pete))
    address = f"/practitioners/{pete}/caseload"
    page = tess.get(address)
    assert "as co-worker of Priya Nair" in page
    assert moving(world, page) == [f"{case_id}:0"]
    sent = {"kind": "absence", "away_from": "20/11/2026", "give": f"{case_id}:0"}
    assert "Moved 1 of 1" in readable(tess.follow(address, **sent))
    case = world.row(Case, case_id)
    assert (case.practitioner_id, case.co_worker_id) == (priya, None)
    assert "Nothing to pass on" in tess.get(address)


def test_whoever_helped_takes_the_case_over(world: World, browse) -> None:
    priya, pete = world.practitioner("priya"), world.practitioner("pete")
    case_id = a_case(world)
    tess: Browse = browse("tess")
    tess.post(f"/cases/{case_id}/allocate", practitioner_id=str(priya), co_worker_id=str(pete))
    tess.post(
        f"/practitioners/{priya}/caseload",
        kind="leaver",
        away_from="20/11/2026",
        give=f"{case_id}:{pete}",
    )
    case = world.row(Case, case_id)
    assert (case.practitioner_id, case.co_worker_id) == (pete, None)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"give": ""}, "Enter who takes which case."),
        ({"give": "1:2:3"}, "Choose one of the list."),
        ({"give": "0:1"}, "Choose one of the list."),
        ({"kind": "chosen_by_me"}, "from the list"),
        ({"away_from": ""}, "Enter the first day away."),
        ({"away_from": "02/01/1999"}, "That is before Priya Nair began on"),
    ],
)
def test_a_caseload_passed_on_wrongly_is_shown_again(
    world: World, browse, changed: dict[str, str], sentence: str
) -> None:
    case_id = an_allocated_case(world)
    priya, pete = world.practitioner("priya"), world.practitioner("pete")
    sent = {"kind": "leaver", "away_from": "20/11/2026", "give": f"{case_id}:{pete}"}
    answer = browse("tess").post(f"/practitioners/{priya}/caseload", 422, **sent | changed)
    assert sentence in readable(answer.text)
    assert world.row(Case, case_id).practitioner_id == priya


@pytest.mark.parametrize(
    ("who", "status"), [("priya", 403), ("dina", 403), ("tara", 404), ("eve", 404)]
)
def test_others_do_not_pass_on_a_caseload(world: World, browse, who: str, status: int) -> None:
    case_id, pete = an_allocated_case(world), world.practitioner("pete")
    address = f"/practitioners/{world.practitioner('priya')}/caseload"
    browse(who).get(address, status)
    sent = {"kind": "leaver", "away_from": "20/11/2026", "give": f"{case_id}:{pete}"}
    browse(who).post(address, status, **sent)
    assert world.rows(AllocationRun) == []


def test_a_run_of_another_lot_is_not_there(world: World, browse) -> None:
    case_id = a_case(world)
    priya = str(world.practitioner("priya"))
    answer = browse("tess").post("/allocate", case=str(case_id), practitioner_id=priya)
    browse("tara").get(answer.headers["location"], 404)
    browse("paula").get(answer.headers["location"])


def test_who_stays_is_proposed_before_who_leaves(world: World, browse) -> None:
    an_allocated_case(world)
    with world.setting_up() as uow:
        uow.get(Practitioner, world.practitioner("pete")).ends_on = world.clock.now.date()
    address = f"/practitioners/{world.practitioner('priya')}/caseload"
    assert moving(world, browse("tess").get(address))[0].endswith(f":{world.practitioner('pete')}")


def test_whose_caseload_was_passed_on_is_proposed_after_who_stays(world: World, browse) -> None:
    with world.setting_up() as uow:
        uow.add(PractitionerLot(practitioner_id=world.practitioner("sam"), lot_id=world.lot()))
    pete, sam = world.practitioner("pete"), world.practitioner("sam")
    case_id = an_allocated_case(world, "pete")
    an_allocated_case(world)
    tess: Browse = browse("tess")
    going = {"kind": "leaver", "away_from": "27/11/2026", "give": f"{case_id}:{sam}"}
    tess.post(f"/practitioners/{pete}/caseload", **going)
    page = tess.get(f"/practitioners/{world.practitioner('priya')}/caseload")
    assert moving(world, page)[0].endswith(f":{sam}")


# The third change, and what the desk asks


def test_a_third_change_of_worker_is_warned_about_and_counted(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    tess: Browse = browse("tess")
    for who in ("pete", "priya"):
        chosen_id = str(world.practitioner(who))
        tess.post(f"/cases/{case_id}/reallocate", practitioner_id=chosen_id, reason="MANAGE")
    page = readable(tess.get(f"/cases/{case_id}/reallocate"))
    assert "This child’s worker has changed 2 times. Another change would be number 3" in page
    assert "worker has changed 2 times" in readable(tess.get(f"/cases/{case_id}"))
    assert "number 3" in readable(
        tess.get(f"/practitioners/{world.practitioner('priya')}/caseload")
    )


def test_the_desk_asks_as_much_for_many_cases_as_for_one(world: World, browse) -> None:
    cases = [a_case(world, family_key=f"F{number}") for number in range(8)]
    tess: Browse = browse("tess")
    tess.get(chosen(cases[0]))
    with questions(world) as of_one:
        tess.get(chosen(cases[0]))
    with questions(world) as of_many:
        tess.get(chosen(*cases))
    assert len(of_many) == len(of_one) <= 13


def test_a_worker_s_load_counts_wherever_they_hold_cases(world: World, browse) -> None:
    with world.setting_up() as uow:
        uow.add(PractitionerLot(practitioner_id=world.practitioner("sam"), lot_id=world.lot()))
    an_allocated_case(world, "sam", "South")
    page = readable(browse("tess").get(chosen(a_case(world))))
    assert "1 → 2 of 18" in page
