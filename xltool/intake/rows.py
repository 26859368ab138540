"""一张移动过的表的各行：逐项表和评分表按编码和项目文字，记录表按序号。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xltool.address import At, Place
from xltool.intake.anchors import Anchored, Trust, decide, listed
from xltool.layout.block import END, END_MARK, TOTAL
from xltool.layout.wording import TOTAL_COLUMN, TOTAL_TEXT
from xltool.messages import form as say
from xltool.scheme.fields import MOST_ROWS
from xltool.scheme.model import SheetKind
from xltool.values import fold, quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xltool.finding import Finding
    from xltool.intake.index import Index
    from xltool.intake.template_cells import SheetTemplate
    from xltool.layout.block import Block
    from xltool.xlsx.grid import GridCell

_DIGITS = 4  # 序号不会更长


@dataclass(frozen=True, slots=True)
class Lines:
    """认定的各行、表末行（不含）、问题，以及说过认不出的行。"""

    rows: Mapping[str, int]
    end: int
    findings: tuple[Finding, ...] = ()
    reported: frozenset[int] = frozenset()


def find_rows(
    index: Index, block: Block, template: SheetTemplate, columns: Mapping[str, int], header: int
) -> Lines:
    """认定各行。"""
    if block.sheet.kind is SheetKind.RECORDS:
        return _Records(index, block, columns, header).lines()
    return _Items(index, block, template, columns, header).lines()


# ---------------------------------------------------------------- 记录表


class _Records:
    """记录表：有序号的按序号；没有序号而有内容的，按它在第几行，占用了的另编号。"""

    def __init__(self, index: Index, block: Block, columns: Mapping[str, int], header: int) -> None:
        self.index = index
        self.block = block
        self.header = header
        self.code = columns.get("code", 0)
        fields = {f.key for f in block.sheet.fields if f.computation is None}
        self.inputs = {column: key for key, column in columns.items() if key in fields}
        self.headings = {
            column: fold(item.heading) for item in block.listed if (column := columns.get(item.key))
        }

    def lines(self) -> Lines:
        """认定各行。"""
        # “表格结束”所在的行；写在别的栏里也认
        mark, below = fold(END_MARK), [row for row in self.index.rows if row > self.header]
        ends = (
            row
            for row in below
            if any(fold(cell.text[:20]) == mark for cell in self.index.rows[row].values())
        )
        marked = min(ends, default=None)
        last = marked or max(below, default=self.header) + 1
        numbered = self._numbered(last)
        end = marked or self._end_without_mark(numbered)
        rows, findings = self._assign(numbered, end)
        extra = frozenset(list(rows.values())[MOST_ROWS:])
        if extra:
            place = Place(self.index.grid.name, At(min(extra), max(self.code, 1)))
            findings.append(say.TOO_MANY_ROWS.finding(place, count=len(rows), limit=MOST_ROWS))
            rows = dict(list(rows.items())[:MOST_ROWS])
        if marked is None:
            place = Place(self.index.grid.name, At(end, max(self.code, 1)))
            findings.append(say.NO_END.finding(place, mark=END_MARK, row=end - 1))
        return Lines(rows, end, tuple(findings), extra)

    def _numbered(self, end: int) -> list[tuple[int, str]]:
        found = []
        for row in sorted(self.index.rows):
            text = self.index.text(row, self.code).strip() if self.header < row < end else ""
            if text.isdecimal() and len(text) <= _DIGITS and int(text):
                found.append((row, str(int(text))))
        return found

    def _end_without_mark(self, numbered: list[tuple[int, str]]) -> int:
        """没有“表格结束”：到最后一个序号为止；序号也没有，就到第一个空行为止。"""
        if numbered:
            return numbered[-1][0] + 1
        row = self.header + 1
        while self._filled(row):
            row += 1
        return row

    def _filled(self, row: int) -> bool:
        """这一行有没有要读的内容；夹在中间的重复表头不算。"""
        cells = {
            column: cell
            for column, cell in self.index.rows.get(row, {}).items()
            if column in self.inputs and cell.text.strip()
        }
        return any(fold(cell.text) != self.headings[column] for column, cell in cells.items())

    def _assign(
        self, numbered: list[tuple[int, str]], end: int
    ) -> tuple[dict[str, int], list[Finding]]:
        rows: dict[str, int] = {}
        findings: list[Finding] = []
        repeated: dict[str, list[int]] = {}
        for row, number in numbered:
            repeated.setdefault(number, []).append(row)
        for number, lines in repeated.items():
            filled = [row for row in lines if self._filled(row)]
            rows[number] = (filled or lines)[0]
            if len(filled) > 1:
                place = Place(self.index.grid.name, At(lines[1], self.code))
                findings.append(
                    say.DUPLICATE_NUMBER.finding(
                        place, code=number, count=len(lines), rows=listed(map(str, lines))
                    )
                )

        known, capacity = set(rows.values()), self.block.sheet.capacity
        spare = max([capacity, *map(int, rows)])
        for row in sorted(self.index.rows):
            if not self.header < row < end or row in known or not self._filled(row):
                continue
            number = str(row - self.header)
            if number in rows or int(number) > capacity:
                spare += 1
                number = str(spare)
            rows[number] = row
        return dict(sorted(rows.items(), key=lambda item: item[1])), findings


# ---------------------------------------------------------------- 逐项表、评分表


class _Items:
    """逐项表和评分表：编码、项目文字、原来的行，三者取二。"""

    def __init__(
        self,
        index: Index,
        block: Block,
        template: SheetTemplate,
        columns: Mapping[str, int],
        header: int,
    ) -> None:
        self.index = index
        self.block = block
        self.template = template
        self.columns = columns
        self.header = header
        self.end = max(index.rows, default=header) + 1
        self.codes = self._texts("code")
        self.labels = self._texts(template.label_column)
        self.reported: set[int] = set()

    def _texts(self, column: str) -> dict[str, tuple[int, ...]]:
        number = self.columns.get(column, 0)
        return self.index.column_texts(number, self.header + 1, self.end)

    def lines(self) -> Lines:
        """认定各行。"""
        findings: list[Finding] = []
        rows: dict[str, int] = {}
        for row, origin in self.block.rows.items():
            if row in (TOTAL, END):
                continue
            anchored = self._decide(row, origin + self.header - self.block.lines.header)
            if anchored.number:
                rows[row] = anchored.number
            findings += self._say(row, anchored, origin)
        last = max(rows.values(), default=self.header)
        if TOTAL in self.block.rows:  # 最后一个指标之下写着“合计”的一行
            column = self.columns.get(TOTAL_COLUMN, 0)
            below = (row for row in sorted(self.index.rows) if row > last)
            totals = (row for row in below if fold(self.index.text(row, column)) == TOTAL_TEXT)
            total = next(totals, None)
            if total is not None:
                rows[TOTAL] = last = total
        return Lines(rows, last + 1, tuple(findings), frozenset(self.reported))

    def _decide(self, row: str, origin: int) -> Anchored:
        code = self.codes.get(fold(self.template.code(row)), ())
        label = self.labels.get(fold(self.template.label(row)), ())
        anchored = decide(code, label, origin)
        if anchored.trust is not Trust.REPEATED:
            return anchored
        lines = sorted({*code, *label})
        filled = [line for line in lines if self._filled(line)]
        if len(filled) <= 1:  # 多出来的是空行，不影响
            return Anchored((filled or [origin if origin in lines else lines[0]])[0], Trust.MOVED)
        return anchored

    def _filled(self, line: int) -> bool:
        """这一行填报和复核的栏里有没有内容。"""
        inputs = {
            self.columns.get(column.key)
            for column in self.block.listed
            if column.review or not column.printed
        }
        cells: Mapping[int, GridCell] = self.index.rows.get(line, {})
        return any(column in inputs and cell.text.strip() for column, cell in cells.items())

    def _optional(self, row: str) -> bool:
        """可以不填的一项：早先下发的表没有这一行，什么也没有少。"""
        sheet = self.block.sheet
        fields = sheet.fields if sheet.kind is SheetKind.FIELDS else ()
        return any(field.key == row and not field.required for field in fields)

    def _say(self, row: str, anchored: Anchored, origin: int) -> Iterator[Finding]:
        code, label = self.template.code(row), self.template.label(row)
        if anchored.trust is Trust.CHANGED:
            found = self.index.text(
                anchored.number, self.columns.get(self.template.label_column, 0)
            )
            if fold(found) != fold(label):
                place = self._place(anchored.number)
                yield say.CHANGED_ROW.finding(
                    place, code=code, label=label, found=quote(found) or "空白"
                )
        elif anchored.trust is Trust.LOST and not self._optional(row):
            yield say.NO_ROW.finding(self._place(origin), code=code, label=label)
        elif anchored.trust in (Trust.REPEATED, Trust.TORN):
            codes, labels = self.codes.get(fold(code), ()), self.labels.get(fold(label), ())
            both = sorted({*codes, *labels})
            self.reported |= {*both}
            place = self._place(both[0])
            if anchored.trust is Trust.TORN:
                yield say.TORN_ROW.finding(
                    place, code=code, label=label, row=codes[0], other=labels[0]
                )
            else:
                rows = listed(map(str, both))
                yield say.DUPLICATE_ROW.finding(place, code=code, count=len(both), rows=rows)

    def _place(self, line: int) -> Place:
        return Place(self.index.grid.name, At(line, max(self.columns.get("code", 1), 1)))
