"""复核意见：写在汇总里哪一条上，下一次汇总凭什么认出同一条。

一条意见属于一处疑点（单位、项目、规则、在方案里的位置），或一个指标的得分（单位、项目、指标）；
从不凭行号和格的地址。每行藏着一个标识，排序、插行、挪栏都跟着走；标识要与看得见的字对得上才用。
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.assessment.places import digest, settled
from xltool.finding import CODE_HEADINGS
from xltool.values import fold, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xltool.assessment.noted import Noted
    from xltool.collection.model import Unit
    from xltool.scoring.scored import Scored

FINDING, SCORE = "疑点", "得分"
VERDICTS: Final = ("采信说明", "须改正", "退回", "不成立")
ACCEPTED, CORRECT, RETURN, UNFOUNDED = VERDICTS
SETTLED: Final = (ACCEPTED, UNFOUNDED)  # 了结了的，不再提
DUE: Final = (CORRECT, RETURN)  # 要改正的问题
NOT_LISTED: Final = "不在列表里"  # 写的意见哪一个也不是，没有计
UNCHANGED, CHANGED = "未变", "数据已改，请再看"
SINCE, COUNTED = "与上次相比", "计为"
VANISHED, UNCLEAR = "已不再出现", "分不清是哪一条"
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
_SEPARATOR: Final = "|"
_NONE: Final = "-"

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


class RowKey(NamedTuple):
    """一行的标识；单位、项目、位置都是指纹，不露出原文。

    `seen` 是这一行现在的数；`judged` 是带过来的意见原先看的数，`written` 是带过来的意见的指纹，
    没有带过来的为空。`whose`、`fact` 是看得见的字的指纹；`turn` 分开一模一样的几条。
    """

    kind: str
    code: str
    department: str
    project: str
    rule: str
    place: str
    seen: str
    judged: str
    written: str
    whose: str
    fact: str
    turn: str = "0"

    @property
    def text(self) -> str:
        """写进格里的样子。"""
        return _SEPARATOR.join(one or _NONE for one in self)

    @property
    def subject(self) -> Subject:
        """哪个单位的哪个项目。"""
        return Subject(self.code, self.department, self.project)

    @property
    def spot(self) -> tuple[str, str]:
        """哪条规则（或指标），在方案里的哪个位置。"""
        return self.rule, self.place

    @classmethod
    def parse(cls, text: str) -> RowKey | None:
        """读回；不是标识的为空。"""
        parts = ["" if one == _NONE else one for one in text.strip().split(_SEPARATOR)]
        if len(parts) != len(cls._fields) or parts[0] not in (FINDING, SCORE):
            return None
        return cls(*parts)


class Subject(NamedTuple):
    """评的是谁：预算编码、部门、项目的指纹，没有的为空串。"""

    code: str
    department: str
    project: str


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


def subject_of(unit: Unit) -> Subject:
    """一个单位（项目）的指纹。"""
    return Subject(*(_folded(one) for one in (unit.code, unit.department, unit.project)))


def finding_key(unit: Unit, note: Noted, turn: int, carried: Carried | None = None) -> RowKey:
    """疑点清单一行的标识。"""
    code, message = note.finding.code, note.finding.message
    return RowKey(
        FINDING,
        *subject_of(unit),
        code,
        digest(note.place),
        note.seen,
        *_history(carried),
        *shown_marks(unit.name, code, message),
        str(turn),
    )


def score_key(unit: Unit, line: Scored, title: str, carried: Carried | None = None) -> RowKey:
    """得分明细一行的标识；换了方案的，同样的编码不是同一个指标。"""
    return RowKey(
        SCORE,
        *subject_of(unit),
        line.code,
        digest(unit.scheme),
        score_seen(line),
        *_history(carried),
        *shown_marks(unit.name, line.code, title),
    )


def score_seen(line: Scored) -> str:
    """一个指标的得分所依据的。"""
    return digest(str(line.points), str(line.score), settled(line.trace))


def shown_marks(name: str, code: str, fact: str) -> tuple[str, str]:
    """看得见的字的指纹：单位和编码，事实。"""
    return digest(fold(name), fold(code)), _marked(fact)


def turns(notes: Iterable[Noted]) -> list[int]:
    """一模一样的几条，各是第几条。"""
    known: dict[tuple[str, str, str], int] = {}
    found = []
    for note in notes:
        same = note.finding.code, note.place, note.seen
        found.append(known.get(same, 0))
        known[same] = found[-1] + 1
    return found


def _history(carried: Carried | None) -> tuple[str, str]:
    return (carried.judged, carried.opinion.mark) if carried else ("", "")


def _folded(text: str) -> str:
    return _marked(text) if fold(text) else ""


@lru_cache(maxsize=256)  # 同一个单位、同一个指标的名称，连着几十行都要
def _marked(text: str) -> str:
    return digest(fold(text))
