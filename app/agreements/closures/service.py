"""Acts of closures: writing one and, past the whole gate, closing the case."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from app.agreements.closures import queries, rules
from app.agreements.closures.models import Closure, ClosureTemplate
from app.agreements.closures.rules import Draft, Item, check_template, columns
from app.agreements.gates.rules import obstacles
from app.cases.register import service as register
from app.cases.register.ending import Gate, end
from app.cases.register.models import Case
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.days import show_date
from app.kernel.errors import Change, Conflict, Refused
from app.plans import queries as plans
from app.plans.rules import voids
from app.plans.service import must_hold_or_manage
from app.work.terms import next_number
from app.work.uow import UnitOfWork


def write(uow: UnitOfWork, case_id: int, draft: Draft, version: int) -> bool:
    """Write the closure of a case, or write it anew; whoever does so is its author.

    `version` is that of the closure the form was opened with, 0 where there was none. New words
    overtake a proposal that is out or agreed: the case goes back to authorised. The same words
    change nothing, neither author nor agreement, and the answer is False; what is ticked off
    beside the same words changes nothing else.
    """
    with uow.command(Act.CLOSURE_WRITE):
        case = register.find(uow, case_id)
        must_hold_or_manage(uow, case)
        plan = plans.latest(uow, case_id)
        rules.check_writable(case.state, plan.outcome if plan else None)
        closure = queries.current_row(uow, case_id)
        _expect(uow, closure, version, draft)
        rules.check_draft(draft, referred_on=case.referred_on, today=uow.today)
        written = queries.current(uow, case_id)
        if written is not None and written.draft == draft:
            return False
        if closure and written and replace(written.draft, ticked=draft.ticked) == draft:
            closure.ticked = str(columns(draft)["ticked"])
            return True
        if voids(case.state):
            register.step(uow, case, Act.PLAN_WRITE, note="The closure was written anew.")
        if closure is None:
            _add(uow, case, draft)
        else:
            _rewrite(uow, closure, draft)
        return True


def disagreed(uow: UnitOfWork, case_id: int, proposal_id: int) -> None:
    """Forget with the closure an agreement that was taken back."""
    uow.must_be_in(Act.PROPOSAL_UNDO)
    closure = queries.current_row(uow, case_id)
    if closure is not None and closure.proposal_id == proposal_id:
        closure.proposal_id, closure.agreed_hash = None, ""


def agreed(uow: UnitOfWork, case_id: int, proposal_id: int, text_hash: str) -> None:
    """Keep with the closure which proposal the District Manager has just agreed, and its words."""
    uow.must_be_in(Act.PROPOSAL_AGREE, Act.PROPOSAL_CONDITION)
    closure = queries.current_row(uow, case_id)
    if closure is None:
        raise Refused("This case has no closure to agree.")
    closure.proposal_id, closure.agreed_hash = proposal_id, text_hash


def close(uow: UnitOfWork, case_id: int) -> None:
    """A team manager who did not write the closure closes the case.

    The whole gate is checked again now; Refused names every obstacle there is. There is no way to
    close more than one case at a time.
    """
    with uow.command(Act.CLOSURE_CLOSE):
        case = register.find(uow, case_id)
        if not case.state.is_open:
            raise Refused("This case has already ended.")
        closure, plan = queries.current_row(uow, case_id), plans.latest(uow, case_id)
        if closure is None or plan is None or closure.proposal_id is None:
            raise Refused("The District Manager has not agreed to close this case.")
        asked = queries.checks_of(uow, case, closure)
        gate = Gate(closure.proposal_id, plan.outcome.value, obstacles(asked))
        end(
            uow,
            case,
            gate,
            Act.CLOSURE_CLOSE,
            note=f"{closure.reason.value} {closure.reason.label}",
        )
        closure.closed_by, closure.closed_at = uow.actor.user_id, uow.now


def set_template(
    uow: UnitOfWork,
    contract_id: int,
    items: Collection[Item],
    *,
    from_on: date,
    reason: str,
    began_from: int,
) -> None:
    """Say from which day on what is ticked off before a case closes.

    `began_from` is the number of the version the form was made from, 0 where there was none.
    """
    with uow.command(Act.CONTRACT_EDIT):
        contract.find_contract(uow, contract_id)
        versions = queries.template_versions(uow, contract_id)
        number = next_number(versions, began_from, template_shown)
        check_template(items, from_on, uow.today)
        uow.add(
            ClosureTemplate(
                contract_id=contract_id,
                number=number,
                from_on=from_on,
                items=" ".join(item for item in Item if item in items),
                reason=reason,
                by_user_id=uow.actor.user_id,
                at=uow.now,
            )
        )


def template_shown(row: ClosureTemplate) -> dict[str, str]:
    """A version of the checklist under the names that its form gives to its answers."""
    items = queries.template_of(row).items
    return {
        "From": show_date(row.from_on),
        "What is asked": "; ".join(item.label for item in items),
        "Reason or clause": row.reason,
    }


def _expect(uow: UnitOfWork, closure: Closure | None, version: int, draft: Draft) -> None:
    if closure is None or closure.version == version:
        return
    shown = queries.current(uow, closure.case_id)
    if shown is not None:
        theirs = Change(shown.written_by, shown.entries)
        raise Conflict(theirs, mine=rules.entries(draft))


def _add(uow: UnitOfWork, case: Case, draft: Draft) -> None:
    case_id = register.case_id_of(case)
    uow.add(
        Closure(
            case_id=case_id,
            lot_id=case.lot_id,
            episode=plans.episode_of(uow, case_id),
            written_by=uow.actor.user_id,
            written_at=uow.now,
            **columns(draft),
        )
    )


def _rewrite(uow: UnitOfWork, closure: Closure, draft: Draft) -> None:
    for name, value in columns(draft).items():
        setattr(closure, name, value)
    closure.written_by, closure.written_at = uow.actor.user_id, uow.now
    closure.proposal_id, closure.agreed_hash = None, ""
