"""Streams the XML of one part, and notes of a sheet what its values do not say."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from app.exchange.precheck.refusals import DAMAGED, Unreadable
from app.exchange.precheck.stylesxml import Padding, StylesXml

_CHUNK = 1 << 18
_LETTERS = re.compile(r"[A-Z]{1,3}")


class Declaration(Exception):
    """An XML part opens with a document type, where entity attacks begin."""


@dataclass
class SheetScan:
    """What a sheet's XML says beyond its values; rows and columns count from 1.

    `broken` holds, by row, the columns whose cell is an error (its text, such as #REF!) or a
    formula that was saved without its value (None). `padded` holds the columns whose whole numbers
    are shown with more than their digits.
    """

    name: str
    last_row: int = 0
    last_column: int = 0
    hidden_rows: int = 0
    broken: dict[int, list[tuple[int, str | None]]] = field(default_factory=dict)
    padded: dict[int, Padding] = field(default_factory=dict)


@dataclass(frozen=True)
class BookScan:
    """The sheets by their names, and whether day 0 is 1 January 1904."""

    sheets: dict[str, SheetScan]
    date1904: bool


def column_letters(number: int) -> str:
    """A for 1, Z for 26, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def stream_part(xml: IO[bytes]) -> None:
    """Goes through a part for its document type alone."""
    _read(_parser(), xml)


def padded_styles(xml: IO[bytes]) -> dict[str, Padding]:
    """What the workbook's styles show before whole numbers, by the style of a cell."""
    parser = _parser()
    styles = StylesXml(parser)
    _read(parser, xml)
    return styles.found


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_declaration
    return parser


def _refuse_declaration(*_declaration: object) -> None:
    raise Declaration


def _read(parser: expat.XMLParserType, xml: IO[bytes]) -> None:
    while chunk := xml.read(_CHUNK):
        parser.Parse(chunk)
    parser.Parse(b"", True)  # noqa: FBT003 - expat names no arguments


class SheetXml:
    """Streams one sheet's XML; only the starts of elements are watched, for speed."""

    def __init__(self, scan: SheetScan, padded: Mapping[str, Padding]) -> None:
        self.scan = scan
        self._padded = padded
        self._parser = _parser()
        self._parser.StartElementHandler = self._start
        self._row = 0
        self._column = 0
        self._columns: dict[str, int] = {}
        self._type: str | None = None
        self._has_formula = False
        self._text = ""

    def read(self, xml: IO[bytes]) -> SheetScan:
        _read(self._parser, xml)
        self._settle()
        return self.scan

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element = name.rpartition(":")[2]
        if element == "c":
            self._settle()
            self._type = attributes.get("t")
            self._place(attributes.get("r"))
            if self._padded and attributes.get("s") in self._padded:
                self.scan.padded[self._column] = self._padded[attributes["s"]]
        elif element in ("v", "is"):
            self._note_value()
        elif element == "f":
            self._has_formula = True
        elif element == "row":
            self._settle()
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
            self.scan.hidden_rows += attributes.get("hidden") in ("1", "true")

    def _place(self, reference: str | None) -> None:
        if reference is None:
            self._column += 1
            return
        letters = reference.rstrip("0123456789")
        if letters not in self._columns:
            self._columns[letters] = _column_number(letters)
        self._column = self._columns[letters]

    def _note_value(self) -> None:
        self.scan.last_row = max(self.scan.last_row, self._row)
        self.scan.last_column = max(self.scan.last_column, self._column)
        if self._has_formula or self._type == "e":
            self._parser.CharacterDataHandler = self._collect

    def _collect(self, text: str) -> None:
        self._text += text

    def _settle(self) -> None:
        """Judges the cell just left; a text formula may well come to an empty text."""
        if not self._has_formula and self._type != "e":
            return
        text = self._text.strip()
        if self._type == "e" or (not text and self._type != "str"):
            self.scan.broken.setdefault(self._row, []).append((self._column, text or None))
        self._parser.CharacterDataHandler = None
        self._has_formula, self._type, self._text = False, None, ""


def _column_number(letters: str) -> int:
    if not _LETTERS.fullmatch(letters):
        raise Unreadable(DAMAGED)
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
