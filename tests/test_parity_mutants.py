"""核对真能发现错：改动一处公式或一处算法，比较就不再相符。"""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING

import pytest
from parity_boundary import boundaries, full_marks
from parity_cells import bare, differences, frozen
from parity_engines import formualizer_found, needs_office, office

from xltool.facts import overshoot
from xltool.scheme.key import field_key
from xltool.scheme.model import Scheme
from xltool.scoring.catalogue import ready_scheme
from xltool.scoring.method import Method
from xltool.scoring.methods.ceiling import Ceiling
from xltool.sheets.form.book import form_plan
from xltool.sheets.form.form import make_form
from xltool.sheets.plan import Formula

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from xltool.facts.typed import Contents
    from xltool.sheets.plan import Cell, WorkbookPlan

SCHEME, _ = ready_scheme("jiangmen-2025-special")
EDGES = dict(boundaries(SCHEME))


def plan_of(contents: Contents) -> WorkbookPlan:
    return bare(frozen(form_plan(make_form(SCHEME, contents))))


def changed(plan: WorkbookPlan, sheet: str, at: str, old: str, new: str) -> WorkbookPlan:
    """把一格公式里的字换掉一处，结果不动；要换的字必须在。"""

    def mutated(cell: Cell) -> Cell:
        if cell.at.a1 != at:
            return cell
        assert isinstance(cell.content, Formula)
        assert old in cell.content.text, cell.content.text
        text = cell.content.text.replace(old, new, 1)
        return cell._replace(content=cell.content._replace(text=text))

    sheets = tuple(
        replace(one, cells=tuple(map(mutated, one.cells))) if one.name == sheet else one
        for one in plan.sheets
    )
    return replace(plan, sheets=sheets)


def parameter(key: str) -> str:
    """公式里怎么称呼一个参数。"""
    return make_form(SCHEME, {}).refs("").parameter(key)


def with_values(**values: str) -> Contents:
    """满分的表，改动几项收支。"""
    return full_marks(SCHEME) | {
        field_key(f"finance.{key}"): Decimal(text) for key, text in values.items()
    }


# 每个：内容、工作表、公式所在的格、原来的写法、改成什么
MUTANTS: dict[str, tuple[Contents, str, str, str, str]] = {
    "少舍入一位": (
        with_values(total="98.1"), "评分表", "J9", parameter("score_digits"), "1",
    ),
    "只舍入一次，多一位": (
        with_values(total="98.1"), "评分表", "J9", parameter("score_digits"), "3",
    ),
    "达到改成超过": (with_values(fixed_in_use="90"), "评分表", "J30", ">=", ">"),
    "不超过改成小于": (with_values(three_public="6"), "评分表", "J32", "<=", "<"),
    "取了别的参数": (
        with_values(fixed_in_use="75"), "评分表", "J30",
        parameter("24.share2"), parameter("24.share3"),
    ),
    "取了别的格": (
        with_values(total="98.1", initial="90"), "评分表", "J9", "/'收支与资产'!$C$8",
        "/'收支与资产'!$C$7",
    ),
    "不封顶": (with_values(total="107.91"), "评分表", "J9", "MIN(1,", "MAX(1,"),
    "缺数当零": (
        EDGES["界限7"], "评分表", "J9", '""', "0",
    ),
    "分数线含改成不含": (EDGES["等级1"], "填报说明", "C19", ">=", ">"),
    "合计漏一行": (full_marks(SCHEME), "评分表", "J33", "SUM(J7:J32)", "SUM(J7:J31)"),
    "勾稽漏一项": (
        full_marks(SCHEME), "填报说明", "C23", "-'收支与资产'!$C$12", "",
    ),
    "完成率倒过来": (full_marks(SCHEME), "绩效目标完成情况", "K7", "H7/F7", "F7/H7"),
    "未填少数一栏": (EDGES["界限5"], "填报说明", "C10", "+COUNTBLANK", "+0*COUNTBLANK"),
}  # fmt: skip


@pytest.mark.parametrize("name", MUTANTS)
def test_a_changed_formula_is_caught(name: str) -> None:
    contents, sheet, at, old, new = MUTANTS[name]
    plan = plan_of(contents)
    assert differences(plan, formualizer_found(plan)) == []
    told = differences(plan, formualizer_found(changed(plan, sheet, at, old, new)))
    assert any(line.startswith(f"{sheet}!{at} ") for line in told), told


@needs_office
def test_changed_formulas_are_caught_by_the_office(tmp_path: Path) -> None:
    """一个工作簿里同时改几处，处处看得出来。"""
    names = ("少舍入一位", "分数线含改成不含", "合计漏一行", "完成率倒过来")
    contents = EDGES["等级1"] | {field_key("finance.total"): Decimal("98.1")}
    plan = mutant = plan_of(contents)
    for name in names:
        mutant = changed(mutant, *MUTANTS[name][1:])
    told = differences(plan, office({"改": mutant}, tmp_path)["改"])
    caught = {name for name in names if _told(told, *MUTANTS[name][1:3])}
    assert caught == {"少舍入一位", "合计漏一行", "完成率倒过来"}  # 不到 90 分，线上那处看不出
    assert differences(plan, formualizer_found(plan)) == []


def _told(told: list[str], sheet: str, at: str) -> bool:
    return any(line.startswith(f"{sheet}!{at} ") for line in told)


# ---------------------------------------------------------------- 改动程序的算法


def half_even(scheme: Scheme, value: Decimal) -> Decimal:
    digits = Decimal(1).scaleb(-int(scheme.number("score_digits")))
    return value.quantize(digits, ROUND_HALF_EVEN)


def inclusive(scheme: Scheme, ratio: Decimal) -> bool:
    return ratio >= scheme.number("over_limit")


def unrounded(scheme: Scheme, ratio: Decimal) -> bool:
    return ratio > scheme.number("over_limit")


ARITHMETIC: dict[str, tuple[object, str, Callable[..., object], str]] = {
    "半分舍去": (Scheme, "round_points", half_even, "界限2"),
    "刚好一倍半算超额": (overshoot, "over", inclusive, "指标70"),
    "比较之前不舍入": (overshoot, "over", unrounded, "指标70"),
    "门槛不舍入": (Scheme, "precise", lambda _, value: value, "界限3"),
    "三公不看上年": (Ceiling, "inputs", lambda self, _: Method.inputs(self, "limits")[:1], "满分"),
}


@pytest.mark.parametrize("name", ARITHMETIC)
def test_a_changed_computation_is_caught(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    owner, attribute, mutant, edge = ARITHMETIC[name]
    before = plan_of(EDGES[edge])
    found = formualizer_found(before)
    assert differences(before, found) == []
    monkeypatch.setattr(owner, attribute, mutant)
    assert differences(plan_of(EDGES[edge]), found) != []
