"""评分表的一级、二级指标两栏：同一级的几行看上去是一格，名称在第一行。

汇总里单位的表向下合并；单位的表不合并，换页落在中间时合并的格在后一页没有名称：各行都写着名称，平时只看得见
第一行和每页头一行的，要被换页分开的由条件格式显出来（见 score_pages）。
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

from xltool.address import Area, At
from xltool.layout.columns import SHOWN
from xltool.sheets.plan import Cell, Merge, NumberFormat, Role
from xltool.values import plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from xltool.layout.block import Block
    from xltool.scheme.model import Scheme

LEVELS: Final = ("level1", "level2")
_ROLES: Final = {  # 是不是第一行、末一行
    (True, True): Role.LEVEL,
    (True, False): Role.LEVEL_TOP,
    (False, False): Role.LEVEL_MIDDLE,
    (False, True): Role.LEVEL_BOTTOM,
}


def paged(block: Block) -> bool:
    """是不是单位的表：汇总里单位的表不分页。"""
    return SHOWN["score"].key in block.columns


def groups(scheme: Scheme, level: str = LEVELS[-1]) -> Iterator[list[str]]:
    """一个一级（或二级）指标下连着的各行。"""
    names = LEVELS[: LEVELS.index(level) + 1]
    for _, run in groupby(scheme.indicators, lambda one: [getattr(one, key) for key in names]):
        yield [item.code for item in run]


@lru_cache(maxsize=16)
def level_texts(scheme: Scheme) -> Mapping[tuple[str, str], str]:
    """各行、各栏写的名称；二级指标的第一行另有分值。"""
    points = {level.title: level.points for level in scheme.levels}
    texts: dict[tuple[str, str], str] = {}
    for column in LEVELS:
        for run in groups(scheme, column):
            varies = any(map(scheme.allocated, run)) and column == LEVELS[-1]
            for code in run:
                name = getattr(scheme.indicator(code), column)
                texts[code, column] = name if varies else f"{name}\n（{plain(points[name])}分）"
    later = [code for run in groups(scheme) for code in run[1:]]
    names = {(code, key): getattr(scheme.indicator(code), key) for code in later for key in LEVELS}
    return texts | names


def level_cells(scheme: Scheme, block: Block, firsts: Collection[str]) -> Iterator[Cell]:
    """两栏的各格；`firsts` 是另起一页的各行。"""
    texts = level_texts(scheme)
    for column in LEVELS:
        for part in _parts(scheme, column, firsts):
            for code in part:
                first, at = code == part[0], block.at(code, column)
                if paged(block):
                    number = NumberFormat.GENERAL if first else NumberFormat.UNSEEN
                    role = _ROLES[first, code == part[-1]]
                    yield Cell(at, texts[code, column], role, number)
                else:
                    yield Cell(at, texts[code, column] if first else None, Role.LEVEL)


def level_merges(scheme: Scheme, block: Block) -> Iterator[Merge]:
    """汇总里单位的表，一级、二级指标向下合并。"""
    for column in LEVELS:
        for part in _parts(scheme, column, ()):
            first, last = block.at(part[0], column), block.columns[column][1]
            area = Area(first, At(block.rows[part[-1]], last))
            if area.first != area.last:
                yield Merge(area)


def _parts(scheme: Scheme, level: str, firsts: Collection[str]) -> Iterator[list[str]]:
    """看上去是一格的各行：同一级的，到一页的末了为止。"""
    for run in groups(scheme, level):
        cuts = [n for n, code in enumerate(run) if not n or code in firsts]
        yield from (run[begin:end] for begin, end in pairwise([*cuts, len(run)]))
