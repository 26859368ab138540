"""造几份填好的报送：每个填报项都按例子填，再改几处。"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from form_files import form_file
from scheme_variants import brief_for

from xltool.address import At
from xltool.excel.write import render_book
from xltool.form.form import make_form
from xltool.scheme.key import VALUE, CellKey
from xltool.scheme.model import FieldKind, SheetKind
from xltool.scoring.catalogue import ready_scheme
from xltool.sheets.plan import Cell, Role, SheetPlan, WorkbookPlan
from xltool.values import read_date, read_decimal, read_percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xltool.facts.typed import Typed
    from xltool.scheme.model import Field, Scheme

SCHEME = "jiangmen-2025-special"


def filled(scheme: Scheme, rows: int = 20) -> dict[CellKey, Typed]:
    """每个填报项都填上例子；记录表各填若干行。"""
    return dict(_filled(scheme, rows))


def _filled(scheme: Scheme, rows: int) -> Iterator[tuple[CellKey, Typed]]:
    for sheet in scheme.sheets:
        if sheet.kind is SheetKind.FIELDS:
            cells = [(CellKey(sheet.key, field.key, VALUE), field) for field in sheet.fields]
            keys = [field.key for field in sheet.fields]
        else:
            cells = []
            numbers = range(1, min(rows, sheet.capacity) + 1)
            form = sheet.kind is SheetKind.SCORE
            keys = [i.code for i in scheme.indicators] if form else [str(n) for n in numbers]
        cells += [(CellKey(sheet.key, key, f.key), f) for f in sheet.columns for key in keys]
        for key, field in cells:
            if field.computation is None and field.example:
                yield key, typed(field)


def typed(field: Field) -> Typed:
    """例子的文字变成格里的值。"""
    text = field.example
    number = read_decimal(text, unit=field.unit).value
    match field.kind:
        case FieldKind.DATE | FieldKind.MONTH:
            return read_date(text).value or text
        case FieldKind.PERCENT:
            percent = read_percent(text).value
            return text if percent is None else percent / 100
        case FieldKind.TEXT | FieldKind.CHOICE | FieldKind.SUGGESTION:
            return text
        case _:
            return text if number is None else number


@cache
def form_bytes(*changes: tuple[str, Typed], scheme_id: str = SCHEME) -> bytes:
    """一份填好的 .xlsx；`changes` 是“表.项”和要改成的值，空串就是不填。"""
    scheme, _ = ready_scheme(scheme_id)
    contents = filled(scheme, rows=1) | {_key(name): value for name, value in changes}
    kept = {key: value for key, value in contents.items() if value != ""}
    return form_file(make_form(brief_for(scheme, kept), kept))


def _key(dotted: str) -> CellKey:
    sheet, row, *column = dotted.split(".")
    return CellKey(sheet, row, column[0] if column else VALUE)


def submission(
    name: str,
    code: str = "",
    day: date | None = date(2025, 4, 18),
    **changes: Typed,
) -> bytes:
    """某个部门的一份报送；`changes` 是封面上要改的项。"""
    cover: Mapping[str, Typed] = {
        "department": name,
        "department_code": code,
        "date": day or "",
        **changes,
    }
    return form_bytes(*((f"cover.{key}", value) for key, value in cover.items()))


def roster_bytes(*rows: tuple[str, ...]) -> bytes:
    """一份名单，一行一个元组。"""
    cells = tuple(
        Cell(At(line, column), text, Role.BODY)
        for line, row in enumerate(rows, 1)
        for column, text in enumerate(row, 1)
        if text
    )
    return render_book(WorkbookPlan((SheetPlan("名单", cells),)))


HEADER = ("序号", "预算编码", "单位名称", "联系人", "联系电话", "零报送", "曾用名")
ROSTER = (
    ("2024年度绩效自评单位名单",),
    HEADER,
    ("1", "101", "江门市财政局", "张三", "0750-1234567", "否"),
    ("2", "102", "江门市教育局", "李四", "", "否"),
    ("3", "103", "江门市工业和信息化局", "", "", "", "江门市经济和信息化局、市工信局"),
    ("4", "104", "江门市民政局", "王五", "", "是"),
)
