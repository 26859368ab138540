"""人在上一份里写的，那一张表这一次没有了，也认得出来。"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from collection_builder import form_bytes
from former_headings import formerly_headed
from openpyxl import Workbook
from sample_books import REVIEWED, plan, reviewed

from xltool.collection.blank_spots import recorded
from xltool.collection.collect import collect
from xltool.collection.lower import LowerBook, LowerVerdict
from xltool.collection.model import Request
from xltool.collection.printed import BLANK_COLUMNS, SUBTOTAL, WHOLE
from xltool.collection.saved_review import read_saved
from xltool.collection.verdicts import FINDING, Carried, Gone, Opinion, Other, Reviews
from xltool.consolidated.book import consolidated_plan
from xltool.consolidated.columns import FIRST_ROW, HEADER_ROW
from xltool.consolidated.front import NAME as FRONT
from xltool.consolidated.known import known_sheets
from xltool.consolidated.lower import verdicts as lower_verdicts
from xltool.consolidated.source import ABOUT
from xltool.consolidated.sources import make_sources
from xltool.excel.write import render_book, stream_book
from xltool.layout.layout import OPTIONS, PARAMETERS
from xltool.layout.wording import BACK_TEXT
from xltool.xlsx.grid import Book, Grid, GridCell
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from xltool.consolidated.source import Source

SHEETS = {
    "重复差异": ("单位", "项目", "文件", "去向", "位置", "填的内容"),
    "豁免登记": ("规则", "单位", "位置", "理由", "批准人", "批准日期", "有效期至", "这次的结果"),
    "读数说明": ("序号", "单位", "级别", "编码", "位置", "事实", "办法", "单位序号"),
}


@pytest.mark.parametrize("name", SHEETS)
def test_a_column_added_to_a_sheet_that_is_gone_is_kept(tmp_path: Path, name: str) -> None:
    known = known_sheets(make_sources(collect(Request(folder=tmp_path)), ""))
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = name
    sheet["A1"] = BACK_TEXT
    for column, heading in enumerate((*SHEETS[name], "已电话问过"), 1):
        sheet.cell(HEADER_ROW, column, heading)
        sheet.cell(HEADER_ROW + 1, column, 1)
    buffer = BytesIO()
    book.save(buffer)
    (other,) = read_saved(read_bytes(buffer.getvalue()), known).others
    assert (other.sheet, other.heading, other.text) == (name, "已电话问过", "1")


def test_a_column_that_is_printed_only_with_a_roster_is_no_persons(tmp_path: Path) -> None:
    known = known_sheets(make_sources(collect(Request(folder=tmp_path)), ""))
    assert {"归口", "项目名称", "应报表种", "本单位还缺"} <= known["报送情况"].headings


def test_what_a_lower_reviewer_wrote_is_not_read_as_ones_own(tmp_path: Path) -> None:
    """下级复核意见也有编码、事实、复核意见几栏，可那是下级的人写的。"""
    written = ("退回", "", "佐证不足", "张三", "2025-5-6", "疑点清单!H7")
    opinion = LowerVerdict((), "甲局", "A01", "收支与资产!C10", "差1万元", *written)
    book = LowerBook("蓬江区.xlsx", "", (), (opinion,), frozenset())
    collection = replace(collect(Request(folder=tmp_path)), lower=(book,))
    sheet = lower_verdicts(collection, "").plan()
    printed = (one for one in sheet.every_cell() if isinstance(one.content, str))
    cells = {tuple(one.at): GridCell(str(one.content)) for one in printed}
    known = known_sheets(make_sources(collection, ""))
    saved = read_saved(Book("", (Grid(sheet.name, cells),)), known)
    assert (saved.listed, saved.gone, saved.others) == ((), (), ())


def book_of(folder: Path, reviews: Reviews, **files: bytes) -> bytes:
    """把这几份汇总成一本。"""
    buffer = BytesIO()
    stream_book(consolidated_plan(sources_of(folder, reviews, **files)), buffer)
    return buffer.getvalue()


def sources_of(folder: Path, reviews: Reviews, **files: bytes) -> tuple[Source, ...]:
    folder.mkdir()
    for name, data in files.items():
        (folder / f"{name}.xlsx").write_bytes(data)
    return make_sources(collect(Request(folder=folder, jobs=1)), "", reviews)


def written_on(grid: Grid) -> tuple[Grid, list[str]]:
    """一个人在一张表上写了几处：右边添的一栏、表下面、满分一行（没有的是说明旁边）、印时空着的格。"""
    last = max(column for _, column in grid.cells)
    bottom = max(row for row, _ in grid.cells)
    own = [(FIRST_ROW, last + 2), (bottom + 2, 1), (HEADER_ROW - 1, 3)]
    cells = dict(grid.cells)
    own += blank_of(grid)
    boards = (ABOUT, OPTIONS, PARAMETERS, FRONT, "统计")
    if grid.name in boards or grid.name[0].isdigit():
        own.pop(2)  # 不是登记表的，没有满分一行，也没有表头
    else:
        cells[HEADER_ROW, last + 2] = GridCell("我的记号")
    texts = [f"{grid.name}另写{number}" for number in range(len(own))]
    cells |= {at: GridCell(text) for at, text in zip(own, texts, strict=True)}
    return replace(grid, cells=cells), texts


def blank_of(grid: Grid) -> list[tuple[int, int]]:
    """登记表头一行里印时空着的一格，别的表上的一格；没有的、本来就读的两张表不写。"""
    names = {cell.text: column for (row, column), cell in grid.cells.items() if row == HEADER_ROW}
    _, spots = recorded(grid)
    if spots:
        return [max(spots)]
    known = grid.cells.get((FIRST_ROW, names.get(BLANK_COLUMNS, 0)))
    if known is None or not known.text or grid.name in ("已不再出现", "复核人另写的"):
        return []
    at = FIRST_ROW, names[known.text.split("|")[0]]
    assert at not in grid.cells
    return [at]


def test_what_a_person_writes_on_any_sheet_is_carried_over(tmp_path: Path) -> None:
    """每一张表都写几处，再汇总：一处不少，程序印的一处也不当作人写的；各表下一次没有了也一样。"""
    told = Opinion(Decimal(1), "看过", "张三")
    carried = Carried(told, "", changed=False)
    gone = Gone("得分", "某局", "01", "", "旧的事实", told, "已不再出现", "")
    reviews = Reviews(gone=(gone,), others=(Other("汇总", "某局", "某行", "某栏", "上次写的"),))
    unit = form_bytes(("cover.department", "示例市第一局"), ("scores.01.self_score", ""))
    plain = sources_of(tmp_path / "区", Reviews(), 甲=unit)
    (lower,) = plain[0].collection.units
    district = book_of(tmp_path / "县", Reviews(scores={(lower.key, "01"): carried}), 甲=unit)
    sources = sources_of(
        tmp_path / "市", reviews, 乙=form_bytes(("cover.department", "示例市第二局")), 区=district
    )
    buffer = BytesIO()
    stream_book(consolidated_plan(sources), buffer)
    book = read_bytes(buffer.getvalue())
    assert isinstance(book, Book)
    assert {"各级单位", "下级复核意见", "未判规则", "已不再出现", "复核人另写的"} <= {
        grid.name for grid in book.grids
    }
    done = [written_on(grid) for grid in book.grids]
    assert sum(bool(blank_of(grid)) for grid in book.grids) > 6
    saved = replace(book, grids=tuple(grid for grid, _ in done))
    texts = sorted(text for _, some in done for text in some)
    project = form_bytes(scheme_id="mof-project-101")
    for now in (sources, sources_of(tmp_path / "下次", Reviews(), 丙=project)):
        known = known_sheets(now)
        assert [one.text for one in read_saved(book, known).others] == ["上次写的"]
        found = [one.text for one in read_saved(saved, known).others if one.text != "上次写的"]
        assert sorted(found) == texts


def test_what_the_book_prints_beside_and_below_is_not_taken_for_a_persons(tmp_path: Path) -> None:
    """汇总表下面的小计；先前各版印在右边的等级分布，这种表这一次一份也没有的也是。

    人在小计旁边写的、自己添的小计，照样带走，开头的字一样也是。
    """
    known = known_sheets(make_sources(collect(Request(folder=tmp_path)), ""))
    headings = [*sorted(known["汇总"].headings), "归口"]
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "汇总"
    sheet["A1"] = BACK_TEXT
    for column, heading in enumerate((*headings, "", "等级", "单位数（系统）"), 1):
        sheet.cell(HEADER_ROW, column, heading)
    name, number, total = (headings.index(one) + 1 for one in ("单位名称", "单位序号", "复核得分"))
    sheet.cell(HEADER_ROW + 3, headings.index("归口") + 1, "一科")
    for row, text in ((1, "示例局"), (3, f"{SUBTOTAL}一科"), (4, WHOLE)):
        sheet.cell(HEADER_ROW + row, name, text)
        sheet.cell(HEADER_ROW + row, total, "=1+1")
    sheet.cell(HEADER_ROW + 1, number, 1)
    sheet.cell(HEADER_ROW + 1, len(headings) + 2, "优")
    sheet.cell(HEADER_ROW + 3, headings.index("来源文件") + 1, "小计：一科的要再催")
    sheet.cell(HEADER_ROW + 6, name, "小计：两家，我加的")
    buffer = BytesIO()
    book.save(buffer)
    (tmp_path / "项目.xlsx").write_bytes(form_bytes(scheme_id="mof-project-101"))
    without = known_sheets(make_sources(collect(Request(folder=tmp_path, jobs=1)), ""))
    for now in (known, without):
        others = read_saved(read_bytes(buffer.getvalue()), now).others
        assert [other.text for other in others] == ["小计：一科的要再催", "小计：两家，我加的"]


def test_the_subtotals_of_a_real_book_are_all_the_programs() -> None:
    """名单上有归口的：小计的名字、归口、各数，一处也不当作人写的。"""
    book = read_bytes(render_book(plan(REVIEWED)))
    assert isinstance(book, Book)
    assert any(
        cell.text.startswith(SUBTOTAL) for grid in book.grids for cell in grid.cells.values()
    )
    assert read_saved(book, known_sheets(reviewed())).others == ()


def test_a_book_with_the_earlier_headings_is_read_as_one_with_the_new_ones() -> None:
    """编码一栏早先叫“规则”：各行照认，那一栏不是人添的；现在的书里另有“规则”一栏的，是人添的。"""
    book, known = read_bytes(render_book(plan(REVIEWED))), known_sheets(reviewed())
    assert isinstance(book, Book)
    now, earlier = read_saved(book, known), read_saved(formerly_headed(book), known)
    assert earlier == now
    assert len({row.code for row in now.listed if row.kind == FINDING}) > 2
    own = replace(book, grids=tuple(map(_with_a_column_of_rules, book.grids)))
    (other,) = read_saved(own, known).others
    assert (other.sheet, other.heading, other.text) == ("疑点清单", "规则", "我写的")


def _with_a_column_of_rules(grid: Grid) -> Grid:
    if grid.name != "疑点清单":
        return grid
    added = {(HEADER_ROW, 60): GridCell("规则"), (FIRST_ROW, 60): GridCell("我写的")}
    return replace(grid, cells={**grid.cells, **added})
