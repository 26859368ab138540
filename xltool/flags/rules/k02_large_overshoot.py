"""K02 大幅超额。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.facts.computed import percent
from xltool.facts.direction import unsettled
from xltool.finding import Severity
from xltool.flags.explaining import NOTE, said
from xltool.flags.overshooting import explained, working
from xltool.flags.rows import forward_ratio, split_rows
from xltool.flags.rule import Hit, rule
from xltool.flags.wording import about, lacks_direction
from xltool.scheme.thresholds import OVERSHOT, Threshold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Case, Judgement

NOTICE = Threshold(
    "K02.notice",
    "超额提示的界限",
    Decimal("1.2"),
    "%",
    "重建：预算管理一体化系统的通行默认值",
    up_to="K02.warning",
)


@rule(
    "K02",
    severity=Severity.WARNING,
    also=(Severity.NOTICE,),
    remedy="核对{indicators.expected}和{indicators.actual}；属实的，在“{indicators.note}”里写明超额的原因，下年度照实际做得到的申报。",
    source="报告：“实际完成值大幅超过预期指标值……完成值超过150%以上”；文号：财预〔2020〕10号要求分析原因、适度调减",
    thresholds=(OVERSHOT, NOTICE),
    needs=("indicators.expected", "indicators.actual"),
    fires="预期值7家，实现值14家，完成率200%为警告；预期值≥2个，实现值3个，完成率150%为提示",
    silent="预期值405家，实现值411家，完成率101.48%",
)
def large_overshoot(case: Case) -> Iterator[Judgement]:
    """实现值大幅超过预期值。

    超得太多，多半是预期值定得过低，绩效目标起不到引导和约束的作用；也可能是填错了数。
    该写原因而没有写的归 K03，一件事只报一处。
    """
    facts, scheme = case.facts, case.facts.scheme
    warning, notice = OVERSHOT.of(scheme), NOTICE.of(scheme)
    rows, unjudged = split_rows(case, "expected", "actual")
    yield from unjudged
    for row in rows:
        if unsettled(scheme, row):
            yield lacks_direction(facts, row)
        ratio = forward_ratio(scheme, row)
        if ratio is None or ratio < notice:
            continue
        key, text = row.record.key("actual"), working(scheme, row, ratio)
        if ratio <= warning:
            text += f"，在{percent(notice)}到{percent(warning)}之间"
            yield Hit(key, about(row, text), Severity.NOTICE)
        elif explained(facts, row) is not False:
            why = said(facts, row.record, NOTE)
            yield Hit(key, about(row, f"{text}，超过{percent(warning)}"), explained=why)
