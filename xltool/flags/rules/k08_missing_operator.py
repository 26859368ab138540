"""K08 预期值缺运算符。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.direction import lower_is_better
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
    remedy="在“运算符”栏选≥、≤或=。",
    source="重建：预算管理一体化系统导入表单设“计算符号”一栏",
    needs=("indicators.expected", "indicators.operator"),
    fires="预期值写“405家”，运算符栏空着",
    silent="预期值写“≥33”，或运算符栏选了“≥”",
)
def missing_operator(case: Case) -> Iterator[Judgement]:
    """预期值没有写运算符。

    没有运算符就分不清是越多越好还是不得超过，只能按惯例推定：成本指标按“≤”，其余按“≥”。
    """
    words = words_of(case.facts.scheme)
    rows, unjudged = split_rows(case, "expected")
    yield from unjudged
    for row in rows:
        if row.operator is None and row.expected.kind in _NUMERIC:
            reverse = lower_is_better(case.facts.scheme, row)
            assumed = Operator.LE if reverse else Operator.GE
            wanted = f"{words.expected}“{quote(row.expected.raw)}”"
            text = f"{wanted}没有写运算符，暂按“{assumed.value}”计分"
            yield Hit(row.record.key("operator"), about(row, text))
