"""The form of a benchmark."""

from pydantic import Field

from app.performance.benchmarks.rules import Terms
from app.performance.measures.rules import Measure
from app.web.fields import Form, Hundredths, Line, Short, Whole


class BenchmarkForm(Form):
    """What others reached, in which year, and who says so."""

    measure: Measure = Field(title="Measure")
    of: Line = Field(title="Whose figure", max_length=80)
    year: Whole = Field(title="Year")
    value: Hundredths = Field(title="Figure")
    source: Line = Field(title="Source")
    note: Short = Field(default="", title="What differs from our measure")

    @property
    def terms(self) -> Terms:
        return Terms(**self.model_dump())
