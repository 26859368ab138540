"""说明页上“还算不出的第一处”：自查没有要改的了，却有公式算不出来、有指标没有系统得分，在哪里、怎么办。"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from xltool.address import Area, At, quoted
from xltool.form.live.cells import stuck_text
from xltool.form.live.moved import AFRESH
from xltool.form.live.standing import counted_text, dead_text, filled_in
from xltool.sheets.plan import Cell, Formula, NumberFormat, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xltool.form.form import Form
    from xltool.layout.block import Block

STUCK = "还算不出的第一处"
_FIRST_DUTIES, _NO_SHEET = "先改好上面的", "有表没有了"
_BROKEN_SAID = (  # 这一格三行放得下
    f"公式用到的格没有了或是错误值，多半是删了表（如“选项”）、行、列：请撤销（Ctrl+Z）；{AFRESH}。"
)
_DEAD_SAID = (
    "这张表的自查没有随着填的重算，或算不出来了，多半是另存成了 .xls、整片粘贴成了数值、剪切了格："
    f"请撤销（Ctrl+Z）；{AFRESH}。"
)
_UNSCORED_SAID = (
    "没有系统得分：除数是0的（如没有固定资产），请问财政部门；"
    "有灰格空着的行（多半是插入的），请由上一行的灰格向下填充。"
)
_MOST_ROWS = 100  # 公式有多长由评分表有几行定；再多的只看前一百行


def unscored_row(form: Form) -> int:
    """没有系统得分的第一行；没有的是 0。"""
    rows = form.layout.blocks[form.scheme.score_sheet.key].rows
    codes = (one.code for one in form.scheme.indicators)
    return next((rows[code] for code in codes if form.scorecard.of(code).value is None), 0)


def stuck_cells(form: Form, rows: Mapping[str, int], column: int) -> Iterator[Cell]:
    """隐藏的四栏：各表公式算不出来的第一行，没有系统得分的第一行，自查作不作数，填了多少。

    `rows` 是各表在哪一行。
    """
    for key, row in rows.items():
        block = form.layout.blocks[key]
        text = form.layout.text(("stuck", key), partial(stuck_text, block))
        yield Cell(At(row, column), Formula(text, 0), Role.AUTO, NumberFormat.INTEGER)
        counted = form.layout.text(("counted", key), partial(counted_text, block))
        at = At(row, column + 3)
        yield Cell(at, Formula(counted, filled_in(form, block)), Role.AUTO, NumberFormat.MONEY)
        dead = form.layout.text(("dead", key), partial(dead_text, form, block, at.a1))
        yield Cell(At(row, column + 2), Formula(dead, 0), Role.AUTO, NumberFormat.INTEGER)
    block = form.layout.blocks[form.scheme.score_sheet.key]
    text = form.layout.text(("stuck", ""), lambda: _unscored_text(block))
    found, at = Formula(text, unscored_row(form)), At(rows[block.sheet.key], column + 1)
    yield Cell(at, found, Role.AUTO, NumberFormat.INTEGER)


def _unscored_text(block: Block) -> str:
    """由上往下数，各行都有得分的到哪里为止。"""
    area = block.filled_area("score")
    name, first, last = quoted(block.name), area.first, area.last
    stop = min(last.row, first.row + _MOST_ROWS - 1)
    counted = "".join(
        f"+(COUNT({name}!{Area(first, At(row, first.col)).absolute})={row - first.row + 1})"
        for row in range(first.row, stop + 1)
    )
    every = f"COUNT({name}!{area.absolute})={last.row - first.row + 1}"
    return f"IF({every},0,{first.row}{counted})"


class Stuck(NamedTuple):
    """说明页上隐藏的格：`cells`、`dead` 一张表一格，算不出的第一行、自查不作数的；

    `total` 是没有系统得分的第一行，`duties` 是要先改的有几处。
    """

    cells: dict[str, str]
    dead: dict[str, str]
    total: str
    duties: str


def stuck_line(form: Form, at: Stuck, *, busy: bool) -> tuple[Formula, Formula]:
    """链接和怎么办；`busy` 是还有没有要先改的。自查不作数的，数出的几处也不全，先说它。"""
    cells, dead, total, duties = at
    score = form.layout.blocks[form.scheme.score_sheet.key]
    link = f'IF({total}>0,{_link(score, total)},"没有")'
    said = f'IF({total}>0,"{_UNSCORED_SAID}","")'
    for key, cell in reversed(cells.items()):
        link = f"IF({cell}>0,{_link(form.layout.blocks[key], cell)},{link})"
    area = "+".join(cells.values())
    said = f'IF({area}>0,"{_BROKEN_SAID}",{said})'
    link, said = f'IF({duties}>0,"{_FIRST_DUTIES}",{link})', f'IF({duties}>0,"",{said})'
    for key, cell in reversed(dead.items()):
        block = form.layout.blocks[key]
        to = f'HYPERLINK("#{quoted(block.name)}!$A${block.lines.header}","{block.name}")'
        link = f"IF({cell}>0,{to},{link})"
    said = f'IF({"+".join(dead.values())}>0,"{_DEAD_SAID}",{said})'
    row = unscored_row(form)
    shown, why = (f"{score.sheet.tab} 第{row}行", _UNSCORED_SAID) if row else ("没有", "")
    if busy:
        shown, why = _FIRST_DUTIES, ""
    return (
        Formula(f'IFERROR({link},"{_NO_SHEET}")', shown),
        Formula(f'IFERROR({said},"{_BROKEN_SAID}")', why),
    )


def _link(block: Block, cell: str) -> str:
    return f'HYPERLINK("#{quoted(block.name)}!A"&{cell},"{block.name} 第"&{cell}&"行")'
