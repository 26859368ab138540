"""各种写法的格读成什么；合并、隐藏、名称、外部链接、宏。"""

# ruff: noqa: E501 - 一行一例，折断了反而难对
from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hostile import (
    BOOK,
    SHEET,
    STYLES,
    TYPES,
    changed,
    edited,
    good,
    pack,
    relationship,
    relationships,
    rows,
    sheet,
)

from xltool.address import Area, At
from xltool.xlsx.grid import FormatClass, GridCell, Look, State
from xltool.xlsx.number_formats import built_in, look_of
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from xltool.xlsx.grid import Book


def book(data: bytes) -> Book:
    return read_bytes(data, "财政局.xlsx")


def cell(content: str, attributes: str = "") -> GridCell:
    text = f'<row r="4"><c r="D4" {attributes}>{content}</c></row>'
    return book(rows(text)).grids[0].cells[4, 4]


@pytest.mark.parametrize(
    ("content", "attributes", "expected"),
    [
        ("<v>0</v>", "", GridCell("0", numeric=True)),
        ("<v>-1.5E-3</v>", 't="n"', GridCell("-1.5E-3", numeric=True)),
        ("<v>9_x000D_</v>", 't="str"', GridCell("9\r")),
        ("<v>_x005F_x000D_</v>", 't="str"', GridCell("_x000D_")),
        ("<v>_xD83D__xDE00_</v>", 't="str"', GridCell("\U0001f600")),
        ("<v>_xD83D_</v>", 't="str"', GridCell("\ufffd")),
        ("<v>N/A</v>", 't="str"', GridCell("N/A")),
        ("<v>true</v>", 't="b"', GridCell("1", boolean=True)),
        ("<v>#DIV/0!</v>", 't="e"', GridCell("#DIV/0!", state=State.ERROR)),
        ("<v>2025-03-01</v>", 't="d"', GridCell("2025-03-01", look=Look(FormatClass.DATE))),
        ("<is><t> 是 </t></is>", 't="inlineStr"', GridCell(" 是 ")),
        ("<is><r><t>部</t></r><rPh><t>bù</t></rPh><r><t>门</t></r></is>", 't="inlineStr"', GridCell("部门")),
        ("<f>1/0</f><v>#DIV/0!</v>", 't="e"', GridCell("#DIV/0!", state=State.ERROR, formula="1/0")),
        ('<f>A1&amp;""</f><v></v>', 't="str"', GridCell("", state=State.FORMULA, formula='A1&""')),
        ("<f>A1</f><v></v>", "", GridCell("", state=State.NO_RESULT, formula="A1")),
        ("<f>A1</f>", 't="str"', GridCell("", state=State.NO_RESULT, formula="A1")),
        ("<f/><v>3</v>", "", GridCell("3", numeric=True, state=State.FORMULA, formula="公式")),
        ('<f t="shared" si="0"/><v>3</v>', "", GridCell("3", numeric=True, state=State.FORMULA, formula="共享公式")),
    ],
)  # fmt: skip
def test_a_cell(content: str, attributes: str, expected: GridCell) -> None:
    assert cell(content, attributes) == expected


def test_shared_formulas_keep_the_masters_text_and_how_far_it_is() -> None:
    text = (
        '<row r="1"><c r="A1"><f t="shared" si="0" ref="A1:A2">B1*2</f><v>4</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>6</v></c></row>'
    )
    cells = book(rows(text)).grids[0].cells
    assert (cells[2, 1].formula, cells[2, 1].own_formula) == ("B1*2", "B2*2")
    assert (cells[1, 1].formula, cells[1, 1].own_formula) == ("B1*2", "B1*2")


def test_every_cell_of_an_array_formula_is_a_formula() -> None:
    text = (
        '<row r="1"><c r="A1"><f t="array" ref="A1:A3">B1:B3</f><v>4</v></c><c r="B1"><v>1</v></c></row>'
        '<row r="2"><c r="A2"><v>6</v></c></row><row r="4"><c r="A4"><v>8</v></c></row>'
    )
    cells = book(rows(text)).grids[0].cells
    assert cells[2, 1] == GridCell("6", numeric=True, state=State.FORMULA, formula="B1:B3")
    assert cells[1, 2].formula == cells[4, 1].formula == ""
    assert set(cells) == {(1, 1), (1, 2), (2, 1), (4, 1)}


def test_a_blank_is_not_zero_and_not_stored() -> None:
    text = '<row r="4"><c r="A4" s="1"/><c r="B4"><v>0</v></c><c r="C4" t="s"/></row>'
    assert book(rows(text)).grids[0].cells == {(4, 2): GridCell("0", numeric=True)}


def test_merges_hidden_rows_and_columns() -> None:
    text = (
        '<row r="2" hidden="1"/><row r="3" hidden="0"/><row r="5" hidden="true"><c r="A5"/></row>'
    )
    before = '<cols><col min="2" max="3" hidden="1"/><col min="9" max="9" width="3"/></cols>'
    after = '<mergeCells count="2"><mergeCell ref="D4:D6"/><mergeCell ref="F9"/></mergeCells>'
    grid = book(changed(SHEET, sheet(text, before, after))).grids[0]
    assert grid.hidden_rows == {2, 5}
    assert grid.hidden_columns == {2, 3}
    assert grid.merges == (Area(At(4, 4), At(6, 4)), Area(At(9, 6), At(9, 6)))


@pytest.mark.parametrize(
    ("state", "hidden"), [("hidden", True), ("veryHidden", True), ("visible", False)]
)
def test_hidden_sheets(state: str, hidden: bool) -> None:  # noqa: FBT001 - 参数化
    data = edited(BOOK, 'sheetId="2"', f'sheetId="2" state="{state}"')
    assert [grid.hidden for grid in book(data).grids] == [False, hidden]


def test_names_and_dates() -> None:
    names = (
        '<definedNames><definedName name="总分">评分表!$D$4</definedName>'
        '<definedName name="_xlnm.Print_Area" localSheetId="1">封面!$A$1</definedName></definedNames>'
    )
    read = book(edited(BOOK, "<sheets>", '<workbookPr date1904="1"/><sheets>'))
    assert read.date_1904
    assert not book(pack(good())).date_1904
    read = book(edited(BOOK, "</sheets>", "</sheets>" + names))
    assert read.names == {"总分": "评分表!$D$4", "1!_xlnm.Print_Area": "封面!$A$1"}


def test_macros_and_external_links_are_noticed() -> None:
    plain = book(pack(good()))
    assert (plain.macros, plain.external_links) == (False, False)
    assert book(changed("xl/vbaProject.bin", b"\xd0\xcf")).macros
    assert book(changed("xl/macrosheets/sheet1.xml", b"<a/>")).macros
    assert book(
        edited(
            TYPES,
            "openxmlformats-officedocument.spreadsheetml.sheet",
            "ms-excel.sheet.macroEnabled",
        )
    ).macros
    declared = '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.'
    declared += 'macroEnabled.main"/>'
    assert not book(edited(TYPES, "<Override", declared + "<Override")).macros  # SheetJS 总写
    assert book(changed("xl/externalLinks/externalLink1.xml", b"<a/>")).external_links
    assert book(edited(BOOK, "</sheets>", "</sheets><externalReferences/>")).external_links


def test_a_chart_sheet_is_passed_over() -> None:
    links = good()["xl/_rels/workbook.xml.rels"].replace(
        b'relationships/worksheet" Target="worksheets/sheet2',
        b'relationships/chartsheet" Target="worksheets/sheet2',
    )
    assert [grid.name for grid in book(changed("xl/_rels/workbook.xml.rels", links)).grids] == [
        "评分表"
    ]


def test_sheets_in_the_order_of_the_book_not_of_the_parts() -> None:
    links = relationships(
        relationship("rId1", "worksheet", "/xl/worksheets/sheet2.xml"),
        relationship("rId2", "worksheet", "../xl/worksheets/sheet1.xml"),
        relationship("rId3", "sharedStrings", "sharedStrings.xml"),
    )
    grids = book(changed("xl/_rels/workbook.xml.rels", links)).grids
    assert grids[0].cells == {(1, 1): GridCell("封面")}
    assert grids[1].cells[4, 4] == GridCell("9.5", numeric=True)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("General", FormatClass.GENERAL),
        ("G/通用格式", FormatClass.GENERAL),
        ("0.00", FormatClass.NUMBER),
        ("#,##0.00;[Red]-#,##0.00", FormatClass.NUMBER),
        ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', FormatClass.NUMBER),
        ("0.00E+00", FormatClass.NUMBER),
        ('0.00"%"', FormatClass.NUMBER),
        (r"0.00\%", FormatClass.NUMBER),
        ('0"days"', FormatClass.NUMBER),
        ("0.00%", FormatClass.PERCENT),
        ("[>=1]0%;0.0%", FormatClass.PERCENT),
        ('yyyy"年"m"月"', FormatClass.DATE),
        ("[$-804]yyyy年m月d日;@", FormatClass.DATE),
        ("[h]:mm", FormatClass.DATE),
        ("mm:ss.0", FormatClass.DATE),
        ("aaaa", FormatClass.DATE),
        ("[$¥-804]#,##0.00", FormatClass.NUMBER),
        ("@", FormatClass.TEXT),
        ("", FormatClass.GENERAL),
        (";;;", FormatClass.GENERAL),
    ],
)
def test_format_codes(code: str, expected: FormatClass) -> None:
    assert look_of(code).kind is expected


def test_built_in_formats() -> None:
    assert built_in(0).kind is FormatClass.GENERAL
    assert {built_in(number).kind for number in (9, 10)} == {FormatClass.PERCENT}
    assert {built_in(number).kind for number in (14, 22, 31, 45, 57)} == {FormatClass.DATE}
    assert {built_in(number).kind for number in (1, 2, 4, 11, 12, 37, 44, 48)} == {
        FormatClass.NUMBER
    }
    assert built_in(49).kind is FormatClass.TEXT
    assert built_in(500).kind is FormatClass.GENERAL


def test_custom_formats_reach_the_cell() -> None:
    custom = '<numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;"/></numFmts><cellXfs>'
    data = edited(STYLES, "<cellXfs>", custom).replace(b"", b"")
    parts = good()
    parts[STYLES] = (
        parts[STYLES]
        .replace(b"<cellXfs>", custom.encode())
        .replace(b'numFmtId="10"', b'numFmtId="176"')
    )
    assert book(data).grids[0].cells[5, 4].format is FormatClass.PERCENT
    assert book(pack(parts)).grids[0].cells[5, 4].format is FormatClass.DATE
