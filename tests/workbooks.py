"""Makes council-style files with the quirks that real ones have; every row in them is invented."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import xlwt
from openpyxl.utils.datetime import CALENDAR_MAC_1904

LIST_3 = (
    "Child Unique ID",
    "Gender",
    "Ethnicity",
    "Date of Birth",
    "Age of Child (Years)",
    "Date of referral",
    "Referral Source",
    "Referral NFA?",
    "Number of Referrals in Last 12 Months",
    "Allocated Team",
    "Allocated Worker",
)
LIST_4 = (
    *LIST_3[:5],
    "Does the Child have a Disability",
    "Continuous Assessment Start Date",
    "Child Seen During Continuous Assessment",
    "Continuous Assessment Date of Authorisation",
    "Was the child assessed as requiring LA children’s social care support",
    *LIST_3[-2:],
)
LIST_5 = (
    *LIST_4[:6],
    "Strategy discussion initiating Section 47 Enquiry Start Date",
    "Was an Initial Child Protection Conference deemed unnecessary?",
    "Date of Initial Child Protection Conference",
    "Did the Initial Child Protection Conference Result in a Child Protection Plan",
    "Number of Section 47 Enquiries in the last 12 months",
    "Number of ICPCs in the last 12 months",
    *LIST_3[-2:],
)
LIST_6 = (
    *LIST_4[:6],
    "CIN Start Date",
    "Primary Need Code",
    "Date Child Was Last Seen",
    "CIN Closure Date",
    "Reason for Closure",
    "Case status",
    *LIST_3[-2:],
)
LISTS = {"List_3": LIST_3, "List_4": LIST_4, "List_5": LIST_5, "List_6": LIST_6}

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def list_4_row(reference: object = "C1001", start: object = "01/09/2026", **given: object) -> list:
    """One child on List 4; `given` sets further columns by their place: c8 for column I."""
    row = [reference, "b) Female", "a) WBRI", "02/03/2017", 9, "b) No", start, "a) Yes", "", ""]
    row += ["Marsh Duty Team", "Ines Calder"]
    for place, cell in given.items():
        row[int(place[1:])] = cell
    return row


def an_xlsx(sheets: dict[str, Iterable[Sequence[Any]]], *, date1904: bool = False) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    if date1904:
        book.epoch = CALENDAR_MAC_1904
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def an_xls(sheets: dict[str, Iterable[Sequence[Any]]]) -> bytes:
    book = xlwt.Workbook()
    as_date = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for line, row in enumerate(rows):
            for column, cell in enumerate(row):
                style = (as_date,) if hasattr(cell, "year") else ()
                sheet.write(line, column, cell, *style)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_stream(xls: bytes, name: str) -> bytes:
    """The same old workbook with one more, empty stream inside."""
    content = bytearray(xls)
    slot = content.index("Workbook".encode("utf-16-le")) + 128
    written = f"{name}\0".encode("utf-16-le")
    content[slot : slot + len(written)] = written
    content[slot + 64 : slot + 66] = len(written).to_bytes(2, "little")
    return bytes(content)


def a_csv(rows: Iterable[Sequence[Any]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def a_raw_xlsx(sheet_data: str, *, before: str = "", dimension: str = "", **parts: bytes) -> bytes:
    """A workbook of one sheet, “List 4”, from its XML, for what no library would write."""
    contents: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
            f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
            '<sheets><sheet name="List 4" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
            f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
        ),
        "xl/worksheets/sheet1.xml": (
            f'<?xml version="1.0" encoding="UTF-8"?>{before}<worksheet xmlns="{_MAIN}">'
            f"{dimension}<sheetData>{sheet_data}</sheetData></worksheet>"
        ),
        **parts,
    }
    return zipped(contents)


def zipped(contents: dict[str, Any]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in contents.items():
            book.writestr(name, content)
    return file.getvalue()


def with_part(book: bytes, name: str, content: bytes) -> bytes:
    """The same workbook with one part more, or with other content in one of its parts."""
    with zipfile.ZipFile(io.BytesIO(book)) as old:
        contents = {part: old.read(part) for part in old.namelist()}
    return zipped({**contents, name: content})


def put(folder: Path, content: bytes, name: str = "list") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path
