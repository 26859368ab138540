"""测试用：每张表都填满的一份表；每格的值各不相同，读错了地方就看得出来。"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import count
from typing import TYPE_CHECKING

from openpyxl_books import changed

from xltool.excel.write import render_book
from xltool.form.book import form_plan
from xltool.form.form import make_form
from xltool.intake.submission import understand_book
from xltool.scheme.key import VALUE, CellKey
from xltool.scheme.loader import load_scheme
from xltool.scheme.model import FieldKind, SheetKind
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from openpyxl import Workbook

    from xltool.facts.entry import Entry
    from xltool.facts.typed import Typed
    from xltool.finding import Finding
    from xltool.intake.submission import FormReading
    from xltool.scheme.model import Field, Scheme, Sheet

SCHEME_ID = "jiangmen-2025-special"
ROWS = 12  # 各记录表填几条


def scheme() -> Scheme:
    return load_scheme(SCHEME_ID)


@cache
def full_contents() -> dict[CellKey, Typed]:
    """每个填报格都有值。"""
    contents: dict[CellKey, Typed] = {}
    numbers = count(1)
    for sheet in scheme().sheets:
        for key, field in cells_of(sheet):
            contents[key] = _value(field, next(numbers), contents.get(_parent(key, field)))
    return contents


def cells_of(sheet: Sheet) -> Iterator[tuple[CellKey, Field]]:
    """一张表的各填报格。"""
    if sheet.kind is SheetKind.FIELDS:
        rows = [field.key for field in sheet.fields if field.computation is None]
        yield from (
            (CellKey(sheet.key, field.key, VALUE), field)
            for field in sheet.fields
            if field.computation is None
        )
    elif sheet.kind is SheetKind.SCORE:
        rows = [indicator.code for indicator in scheme().indicators]
    else:
        rows = [str(number) for number in range(1, ROWS + 1)]
    for row in rows:
        for field in sheet.columns:
            if field.computation is None:
                yield CellKey(sheet.key, row, field.key), field


def _parent(key: CellKey, field: Field) -> CellKey:
    return key._replace(column=field.depends)


def _value(field: Field, number: int, parent: Typed | None) -> Typed:
    if field.key == "year":  # 别的年度的表要退回
        return Decimal(scheme().year)
    listed = field.options if field.kind is FieldKind.CHOICE else ""
    listed = field.options_by[str(parent)] if field.options_by else listed
    if listed:
        options = scheme().options[listed].options
        return options[number % len(options)].value
    values: dict[FieldKind, Typed] = {
        FieldKind.DATE: date(2024, 1, 1) + timedelta(number),
        FieldKind.MONTH: date(2024, 1, 1),
        FieldKind.PERCENT: Decimal(number) / 1000,
        FieldKind.INTEGER: (field.minimum or Decimal(0)) + number % 90,
        FieldKind.POINTS: Decimal(number) / 100,
        FieldKind.MONEY: Decimal(1000 + number) + Decimal("0.25"),
        FieldKind.NUMBER: Decimal(1000 + number) + Decimal("0.5"),
        FieldKind.MEASURE: Decimal(2000 + number) if number % 3 else f"完成第{number}项任务",
    }
    return values.get(field.kind, f"{field.label}之{number}")


@cache
def full_bytes() -> bytes:
    """填满的一份。"""
    return render_book(form_plan(make_form(scheme(), full_contents())))


@cache
def blank_bytes() -> bytes:
    """空白模板。"""
    return render_book(form_plan(make_form(scheme(), {})))


def read(data: bytes) -> FormReading:
    """像命令行一样读一份。"""
    return understand_book(read_bytes(data), [scheme()])


@cache
def full_reading() -> FormReading:
    return read(full_bytes())


# ---------------------------------------------------------------- 记录表只备几行的


@cache
def few_scheme() -> Scheme:
    """记录表填满以后只再备三个空行：多备的各行都一样。"""
    few = (replace(one, capacity=min(one.capacity, ROWS + 3)) for one in scheme().sheets)
    return replace(scheme(), sheets=tuple(few))


@cache
def few_bytes() -> bytes:
    """填满的一份。"""
    return render_book(form_plan(make_form(few_scheme(), full_contents())))


@cache
def few_blank_bytes() -> bytes:
    """空白模板。"""
    return render_book(form_plan(make_form(few_scheme(), {})))


@cache
def few_entries() -> Mapping[CellKey, Entry]:
    """填满的一份读出的各格。"""
    submission = understand_book(read_bytes(few_bytes()), [few_scheme()]).submission
    assert submission is not None
    return submission.entries


def spots(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """编码和位置。"""
    return [(finding.code, finding.where) for finding in findings]


NOISE = "V156"  # 填满的表里有一格特意超出范围
FORM, RECORDS, FINANCE, COVER = "评分表", "绩效目标完成情况", "收支与资产", "封面"


def after(change: Callable[[Workbook], None], data: bytes | None = None) -> FormReading:
    return read(changed(full_bytes() if data is None else data, change))


def said(reading: FormReading) -> list[tuple[str, str, str]]:
    return [(f.code, f.where, f.message) for f in reading.findings if f.code != NOISE]


def entries(reading: FormReading) -> dict[CellKey, Entry]:
    assert reading.submission is not None
    return dict(reading.submission.entries)


def lost(reading: FormReading) -> set[CellKey]:
    """没有照旧读出的格。"""
    found, base = entries(reading), entries(full_reading())
    return {
        key
        for key in {*found, *base}
        if key not in found or key not in base or found[key].value != base[key].value
    }
