"""把一个得分说成一行：用了哪些数、照哪条规则、规则的来源、取自哪些格；扣分另起一行。

命令行、--json 和工作簿里的说法都由这里来。
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from xltool.finding import bounded
from xltool.scoring.catalogue import ready_scheme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xltool.scoring.method import Method
    from xltool.scoring.scored import Cells, Deducted, Scored

AVOID = "怎样不扣"
_MOST = 5  # 一格里最多写几条扣分：一条要五行，再多行高就装不下了


class Ground(NamedTuple):
    """一个三级指标照什么计分：评分标准和它的来源。"""

    rule: str
    source: str

    @property
    def text(self) -> str:
        """评分标准连同来源。"""
        return f"{self.rule}来源：{self.source}。"


def ground(method: Method) -> Ground:
    """一个计分办法的评分标准和来源。"""
    return Ground(method.sentence(), method.indicator.method.origin)


@lru_cache(maxsize=16)
def grounds(scheme_id: str) -> Mapping[str, Ground]:
    """随程序带的方案里各三级指标的评分标准和来源。

    Raises:
        SchemeProblem: 没有这个方案，或方案有毛病。
    """
    _, methods = ready_scheme(scheme_id)
    return {method.indicator.code: ground(method) for method in methods}


def explanation(line: Scored, base: Ground) -> str:
    """一行说清一个得分。"""
    cells = f"取数：{cells_text(line.cells)}。" if line.cells else ""
    return f"{line.trace}。评分标准：{base.text}{cells}"


def cells_text(cells: tuple[Cells, ...]) -> str:
    """取数的格，如 收支与资产!C8、C10；管理情况!C5；同一张表的表名只写一次。"""
    if len(cells) == 1:  # 大多如此
        return f"{cells[0].sheet}!{cells[0].cells}"
    return bounded(
        "；".join(
            f"{sheet}!{'、'.join(block.cells for block in blocks)}"
            for sheet, blocks in groupby(cells, attrgetter("sheet"))
        )
    )


def deduction_text(one: Deducted) -> str:
    """一条扣分一行，连同怎样可以不扣。"""
    return f"扣{one.points}分：{one.why}。{AVOID}：{one.avoid}。"


def deductions_text(deductions: tuple[Deducted, ...]) -> str:
    """写在一格里的扣分，一条一行；很多的只写扣得最多的几条，其余说出合计。"""
    return "\n".join((*map(deduction_text, most(deductions)), *_rest(deductions)))


def reasons_text(deductions: tuple[Deducted, ...]) -> str:
    """写在一格里的扣分原因，不说怎样不扣。"""
    text = (f"扣{one.points}分：{one.why}。" for one in most(deductions))
    return "\n".join((*text, *_rest(deductions)))


def most(deductions: tuple[Deducted, ...]) -> tuple[Deducted, ...]:
    """扣得最多的几条，仍依原来的次序。"""
    if len(deductions) <= _MOST:
        return deductions
    ranked = sorted(range(len(deductions)), key=lambda n: (-deductions[n].points, n))
    return tuple(deductions[n] for n in sorted(ranked[:_MOST]))


def _rest(deductions: tuple[Deducted, ...]) -> tuple[str, ...]:
    """没有写出的几条。"""
    shown = most(deductions)
    count = len(deductions) - len(shown)
    if not count:
        return ()
    left = sum(one.points for one in deductions) - sum(one.points for one in shown)
    return (f"另有{count}处共扣{left}分，用 xltool score 可看全部。",)
