"""C05 章节与二级指标不对应。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.finding import Severity
from xltool.flags.claims import claims_of, lacks_claims
from xltool.flags.rule import HEADINGS, Hit, rule
from xltool.values import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Case, Judgement


@rule(
    "C05",
    severity=Severity.WARNING,
    remedy="在报告里补写这几节，或说明这几方面不涉及；写了而没有列的，在{claims}表的“章节”里补上标题。",
    source="报告：“管理效率分析”只写预算编制、预算执行、信息公开、绩效管理、成本管控五节；"
    "重建：评分表“管理效率”设七个二级指标",
    needs=("claims.kind", "claims.topic", "options.claim_kind.section", HEADINGS),
    fires="评分表有“采购管理”“资产管理”，报告的“管理效率分析”没有这两节",
    silent="每个二级指标在报告里都有一节；“运行成本”写在“成本管控情况”一节",
)
def missing_sections(case: Case) -> Iterator[Judgement]:
    """评分表的二级指标在报告里没有对应的一节。

    打了分而报告不写，得分就没有依据；提纲要求写的方面漏写，多半是没有开展或没有材料。
    """
    facts = case.facts
    records = claims_of(facts, "section")
    if not records:
        yield lacks_claims(facts, "section")
        return
    written = fold("；".join(record.text("topic") for record in records))
    missing = [
        level.title
        for level in facts.scheme.levels
        if level.headings and not any(fold(word) in written for word in level.headings)
    ]
    if missing:
        message = f"评分表有二级指标{'、'.join(missing)}，报告里没有对应的一节"
        yield Hit(records[0].key("topic"), message)
