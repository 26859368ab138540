"""退回件里的图片：带不走就照实写，不留下错误值和坏了的函数，再报来也不当作佐证。"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl_books import loaded
from sample_cells import MANAGED, packed, parts_of, put, read

from xltool.assessment.noted import Noted
from xltool.intake.submission import understand_book
from xltool.marking.annotate import Job, annotated
from xltool.messages.marking import PICTURE_TEXT
from xltool.scoring.catalogue import ready_schemes
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from sample_cells import Parts


def by_excel() -> Parts:
    parts = parts_of() | {"xl/richData/richValueRel.xml": b"<x/>"}
    put(parts, MANAGED, "D7", "<v>#VALUE!</v>", 'e" vm="1')
    return parts


def by_wps() -> Parts:
    parts = parts_of()
    formula = '_xlfn.DISPIMG("ID_81F0B0F6",1)'
    put(parts, MANAGED, "D7", f"<f>{formula}</f><v>={formula}</v>", "str")
    return parts


@pytest.mark.parametrize("parts", [by_excel(), by_wps()], ids=["excel", "wps"])
def test_a_picture_is_told_of_and_never_an_error_value(parts: Parts) -> None:
    data = packed(parts)
    copy = annotated(Job(data, tuple(Noted(one, None) for one in read(parts).findings)))
    assert isinstance(copy, bytes)
    book = loaded(copy)
    cell = book[MANAGED]["D7"]
    assert (cell.value, cell.data_type) == (PICTURE_TEXT, "s")
    assert cell.comment is not None
    assert "图片" in cell.comment.text
    listed = {(row[2].value, row[4].value) for row in book.worksheets[0].iter_rows(min_row=2)}
    assert ("R262", f"这一格的图片带不进退回件，退回件里写成了“{PICTURE_TEXT}”") in listed
    # 没有改就再报来的，还是图片，不是佐证
    again = understand_book(read_bytes(copy), ready_schemes())
    assert ("V188", "管理情况!D7") in [(one.code, one.where) for one in again.findings]
