"""问题清单里写了说明的，退回件的说明页上不再算须说明：清单隐藏的几栏数，说明页减。

下发的表上没有这些；再次标注的先还原。清单删了的，照原来的数。
"""

from __future__ import annotations

import re
from itertools import chain, cycle
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from xltool.address import Area, At, Place, column_letters, literal, quoted
from xltool.finding import Severity
from xltool.form.guide_places import NOTE_COLUMN, READY_ROW
from xltool.form.live.check import duty_of
from xltool.intake.statements import HEADINGS, NAME
from xltool.layout.layout import GUIDE
from xltool.marking.issue_sheet import HEADER_ROW, say_now
from xltool.marking.loaded_copy import cells_of
from xltool.marking.sanitised import put_plain_text
from xltool.marking.sent_values import AT
from xltool.xlsx.grid import GridCell, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from openpyxl.cell import Cell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from xltool.marking.live_words import Said
    from xltool.xlsx.grid import Grid

_SENTENCE: Final = f'"*{duty_of(Severity.WARNING)}：*"'
_COUNTED, _SUMMED, _FOUND = "=COUNTIF(", "=SUM(", f"MATCH({_SENTENCE}"
_AREA: Final = re.compile(
    r"(?:'((?:[^']|'')+)'|([^\s'!(),+=-]+))!\$?[A-Z]+\$?(\d+):\$?[A-Z]+\$?(\d+)"
)
_LESS: Final = re.compile(r"-IFERROR\(SUMIF\([^()]*\),0\)$")
_ONLY_IF: Final = re.compile(r"=IF\(\$?[A-Z]+\$?\d+>0,(.*),0\)")
_LISTED: Final = f"处在“{NAME}”写明了，不再数"
_NOW: Final = "“填报说明”现在说："
_TOLD: Final = ("写明了（自动）", "说明页的格（自动）", "已说明几处（自动）")
_WORDS, _COUNTER, _TIMES = (len(HEADINGS) + number for number in (1, 2, 3))
_APART: Final = 2  # 一行的几句数在几格的，下一对栏隔几栏

Results = dict[tuple[int, int], GridCell]


class Row(NamedTuple):
    """清单的一行：第几行，自查会说的几句，眼下说着的几句，写明了没有。"""

    at: int
    said: Sequence[Said]
    now: frozenset[Said]
    explained: bool


class Written(NamedTuple):
    """写在说明页上的各格，和各表的公式眼下的结果。"""

    places: frozenset[Place] = frozenset()
    results: dict[str, Results] = {}  # noqa: RUF012 - never changed


class _Counter(NamedTuple):
    """说明页上数须说明（或找第一处）的一格，看哪张表的哪几行。"""

    at: At
    text: str
    areas: frozenset[tuple[str, int, int]]

    def counts(self, said: Said) -> bool:
        """数不数这一句。"""
        return any(
            sheet == said.sheet and first <= said.row <= last for sheet, first, last in self.areas
        )


class _Owed(NamedTuple):
    """清单的一行替哪一格数，数哪几句：同一句由几行说的，几行都写明了才算。

    一行的几句数在几格的，`turn` 是第几格。
    """

    row: Row
    turn: int
    counter: At
    said: dict[Said, list[Row]]

    @property
    def done(self) -> int:
        """眼下已写明几处。"""
        now = (rows for said, rows in self.said.items() if said in self.row.now)
        return sum(all(one.explained for one in rows) for rows in now)


def banner_of(grids: Mapping[str, Grid]) -> str:
    """说明页眼下说的：可报送，或暂不可报送及原因；没有这一页的为空串。"""
    cell = grids[GUIDE].cells.get((READY_ROW, 1)) if GUIDE in grids else None
    return cell.text if cell is not None and cell.formula else ""


def restore_counts(workbook: Workbook) -> frozenset[Place]:
    """上一次标注时改的，还原；返回清掉的格。"""
    if GUIDE not in workbook.sheetnames:
        return frozenset()
    guide, cleared = workbook[GUIDE], set()
    for at, text in list(_formulas(guide)):
        if _LISTED in text:
            _cell(guide, at).value = None
            cleared.add(Place(GUIDE, at))
        elif text.startswith(_COUNTED):
            _cell(guide, at).value = _LESS.sub("", text)
        elif _FOUND in text and (whole := _ONLY_IF.fullmatch(text)):
            _cell(guide, at).value = f"={whole[1]}"
    return frozenset(cleared)


def explain_counts(workbook: Workbook, rows: Iterable[Row], nothing: str, banner: str) -> Written:
    """清单（第一张表）上加隐藏的几栏，说明页的须说明减去写明了的；清单上也说说明页现在说什么。

    `banner` 是说明页现在说的。
    """
    sheet = workbook.worksheets[0]
    if GUIDE not in workbook.sheetnames or not banner:
        return Written()
    guide = workbook[GUIDE]
    shown = Place(GUIDE, At(READY_ROW, 1)).reference
    now = say_now(sheet, f'=IFERROR({literal(_NOW)}&{shown},"")')
    results = {sheet.title: {(now.row, now.col): _result(f"{_NOW}{banner}")}}
    formulas = [_Counter(at, text, _areas(text)) for at, text in _formulas(guide)]
    counters = [one for one in formulas if one.text.startswith(_COUNTED) and _SENTENCE in one.text]
    owed = list(_owed(rows, counters)) if nothing else []
    if not owed:
        return Written(results=results)
    results[sheet.title] |= _tell(sheet, owed, nothing)
    counted, times = (
        f"{quoted(sheet.title)}!{_across(owed, column).absolute}" for column in (_COUNTER, _TIMES)
    )
    for counter in counters:
        if counter.at in {one.counter for one in owed}:
            _subtract(guide, counter, f'SUMIF({counted},"{counter.at.a1}",{times})', formulas)
    totals = [
        one.at
        for one in formulas
        if one.at.col == counters[0].at.col and one.text.startswith(_SUMMED)
    ]
    if len(totals) != 1:  # 单位撤消保护改掉了合计：各表的几处照减，旁边没有地方说
        return Written(results=results)
    note = At(totals[0].row, NOTE_COLUMN)
    shown = f'IF(SUM({times})>0,"另有"&SUM({times})&{literal(_LISTED)},"")'
    _cell(guide, note).value = f'=IFERROR({shown},"")'
    done = sum(one.done for one in owed)
    results[GUIDE] = {(note.row, note.col): _result(f"另有{done}{_LISTED}" if done else "")}
    return Written(frozenset({Place(GUIDE, note)}), results)


def _subtract(
    guide: Worksheet, counter: _Counter, listed: str, formulas: Iterable[_Counter]
) -> None:
    """一张表的几处减去写明了的；都写明了的，没有第一处。"""
    _cell(guide, counter.at).value = f"{counter.text}-IFERROR({listed},0)"
    for first in formulas:
        if _FOUND in first.text and first.areas == counter.areas:
            _cell(guide, first.at).value = f"=IF({counter.at.a1}>0,{first.text[1:]},0)"


def _across(owed: Sequence[_Owed], column: int) -> Area:
    """由这一栏起，有几格的一直到最后一格；夹着的另一栏配不上，不算。"""
    last = column + _APART * max(one.turn for one in owed)
    return Area(At(owed[0].row.at, column), At(owed[-1].row.at, last))


def _owed(rows: Iterable[Row], counters: Sequence[_Counter]) -> Iterator[_Owed]:
    """各行替哪一格数；没有的格不数。"""
    listed = list(rows)
    told: dict[Said, list[Row]] = {}
    for row in listed:
        for said in dict.fromkeys(row.said):
            told.setdefault(said, []).append(row)
    for row in listed:
        own = {said: told[said] for said in dict.fromkeys(row.said)}
        counted = {
            one.at: found
            for one in counters
            if (found := {said: rows for said, rows in own.items() if one.counts(said)})
        }
        for turn, (at, found) in enumerate(counted.items()):
            first = {said: rows for said, rows in found.items() if rows[0] is row}
            yield _Owed(row, turn, at, first)


def _tell(sheet: Worksheet, owed: Sequence[_Owed], nothing: str) -> Results:
    """一行三格：写明了没有，替哪一格数，数出几处；数在几格的，后两格再来。"""
    results: Results = {}
    last = _across(owed, _TIMES).last.col
    headings = chain(_TOLD, cycle(_TOLD[1:]))
    for column, heading in zip(range(_WORDS, last + 1), headings, strict=False):
        put_plain_text(_cell(sheet, At(HEADER_ROW, column)), heading)
        sheet.column_dimensions[column_letters(column)].hidden = True
    statement = list(HEADINGS).index("statement") + 1
    for one in owed:
        row, further = one.row.at, _APART * one.turn
        empty = nothing.replace(AT, At(row, statement).a1)
        _cell(sheet, At(row, _WORDS)).value = f"=IFERROR(IF({empty},0,1),0)"
        put_plain_text(_cell(sheet, At(row, _COUNTER + further)), one.counter.a1)
        times = [_times(said, rows) for said, rows in one.said.items()]
        _cell(sheet, At(row, _TIMES + further)).value = f"={'+'.join(times) or 0}"
        results[row, _WORDS] = _result(int(one.row.explained))
        results[row, _TIMES + further] = _result(one.done)
    return results


def _times(said: Said, rows: Sequence[Row]) -> str:
    """自查还说着这一句，说它的几行都写明了：1。"""
    place = Place(said.sheet, At(said.row, said.column)).reference
    written = "*".join(At(row.at, _WORDS).a1 for row in rows)
    return f"{written}*ISNUMBER(FIND({literal(said.words)},{place}))"


def _areas(text: str) -> frozenset[tuple[str, int, int]]:
    return frozenset(
        ((name.replace("''", "'") or bare), int(first), int(last))
        for name, bare, first, last in _AREA.findall(text)
        if NAME not in (name or bare)
    )


def _formulas(guide: Worksheet) -> Iterator[tuple[At, str]]:
    for at, cell in cells_of(guide):
        if cell.data_type == "f" and isinstance(cell.value, str):
            yield At(*at), cell.value


def _result(value: str | int) -> GridCell:
    return GridCell(str(value), numeric=isinstance(value, int), state=State.FORMULA)


def _cell(sheet: Worksheet, at: At) -> Cell:
    return cast("Cell", sheet.cell(at.row, at.col))
