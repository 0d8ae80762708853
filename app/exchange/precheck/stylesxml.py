"""Finds the styles of a workbook that show a whole number with more than its digits."""

import re
from dataclasses import dataclass
from xml.parsers import expat

# Such as 0000000, or "P"00000; a minus or a text may be shown otherwise behind a semicolon.
_SHOWN = re.compile(r'(?:"([^"]*)")?(0+)(?:;.*)?')


@dataclass(frozen=True)
class Padding:
    """What is shown before a whole number, and with how many digits at least."""

    before: str
    digits: int

    def show(self, number: float) -> str:
        """0000123 where the number is 123."""
        return f"{self.before}{int(number):0{self.digits}}"


class StylesXml:
    """Watches the elements of the styles; `found` has the paddings by a cell's style."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self.found: dict[str, Padding] = {}
        self._formats: dict[str, Padding] = {}
        self._styles = 0
        self._within = ""
        parser.StartElementHandler = self._start

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element = name.rpartition(":")[2]
        number = attributes.get("numFmtId", "")
        if element == "numFmt":
            shown = _SHOWN.fullmatch(attributes.get("formatCode", ""))
            if shown and (shown[1] or len(shown[2]) > 1):
                self._formats[number] = Padding(shown[1] or "", len(shown[2]))
        elif element in ("cellXfs", "cellStyleXfs"):
            self._within = element
        elif element == "xf" and self._within == "cellXfs":
            if number in self._formats:
                self.found[str(self._styles)] = self._formats[number]
            self._styles += 1
