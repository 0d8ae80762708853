"""The forms by which several cases are given out."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from app.cases.allocation.forms import LimitsForm
from app.cases.runs.rules import RunKind
from app.web.fields import LARGEST_ID, Day, RowId

_GIVE = re.compile(r"([0-9]{1,10}):([0-9]{1,10})")


def _give(text: str) -> str:
    found = _GIVE.fullmatch(text)
    if not found or not 0 < int(found[1]) <= LARGEST_ID or int(found[2]) > LARGEST_ID:
        raise ValueError("Choose one of the list.")
    return text


# A case and who is to have it, as "case:practitioner"; practitioner 0 is nobody.
Give = Annotated[str, AfterValidator(_give)]


class SeveralForm(LimitsForm):
    case: list[RowId] = Field(title="Cases")
    practitioner_id: RowId = Field(title="Practitioner")


class CaseloadForm(LimitsForm):
    kind: RunKind = Field(title="What happens")
    away_from: Day = Field(title="First day away")
    give: list[Give] = Field(title="Who takes which case")

    @property
    def pairs(self) -> list[tuple[int, int | None]]:
        """Cases with who is to have each; None ends the help of a co-worker."""
        split = (one.split(":") for one in self.give)
        return [(int(case_id), int(who) or None) for case_id, who in split]
