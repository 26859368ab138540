"""别的软件存过的同一份表，读出的值一处不差，也没有多余的话。"""

from __future__ import annotations

import shutil
import zipfile
from cProfile import Profile
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from form_contents import blank_bytes, entries, full_bytes, full_reading, lost, read, said, scheme
from office_server import convert
from openpyxl_books import loaded, opened, saved

from xltool.intake.submission import understand_book
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

STRICT = (
    ("http://schemas.openxmlformats.org/spreadsheetml/2006/main",
     "http://purl.oclc.org/ooxml/spreadsheetml/main"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/relationships",
     "http://purl.oclc.org/ooxml/officeDocument/relationships"),
)  # fmt: skip


@pytest.mark.skipif(shutil.which("soffice") is None, reason="没有装 LibreOffice")
def test_saved_again_by_libreoffice(tmp_path: Path) -> None:
    sources = [tmp_path / "填满.xlsx", tmp_path / "空白.xlsx"]
    for source, data in zip(sources, (full_bytes(), blank_bytes()), strict=True):
        source.write_bytes(data)
    convert(sources, tmp_path / "out")
    full, blank = (read((tmp_path / "out" / source.name).read_bytes()) for source in sources)
    assert (said(full), lost(full)) == ([], set())
    assert (blank.findings, entries(blank)) == ((), {})


def test_saved_again_by_openpyxl() -> None:
    reading = read(saved(opened(full_bytes())))
    assert (said(reading), lost(reading)) == ([], set())


def test_saved_as_strict() -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(full_bytes())) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            for transitional, strict in STRICT:
                content = content.replace(transitional.encode(), strict.encode())
            target.writestr(name, content)
    reading = read(buffer.getvalue())
    assert (said(reading), lost(reading)) == ([], set())


def test_every_value_is_what_openpyxl_sees() -> None:
    book = loaded(full_bytes(), results=True)
    submission = full_reading().submission
    assert submission is not None
    for key, entry in submission.entries.items():
        place = submission.place(key)
        assert place is not None
        seen = book[place.sheet].cell(place.at.row, place.at.col).value
        if isinstance(seen, datetime):
            assert entry.value == seen.date()
        elif isinstance(seen, int | float):
            assert Decimal(entry.raw.rstrip("%")) == Decimal(str(seen))
        else:
            assert entry.raw == seen


def test_understanding_a_form_looks_at_each_cell_a_few_times() -> None:
    """数调用的次数，不看钟：机器快慢、忙不忙都一样。"""
    book, schemes = read_bytes(full_bytes()), [scheme()]
    understand_book(book, schemes)
    profile = Profile()
    profile.runcall(understand_book, book, schemes)
    calls = sum(one.callcount for one in profile.getstats())
    assert calls < 6 * sum(len(grid.cells) for grid in book.grids)  # 平时四次多
