"""读一份人存过的汇总：每一条意见写在哪一行，和本工具的栏以外人写了什么。

只凭表头认栏，凭每行藏着的标识认行；排过序、插过行、挪过栏、改过表名都认得。
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Final

from xltool.address import At
from xltool.collection.printed import Known, beyond, blank_cells, sums_below, unit_sheet_mark
from xltool.collection.row_keys import RowKey
from xltool.collection.saved_rows import Saved, SavedRow, trusted
from xltool.collection.sheet_labels import name_and_label
from xltool.collection.table import HEADER_ROWS, find_table, stack_of
from xltool.collection.verdicts import (
    FINDING,
    FINDING_HEADINGS,
    GONE_HEADINGS,
    OTHER_HEADINGS,
    SCORE,
    SCORE_HEADINGS,
    Opinion,
    Other,
    renamed,
)
from xltool.finding import CODE_HEADINGS
from xltool.headings import rows_of
from xltool.layout.wording import BACK_TEXT
from xltool.values import excel_number, serial_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xltool.collection.table import HeadedTable
    from xltool.collection.verdicts import Written
    from xltool.xlsx.comments import Comment
    from xltool.xlsx.grid import Book, Grid

_KINDS: Final = {
    "finding": (FINDING_HEADINGS, ("code", "message", "verdict")),
    "score": (SCORE_HEADINGS, ("name", "code", "title", "verdict")),
    "gone": (GONE_HEADINGS, ("kind", "code", "why")),
    "other": (OTHER_HEADINGS, tuple(OTHER_HEADINGS)),
}
_ROWS: Final = {"finding": FINDING, "score": SCORE}
_WHOSE: Final = ("单位名称", "单位", "原来的单位", "写在哪个单位")
_WHICH: Final = (*CODE_HEADINGS, "规则或指标", "位置", "三级指标", "项目名称", "文件", "写的内容")
# 本工具写的每一行都有其中之一：标识（带不到原处的意见可能没有，有哪一种意见），没有这一栏的表有序号
_KEYED: Final = GONE_HEADINGS["key"][0]
_OPINIONS: Final = (FINDING_HEADINGS["verdict"][0], SCORE_HEADINGS["verdict"][0])
_KIND: Final = GONE_HEADINGS["kind"][0]
_NUMBERED: Final = frozenset({"序号", "单位序号"})
BESIDE, NOTE = "（表外）", "批注"
TOP, _TITLE = At(1, 1), At(2, 1)


def read_saved(book: Book, known: Mapping[str, Known], comments: Sequence[Comment] = ()) -> Saved:
    """读一份；`known` 是汇总里各表的表头，不在其中的栏是人添的；`comments` 是各格的批注。

    各单位的评分表在 `known` 里照 unit_sheet_mark 取名。
    """
    sheets = [_Sheet(grid, known, date_1904=book.date_1904) for grid in book.grids]
    listed = [row for sheet in sheets if sheet.kind in _ROWS for row in sheet.saved()]
    gone = [row for sheet in sheets if sheet.kind == "gone" for row in sheet.saved()]
    others = chain.from_iterable(
        chain(sheet.others(), sheet.commented(comments)) for sheet in sheets
    )
    return Saved(trusted(listed), trusted(gone), tuple(dict.fromkeys(others)))


class _Sheet:
    """一张表：是哪一种、哪些栏是本工具的。"""

    def __init__(self, grid: Grid, known: Mapping[str, Known], *, date_1904: bool) -> None:
        self.grid = grid
        self._date_1904 = date_1904
        self._known = known
        self.kind, self._table = ("", None) if self._of_others else self._found()

    @property
    def _of_others(self) -> bool:
        """本工具印的、别人写的（下级复核意见）：那里的意见不是写这一份的人的。"""
        printed = self._register[2].headings
        return not printed.isdisjoint(_OPINIONS) and _KEYED not in printed

    def _found(self) -> tuple[str, HeadedTable | None]:
        stack = stack_of(self.grid)
        for kind, (headings, needed) in _KINDS.items():
            table = find_table(self.grid, headings, needed, date_1904=self._date_1904, stack=stack)
            if table is not None:
                return kind, table
        return "", None

    # ------------------------------------------------------------ 意见

    def saved(self) -> Iterator[SavedRow]:
        """各行的意见。"""
        table = self._table
        if table is None:
            return
        for row in table.rows():
            texts = {key: table.text(row, key) for key in table.columns}
            kind = _ROWS.get(self.kind) or texts.get("kind", "")
            opinion = Opinion(
                *(self._written(row, key) for key in ("verdict", "reason", "reviewer", "day"))
            )
            fact = texts.get("message") or texts.get("title", "")
            if kind in (FINDING, SCORE) and (texts.get("code") or texts.get("key")):
                yield SavedRow(
                    kind,
                    RowKey.parse(texts.get("key", "")),
                    texts.get("name", ""),
                    texts.get("code", ""),
                    texts.get("where", ""),
                    fact,
                    opinion,
                    self.grid.name,
                    row,
                    table.columns,
                )

    def _written(self, row: int, key: str) -> Written:
        """人写的一格，照原样：数是数，日期是日期，文字不并空白。"""
        column = self._table.columns.get(key) if self._table else None
        cell = self.grid.cells.get((row, column)) if column else None
        if cell is None:
            return ""
        if not cell.numeric:
            return cell.text.strip()
        number = excel_number(cell.text)
        day = serial_date(number, date_1904=self._date_1904) if cell.format == "date" else None
        return number if day is None else day

    # ------------------------------------------------------------ 本工具的栏以外的

    @cached_property
    def _register(self) -> tuple[int, dict[int, str], Known]:
        """表头在第几行、各列的表头、是哪一张登记表；认不出的是第 0 行。"""
        rows = rows_of(self.grid, HEADER_ROWS)
        own = self._known.get(self.grid.name)
        best, header, found = 0, 0, Known()
        if own is not None and not own.headings:
            return 0, {}, found
        # 名字相同，方案可能换了：先看同名的，别的更像就是别的
        for known in (*((own,) if own else ()), *self._known.values()):
            for row, cells in rows.items():
                count = len({cell.text for cell in cells.values()} & known.headings)
                if count > best:
                    best, header, found = count, row, known
        if best * 2 <= len(found.headings):
            return 0, {}, Known()
        texts = {col: cell.text.strip() for col, cell in rows[header].items()}
        return header, renamed(texts, found.headings), found

    def others(self) -> Iterator[Other]:
        """人添的栏、添的行、表外写的字；人添的整张表。"""
        if self.kind == "other":
            yield from self._again()
        if self._register[0]:
            yield from self._added()
        elif self._printed is not None:
            yield from beyond(self.grid, self._printed)
        else:
            yield from self._strange()

    @property
    def _printed(self) -> Known | None:
        """不是登记表的，印了什么；人添的一张表没有：这次没有同名的，左上角也没有各表都有的返回。"""
        corner, title = (self.grid.cells.get(at) for at in (TOP, _TITLE))
        back = corner is not None and corner.text == BACK_TEXT
        name, ending = self.grid.name, title.text.rpartition("：")[2] if title else ""
        for one in (name, name_and_label(name)[0], unit_sheet_mark(ending)):
            if (found := self._known.get(one)) and not found.headings:
                return found
        return Known() if back or name in self._known else None

    def _added(self) -> Iterator[Other]:
        """登记表上，本工具的栏和行以外的。"""
        header, headings, known = self._register
        ours = {column for column, text in headings.items() if text in known.headings}
        beside = {column for column, text in headings.items() if text in known.beside}
        listed = self._listed(ours)
        sums = sums_below(self.grid, header, ours, listed)
        # 带不到原处的两张表上的字，本来就读
        blank = {} if self.kind in ("gone", "other") else blank_cells(self.grid, headings)
        for (row, column), cell in sorted(self.grid.cells.items()):
            text = cell.text.strip()
            title = row < header - 1 and column == TOP.col
            if not text or title or column in beside:
                continue
            above = row == header - 1 and headings.get(column, "") in known.above
            if row in listed and column in ours:
                if not cell.formula and headings[column] in blank.get(row, ()):
                    yield Other(self.grid.name, *self._row(row), headings[column], text)
                continue
            if above and (cell.numeric or text in known.texts):
                continue
            if row == header and column in ours:
                continue
            if column in sums.get(row, ()) or (row in sums and column in ours and cell.formula):
                continue
            unit, item = self._row(row) if row in listed else ("", "")
            if row != header:
                heading = headings.get(column, "") or BESIDE
                yield Other(self.grid.name, unit, item or f"第{row}行", heading, text)

    def _listed(self, ours: set[int]) -> set[int]:
        """本工具写的各行；没有序号也没有标识的表，是填了不止一栏的。"""
        header, headings, _ = self._register
        cells = [(at, one) for at, one in self.grid.cells.items() if at[0] > header]
        named = {headings[column]: column for column in ours}
        if _KEYED in named:
            kind = named.get(_KIND)
            return {
                row
                for (row, column), cell in cells
                if column == named[_KEYED] or (column == kind and cell.text in _ROWS.values())
            }
        if marks := {named[one] for one in _NUMBERED & named.keys()}:
            return {row for (row, column), cell in cells if column in marks and cell.numeric}
        filled = Counter(row for (row, column), _ in cells if column in ours)
        return {row for row, count in filled.items() if count > 1}

    def _row(self, row: int) -> tuple[str, str]:
        """这一行是哪个单位、哪一条。"""
        _, headings, _ = self._register
        texts = {
            text: cell.text
            for column, text in headings.items()
            if (cell := self.grid.cells.get((row, column))) is not None
        }
        unit = next((texts[one] for one in _WHOSE if one in texts), "")
        return unit, " ".join(texts[one] for one in _WHICH if one in texts)

    def _again(self) -> Iterator[Other]:
        """上一次就抄下来的。"""
        if self._table is None:
            return
        for row in self._table.rows():
            cells = [self.grid.cells.get((row, self._table.columns[key])) for key in OTHER_HEADINGS]
            texts = [cell.text if cell else "" for cell in cells]
            if texts[-1]:
                yield Other(*texts)

    def _strange(self) -> Iterator[Other]:
        """人添的一张表：逐格抄下。"""
        for (row, column), cell in sorted(self.grid.cells.items()):
            if cell.text.strip():
                yield Other(self.grid.name, "", "", At(row, column).a1, cell.text.strip())

    def commented(self, notes: Sequence[Comment]) -> Iterator[Other]:
        """这张表上的批注。"""
        header, headings, _ = self._register
        for note in notes:
            if note.sheet == self.grid.name:
                unit, item = self._row(note.at.row) if header and note.at.row > header else ("", "")
                heading = headings.get(note.at.col, "") if header else note.at.a1
                yield Other(note.sheet, unit, item, f"{heading}{NOTE}", note.text)
