"""按电子表格的眼光看填报内容：格里是数就是数，是字就是字，与模板里公式看到的一样。"""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from xltool.facts.cells import ADJUSTED, EXPECTED
from xltool.facts.entry import BLANK, Entry, EntryState, Submission
from xltool.facts.target import indicator_row
from xltool.scheme.key import CellKey
from xltool.scheme.model import FieldKind, SheetKind
from xltool.values import Kind, Measure, Operator, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xltool.facts.records import Target
    from xltool.facts.view import Facts
    from xltool.scheme.model import Field, Scheme

NO_RESULT = "（公式没有结果）"  # 这样的格不是空的，写回以后也不能是空的
# 选填的数写了这些的，当作没有填：画一道线，是表上“没有”的常见写法；与 values.words 的一致
NONE_WRITTEN = ("-", "－", "—", "——", "/", "／", "无", "不适用")
_FIRST_DAY = date(1899, 12, 30)  # 电子表格的日期从这一天数起
Typed = str | Decimal | date
Contents = dict[CellKey, Typed]


def typed_submission(scheme: Scheme, contents: Mapping[CellKey, Typed]) -> Submission:
    """把各格的内容当作一份报送；文字不作解读，与公式看到的一样。"""
    entries = {key: _entry(scheme.field(key), value) for key, value in contents.items()}
    listed = {sheet.key for sheet in scheme.sheets if sheet.kind is SheetKind.RECORDS}
    records: dict[str, dict[str, None]] = {}
    for sheet, row, _ in contents:
        if sheet in listed:
            records.setdefault(sheet, {})[row] = None
    return Submission(
        file="",
        sha256="",
        scheme=scheme.id,
        version=scheme.version,
        entries=entries,
        records={key: tuple(sorted(rows, key=int)) for key, rows in records.items()},
    )


def number_of(value: Typed) -> Decimal | str:
    """公式看到的：日期是一个数，字还是字。"""
    return Decimal((value - _FIRST_DAY).days) if isinstance(value, date) else value


def _entry(field: Field, value: Typed) -> Entry:
    text, number = str(value), number_of(value)
    if field.kind is FieldKind.MEASURE:
        if isinstance(number, Decimal):
            return Entry(Measure(raw=text, kind=Kind.NUM, number=number), text)
        return Entry(Measure(raw=text, kind=Kind.QUAL), text)
    if not field.kind.numeric:
        return Entry(value, text)
    if isinstance(number, Decimal):
        return Entry(number, text)
    if not field.required and text in NONE_WRITTEN:
        return BLANK
    return Entry(None, text, EntryState.UNREADABLE)


def canonical(facts: Facts) -> Contents:
    """一份报送读出的值，写回模板的样子：能比的指标值写成数，读不成的照写原文。

    记录表的行沿用原来的序号：别的表会以序号指到它（如“对应序号”），空着的行也不补上。
    """
    contents: Contents = {}
    for key, entry in facts.submission.entries.items():
        value = entry.value
        if value is None or isinstance(value, Measure):
            value = NO_RESULT if entry.state is EntryState.NO_RESULT else entry.raw
        if value != "":
            contents[key] = value
    for record in facts.records("indicators"):
        row = indicator_row(facts, record.row)
        read: dict[str, Typed] = {}
        if row.operator is not None:
            operator = Operator.EQ if row.operator is Operator.APPROX else row.operator
            read["operator"] = operator.value
        if row.target is not None and row.result is not None:
            read |= {_goal(row): row.target, "actual": row.result}
            if row.unit is not None:
                read["unit"] = (row.expected.unit or row.unit).name
        elif row.waived and row.expected.number is not None:
            read[_goal(row)] = row.expected.number
        contents |= {record.key(column): value for column, value in read.items()}
    return contents


def originals(facts: Facts, contents: Contents) -> dict[CellKey, str]:
    """写回模板的是数、填的却不是这个数的字（541家、1,200），照填的原文。"""
    entries = facts.submission.entries
    return {
        key: entries[key].raw
        for key, value in contents.items()
        if isinstance(value, Decimal) and key in entries and not _same(entries[key], value)
    }


def _same(entry: Entry, value: Decimal) -> bool:
    """填的就是这个数；按百分数存放的，原文是读出的比率。"""
    raw = entry.raw.strip()
    if raw == plain(value):
        return True
    try:
        return Decimal(raw) == value
    except InvalidOperation:
        return False


def _goal(row: Target) -> str:
    """作数的预期值在哪一栏。"""
    return ADJUSTED if row.adjusted else EXPECTED
