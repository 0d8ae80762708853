"""What a file may cost to read, and the sentences that turn one away."""

from dataclasses import dataclass

from app.kernel.errors import Refused

# How many rows may stand above a list: its title, who ran the report, when and with what.
HEAD_ROWS = 20

PROTECTED = "The file is protected by a password. Remove the password in Excel and send it again."
MACROS = "The file contains macros. Save it in Excel as a workbook without macros (.xlsx)."
DAMAGED = "The file is cut off or damaged. Save it again in Excel and send the new copy."
NOT_EXCEL = "The file is not an Excel workbook or a CSV list. Save the list as .xlsx or .csv."
TOO_MUCH = "The file needs more memory than one may take. Split the list and send the parts."
BINARY = "The file is a binary workbook (.xlsb). Save it in Excel as .xlsx."
DECLARES = "The file declares entities of its own, which no spreadsheet does; it was not read."
ODD_PARTS = "The file holds parts under names that Excel never writes; it was not read."


class Unreadable(Refused):
    """The file cannot be read as a list; the sentence says why and what to do."""


@dataclass(frozen=True)
class Limits:
    """What reading one file may cost, in bytes, counts and seconds.

    Half a thousand parts is three times what a workbook of fifty tabs with drawings needs.
    """

    sent: int = 50_000_000
    unpacked: int = 400_000_000
    ratio: int = 100
    parts: int = 500
    rows: int = 150_000
    columns: int = 256
    seconds: int = 120
    memory: int = 1 << 30
