"""Tables of commentaries and of their sentences, each as drafted and as it was edited."""

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field

from app.db.tables import ContractScoped, Row, Utc, Versioned, stored
from app.reports.commentary.rules import Topic


class Commentary(ContractScoped, Versioned, Row, table=True):
    """What is said of a contract's figures as they were at one instant; issued, it stands."""

    __tablename__ = "commentaries"
    __table_args__ = (UniqueConstraint("contract_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    number: int
    as_at: datetime = Field(sa_type=Utc)
    drafted_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    issued_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    issued_at: datetime | None = Field(default=None, sa_type=Utc)


class CommentarySentence(ContractScoped, Versioned, Row, table=True):
    """One sentence with the figures it was drafted from; its text may say no other number."""

    __tablename__ = "commentary_sentences"
    __table_args__ = (UniqueConstraint("commentary_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    commentary_id: int = Field(foreign_key="commentaries.id", ondelete="RESTRICT")
    position: int
    topic: Topic = Field(sa_type=stored(Topic))
    drafted: str = Field(sa_type=Text)
    text: str = Field(sa_type=Text)
    # The figures by name, as they are shown, in JSON.
    facts: str = Field(sa_type=Text)
    link: str = Field(max_length=200)
    left_out: bool = False
    edited_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    edited_at: datetime | None = Field(default=None, sa_type=Utc)
