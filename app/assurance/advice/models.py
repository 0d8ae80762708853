"""The table of advice given to council teams."""

from datetime import date
from typing import ClassVar

from sqlalchemy import Index, Text
from sqlmodel import Field

from app.assurance.advice.rules import Asker, Topic
from app.db.tables import LotScoped, Row, stored


class Advice(LotScoped, Row, table=True):
    """One question of a council team with its answer; about a case, or about none."""

    __tablename__ = "advice"
    __table_args__ = (Index("ix_advice_given", "given_on", "id"),)
    moves_with_case: ClassVar[bool] = True

    id: int | None = Field(default=None, primary_key=True)
    case_id: int | None = Field(
        default=None, foreign_key="cases.id", index=True, ondelete="RESTRICT"
    )
    given_on: date
    given_by: int = Field(foreign_key="users.id", ondelete="RESTRICT")
    team: str = Field(max_length=120)
    asker: Asker = Field(sa_type=stored(Asker))
    topic: Topic = Field(sa_type=stored(Topic))
    question: str = Field(max_length=200)
    answer: str = Field(sa_type=Text)
    minutes: int
