"""E05 年中调整过大。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.computed import percent
from xltool.finding import Severity
from xltool.flags.explaining import explanation
from xltool.flags.rule import Hit, Unjudged, rule
from xltool.flags.wording import lacks, money, name_of
from xltool.scheme.key import field_key
from xltool.scheme.labels import label_of
from xltool.scheme.thresholds import ADJUSTMENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Case, Judgement

_INITIAL, _ADJUSTED = field_key("finance.initial"), field_key("finance.adjusted")


@rule(
    "E05",
    severity=Severity.WARNING,
    remedy="核对{finance.initial}和{finance.adjusted}；属实的，[写在“{finance.note}”里，][表上没有说明一栏的写在评分表那一行的“{form.reason}”里，]写明追加或调减的原因。",
    source="重建：外省一体化系统预算调整率达到30%而自评得分高的须说明",
    thresholds=(ADJUSTMENT,),
    needs=("finance.initial", "finance.adjusted"),
    fires="年初100万元，全年300万元，变动200%",
    silent="年初500万元，全年520万元，变动4%",
)
def large_adjustment(case: Case) -> Iterator[Judgement]:
    """年初到全年的预算变动过大。

    变动大的，不是年初没有编准，就是任务变了、目标也应跟着变；要写明原因，自评才比得出来。
    """
    facts, scheme = case.facts, case.facts.scheme
    initial, adjusted = facts.number(_INITIAL), facts.number(_ADJUSTED)
    if initial is None or adjusted is None:
        pairs = ((_INITIAL, initial), (_ADJUSTED, adjusted))
        yield from (lacks(facts, key) for key, value in pairs if value is None)
    elif initial == 0:
        if adjusted:
            yield Unjudged(f"{name_of(scheme, _INITIAL)}（为0，不能作除数）")
    else:
        change = scheme.precise(abs(adjusted - initial) / initial)
        if change >= ADJUSTMENT.of(scheme):
            first, then = (label_of(scheme, f"finance.{one.row}") for one in (_INITIAL, _ADJUSTED))
            text = f"{first}{money(initial)}，{then}{money(adjusted)}，变动{percent(change)}"
            why = explanation(facts, _ADJUSTED) or explanation(facts, _INITIAL)
            full = f"{text}，达到{percent(ADJUSTMENT.of(scheme))}"
            yield Hit(_ADJUSTED, full, explained=why)
