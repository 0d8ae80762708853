"""Acts on a commentary: drafted from figures, edited sentence by sentence, issued."""

from sqlmodel import col, func, select

from app.cases.listing.queries import must_name_no_case
from app.contract import queries as contract
from app.kernel.acts import Act
from app.reports.commentary import queries, rules
from app.reports.commentary.models import Commentary, CommentarySentence
from app.work.uow import UnitOfWork


def draft(uow: UnitOfWork, contract_id: int) -> int:
    """Draft the sentences that a contract's figures give now, in place of a draft; its id."""
    with uow.command(Act.COMMENTARY_WRITE):
        contract.find_contract(uow, contract_id)
        facts = queries.gather(uow, contract_id)
        commentary = _open_draft(uow, contract_id)
        for position, one in enumerate(rules.sentences(facts), start=1):
            uow.add(
                CommentarySentence(
                    contract_id=contract_id,
                    commentary_id=commentary.id or 0,
                    position=position,
                    topic=one.topic,
                    drafted=one.text,
                    text=one.text,
                    facts=queries.to_json(one.facts),
                    link=one.link,
                )
            )
        return commentary.id or 0


def edit(
    uow: UnitOfWork, sentence_id: int, text: str, *, left_out: bool, version: int
) -> CommentarySentence:
    """Put a sentence in other words, or leave it out; Invalid for a number that is no figure."""
    with uow.command(Act.COMMENTARY_WRITE):
        sentence = uow.get(CommentarySentence, sentence_id)
        commentary = uow.get(Commentary, sentence.commentary_id)
        rules.check_draft(issued=commentary.issued_at is not None)
        uow.expect(sentence, version, {"Sentence": sentence.text})
        if not left_out:
            facts = queries.find_sentence(uow, sentence_id).facts
            rules.check_words(text, facts)
            must_name_no_case(uow, sentence.contract_id, {"text": text}, facts.values())
        sentence.text, sentence.left_out = text or sentence.text, left_out
        sentence.edited_by, sentence.edited_at = uow.actor.user_id, uow.now
    return sentence


def issue(uow: UnitOfWork, commentary_id: int, version: int) -> None:
    """Issue a commentary as it was shown: from then on it stands."""
    with uow.command(Act.COMMENTARY_WRITE):
        commentary = uow.get(Commentary, commentary_id)
        rules.check_draft(issued=commentary.issued_at is not None)
        said = queries.sentences_of(uow, commentary_id)
        if queries.version_of(said) != version:
            sentences = {str(one.position): one.text for one in said}
            raise uow.conflict({CommentarySentence: [one.id for one in said]}, sentences)
        rules.check_issue(sum(not one.left_out for one in said))
        commentary.issued_by, commentary.issued_at = uow.actor.user_id, uow.now


def _open_draft(uow: UnitOfWork, contract_id: int) -> Commentary:
    """The contract's draft without its sentences, made if there is none."""
    of_contract = col(Commentary.contract_id) == contract_id
    found = uow.session.exec(
        select(Commentary).where(of_contract, col(Commentary.issued_at).is_(None))
    ).first()
    if found is None:
        last = uow.session.exec(select(func.max(Commentary.number)).where(of_contract)).one()
        return uow.add(
            Commentary(
                contract_id=contract_id,
                number=(last or 0) + 1,
                as_at=uow.now,
                drafted_by=uow.actor.user_id,
            )
        )
    of_draft = select(CommentarySentence).where(CommentarySentence.commentary_id == found.id)
    for sentence in uow.session.exec(of_draft).all():
        uow.remove(sentence)
    found.as_at, found.drafted_by = uow.now, uow.actor.user_id
    return found
