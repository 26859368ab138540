"""K12 选了达成而没有事实。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.finding import Severity
from xltool.flags.explaining import NOTE, said
from xltool.flags.rows import split_rows
from xltool.flags.rule import Hit, rule
from xltool.flags.vagueness import vague_word
from xltool.flags.wording import about
from xltool.scheme.labels import words_of
from xltool.values import fold, quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Case, Judgement


@rule(
    "K12",
    severity=Severity.WARNING,
    remedy="{indicators.actual}写做了什么、做到多少；事实另有写处的，写在“{indicators.note}”里。",
    source="重建：评价机构复核口径，效益定性而没有事实的不能认作达成；预算管理一体化系统定性指标完成情况描述必填",
    needs=("indicators.expected", "indicators.actual", "indicators.tier"),
    fires="达成情况选“达成年度指标”，实现值只写“效果明显”",
    silent="达成情况选“达成年度指标”，实现值写“办法已印发，6个镇设了站点”",
)
def claim_without_fact(case: Case) -> Iterator[Judgement]:
    """选了“达成”，却没有写事实。

    定性指标凭事实选档；只说“效果明显”“有效促进”，看不出做了什么，选哪一档都没有依据。
    实现值照抄预期值的归 K05。
    """
    scheme, words = case.facts.scheme, words_of(case.facts.scheme)
    rows, unjudged = split_rows(case, "expected", "actual")
    yield from unjudged
    for row in rows:
        found = row.actual.raw
        if row.tier != scheme.word("tier", "achieved") or fold(found) == fold(row.expected.raw):
            continue
        word = vague_word(scheme, found)
        # “是”对“是”由 K06 看类型，话里才谈得上事实
        if len(word) > 1:
            text = f"达成情况选“{row.tier}”，{words.actual}只写“{quote(found)}”，没有事实和数据"
            why = said(case.facts, row.record, NOTE)
            yield Hit(row.record.key("actual"), about(row, text), explained=why)
