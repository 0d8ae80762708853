"""Reads the children in need census: its XML as sheets of episodes and what happened in them."""

from collections.abc import Mapping
from contextlib import ExitStack
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from app.exchange.precheck import DECLARES, HEAD_ROWS, Limits, Unreadable
from app.exchange.readers.spool import read_rows, write_row
from app.exchange.readers.workbook import Kind, Sheet, Workbook
from app.kernel.days import show_date

_CHUNK = 1 << 18
_DEEPEST = 20
_LONGEST = 200
_BROKEN = "The XML is cut off or damaged. Export the census again and send the new copy."
_OTHER = "The XML is not a children in need census. Send that, or a list as Excel or CSV."
# Each sheet with its columns; a column is an element of the sheet's own, or of the child.
_CHILD = ("LAchildID", "Age")
_SHEETS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "CINdetails": (
        "CIN details",
        (
            "CINreferralDate",
            "ReferralNFA",
            "PrimaryNeedCode",
            "CINclosureDate",
            "ReasonForClosure",
        ),
    ),
    "Assessments": (
        "Assessments",
        ("AssessmentActualStartDate", "AssessmentAuthorisationDate"),
    ),
    "Section47": (
        "Section 47 enquiries",
        ("S47ActualStartDate", "ICPCnotRequired", "DateOfInitialCPC"),
    ),
    "ChildProtectionPlans": (
        "Child protection plans",
        ("CPPstartDate", "CPPendDate", "CPPreviewDate"),
    ),
}

_PLANS, _REVIEW = "ChildProtectionPlans", "CPPreviewDate"


def is_census(start: str) -> bool:
    """Whether a file that begins so may be a census."""
    return "<Message" in start or ":Message" in start


def read_census(path: Path, limits: Limits) -> Workbook:
    """A sheet for each kind of record, whose rows wait in temporary files.

    The XML is streamed: of a child no more is held than its own few values, and of the day of
    birth only the age is kept.
    """
    folder = TemporaryDirectory(prefix="clearway-")
    try:
        census = _stream(path, Path(folder.name), limits)
    except BaseException:
        folder.cleanup()
        raise
    sheets = tuple(
        Sheet(
            name=_SHEETS[record][0],
            filled=filled + 1,
            open_rows=partial(read_rows, Path(folder.name) / record, 0, filled + 1),
        )
        for record, filled in census.filled.items()
        if filled
    )
    return Workbook(Kind.XML, sheets, census.notices, folder.cleanup)


def _stream(path: Path, folder: Path, limits: Limits) -> "_Census":
    with ExitStack() as stack:
        spools = {}
        for record, (_, columns) in _SHEETS.items():
            spools[record] = stack.enter_context((folder / record).open("w", encoding="ascii"))
            spools[record].write(write_row(0, [*_CHILD, *columns]))
        census = _Census(spools, limits)
        parser = DefusedXMLParser(target=census, forbid_dtd=True)
        try:
            with path.open("rb") as xml:
                while chunk := xml.read(_CHUNK):
                    parser.feed(chunk)
            parser.close()
        except DefusedXmlException as error:
            raise Unreadable(DECLARES) from error
        except (ParseError, LookupError, ValueError) as error:
            # The last two: an encoding that nobody knows, or one that expat does not.
            raise Unreadable(_BROKEN) from error
    if not census.is_census:
        raise Unreadable(_OTHER)
    return census


class _Census:
    """What the parser tells, element by element, kept as rows of the sheets."""

    def __init__(self, spools: Mapping[str, IO[str]], limits: Limits) -> None:
        self.filled = dict.fromkeys(spools, 0)
        self.is_census = False
        self.notices: tuple[str, ...] = ()
        self._spools = spools
        self._limits = limits
        self._path: list[str] = []
        self._text = ""
        self._reference_date = ""
        self._child: dict[str, str] = {}
        self._records: list[tuple[str, dict[str, str]]] = []

    def start(self, tag: str, _attributes: Mapping[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if not self._path and name != "Message":
            raise Unreadable(_OTHER)
        if len(self._path) == _DEEPEST:
            raise Unreadable(_BROKEN)
        self._path.append(name)
        self._text = ""
        if name == "Child":
            self._child, self._records = {}, []
        if name in _SHEETS:
            self._records.append((name, {}))
            if len(self._records) > self._limits.rows:
                raise Unreadable(self._too_many())

    def data(self, text: str) -> None:
        if len(self._text) < _LONGEST:
            self._text += text[:_LONGEST]

    def end(self, tag: str) -> None:
        name = tag.rpartition("}")[2]
        self._path.pop()
        parent = self._path[-1] if self._path else ""
        text, self._text = self._text.strip(), ""
        if name == "Child":
            self._keep_child()
        elif parent == "CollectionDetails":
            self._head(name, text)
        elif parent == "ChildIdentifiers":
            self._child.setdefault(name, text)
        elif name == _REVIEW and _PLANS in self._path:
            self._review(text)
        elif parent in _SHEETS and name in _SHEETS[parent][1]:
            self._of(parent).setdefault(name, text)

    def _review(self, text: str) -> None:
        """A plan tells all its reviews; the latest is kept, as in the lists."""
        plan = self._of(_PLANS)
        plan[_REVIEW] = max(plan.get(_REVIEW, ""), text)

    def close(self) -> None:
        """The parser has come to the end."""

    def _of(self, record: str) -> dict[str, str]:
        """The values of the last record of a kind that began."""
        return next(values for name, values in reversed(self._records) if name == record)

    def _head(self, name: str, text: str) -> None:
        if name == "Collection":
            self.is_census = text.upper() == "CIN"
        elif name == "ReferenceDate":
            self._reference_date = text
            self.notices = (f"The census was drawn up for {_in_words(text)}.",) if text else ()

    def _keep_child(self) -> None:
        whose = [self._child.get("LAchildID", ""), self._age()]
        for record, values in self._records:
            self.filled[record] += 1
            if self.filled[record] > self._limits.rows + HEAD_ROWS:
                raise Unreadable(self._too_many())
            cells = [*whose, *(values.get(column, "") for column in _SHEETS[record][1])]
            self._spools[record].write(write_row(self.filled[record], cells))
        self._child, self._records = {}, []

    def _age(self) -> str:
        """Whole years on the day of the census; −1 before birth, empty where it is not known."""
        if not self._child.get("PersonBirthDate"):
            return "-1" if self._child.get("ExpectedPersonBirthDate") else ""
        try:
            born = date.fromisoformat(self._child["PersonBirthDate"])
            on = date.fromisoformat(self._reference_date)
        except ValueError:
            return ""
        return str(max(-1, on.year - born.year - ((on.month, on.day) < (born.month, born.day))))

    def _too_many(self) -> str:
        return (
            f"The census has more than {self._limits.rows:,} rows, the most that are read at once. "
            "Nothing was kept."
        )


def _in_words(day: str) -> str:
    """A day as the pages write it; what is no day stays as it stands."""
    try:
        return show_date(date.fromisoformat(day))
    except ValueError:
        return day
