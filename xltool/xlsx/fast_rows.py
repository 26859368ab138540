"""快路读 sheetData：比逐个元素快两三倍（道理见 spans.py）。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from xltool.address import MAX_ROW
from xltool.xlsx.cells import BadCell
from xltool.xlsx.columns import COLUMNS
from xltool.xlsx.fast_text import (
    OPEN_TEXT,
    SPAN_BYTES,
    Unusual,
    head,
    readable,
    span_text,
    without_entities,
)
from xltool.xlsx.grid import PLAIN, GridCell, State
from xltool.xlsx.limits import FIRST_ROWS
from xltool.xlsx.row_memory import LARGEST_SHEET, KnownRow
from xltool.xlsx.shared_formulas import HERE, Groups
from xltool.xlsx.skip_blocks import DEEPEST, MOST_ATTRIBUTES, closing_pieces, opening_pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xltool.xlsx.cells import CellMaker
    from xltool.xlsx.grid import Look
    from xltool.xlsx.row_memory import Formats

# 依次是：格的列标、行号、样式；最常见的三种内容（文字序号、格内文字、平常的数）；
# 其余内容的类型、共享公式的属性、公式、值；上一行结束，这一行的行号、其他属性、是否自闭；
# 不认得的写法连同其后的一切
# 量词后的“+”是占有式：各段界限分明，不必回头试，快一成
_TOKEN: Final = re.compile(
    r'<c r="([A-Z]{1,3}+)([0-9]{1,7}+)"(?: s="([0-9]{1,6}+)")?+'
    r'(?: ?+/>| t="(?:s"><v>([0-9]{1,7}+)</v></c>'
    rf'|inlineStr"><is>{OPEN_TEXT}([^<]*+)</t></is></c>|n" ?+/>)'
    r'|(?: t="n")?+><v>(-?+[0-9]{1,20}+(?:\.[0-9]{1,20}+)?+)</v></c>'
    r'|(?: t="([a-z]++)")?+>(?:<f(?: aca="false"'
    r'|( t="shared"(?: ref="[A-Z0-9:]++")?+ si="[0-9]{1,6}+"))?+(?:>([^<]++)</f>|(?(8)/>|(?!))))?+'
    r"(?:<v(?: ?+/|>([^<]*+)</v)(>))?+</c>)"
    r'|(</row>)?+<row r="([1-9][0-9]{0,6}+)"((?: [A-Za-z0-9:]++="[^"<>&]*+")*+) ?+(/?+)>'
    r"|</row>|([\s\S]++)"
)
_OPENED: Final = b"<sheetData>"
_CLOSED: Final = b"</sheetData>"
_ROW: Final = b"<row "
_ROW_END: Final = b"</row>"
_HIDDEN: Final = re.compile(' hidden="(?:1|true|on)"')
_GENERAL: Final = PLAIN
_VALUE: Final = State.VALUE
_FORMULA: Final = State.FORMULA


class FastRows:
    """从头读到尾；规矩与 expat 一路相同，只是出错时不说，交给那一路说。"""

    __slots__ = (
        "_conceals", "_followed", "_formats", "_maker", "_remembers", "_row", "_shared", "_stored",
        "_styles", "cells", "hidden",
    )  # fmt: skip

    def __init__(self, maker: CellMaker, formats: Formats) -> None:
        self._maker = maker
        self._formats = formats
        self._followed: set[str] = set()  # 正在读的一行用到哪几组共享公式
        self._row = self._stored = 0
        self._conceals = self._remembers = False
        self._shared = Groups()
        self.cells: dict[tuple[int, int], GridCell] = {}
        self.hidden: set[int] = set()
        self._styles: dict[str, bool] = {}  # 见过的行属性，各自是否隐藏

    def frame(self, blocks: Iterable[bytes], subject: str) -> Iterator[bytes]:
        """读出 sheetData 里面的行，其余部分原样给出，由 expat 读。

        Raises:
            Unusual: 写法与常见的不同，或超过上限。
        """
        if self._maker.marks:  # 文字里有删除线、上下标的少见，逐条去看就慢了常见的
            raise Unusual
        source = iter(blocks)
        rest = next(source, b"")
        self._remembers = len(rest) <= LARGEST_SHEET
        start = rest.find(_OPENED) + len(_OPENED)
        if start < len(_OPENED):
            raise Unusual
        opening = head(rest, start)
        limits = self._maker.budget.limits
        whole = limits.attributes < MOST_ATTRIBUTES or limits.depth < DEEPEST
        yield from (opening,) if whole else opening_pieces(opening)
        rest = rest[start:]
        while (stop := rest.find(_CLOSED)) < 0:
            rest = self._rows(rest, subject)
            more = next(source, None)
            if more is None:
                raise Unusual
            rest += more
        self._span(self._rows(rest[:stop], subject), subject)
        # 每种行属性给一个空行，由 expat 核对：有没有重复的属性、没声明的前缀；已经算过的不再算
        self._maker.budget.tags -= len(self._styles)
        yield "".join([f"<row{attributes}/>" for attributes in self._styles]).encode()
        yield from (rest[stop:],) if whole else closing_pieces(rest[stop:])
        yield from source

    def _rows(self, data: bytes, subject: str) -> bytes:
        """一段一段读，剩下不到一段的还回去；每段都在两行之间断开。"""
        start = 0
        while len(data) - start > SPAN_BYTES:
            window = start, start + SPAN_BYTES
            ends, begins = data.rfind(_ROW_END, *window), data.rfind(_ROW, *window)
            cut = ends + len(_ROW_END) if ends > begins else begins
            if cut <= start:
                raise Unusual
            self._span(data[start:cut], subject)
            start = cut
        return data[start:]

    def _span(self, span: bytes, subject: str) -> None:
        budget = self._maker.budget
        budget.spend("tags", span.count(b"<"), subject)
        *rows, rest = span.split(_ROW_END) if self._remembers else (span,)
        memory = self._formats.rows
        try:
            for row in rows:
                if (known := memory.known(row)) and self._recall(known):
                    continue
                read = self._learn if memory.seen(row) else self._read
                read(row + _ROW_END)
            self._read(rest)
        except (BadCell, IndexError) as error:
            raise Unusual from error
        if budget.cells + len(self.cells) > budget.limits.cells:
            raise Unusual

    def _read(self, text: bytes) -> None:
        """读几行；开头、末尾都不在行里。"""
        found = _TOKEN.findall(span_text(text))
        if found and found[-1][-1]:
            raise Unusual
        self._tokens(found)

    def _learn(self, text: bytes) -> None:
        """读一行，记下读成了什么；前面连着空行的、看过别处的不记。"""
        maker, groups = self._maker, self._shared.known
        characters, elsewhere, before = maker.budget.characters, maker.looked_up, groups.copy()
        part = FastRows(maker, self._formats)
        part._row, part._shared = self._row, self._shared
        maker.looked_up = False
        part._read(text)
        known = KnownRow(
            number=part._row,
            cells=part.cells,
            hidden=frozenset(part.hidden),
            styles=part._styles,
            characters=maker.budget.characters - characters,
            leaders={group: before[group] for group in part._followed & before.keys()},
            led={group: first for group, first in groups.items() if group not in before},
        )
        if not maker.looked_up and part._followed <= groups.keys() and text.count(_ROW) == 1:
            self._formats.rows.keep(text.removesuffix(_ROW_END), known)
        maker.looked_up |= elsewhere
        self._take(known)

    def _recall(self, known: KnownRow) -> bool:
        """记得的一行就是这一行，取来；共享公式跟着的不同，就不是。"""
        groups = self._shared.known
        if not known.fits(self._row, groups):
            return False
        groups.update(known.led)
        self._write(known.characters)
        self._take(known)
        return True

    def _take(self, known: KnownRow) -> None:
        self._row = known.number
        self.cells.update(known.cells)
        self.hidden |= known.hidden
        self._styles.update(known.styles)

    def _tokens(self, found: list[tuple[str, ...]]) -> None:  # noqa: C901 - 每格都要走，拆开就慢
        formats, strings = self._formats.looks, self._maker.strings
        cells, new = self.cells, tuple.__new__
        row_text, row, last, written, looked_up = "", 0, 0, 0, False
        for (
            letters, number, style, index, text, decimal, kind, shared, formula, value, closed,
            closes, opens, attributes, alone, _,
        ) in found:  # fmt: skip
            if letters:
                column = COLUMNS[letters]
                if column <= last or number != row_text:
                    raise Unusual
                last = column
                if index:
                    looked_up = True
                    text = strings[int(index)]  # noqa: PLW2901 - 每格都要走，少一个名字是一个
                elif text:
                    if "&" in text or "_x" in text:
                        text = readable(text)  # noqa: PLW2901
                    written += len(text)
                if text:
                    look = formats.get(style, _GENERAL)
                    cells[row, column] = new(GridCell, (text, False, False, _VALUE, look, "", HERE))
                elif decimal:
                    look = formats.get(style, _GENERAL)
                    cells[row, column] = new(
                        GridCell, (decimal, True, False, _VALUE, look, "", HERE)
                    )
                elif closed or formula or shared:
                    look = formats.get(style, _GENERAL)
                    given = value if closed else None
                    cell = (
                        self._follow(kind, (shared, formula), given, look, (row, column))
                        if shared
                        else self._other(kind, formula, given, look)
                    )
                    if cell:
                        cells[row, column] = cell
            else:
                row_text = self._edge(row_text, closes, opens, attributes, alone)
                row, last = self._row, 0
        if row_text:
            raise Unusual
        self._maker.looked_up = self._maker.looked_up or looked_up
        self._write(written)

    def _edge(
        self, row_text: str, closes: str, opens: str, attributes: str, alone: str
    ) -> str:  # fmt: skip
        """行结束、行开始，或前一行结束后一行开始；给出现在所在行的行号，不在行里则为空。"""
        if row_text:
            if opens and not closes:
                raise Unusual
            self._close()
        elif closes or not opens:
            raise Unusual
        if not opens:
            return ""
        number = int(opens)
        if number <= self._row or number > MAX_ROW:
            raise Unusual
        self._row = number
        self._stored = len(self.cells)
        conceals = self._styles.get(attributes)
        if conceals is None:
            if ' r="' in attributes or "xmlns" in attributes:
                raise Unusual
            conceals = self._styles[attributes] = _HIDDEN.search(attributes) is not None
        self._conceals = conceals
        if not alone:
            return opens
        self._close()
        return ""

    def _close(self) -> None:
        if self._conceals and (self._row <= FIRST_ROWS or len(self.cells) > self._stored):
            self.hidden.add(self._row)

    def _write(self, characters: int) -> None:
        budget = self._maker.budget
        budget.characters += characters
        if budget.characters > budget.limits.characters:
            raise Unusual

    def _follow(
        self,
        kind: str,
        written: tuple[str, str],
        value: str | None,
        look: Look,
        at: tuple[int, int],
    ) -> GridCell | None:
        """共享公式的一格；`written` 是属性和公式，多半没有写公式。"""
        group, own = written[0][written[0].rindex("si=") + 4 : -1], written[1]
        if own:
            own = without_entities(own)
            self._write(len(own))
        self._followed.add(group)
        formula, shift = self._shared.formula(group, own, *at)
        if kind == "str" and value is not None:
            text = readable(value) if value else ""  # 多半是空的
            self._write(len(text))
            return tuple.__new__(GridCell, (text, False, False, _FORMULA, look, formula, shift))
        value = None if value is None else without_entities(value)
        cell = self._maker.make(kind or None, value, formula, look)
        return cell and cell._replace(shift=shift)

    def _other(self, kind: str, formula: str, value: str | None, look: Look) -> GridCell | None:
        if "&" in formula:
            formula = without_entities(formula)
        if value is None or kind != "str" or not formula:
            self._write(len(formula))
            value = None if value is None else without_entities(value)
            return self._maker.make(kind or None, value, formula, look)
        text = readable(value)
        self._write(len(formula) + len(text))
        return tuple.__new__(GridCell, (text, False, False, _FORMULA, look, formula, HERE))
