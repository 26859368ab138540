"""K04 反向指标远低于上限。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.computed import percent
from xltool.facts.direction import lower_is_better, unsettled
from xltool.finding import Severity
from xltool.flags.explaining import NOTE, said
from xltool.flags.rows import split_rows
from xltool.flags.rule import Hit, rule
from xltool.flags.wording import about, lacks_direction, result_of, target_of
from xltool.scheme.labels import words_of
from xltool.scheme.thresholds import CEILING_FLOOR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Case, Judgement


@rule(
    "K04",
    severity=Severity.WARNING,
    remedy="在“{indicators.note}”里说明远低于上限的原因：任务没有做完、资金没有支出，还是上限定得过宽。",
    source="重建：参照财预〔2021〕101号60%的及格门槛，一体化系统以预算支出标准核对成本指标",
    thresholds=(CEILING_FLOOR,),
    needs=("indicators.expected", "indicators.actual"),
    fires="预算控制≤40000万元，实际19546.975万元，只有48.87%",
    silent="预算控制≤40000万元，实际38000万元",
)
def far_below_ceiling(case: Case) -> Iterator[Judgement]:
    """成本等反向指标的实现值远低于上限。

    按“越低越好”计分会得满分，实际可能是钱没有花出去，或上限定得没有约束力。
    """
    scheme = case.facts.scheme
    floor = CEILING_FLOOR.of(scheme)
    rows, unjudged = split_rows(case, "expected", "actual")
    yield from unjudged
    for row in rows:
        if row.target is None or row.result is None or row.target <= 0:
            continue
        if unsettled(scheme, row):
            yield lacks_direction(case.facts, row)
        ratio = scheme.precise(row.result / row.target)
        if lower_is_better(scheme, row) and ratio < floor:
            words = words_of(scheme)
            wanted = f"{words.ceiling}{target_of(row)}"
            working = f"{words.actual}{result_of(row)}÷{wanted}={percent(ratio)}"
            why = said(case.facts, row.record, NOTE)
            text = about(row, f"{working}，低于{percent(floor)}")
            yield Hit(row.record.key("actual"), text, explained=why)
