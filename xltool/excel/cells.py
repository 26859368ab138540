"""把格逐行变成 XML：每格一小段文字，走一遍就完，不留在内存里。"""

from __future__ import annotations

from collections import deque
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from xltool.address import MAX_COL, MAX_ROW, column_letters
from xltool.excel.contents_mark import planned_row
from xltool.excel.errors import (
    CellOrderError,
    FormulaTooLongError,
    UnwritableContentError,
    UnwritableNumberError,
)
from xltool.excel.expected import ExpectedSheet, Tally
from xltool.excel.links import Links
from xltool.excel.text import markup, put_text
from xltool.sheets.formula_limits import LONGEST, LONGEST_TEXT, fits
from xltool.sheets.plan import Formula, Line, Link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from xltool.excel.contents_mark import Contents
    from xltool.excel.shared import Shared
    from xltool.excel.stylesheet import StyleIndex
    from xltool.sheets.plan import Cell, CellLook, LineLook

_SHORT = 64
_CELL = '<c r="'
_HEIGHT_LIMIT = 409.0  # Excel 的行高上限，再高便要修复文件
_EPOCH = date(1899, 12, 30)
_FIRST_DAY = date(1900, 1, 1)
_FIRST_TRUE_DAY = date(1900, 3, 1)  # Excel 以为 1900 年有 2 月 29 日，此前的序号差一天
_row_of = attrgetter("row")
_LETTERS = tuple(column_letters(number) for number in range(1, 257))


class _Head(NamedTuple):
    """一格的起头：行号之前和之后的 XML（样式不带引号前缀），空格的则到底，样子。"""

    start: str
    end: str
    blank: str
    look: CellLook


class RowSizes(NamedTuple):
    """一张表各行多高、哪些隐藏；`growing` 的行高只是初值，内容写多了自己长高。"""

    heights: Mapping[int, float]
    hidden: frozenset[int]
    growing: frozenset[int]

    def start(self, row: int, height: float | None = None, *, shown: bool = False) -> str:
        """一行 XML 的起头；给了 `height` 的照它，`shown` 的不隐藏。"""
        own = height or self.heights.get(row)
        fixed = "" if row in self.growing else ' customHeight="1"'
        size = "" if own is None else f' ht="{min(own, _HEIGHT_LIMIT):g}"{fixed}'
        hidden = ' hidden="1"' if row in self.hidden and not shown else ""
        return f'<row r="{row}"{size}{hidden}>'


class RowWriter:
    """一张表的各行；应有的公式和链接在走完之后才齐全。"""

    def __init__(
        self,
        styles: StyleIndex,
        sheets: frozenset[str],
        *,
        with_results: bool = True,
        contents: Contents | None = None,
        shared: Mapping[str, Shared] | None = None,
    ) -> None:
        self._contents = contents
        self._shared = shared or {}
        self._styles = styles
        self._with_results = with_results
        self._formulas = Tally()
        self._heads: dict[LineLook, tuple[_Head, ...]] = {}
        self.links = Links(sheets)

    def facts(self, name: str, part: str) -> ExpectedSheet:
        """写下了哪些公式和链接。"""
        return ExpectedSheet(name, part, self._formulas.sum, self.links.sum)

    def rows(self, cells: Iterable[Cell | Line], sizes: RowSizes) -> Iterator[str]:
        """全部行的 XML；没有格但定了行高或隐藏的行也写出来。

        Raises:
            CellOrderError: 格没有按行、列的次序给出。
        """
        waiting = deque(sorted({*sizes.heights, *sizes.hidden}))
        last = 0
        for row, group in groupby(cells, _row_of):
            if not last < row <= MAX_ROW:
                raise CellOrderError(row, 1)
            last = row
            if self._contents is not None:
                listed = tuple(group)  # 要走两遍
                self._contents.row(row, planned_row(listed))
                group = iter(listed)  # noqa: PLW2901
            while waiting and waiting[0] <= row:
                bare = waiting.popleft()
                if bare < row:
                    yield sizes.start(bare) + "</row>"
            height, parts = self._row(group)
            yield f"{sizes.start(row, height)}{''.join(parts)}</row>"
        for row in waiting:
            yield sizes.start(row) + "</row>"

    def _row(self, cells: Iterable[Cell | Line]) -> tuple[float | None, list[str]]:
        """一行里的格；整行给出的，还有它的行高。"""
        last, height, parts = 0, None, []
        for cell in cells:
            if isinstance(cell, Line):
                height, last = cell.height, len(cell.contents)
                parts.append(self.line(cell))
                continue
            col = cell.at.col
            if not last < col <= MAX_COL:
                raise CellOrderError(cell.at.row, col)
            last = col
            parts.append(self.cell(cell))
        return height, parts

    def line(self, line: Line) -> str:
        """一整行各格的 XML；与逐格写的相同，只是快。"""
        row, parts = str(line.row), []
        heads = self._heads.get(line.look) or self._heads.setdefault(
            line.look, self._cut(line.look)
        )
        for (start, end, blank, look), content in zip(heads, line.contents, strict=True):
            if content is None:
                parts.append(f"{start}{row}{blank}")
                continue
            quoted = False
            if isinstance(content, str):
                body, quoted = _short(content) if len(content) <= _SHORT else _long(content)
            elif type(content) is Decimal and content.is_finite():  # 分数最多，少转几道
                body = f"><v>{content!s}</v></c>"
            else:
                body, quoted = self._body(f"{start.removeprefix(_CELL)}{row}", content)
            if quoted:
                end = f'" s="{self._styles[(*look, True)]}"'  # noqa: PLW2901 - seldom
            parts.append(f"{start}{row}{end}{body}")
        return "".join(parts)

    def _cut(self, look: LineLook) -> tuple[_Head, ...]:
        """样子相同的各行，每格的起头都相同，只差行号。"""
        heads = []
        for letters, cell in zip(_LETTERS, look.cells, strict=False):
            end = f'" s="{self._styles[(*cell, False)]}"'
            heads.append(_Head(f"{_CELL}{letters}", end, f"{end}/>", cell))
        return tuple(heads)

    def _body(self, ref: str, content: Formula | Link | Decimal | int | date) -> tuple[str, bool]:
        """公式、链接、数和日期。"""
        if isinstance(content, Formula):
            return self._formula(ref, content), False
        if isinstance(content, Link):
            self.links.add(ref, content)
            return _text(content.text)
        if not isinstance(content, date):
            kind, value = _number_parts(ref, content)
            return f"{kind}><v>{value}</v></c>", False
        if content < _FIRST_DAY:  # Excel 的历法从 1900 年起，更早的写成文字
            return _text(f"{content.year}年{content.month}月{content.day}日")
        return f"><v>{date_number(content)}</v></c>", False

    def cell(self, cell: Cell) -> str:
        """一格的 XML。"""
        (row, column), content, role, number, unlocked = cell  # 逐个取要慢一倍
        ref = f"{column_letters(column)}{row}"
        quoted = False
        if isinstance(content, str):
            body, quoted = _text(content)
        elif content is None:
            body = "/>"
        else:
            body, quoted = self._body(ref, content)
        style = self._styles[role, number, unlocked, quoted]
        return f'<c r="{ref}" s="{style}"{body}'

    def _formula(self, ref: str, formula: Formula) -> str:
        text = formula.text
        shared = self._shared.get(ref)
        reused = shared is not None and not shared.area  # 往下填的与第一格一样深
        if len(text) >= LONGEST or (len(text) > LONGEST_TEXT and not reused and not _fits(text)):
            raise FormulaTooLongError(ref)
        if shared is not None and shared.text == text:
            self._formulas.add(shared.fact(ref))
            function = shared.xml(markup("公式", text) if shared.area else "")
        else:
            self._formulas.add(text)
            function = _function(text)
        result = formula.result
        if result is None or not self._with_results:
            return f">{function}</c>"
        if isinstance(result, str):
            return f' t="str">{function}<v>{put_text(result).xml}</v></c>'
        kind, value = _number_parts(ref, result)
        return f"{kind}>{function}<v>{value}</v></c>"


_fits = lru_cache(maxsize=2048)(fits)  # 几百份表的公式都一样


@lru_cache(maxsize=2048)
def _function(text: str) -> str:
    return f"<f>{markup('公式', text)}</f>"


def _text(text: str) -> tuple[str, bool]:
    """文字格的 XML，以及要不要用带引号前缀的样式。"""
    return _short(text) if len(text) <= _SHORT else _long(text)


def _long(text: str) -> tuple[str, bool]:
    if not text:
        return "/>", False
    xml, quoted = put_text(text)
    return f' t="inlineStr"><is><t xml:space="preserve">{xml}</t></is></c>', quoted


_short = lru_cache(maxsize=8192)(_long)  # 单位名称、编码、选项写了又写


def _number_parts(ref: str, number: object) -> tuple[str, str]:
    if isinstance(number, Decimal):
        if not number.is_finite():
            raise UnwritableNumberError(ref, number)
        return "", str(number)
    if isinstance(number, bool):
        return ' t="b"', str(int(number))
    if isinstance(number, int):
        return "", str(number)
    raise UnwritableContentError(ref, number)


def date_number(day: date) -> str:
    """日期在 Excel 里的序号。"""
    days = day.toordinal() - _EPOCH.toordinal()
    return str(days if day >= _FIRST_TRUE_DAY else days - 1)
