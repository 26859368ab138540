"""催报名单：没有报、没有报齐的单位，找谁、欠哪几份、过期几天。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.address import Area, At
from xltool.collection.statuses import FileStatus
from xltool.collection.table import find_table
from xltool.finding import LONGEST_NAME, bounded
from xltool.form.common import TITLE_HEIGHT, title_cells
from xltool.season.letter import day_text
from xltool.sheets.plan import Cell, NumberFormat, Print, Role, SheetPlan, WorkbookPlan
from xltool.sheets.text import row_height
from xltool.values import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from xltool.collection.model import Collection
    from xltool.collection.unit_standings import UnitStanding
    from xltool.sheets.plan import Content
    from xltool.xlsx.grid import Book

FILE: Final = "催报名单.xlsx"
SHEET: Final = "催报名单"
_TITLE, _NOTE, _HEADER = 1, 2, 4
_BLANK_SENT: Final = "交来的是空白表"


class _Column(NamedTuple):
    """一栏：键、表头、宽、作用。"""

    key: str
    heading: str
    width: float
    role: Role = Role.BODY


_COLUMNS: Final = (
    _Column("number", "序号", 6, Role.BODY_CENTER),
    _Column("name", "单位", 22),
    _Column("code", "预算编码", 10),
    _Column("group", "归口", 12),
    _Column("contact", "联系人", 9),
    _Column("phone", "电话", 15),
    _Column("status", "报送情况", 9, Role.BODY_CENTER),
    _Column("owed", "欠报", 26),
    _Column("late", "逾期天数", 9, Role.BODY_CENTER),
    _Column("called", "催报记录", 22, Role.REVIEW),
)
_HEADINGS: Final = {one.key: (one.heading,) for one in _COLUMNS}


class Reminders(NamedTuple):
    """要催的：没有报、没有报齐的单位，交来空白表的是哪些，什么时候截止，今天是哪天，打过哪些电话。"""

    units: tuple[UnitStanding, ...]
    blank: frozenset[str]
    deadline: date | None
    today: date
    called: Mapping[str, str]


def blanks_of(collection: Collection) -> frozenset[str]:
    """交来空白表的单位。"""
    return frozenset(one.unit for one in collection.files if one.status is FileStatus.BLANK)


def reminders_plan(listed: Reminders) -> WorkbookPlan:
    """催报名单的计划。"""
    rows = list(_rows(listed))
    last = _HEADER + max(1, len(rows))
    heights = {
        number: row_height([(str(row.get(one.key) or ""), one.width) for one in _COLUMNS], 22.0)
        for number, row in enumerate(rows, _HEADER + 1)
    }
    sheet = SheetPlan(
        name=SHEET,
        cells=_cells(rows, listed),
        widths=tuple(one.width for one in _COLUMNS),
        heights={_TITLE: TITLE_HEIGHT, **heights},
        freeze=At(_HEADER + 1, 3),
        filter=Area(At(_HEADER, 1), At(last, len(_COLUMNS))),
        printing=Print(
            title_rows=(_HEADER, _HEADER), area=Area(At(_TITLE, 1), At(last, len(_COLUMNS)))
        ),
    )
    return WorkbookPlan(sheets=(sheet,), title=SHEET, subject="绩效自评收表")


def _cells(rows: Sequence[Mapping[str, Content]], listed: Reminders) -> Iterator[Cell]:
    yield from title_cells(_TITLE, SHEET, len(_COLUMNS))
    yield Cell(At(_NOTE, 1), _note(listed), Role.INFO)
    for position, column in enumerate(_COLUMNS, 1):
        yield Cell(At(_HEADER, position), column.heading, Role.HEADER)
    for number, row in enumerate(rows, _HEADER + 1):
        for position, column in enumerate(_COLUMNS, 1):
            content = row.get(column.key)
            kind = NumberFormat.INTEGER if isinstance(content, int) else NumberFormat.TEXT
            yield Cell(At(number, position), content or None, column.role, kind)


def _note(listed: Reminders) -> str:
    """截至哪天，截止日期是哪天。"""
    today, limit = listed.today, listed.deadline
    counted = f"截至 {day_text(today)}，未报、未报齐 {len(listed.units)} 个。"
    if limit is None:
        return f"{counted}没有给截止日期，逾期天数空着。"
    days = (limit - today).days
    left = f"，还有 {days} 天" if days > 0 else ""
    return f"{counted}截止日期 {day_text(limit)}{left}。“催报记录”由人填写，再写时带过来。"


def _rows(listed: Reminders) -> Iterator[dict[str, Content]]:
    late = max(0, (listed.today - listed.deadline).days) if listed.deadline else 0
    for number, unit in enumerate(listed.units, 1):
        owed = "、".join(one.label for one in unit.missing)
        sent = f"（{_BLANK_SENT}）" if unit.key in listed.blank else ""
        yield {
            "number": number,
            "name": bounded(unit.name, LONGEST_NAME),
            "code": unit.code,
            "group": unit.group,
            "contact": unit.contact,
            "phone": unit.phone,
            "status": unit.status.label,
            "owed": f"{bounded(owed)}{sent}",
            "late": late,
            "called": listed.called.get(unit_mark(unit.code, unit.name), ""),
        }


def unit_mark(code: str, name: str) -> str:
    """一个单位，凭名称和编码认。"""
    return f"{fold(code)} {fold(name)}"


def called_in(book: Book) -> dict[str, str]:
    """一份催报名单里人写的催报记录。"""
    grid = next((grid for grid in book.grids if grid.name == SHEET), None)
    table = find_table(grid, _HEADINGS, ("name", "called")) if grid else None
    if table is None:
        return {}
    said = {
        unit_mark(table.text(row, "code"), table.text(row, "name")): table.text(row, "called")
        for row in table.rows()
    }
    return {mark: bounded(text) for mark, text in said.items() if text}
