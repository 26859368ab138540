"""自查自己坏了的：横幅不说可报送，说哪张表、怎么办；check 用一句说出来；数的不是看得见的那一份。"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pytest
from form_files import quick_file
from live_bases import clean, scheme_of
from openpyxl.cell.cell import Cell
from openpyxl_books import loaded, saved
from parity_engines import needs_office, recalculated
from scheme_variants import GENERAL, PROJECT, SPECIAL, brief

from xltool.address import Area, At
from xltool.form.form import make_form
from xltool.form.guide_cells import ready_cell
from xltool.form.guide_places import lines_of
from xltool.form.status import NOT_READY, READY
from xltool.intake.submission import understand_book
from xltool.layout.columns import FILLED, SAID, SELF_CHECK
from xltool.layout.layout import GUIDE
from xltool.messages import form as say
from xltool.scheme.key import CellKey
from xltool.scoring.catalogue import ready_schemes
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from xltool.form.form import Form
    from xltool.layout.block import Block

Change = Callable[["Workbook", "Workbook", "Form"], None]
TOLD = "有表的自查不作数了"


class Slip(NamedTuple):
    """一处：哪种表，改什么，横幅由什么起头，check 说不说自查坏了。"""

    scheme: str
    change: Change
    banner: str
    told: bool


@cache
def form_of(scheme_id: str) -> Form:
    return make_form(brief(scheme_of(scheme_id)), clean(scheme_id))


def _block(form: Form, key: str) -> Block:
    return form.layout.blocks[key]


def _column(book: Workbook, form: Form, key: str, column: str, content: object) -> None:
    """一张表的一栏，各行都换成一样的。"""
    block = _block(form, key)
    for row in block.entry_rows:
        at = block.at(row, column)
        book[block.name].cell(at.row, at.col).value = content  # type: ignore[assignment]


def _frozen(sheet: Worksheet, results: Worksheet, area: Area) -> None:
    """选择性粘贴成数值。"""
    for row in range(area.first.row, area.last.row + 1):
        for col in range(area.first.col, area.last.col + 1):
            cell = sheet.cell(row, col)
            if isinstance(cell, Cell):  # 不是并进左边的
                cell.value = results.cell(row, col).value


def _typed(book: Workbook, form: Form, key: CellKey, content: object) -> None:
    place = form.layout.place(key)
    book[place.sheet][place.at.a1] = content


def _overspent(book: Workbook, form: Form) -> None:
    """支出比安排的多：E01。"""
    _typed(book, form, CellKey("funds", "1", "paid"), 99999)


def as_xls(book: Workbook, _: Workbook, form: Form) -> None:
    """另存成 .xls 再存回来：太长的公式成了 =NA()。"""
    _overspent(book, form)
    for key in ("indicators", "funds"):
        _column(book, form, key, SAID.key, "#N/A")


def cleared(book: Workbook, _: Workbook, form: Form) -> None:
    _overspent(book, form)
    _column(book, form, "funds", SELF_CHECK.key, None)


def overwritten(book: Workbook, _: Workbook, form: Form) -> None:
    _overspent(book, form)
    _typed(book, form, CellKey("funds", "1", SELF_CHECK.key), "已核对")


def whole_sheet(book: Workbook, results: Workbook, form: Form) -> None:
    """整张粘贴成数值，再改实现值。"""
    block = _block(form, "indicators")
    _whole(book, results, block, top=False)
    _typed(book, form, CellKey("indicators", "1", "actual"), 0)


def seen_part(book: Workbook, results: Workbook, form: Form) -> None:
    """看得见的一片粘贴成数值，再改实现值：隐藏的还在算。"""
    block = _block(form, "indicators")
    last = At(block.rows[block.entry_rows[-1]], block.columns[SELF_CHECK.key][0])
    _frozen(book[block.name], results[block.name], Area(At(block.lines.header + 1, 1), last))
    _typed(book, form, CellKey("indicators", "1", "actual"), 0)


def items(book: Workbook, results: Workbook, form: Form) -> None:
    """逐项表整片粘贴成数值，再改一个数。"""
    block = _block(form, "finance")
    _whole(book, results, block, top=False)
    own = "reported_utilisation"  # 别的表不取它
    _typed(book, form, CellKey("finance", own if own in block.rows else "total"), 1)


def words_only(book: Workbook, results: Workbook, form: Form) -> None:
    """整张粘贴成数值，再只改字：填了几格、各个数都没有变，表上看不出，check 说。"""
    _whole(book, results, _block(form, "indicators"), top=True)
    _typed(book, form, CellKey("indicators", "1", "level2"), "质量")


def other_sheet(book: Workbook, results: Workbook, form: Form) -> None:
    """评分表连同表头以上整张粘贴成数值，再改别的表。"""
    _whole(book, results, form.layout.blocks[form.scheme.score_sheet.key], top=True)
    _typed(book, form, CellKey("funds", "1", "paid"), 1)


def _whole(book: Workbook, results: Workbook, block: Block, *, top: bool) -> None:
    last = At(block.last_row, block.columns[FILLED.key][0])
    first = At(1 if top else block.lines.header + 1, 1)
    _frozen(book[block.name], results[block.name], Area(first, last))


def inserted(book: Workbook, _: Workbook, form: Form) -> None:
    """自己插入的一行没有隐藏的各栏。"""
    for column in (SELF_CHECK, SAID, FILLED):
        _typed(book, form, CellKey("tasks", "2", column.key), None)


SLIPS = {
    "另存成 .xls": Slip(SPECIAL, as_xls, f"{NOT_READY}：{TOLD}", told=True),
    "自查清空了": Slip(SPECIAL, cleared, f"{NOT_READY}：须改正", told=True),
    "自查写上了字": Slip(SPECIAL, overwritten, f"{NOT_READY}：须改正", told=False),
    "整张粘贴成数值": Slip(SPECIAL, whole_sheet, f"{NOT_READY}：{TOLD}", told=True),
    "看得见的粘贴成数值": Slip(SPECIAL, seen_part, f"{NOT_READY}：须改正", told=True),
    "粘贴成数值，只改字": Slip(SPECIAL, words_only, READY, told=True),
    "评分表粘贴成数值，改别的表": Slip(SPECIAL, other_sheet, f"{NOT_READY}：{TOLD}", told=True),
    "逐项表粘贴成数值": Slip(GENERAL, items, f"{NOT_READY}：{TOLD}", told=True),
    "排在一页上的粘贴成数值": Slip(PROJECT, items, f"{NOT_READY}：{TOLD}", told=True),
    "插入的一行": Slip(SPECIAL, inserted, READY, told=True),
    "没有动过": Slip(PROJECT, lambda *_: None, READY, told=False),
}

DAILY = (
    "另存成 .xls",
    "看得见的粘贴成数值",
    "排在一页上的粘贴成数值",
    "评分表粘贴成数值，改别的表",
)


@cache
def changed(name: str) -> bytes:
    slip = SLIPS[name]
    data = quick_file(form_of(slip.scheme))
    book = loaded(data)
    slip.change(book, loaded(data, results=True), form_of(slip.scheme))
    return saved(book)


@needs_office
@pytest.mark.parametrize(
    "names", [DAILY, pytest.param((*SLIPS,), marks=pytest.mark.nightly)], ids=["daily", "every"]
)
def test_the_banner_does_not_trust_a_dead_self_check(
    names: tuple[str, ...], tmp_path: Path
) -> None:
    files = [changed(name) for name in names]
    for name, found in zip(names, recalculated(files, tmp_path), strict=True):
        slip = SLIPS[name]
        form = form_of(slip.scheme)
        banner = str(found[GUIDE][ready_cell(form).at])
        assert banner.startswith(slip.banner), (name, banner)
        stuck = At(lines_of(form.scheme).stuck, 7)
        assert ("自查没有随着填的重算" in str(found[GUIDE].get(stuck, ""))) == (TOLD in banner), (
            name
        )


@pytest.mark.parametrize("name", SLIPS)
def test_check_says_it_once_a_sheet(name: str) -> None:
    """存着的错误值也算；别的不多说。"""
    reading = understand_book(read_bytes(changed(name)), ready_schemes(), "表.xlsx")
    told = [one for one in reading.findings if one.code == say.DEAD_SELF_CHECK.code]
    assert bool(told) == SLIPS[name].told
    assert len({one.sheet for one in told}) == len(told)


def test_check_counts_stored_errors() -> None:
    form = form_of(SPECIAL)
    book = loaded(quick_file(form))
    _column(book, form, "funds", SAID.key, "#N/A")
    reading = understand_book(read_bytes(saved(book)), ready_schemes(), "表.xlsx")
    (told,) = (one for one in reading.findings if one.code == say.DEAD_SELF_CHECK.code)
    count = len(form.facts.records("funds"))
    assert (told.sheet, told.at) == ("专项资金", _block(form, "funds").at("1", SAID.key))
    assert told.message.startswith(f"“自查”有{count}行的公式没有了或算不出")
