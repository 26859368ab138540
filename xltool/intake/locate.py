"""一张表的各栏各行实际在哪里：逐栏、逐行由锚点认定。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xltool.address import At, Place, column_letters
from xltool.facts.entry import Block as Located
from xltool.intake.anchors import Trust, decide
from xltool.intake.sheets import heading_row, tag_row
from xltool.layout.block import END, END_MARK, TOTAL, code_of
from xltool.messages import form as say
from xltool.scheme.model import SheetKind
from xltool.values import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.finding import Finding
    from xltool.intake.grid import Grid
    from xltool.layout.block import Block
    from xltool.layout.columns import Column


@dataclass(frozen=True, slots=True)
class Found:
    """认定的位置、表头行、表末行（不含）和有关说明。"""

    block: Located
    header: int
    end: int
    findings: tuple[Finding, ...]


def locate(grid: Grid, key: str, block: Block) -> Found | Finding:
    """认定一张表的各栏各行。"""
    identity, header = tag_row(grid, key), heading_row(grid, block)
    if identity is None and header is None:
        return say.NO_SHEET.finding(sheet=grid.name, name=block.name)
    if header is None:
        header = (identity or 0) + block.lines.header - block.lines.identity
    findings: list[Finding] = []
    columns = dict(_columns(grid, block, (identity or 0, header), findings))
    code_column = columns.get("code", block.columns["code"][0])
    end = _end(grid, code_column, header)
    if block.sheet.kind is SheetKind.RECORDS:
        rows = _records(grid, columns, header, end, block.sheet.capacity)
    else:
        rows = _Rows(grid, block, code_column, columns, header, end).locate(findings)
    return Found(Located(grid.name, columns, rows), header, end, tuple(findings))


# ---------------------------------------------------------------- 栏


def _columns(
    grid: Grid, block: Block, lines: tuple[int, int], findings: list[Finding]
) -> Iterator[tuple[str, int]]:
    identity_row, header = lines
    identities = _by_text(grid, identity_row, folded=False)
    headings = _by_text(grid, header, folded=True)
    for column in block.listed:
        origin = block.columns[column.key][0]
        tags = _tags(identities, column, origin)
        anchored = decide(tags, headings.get(fold(column.heading), ()), origin)
        place = Place(grid.name, At(header, anchored.number or origin))
        finding = _column_finding(grid, column, anchored.trust, place, headings)
        if finding and not (column.printed and column.key != "code"):
            findings.append(finding)
        if anchored.number:
            yield column.key, anchored.number


def _tags(identities: dict[str, tuple[int, ...]], column: Column, origin: int) -> tuple[int, ...]:
    """标识行第一格写的是表的标识，编码栏不另写标识。"""
    if column.key == "code":
        return (origin,) if identities else ()
    return identities.get(column.key, ())


def _by_text(grid: Grid, row: int, *, folded: bool) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for (r, c), cell in grid.cells.items():
        if r == row:
            text = fold(cell.text) if folded else cell.text
            found[text] = (*found.get(text, ()), c)
    return found


def _column_finding(
    grid: Grid, column: Column, trust: Trust, place: Place, headings: dict[str, tuple[int, ...]]
) -> Finding | None:
    if trust is Trust.SURE:
        return None
    if trust is Trust.MOVED:
        where = column_letters(place.at.col)
        return say.MOVED_COLUMN.finding(place, heading=column.heading, column=where)
    if trust is Trust.CHANGED:
        cell = grid.cells.get((place.at.row, place.at.col))
        found = cell.text if cell else ""
        if fold(found) == fold(column.heading):  # 标识没了，表头还在：位置可信
            return None
        return say.CHANGED_HEADING.finding(place, heading=column.heading, found=found)
    if trust is Trust.AMBIGUOUS:
        spots = "、".join(f"{column_letters(c)}列" for c in headings.get(fold(column.heading), ()))
        return say.AMBIGUOUS_COLUMN.finding(place, heading=column.heading, found=spots or "标识")
    return say.NO_COLUMN.finding(place, heading=column.heading)


# ---------------------------------------------------------------- 行


def _end(grid: Grid, code_column: int, header: int) -> int:
    """“表格结束”所在的行；没有就到最后有内容的一行之后。"""
    last = header
    for (row, column), cell in grid.cells.items():
        if row > header:
            if column == code_column and cell.text.strip() == END_MARK:
                return row
            last = max(last, row)
    return last + 1


def _records(
    grid: Grid, columns: dict[str, int], header: int, end: int, capacity: int
) -> dict[str, int]:
    """记录表的行：有序号的按序号，没有序号而有内容的另编号。"""
    code_column = columns.get("code", 1)
    inside = set(columns.values()) - {code_column}
    filled = sorted({r for r, c in grid.cells if header < r < end and c in inside})
    rows: dict[str, int] = {}
    for row in range(header + 1, end) if end - header <= capacity * 2 else filled:
        cell = grid.cells.get((row, code_column))
        code = cell.text.strip() if cell else ""
        if code.isdecimal() and code not in rows:
            rows[str(int(code))] = row
    spare = capacity
    known = set(rows.values())
    for row in filled:
        if row not in known:
            spare += 1
            rows[str(spare)] = row
    return dict(sorted(rows.items(), key=lambda item: item[1]))


@dataclass(frozen=True, slots=True)
class _Rows:
    """逐项表和评分表的行：编码、项目文字、原来的行，三者取二。"""

    grid: Grid
    block: Block
    code_column: int
    columns: dict[str, int]
    header: int
    end: int

    def locate(self, findings: list[Finding]) -> dict[str, int]:
        """认定各行。"""
        codes, labels = self._texts(self.code_column), self._texts(self._label_column)
        shift = self.header - self.block.lines.header
        rows: dict[str, int] = {}
        for row, origin in self.block.rows.items():
            if row in (TOTAL, END):
                continue
            code, label = code_of(self.block.sheet, row), self.block.titles[row]
            anchored = decide(
                codes.get(fold(code), ()), labels.get(fold(label), ()), origin + shift
            )
            if anchored.number:
                rows[row] = anchored.number
            finding = self._finding(row, anchored.trust, anchored.number or origin, codes)
            if finding:
                findings.append(finding)
        return rows

    @property
    def _label_column(self) -> int:
        key = "label" if self.block.sheet.kind is SheetKind.FIELDS else "title"
        return self.columns.get(key, self.block.columns[key][0])

    def _texts(self, column: int) -> dict[str, tuple[int, ...]]:
        found: dict[str, tuple[int, ...]] = {}
        for (r, c), cell in self.grid.cells.items():
            if c == column and self.header < r < self.end:
                text = fold(cell.text)
                found[text] = (*found.get(text, ()), r)
        return found

    def _finding(
        self, row: str, trust: Trust, number: int, codes: dict[str, tuple[int, ...]]
    ) -> Finding | None:
        code, label = code_of(self.block.sheet, row), self.block.titles[row]
        place = Place(self.grid.name, At(number, self.code_column))
        if trust in (Trust.SURE, Trust.MOVED):
            return None
        if trust is Trust.CHANGED:
            cell = self.grid.cells.get((number, self._label_column))
            found = cell.text if cell else ""
            if fold(found) == fold(label):
                return None
            return say.CHANGED_ROW.finding(place, code=code, label=label, found=found)
        if trust is Trust.AMBIGUOUS:
            rows = codes.get(fold(code), ())
            listed = "、".join(map(str, rows))
            return say.DUPLICATE_ROW.finding(place, code=code, count=len(rows), rows=listed)
        return say.NO_ROW.finding(place, code=code, label=label)
