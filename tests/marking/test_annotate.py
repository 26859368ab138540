"""退回件：颜色、批注、清单、链接；单位自己的东西还在；有害的内容不起作用；值一格不变。"""

from __future__ import annotations

import re
import time
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlsxwriter
from cli_forms import good_form
from marking_stand_ins import strange
from openpyxl_books import loaded

from xltool.address import At
from xltool.assessment.noted import Noted
from xltool.finding import Finding, Severity
from xltool.intake.submission import understand_book
from xltool.marking import annotate
from xltool.marking.annotate import Job, annotated
from xltool.marking.flagged_cells import HEADING, areas_of
from xltool.marking.formula_nature import Nature, nature
from xltool.marking.isolated import Annotator
from xltool.marking.issue_sheet import NAME, TITLE
from xltool.scoring.catalogue import ready_schemes
from xltool.season.letter import Letter
from xltool.sheets.paper import SIDE, Fit, fitted
from xltool.sheets.plan import Paper
from xltool.xlsx.grid import State
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

    from xltool.xlsx.grid import Grid

ROW = re.compile(rb"<row ([^>]*)>")
PROJECT = Path(__file__).parents[2] / "workbook_templates" / "评分表_项目支出101号_2021.2.xlsx"
RED, AMBER, BLUE = "FFFCE4E4", "FFFFF2CC", "FFE6EFFB"
DDE = "cmd|'/c calc'!A0"


def finding(
    at: str,
    severity: Severity = Severity.ERROR,
    message: str = "应为 5，现为 9",
    code: str = "V101",
) -> Finding:
    return Finding(code, severity, message, "请改为 5。", "表.xlsx", "表", at=At.parse(at))


def users_book(extra: dict[str, str] | None = None, **names: str) -> bytes:
    """单位的一份：各种内容、样式、校验、批注、链接。`extra` 是多写的公式，`names` 是名称。"""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("表")
        green = book.add_format({"bg_color": "#00FF00", "bold": True, "font_name": "楷体"})
        sheet.write_string("A1", "=1+1", green)
        sheet.write_number("A2", 0.1 + 0.2)
        sheet.write_formula("A3", "=SUM(A2:A2)*10", None, 3)
        sheet.write_formula("A4", '=IF(A2>9,1,"")', None, "")
        sheet.write_formula("A5", "=1/0", None, "#DIV/0!")
        sheet.write_boolean("A6", 1)
        sheet.write_string("A7", "一_x000D_二\n三 <&>")
        sheet.write_datetime("A8", date(2025, 4, 18), green)
        for address, formula in (extra or {}).items():
            sheet.write_formula(address, formula, None, 12.5)
        sheet.write_comment("A2", "单位自己的批注", {"author": "张三"})
        sheet.data_validation("B1:B5", {"validate": "list", "source": ["是", "否"]})
        sheet.conditional_format("A1:A9", {"type": "formula", "criteria": "A1=3", "format": green})
        sheet.set_column("A:A", 33)
        sheet.protect()
        sheet.write_url("C1", "http://example.com/", None, "网址")
        sheet.write_url("C2", "internal:'表'!A1", None, "到头")
        sheet.merge_range("D1:E2", "合并")
        for name, formula in names.items():
            book.define_name(name, formula)
        book.add_worksheet("隐藏").hide()
    return buffer.getvalue()


def marked(data: bytes, *findings: Finding) -> tuple[Workbook, bytes]:
    result = annotated(Job(data, tuple(Noted(one, None) for one in findings)))
    assert isinstance(result, bytes), result
    return loaded(result), result


def grid(data: bytes, name: str = "表") -> Grid:
    return next(item for item in read_bytes(data).grids if item.name == name)


def colors(book: Workbook, sheet: str = "表") -> dict[str, tuple[int, str]]:
    """我们上的颜色：区域到（优先级，底色）。"""
    return {
        str(area.sqref): (rule.priority, rule.dxf.fill.bgColor.rgb)
        for area in book[sheet].conditional_formatting
        for rule in area.rules
        if rule.formula[0].startswith('AND("xltool"="xltool",')
    }


def rows(book: Workbook, name: str = NAME) -> list[tuple[object, ...]]:
    return list(book[name].iter_rows(min_row=6, max_col=6, values_only=True))


@pytest.fixture(autouse=True, scope="module")
def at_first() -> tuple[bytes, float]:
    """最先标注好的一份，和那时的时刻。"""
    return marked(users_book(), finding("A1"))[1], time.time()


def test_flagged_cells_are_colored_by_severity() -> None:
    book, _ = marked(
        users_book(),
        finding("A3"),
        finding("A2", Severity.WARNING),
        finding("A6", Severity.NOTICE),
        finding("B9"),
    )
    assert colors(book) == {"A3": (1, RED), "B9": (2, RED), "A2": (3, AMBER), "A6": (4, BLUE)}
    own = [rule for area in book["表"].conditional_formatting for rule in area.rules]
    assert sorted(rule.priority for rule in own) == [1, 2, 3, 4, 5]


def test_a_comment_says_every_finding_of_the_cell_after_the_users_own() -> None:
    second = finding("A2", Severity.WARNING, "又一处", "K05")
    book, _ = marked(users_book(), finding("A2"), second, finding("A3"))
    assert book["表"]["A2"].comment.text == (
        "单位自己的批注\n【退回修改】\n错误 编码V101：应为 5，现为 9\n办法：请改为 5。\n"
        "警告 规则K05：又一处\n办法：请改为 5。"
    )
    assert book["表"]["A2"].comment.author == "张三"
    assert book["表"]["A3"].comment.text.startswith("【退回修改】\n错误 编码V101")
    assert book["表"]["A1"].comment is None


def test_the_first_sheet_lists_the_findings_with_links() -> None:
    whole = Finding("R201", Severity.NOTICE, "整个文件", "请核对。")
    hidden = finding("A1")._replace(sheet="隐藏")
    book, _ = marked(users_book(), whole, finding("A3"), hidden)
    assert book.sheetnames == [NAME, "表", "隐藏"]
    assert book.active.title == NAME
    assert [sheet.sheet_view.tabSelected for sheet in book] == [True, False, False]
    sheet = book[NAME]
    assert sheet["A1"].value == TITLE
    assert sheet["A2"].value.startswith("共 4 处：错误 2 处，警告 0 处，提示 2 处。")
    heads = ["序号", "级别", "编码", "位置", "事实", "办法", "单位说明", "标识"]
    assert [cell.value for cell in sheet[5]] == heads
    listed = rows(book)
    assert listed[:2] == [
        (1, "错误", "V101", "表!A3", "应为 5，现为 9", "请改为 5。"),
        (2, "错误", "V101", "隐藏!A1", "应为 5，现为 9", "请改为 5。"),
    ]
    assert listed[3] == (4, "提示", "R201", None, "整个文件", "请核对。")
    assert sheet["D6"].hyperlink.location == "'表'!A3"
    assert sheet["D6"].hyperlink.target is None
    assert sheet["D7"].hyperlink is None
    assert sheet["D9"].hyperlink is None
    assert sheet["B6"].fill.fgColor.rgb == RED


def test_the_statement_column_alone_can_be_written() -> None:
    book, copy = marked(users_book(), finding("A3"))
    sheet = book[NAME]
    assert sheet.protection.sheet
    assert sheet.protection.objects
    assert not sheet["G6"].protection.locked
    assert sheet["G6"].alignment.wrap_text
    assert [sheet.cell(6, col).protection.locked for col in (1, 4, 5, 8)] == [True] * 4
    assert sheet.column_dimensions["H"].hidden
    assert sheet.row_dimensions[6].height > 20
    with zipfile.ZipFile(BytesIO(copy)) as archive:
        first = archive.read("xl/worksheets/sheet1.xml")
    assert b"customHeight" not in first  # 行高只是初值：说明写长了，行自己长高
    (prompt,) = sheet.data_validations.dataValidation
    assert str(prompt.sqref) == "G6:G7"
    assert prompt.prompt.startswith("属实、不用改的，写明原因")


def test_who_returned_it_by_when_and_whom_to_ask() -> None:
    letter = Letter(
        office="示例市财政局",
        by=date(2025, 5, 20),
        mailbox="jixiao@example.gov.cn",
        contact="李四",
        phone="0750-1234567",
    )
    job = Job(users_book(), (Noted(finding("A3"), None),), letter=letter)
    result = annotated(job)
    assert isinstance(result, bytes)
    assert openpyxl.load_workbook(BytesIO(result))[NAME]["A3"].value == (
        "退回单位：示例市财政局；请在 2025年5月20日前改好，报送到 jixiao@example.gov.cn；"
        "有疑问请找 李四，0750-1234567。"
    )
    gaps, partly = marked(users_book(), finding("A3"))[0][NAME]["A3"], Letter(by=date(2025, 5, 2))
    assert gaps.value == "退回单位：＿＿＿＿；请在 ＿＿＿＿前改好；有疑问请找 ＿＿＿＿。"
    assert not gaps.protection.locked  # 不知道的由退回的人补上
    assert partly.sentence == ("退回单位：＿＿＿＿；请在 2025年5月2日前改好；有疑问请找 ＿＿＿＿。")


def test_a_comment_box_stands_beside_its_cell() -> None:
    """锚点：从 B 列（列宽 33 的 A 列右边）、上一行起，照列宽、行高数到的格。"""
    _, copy = marked(users_book(), finding("A3"), finding("A1"))
    with zipfile.ZipFile(BytesIO(copy)) as archive:
        drawing = archive.read("xl/drawings/commentsDrawing1.vml").decode()
    assert re.findall("<x:Anchor>(.*?)</x:Anchor>", drawing) == [
        "1, 15, 0, 2, 6, 15, 3, 18",
        "1, 15, 0, 10, 3, 31, 4, 9",
        "1, 15, 1, 10, 6, 15, 5, 6",
    ]
    assert "ns0:" not in drawing


def test_the_list_prints_nine_points_and_opens_at_the_first_statement() -> None:
    sheet = marked(users_book(), finding("A3"))[0][NAME]
    printed = [sheet.column_dimensions[letter].width for letter in "ABCDEFG"]
    assert fitted(printed) == Fit(Paper.A4, 1, 7)
    assert sheet.page_margins.left == pytest.approx(SIDE / 25.4)
    assert sheet.oddFooter.center.text == "— &P —"
    assert [one.activeCell for one in sheet.sheet_view.selection] == ["G6"]


def test_one_cell_has_one_mark_the_worst() -> None:
    book, _ = marked(
        users_book(), finding("A2", Severity.NOTICE), finding("A2"), finding("A2", Severity.WARNING)
    )
    assert colors(book) == {"A2": (1, RED)}
    said = book["表"]["A2"].comment.text
    assert re.findall("(错误|警告|提示) 编码V101", said) == ["错误", "警告", "提示"]


def test_the_users_own_things_are_kept() -> None:
    book, _ = marked(users_book(), finding("A1"))
    sheet = book["表"]
    assert (sheet["A1"].fill.fgColor.rgb, sheet["A1"].font.name) == ("FF00FF00", "楷体")
    (validation,) = sheet.data_validations.dataValidation
    assert (str(validation.sqref), validation.formula1) == ("B1:B5", '"是,否"')
    assert "A1:A9" in [str(area.sqref) for area in sheet.conditional_formatting]
    assert sheet.protection.sheet
    assert sheet.column_dimensions["A"].width == pytest.approx(33, abs=1)
    assert [str(area) for area in sheet.merged_cells.ranges] == ["D1:E2"]
    assert book["隐藏"].sheet_state == "hidden"
    assert sheet["C2"].hyperlink.location == "'表'!A1"


def test_the_strict_reader_reads_the_same_values_even_of_formulas() -> None:
    data = users_book()
    _, copy = marked(data, finding("A1"), finding("E1"))
    before, after = grid(data), grid(copy)
    assert {at: cell.text for at, cell in after.cells.items()} == {
        **{at: cell.text for at, cell in before.cells.items()},
        (2, 1): "0.3",  # 0.30000000000000004，显示的 15 位相同
    }
    assert (after.cells[3, 1].state, after.cells[3, 1].text) == (State.FORMULA, "3")
    assert after.cells[5, 1].state is before.cells[5, 1].state
    assert after.cells[6, 1].boolean
    assert after.cells[1, 1].formula == ""


def test_a_real_form_is_understood_the_same() -> None:
    data = good_form(department="江门市教育局")
    reading = understand_book(read_bytes(data), ready_schemes())
    note = Finding("S02", Severity.ERROR, "不符", "请改。", "", "封面", at=At.parse("C17"))
    _, copy = marked(data, note)
    again = understand_book(read_bytes(copy), ready_schemes())
    assert reading.submission is not None
    assert again.submission is not None
    assert again.submission.entries == reading.submission.entries
    extra = [item for item in again.findings if item not in reading.findings]
    assert [item.code for item in extra] == ["R214"]


def fixed_rows(data: bytes) -> dict[str, set[int]]:
    """各表里行高定死了的行。"""
    found = {}
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for number, one in enumerate(read_bytes(data).grids, 1):
            rows = ROW.findall(archive.read(f"xl/worksheets/sheet{number}.xml"))
            fixed = (re.search(rb'\br="(\d+)"', said) for said in rows if b"customHeight" in said)
            found[one.name] = {int(row[1]) for row in fixed if row}
    return found


@pytest.mark.parametrize("saved", [False, True], ids=["as issued", "saved with heights"])
def test_rows_to_write_in_grow_as_issued(*, saved: bool) -> None:
    """退回件里写多了，行照样长高；别的程序另存时把行高定死了的也是。合并的格，行由空行撑高。"""
    issued = sent = PROJECT.read_bytes()
    if saved:
        sent = with_part(
            with_part(issued, ' customHeight="1"', ""), "<row ", '<row customHeight="1" '
        )
    before, after, growing = fixed_rows(issued), fixed_rows(marked(sent)[1]), 0
    for sheet in loaded(issued).worksheets:
        fixed, own = after[sheet.title], before[sheet.title]
        rows = {cell.row for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
        assert rows & fixed == rows & own
        assert own <= fixed if saved else own == fixed
        growing += len(rows - fixed)
    assert growing > 10


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("SUM(A1:A3)", Nature.PLAIN),
        ('IF(A1="http://a|b[1]x!","HYPERLINK(",1)', Nature.PLAIN),
        ("表1[金额]*2", Nature.PLAIN),
        ("cmd|'/c calc'!A0", Nature.ACTIVE),
        ("'a\"b'!A1&cmd|'x'!A0&\"\"", Nature.ACTIVE),
        ("_xlfn.WEBSERVICE(A1)", Nature.ACTIVE),
        ("1+hyperlink (A1)", Nature.ACTIVE),
        ("ＷＥＢＳＥＲＶＩＣＥ(A1)", Nature.ACTIVE),
        ('IF(H6>0,HYPERLINK("#\'封面\'!A"&H6,"第"&H6),HYPERLINK("#\'表\'!$B$2"))', Nature.PLAIN),
        ("HYPERLINK(\"＃'封面'!A\"&H6,1)", Nature.ACTIVE),
        ("HYPERLINK(\"#'[账.xlsx]表'!A1\",1)", Nature.ACTIVE),
        ("HYPERLINK(\"#'封面'!A1\"&H6&H7,1)", Nature.ACTIVE),
        ("HYPERLINK(\"#'封面'!A1\",HYPERLINK(A1))", Nature.ACTIVE),
        ("[1]表!A1", Nature.LINKED),
        ("SUM('C:\\账[1]\\[预算.xlsx]表 1'!A1:A2)", Nature.LINKED),
        ("[1]!名称", Nature.LINKED),
    ],
)
def test_the_nature_of_a_formula(formula: str, expected: Nature) -> None:
    assert nature(formula) is expected


def test_formulas_that_reach_outside_do_nothing_in_the_copy() -> None:
    reach = {"G1": f"={DDE}", "G2": '=HYPERLINK("http://x","点")', "G3": "='[账.xlsx]表'!A1"}
    book, copy = marked(users_book(reach, 外面=f"={DDE}", 本表="='表'!$A$1"))
    sheet = book["表"]
    assert [sheet[at].data_type for at in ("G1", "G2", "G3")] == ["s", "s", "n"]
    assert sheet["G1"].value == f"={DDE}"
    assert sheet["G1"].quotePrefix
    assert sheet["G3"].value == 12.5
    assert list(book.defined_names) == ["本表"]
    assert sheet["C1"].hyperlink is None
    said = [(row[2], row[3]) for row in rows(book)]
    assert said == [
        ("R151", "表!G1"),
        ("R151", "表!G2"),
        ("R153", None),
        ("R153", None),
        ("R152", "表!G3"),
    ]
    assert [row[4] for row in rows(book)[2:4]] == [
        "原文件里的引用外面的名称没有带进退回件",
        "原文件里的对外的超链接没有带进退回件",
    ]
    with zipfile.ZipFile(BytesIO(copy)) as archive:
        for name in archive.namelist():
            assert b'TargetMode="External"' not in archive.read(name), name
            assert not re.search("externalLink|vbaProject", name)


@pytest.mark.parametrize("text", [f"={DDE}", "@x", "{=1}", "http://e.cn", "甲_x0041_\x07\ud800乙"])
def test_our_own_texts_are_never_formulas(text: str) -> None:
    data = users_book()
    book, copy = marked(data, finding("A3", message=text)._replace(remedy=text))
    cell = book[NAME]["E6"]
    assert (cell.data_type, cell.hyperlink, cell.quotePrefix) == ("s", None, True)
    shown = text.replace("\x07", "\ufffd").replace("\ud800", "\ufffd")
    assert grid(copy, NAME).cells[6, 5].text == shown
    assert grid(copy, NAME).cells[6, 5].formula == ""


def test_a_grouped_finding_colors_all_its_cells() -> None:
    several = finding("D4", message="没有填（D4、D6，共2格）")
    run = finding("A1", message="填的“１”（A1:A3 等共3格）")
    assert [area.a1 for area in areas_of(several)] == ["D4", "D6"]
    assert [area.a1 for area in areas_of(run)] == ["A1:A3"]
    assert [area.a1 for area in areas_of(finding("A1"))] == ["A1"]
    book, _ = marked(users_book(), several, run)
    filled = {"A1": (1, RED), "A2": (2, RED), "A3": (3, RED)}  # 各格填的不同，各看各的
    assert colors(book) == filled | {"D4": (4, RED), "D6": (5, RED)}
    commented = [at for at in ("A1", "A2", "A3", "D4", "D5", "D6") if book["表"][at].comment]
    assert commented == ["A1", "A2", "A3", "D4", "D6"]


def test_a_finding_inside_a_merge_is_commented_at_its_corner() -> None:
    book, _ = marked(users_book(), finding("E2"))
    assert book["表"]["D1"].comment.text.startswith(HEADING)


def test_marking_again_replaces_the_old_marks() -> None:
    _, once = marked(users_book(), finding("A2"), finding("A3"))
    old_list = Finding("R214", Severity.NOTICE, "多出的表", "删去。", "", NAME)
    book, twice = marked(once, finding("A6", Severity.NOTICE), old_list)
    assert book.sheetnames == [NAME, "表", "隐藏"]
    assert colors(book) == {"A6": (1, BLUE)}
    assert book["表"]["A2"].comment.text == "单位自己的批注"
    assert book["表"]["A3"].comment is None
    assert [row[2] for row in rows(book)] == ["V101"]
    assert grid(twice).cells.keys() == grid(users_book()).cells.keys()


def test_the_users_sheet_of_the_same_name_is_kept() -> None:
    workbook = openpyxl.load_workbook(BytesIO(users_book()))
    workbook["隐藏"].title = NAME
    buffer = BytesIO()
    workbook.save(buffer)
    book, _ = marked(buffer.getvalue(), finding("A1"))
    assert book.sheetnames == [f"{NAME}（2）", "表", NAME]


def test_pictures_and_charts_are_left_out_and_said() -> None:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as workbook:
        sheet = workbook.add_worksheet("表")
        sheet.write_number("A1", 1)
        chart = workbook.add_chart({"type": "line"})
        chart.add_series({"values": "=表!$A$1:$A$1"})
        sheet.insert_chart("C3", chart)
    book, copy = marked(buffer.getvalue(), finding("A1"))
    assert rows(book)[1][4] == "原文件里的图片、图表和图形没有带进退回件"
    with zipfile.ZipFile(BytesIO(copy)) as archive:
        assert not [name for name in archive.namelist() if "chart" in name]


def test_an_empty_drawing_is_no_picture() -> None:
    """LibreOffice 另存的，一张没有图的表也有一个空的绘图部件。"""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as workbook:
        workbook.add_worksheet("表").write_number("A1", 1)
    with zipfile.ZipFile(buffer, "a") as archive:
        space = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
        archive.writestr("xl/drawings/drawing1.xml", f'<xdr:wsDr xmlns:xdr="{space}"/>')
    book, _ = marked(buffer.getvalue(), finding("A1"))
    assert "R153" not in {row[2] for row in rows(book)}


def test_a_table_column_does_not_bring_the_formula_back() -> None:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as workbook:
        sheet = workbook.add_worksheet("表")
        columns = [{"header": "甲"}, {"header": "乙", "formula": "=WEBSERVICE(1)"}]
        sheet.add_table("A1:B3", {"columns": columns, "name": "表格"})
        rule = {"type": "formula", "criteria": "=RTD(1)", "format": workbook.add_format()}
        sheet.conditional_format("A1", rule)
        sheet.data_validation("A1", {"validate": "custom", "value": "=EXEC(1)"})
    book, copy = marked(buffer.getvalue(), finding("A2"))
    assert book["表"].tables["表格"].tableColumns[1].calculatedColumnFormula is None
    assert [row[4] for row in rows(book)[3:6]] == [
        "原文件里的取外面内容的表格公式没有带进退回件",
        "原文件里的取外面内容的校验没有带进退回件",
        "原文件里的取外面内容的条件格式没有带进退回件",
    ]
    with zipfile.ZipFile(BytesIO(copy)) as archive:
        xml = archive.read("xl/worksheets/sheet2.xml").decode()
    assert "RTD" not in xml
    assert "EXEC" not in xml
    assert "<f>" not in xml


def test_the_bytes_follow_from_the_content(at_first: tuple[bytes, float]) -> None:
    one, made = at_first
    time.sleep(max(made + 2 - time.time(), 0))  # 压缩包里的时刻以两秒计
    _, other = marked(users_book(), finding("A1"))
    assert one == other


def test_a_file_the_strict_reader_refuses_is_not_opened() -> None:
    result = annotated(Job(b"PK\3\4", ()))
    assert isinstance(result, Finding)
    assert result.code == "R122"


def test_a_huge_merge_is_refused_before_openpyxl_spreads_it() -> None:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = 1
    buffer = BytesIO()
    workbook.save(buffer)
    data = with_part(
        buffer.getvalue(),
        "</sheetData>",
        '</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    )
    result = annotated(Job(data, ()))
    assert isinstance(result, Finding)
    assert result.code == "R154"


def test_what_openpyxl_cannot_load_is_said() -> None:
    data = with_part(users_book(), 'type="list"', 'type="listing"')
    assert read_bytes(data)
    result = annotated(Job(data, (Noted(finding("A1"), None),)))
    assert isinstance(result, Finding)
    assert result.code == "R154"


def test_a_copy_that_would_differ_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(written: bytes, *_: object) -> bytes:
        return with_part(written, "<v>0.3", "<v>0.4")

    monkeypatch.setattr(annotate, "with_patched_results", broken)
    result = annotated(Job(users_book(), (Noted(finding("A1"), None),)))
    assert isinstance(result, Finding)
    assert (result.code, result.message) == ("R156", "另存会改变 表!A2 的内容，没有写退回件")


def with_part(data: bytes, old: str, new: str) -> bytes:
    """改工作表的 XML。"""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                text = text.decode().replace(old, new).encode()
            target.writestr(name, text)
    return buffer.getvalue()


def test_a_file_that_kills_or_hangs_costs_only_itself() -> None:
    with Annotator(strange, timeout=1.5) as annotator:
        results = [annotator.annotated(Job(data, ())) for data in (b"1", b"die", b"hang", b"2")]
    assert [item if isinstance(item, bytes) else item.code for item in results] == [
        b"1",
        "R154",
        "R155",
        b"2",
    ]
