"""评分表印在纸上怎样分页：一个二级指标的几行不拆开，拆不开不行的，一级、二级指标在下一页再印一遍。"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from xltool.form.common import (
    TITLE_HEIGHT,
    hidden_columns,
    printed_widths,
    printed_widths_of,
    printing,
)
from xltool.layout.columns import SHOWN
from xltool.sheets.paper import page_room, scale_of
from xltool.sheets.text import row_height

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.form.form import Form
    from xltool.layout.block import Block

LEAST = 36.0  # 一行至少多高
SIGNED = 30.0  # 签章一行多高
_ABOVE = 24.0 + TITLE_HEIGHT + 15.0  # 附件标记、标题、说明
_BELOW = 26.0 + 15.0 + 2 * SIGNED  # 合计、空行、签章
_SPARE = 2  # 百分之几：定死了的不会自己缩，别的电脑量得宽些也不能多出一页


def scale(form: Form, block: Block) -> int:
    """印到百分之几。"""
    own = replace(printing(form, block, block.last_row), area=None)
    return scale_of(printed_widths_of(block), own) - _SPARE


def starts(form: Form, block: Block) -> tuple[str, ...]:
    """第二页起，每页的头一行；汇总里单位的表不这样分页。"""
    if SHOWN["score"].key not in block.columns:
        return ()
    plan = printing(form, block, block.last_row)
    room = page_room(replace(plan, scale=scale(form, block)))
    found: list[str] = []
    head = head_height(block)
    used = _ABOVE + head
    runs = list(_runs(form, block))
    for number, run in enumerate(runs):
        tail = _BELOW if number == len(runs) - 1 else 0.0
        if used > head and used + sum(run.values()) + tail > room and number:
            found.append(next(iter(run)))
            used = head
        for row, height in run.items():
            if used > head and used + height > room:  # 一页放不下的一组，只好拆开
                found.append(row)
                used = head
            used += height
    return tuple(dict.fromkeys(found))


def head_height(block: Block) -> float:
    """表头多高：隐藏的栏不算。"""
    hidden = hidden_columns(block)
    heads = [
        (column.heading, block.widths[column.key])
        for column in block.listed
        if block.columns[column.key][0] not in hidden
    ]
    return row_height(heads, 30.0)


def _runs(form: Form, block: Block) -> Iterator[dict[str, float]]:
    """一个二级指标下的各行各有多高：只看印好的字，分页不随填报而变。"""
    listed = groupby(form.methods, lambda one: (one.indicator.level1, one.indicator.level2))
    for _, run in listed:
        rows: dict[str, float] = {}
        for method in run:
            code = method.indicator.code
            rows[code] = row_height(printed_widths(form, block, code, method), LEAST)
        yield rows
