"""Acts of outcome plans: writing the next version."""

from app.cases.register import service as register
from app.cases.register.models import Case
from app.cases.states import Standing
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.errors import Change, Conflict
from app.plans import queries, rules
from app.plans.models import OutcomePlan
from app.plans.rules import Draft
from app.work.uow import UnitOfWork


def write(uow: UnitOfWork, case_id: int, draft: Draft, began_from: int) -> int:
    """Write the next version of a case's plan and return the number of the plan then in force.

    `began_from` is the number of the plan in force when the form was opened, 0 where there was
    none; Conflict, with theirs and what both began from, if there is a newer one. New words
    overtake a proposal that is out or agreed: the case goes back to where it was proposed from.
    The same words change nothing and make no version.
    """
    with uow.command(Act.PLAN_WRITE):
        return put(uow, register.find(uow, case_id), draft, began_from)


def put(uow: UnitOfWork, case: Case, draft: Draft, began_from: int) -> int:
    """Write the next version within a command that is running; returns as `write` does."""
    must_hold_or_manage(uow, case)
    rules.check_standing(Standing(case.state, case.proposed_from), draft.outcome)
    case_id = register.case_id_of(case)
    teams = {team.id: team.name for team in contract.list_teams(uow, case.lot_id) if team.id}
    said = rules.entries(draft, teams.get(draft.receiving_team_id or 0))
    number = _next_number(uow, case_id, began_from, said)
    rules.check_draft(draft, today=uow.today, lot_team_ids=teams.keys())
    in_force = queries.latest(uow, case_id)
    if in_force is not None and in_force.draft == draft:
        return in_force.number
    if rules.voids(case.state):
        register.step(uow, case, Act.PLAN_WRITE)
    uow.add(
        OutcomePlan(
            case_id=case_id,
            lot_id=case.lot_id,
            number=number,
            episode=queries.episode_of(uow, case_id),
            **vars(draft),
            written_by=uow.actor.user_id,
            written_at=uow.now,
            text_hash=rules.hash_of(rules.wording(said)),
        )
    )
    register.set_facts(uow, case, planned=draft.outcome.route.value)
    return number


def must_hold_or_manage(uow: UnitOfWork, case: Case) -> None:
    """Refuse a practitioner who does not hold the case; a manager of its lot may act for them."""
    if uow.actor.own_cases_only:
        register.must_hold(uow, case)


def _next_number(uow: UnitOfWork, case_id: int, began_from: int, mine: dict[str, str]) -> int:
    written = queries.versions(uow, case_id)
    in_force = queries.latest(uow, case_id)
    if in_force is not None and in_force.number != began_from:
        base = next((plan.entries for plan in written if plan.number == began_from), None)
        theirs = Change(in_force.written_by, in_force.entries)
        raise Conflict(theirs, base, mine)
    return written[0].number + 1 if written else 1
