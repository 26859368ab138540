"""K10 百分数口径可疑。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.computed import percent
from xltool.facts.naming import bounded_rates, says_difference, says_rate
from xltool.facts.percents import stored_apart, stored_elsewhere, typed_as_ratio
from xltool.finding import Severity
from xltool.flags.explaining import NOTE, said
from xltool.flags.rows import own_unit, split_rows, values_of
from xltool.flags.rule import Hit, rule
from xltool.flags.wording import about, given
from xltool.scheme.labels import UNIT, label_of
from xltool.scheme.thresholds import RATE_CEILING
from xltool.values import Kind, plain, quote

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from xltool.facts.records import Target
    from xltool.flags.rows import Values
    from xltool.flags.rule import Case, Judgement
    from xltool.scheme.model import Scheme

_PERCENT = "%"


@rule(
    "K10",
    severity=Severity.WARNING,
    also=(Severity.ERROR, Severity.NOTICE),
    remedy="核对口径：两个比率之差用“百分点”；比率不超过100%；百分数填98，不填98%、0.98；是别的单位的填那个单位的数；已经成了百分数格式的，复制一个没有填过的格贴上再填。",
    source="报告：园区增速高于全市增速的预期值写1%、实现值写6.70%，而全市增速为6%",
    thresholds=(RATE_CEILING,),
    needs=(
        *("indicators.title", "indicators.unit"),
        *("indicators.expected", "indicators.actual"),
    ),
    fires="名称是“增速高于全市增速百分数”，单位却是%；合格率写120%",
    silent="同样的名称，预期值写1个百分点；完成率写120%",
)
def doubtful_percentage(case: Case) -> Iterator[Judgement]:
    """百分数的口径可疑。

    两个增速之差的单位是百分点，写成%常常是误填了增速本身，会把没有完成算成大幅超额；合格率等超过百分之百、
    同一行百分数存法不同，也多是口径错了。
    """
    rows, unjudged = split_rows(case, "title", "expected", "actual")
    yield from unjudged
    scheme = case.facts.scheme
    top = RATE_CEILING.of(scheme)
    for row in rows:
        values = values_of(scheme, row)
        yield from _difference(scheme, row, values)
        yield from _beyond(scheme, row, values, top)
        yield from _stored(case, row, values)


def _difference(scheme: Scheme, row: Target, values: Values) -> Iterator[Judgement]:
    unit = own_unit(row)
    named = says_difference(scheme, row.title) and says_rate(scheme, row.title)
    if named and unit is not None and unit.base == _PERCENT:
        column = "unit" if given(row.record.entry("unit")) else "expected"
        written = "、".join(f"{label}“{quote(one.raw)}”" for label, _, one in values)
        text = f"名称说的是两个比率之差，单位应是百分点，{written}按%填"
        yield Hit(row.record.key(column), about(row, text))


def _beyond(scheme: Scheme, row: Target, values: Values, top: Decimal) -> Iterator[Judgement]:
    bounded = any(word in row.title for word in bounded_rates(scheme))
    if not bounded or says_difference(scheme, row.title):
        return
    for label, column, measure in values:
        unit, number = measure.unit or row.unit, measure.number
        if unit is None or unit.base != _PERCENT or measure.kind is not Kind.NUM:
            continue
        if number is not None and number / 100 > top:
            text = f"{label}“{quote(measure.raw)}”超过{percent(top)}"
            yield Hit(row.record.key(column), about(row, text))


def _stored(case: Case, row: Target, values: Values) -> Iterator[Judgement]:
    """一格是按百分数存放的数，另一格不是；98%填成了0.98。"""
    scheme = case.facts.scheme
    elsewhere = stored_elsewhere(row)
    if elsewhere:
        written = "、".join(
            f"{label}“{quote(one.raw)}”" for label, column, one in values if column in elsewhere
        )
        unit = f"{label_of(scheme, UNIT)}却是“{quote(row.record.text('unit'))}”"
        text = f"{written}是百分数，表里的公式照存的小数算，{unit}"
        yield Hit(row.record.key(elsewhere[-1]), about(row, text), Severity.ERROR)
        return
    apart, ratio = stored_apart(scheme, row), typed_as_ratio(scheme, row)
    for label, column, measure in values:
        if column == apart:
            text = f"{label}“{quote(measure.raw)}”是百分数格式，表里的公式照存的小数算，差一百倍"
            yield Hit(row.record.key(column), about(row, text), Severity.ERROR)
        elif column == ratio:
            text = f"{label}“{quote(measure.raw)}”不到1，单位是%，像是把百分数填成了小数"
            why = said(case.facts, row.record, NOTE)
            yield Hit(row.record.key(column), about(row, text), explained=why)
    if apart:
        return
    stored = {column: row.record.entry(column).percent for _, column, _ in values}
    if len(set(stored.values())) == 1:
        return
    for label, column, measure in values:
        if stored[column] or measure.number is None:
            continue
        text = f"{label}“{quote(measure.raw)}”不是百分数格式，同一行的另一格是"
        if measure.unit is not None:
            yield Hit(row.record.key(column), about(row, text), Severity.NOTICE)
        else:
            meaning = f"{text}，分不清是{plain(measure.number)}%还是{percent(measure.number)}"
            yield Hit(row.record.key(column), about(row, meaning))
