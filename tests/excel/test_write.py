"""写出的文件：内容相等，字节不变，文字不会变成公式。"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from excel_demo import FORM, HIDDEN, LISTS, REGISTER, area, demo_plan, one_sheet, row
from openpyxl.utils.escape import unescape

from xltool.address import At
from xltool.excel.errors import (
    TextTooLongError,
)
from xltool.excel.write import render_book, write_book
from xltool.sheets.graphics import Chart, Series
from xltool.sheets.plan import (
    Cell,
    Formula,
    Link,
    Merge,
    NumberFormat,
    Role,
    SheetPlan,
    WorkbookPlan,
)

PAYLOADS = [
    "=cmd|'/c calc'!A0", '=HYPERLINK("http://x","y")', "{=1+1}", "+1", "-1", "@x", "\t=1",
    "＝1", "http://example.com", "mailto:a@b.c", "ftp://x", "external:x.xlsx", "internal:A1",
    "file:///etc/passwd", "_x000D_", "铃\x07", "行\r\n行", "残\ud800缺", " 前后空格 ", "NA", "0012",
    "]]>", "<f>1+1</f>", "</sheetData>", "长" * 32_767,
]  # fmt: skip

HASH_SEEDS = """
import sys
sys.path.insert(0, sys.argv[1])
from hashlib import sha256
from excel_demo import demo_plan
from xltool.excel.write import render_book
print(sha256(render_book(demo_plan())).hexdigest())
"""


def opened(data: bytes, *, values: bool = False) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(data), data_only=values)


def part(data: bytes, name: str) -> str:
    with ZipFile(BytesIO(data)) as archive:
        return archive.read(name).decode()


def test_archive_is_sound(tmp_path: Path) -> None:
    target = tmp_path / "评分表.xlsx"
    assert write_book(demo_plan(), target) == target
    with ZipFile(target) as archive:
        assert archive.testzip() is None
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert target.read_bytes() == render_book(demo_plan())


def test_contents_come_back_equal() -> None:
    data = render_book(demo_plan())
    formulas, values = opened(data)[FORM], opened(data, values=True)[FORM]
    assert formulas["A2"].value == "部门整体支出绩效自评评分表"
    assert formulas["A6"].value == "A1.1"
    assert formulas["E6"].value == 20
    assert formulas["F6"].value == 0.98
    assert formulas["F6"].number_format == "0.00%"
    assert formulas["H6"].value == "=ROUND(E6*F6,2)"
    assert values["H6"].value == 19.6
    assert values["H7"].value == "已填"
    assert formulas["B11"].value == datetime(2026, 3, 5)  # noqa: DTZ001
    assert formulas["B11"].number_format == 'yyyy"年"m"月"d"日"'
    assert formulas["B7"].value is None


def test_every_role_is_drawn() -> None:
    sheets = demo_plan().sheets
    used = {cell.role for sheet in sheets for cell in sheet.every_cell()}
    assert used | {one.role for sheet in sheets for one in sheet.highlights} == set(Role)


def test_layout_features() -> None:
    book = opened(render_book(demo_plan()))
    form, register = book[FORM], book[REGISTER]
    assert book.sheetnames == [HIDDEN, FORM, REGISTER, LISTS]
    assert book[HIDDEN].sheet_state == "hidden"
    assert book.active.title == FORM
    assert form.row_dimensions[6].height == 45
    assert form.row_dimensions[4].hidden
    assert form.column_dimensions["D"].width == pytest.approx(40.71, abs=0.01)
    assert [str(merged) for merged in form.merged_cells.ranges] == ["B6:B7"]
    assert form.freeze_panes == "D6"
    assert form.protection.sheet
    assert form.protection.objects  # 图片、批注插不进去
    assert not form["F6"].protection.locked
    assert form["E6"].protection.locked
    assert form.print_title_rows == "$5:$5"
    assert form.print_area == "'评分表'!$A$1:$H$11"
    assert (form.page_setup.orientation, form.page_setup.paperSize) == ("landscape", 9)
    assert (form.page_setup.fitToHeight, form.sheet_properties.pageSetUpPr.fitToPage) == (0, True)
    assert register.page_setup.orientation == "portrait"
    assert register.auto_filter.ref == "A2:H7"
    assert register.column_dimensions["J"].hidden
    assert book.defined_names["复核结果"].attr_text == "'选项'!$A$1:$A$3"
    assert book.properties.created == datetime(2000, 1, 1)  # noqa: DTZ001
    assert book.properties.keywords == "jiangmen-2025-special 1.0"


def test_footer_doubles_the_ampersand() -> None:
    xml = part(render_book(demo_plan()), "xl/worksheets/sheet2.xml")
    assert "江门&amp;&amp;2025 v1.0&amp;C" in xml
    assert "— &amp;P —" in xml


def test_validations() -> None:
    form = opened(render_book(demo_plan()))[FORM]
    found = {str(rule.sqref): rule for rule in form.data_validations.dataValidation}
    assert (found["F6"].type, found["F6"].formula1, found["F6"].formula2) == ("decimal", "0", "1.2")
    assert (found["F6"].promptTitle, found["F6"].error) == ("完成率", "请填 0 至 120% 之间的数")
    assert found["F6"].errorStyle is None
    assert (found["G7"].type, found["G7"].formula1) == ("list", "复核结果")
    assert (found["F7"].errorStyle, found["F7"].formula1) == ("warning", "-1E+307")
    assert (found["G6"].operator, found["G6"].formula1) == ("lessThanOrEqual", "200")
    assert (found["B11"].formula1, found["B11"].formula2) == ("46023", "$B$11+1")


def test_links_inside_and_to_files() -> None:
    data = render_book(demo_plan())
    register = opened(data)[REGISTER]
    assert register["D3"].hyperlink.location == "'评分表'!F6"
    assert register["D7"].hyperlink.target == "报送/01_教育局%20%231.xlsx"
    names = part(data, "xl/worksheets/sheet3.xml")
    assert names.index("</dataValidations>") < names.index("<hyperlinks>")
    assert names.index("</hyperlinks>") < names.index("<printOptions")


def test_sheet_with_chart_and_file_link_keeps_both_relations() -> None:
    plan = one_sheet(
        Link("文件", file="甲.xlsx"),
        charts=(Chart("图", "说", area("A1:A2"), (Series("数", area("B1:B2")),), area("A4:F9")),),
    )
    relations = part(render_book(plan), "xl/worksheets/_rels/sheet1.xml.rels")
    assert relations.count("<Relationship ") == 2
    assert "relationships/drawing" in relations
    assert 'TargetMode="External"' in relations


def test_a_chart_is_drawn_without_being_calculated_and_told_to_who_cannot_see_it() -> None:
    series = Series("得分", area("B1:B2"), (3, Decimal("1.5")))
    chart = Chart("图", "甲三分，乙一分半", area("A1:A2"), (series,), area("A4:C9"), ("甲", "乙"))
    data = render_book(one_sheet("一", charts=(chart,)))
    drawn = part(data, "xl/charts/chart1.xml")
    assert re.findall(r"<c:v>([^<]*)</c:v>", drawn)[-4:] == ["甲", "乙", "3", "1.5"]
    drawing = part(data, "xl/drawings/drawing1.xml")
    assert 'descr="甲三分，乙一分半"' in drawing
    corners = re.findall(r"<xdr:(?:col|row)>(\d+)", drawing)
    assert [int(one) for one in corners] == [0, 3, 2, 8]  # 右下角还在 C9 里
    left, width = (
        Decimal(one)
        for one in re.findall(r'<c:(?:x|w) val="([^"]*)"/>', drawn.split("<c:barChart")[0])
    )
    assert left + width < Decimal("0.9")  # 右边留给标在条外的数


def test_links_beyond_what_excel_opens_are_plain_text() -> None:
    count = 65_531
    cells = [Cell(At(r, 1), Link("看", sheet="表"), Role.LINK) for r in range(1, count + 1)]
    xml = part(render_book(WorkbookPlan((SheetPlan("表", cells),))), "xl/worksheets/sheet1.xml")
    assert xml.count("<hyperlink ") == 65_530
    assert xml.count("看") == count


def test_scheme_in_a_file_name_is_only_a_name() -> None:
    relations = part(
        render_book(one_sheet(Link("看", file="http:x.xlsx"))),
        "xl/worksheets/_rels/sheet1.xml.rels",
    )
    assert 'Target="http%3Ax.xlsx"' in relations


def test_payloads_stay_text() -> None:
    sheet = opened(render_book(one_sheet(*PAYLOADS)))["表"]
    for col, payload in enumerate(PAYLOADS, start=1):
        cell = sheet.cell(1, col)
        assert cell.data_type != "f", payload
        assert cell.hyperlink is None, payload
        assert unescape(str(cell.value)) == payload.replace("\ud800", "\ufffd")


def test_payloads_as_results_and_links_stay_text() -> None:
    data = render_book(one_sheet(Formula("A1", "=1&<"), Link("=1+1", sheet="表")))
    sheet = opened(data)["表"]
    assert opened(data, values=True)["表"]["A1"].value == "=1&<"
    assert (sheet["B1"].value, sheet["B1"].data_type) != ("=1+1", "f")
    assert sheet["B1"].quotePrefix


def test_formula_like_text_has_the_quote_prefix() -> None:
    sheet = opened(render_book(one_sheet("=1", "一")))["表"]
    assert sheet["A1"].quotePrefix
    assert not sheet["B1"].quotePrefix


def test_numbers_are_exact() -> None:
    contents = (Decimal("0.30000000000000004"), Decimal("1E+3"), 0, True, False, Decimal("-0.5"))
    sheet = opened(render_book(one_sheet(*contents)))["表"]
    assert [cell.value for cell in sheet[1]] == [0.30000000000000004, 1000, 0, True, False, -0.5]
    assert sheet["D1"].data_type == "b"


def test_dates_around_the_false_leap_day() -> None:
    days = (date(1900, 1, 1), date(1900, 2, 28), date(1900, 3, 1), date(1899, 12, 31))
    xml = part(render_book(one_sheet(*days)), "xl/worksheets/sheet1.xml")
    assert "<v>1</v>" in xml
    assert "<v>59</v>" in xml
    assert "<v>61</v>" in xml
    assert "1899年12月31日" in xml


def test_results_can_be_left_out() -> None:
    xml = part(render_book(demo_plan(), with_results=False), "xl/worksheets/sheet2.xml")
    assert "<f>ROUND(E6*F6,2)</f></c>" in xml
    assert "<v>0.98</v>" in xml


def test_rows_without_cells_keep_height_and_hiding() -> None:
    plan = one_sheet("一", heights={1: 20.0, 3: 33.5, 9: 900}, hidden_rows=(5,))
    xml = part(render_book(plan), "xl/worksheets/sheet1.xml")
    assert '<row r="3" ht="33.5" customHeight="1"></row><row r="5" hidden="1"></row>' in xml
    assert '<row r="9" ht="409" customHeight="1">' in xml


def test_cells_may_be_a_generator_walked_once() -> None:
    cells = (Cell(At(r, 1), r, Role.BODY) for r in range(1, 4))
    sheet = opened(render_book(WorkbookPlan((SheetPlan("表", cells),))))["表"]
    assert [cell.value for cell in sheet["A"]] == [1, 2, 3]


def test_same_bytes_again_and_in_other_processes() -> None:
    first = hashlib.sha256(render_book(demo_plan())).hexdigest()
    assert hashlib.sha256(render_book(demo_plan())).hexdigest() == first
    for seed, zone in (("0", "UTC"), ("4242", "Asia/Shanghai")):
        shown = subprocess.run(
            [sys.executable, "-c", HASH_SEEDS, str(Path(__file__).parents[1] / "support")],
            env={"PYTHONHASHSEED": seed, "TZ": zone, "PATH": ""},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        )
        assert shown.stdout.strip() == first


def test_failed_writing_keeps_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "汇总.xlsx"
    target.write_bytes(b"old")
    with pytest.raises(TextTooLongError):
        write_book(one_sheet("好", "长" * 32_768), target)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_quote_in_a_sheet_name_is_doubled_in_links() -> None:
    cells = row(1, (Link("看", sheet="甲'乙", at=At(2, 2)), Role.LINK))
    sheet = opened(render_book(WorkbookPlan((SheetPlan("甲'乙", cells),))))["甲'乙"]
    assert sheet["A1"].hyperlink.location == "'甲''乙'!B2"


def test_single_cell_merge_is_no_merge() -> None:
    plan = one_sheet("一", merges=(Merge(area("A1")),))
    assert "mergeCell" not in part(render_book(plan), "xl/worksheets/sheet1.xml")


def test_only_used_styles_are_written() -> None:
    styles = part(render_book(one_sheet("一", "二", "=三")), "xl/styles.xml")
    assert '<cellXfs count="3">' in styles
    assert len(styles) < 12_000


def test_number_format_of_an_unlocked_cell() -> None:
    cell = Cell(At(1, 1), None, Role.INPUT, NumberFormat.MONEY, unlocked=True)
    sheet = opened(render_book(WorkbookPlan((SheetPlan("表", [cell]),))))["表"]
    assert sheet["A1"].number_format == "#,##0.00"
    assert sheet["A1"].fill.fgColor.rgb == "FFFFF9E5"
    assert sheet["A1"].font.name == "仿宋"
    assert not sheet["A1"].protection.locked
