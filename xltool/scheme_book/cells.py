"""一格怎样读：照所在的栏，读成值；读不成的说出是什么、应填什么、怎么改。"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.messages import scheme as say
from xltool.scheme.reader import ORIGINS
from xltool.scheme.shapes import KEY, KEY_WORDS
from xltool.scheme_book.table import Kind
from xltool.scheme_book.words import NO, ORIGIN_HELP, YES
from xltool.values import digits_lost, excel_number, fold, nearest, plain, serial_date
from xltool.values.excerpt import excerpt
from xltool.xlsx.grid import FormatClass, State

if TYPE_CHECKING:
    from collections.abc import Callable

    from xltool.address import Place
    from xltool.finding import Finding, Message
    from xltool.scheme_book.table import Column, Value
    from xltool.xlsx.grid import GridCell

_HUNDRED: Final = Decimal(100)
_NUMBER: Final = re.compile(r"[-+]?[0-9]{1,40}(?:\.[0-9]{1,40})?")
_SEPARATORS: Final = re.compile(r"[、，,；;\s]+")
_ORIGIN: Final = re.compile(
    rf"\s*({'|'.join(word[:-1] for word in ORIGINS)})\s*[:：](\s*\S.*)", re.DOTALL
)
_SUSPECT: Final = re.compile("[、，,；;]")
_YES: Final = frozenset({YES, "√", "✓", "y", "yes", "true", "1"})
_NO: Final = frozenset({NO, "×", "n", "no", "false", "0"})


class CellReading(NamedTuple):
    """读一格的结果；读不成的没有值，`findings` 说明为什么。"""

    value: Value = None
    findings: tuple[Finding, ...] = ()


class FilledCell(NamedTuple):
    """填了的一格：内容、所在的栏、位置、是不是百分数。"""

    cell: GridCell
    column: Column
    place: Place
    percent: bool
    date_1904: bool = False

    def say(self, message: Message, **values: str) -> tuple[Finding, ...]:
        """关于这一格的一条问题。"""
        return (message.finding(self.place, label=self.column.heading, **values),)

    def wrong(self, message: Message, **values: str) -> CellReading:
        """读不成。"""
        return CellReading(None, self.say(message, raw=excerpt(self.cell.text), **values))

    @property
    def expected(self) -> str:
        """应填什么，给人看。"""
        return expected(self.column, percent=self.percent)


_EXPECTED: Final = {
    Kind.NUMBER: "数",
    Kind.WHOLE: "整数",
    Kind.FLAG: f"“{YES}”或空着",
    Kind.ORIGIN: f"来源，{ORIGIN_HELP}",
    Kind.KEY: "标识",
    Kind.CODE: "编码",
    Kind.REF: "表.项",
    Kind.REFS: "表.项，几项用顿号隔开",
}


def expected(column: Column, *, percent: bool = False) -> str:
    """一栏应填什么，给人看。"""
    if column.words is not None:
        return "列表里的一项"
    return "百分数" if percent else _EXPECTED.get(column.kind, "文字")


def is_blank(cell: GridCell | None) -> bool:
    """空着：没有内容，或只有空格，或公式得出空串。"""
    if cell is None:
        return True
    return cell.state in (State.VALUE, State.FORMULA) and not cell.text.strip()


def read(filled: FilledCell) -> CellReading:
    """读一格，格里有内容。"""
    cell = filled.cell
    if cell.state is State.ERROR:
        return filled.wrong(say.ERROR_VALUE, expected=filled.expected)
    if cell.state is State.NO_RESULT:
        return filled.wrong(say.NO_RESULT, expected=filled.expected)
    reading = _READERS.get(filled.column.kind, _read_text)(filled)
    if cell.state is State.FORMULA and reading.value is not None:
        shown = filled.say(say.FORMULA, raw=excerpt(cell.text))
        return reading._replace(findings=(*reading.findings, *shown))
    return reading


def _read_number(filled: FilledCell) -> CellReading:
    cell = filled.cell
    if cell.boolean:
        return filled.wrong(say.WRONG_KIND, found="逻辑值", expected=filled.expected)
    if not cell.numeric:
        return _read_typed(filled)
    number = excel_number(cell.text)
    if cell.format is FormatClass.DATE:
        return filled.wrong(say.WRONG_KIND, found="日期", expected=filled.expected)
    if digits_lost(number):
        return CellReading(None, filled.say(say.DIGITS_LOST, raw=plain(number)))
    if number != 0 and filled.percent != (cell.format is FormatClass.PERCENT):
        return _misplaced(filled, number)
    return CellReading(number)


def _misplaced(filled: FilledCell, number: Decimal) -> CellReading:
    """该是百分数的没有百分号，或不该是的有。"""
    percent = f"{plain(number * _HUNDRED)}%"
    if filled.percent:
        return CellReading(None, filled.say(say.NEEDS_PERCENT, raw=plain(number), percent=percent))
    return CellReading(None, filled.say(say.NO_PERCENT, raw=percent))


def _read_typed(filled: FilledCell) -> CellReading:
    """写成文字的数，如 12.5%；全角的也认。"""
    text = fold(filled.cell.text)
    number, mark, rest = text.partition("%")
    if rest or not _NUMBER.fullmatch(number):
        return filled.wrong(say.NOT_NUMBER, expected=filled.expected)
    value = Decimal(number)
    if value != 0 and filled.percent != bool(mark):
        return _misplaced(filled, value / _HUNDRED if mark else value)
    return CellReading(value / _HUNDRED if mark else value)


def _read_whole(filled: FilledCell) -> CellReading:
    reading = _read_number(filled)
    number = reading.value
    if isinstance(number, Decimal) and (number < 0 or number != number.to_integral_value()):
        return filled.wrong(say.NOT_INTEGER)
    return reading


def _read_text(filled: FilledCell) -> CellReading:
    """文字照原样；存成数的照常写法读，并说出来。"""
    cell = filled.cell
    if cell.boolean:
        return filled.wrong(say.WRONG_KIND, found="逻辑值", expected=filled.expected)
    if not cell.numeric:
        return CellReading(cell.text)
    number = excel_number(cell.text)
    if cell.format is FormatClass.DATE:
        day = serial_date(number, date_1904=filled.date_1904)
        raw = f"{day.year}-{day.month}-{day.day}" if day else plain(number)
        values = {"raw": raw, "found": "日期", "expected": filled.expected}
        return CellReading(None, filled.say(say.WRONG_KIND, **values))
    if digits_lost(number):
        return CellReading(None, filled.say(say.DIGITS_LOST, raw=plain(number)))
    percent = cell.format is FormatClass.PERCENT
    text = f"{plain(number * _HUNDRED)}%" if percent else plain(number)
    return CellReading(text, filled.say(say.NUMBER_AS_TEXT, raw=text))


def _read_bare(filled: FilledCell) -> CellReading:
    """掐去两头空白的文字。"""
    reading = _read_text(filled)
    return (
        reading._replace(value=reading.value.strip()) if isinstance(reading.value, str) else reading
    )


def _read_key(filled: FilledCell) -> CellReading:
    reading = _read_bare(filled)
    if isinstance(reading.value, str) and not KEY.fullmatch(reading.value):
        return filled.wrong(say.NOT_KEY, expected=KEY_WORDS, example="new_item")
    return reading


def _read_code(filled: FilledCell) -> CellReading:
    reading = _read_bare(filled)
    if isinstance(reading.value, str) and len(reading.value.split()) > 1:
        return filled.wrong(say.NOT_CODE)
    return reading


def _read_ref(filled: FilledCell) -> CellReading:
    reading = _read_bare(filled)
    if isinstance(reading.value, str) and not _is_ref(reading.value, filled.column):
        return filled.wrong(say.NOT_REF)
    return reading


def _read_refs(filled: FilledCell) -> CellReading:
    reading = _read_bare(filled)
    if not isinstance(reading.value, str):
        return reading
    parts = tuple(filter(None, _SEPARATORS.split(reading.value)))
    if not parts or not all(_is_ref(part, filled.column) for part in parts):
        return filled.wrong(say.NOT_REF)
    return reading._replace(value=parts)


def _is_ref(text: str, column: Column) -> bool:
    """表.项；`bare` 的栏也可以只写本表的标识。"""
    parts = text.split(".")
    counts = (1, 2) if column.bare else (2,)
    return len(parts) in counts and all(KEY.fullmatch(part) for part in parts)


def _read_lines(filled: FilledCell) -> CellReading:
    reading = _read_text(filled)
    if not isinstance(reading.value, str):
        return reading
    parts = tuple(part for part in reading.value.split("\n") if part.strip())
    findings = reading.findings
    for part in parts:
        if _SUSPECT.search(part):
            findings += filled.say(say.SEVERAL_IN_LINE, raw=excerpt(part))
    return CellReading(parts, findings)


def _read_flag(filled: FilledCell) -> CellReading:
    text = fold(filled.cell.text)
    if text in _YES:
        return CellReading(True)  # noqa: FBT003 - the value read
    if text in _NO:
        return CellReading(False)  # noqa: FBT003 - the value read
    return filled.wrong(say.NOT_IN_LIST, expected=f"{YES}，或空着", suggestion=f"“{YES}”")


def _read_word(filled: FilledCell) -> CellReading:
    words = filled.column.words or {}
    text = fold(filled.cell.text)
    for key, word in words.items():
        if text in (fold(word.word), fold(key)):
            return CellReading(key)
    listed = [word.word for word in words.values()]
    near = nearest(filled.cell.text, listed)
    suggestion = f"，是不是“{near}”" if near else ""
    return filled.wrong(say.NOT_IN_LIST, expected="、".join(listed), suggestion=suggestion)


def _read_origin(filled: FilledCell) -> CellReading:
    """来源；冒号写成半角的，换成全角，并说出来。"""
    reading = _read_text(filled)
    text = reading.value
    if not isinstance(text, str):
        return reading
    found = _ORIGIN.fullmatch(text)
    if found is None:
        return filled.wrong(say.NO_ORIGIN, expected=" ".join(ORIGINS))
    if text.startswith(ORIGINS):
        return reading
    value = f"{found[1]}：{found[2].lstrip()}"
    shown = filled.say(say.NORMALISED, raw=excerpt(text), value=excerpt(value))
    return CellReading(value, (*reading.findings, *shown))


_READERS: Final[dict[Kind, Callable[[FilledCell], CellReading]]] = {
    Kind.KEY: _read_key,
    Kind.CODE: _read_code,
    Kind.REF: _read_ref,
    Kind.REFS: _read_refs,
    Kind.LINES: _read_lines,
    Kind.NUMBER: _read_number,
    Kind.WHOLE: _read_whole,
    Kind.FLAG: _read_flag,
    Kind.WORD: _read_word,
    Kind.ORIGIN: _read_origin,
}
