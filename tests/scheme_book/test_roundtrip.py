"""导出、导入、再导出：一个字、一位数也不差；别的程序存过一遍也不差。"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import pytest
from office_server import convert
from openpyxl_books import opened, saved, saved_sheets
from parity_cells import differences, frozen
from parity_engines import needs_office, office
from scheme_books import (
    NEW_ID,
    SPECIAL,
    Edit,
    content,
    edited,
    exported,
    import_edited,
    imported,
    said,
)
from scheme_variants import METHODS as METHOD_TEXTS
from scheme_variants import variants

from xltool.excel.write import render_book
from xltool.facts.phrases import ways
from xltool.scheme.contract.judging_words import RECTIFYING
from xltool.scheme.loader import load_scheme, parse_scheme, shipped_ids
from xltool.scheme_book.book import scheme_plan
from xltool.scheme_book.words import METHODS as METHOD_WORDS
from xltool.scoring.catalogue import METHODS, methods_of
from xltool.sheets.plan import Formula

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from parity_cells import Found

    from xltool.sheets.plan import Cell, WorkbookPlan

IDS = shipped_ids()
# 要经别的程序的，平时两种各看一个（LibreOffice 存一种、算一种），别的是它们的同类，每晚看
FEW_IDS = (SPECIAL, "mof-project")
EACH = [one if one in FEW_IDS else pytest.param(one, marks=pytest.mark.nightly) for one in IDS]
ALL = pytest.param(IDS, marks=pytest.mark.nightly)
METHOD_VARIANTS = tuple(METHOD_TEXTS)


@pytest.mark.parametrize("scheme_id", IDS)
def test_nothing_is_lost_on_the_way_out_and_back(scheme_id: str) -> None:
    result = imported(exported(scheme_id))
    assert [code for code, _, _ in said(result)] == ["G141"]  # 只说标识还没有换
    back = parse_scheme(result.text, "读回.toml")
    assert content(back) == content(load_scheme(scheme_id))
    assert render_book(scheme_plan(back)) == exported(scheme_id)


@pytest.mark.parametrize("name", METHOD_VARIANTS)
def test_methods_that_no_shipped_scheme_uses_come_back_too(name: str) -> None:
    scheme = variants()[name]
    result = imported(render_book(scheme_plan(scheme)))
    assert {code for code, _, _ in said(result)} <= {"G141", "G142"}
    back = parse_scheme(result.text, "读回.toml")
    assert content(back) == content(scheme)
    assert [m.sentence() for m in methods_of(back)] == [m.sentence() for m in methods_of(scheme)]


@cache
def several_ways() -> bytes:
    return render_book(scheme_plan(variants()["调整率、支出率取高的"]))


@pytest.mark.parametrize(
    ("edit", "cell", "message"),
    [
        (
            Edit("备选办法", ("按支出率",), "计分办法", "取高的"),
            "备选办法!D6",
            "不能用作几种办法之一",
        ),
        (Edit("计分参数", ("07", "第1档得分比例"), "值", 1.5), "计分参数!D8", "得分比例应在"),
        (
            Edit("计分取数", ("07", "分子"), "取哪一项", "finance.none"),
            "计分取数!D19",
            "没有填报项",
        ),
    ],
)
def test_a_fault_in_one_of_several_ways_is_told_at_its_cell(
    edit: Edit, cell: str, message: str
) -> None:
    found = [one for one in said(imported(edited(several_ways(), (edit,)))) if one[0] == "G150"]
    assert [(code, at) for code, at, _ in found] == [("G150", cell)]
    assert message in found[0][2]


@pytest.mark.parametrize(("code", "way"), [("07", 3), ("08", 1)])
def test_a_row_for_a_way_that_is_not_there_is_told(code: str, way: int) -> None:
    """写了没有的第几种，这一行用不上：说出来，不悄悄丢掉。"""
    data = several_ways()
    book = opened(data)
    sheet = book["计分取数"]
    row = next(cell.row for cell in sheet["A"][4:] if cell.value is None)
    for column, value in {"A": code, "C": "分子", "D": "finance.total", "F": way}.items():
        sheet[f"{column}{row}"] = value
    changed = saved_sheets(data, book, ["计分取数"])
    found = [one for one in said(imported(changed)) if one[0] == "G131"]
    assert [at for _, at, _ in found] == [f"计分取数!F{row}"]
    assert f"“第几种”写的“{way}”在“备选办法”里没有" in found[0][2]


@pytest.mark.parametrize("scheme_id", IDS)
def test_the_file_is_a_function_of_the_workbook(scheme_id: str) -> None:
    first = imported(exported(scheme_id)).text
    second = imported(render_book(scheme_plan(parse_scheme(first, "再来.toml")))).text
    assert first == second
    assert first.splitlines()[0].startswith("# 由方案工作簿“方案.xlsx”导入。")
    assert "extends" not in first  # 沿用的已经合好
    assert first.count("\n[[indicators]]\n") == len(load_scheme(scheme_id).indicators)


@pytest.mark.parametrize("scheme_id", EACH)
def test_saving_it_in_another_program_changes_nothing(scheme_id: str) -> None:
    """openpyxl 存过的：公式没有了结果，样式重排了次序。"""
    assert imported(saved(opened(exported(scheme_id)))).text == imported(exported(scheme_id)).text


@needs_office
@pytest.mark.parametrize("ids", [("mof-project",), ALL], ids=len)
def test_saving_it_in_libreoffice_changes_nothing(ids: Sequence[str], tmp_path: Path) -> None:
    for scheme_id in ids:
        (tmp_path / f"{scheme_id}.xlsx").write_bytes(exported(scheme_id))
    target = tmp_path / "另存"
    convert(sorted(tmp_path.glob("*.xlsx")), target)
    for scheme_id in ids:
        resaved = (target / f"{scheme_id}.xlsx").read_bytes()
        assert resaved != exported(scheme_id)
        assert imported(resaved).text == imported(exported(scheme_id)).text


@cache
def plans() -> dict[str, WorkbookPlan]:
    return {scheme_id: frozen(scheme_plan(load_scheme(scheme_id))) for scheme_id in IDS}


@needs_office
@pytest.mark.parametrize("ids", [(SPECIAL,), ALL], ids=len)
def test_formulas_come_to_what_was_written_and_follow_an_edit(
    ids: Sequence[str], tmp_path: Path
) -> None:
    """各个方案的，和改了一格的，一次算完。"""
    chosen = {scheme_id: plans()[scheme_id] for scheme_id in ids}
    recalculated = office(chosen | {"改": edited_plan()}, tmp_path)
    for scheme_id, plan in chosen.items():
        assert differences(plan, recalculated[scheme_id]) == [], scheme_id
    follows_the_edit(recalculated["改"])


def test_every_formula_keeps_to_the_functions_of_excel_2010() -> None:
    allowed = {"IF", "IFERROR", "INDEX", "MATCH", "OR", "ROUND", "SUM", "SUMPRODUCT", "COUNTIF"}
    allowed |= {"RIGHT", "LEN"}
    used: set[str] = set()
    for plan in plans().values():
        for sheet in plan.sheets:
            for cell in sheet.every_cell():
                if isinstance(cell.content, Formula):
                    bare = re.sub(r"\"[^\"]*\"|'[^']*'", "", cell.content.text)
                    used |= set(re.findall(r"([A-Z][A-Z0-9.]*)\(", bare))
                    assert not re.search(r"(?<![A-Z$0-9])(?:[2-9]|\d{2,}|\d*\.\d+)", bare), bare
    assert used == allowed


def edited_plan() -> WorkbookPlan:
    """把一个三级指标的分值改大。"""
    plan = frozen(scheme_plan(load_scheme(SPECIAL)))
    sheets = list(plan.sheets)
    number = next(n for n, sheet in enumerate(sheets) if sheet.name == "指标体系")
    cells = [
        replace_content(cell, Decimal(6)) if cell.at.a1 == "E7" else cell
        for cell in sheets[number].every_cell()
    ]
    sheets[number] = replace(sheets[number], cells=tuple(cells))
    return replace(plan, sheets=tuple(sheets))


def follows_the_edit(found: Found) -> None:
    """一个三级指标的分值改大了：下级合计、核对、顶上的一句和说明页都变。"""
    values = {f"{spot.sheet}!{spot.at}": value for spot, value in found.items()}
    assert values["一二级指标!D6"] == Decimal(26)
    assert values["一二级指标!E6"] == "不符"
    assert values["一二级指标!E5"] == "相符"
    assert values["指标体系!C1"] == "三级指标分值合计 101 分，满分 100 分：不符"
    assert values["一二级指标!C1"] == "一级指标分值合计 100 分，满分 100 分：相符"
    assert values["说明!A3"] == "分值有 2 处对不上，见各表的“核对”"


def replace_content(cell: Cell, content: object) -> Cell:
    return cell._replace(content=content)


def test_words_cover_every_method_and_what_it_takes() -> None:
    from xltool.scheme.model import Compute, FieldKind, SheetKind
    from xltool.scheme.parameters import METHOD_LABELS
    from xltool.scheme_book.words import COMPUTES, FIELD_KINDS, INPUTS, SHEET_KINDS

    assert set(METHOD_WORDS) == set(METHODS)
    assert {need for method in METHODS.values() for need in method.needs} == set(INPUTS)
    wanted = {w for m in METHODS.values() for w in (*m.wants, *m.optional)}
    assert wanted <= set(METHOD_LABELS)
    for words, kinds in ((FIELD_KINDS, FieldKind), (SHEET_KINDS, SheetKind), (COMPUTES, Compute)):
        assert set(words) == {kind.value for kind in kinds}
    for words in (METHOD_WORDS, INPUTS, FIELD_KINDS, SHEET_KINDS, COMPUTES):
        assert len({word.word for word in words.values()}) == len(words)
    labels = [label for label, _ in METHOD_LABELS.values()]
    assert len(set(labels)) == len(labels)


def test_an_officer_sets_the_points_of_next_year() -> None:
    from scheme_books import Edit

    edits = (
        NEW_ID,
        Edit("基本信息", ("版本",), "内容", "2026.1"),
        Edit("指标体系", ("03",), "分值", 7),
        Edit("指标体系", ("02",), "分值", 8),
        Edit("指标体系", ("02",), "来源", "文号：某财绩〔2026〕3号"),
        Edit("参数", ("over_limit",), "值", 1.35),
        Edit("选项", ("progress", "done"), "选项", "整改完毕"),
        Edit("字段", ("rectification", "status"), "例子", "整改完毕"),
        Edit("选项", ("rectifying_words", "doing"), "别的写法", "正在……整改\n着手…整改"),
    )
    result = import_edited(*edits)
    assert said(result) == []
    assert result.scheme is not None
    scheme, before = parse_scheme(result.text, "新.toml"), load_scheme(SPECIAL)
    assert (scheme.id, scheme.version) == ("jiangmen-2026-special", "2026.1")
    points = {item.code: item.points for item in scheme.indicators}
    assert (points["02"], points["03"]) == (8, 7)
    assert scheme.indicator("02").origin == "文号：某财绩〔2026〕3号"
    assert str(scheme.number("over_limit")) == "1.35"
    assert scheme.options["progress"].value("done") == "整改完毕"
    assert ways(scheme, RECTIFYING, "doing") == ("整改中", "正在……整改", "着手…整改")
    changed = {key for key, value in content(scheme).items() if value != content(before)[key]}
    assert changed == {"id", "version", "indicators", "parameters", "options", "sheets"}
