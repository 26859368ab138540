"""未判规则：哪个单位的哪条规则没有判、缺什么；汇总和规则说明里只有个数。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.consolidated.columns import Column, count
from xltool.consolidated.register import Register
from xltool.consolidated.source import ABOUT, footer_of, in_order
from xltool.finding import bounded
from xltool.flags.page import worded
from xltool.flags.registry import rules_for
from xltool.flags.wording import listing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.consolidated.source import Scored, Source
    from xltool.flags.rule import Rule
    from xltool.sheets.plan import SheetPlan

NAME: Final = "未判规则"
_MOST_MISSING: Final = 30  # 一格里最多写缺哪几样


class Unjudged(NamedTuple):
    """一个单位没有判的一条规则。"""

    source: Source
    scored: Scored
    rule: Rule

    @property
    def missing(self) -> str:
        """缺什么。"""
        return bounded(listing(self.scored.unjudged[self.rule.code], "；", _MOST_MISSING))


def unjudged_sheets(sources: tuple[Source, ...]) -> Iterator[SheetPlan]:
    """未判规则的工作表；都判了的没有这一张。"""
    register = unjudged(sources)
    if register.count:
        yield register.plan()


def unjudged(sources: tuple[Source, ...]) -> Register[Unjudged]:
    """没有判的各条。"""
    listed = tuple(
        Unjudged(source, scored, worded(rule, source.scheme))
        for source, scored in in_order(sources)
        for rule in rules_for(source.scheme)
        if rule.code in scored.unjudged
    )
    columns: tuple[Column[Unjudged], ...] = (
        count("no", "单位序号", 6, lambda i: i.value.scored.number),
        Column("name", "单位", 20, lambda i: i.value.scored.name, tall=True),
        Column(
            "form",
            "表种",
            9,
            lambda i: i.value.source.label,
            tall=True,
            on_sheet=len(sources) > 1,
        ),
        Column("code", "规则", 6, lambda i: i.value.rule.code, centered=True),
        Column("title", "规则名称", 22, lambda i: i.value.rule.title, tall=True),
        Column("missing", "缺什么", 54, lambda i: i.value.missing, tall=True),
    )
    return Register(
        name=NAME,
        title="没有判的疑点规则",
        note="按单位次序、规则编码排列。缺数而不能判断的是未判，不算通过；补齐所缺的再汇总，就能判断。",
        columns=columns,
        items=listed,
        count=len(listed),
        home=ABOUT,
        version=footer_of(sources),
        frozen="title",
    )
