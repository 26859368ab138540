"""存过的汇总里，一张表上哪些是程序印的：登记表凭表头，别的表凭印到第几列；其余是人写的。"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from xltool.address import At
from xltool.collection.blank_spots import recorded
from xltool.collection.verdicts import Other
from xltool.headings import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from xltool.xlsx.grid import Grid

BLANK_COLUMNS = "印时空着的栏"  # 登记表各行隐藏的一栏：有了字的就是人写的
_BETWEEN = "|"
SUBTOTAL, TOTAL = "小计：", "合计："  # 写在汇总表下面的小计，由此认出
WHOLE = f"{TOTAL}全部"


class Known(NamedTuple):
    """一张登记表：各栏的表头；`beside` 是表右边另印的（如等级分布），`above` 是上面一行也印的各栏。

    不是登记表的没有表头，只知道印到第几列（`width`）和印哪些字（`texts`，各单位的评分表不列）。
    """

    headings: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    above: frozenset[str] = frozenset()
    width: int = 0
    texts: frozenset[str] = frozenset()


def blank_columns(headings: Iterable[str]) -> str:
    """一行里印时空着的各栏，写成一格。"""
    return _BETWEEN.join(headings)


def blank_cells(grid: Grid, headings: Mapping[int, str]) -> dict[int, frozenset[str]]:
    """各行印时空着哪几栏；早先的版本没有记的为空。"""
    column = next((one for one, text in headings.items() if text == BLANK_COLUMNS), 0)
    known: dict[str, frozenset[str]] = {}
    return {
        at[0]: known.setdefault(cell.text, frozenset(cell.text.split(_BETWEEN)))
        for at, cell in grid.cells.items()
        if at[1] == column
    }


def is_sum(text: str) -> bool:
    """是不是本工具写的小计一行的名字。"""
    return text.startswith((SUBTOTAL, TOTAL))


def sums_below(
    grid: Grid, header: int, ours: set[int], listed: set[int]
) -> dict[int, frozenset[int]]:
    """登记表下面的小计各行，和其中本工具写的字在哪几列；`listed` 是登记的各行。"""
    rows = {
        row: {column: cell.text.strip() for column, cell in cells.items()}
        for row, cells in rows_of(grid).items()
        if row > header and row not in listed
    }
    return {
        row: _sum_cells(texts)
        for row, texts in rows.items()
        if any(is_sum(text) for column, text in texts.items() if column in ours)
    }


def _sum_cells(row: Mapping[int, str]) -> frozenset[int]:
    """小计的一行（各列的字）里，本工具写的名字和归口在哪几列；别的字是人写的，开头一样也是。"""
    for column, text in sorted(row.items()):
        if text == WHOLE:
            return frozenset({column})
        group = text.removeprefix(SUBTOTAL)
        own = [one for one, other in row.items() if other == group != text]
        if own:
            return frozenset({column, *own[:1]})
    return frozenset()


def unit_sheet_mark(title: str) -> str:
    """一个方案的各单位的评分表，标题怎样结尾。"""
    return f"：{title}"


def beyond(grid: Grid, printed: Known) -> Iterator[Other]:
    """不是登记表的：印到的最后一列以右、最后一行以下的字，和印时空着的格里的字。"""
    record, blank = recorded(grid)
    inside = Counter(row for row, column in grid.cells if column <= printed.width)
    last = max((row for row, count in inside.items() if count > 1), default=0)
    for (row, column), cell in sorted(grid.cells.items()):
        text = cell.text.strip()
        own = column <= printed.width and (row <= last or text in printed.texts)
        if (row, column) == record:
            continue
        if (row, column) in blank and not cell.formula and text not in printed.texts:
            own = False
        if text and printed.width and not own:
            yield Other(grid.name, "", "", At(row, column).a1, text)
