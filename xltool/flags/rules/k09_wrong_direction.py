"""K09 方向不符。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.direction import named_word
from xltool.finding import Severity
from xltool.flags.rows import falls_under, split_rows
from xltool.flags.rule import Hit, rule
from xltool.flags.wording import about, given
from xltool.scheme.categories import COSTS, SATISFACTION
from xltool.scheme.contract.judging_words import DISSATISFIED, SAVED
from xltool.scheme.contract.word_lists import HANDLED, UNWANTED
from xltool.values import Operator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.records import Target
    from xltool.flags.rule import Case, Judgement
    from xltool.scheme.model import Scheme

_UPWARD = frozenset({Operator.GE, Operator.GT})


@rule(
    "K09",
    severity=Severity.WARNING,
    remedy="核对运算符：成本、投诉、事故、超支用“≤”，满意度用“≥”。",
    source="重建：评价机构复核发现“成本指标用≥”；公开的绩效目标审核工具",
    needs=(
        *("indicators.level2", "indicators.title"),
        *("indicators.expected", "indicators.operator"),
    ),
    fires="成本指标的预期值写≥5万元；安全事故起数写≥1起",
    silent="成本指标≤5万元；投诉办结率≥95%",
)
def wrong_direction(case: Case) -> Iterator[Judgement]:
    """运算符的方向与指标的意思相反。

    方向反了，花得越多、事故越多得分越高，计分就失去意义。
    """
    rows, unjudged = split_rows(case, "level2", "title", "expected")
    yield from unjudged
    for row in rows:
        fault = _fault(case.facts.scheme, row)
        if fault and row.operator is not None:
            column = "operator" if given(row.record.entry("operator")) else "expected"
            text = f"{fault}，运算符是“{row.operator.value}”，方向相反"
            yield Hit(row.record.key(column), about(row, text))


def _fault(scheme: Scheme, row: Target) -> str:
    """方向不对时说出应有的方向。"""
    if row.operator is None:
        return ""
    word = named_word(scheme, UNWANTED, row.title)
    # “事故隐患整改率”“投诉办结率”是做得好的事，越高越好
    unwanted = word and not named_word(scheme, HANDLED, row.title)
    if row.operator.reverse:
        low = falls_under(scheme, row, SATISFACTION) and not word
        return "满意度应越高越好" if low and not named_word(scheme, DISSATISFIED, row.title) else ""
    if row.operator not in _UPWARD:
        return ""
    if unwanted:
        return f"{word}应越少越好"
    costly = falls_under(scheme, row, *COSTS) and not named_word(scheme, SAVED, row.title)
    return "成本应越低越好" if costly else ""
