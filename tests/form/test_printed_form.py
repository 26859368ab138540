"""报送表印出来：盖章的各表正文不小于九磅，栏目是正式的表的，没有程序用的字，合并的组不拆开。"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest
from paper_sizes import body_size
from parity_engines import needs_office
from printed import printed

from xltool.excel.write import write_book
from xltool.form.book import form_plan
from xltool.form.common import ASIDE
from xltool.form.form import make_form
from xltool.layout.block import END_MARK, TOTAL
from xltool.layout.explained import EXPLANATION
from xltool.layout.layout import CONTINUED
from xltool.scheme.key import field_key
from xltool.scoring.catalogue import ready_scheme
from xltool.sheets.paper import LEAST_SIZE
from xltool.sheets.plan import Formula, Link, Paper, ValidationKind
from xltool.sheets.text import TALLEST, row_height

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from xltool.form.form import Form
    from xltool.sheets.plan import SheetPlan

IDS = ("jiangmen-2025-special", "jiangmen-2025-general", "mof-project", "mof-project-101")
# 键（S06.sigmas、when_zero）、规则和项的编码、程序的话
MACHINE = re.compile(
    r"[A-Za-z]+[._]|[._][a-z]|(?<![A-Za-z])[A-Z][0-9]{2,3}(?![0-9])|按分值的(0|100)%计"
)


@cache
def form_of(scheme_id: str) -> Form:
    return make_form(ready_scheme(scheme_id)[0], {})


@cache
def sheets(scheme_id: str) -> tuple[SheetPlan, ...]:
    return tuple(sheet for sheet in form_plan(form_of(scheme_id)).sheets if not sheet.hidden)


def handed_in(scheme_id: str) -> list[SheetPlan]:
    return [sheet for sheet in sheets(scheme_id) if sheet.printing.heading != ASIDE]


def texts(sheet: SheetPlan) -> Iterator[str]:
    """印出来的字：打印区域里、没有隐藏的行和栏的。"""
    area = sheet.printing.area
    for cell in sheet.every_cell():
        if (area is not None and cell.at not in area) or cell.at.row in sheet.hidden_rows:
            continue
        if cell.at.col not in sheet.hidden_columns and cell.content is not None:
            content = cell.content
            content = content.text if isinstance(content, Link) else content
            yield str(content.result if isinstance(content, Formula) else content)


@pytest.mark.parametrize("scheme_id", IDS)
def test_what_is_handed_in_is_nine_points_on_a4(scheme_id: str) -> None:
    found = handed_in(scheme_id)
    assert found
    for sheet in found:
        assert sheet.printing.paper is Paper.A4
        assert body_size(sheet) >= LEAST_SIZE, sheet.name
        rows = sheet.printing.title_rows
        assert rows is not None, sheet.name
        assert not sheet.printing.dated
        assert sheet.printing.mono


def test_the_score_notes_are_nine_points_on_a4() -> None:
    """评分后的表里的一张：两页宽，哪一页都有编码、名称和得分；断在中间的字一句也没有。"""
    form = replace(form_of(IDS[0]), lines={})
    notes = next(sheet for sheet in form_plan(form).sheets if sheet.name == EXPLANATION)
    table, printing = form.layout.explained, notes.printing
    assert (printing.paper, printing.pages) == (Paper.A4, 2)
    assert body_size(notes) >= LEAST_SIZE
    assert printing.title_columns == table.columns["score"][1]
    assert printing.area is not None
    assert printing.area.first.row == table.header


@pytest.mark.parametrize("scheme_id", IDS)
def test_no_words_of_a_machine_are_printed(scheme_id: str) -> None:
    for sheet in handed_in(scheme_id):
        said = [
            text for text in (*texts(sheet), sheet.printing.footer_left) if MACHINE.search(text)
        ]
        assert not said, sheet.name
    parameters = next(sheet for sheet in sheets(scheme_id) if sheet.name == "评分参数")
    assert not [text for text in texts(parameters) if MACHINE.search(text.replace("规则", "规则 "))
                and not re.search(r"规则[A-Z][0-9]{2}", text)]  # fmt: skip


def test_the_machine_pattern_knows_a_machine() -> None:
    for text in ("S06.sigmas", "when_zero", "07.limit1", "A01", "V220", "按分值的0%计"):
        assert MACHINE.search(text), text
    assert not MACHINE.search("按分值的50%计，A4纸，2025.1版")


def test_the_print_set_is_the_score_sheet_and_its_annexes() -> None:
    """续页排在最后，页码另起：有印不下的字才印，印它自己的第几页。"""
    names = [sheet.name for sheet in handed_in(IDS[0])]
    assert names == [
        "评分表", "绩效目标完成情况", "专项资金", "收支与资产", "管理情况", "重点任务",
        "上年度整改", "关键数据核对", CONTINUED,
    ]  # fmt: skip
    assert [sheet.printing.first_page for sheet in handed_in(IDS[0])] == [1] + [0] * 7 + [1]
    assert [sheet.name for sheet in handed_in("mof-project")] == ["自评表", CONTINUED]
    guide = next(iter(sheets(IDS[0])))
    assert any("打印：印“评分表”、“绩效目标完成情况”" in text for text in texts(guide))


@pytest.mark.parametrize("scheme_id", IDS[:2])
def test_an_annex_names_its_unit_and_prints_nothing_for_the_screen(scheme_id: str) -> None:
    """怎样取消隐藏、“表格结束”只在屏幕上看。"""
    for sheet in handed_in(scheme_id)[1:-1]:
        said = "\n".join(texts(sheet))
        assert "填报单位（公章）：＿" in said, sheet.name
        assert "取消隐藏" not in said
        assert END_MARK not in said
    tasks = next(sheet for sheet in sheets(scheme_id) if sheet.name == "重点任务")
    shown = [cell.content for cell in tasks.every_cell()]
    assert END_MARK in shown
    assert any("取消隐藏" in str(content) for content in shown)


@pytest.mark.parametrize("scheme_id", IDS)
def test_text_fits_the_tallest_row_or_the_cell_says_how_much_it_holds(scheme_id: str) -> None:
    told = 0
    for sheet in sheets(scheme_id):
        merged = {merge.area.first: merge.area.last.col for merge in sheet.merges}
        for one in sheet.validations:
            if one.rule is not ValidationKind.TEXT_LENGTH:
                continue
            assert isinstance(one.maximum, int)
            assert not one.strict  # 只提醒
            first = one.area.first
            width = sum(sheet.widths[first.col - 1 : merged.get(first, first.col)])
            tight = sheet.name == "自评表"
            assert row_height([("字" * one.maximum, width)], tight=tight) < TALLEST, one.prompt
            assert one.maximum >= 20
            said = f"格里印得下{one.maximum}字。" in one.prompt
            told += said
            if "说明" in one.prompt_title or "原因" in one.prompt_title:
                assert said == (one.maximum < 1000), one.prompt_title
    assert told >= 4


def test_the_columns_are_those_of_the_official_table() -> None:
    """计算依据、系统得分只在屏幕上看，原处的两栏隐藏，右边照着显示。"""
    form = form_of(IDS[0])
    block = form.layout.blocks["form"]
    sheet = next(sheet for sheet in sheets(IDS[0]) if sheet.name == "评分表")
    area = sheet.printing.area
    assert area is not None
    heads = [
        column.heading
        for column in block.listed
        if block.columns[column.key][0] not in sheet.hidden_columns
        and area.first.col <= block.columns[column.key][0] <= area.last.col
    ]
    assert heads == [
        "一级指标", "二级指标", "三级指标", "分值", "指标说明", "评分标准", "自评得分",
        "扣分原因和其他说明", "佐证材料", "复核得分", "复核意见",
    ]  # fmt: skip
    cells = {cell.at: cell.content for cell in sheet.every_cell()}
    for row in (*block.entry_rows, TOTAL):
        shown = cells[block.at(row, "shown_score")]
        assert isinstance(shown, Formula)
        assert shown.text == block.at(row, "score").a1


@pytest.mark.parametrize("scheme_id", IDS[:2])
def test_every_page_begins_with_the_names_of_its_group(scheme_id: str) -> None:
    sheet = next(sheet for sheet in sheets(scheme_id) if sheet.name == "评分表")
    block = form_of(scheme_id).layout.blocks["form"]
    shown = {cell.at: cell.content for cell in sheet.every_cell()}
    assert len(sheet.printing.starts) >= 3
    for line in sheet.printing.starts:
        row = next(row for row, at in block.rows.items() if at == line)
        assert all(shown[block.at(row, level)] for level in ("level1", "level2"))


def test_the_head_and_the_signatures_flow_from_the_cover() -> None:
    scheme = form_of(IDS[0]).scheme
    contents = {
        field_key("cover.department"): "示例市教育局",
        field_key("cover.filler"): "陈一",
        field_key("cover.phone"): "0750-1234567",
        field_key("cover.date"): date(2025, 4, 18),
    }
    filled = next(
        sheet for sheet in form_plan(make_form(scheme, contents)).sheets if sheet.name == "评分表"
    )
    said = list(texts(filled))
    assert "填报单位（公章）：示例市教育局　　　填报日期：2025年4月18日　　　金额单位：万元" in said
    assert said[-6:] == [
        "填报单位（公章）：示例市教育局", "单位负责人：", "财务负责人：", "填报人：陈一",
        "联系电话：0750-1234567", "填报日期：2025年4月18日",
    ]  # fmt: skip
    blank = next(sheet for sheet in sheets(IDS[0]) if sheet.name == "评分表")
    pairs = zip(filled.every_cell(), blank.every_cell(), strict=True)
    formulas = [
        (one.content.text, other.content.text)
        for one, other in pairs
        if isinstance(one.content, Formula) and isinstance(other.content, Formula)
    ]
    assert all(one == other for one, other in formulas)  # 空白的表上也是公式，填了封面就有
    assert sum("封面" in one for one, _ in formulas) >= 7


@needs_office
@pytest.mark.nightly
@pytest.mark.parametrize("scheme_id", IDS)
def test_every_page_handed_in_is_nine_points(scheme_id: str, tmp_path: Path) -> None:
    """量 PDF；头一页页码是一，评分表一页宽。"""
    book = write_book(form_plan(form_of(scheme_id)), tmp_path / "表.xlsx")
    found = printed(book, tmp_path)
    aside = [page for page in found if ASIDE in "".join(one.text for one in page.header)]
    others = [page for page in found if page not in aside]
    assert aside
    assert others
    assert min(page.smallest for page in others) >= LEAST_SIZE
    assert {page.paper[:2] for page in found} == {"A4"}
    score = next(sheet for sheet in sheets(scheme_id) if sheet.name in ("评分表", "自评表"))
    if score.name == "评分表":
        headed = [page for page in others if "指标说明" in page.text]
        assert len(headed) == len(score.printing.starts) + 1
    else:
        assert len(others) == 1
