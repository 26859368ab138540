"""A01–A04 合计与分项不符：四条勾稽的内容在方案的 checks 里。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.finding import Severity
from xltool.flags.rule import Hit, Unjudged, rule
from xltool.flags.wording import lacks, money
from xltool.scheme.thresholds import sum_tolerance
from xltool.values import plain
from xltool.values.rounding import rounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Case, Judgement

_REMEDY = "核对决算报表，改正合计或分项；差额来自四舍五入的，以决算报表的两位小数为准。"
_SOURCE = "重建：评价机构部门级勾稽核对；部门决算报表的表内关系"


@rule(
    "A01",
    severity=Severity.ERROR,
    remedy="核对[{finance.total}和]各个分项，改正填错的数；差额来自四舍五入的，以账面的两位小数为准。",
    source=_SOURCE,
    thresholds=(sum_tolerance("A01"),),
    parameters=("money_digits",),
    needs=("checks.A01",),
    fires="{finance.total}26704.89，两个分项2980.93、23720.72，差3.24",
    silent="26701.65 = 2980.93 + 23720.72；差0.01在尾差以内",
)
def unequal_expenditure(case: Case) -> Iterator[Judgement]:
    """支出合计不等于各分项之和。

    合计与分项对不上，说明至少有一个数不对，支出率和成本的结论都受影响。
    """
    return _unequal(case, "A01")


@rule(
    "A02",
    severity=Severity.ERROR,
    remedy=_REMEDY,
    source=_SOURCE,
    thresholds=(sum_tolerance("A02"),),
    parameters=("money_digits",),
    needs=("checks.A02",),
    fires="“三公”经费46.23，三项之和47.23，差1",
    silent="46.23 = 1.91 + 44.10 + 0.22",
)
def unequal_three_public(case: Case) -> Iterator[Judgement]:
    """“三公”经费不等于三项之和。

    “三公”经费单独计分又要公开，合计与分项必须一致。
    """
    return _unequal(case, "A02")


@rule(
    "A03",
    severity=Severity.ERROR,
    remedy=_REMEDY,
    source=_SOURCE,
    thresholds=(sum_tolerance("A03"),),
    parameters=("money_digits",),
    needs=("checks.A03",),
    fires="政府采购362.21，货物102.69，工程4.97，服务250，差4.55",
    silent="362.21 = 102.69 + 4.97 + 254.55",
)
def unequal_procurement(case: Case) -> Iterator[Judgement]:
    """政府采购支出不等于货物、工程、服务之和。

    采购数是采购管理各项计分的底数，合计与分项必须一致。
    """
    return _unequal(case, "A03")


@rule(
    "A04",
    severity=Severity.ERROR,
    remedy="核对资产年报，改正资产、负债或净资产。",
    source=_SOURCE,
    thresholds=(sum_tolerance("A04"),),
    parameters=("money_digits",),
    needs=("checks.A04",),
    fires="资产22423.11，负债34.91，净资产填22423.11",
    silent="22388.20 = 22423.11 - 34.91",
)
def unequal_net_assets(case: Case) -> Iterator[Judgement]:
    """净资产不等于资产减负债。

    资产数据质量是评分的一项，资产、负债、净资产的恒等关系不成立，数据就不可用。
    """
    return _unequal(case, "A04")


def _unequal(case: Case, code: str) -> Iterator[Judgement]:
    facts = case.facts
    checks = [check for check in facts.scheme.checks if check.rule == code]
    if not checks:
        yield Unjudged(f"方案里的勾稽 {code}")
    for check in checks:
        keys = (check.total, *check.plus, *check.minus)
        known = {key: number for key in keys if (number := facts.number(key)) is not None}
        blanks = [key for key in keys if key not in known]
        yield from (lacks(facts, key) for key in blanks)
        if blanks:
            continue

        plus, minus = ([known[key] for key in part] for part in (check.plus, check.minus))
        total, parts = known[check.total], sum(plus, Decimal(0)) - sum(minus, Decimal(0))
        # 与报送表的勾稽一样舍入：再小的差是尾数
        gap = rounded(abs(total - parts), int(facts.scheme.number("money_digits")))
        if gap > sum_tolerance(code).of(facts.scheme):
            terms = " + ".join(map(plain, plus)) + "".join(f" - {plain(one)}" for one in minus)
            working = f"填{plain(total)}，{terms} = {plain(parts)}，差{money(gap)}"
            yield Hit(check.total, f"{check.label}不成立：{working}")
