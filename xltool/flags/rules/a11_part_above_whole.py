"""A11 一部分比全部还大。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.portions import portions
from xltool.finding import Severity
from xltool.flags.rule import PORTIONS, Hit, rule
from xltool.flags.wording import lacks
from xltool.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Case, Judgement


@rule(
    "A11",
    severity=Severity.ERROR,
    remedy="核对两个数，改正填错的一个；多半是两格填反了，或把元填进了万元的格。",
    source="重建：按比例计分的分子是分母的一部分；“三公”经费是全部支出的一部分（部门决算报表的表内关系）",
    needs=(PORTIONS,),
    fires="应开展事前绩效评估的新增项目3个，已开展的却有5个",
    silent="应开展的3个，已开展的3个",
)
def part_above_whole(case: Case) -> Iterator[Judgement]:
    """一部分比全部还大。

    “已开展的”是“应开展的”一部分，比它还大，必有一个填错；按比例计分的封了顶，错了也得满分，得分里看不出来。
    """
    facts = case.facts
    for part, whole in portions(facts.scheme):
        some, full = facts.number(part), facts.number(whole)
        if some is None or full is None:
            yield from (lacks(facts, key) for key in (part, whole) if facts.number(key) is None)
        elif some > full:
            fields = (facts.scheme.field(part), facts.scheme.field(whole))
            shown = (
                f"{field.label}{plain(number)}{field.unit}"
                for field, number in zip(fields, (some, full), strict=True)
            )
            yield Hit(part, "大于".join(shown))
