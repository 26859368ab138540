"""自查的一条：答的是哪个编码、要做什么、怎样说，公式怎样判、程序怎样判。"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from xltool.address import literal
from xltool.facts.cells import goal
from xltool.facts.left_out import mark
from xltool.finding import MISSING, Severity
from xltool.scheme.categories import LEVEL2, categories
from xltool.scheme.key import CellKey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from decimal import Decimal

    from xltool.facts.view import Facts
    from xltool.layout.layout import SheetRefs
    from xltool.scheme.model import Scheme


# 由网页粘贴来的空格和零宽空格：看着空，CLEAN、TRIM 都不去掉
UNSEEN = ("\u00a0", "\u200b")
BROKEN = ("V150", "V188", "C01", "C03")  # 格里是 #N/A 一类，或图片


class Line(NamedTuple):
    """一行里的格怎样称呼：写公式的时候用。"""

    scheme: Scheme
    refs: SheetRefs
    sheet: str
    row: str

    @property
    def key(self) -> CellKey:
        """本行。"""
        return CellKey(self.sheet, self.row)

    def at(self, column: str) -> str:
        """本行某一栏的格。"""
        return self.refs.cell(CellKey(self.sheet, self.row, column))

    @property
    def goal(self) -> str:
        """本行作数的预期值。"""
        return goal(self.scheme, CellKey(self.sheet, self.row), self.refs)

    def left_out(self, kind: str) -> str:
        """本行是不单独计分的某一种；这种表没有这一种的不用问。"""
        return f"{self.at('factor')}={mark(self.refs, kind)}"

    def of_category(self, *keys: str) -> str:
        """本行的二级指标是其中一类；方案没有的类不问。"""
        known = categories(self.scheme, keys).items()
        tests = [f"{self.at(LEVEL2)}={self.refs.option(lists, key)}" for key, (lists, _) in known]
        return f"OR({','.join(tests)})" if tests else "FALSE"


class Judged(NamedTuple):
    """一行里填了什么：程序判断的时候用；`points` 是评分表各行的系统得分。"""

    facts: Facts
    sheet: str
    row: str
    scores: Callable[[str], Decimal | None]

    def key(self, column: str) -> CellKey:
        """本行某一栏。"""
        return CellKey(self.sheet, self.row, column)

    def raw(self, column: str) -> str:
        """本行某一栏填的字。"""
        return self.facts.entry(self.key(column)).raw


class Guard(NamedTuple):
    """几条共有的前提：公式里只写一遍。"""

    formula: Callable[[Line], str]
    holds: Callable[[Judged], bool]


class LiveCheck(NamedTuple):
    """自查的一条。

    `codes` 是程序查出同一件事时用的编码；`severity` 空着的是必填未填；`guard` 是几条共有的前提；
    `breaks` 的是格移动过、里面有错误值、图片：看到它的别的各条都作不得数。
    """

    codes: tuple[str, ...]
    severity: Severity | None
    says: str
    formula: Callable[[Line], str]
    holds: Callable[[Judged], bool]
    guard: Guard | None = None
    breaks: bool = False

    @property
    def duty(self) -> str:
        """要做的事。"""
        return duty_of(self.severity)

    @property
    def words(self) -> str:
        """印在“自查”栏里的一句。"""
        return f"{self.duty}：{self.says}。"


DUTIES = (None, Severity.ERROR, Severity.WARNING)
"""自查要数的三种，由重到轻。"""


def duty_of(severity: Severity | None) -> str:
    """一种的说法。"""
    return MISSING if severity is None else severity.duty


class Asked(NamedTuple):
    """一行里要问的一条：`row` 是它说的那一项；一行一项的，就是这一行。"""

    row: str
    check: LiveCheck


def row_formula(asked: Sequence[Asked], line: Line, rest: str = "", *, later: bool = False) -> str:
    """一行“自查”的公式：每条一句，先说重的；`rest` 是接在后面的一格，`later` 是后面的一栏。

    有格剪切移动过的、是错误值的（贴来的 #N/A、坏了的公式）、图片的，看到它的
    各条都作不得数，只说这一句；用到的错误值在别的行的，说到那里去改，
    不算这一行的。
    """
    broken = [one for one in asked if one.check.breaks]
    parts = []
    others = (one for one in asked if one not in broken)
    for (row, guard), group in groupby(others, lambda one: (one.row, one.check.guard)):
        own = line._replace(row=row)
        said = "&".join(
            f'IF({one.check.formula(own)},{literal(one.check.words)},"")' for one in group
        )
        parts.append(said if guard is None else f'IF({guard.formula(own)},{said},"")')
    if rest:
        parts.append(rest)
    stuck = ELSEWHERE if broken or rest or later else ""
    text = f'IFERROR({"&".join(parts)},"{stuck}")' if parts else '""'
    if broken:
        tests = [one.check.formula(line._replace(row=one.row)) for one in broken]
        said = literal(broken[-1].check.words)
        for test, one in reversed(list(zip(tests, broken[:-1], strict=False))):
            said = f"IF({test},{literal(one.check.words)},{said})"
        text = f"IF(OR({','.join(tests)}),{said},{text})"  # 一层：别的各条里已经套得很深
    return text


ELSEWHERE = "用到的别处一格是错误值，算不出来：要改哪里，见“填报说明”的“第一处”。"
"""不算一处：要改的在别处，那里说了；哪里也没有说的，是公式坏了，说明页上说。"""


def row_words(asked: Sequence[Asked], judged: Judged) -> str:
    """与 row_formula 同义。"""
    return "".join(one.check.words for one in found(asked, judged))


def broken_by(asked: Iterable[Asked], judged: Judged) -> Asked | None:
    """一行里说了就不说别的一条。"""
    tests = (one for one in asked if one.check.breaks)
    return next((one for one in tests if one.check.holds(judged._replace(row=one.row))), None)


def found(asked: Sequence[Asked], judged: Judged) -> Iterator[Asked]:
    """一行里有哪几件；几条共有的前提只判一次。"""
    if broken := broken_by(asked, judged):
        yield broken
        return
    for row, group in groupby(asked, lambda one: one.row):
        own = judged._replace(row=row)
        held: dict[Guard | None, bool] = {None: True}
        for one in group:
            guard = one.check.guard
            if guard is not None and guard not in held:
                held[guard] = guard.holds(own)
            if held[guard] and one.check.holds(own):
                yield one
