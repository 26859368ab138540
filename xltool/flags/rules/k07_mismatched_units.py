"""K07 单位或精度不一致。"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from xltool.facts.computed import shown
from xltool.facts.days import DAY_UNIT, day_as_percent, day_without_unit
from xltool.facts.percents import stored_elsewhere
from xltool.facts.phrases import any_of
from xltool.finding import Severity
from xltool.flags.rows import own_unit, split_rows, values_of
from xltool.flags.rule import Hit, rule
from xltool.flags.wording import about, given
from xltool.scheme.contract.judging_words import APART_UNITS
from xltool.scheme.labels import UNIT, label_of
from xltool.scheme.thresholds import Threshold
from xltool.values import find_unit, quote, unit_of_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.records import Target
    from xltool.flags.rule import Case, Judgement
    from xltool.scheme.model import Scheme

_TEN_THOUSAND_YUAN = "万元"

DECIMALS = Threshold(
    "K07.decimals",
    "万元数最多几位小数",
    Decimal(2),
    "位",
    "假设：金额到分，万元数两位小数已足够核对",
)


@rule(
    "K07",
    severity=Severity.WARNING,
    also=(Severity.ERROR, Severity.NOTICE),
    remedy="改成同一个计量单位，名称、计量单位、{indicators.expected}、{indicators.actual}四处一致；是日期的，单位选“日期”，不是日期的数（人口45000）填上单位；万元数保留两位小数。",
    source="重建：公开的绩效目标审核工具；填报说明“严格按照计量单位填写”",
    thresholds=(DECIMALS,),
    needs=("indicators.expected", "indicators.actual", "indicators.unit"),
    fires="名称写“(家次)”，实现值541家为警告；预期值填成日期格式而单位空着为错误；“受资助人数”的单位写人次、19546.975万元有3位小数为提示",
    silent="预期值40亿元，实现值445500万元：都是金额，可以换算",
)
def mismatched_units(case: Case) -> Iterator[Judgement]:
    """计量单位不一致，或万元数小数过多。

    家与家次、人与人次不是一回事，单位不同的数不能相除；小数位数不一，合计就对不上。
    """
    rows, unjudged = split_rows(case, "expected", "actual")
    yield from unjudged
    for row in rows:
        apart = tuple(_units(case.facts.scheme, row))
        yield from apart or _counted(case.facts.scheme, row)
        yield from _dated(case.facts.scheme, row)
        yield from _decimals(case.facts.scheme, row)


def _units(scheme: Scheme, row: Target) -> Iterator[Judgement]:
    """数量级后面要有单位；各处写出的单位要相同，一行只报第一处与最先写出的不同的。"""
    percents = stored_elsewhere(row)  # 由 K10 说
    values = tuple(one for one in values_of(scheme, row) if one[1] not in percents)
    # “1.2万”加上“人”说得清；加上“万元”就说不清是不是万万元
    clear = row.unit is not None and row.unit.factor == 1
    for label, column, measure in values:
        if measure.unit is None and measure.magnitude != 1 and not clear:
            text = f"{label}“{quote(measure.raw)}”只写了数量级，没有写单位"
            yield Hit(row.record.key(column), about(row, text))

    places = (
        ("指标名称", "title", unit_of_name(row.title)),
        ("计量单位栏", "unit", find_unit(row.record.text("unit"))),
        *((label, column, one.unit) for label, column, one in values),
    )
    written = [(label, column, unit) for label, column, unit in places if unit is not None]
    for label, column, other in written[1:]:
        first, _, unit = written[0]
        # 分母不比：“5万元/家”的实现值常只写“5万元”
        if unit.base.partition("/")[0] != other.base.partition("/")[0]:
            text = f"{first}的单位是“{unit.name}”，{label}的单位是“{other.name}”"
            yield Hit(row.record.key(column), about(row, text))
            return


def _dated(scheme: Scheme, row: Target) -> Iterator[Judgement]:
    """存成日期的预期值：单位不是“日期”的，表里的公式把它当作一个数去除。"""
    column = "expected" if day_without_unit(scheme, row) else day_as_percent(scheme, row)
    if not column:
        return
    entry, unit, label = row.record.entry(column), row.record.text("unit"), label_of(scheme, UNIT)
    how = "是日期" if entry.day else "像是日期"
    said = f"是“{quote(unit)}”" if unit else "空着"
    name = label_of(scheme, f"indicators.{column}")
    text = f"{name}“{quote(entry.raw)}”{how}，{label}却{said}"
    wanted = f"是日期的选“{scheme.word(*DAY_UNIT)}”{'' if unit else '，不是的填上单位'}"
    yield Hit(row.record.key("unit"), about(row, f"{text}，{wanted}"), Severity.ERROR)


def _counted(scheme: Scheme, row: Target) -> Iterator[Judgement]:
    """名称没有用括号写单位，而末尾说的是人数，写的单位是人次；户、家一样。"""
    unit, found = own_unit(row), _ending(scheme).search(row.title)
    if unit is None or found is None or (found[1] or found[2]) not in _others(scheme, unit.base):
        return
    column = "unit" if given(row.record.entry("unit")) else "expected"
    text = f"名称说的是{found[0]}，单位写的是“{unit.name}”，不是一回事"
    yield Hit(row.record.key(column), about(row, text), Severity.NOTICE)


@lru_cache(maxsize=16)
def _ending(scheme: Scheme) -> re.Pattern[str]:
    """名称末尾说的单位：单个字的（人数），要有“数”字，前面还要有字。"""
    units = [word for one in scheme.listed(APART_UNITS) for word in (one.value, *one.aliases)]
    long, short = (
        any_of(tuple(one for one in units if (len(one) > 1) is many)).pattern
        for many in (True, False)
    )
    return re.compile(f"({long})数?$|(?<=.)({short})数$")


def _others(scheme: Scheme, unit: str) -> frozenset[str]:
    """容易与这个单位混的。"""
    groups = ({one.value, *one.aliases} for one in scheme.listed(APART_UNITS))
    return frozenset(word for group in groups if unit in group for word in group - {unit})


def _decimals(scheme: Scheme, row: Target) -> Iterator[Judgement]:
    limit = DECIMALS.under(scheme)
    for label, column, measure in values_of(scheme, row):
        unit = measure.unit or row.unit
        if unit is None or unit.name != _TEN_THOUSAND_YUAN or measure.number is None:
            continue
        exponent = measure.number.normalize().as_tuple().exponent  # 末尾的零不计
        places = max(0, -exponent) if isinstance(exponent, int) else 0
        if places > limit.value:
            text = f"{label}“{quote(measure.raw)}”有{places}位小数，万元数最多{shown(limit)}"
            yield Hit(row.record.key(column), about(row, text), Severity.NOTICE)
