"""The forms by which a statement is issued and signed."""

from pydantic import Field

from app.web.fields import Day, Digest, Form


class IssueForm(Form):
    week: Day = Field(title="Week ending")


class SignForm(Form):
    """`digest` says which statement the signer was shown."""

    digest: Digest = Field(title="The statement shown")
