"""K05 实现值不可核。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.finding import Severity
from xltool.flags.rows import split_rows
from xltool.flags.rule import Hit, rule
from xltool.flags.wording import about
from xltool.scheme.labels import words_of
from xltool.values import Kind, fold, quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Case, Judgement

# 日期、名次、与上年比的说法本来就带“前”“不超过”，不算写了符号
_NUMERIC = frozenset({Kind.NUM, Kind.PP, Kind.DUR, Kind.GROWTH, Kind.NAMEVAL})
_COPIED = frozenset({Kind.DATE, Kind.STATE, Kind.QUAL})


@rule(
    "K05",
    severity=Severity.ERROR,
    also=(Severity.NOTICE,),
    remedy="{indicators.actual}填实际完成的数或日期，不写“≥”“约”；用文字描述的写出事实。",
    source="重建：预算管理一体化系统填报说明“定量指标填数字”；评价机构复核口径",
    needs=("indicators.expected", "indicators.actual"),
    fires="实现值写“≥85%”为错误；预期值“规范”、实现值也写“规范”为提示",
    silent="实现值写“92.3%”；预期值2024年12月前，实现值2024年11月20日",
)
def unverifiable_actual(case: Case) -> Iterator[Judgement]:
    """实现值无法核实。

    带符号的是条件不是结果，照抄预期值的看不出做了什么，都无法核对。
    """
    words = words_of(case.facts.scheme)
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
