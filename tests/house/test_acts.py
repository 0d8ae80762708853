"""Every act is granted to someone and used by something; the grants tell the whole truth."""

from pathlib import Path

import pytest

from app.access.grants import COMMAND_LINE, GRANTED, GRANTS, NOBODYS
from app.access.roles import Organisation, Role
from app.kernel.acts import Act

ROOT = Path(__file__).resolve().parents[2]
CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for path in [*(ROOT / "app").rglob("*.py"), *(ROOT / "seed").rglob("*.py")]
    if path.name not in {"acts.py", "grants.py"}
)


@pytest.mark.parametrize("act", Act)
def test_every_act_is_granted_to_someone(act: Act) -> None:
    assert act in GRANTED or act in NOBODYS | COMMAND_LINE


@pytest.mark.parametrize("act", Act)
def test_every_act_is_used(act: Act) -> None:
    assert f"Act.{act.name}" in CODE


@pytest.mark.parametrize("act", Act)
def test_every_act_has_a_sentence_that_begins_it(act: Act) -> None:
    assert act.sentence[0].isupper()
    assert not act.sentence.endswith(".")


COUNCIL_DECIDES = [
    Act.PROPOSAL_AGREE,
    Act.PROPOSAL_RETURN,
    Act.PROPOSAL_REFUSE,
    Act.HANDOVER_ACCEPT,
    Act.FLAG_ACKNOWLEDGE,
    Act.FLAG_RESOLVE,
    Act.CASE_HAND_BACK,
]


@pytest.mark.parametrize("act", COUNCIL_DECIDES)
def test_nobody_of_the_agency_can_record_the_councils_decision(act: Act) -> None:
    agency = {role for role in Role if role.organisation is Organisation.AGENCY}
    assert not GRANTED[act] & agency


def test_the_commissioner_is_granted_no_act_on_a_case() -> None:
    touching = {
        act
        for act in GRANTS[Role.COMMISSIONER]
        if act.value.split(".")[0]
        in {"case", "assessment", "plan", "proposal", "handover", "closure", "flag"}
    }
    assert not touching


def test_no_role_both_submits_and_authorises_or_proposes_and_agrees() -> None:
    for role in Role:
        assert not {Act.ASSESSMENT_SUBMIT, Act.ASSESSMENT_AUTHORISE} <= GRANTS[role]
        assert not {Act.PROPOSAL_PROPOSE, Act.PROPOSAL_AGREE} <= GRANTS[role]
