"""方案工作簿的样子变了：栏挪了、表改了名、加了行、合并了格，认得的认得，认不得的指出来。"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from collection_builder import submission
from openpyxl import Workbook
from openpyxl_books import opened, saved, saved_sheets
from read_forms import read_submission
from scheme_books import (
    FILE,
    NEW_ID,
    SPECIAL,
    Edit,
    edited,
    exported,
    import_edited,
    imported,
    said,
)

from xltool.excel.write import render_book
from xltool.finding import Finding, Message, Severity
from xltool.flags.rules.k07_mismatched_units import DECIMALS
from xltool.messages import scheme as messages
from xltool.scheme.loader import load_scheme, parse_scheme
from xltool.scheme.model import Override
from xltool.scheme_book.book import scheme_plan
from xltool.scheme_book.importing import import_scheme
from xltool.scheme_book.rows import MOST_ROWS
from xltool.scheme_book.tables.catalogue import TABLES
from xltool.scoring.catalogue import methods_of, ready_schemes
from xltool.xlsx.grid import GridCell, State
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from xltool.scheme_book.importing import Imported
    from xltool.scheme_book.table import Column
    from xltool.xlsx.grid import Book, Grid

HEADINGS = 4
MESSAGES = [value for value in vars(messages).values() if isinstance(value, Message)]


@cache
def base() -> bytes:
    return edited(exported(), [NEW_ID])


@cache
def base_book() -> Book:
    return read_bytes(base(), FILE)


def changed_sheets(book: Workbook, *names: str) -> bytes:
    """由 `base()` 打开、只改了这几张表的一份。"""
    return saved_sheets(base(), book, names)


def with_grids(*grids: Grid) -> Imported:
    """换上这些工作表再读；不经过文件，快。"""
    return import_scheme(replace(base_book(), grids=grids), FILE)


def changed(name: str, /, **parts: object) -> Imported:
    """改一张工作表的名字、格或合并。"""
    grids = base_book().grids
    return with_grids(*(replace(g, **parts) if g.name == name else g for g in grids))  # type: ignore[arg-type]


def test_the_plain_edit_says_nothing() -> None:
    result = imported(base())
    assert said(result) == []
    assert result.scheme is not None


def test_moved_columns_are_found_by_their_headings() -> None:
    book = opened(base())
    sheet = book["指标体系"]
    values = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEADINGS)]
    formats = [[cell.number_format for cell in row] for row in sheet.iter_rows(min_row=HEADINGS)]
    for row, (line, looks) in enumerate(zip(values, formats, strict=True), HEADINGS):
        for column, (value, look) in enumerate(
            zip(reversed(line), reversed(looks), strict=True), 1
        ):
            sheet.cell(row, column).value = value
            sheet.cell(row, column).number_format = look
    assert imported(changed_sheets(book, "指标体系")).text == imported(base()).text


def test_an_own_column_and_an_own_sheet_are_left_out_and_said() -> None:
    book = opened(base())
    book["参数"].cell(HEADINGS, 6).value = "我的备注"
    book["参数"].cell(HEADINGS + 1, 6).value = "问过老王"
    book.create_sheet("草稿")["A1"] = "随便写写"
    result = imported(saved(book))
    assert said(result) == [
        ("G105", "参数!F4", "“我的备注”不是方案的栏，没有读取"),
        ("G106", "草稿", "工作表“草稿”不是方案的表，没有读取"),
    ]
    assert "老王" not in result.text
    assert result.text == imported(base()).text


@pytest.mark.parametrize("key", TABLES)
def test_a_renamed_sheet_is_known_by_its_headings(key: str) -> None:
    name = TABLES[key].name
    result = changed(name, name="改了名")
    assert said(result) == [("G107", "改了名", f"工作表“{name}”改名为“改了名”，已按表头认出")]
    assert result.text == imported(base()).text


def test_all_sheets_renamed_are_still_told_apart() -> None:
    numbered = enumerate(base_book().grids)
    result = with_grids(*(replace(grid, name=f"表{number}") for number, grid in numbered))
    codes = [code for code, _, _ in said(result)]
    assert (codes.count("G107"), codes.count("G106")) == (len(TABLES), 3)  # 说明、词表、来源
    assert result.text == imported(base()).text


def test_sheets_in_any_order() -> None:
    assert with_grids(*reversed(base_book().grids)).text == imported(base()).text


@pytest.mark.parametrize("key", TABLES)
def test_a_missing_sheet_is_an_error(key: str) -> None:
    name = TABLES[key].name
    result = with_grids(*(grid for grid in base_book().grids if grid.name != name))
    assert result.text == ""
    assert said(result)[0] == ("G102", "", f"找不到工作表“{name}”")


COLUMNS = [
    (key, column) for key, table in TABLES.items() for column in table.columns if column.read
]


def without(name: str, column: Column) -> Grid:
    """一张表少了一栏的表头。"""
    grid = next(grid for grid in base_book().grids if grid.name == name)
    cells = {
        at: cell
        for at, cell in grid.cells.items()
        if (at[0], cell.text) != (HEADINGS, column.heading)
    }
    assert len(cells) == len(grid.cells) - 1
    return replace(grid, cells=cells)


def test_a_missing_column_is_an_error() -> None:
    key, column = COLUMNS[0]
    name = TABLES[key].name
    result = changed(name, cells=without(name, column).cells)
    assert result.text == ""
    assert ("G103", f"{name}!A4", f"找不到“{column.heading}”一栏") in said(result)


MOST_COLUMNS = max(sum(one == key for one, _ in COLUMNS) for key in TABLES)


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(one, marks=() if one % 3 == 0 else pytest.mark.nightly)
        for one in range(MOST_COLUMNS)
    ],
)
def test_every_missing_column_is_an_error(number: int) -> None:
    """各张表都少了自己的第几栏：每一处都说，都是错误。"""
    grids, wanted = {grid.name: grid for grid in base_book().grids}, set()
    for key, table in TABLES.items():
        columns = [column for one, column in COLUMNS if one == key]
        if number < len(columns):
            column = columns[number]
            grids[table.name] = without(table.name, column)
            wanted.add((f"{table.name}!A4", f"找不到“{column.heading}”一栏"))
    result = with_grids(*grids.values())
    found = [one for one in result.findings if one.code == "G103"]
    assert {(one.where, one.message) for one in found} == wanted
    assert {one.severity for one in found} == {Severity.ERROR}


def test_a_heading_twice() -> None:
    book = opened(base())
    book["参数"].cell(HEADINGS, 6).value = "值"
    assert said(imported(changed_sheets(book, "参数"))) == [
        ("G104", "参数!F4", "“值”一栏有两处，另一处在第 C 列，分不清以哪一栏为准")
    ]


def test_merged_cells_are_refused() -> None:
    book = opened(base())
    book["指标体系"].merge_cells("C5:C7")
    result = imported(changed_sheets(book, "指标体系"))
    where = [(code, at) for code, at, _ in said(result) if code == "G108"]
    assert where == [("G108", "指标体系!C5")]


def test_blank_rows_between_and_rows_pushed_down_are_read_through() -> None:
    book = opened(base())
    book["指标体系"].insert_rows(10, 3)
    book["选项"].insert_rows(5)
    assert imported(changed_sheets(book, "指标体系", "选项")).text == imported(base()).text


def new_indicator() -> list[Edit]:
    """补在末尾的一个三级指标，连同取数和参数。"""
    return [
        NEW_ID,
        Edit("指标体系", ("25",), "分值", 1),
        Edit("指标体系", ("+1",), "编码", "27"),
        Edit("指标体系", ("27",), "二级指标", "预算执行"),
        Edit("指标体系", ("27",), "三级指标", "结转结余控制"),
        Edit("指标体系", ("27",), "分值", 1),
        Edit("指标体系", ("27",), "来源", "文号：某财绩〔2026〕3号"),
        Edit("指标体系", ("27",), "计分办法", "逐项扣分"),
        Edit("指标体系", ("27",), "办法来源", "假设：每项扣半分"),
        Edit("一二级指标", ("预算执行",), "分值", 8),
        Edit("一二级指标", ("运行成本",), "分值", 2),
        Edit("计分取数", ("+1",), "编码", "27"),
        Edit("计分取数", ("27",), "取什么", "项数"),
        Edit("计分取数", ("27",), "取哪一项", "management.carried_over"),
        Edit("计分参数", ("+1",), "编码", "27"),
        Edit("计分参数", ("27",), "参数", "每发生一项扣分"),
        Edit("计分参数", ("27",), "值", 0.5),
        Edit("计分参数", ("27",), "单位", "分"),
        Edit("字段", ("+1",), "工作表", "management"),
        Edit("字段", ("+0",), "位置", "项目"),
        Edit("字段", ("+0",), "标识", "carried_over"),
        Edit("字段", ("+0",), "编码", "F30"),
        Edit("字段", ("+0",), "名称", "结转两年以上的项目数"),
        Edit("字段", ("+0",), "类型", "整数"),
        Edit("字段", ("+0",), "单位", "个"),
        Edit("字段", ("+0",), "必填", "是"),
        Edit("字段", ("+0",), "不小于", 0),
        Edit("字段", ("+0",), "填报要求", "上年及以前结转的项目数。"),
        Edit("字段", ("+0",), "例子", "0"),
    ]


def test_rows_added_below_join_their_group() -> None:
    result = import_edited(*new_indicator())
    assert said(result) == []
    scheme = parse_scheme(result.text, "新.toml")
    codes = [item.code for item in scheme.indicators]
    assert codes.index("27") == codes.index("08") + 1  # 排到“预算执行”的末尾
    assert scheme.indicator("27").level1 == "管理效率"
    assert scheme.sheet("management").fields[-1].key == "carried_over"
    assert scheme.number("27.each") == Decimal("0.5")
    method = next(one for one in methods_of(scheme) if one.indicator.code == "27")
    assert method.sentence() == ("没有发生得1分；结转两年以上的项目数每有一项扣0.5分，扣完为止。")


def test_a_threshold_taken_out_is_the_rules_own_again() -> None:
    """删去的一行不是没有界限：照规则自己的，再导出又列出来。"""
    book = opened(base())
    sheet = book["标志参数"]
    rows = [row[0].row for row in sheet.iter_rows(min_row=5) if row[0].value == "K07"]
    for row in reversed(rows):
        sheet.delete_rows(row)
    result = imported(changed_sheets(book, "标志参数"))
    assert said(result) == []
    assert "[flags" not in result.text
    assert DECIMALS.of(parse_scheme(result.text, "新.toml")) == 2


def test_only_a_changed_threshold_is_written() -> None:
    """标志参数列出全部界限；没有改的不写进方案，改了的连同来源写。"""
    origin = "文号：×财绩〔2025〕×号"
    result = import_edited(
        NEW_ID, Edit("标志参数", ("K02", "warning"), "值", "130%"),
        Edit("标志参数", ("K02", "warning"), "来源", origin),
    )  # fmt: skip
    assert said(result) == []
    scheme = parse_scheme(result.text, "新.toml")
    assert scheme.thresholds == {"K02.warning": Override(Decimal("1.3"), origin)}
    assert "label" not in result.text.partition("[flags.K02]")[2].partition("[[")[0]


# ---------------------------------------------------------------- 别的文件、乱来的文件


def test_another_workbook_is_not_a_scheme() -> None:
    book = Workbook()
    book.active["A1"] = "你好"
    result = imported(saved(book))
    assert said(result) == [("G101", "", "这不是方案工作簿：找不到“基本信息”和“指标体系”两张表")]


def test_a_form_is_no_scheme_and_a_scheme_no_form(tmp_path: Path) -> None:
    assert [code for code, _, _ in said(imported(submission("甲局")))] == ["G101"]
    path = tmp_path / FILE
    path.write_bytes(exported())
    reading = read_submission(path, ready_schemes())
    assert [one.code for one in reading.findings] == ["R201"]


def test_a_flood_of_rows_is_cut() -> None:
    book = opened(base())
    for row in range(200, 200 + MOST_ROWS):
        book["填报要求"].cell(row, 2).value = "又一条"
    result = imported(changed_sheets(book, "填报要求"))
    (finding,) = [one for one in result.findings if one.code == "G109"]
    assert finding.message == f"有 {MOST_ROWS + 8} 行内容，超过了 {MOST_ROWS} 行，这一行起没有读取"
    assert result.text == ""


PAYLOADS = (
    '"\n[scheme]\nid = "恶意"\n#',
    "'''\n[[indicators]]",
    '"""\\u0000',
    '=HYPERLINK("http://x","y")',
    "${jndi:ldap://x}",
    "\u202e\u2028\x85",
    "_x000D__x0000_",
    "</t></is></c>",
)


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_text_stays_text(payload: str) -> None:
    scheme = replace(
        load_scheme(SPECIAL),
        id="new",
        title=payload,
        guide=(payload,),
        basis=payload,
        origin=f"假设：{payload}",
    )
    result = imported(render_book(scheme_plan(scheme)), f"{payload}.xlsx")
    back = parse_scheme(result.text, "x.toml")
    assert (back.id, back.title, back.guide) == ("new", payload, (payload,))
    assert back.origin == f"假设：{payload}"
    assert [line for line in result.text.split("\n") if line.startswith("[scheme]")] == ["[scheme]"]


def test_every_read_cell_belongs_to_its_finding() -> None:
    """问题的位置都在文件里，行、栏写了才指。"""
    result = import_edited(NEW_ID, Edit("参数", ("over_limit",), "值", "多少"))
    (finding,) = result.findings
    assert isinstance(finding, Finding)
    book = read_bytes(edited(exported(), [NEW_ID, Edit("参数", ("over_limit",), "值", "多少")]))
    (grid,) = [one for one in book.grids if one.name == finding.sheet]
    assert grid.cells[finding.at].text == "多少"  # type: ignore[index]


def with_cell(name: str, at: tuple[int, int], cell: GridCell) -> Imported:
    """换掉一格：公式带着结果，别的程序里才写得出。"""
    grid = next(grid for grid in base_book().grids if grid.name == name)
    return changed(name, cells={**grid.cells, at: cell})


POINTS = (7, 5)  # 指标体系里 03 的分值


def test_a_formula_counts_by_its_result_and_an_error_value_does_not() -> None:
    formula = GridCell("5", numeric=True, state=State.FORMULA, formula="2+3")
    result = with_cell("指标体系", POINTS, formula)
    assert said(result) == [("G122", "指标体系!E7", "“分值”填的是公式，按它上次算出的“5”读取")]
    assert result.text == imported(base()).text
    wrong = GridCell("#REF!", state=State.ERROR, formula="A1")
    assert said(with_cell("指标体系", POINTS, wrong)) == [
        ("G120", "指标体系!E7", "“分值”是错误值 #REF!，应填数")
    ]


def test_a_formula_that_comes_to_nothing_is_blank() -> None:
    blank = GridCell("", state=State.FORMULA, formula='""')
    result = with_cell("指标体系", (7, 6), blank)  # 指标说明可以空着
    assert said(result) == []
    assert result.scheme is not None
    assert result.scheme.indicator("03").note == ""


def test_a_sheet_without_its_header() -> None:
    grid = next(grid for grid in base_book().grids if grid.name == "参数")
    cells = {at: cell for at, cell in grid.cells.items() if at[0] > HEADINGS}
    result = changed("参数", cells=cells)
    assert result.text == ""
    assert said(result) == [("G128", "参数!A1", "工作表“参数”的表头找不到")]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.code)
def test_every_message_is_tried(message: Message) -> None:
    """每一种说法都有一个测试。"""
    folder = Path(__file__).parent
    pages = [
        *folder.glob("*.py"),
        folder / "refusals.toml",
        *folder.parent.glob("cli/test_scheme*.py"),
    ]
    assert any(message.code in page.read_text("utf-8") for page in pages)
