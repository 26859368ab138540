"""核对真能发现错：改动一处公式或一处算法，比较就不再相符。"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache
from typing import TYPE_CHECKING

import pytest
from formula_mutants import survivors
from parity_books import form_book
from parity_boundary import boundaries, full_marks
from parity_cells import differences
from parity_engines import formualizer_each, needs_office, office
from parity_project import edges_of, project_boundaries
from scheme_variants import GENERAL, PROJECT_101, SPECIAL, brief, shipped
from scheme_variants import PROJECT as PROJECT_10

from xltool.address import At
from xltool.facts import factor, overshoot, tiers
from xltool.form.form import make_form
from xltool.scheme.key import field_key
from xltool.scheme.model import Scheme
from xltool.scoring.method import Method
from xltool.scoring.methods import indicator_sum
from xltool.scoring.methods.ceiling import Ceiling
from xltool.sheets.plan import Formula

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from parity_cells import Book, Found, Place
    from parity_engines import Loaded

    from xltool.facts.typed import Contents
    from xltool.sheets.plan import Content

SCHEME, PROJECT = brief(shipped()[SPECIAL]), brief(shipped()["mof-project-101-2021-1"])
EDGES, PROJECT_EDGES = dict(boundaries(SCHEME)), dict(project_boundaries(PROJECT))


LOADED: list[Loaded] = []  # 各处改动都换在装好的一本上


def plan_of(contents: Contents, scheme: Scheme = SCHEME) -> Book:
    return form_book(make_form(scheme, contents))


def recalculated(plan: Book) -> Found:
    return next(formualizer_each([plan], LOADED))


def changed(plan: Book, sheet: str, at: str, old: str, new: str) -> Book:
    """把一格公式里的字换掉一处，结果不动；要换的字必须在。"""
    place = (sheet, *At.parse(at))
    formula = plan.contents[place]
    assert isinstance(formula, Formula)
    assert old in formula.text, formula.text
    mutated = formula._replace(text=formula.text.replace(old, new, 1))
    return replace(plan, contents={**plan.contents, place: mutated})


def parameter(key: str, scheme: Scheme = SCHEME) -> str:
    """公式里怎么称呼一个参数。"""
    return make_form(scheme, {}).refs("").parameter(key)


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
    "分数线含改成不含": (EDGES["等级1"], "填报说明", "C23", ">=", ">"),
    "合计漏一行": (full_marks(SCHEME), "评分表", "J33", "SUM(J7:J32)", "SUM(J7:J31)"),
    "勾稽漏一项": (
        full_marks(SCHEME), "填报说明", "C27", "-'收支与资产'!$C$12", "",
    ),
    "完成率倒过来": (full_marks(SCHEME), "绩效目标完成情况", "K7", "H7/F7", "F7/H7"),
    "未填少数一栏": (EDGES["界限5"], "填报说明", "C10", "COUNTIF", "0*COUNTIF"),
}  # fmt: skip


def every_other(names: Iterable[str]) -> pytest.MarkDecorator:
    """平时隔一个看一个，其余在 nightly。"""
    marks = itertools.cycle(((), pytest.mark.nightly))
    return pytest.mark.parametrize(
        "name", [pytest.param(name, marks=mark) for name, mark in zip(names, marks, strict=False)]
    )


@every_other(MUTANTS)
def test_a_changed_formula_is_caught(name: str) -> None:
    contents, sheet, at, old, new = MUTANTS[name]
    plan = plan_of(contents)
    assert differences(plan, recalculated(plan)) == []
    told = differences(plan, recalculated(changed(plan, sheet, at, old, new)))
    assert any(line.startswith(f"{sheet}!{at} ") for line in told), told


def of_project(key: str) -> str:
    return parameter(key, PROJECT)


# 每个：哪些界限看得出来、工作表、公式所在的栏、原来的写法、改成什么
PROJECT_MUTANTS: dict[str, tuple[str, str, str, str, str]] = {
    "执行率含界限改成不含": ("执行", "评分表", "J", ">=", ">"),
    "超预算也得分": ("执行", "评分表", "J", of_project("01.beyond_share"), "1"),
    "分值合计不必相符": ("不能计分", "评分表", "J", "<>0", "<-99"),
    "一类没有指标当零分": ("空表", "评分表", "J", 'IF(E{row}=0,0,"")', "0"),
    "行得分不舍入": ("合计带半分", "绩效指标", "N", of_project("score_digits"), "4"),
    "及格线取了别的": ("output", "绩效指标", "M", of_project("pass_mark"), "0.5"),
    "偏离度不封底": ("output", "绩效指标", "M", of_project("over_factor"), "0"),
    "写了原因也调减": ("output", "绩效指标", "M", "CLEAN(O{row})", '""'),
    "满意度分档不含界限": ("satisfaction", "绩效指标", "M", ">=", ">"),
    "自评得分在上一档也作数": (
        "output", "绩效指标", "M", f"<{of_project('tier_partial_low')}", "<1",
    ),
    "分法取了别的": ("分法", "评分表", "E", of_project("03.allocation_cost"), "0"),
    "等级界限取了别的": ("等级", "填报说明", "C", of_project("grade.良"), "99"),
}  # fmt: skip


# 印成一页的表：分值自定，自评得分由页上归拢
PAGE_FORM = brief(shipped()["mof-project"])
PAGE_EDGES = dict(edges_of(PAGE_FORM))
PAGE_MUTANTS: dict[str, tuple[str, str, str, str, str]] = {
    "分值合计不必是满分": ("一个指标", "评分表", "J", "<>0", "<-99"),
    "自评缺一行也归拢": ("逐行自评", "评分表", "I", "AND(COUNT", "OR(COUNT"),
    "小于零的自评也归拢": ("逐行自评", "评分表", "I", '">=0"', '">=-9"'),
    "总分漏了预算执行率": ("满分", "自评表", "J", "COUNT(", "0*COUNT("),
    "分值不照各行": ("一个指标", "评分表", "E", "SUMIFS(", "0*SUMIFS("),
    "各来源的执行率倒过来": ("两位小数", "自评表", "J", "G13/E13", "E13/G13+1"),
    "勾稽漏一个来源": ("满分", "填报说明", "C", "-'自评表'!$G$15", ""),
}  # fmt: skip


@cache
def agreed(scheme: Scheme, edges: str) -> dict[Book, Found]:
    """一类界限的各份，别的程序在上面算出的；改动以前处处相符。"""
    every = PAGE_EDGES if scheme is PAGE_FORM else PROJECT_EDGES
    plans = [plan_of(one, scheme) for key, one in every.items() if key.startswith(edges)]
    assert plans
    found = dict(zip(plans, formualizer_each(plans, LOADED), strict=True))
    assert [differences(*pair) for pair in found.items()] == [[]] * len(plans)
    return found


def caught(plans: Iterable[Book], change: list[str]) -> bool:
    """有没有一份看得出一处改动。"""
    return any(differences(plan, recalculated(everywhere(plan, *change))) for plan in plans)


@pytest.mark.parametrize("name", PAGE_MUTANTS)
def test_a_changed_formula_of_the_page_is_caught(name: str) -> None:
    edges, *change = PAGE_MUTANTS[name]
    assert caught(agreed(PAGE_FORM, edges), change)


@every_other(PROJECT_MUTANTS)
def test_a_changed_formula_of_a_project_is_caught(name: str) -> None:
    edges, *change = PROJECT_MUTANTS[name]
    assert caught(agreed(PROJECT, edges), change)


def everywhere(plan: Book, sheet: str, column: str, old: str, new: str) -> Book:
    """把一张表一栏里的公式都换掉一处；至少有一格有要换的字。"""
    mutated: dict[Place, Content] = {}
    for (name, *at), content in plan.contents.items():
        place = At(*at)
        if name == sheet and isinstance(content, Formula) and place.a1 == f"{column}{place.row}":
            text = content.text.replace(old.format(row=place.row), new, 1)
            if text != content.text:
                mutated[name, *place] = content._replace(text=text)
    assert mutated
    return replace(plan, contents={**plan.contents, **mutated})


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
    assert differences(plan, recalculated(plan)) == []


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
    found = recalculated(before)
    assert differences(before, found) == []
    monkeypatch.setattr(owner, attribute, mutant)
    assert differences(plan_of(EDGES[edge]), found) != []


# 项目的表：改哪里、看得出来的界限
PROJECT_ARITHMETIC: dict[str, tuple[object, str, Callable[..., object], str]] = {
    "偏离度不封底": (
        factor, "reduced_share", lambda scheme, ratio: 1 - (ratio - scheme.number("over_limit")),
        "output",
    ),
    "写了原因也调减": (
        factor, "reduced", lambda scheme, _, ratio: overshoot.over(scheme, ratio), "output",
    ),
    "不看及格线": (factor, "_passed", lambda _, share: share, "output"),
    "自评得分不论在不在档内": (tiers.Band, "holds", lambda *_: True, "output"),
    "行得分不舍入": (Scheme, "round_points", lambda _, value: value, "合计带半分"),
    "分值一律取方案的": (indicator_sum, "points_of", lambda _, one: one.points, "分法"),
}  # fmt: skip


@pytest.mark.parametrize("name", PROJECT_ARITHMETIC)
def test_a_changed_computation_of_a_project_is_caught(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, attribute, mutant, edges = PROJECT_ARITHMETIC[name]
    contents = [one for key, one in PROJECT_EDGES.items() if key.startswith(edges)]
    found = agreed(PROJECT, edges).values()
    monkeypatch.setattr(owner, attribute, mutant)
    assert any(
        differences(plan_of(one, PROJECT), was) for one, was in zip(contents, found, strict=True)
    )


# ---------------------------------------------------------------- 每个运算符、每个函数都换一遍

_ABSENT = "没有名称的行才数，名称一栏本来就空着"
_EXCLUSIVE = "刚好等于不算超额，后面怎么比都一样"
_ALONE = "只有一项，且和或没有分别"
_EVEN = "刚好在界限上，偏离度是零"
# 换了也没有分别的；数字写成 #，别处增减一行不必改
EQUIVALENT: dict[str, dict[str, str]] = {
    SPECIAL: {
        """填报说明!C# $C$#:$C$#<>"")〔+→-〕('上年度整改'!$D$#:$D$#<>""": _ABSENT,
        """填报说明!C# $B$#:$B$#<>"")〔+→-〕('关键数据核对'!$C$#:$C$#<>""": _ABSENT,
        """填报说明!C# $C$#:$C$#<>"")〔+→-〕('绩效目标完成情况'!$D$#:$D$#<>""": _ABSENT,
        "绩效目标完成情况!L /F#,'评分参数'!$D$#)〔=→<>〕'评分参数'!$D$#)),'评分参数'!$D$#,MIN": (
            _EXCLUSIVE
        ),
        "绩效目标完成情况!L =#,ROUND(H#〔/→*〕F#,'评分参数'!$D$#)=": _EXCLUSIVE,
        "评分表!H# IF(〔AND(→OR(〕OR('管理情况'!$C$#=": _ALONE,
        "评分表!J# IF(〔AND(→OR(〕OR('管理情况'!$C$#=": _ALONE,
    },
    PROJECT_101: {
        """填报说明!C# $C$#:$C$#<>"")〔+→-〕('绩效指标'!$D$#:$D$#<>""": _ABSENT,
        "绩效指标!M $D$#,AND('评分参数'!$D$#〔=→<>〕#,ROUND(H#/": _EXCLUSIVE,
        "绩效指标!M /F#,'评分参数'!$D$#)〔=→<>〕'评分参数'!$D$#)),O#=\"\"": _EXCLUSIVE,
        "绩效指标!M =#,ROUND(H#〔/→*〕F#,'评分参数'!$D$#)=": _EXCLUSIVE,
        "绩效指标!M /F#,'评分参数'!$D$#)〔>→>=〕'评分参数'!$D$#,AND('评分参数'!": _EVEN,
        "绩效指标!M /J#,'评分参数'!$D$#)〔<=→<〕#),K#/J#,'评分参数'!": "自评满分与该档的满分一样",
        "绩效指标!M (AND(ROUND(K#〔/→*〕J#,'评分参数'!$D$#)>=": "分值是正的，商和积同号",
        "评分表!E# $D$#,IF('封面'!$C$#〔=→<>〕'选项'!$J$#,'评分参数'!$D$#,": "两种分法的分值相同",
    },
}
EQUIVALENT[GENERAL] = {
    key.replace("完成情况!L", "完成情况!K"): why for key, why in EQUIVALENT[SPECIAL].items()
}
EQUIVALENT[PROJECT_10] = {
    key: why for key, why in EQUIVALENT[PROJECT_101].items() if not key.startswith("评分表")
}
FEWER = 32  # 平时几处改动里看一处


def numberless(where: str) -> str:
    return re.sub(r"\d+", "#", where)


@pytest.mark.nightly
def test_the_boundaries_tell_a_change_in_every_formula() -> None:
    """每隔几处看一处，本来没有分别的不看；一处不漏的在 nightly。"""

    def chosen(number: int, where: str) -> bool:
        return number % FEWER == 0 and numberless(where) not in EQUIVALENT[SPECIAL]

    assert survivors(SCHEME, edges_of(SCHEME), chosen) == set()


@pytest.mark.nightly
@pytest.mark.parametrize("scheme_id", [GENERAL, SPECIAL, PROJECT_10, PROJECT_101])
def test_every_operator_of_every_formula_matters(scheme_id: str) -> None:
    """把各公式的每个运算符、函数换成别的，界限里总有一份看得出来，除非本来没有分别。"""
    scheme = shipped()[scheme_id]
    found = set(map(numberless, survivors(scheme, edges_of(scheme), lambda *_: True)))
    assert found == set(EQUIVALENT[scheme_id])
