"""The form in which a receiving team's weekly intake is changed."""

from pydantic import Field

from app.web.fields import Form, Whole


class IntakeForm(Form):
    """How many cases a receiving team can take over in a week."""

    weekly_intake: Whole = Field(title="Weekly intake")
