"""说明：这本工作簿是什么、怎么改、改好以后做什么；各张表的目录。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xltool.address import Area, At
from xltool.form.common import TITLE_HEIGHT, title_cells
from xltool.scheme_book.live_formulas import READY, master_check
from xltool.scheme_book.locate import GUIDE, ORIGINS, WORDS
from xltool.scheme_book.words import ORIGIN_HELP
from xltool.sheets.paper import plainly
from xltool.sheets.plan import Cell, Formula, Highlight, Link, Merge, Role, SheetPlan
from xltool.sheets.text import row_height

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme_book.table_frame import Frames

_WIDTHS: Final = (6.0, 20.0, 14.0, 90.0)
_LAST: Final = len(_WIDTHS)
_READY: Final = 3

_STEPS: Final = (
    "先在“基本信息”换标识、版本、评价年度、名称和依据；“工作表”里各张表的标题也带着年度。",
    "改分值：改“一二级指标”“指标体系”；有几种分法的，“分法”也要改。改完看上面一行和各表的“核对”。",
    "逐项得分、不超限的指标，各项分值在“计分参数”里，合计要等于指标的分值。",
    f"每个数都要有来源，{ORIGIN_HELP}；拿到正式文件的，把来源换成 文号。",
    "浅黄格可以改；灰色的编码、标识是认行用的，锁着。新增的写在下面预留的空白行里。",
    "要插在中间、预留不够、要删行的，用“审阅—撤消工作表保护”（没有密码），插入或删去整行。",
    "栏可以挪动，也可以在右边另加自己的栏；表名和表头不要改。",
    "单位是%的格填百分数，如 12.5%；位数特别多的数按文字存着，照样读得准。",
    "增减填报项：写在“字段”；从列表选的，“选项”里要有它的列表；计分要用的，“计分取数”写 表.项。",
    "改错了不要紧：导入时逐格指出，改好再导入；有错误时什么也不写。",
)
_COLOURS: Final = (
    (Role.INPUT, "浅黄底蓝字", "可以改"),
    (Role.CODE, "灰字", "认行用的编码、标识，锁着"),
    (Role.AUTO, "灰底", "自动得出，不用填，读的时候也不看"),
    (Role.GOOD, "绿底", "分值相符"),
    (Role.ERROR, "红底", "分值不符，要改"),
)
_COMMANDS: Final = (  # {id} 是方案的标识
    "xltool scheme import 方案.xlsx　　变成方案文件 方案.toml；有不对的逐格指出，改正后再来",
    "xltool scheme show 方案.toml　　看评分标准和每个数的来源",
    "xltool template {id} --schemes 方案.toml -o 下发　　生成空白的评分表；标识换成新的",
    "xltool collect 报送 -o 汇总.xlsx --schemes 方案.toml　　收表、汇总时也要带上 --schemes",
)


def guide_sheet(frames: Frames, version: str) -> SheetPlan:
    """说明页。"""
    cells = tuple(sorted(_cells(frames, version), key=lambda cell: cell.at))
    ready = Area(At(_READY, 1), At(_READY, _LAST))
    return SheetPlan(
        name=GUIDE,
        cells=cells,
        widths=_WIDTHS,
        heights=_heights(cells),
        merges=tuple(_merges(cells)),
        highlights=(
            Highlight(ready, f'{ready.first.absolute}="{READY}"', Role.GOOD),
            Highlight(ready, f'{ready.first.absolute}<>"{READY}"', Role.ERROR),
        ),
        printing=plainly(_WIDTHS, None, footer_left=version),
        protected=True,
        tab=Role.GOOD,
    )


def _cells(frames: Frames, version: str) -> Iterator[Cell]:
    scheme = frames.scheme
    yield from title_cells(1, "评分方案", _LAST)
    yield Cell(At(2, 1), f"{scheme.title}　版本：{version}　依据：{scheme.basis}", Role.INFO)
    yield Cell(At(_READY, 1), master_check(frames), Role.SECTION)
    row = 5
    yield Cell(At(row, 1), "怎么改", Role.SECTION)
    for number, text in enumerate(_STEPS, 1):
        row += 1
        yield from _paragraph(row, str(number), text)
    row += 2
    yield Cell(At(row, 1), "改好以后，在命令行里依次执行", Role.SECTION)
    for number, command in enumerate(_COMMANDS, 1):
        row += 1
        yield from _paragraph(row, str(number), command.format(id=scheme.id))
    row += 2
    yield from _contents(frames, row)
    row += len(frames.frames) + 4
    yield Cell(At(row, 1), "颜色", Role.SECTION)
    for role, word, text in _COLOURS:
        row += 1
        yield Cell(At(row, 1), None, Role.PLAIN)
        yield Cell(At(row, 2), word, role)
        yield Cell(At(row, 3), text, Role.INFO)


def _contents(frames: Frames, row: int) -> Iterator[Cell]:
    """各张表：名称、打开、什么时候改。"""
    for column, text in enumerate(("序号", "表", "打开", "什么时候改"), 1):
        yield Cell(At(row, column), text, Role.HEADER)
    listed = [(frame.table.name, frame.table.purpose) for frame in frames.frames.values()]
    listed += [(WORDS, "只供查看：各个词的意思，计分办法要取的数和参数")]
    listed += [(ORIGINS, "只供查看：全部来源，按 文号、报告、重建、假设 排列")]
    for number, (name, purpose) in enumerate(listed, 1):
        yield Cell(At(row + number, 1), number, Role.CODE)
        yield Cell(At(row + number, 2), name, Role.FIXED)
        yield Cell(At(row + number, 3), Link("打开", name, At(1, 1)), Role.LINK)
        yield Cell(At(row + number, 4), purpose, Role.FIXED)


def _paragraph(row: int, number: str, text: str) -> Iterator[Cell]:
    yield Cell(At(row, 1), number, Role.CODE)
    yield Cell(At(row, 2), text, Role.FIXED)
    for column in range(3, _LAST + 1):
        yield Cell(At(row, column), None, Role.FIXED)


def _merges(cells: tuple[Cell, ...]) -> Iterator[Merge]:
    """成段的文字横跨第二列到最后一列。"""
    for cell in cells:
        if cell.role is Role.FIXED and cell.content is None and cell.at.col == _LAST:
            yield Merge(Area(At(cell.at.row, 2), At(cell.at.row, _LAST)))


def _heights(cells: tuple[Cell, ...]) -> dict[int, float]:
    merged = {merge.area.first.row for merge in _merges(cells)}
    heights = {1: TITLE_HEIGHT, _READY: 26.0}
    for cell in cells:
        content = cell.content.result if isinstance(cell.content, Formula) else cell.content
        if isinstance(content, str) and cell.role in (Role.FIXED, Role.HEADER):
            whole = cell.at.row in merged and cell.at.col > 1
            width = sum(_WIDTHS[1:]) if whole else _WIDTHS[cell.at.col - 1]
            needed = row_height([(content, width)], 22.0)
            heights[cell.at.row] = max(heights.get(cell.at.row, 0.0), needed)
    return heights
