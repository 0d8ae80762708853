"""The forms of an offer and of a step of the run-down."""

from pydantic import Field

from app.exit.transition.rules import Answer, Engagement, OfferTerms
from app.web.fields import Day, Form, Line, Whole


class OfferForm(Form):
    """An offer and its answer."""

    engagement: Engagement = Field(title="Kind of post")
    post: Line = Field(title="Post")
    offered_on: Day = Field(title="Offered on")
    starts_on: Day | None = Field(default=None, title="First day")
    answer: Answer = Field(title="Answer")
    answered_on: Day | None = Field(default=None, title="Answered on")

    @property
    def terms(self) -> OfferTerms:
        return OfferTerms(**self.model_dump())


class RampForm(Form):
    """How many workers a lot is to have from a day on."""

    from_on: Day = Field(title="First day")
    workers: Whole = Field(title="Workers")
