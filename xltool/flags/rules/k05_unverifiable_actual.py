"""K05 实现值不可核。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.direction import Way, way_of
from xltool.finding import Severity
from xltool.flags.rows import own_unit, split_rows
from xltool.flags.rule import Hit, rule
from xltool.flags.wording import about
from xltool.scheme.labels import words_of
from xltool.values import Kind, Operator, fold, quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.records import Target
    from xltool.flags.rule import Case, Judgement
    from xltool.scheme.model import Scheme

# 日期、名次、与上年比的说法本来就带“前”“不超过”，不算写了符号
_NUMERIC = frozenset({Kind.NUM, Kind.PP, Kind.DUR, Kind.GROWTH, Kind.NAMEVAL})
_WHOLE = 100
_COPIED = frozenset({Kind.DATE, Kind.STATE, Kind.QUAL})


@rule(
    "K05",
    severity=Severity.ERROR,
    also=(Severity.NOTICE,),
    remedy="{indicators.actual}填实际完成的数或日期，不写“≥”“约”；用文字描述的写出事实。",
    source="重建：预算管理一体化系统填报说明“定量指标填数字”；评价机构复核口径",
    needs=("indicators.expected", "indicators.actual"),
    fires="实现值写“≥85%”为错误；预期值“规范”、实现值也写“规范”，预期值≥95%、实现值正好95%，为提示",
    silent="实现值写“92.3%”；预期值2024年12月前，实现值2024年11月20日",
)
def unverifiable_actual(case: Case) -> Iterator[Judgement]:
    """实现值无法核实。

    带符号的是条件不是结果，照抄预期值的看不出做了什么，都无法核对；
    满意度一类不到100%的比率，正好等于目标的很少，多半是照抄。
    """
    scheme, words = case.facts.scheme, words_of(case.facts.scheme)
    rows, unjudged = split_rows(case, "expected", "actual")
    yield from unjudged
    for row in rows:
        key, actual = row.record.key("actual"), row.actual
        found = f"{words.actual}“{quote(actual.raw)}”"
        if actual.operator is not None and actual.kind in _NUMERIC:
            text = f"{found}带有“{actual.operator.value}”的意思，是条件，不是实际完成的数"
            yield Hit(key, about(row, text))
        elif actual.kind in _COPIED and fold(actual.raw) == fold(row.expected.raw):
            text = f"{found}与{words.expected}一字不差，看不出实际情况"
            yield Hit(key, about(row, text), Severity.NOTICE)
        elif _just_met(scheme, row):
            text = f"{found}正好等于{words.expected}，核对是实际的数还是照抄"
            yield Hit(key, about(row, text), Severity.NOTICE)


def _just_met(scheme: Scheme, row: Target) -> bool:
    """不到100%的比率正好等于目标：实际的比率很少这样巧；越小越好的、等于的不算。"""
    unit = own_unit(row)
    if unit is None or unit.name != "%" or row.target is None or row.result != row.target:
        return False
    upward = row.operator in (None, Operator.GE, Operator.GT)
    return upward and way_of(scheme, row) is Way.UP and 0 < row.target < _WHOLE
