"""Acts on unresolved child-protection issues: raised, covered night by night, resolved."""

from dataclasses import dataclass

from app.cases.register import service as register
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.errors import Refused
from app.safeguarding.issues import rules
from app.safeguarding.issues.models import ProtectionIssue
from app.safeguarding.issues.rules import Answer, Trouble
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class Cover:
    """What was done about an issue and who covers it tonight."""

    action_taken: str
    cover: str


def raise_issue(uow: UnitOfWork, case_id: int, trouble: Trouble, cover: Cover) -> int:
    """Put an issue of an open case on the register and send the District Manager word of it."""
    with uow.command(Act.ISSUE_RAISE):
        case = register.find(uow, case_id)
        if not case.state.is_open:
            raise Refused("This case has ended.")
        rules.check_covered(cover.cover, cover.action_taken)
        deciders = contract.deciders(uow, case.lot_id)
        issue = uow.add(
            ProtectionIssue(
                case_id=case_id,
                lot_id=case.lot_id,
                trouble=trouble,
                raised_on=uow.today,
                raised_by=uow.actor.user_id,
                **vars(cover),
                covered_on=uow.today,
                told_at=uow.now if deciders else None,
            )
        )
        for one in deciders:
            uow.mail(one.user_id, "A child-protection issue is unresolved", "/unresolved")
        return issue.id or 0


def cover(uow: UnitOfWork, issue_id: int, version: int, said: Cover) -> None:
    """Say anew what was done and who covers tonight."""
    with uow.command(Act.ISSUE_COVER):
        issue = _unresolved(uow, issue_id)
        uow.expect(issue, version, _words(issue))
        rules.check_covered(said.cover, said.action_taken)
        issue.action_taken, issue.cover = said.action_taken, said.cover
        issue.covered_on = uow.today


def resolve(uow: UnitOfWork, issue_id: int, answer: Answer, note: str = "") -> None:
    """Say how the issue came to an end; the case may end again."""
    with uow.command(Act.ISSUE_RESOLVE):
        issue = _unresolved(uow, issue_id)
        issue.answer, issue.answer_note = answer, note
        issue.resolved_on, issue.resolved_by = uow.today, uow.actor.user_id


def _unresolved(uow: UnitOfWork, issue_id: int) -> ProtectionIssue:
    issue = uow.get(ProtectionIssue, issue_id)
    rules.check_open(issue.resolved_on)
    return issue


def _words(issue: ProtectionIssue) -> dict[str, str]:
    return {"What was done": issue.action_taken, "Who covers tonight": issue.cover}
