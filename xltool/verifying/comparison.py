"""一张登记表逐格比：计划里应印的，和书里存着的。

凭表头找栏、凭内容找行：排了序、挪了栏、插了行都认得。
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from xltool.address import At, Place
from xltool.collection.lower import THROUGH
from xltool.collection.printed import BLANK_COLUMNS, is_sum
from xltool.collection.row_keys import RowKey
from xltool.collection.verdicts import COUNTED, FINDING_HEADINGS, SINCE
from xltool.consolidated.columns import HEADER_ROW
from xltool.consolidated.delivery import UNITS
from xltool.finding import CODE_HEADINGS, EXPLAINED, Severity
from xltool.flags.rules.s06_unusual_among_peers import CODE as BATCH_RULE
from xltool.messages import verify as say
from xltool.sheets.plan import Formula, Role
from xltool.values import quote
from xltool.verifying.cells import BLANK, fault_of, found_text, shown
from xltool.verifying.model import Difference
from xltool.verifying.pairing import paired

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from xltool.finding import Finding
    from xltool.sheets.plan import SheetPlan
    from xltool.verifying.cells import Row
    from xltool.verifying.pairing import Pairs
    from xltool.xlsx.grid import Grid

_LEAST: Final = 2  # 登记的一行至少填了几格
_HEADER_WITHIN: Final = 60  # 表头在前几行里找：上面可以插几行
_KEY: Final = FINDING_HEADINGS["key"][0]
_NUMBER, _ORDER = "单位序号", "序号"
_FILES: Final = ("文件", "来源文件", "采用的文件", "报送文件")
_THROUGH, _RANK = "来源汇总", "名次"  # 下级的一行：由哪一本汇总而来
_NAMES: Final = ("单位名称", "单位", "文件", "项目名称")
_WHICH: Final = (*CODE_HEADINGS, "三级指标", "位置")
# 少了几份时不比的：个数里有与同批比出来的疑点
_COUNTS: Final = (*(one.label for one in Severity), EXPLAINED, "未判规则", "去向")


# ---------------------------------------------------------------- 登记表


@dataclass(frozen=True, slots=True)
class _Printed:
    """计划里的一张登记表：表头行各栏的字，各行各格；`figures` 是数和公式的各栏。"""

    headings: Mapping[int, str]
    width: int
    rows: Mapping[int, Row]
    figures: frozenset[int]

    def column(self, *names: str) -> int:
        """头一个有的栏在第几列；没有的是 0。"""
        known = {text: col for col, text in self.headings.items() if col <= self.width}
        return next((known[name] for name in names if name in known), 0)


def _printed(plan: SheetPlan) -> _Printed:
    headings: dict[int, str] = {}
    rows: dict[int, Row] = defaultdict(dict)
    figures: set[int] = set()
    for cell in plan.every_cell():
        if isinstance(cell.content, (Decimal, int, float, Formula)) and cell.row > HEADER_ROW:
            figures.add(cell.at.col)
        if cell.row == HEADER_ROW:
            headings[cell.at.col] = str(cell.content)
        elif cell.content is not None or cell.role is Role.REVIEW:
            rows[cell.row][cell.at.col] = shown(cell.content, cell.role)
    # 印时空着的栏由别的各栏得出，不用比；早先的版本没有
    dropped = {col for col, text in headings.items() if text == BLANK_COLUMNS}
    headings = {col: text for col, text in headings.items() if col not in dropped}
    width = plan.filter.last.col if plan.filter else 0
    return _Printed(headings, width, rows, frozenset(figures))


class RegisterComparison:
    """一张登记表；`chosen` 说单位序号是它、文件是它的一行要不要比（有的文件不在时只比一部分）。

    `noted` 是人在印时空着的格里写的（哪一栏、什么字），另列：不是得分不对。数和公式的各栏照样比。
    """

    def __init__(
        self,
        plan: SheetPlan,
        grid: Grid,
        chosen: Callable[[str, str], bool] | None = None,
        noted: frozenset[tuple[str, str]] = frozenset(),
    ) -> None:
        self._noted = noted
        self._printed = _printed(plan)
        self._grid = grid
        self._chosen = chosen
        self._units = plan.name == UNITS
        self._header = _header_row(grid, frozenset(self._printed.headings.values()))
        self._places = self._found_columns()
        printed = self._printed
        order = printed.column(_ORDER)
        self._number = printed.column(_NUMBER) or (order if self._units else 0)
        self._file = printed.column(*_FILES)
        self._through = printed.column(_THROUGH)
        reviewed = {col for row in printed.rows.values() for col, one in row.items() if one.review}
        # 由上一份、由复核人写的得出，不由报送文件
        skipped = {printed.column(SINCE), printed.column(COUNTED), *reviewed}
        if chosen is not None:
            skipped |= {printed.column(one) for one in _COUNTS}
            skipped |= {order} - {self._number}  # 少了几份，后面的序号都变
            skipped |= {printed.column(_RANK)} if self._through else set()
        self._columns = [
            col
            for col in sorted(printed.headings)
            if col <= printed.width and col in self._places and col not in skipped
        ]

    def _found_columns(self) -> dict[int, int]:
        """计划的各列，现在在第几列；没有了的不在内。"""
        free: dict[str, deque[int]] = defaultdict(deque)
        for (row, col), cell in sorted(self._grid.cells.items()):
            if row == self._header:
                free[cell.text.strip()].append(col)
        headings = sorted(self._printed.headings.items())
        return {col: free[text].popleft() for col, text in headings if free[text]}

    def differences(self) -> Iterator[Difference]:
        """各处不同。"""
        name = self._grid.name
        if not self._header:
            if any(map(self._wanted, self._printed.rows.values())):
                yield Difference(say.SHEET_MISSING.finding(name=name))
            return
        for col, text in self._printed.headings.items():
            if col not in self._places:
                place = Place(name, At(self._header, 1))
                yield Difference(say.COLUMN_MISSING.finding(place, heading=quote(text)))
        if self._chosen is None:
            yield from self._around()
        yield from self._rows()

    def _around(self) -> Iterator[Difference]:
        """表头上面的一行，和表右边的。"""
        shift = self._header - HEADER_ROW
        for row, cells in self._printed.rows.items():
            for col, expected in cells.items():
                beside = col > self._printed.width
                if (row == HEADER_ROW - 1 or (beside and row > HEADER_ROW)) and col in self._places:
                    at = At(row + shift, self._places[col])
                    what = f"“{self._printed.headings[col]}”{'' if beside else '上面的一格'}"
                    cell = self._grid.cells.get((at.row, at.col))
                    fault = fault_of(what, Place(self._grid.name, at), expected, cell)
                    if fault is not None:
                        yield Difference(fault)

    # ------------------------------------------------------------ 各行

    def _rows(self) -> Iterator[Difference]:
        wanted = {
            row: cells
            for row, cells in self._printed.rows.items()
            if row > HEADER_ROW and any(col <= self._printed.width for col in cells)
        }
        wanted = {row: cells for row, cells in wanted.items() if self._wanted(cells)}
        present = {row for row in self._body() if self._present(row)}
        pairs, missing, added = self._paired(wanted, present)
        for row, own in sorted(pairs.items(), key=lambda pair: pair[1]):
            yield from self._row(wanted[row], own)
        for row in missing:
            texts = {col: one.text for col, one in wanted[row].items()}
            yield self._about(
                texts, say.ROW_MISSING.finding(None, sheet=self._grid.name, what=self._what(texts))
            )
        for row in added:
            texts = self._texts(row)
            place = Place(self._grid.name, At(row, self._places[self._columns[0]]))
            yield self._about(texts, say.ROW_ADDED.finding(place, what=self._what(texts)))

    def _wanted(self, cells: Row) -> bool:
        return self._asked({col: one.text for col, one in cells.items()})

    def _asked(self, texts: Mapping[int, str]) -> bool:
        """有的文件不在时，这一行比不比。"""
        if self._chosen is None:
            return True
        rule = texts.get(self._printed.column(*CODE_HEADINGS), "")
        known = self._chosen(texts.get(self._number, ""), self._source(texts))
        return known and rule != BATCH_RULE

    def _source(self, texts: Mapping[int, str]) -> str:
        """一行由哪个文件得出：下级的是那一本汇总。"""
        through = texts.get(self._through, "").partition(THROUGH)[0]
        return through or texts.get(self._file, "")

    def _present(self, row: int) -> bool:
        texts = self._texts(row)
        if any(map(is_sum, texts.values())):
            return self._asked(texts)
        marks = [col for col in (self._number, self._printed.column(_ORDER)) if col]
        numbered = not marks or any(
            (row, self._places.get(col)) in self._grid.cells for col in marks
        )
        if not numbered or sum(bool(text) for text in texts.values()) < _LEAST:
            return False  # 人在表下面写的字，不是登记的一行
        return self._asked(texts)

    def _body(self) -> list[int]:
        own = {self._places[col] for col in self._columns}
        return sorted({row for row, col in self._grid.cells if row > self._header and col in own})

    def _texts(self, row: int) -> dict[int, str]:
        cells = self._grid.cells
        return {col: found_text(cells.get((row, self._places[col]))) for col in self._columns}

    def _signature(self, texts: Mapping[int, str]) -> tuple[str, ...]:
        return tuple(
            _keyless(texts.get(col, ""))
            if self._printed.headings[col] == _KEY
            else texts.get(col, "")
            for col in self._columns
        )

    def _paired(self, wanted: Mapping[int, Row], present: set[int]) -> Pairs:
        """应有的行各是哪一行；应有而没有的，没有该有而有的。"""
        signs = {
            row: self._signature({col: one.text for col, one in cells.items()})
            for row, cells in wanted.items()
        }
        own = {row: self._signature(self._texts(row)) for row in sorted(present)}
        return paired(signs, own, self._plain(wanted), self._anchor())

    def _plain(self, wanted: Mapping[int, Row]) -> list[int]:
        """不是公式的各栏。"""
        formulas = {col for cells in wanted.values() for col, one in cells.items() if one.formula}
        return [n for n, col in enumerate(self._columns) if col not in formulas]

    def _anchor(self) -> list[int]:
        """凭哪几栏先分堆：哪个单位（文件）的，哪一条；免得每一行与每一行比。"""
        whose = self._printed.column(_NUMBER, *_FILES, _ORDER)
        columns = (whose, self._printed.column(*_WHICH))
        return [self._columns.index(col) for col in columns if col in self._columns]

    def _row(self, wanted: Row, row: int) -> Iterator[Difference]:
        """一行的各格。"""
        texts = {col: one.text for col, one in wanted.items()}
        for col in self._columns:
            heading, expected = self._printed.headings[col], wanted.get(col, BLANK)
            place = Place(self._grid.name, At(row, self._places[col]))
            cell = self._grid.cells.get((row, self._places[col]))
            if heading == _KEY and _keyless(found_text(cell)) == _keyless(expected.text):
                continue
            words = col not in self._printed.figures and expected == BLANK
            if words and cell is not None and (heading, cell.text.strip()) in self._noted:
                continue
            what = f"{self._what(texts)}的“{heading}”"
            fault = fault_of(what, place, expected, cell)
            if fault is not None:
                yield self._about(texts, fault)

    def _about(self, texts: Mapping[int, str], finding: Finding) -> Difference:
        return Difference(finding, texts.get(self._number, ""), self._source(texts))

    def _what(self, texts: Mapping[int, str]) -> str:
        """一行是谁的哪一条，给人看。"""
        columns = (self._printed.column(*_NAMES), self._printed.column(*_WHICH))
        words = [texts.get(col, "") for col in columns if col]
        return quote(" ".join(filter(None, words)) or "这一行")


def _header_row(grid: Grid, headings: frozenset[str]) -> int:
    """表头在第几行；认不出的是 0。"""
    counts: Counter[int] = Counter()
    for (row, _), cell in grid.cells.items():
        if row <= _HEADER_WITHIN and cell.text.strip() in headings:
            counts[row] += 1
    best = max(counts, key=lambda row: (counts[row], -row), default=0)
    return best if counts[best] * 2 > len(headings) else 0


def _keyless(text: str) -> str:
    """标识去掉带过来的那两段：它们随每一次汇总变；所填内容的指纹，早先的版本没有。"""
    key = RowKey.parse(text)
    return key._replace(judged="", written="", filled="").text if key else text
