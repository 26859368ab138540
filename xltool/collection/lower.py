"""下级的汇总：各单位的得分和复核意见，各记着在哪一本、哪一格，由哪一份报送而来。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.finding import named

if TYPE_CHECKING:
    from decimal import Decimal

    from xltool.finding import Finding

THROUGH: Final = " › "  # 隔几级的，一级一级写出经过哪几本汇总
_NUMERALS: Final = "一二三四五六七八九"


class LowerUnit(NamedTuple):
    """下级汇总里的一个单位（项目）。

    `beneath` 是再下级的各本汇总，由上而下，就是这一本的空着；`file`、`sha256` 是它的报送文件；
    `place` 是系统得分在这一本里的位置，`match` 是系统得分与得分明细合计相符没有。
    """

    beneath: tuple[str, ...]
    code: str
    department: str
    project: str
    form: str
    status: str
    self_total: Decimal | None
    total: Decimal | None
    grade: str
    reviewed: Decimal | None
    match: str
    file: str
    sha256: str
    place: str

    @property
    def name(self) -> str:
        """给人看的名称。"""
        return named(self.department, self.project)


class LowerVerdict(NamedTuple):
    """下级填的一条复核意见：对哪个单位的哪条规则（或指标）、哪一格、什么事实；各栏照所填的字。"""

    beneath: tuple[str, ...]
    unit: str
    about: str
    where: str
    fact: str
    verdict: str
    points: str
    reason: str
    reviewer: str
    day: str
    place: str


@dataclass(frozen=True, slots=True)
class LowerBook:
    """一本下级的汇总；`files` 是它清点的各文件的指纹，`findings` 是读的时候发现的问题。"""

    file: str
    sha256: str
    units: tuple[LowerUnit, ...]
    verdicts: tuple[LowerVerdict, ...]
    files: frozenset[str]
    findings: tuple[Finding, ...] = ()

    @property
    def originals(self) -> frozenset[str]:
        """并入的各份报送的指纹，再下级的在内。"""
        return frozenset(unit.sha256 for unit in self.units if unit.sha256)

    def through(self, beneath: tuple[str, ...]) -> str:
        """经过哪几本汇总。"""
        return THROUGH.join((self.file, *beneath))


def books_in(through: str) -> tuple[str, ...]:
    """经过的各本汇总，由上而下；文件名里自己也有这个记号的，两边没有空格，不拆开。"""
    return tuple(through.split(THROUGH)) if through else ()


def level_name(depth: int) -> str:
    """隔几级；本级是 0。"""
    if not depth:
        return "本级"
    return f"下{_NUMERALS[depth - 1] if depth <= len(_NUMERALS) else depth}级"
