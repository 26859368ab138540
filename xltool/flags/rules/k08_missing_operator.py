"""K08 预期值缺运算符。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.direction import Way, doubtful_word, unsettled, way_of
from xltool.finding import Severity
from xltool.flags.rows import split_rows
from xltool.flags.rule import Hit, rule
from xltool.flags.wording import about
from xltool.scheme.labels import words_of
from xltool.values import Kind, Operator, quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Case, Judgement

_NUMERIC = frozenset({Kind.NUM, Kind.PP, Kind.DUR})


@rule(
    "K08",
    severity=Severity.NOTICE,
    also=(Severity.WARNING,),
    remedy="在“运算符”栏选≥、≤或=。",
    source="重建：预算管理一体化系统导入表单设“计算符号”一栏",
    needs=("indicators.expected", "indicators.operator"),
    fires="预期值写“405家”，运算符栏空着为提示；“群众投诉率”5%，实现值9%，运算符空着为警告",
    silent="预期值写“≥33”，或运算符栏选了“≥”",
)
def missing_operator(case: Case) -> Iterator[Judgement]:
    """预期值没有写运算符。

    没有运算符就分不清是越多越好还是不得超过，只能按惯例推定：成本指标和目标是0的按“≤”，其余按“≥”。
    名称里有投诉、能耗一类字眼的，多半越小越好，推定不了：两种读法取得分低的，等单位写明。
    """
    scheme, words = case.facts.scheme, words_of(case.facts.scheme)
    rows, unjudged = split_rows(case, "expected")
    yield from unjudged
    for row in rows:
        if row.operator is None and row.expected.kind in _NUMERIC:
            wanted = f"{words.expected}“{quote(row.expected.raw)}”没有写运算符"
            way, key = way_of(scheme, row), row.record.key("operator")
            if way is Way.DOUBTFUL:
                named = f"名称里有“{doubtful_word(scheme, row)}”，看不出越大越好还是越小越好"
                severity = Severity.WARNING if unsettled(scheme, row) else None
                text = f"{wanted}，{named}，暂按得分低的一种计"
                yield Hit(key, about(row, text), severity)
                continue
            assumed = Operator.LE if way is Way.DOWN else Operator.GE
            yield Hit(key, about(row, f"{wanted}，暂按“{assumed.value}”计分"))
