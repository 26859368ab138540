"""印成一页的表上，逐项表的一行排什么：从哪一栏起是项目、要填的格、印好的字或程序得出的数。

一行写成“栏 内容, 栏 内容”，栏是同一页上记录表的栏，内容占到下一个栏之前。
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from xltool.scheme.fields import Sheet
    from xltool.scheme.model import Scheme

_BREAK = ","


class Content(StrEnum):
    """一处排的是什么；值是写法里的记号。"""

    FIELD = ""  # 填报的（或自动计算的）一项
    LABEL = "@"  # 一项的名字
    TEXT = "'"  # 照印的字
    POINTS = "="  # 某个三级指标的分值


TOTAL, GRADE = "total", "grade"  # “=”之后不写编码的：分值合计、自评得分的等级


class Piece(NamedTuple):
    """一处：从哪一栏起，是什么；`name` 是项的标识、印的字或三级指标的编码。"""

    column: str
    content: Content
    name: str


class GridLine(NamedTuple):
    """一行：标识、各处；`below` 的排在记录表之下。"""

    key: str
    pieces: tuple[Piece, ...]
    below: bool

    @property
    def heading(self) -> bool:
        """整行是印好的字：栏的名字。"""
        return all(piece.content is Content.TEXT for piece in self.pieces)


def grid_lines(sheet: Sheet) -> tuple[GridLine, ...]:
    """一张逐项表在页上的各行；空着的一行之后的，排在记录表之下。"""
    return _lines(tuple(sheet.grid))


@lru_cache(maxsize=64)
def _lines(grid: tuple[str, ...]) -> tuple[GridLine, ...]:
    below, lines = False, []
    for number, text in enumerate(grid, 1):
        if text.strip():
            lines.append(GridLine(f"#{number}", tuple(map(_piece, text.split(_BREAK))), below))
        else:
            below = True
    return tuple(lines)


def _piece(text: str) -> Piece:
    column, _, name = text.strip().partition(" ")
    name = name.strip()
    content = Content(name[:1]) if name[:1] in {"@", "'", "="} else Content.FIELD
    return Piece(column, content, name.removeprefix(content.value))


def page_sheets(scheme: Scheme, page: str) -> tuple[Sheet, ...]:
    """印在同一页上的各张表。"""
    return tuple(sheet for sheet in scheme.sheets if sheet.page == page)
