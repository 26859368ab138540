"""复核意见：写在汇总里哪一条上，下一次汇总凭什么认出同一条。

一条意见属于一处疑点（单位、项目、规则、在方案里的位置），或一个指标的得分（单位、项目、指标）；
从不凭行号和格的地址。每行藏着一个标识，排序、插行、挪栏都跟着走；标识要与看得见的字对得上才用。
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.assessment.places import digest
from xltool.finding import CODE_HEADINGS
from xltool.values import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

FINDING, SCORE = "疑点", "得分"
VERDICTS: Final = ("采信说明", "须改正", "退回", "不成立")
ACCEPTED, CORRECT, RETURN, UNFOUNDED = VERDICTS
SETTLED: Final = (ACCEPTED, UNFOUNDED)  # 了结了的，不再提
DUE: Final = (CORRECT, RETURN)  # 要改正的问题
NOT_LISTED: Final = "不在列表里"  # 写的意见哪一个也不是，没有计
UNCHANGED, CHANGED = "未变", "数据已改，请再看"
SINCE, COUNTED = "与上次相比", "计为"
VANISHED, UNCLEAR = "已不再出现", "分不清是哪一条"
ABSENT, WHOSE = "这个单位（项目）这次没有采用的报送", "分不清是哪个单位（项目）的"
# 各栏的表头：写和读都用它，第一个是正式的写法
FINDING_HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("单位",),
    "code": CODE_HEADINGS,
    "where": ("位置",),
    "message": ("事实",),
    "verdict": ("复核意见", "意见"),
    "reason": ("复核理由", "调整理由"),
    "reviewer": ("复核人",),
    "day": ("复核日期",),
    "key": ("标识",),
}
SCORE_HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("单位名称",),
    "code": ("编码",),
    "title": ("三级指标",),
    "verdict": ("复核得分",),
    "reason": ("复核理由",),
    "reviewer": ("复核人",),
    "day": ("复核日期",),
    "key": ("标识",),
}
GONE_HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "kind": ("哪一种意见",),
    "name": ("原来的单位",),
    "code": ("编码", "规则或指标"),
    "where": ("原来的位置",),
    "message": ("原来的事实",),
    "verdict": ("原来的意见或得分",),
    "reason": ("复核理由",),
    "reviewer": ("复核人",),
    "day": ("复核日期",),
    "why": ("为什么在这里",),
    "key": ("标识",),
}
OTHER_HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "sheet": ("写在哪张表",),
    "unit": ("写在哪个单位",),
    "item": ("写在哪一行",),
    "heading": ("写在哪一栏",),
    "text": ("写的内容",),
}
_NOW: Final = {
    old: names[0]
    for headings in (FINDING_HEADINGS, GONE_HEADINGS)
    for names in headings.values()
    for old in names[1:]
}
"""早先的表头，现在叫什么。"""

Written = str | Decimal | date


class Opinion(NamedTuple):
    """人写的一条：意见（得分的是复核得分），理由、谁、哪天；没有写的为空串。"""

    value: Written = ""
    reason: Written = ""
    reviewer: Written = ""
    day: Written = ""

    @property
    def given(self) -> bool:
        """写了没有。"""
        return any(one != "" for one in self)

    @property
    def mark(self) -> str:
        """内容的指纹。"""
        return digest(*(plain(one) if isinstance(one, Decimal) else str(one) for one in self))


class Carried(NamedTuple):
    """带过来的一条：意见、它原先看的数、现在变了没有；`before` 是改以前的意见的指纹。"""

    opinion: Opinion
    judged: str
    changed: bool
    before: str = ""

    @property
    def label(self) -> str:
        """给人看的：变了没有。"""
        return CHANGED if self.changed else UNCHANGED


class Gone(NamedTuple):
    """没有地方放的一条意见：原来在哪里、写的什么、为什么。"""

    kind: str
    name: str
    code: str
    where: str
    message: str
    opinion: Opinion
    why: str
    key: str


class Other(NamedTuple):
    """人在本工具的栏以外写的：在哪张表、哪个单位、哪一行、哪一栏，写的什么。"""

    sheet: str
    unit: str
    item: str
    heading: str
    text: str


@dataclass(frozen=True)
class Reviews:
    """由上一份汇总带过来的：疑点的意见按（单位，第几条），得分的按（单位，指标）。"""

    findings: Mapping[tuple[str, int], Carried] = field(default_factory=dict)
    scores: Mapping[tuple[str, str], Carried] = field(default_factory=dict)
    gone: tuple[Gone, ...] = ()
    others: tuple[Other, ...] = ()

    @cached_property
    def returned(self) -> frozenset[str]:
        """有一条疑点写了退回的单位。"""
        return frozenset(
            unit for (unit, _), one in self.findings.items() if one.opinion.value == RETURN
        )

    @property
    def any(self) -> bool:
        """有没有人写过什么。"""
        return bool(self.findings or self.scores or self.gone or self.others)


def renamed(headings: Mapping[int, str], known: frozenset[str]) -> dict[int, str]:
    """各列的表头，早先的换成现在的（`known`）；现在的也在的，早先的那个是人添的栏，照旧。"""
    left = known.difference(headings.values())
    now = {old: name for old, name in _NOW.items() if old not in known and name in left}
    return {column: now.get(text, text) for column, text in headings.items()}
