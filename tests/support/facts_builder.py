"""由表格里写的文字搭出一份报送的事实；位置是固定的，好让断言写得出单元格。"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from xltool.facts.entry import Entry, EntryState, LocatedBlock, Submission
from xltool.facts.view import Facts
from xltool.scheme.key import VALUE, CellKey
from xltool.scheme.model import FieldKind, SheetKind
from xltool.values import (
    match_choice,
    parse_measure,
    read_date,
    read_decimal,
    read_percent,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from xltool.facts.entry import EntryValue
    from xltool.scheme.model import Field, Scheme, Sheet

STORED_AS_PERCENT, STORED_AS_DAY = "（百分数格）", "（日期格）"
FIRST_ROW = 5
VALUE_COLUMN = 3
ERROR_MARK = "#"

Row = Mapping[str, str]


def build_facts(
    scheme: Scheme,
    fields: Mapping[str, str] | None = None,
    records: Mapping[str, Sequence[Row]] | None = None,
    form: Mapping[str, Row] | None = None,
) -> Facts:
    """搭出事实：`fields` 是“表.项”对文字，`records` 是各记录表的行，`form` 是评分表各行。"""
    cells = dict(_cells(scheme, fields or {}, records or {}, form or {}))
    entries = {key: entry for key, text in cells.items() if (entry := _entry(scheme, cells, key))}
    submission = Submission(
        file="测试.xlsx",
        sha256="",
        scheme=scheme.id,
        version=scheme.version,
        entries=entries,
        blocks={sheet.key: _block(scheme, sheet) for sheet in scheme.sheets},
        records={
            sheet: tuple(str(number) for number in range(1, len(rows) + 1))
            for sheet, rows in (records or {}).items()
        },
    )
    return Facts(scheme, submission)


def _cells(
    scheme: Scheme,
    fields: Mapping[str, str],
    records: Mapping[str, Sequence[Row]],
    form: Mapping[str, Row],
) -> Iterator[tuple[CellKey, str]]:
    for dotted, text in fields.items():
        sheet, row, *column = dotted.split(".")
        yield CellKey(sheet, row, column[0] if column else VALUE), text
    for sheet, rows in records.items():
        for number, row in enumerate(rows, 1):
            yield from ((CellKey(sheet, str(number), name), text) for name, text in row.items())
    for code, row in form.items():
        yield from (
            (CellKey(scheme.score_sheet.key, code, name), text) for name, text in row.items()
        )


def _entry(scheme: Scheme, cells: Mapping[CellKey, str], key: CellKey) -> Entry | None:
    text = cells[key]
    if text == "":
        return None
    percent, day = text.endswith(STORED_AS_PERCENT), text.endswith(STORED_AS_DAY)
    raw = text.removesuffix(STORED_AS_PERCENT).removesuffix(STORED_AS_DAY)
    if raw.startswith(ERROR_MARK):
        return Entry(None, raw, EntryState.ERROR)
    field = scheme.field(key)
    value = _value(scheme, field, raw, _parent(cells, key, field))
    state = EntryState.VALUE if value is not None else EntryState.UNREADABLE
    return Entry(value, raw, state, percent=percent, day=day)


def _parent(cells: Mapping[CellKey, str], key: CellKey, field: Field) -> str:
    return cells.get(CellKey(key.sheet, key.row, field.depends), "") if field.depends else ""


def _value(scheme: Scheme, field: Field, raw: str, parent: str) -> EntryValue:
    if field.kind.numeric:
        return _number(field, raw)
    if field.kind is FieldKind.CHOICE:
        return _choice(scheme, field, raw, parent)
    if field.kind.dated:
        return read_date(raw, month=field.kind is FieldKind.MONTH).value
    return parse_measure(raw, year=scheme.year) if field.kind is FieldKind.MEASURE else raw


def _number(field: Field, raw: str) -> Decimal | None:
    if field.kind is FieldKind.PERCENT:
        percent = read_percent(raw).value
        return None if percent is None else percent / 100
    return read_decimal(raw, unit=field.unit).value


def _choice(scheme: Scheme, field: Field, raw: str, parent: str) -> str | None:
    named = [field.options] if field.options else [field.options_by.get(parent, "")]
    lists = [name for name in named if name] or list(field.options_by.values())
    options = [option for name in lists for option in scheme.options[name].options]
    return match_choice(raw, [(option.value, option.aliases) for option in options])


def _block(scheme: Scheme, sheet: Sheet) -> LocatedBlock:
    """逐项表填在第3列，附加栏随后；记录表和评分表各栏从第2列起；各行从第5行起。"""
    if sheet.kind is SheetKind.FIELDS:
        names = (VALUE, *(field.key for field in sheet.extras))
        rows = [field.key for field in sheet.fields]
        columns = {name: VALUE_COLUMN + offset for offset, name in enumerate(names)}
    else:
        codes = [item.code for item in scheme.indicators]
        numbers = [str(number) for number in range(1, sheet.capacity + 1)]
        rows = codes if sheet.kind is SheetKind.SCORE else numbers
        columns = {field.key: 2 + offset for offset, field in enumerate(sheet.fields)}
    return LocatedBlock(sheet.name, columns, {row: FIRST_ROW + n for n, row in enumerate(rows)})
