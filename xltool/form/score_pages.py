"""评分表印在纸上怎样分页：一个二级指标的几行不拆开；长过一页六成的，拆开省得下一页才拆，在两个指标之间。

接着印的一页上再印一遍一级、二级指标的名称。写得长、行长高了，仍要拆开的，各行都印。
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from xltool.address import Area
from xltool.form.common import (
    TITLE_HEIGHT,
    hidden_columns,
    lines_text,
    printed_widths,
    printed_widths_of,
    printing,
)
from xltool.form.score_levels import LEVELS, groups, level_texts, paged
from xltool.scheme.model import FieldKind
from xltool.sheets.paper import page_room, scale_of
from xltool.sheets.plan import Highlight, Role
from xltool.sheets.text import LINE, PADDING, line_capacity, row_height

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from xltool.form.form import Form
    from xltool.layout.block import Block
    from xltool.scheme.model import Field, Scheme
    from xltool.scoring.method import Method

LEAST = 36.0  # 一行至少多高
SIGNED = 30.0  # 签章一行多高
_ABOVE = 24.0 + TITLE_HEIGHT + 15.0  # 附件标记、标题、说明
_BELOW = 26.0 + 15.0 + 2 * SIGNED  # 合计、空行、签章
_LONG = 0.6  # 一组占一页的几成以上才可以拆开
_SPARE = 2  # 百分之几：定死了的不会自己缩，别的电脑量得宽些也不能多出一页


class Pages(NamedTuple):
    """怎样分页：`starts` 是第二页起每页的头一行；各格的字不超过 `lines` 行的，一组也不拆开。"""

    starts: tuple[str, ...]
    lines: int


def pages(form: Form, block: Block) -> Pages:
    """一个方案的表都照同样的分；汇总里单位的表不这样分页。"""
    if not paged(block):
        return Pages((), 0)
    known = _known_pages(form.scheme)
    if not known:
        known.append(_arranged(form, block))
    return known[0]


@lru_cache(maxsize=16)
def _known_pages(scheme: Scheme) -> list[Pages]:  # noqa: ARG001
    """用到才得出。"""
    return []


def _arranged(form: Form, block: Block) -> Pages:
    """页数照印好的字，能少就少；拆开长的几组并不省一页的，都不拆。"""
    whole, cut = (_roomiest(form, block, cut=cut) for cut in (False, True))
    return cut if len(cut.starts) < len(whole.starts) else whole


def _roomiest(form: Form, block: Block, *, cut: bool) -> Pages:
    """同样多的页，让各行都留得出最多的余地；`cut` 是长的几组可以拆开。"""
    own = printed_heights(form, block)
    runs = [{row: own[row] for row in run} for run in groups(form.scheme)]
    room, head = _room(form, block), head_height(block)
    firsts = {next(iter(run)) for run in runs}
    long = {next(iter(run)) for run in runs if cut and sum(run.values()) > _LONG * (room - head)}
    best = Pages(_starts(runs, room, head, long), 0)
    for lines in count(1):
        least = LINE * lines + PADDING
        taller = [{row: max(height, least) for row, height in run.items()} for run in runs]
        found = _starts(taller, room, head, long)
        torn = not cut and len(firsts & {*found}) < len(firsts & {*best.starts})
        if torn or len(found) > len(best.starts):
            return best
        best = Pages(found, lines)
    raise AssertionError


def _starts(
    runs: list[dict[str, float]], room: float, head: float, long: Collection[str]
) -> tuple[str, ...]:
    """`long` 是可以拆开的各组的头一行；合计和签章同末一行一页。"""
    found: list[str] = []
    used = _ABOVE + head
    for number, run in enumerate(runs):
        first, last = next(iter(run)), next(reversed(run))
        tail = _BELOW if number == len(runs) - 1 else 0.0
        if used > head and used + sum(run.values()) + tail > room and number and first not in long:
            found.append(first)
            used = head
        for row, height in run.items():
            needed = height + tail if row == last else height
            if used > head and used + needed > room:  # 一页放不下的一组，只好拆开
                found.append(row)
                used = head
            used += height
    return tuple(dict.fromkeys(found))


def repeated_names(form: Form, block: Block) -> Iterator[Highlight]:
    """一组到末一行为止，这一页已经排不下的，各行都印名称；照各格写了几行算，宁可多算。"""
    fields = [one for one in block.sheet.fields if one.kind is FieldKind.TEXT]
    written = [one for one in fields if one.computation is None]
    if not written or not paged(block):
        return
    firsts, head, own = pages(form, block).starts, head_height(block), printed_heights(form, block)
    left, heights = _room(form, block) - head - _ABOVE, list[str]()
    for run in groups(form.scheme):
        for part in _cut(run, firsts):
            if part[0] in firsts:
                left, heights = _room(form, block) - head, []
            heights += [
                f"MAX({own[row]:g},{LINE:g}*MAX({_lines(block, row, written)})+{PADDING:g})"
                for row in part
            ]
            area = Area(block.at(part[0], LEVELS[0]), block.at(part[-1], LEVELS[-1]))
            yield Highlight(area, f"{'+'.join(heights)}>{int(left)}", Role.LEVEL_AGAIN)


def _cut(run: list[str], firsts: Collection[str]) -> Iterator[list[str]]:
    """一组的各行，另起一页的分开。"""
    part: list[str] = []
    for row in run:
        if part and row in firsts:
            yield part
            part = []
        part.append(row)
    yield part


def _lines(block: Block, row: str, written: list[Field]) -> str:
    """公式的一段：一行里由单位写的各格，各要几行。"""
    return ",".join(
        lines_text(block.at(row, one.key).absolute, line_capacity(block.widths[one.key]))
        for one in written
    )


def scale(form: Form, block: Block) -> int:
    """印到百分之几。"""
    own = replace(printing(form, block, block.last_row), area=None)
    return scale_of(printed_widths_of(block), own) - _SPARE


def _room(form: Form, block: Block) -> float:
    """一页排得下多高。"""
    return page_room(replace(printing(form, block, block.last_row), scale=scale(form, block)))


def head_height(block: Block) -> float:
    """表头多高：隐藏的栏不算。"""
    hidden = hidden_columns(block)
    heads = [
        (column.heading, block.widths[column.key])
        for column in block.listed
        if block.columns[column.key][0] not in hidden
    ]
    return row_height(heads, 30.0)


def printed_heights(form: Form, block: Block) -> dict[str, float]:
    """各行印好的字要多高：分页只看这个，不随填报而变。"""
    return {
        method.indicator.code: row_height(printed_texts(form, block, method), LEAST)
        for method in form.methods
    }


def printed_texts(form: Form, block: Block, method: Method) -> list[tuple[str, float]]:
    """一行印好的字，各有多宽的地方；合并的名称有几行的地方，不算。"""
    row = method.indicator.code
    texts = [*printed_widths(form, block, row, method)]
    if paged(block):
        names = level_texts(form.scheme)
        texts += [(names[row, level], block.widths[level]) for level in LEVELS]
    return texts
