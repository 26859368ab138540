"""R05 改进措施照抄上年。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.finding import Severity
from xltool.flags.claims import claims_of, lacks_claims
from xltool.flags.rectifying import SHEET
from xltool.flags.rule import Hit, rule
from xltool.flags.wording import lacks_sheet, listing
from xltool.scheme.thresholds import Threshold
from xltool.values import quote
from xltool.values.text import narrow, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Case, Judgement

COPIED = Threshold(
    "R05.copied",
    "今年的改进措施与上年的整改措施：连着相同的字数",
    Decimal(12),
    "字",
    "假设：公布的报告里两年的措施连着相同的最多9个字（“绩效目标和绩效指标”），是通用的说法",
)
_LONGEST = 500  # 一条措施再长也用不了这么多字


@rule(
    "R05",
    severity=Severity.NOTICE,
    remedy="写明上年的措施落实到哪一步，今年还要怎样改；没有落实到位的，“整改进展”照实选。",
    source="重建：上年度整改和今年的改进措施写在同一份报告里，措施年年照抄就是没有落实",
    thresholds=(COPIED,),
    needs=(
        *("claims.kind", "claims.topic", "options.claim_kind.measure"),
        "rectification.measure",
    ),
    fires="上年的整改措施写“加强资金拨付进度的督促力度”，今年的改进措施又写这一句",
    silent="上年写“完善绩效目标和绩效指标设置”，今年写“提高绩效目标和绩效指标编报水平”，相同的只有9个字",
)
def repeated_measure(case: Case) -> Iterator[Judgement]:
    """今年的改进措施与上年的整改措施相同。

    上年的措施真落实了，今年要改的就不会还是那一句；照抄的措施看不出今年打算做什么。
    """
    facts = case.facts
    measures, rows = claims_of(facts, "measure"), facts.records(SHEET)
    if not measures:
        yield lacks_claims(facts, "measure")
    if not rows:
        yield lacks_sheet(facts, SHEET)
    length = int(COPIED.of(facts.scheme))
    earlier = [(row.row, _plain(row.text("measure"))) for row in rows]
    for measure in measures:
        own = _plain(measure.text("topic"))
        found = [(row, same) for row, other in earlier if (same := _copied(own, other, length))]
        if found:
            rows_named = listing([row for row, _ in found])
            sheet = facts.scheme.sheet(SHEET).name
            message = f"与{sheet}序号{rows_named}的整改措施相同：“{quote(found[0][1])}”"
            yield Hit(measure.key("topic"), message)


def _plain(text: str) -> str:
    return squeeze(narrow(text))[:_LONGEST]


def _copied(own: str, other: str, length: int) -> str:
    """连着相同的一段，至少 `length` 个字；没有的为空。"""
    for start in range(len(own) - length + 1):
        end = start + length
        if own[start:end] in other:
            while end < len(own) and own[start : end + 1] in other:
                end += 1
            return own[start:end]
    return ""
