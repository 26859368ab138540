"""规则说明：每条疑点规则的道理、门槛、来源、办法、例子，以及这次触发几处。"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xltool.consolidated.columns import Column, count
from xltool.consolidated.register import Register
from xltool.consolidated.source import ABOUT
from xltool.flags.page import levels_of, thresholds_of, worded
from xltool.flags.registry import rules_for
from xltool.messages.waivers import WAIVED
from xltool.sheets.plan import Formula

if TYPE_CHECKING:
    from xltool.consolidated.columns import Item
    from xltool.consolidated.findings import Doubt
    from xltool.consolidated.source import Source
    from xltool.flags.rule import Rule
    from xltool.sheets.plan import Content

NAME = "规则说明"


@dataclass(frozen=True, slots=True)
class Tally:
    """这次汇总里各规则触发几处、涉及几个单位、几个单位未判。"""

    hits: Counter[str]
    units: Counter[str]
    unjudged: Counter[str]
    by_unit: dict[int, int]  # 各单位有几条规则未判，按单位序号


def tally(source: Source) -> Tally:
    """数一遍。"""
    result = Tally(Counter(), Counter(), Counter(), {})
    for scored in source.scored:
        result.hits.update(scored.notes - scored.waived)
        counted = [code for code in scored.hits if scored.notes[code] > scored.waived[code]]
        result.units.update(counted)
        result.unjudged.update(scored.unjudged.keys())
        result.by_unit[scored.number] = len(scored.unjudged)
    return result


def rule_register(source: Source, found: Register[Doubt], counted: Tally) -> Register[Rule]:
    """规则说明的登记表；触发次数由疑点清单数出，豁免了的不数。"""
    codes = found.far("code")
    only = f',{found.far("severity")},"<>{WAIVED}"'
    if source.label:
        only += f',{found.far("form")},"{source.label}"'

    def hits(item: Item[Rule]) -> Content:
        text = f"COUNTIFS({codes},{item.at('code')}{only})"
        return Formula(text, counted.hits[item.value.code])

    columns: tuple[Column[Rule], ...] = (
        Column("code", "规则", 6, lambda i: i.value.code, centered=True),
        Column("level", "级别", 8, lambda i: levels_of(i.value), centered=True),
        Column("title", "名称", 15, lambda i: i.value.title, tall=True),
        count("hits", "触发处数", 6, hits),
        count("units", "涉及单位", 6, lambda i: counted.units[i.value.code]),
        count("unjudged", "未判单位", 6, lambda i: counted.unjudged[i.value.code]),
        Column("why", "为什么要查", 40, lambda i: i.value.why, tall=True),
        Column("threshold", "门槛", 31, lambda i: _thresholds(i.value, source), tall=True),
        Column("remedy", "办法", 31, lambda i: i.value.remedy, tall=True),
        Column("source", "依据", 22, lambda i: i.value.source, tall=True),
        Column("fires", "触发的例子", 36, lambda i: i.value.fires, tall=True),
        Column("silent", "不触发的例子", 36, lambda i: i.value.silent, tall=True),
    )
    listed = tuple(worded(rule, source.scheme) for rule in rules_for(source.scheme))
    return Register(
        name=source.sheet(NAME),
        title=source.title("疑点规则说明"),
        note="结果有三种：触发、通过、未判。缺数而不能判断的是未判，不算通过。",
        columns=columns,
        items=listed,
        count=len(listed),
        home=ABOUT,
        version=source.version,
        frozen="title",
        printed="source",
    )


def _thresholds(rule: Rule, source: Source) -> str:
    return "\n".join(thresholds_of(rule, source.scheme)) or "—"
