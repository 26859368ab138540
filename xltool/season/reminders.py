"""催报名单：没有报、没有报齐的单位，找谁、欠哪几份、过期几天。"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.collection.dates import limit_of
from xltool.collection.file_outcomes import is_report
from xltool.collection.owners import Identity, Owners
from xltool.collection.statuses import FileStatus, UnitStatus
from xltool.collection.table import find_table
from xltool.finding import LONGEST_NAME, bounded
from xltool.messages.narrative import ASIDE, NOT_ADOPTED
from xltool.season.letter import day_text
from xltool.season.plain_sheet import PlainColumn, PlainSheet
from xltool.sheets.plan import Role, WorkbookPlan
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
_BLANK_SENT: Final = "交来的是空白表"
_REPORT_SENT: Final = "只交来自评报告"
_JOINT: Final = "；"

_COLUMNS: Final = (
    PlainColumn("number", "序号", 6, Role.BODY_CENTER),
    PlainColumn("name", "单位", 22),
    PlainColumn("code", "预算编码", 10),
    PlainColumn("group", "归口", 12),
    PlainColumn("contact", "联系人", 9),
    PlainColumn("phone", "电话", 15),
    PlainColumn("status", "报送情况", 9, Role.BODY_CENTER),
    PlainColumn("owed", "欠报", 24),
    PlainColumn("until", "缓报至", 13, Role.BODY_CENTER),
    PlainColumn("late", "逾期天数", 9, Role.BODY_CENTER),
    PlainColumn("remark", "备注", 16),
    PlainColumn("called", "催报记录", 22, Role.REVIEW),
)
_HEADINGS: Final = {one.key: (one.heading,) for one in _COLUMNS}


class Reminders(NamedTuple):
    """要催的：没有报、没有报齐的单位，只交来空白表、自评报告的是哪些，什么时候截止，今天是哪天，打过哪些电话。"""

    units: tuple[UnitStanding, ...]
    sent: Mapping[str, str]
    deadline: date | None
    today: date
    called: Mapping[str, str]


def sent_by(collection: Collection) -> Mapping[str, str]:
    """没有交评分表的各单位交来的是什么：空白表，或者自评报告。"""
    aside = ASIDE.format(why=NOT_ADOPTED)
    found = {
        one.unit: _REPORT_SENT for one in collection.files if is_report(one) or one.reason == aside
    }
    blank = (one.unit for one in collection.files if one.status is FileStatus.BLANK)
    return found | dict.fromkeys(blank, _BLANK_SENT)


def reminders_plan(listed: Reminders) -> WorkbookPlan:
    """催报名单的计划。"""
    sheet = PlainSheet(SHEET, _note(listed), _COLUMNS, tuple(_rows(listed)), 2).plan()
    return WorkbookPlan(sheets=(sheet,), title=SHEET, subject="绩效自评收表")


def _note(listed: Reminders) -> str:
    """截至哪天，截止日期是哪天。"""
    today, limit = listed.today, listed.deadline
    counted = f"截至 {day_text(today)}，未报、未报齐 {len(listed.units)} 个。"
    if limit is None:
        deferred = any(unit.until for unit in listed.units)
        late = "只有批准缓报的数逾期天数" if deferred else "逾期天数空着"
        return f"{counted}没有给截止日期，{late}。"
    days = (limit - today).days
    left = f"，还有 {days} 天" if days > 0 else ""
    return f"{counted}截止日期 {day_text(limit)}{left}。“催报记录”由人填写，再写时带过来。"


def _rows(listed: Reminders) -> Iterator[dict[str, Content]]:
    for number, unit in enumerate(listed.units, 1):
        owed = "、".join(one.label for one in unit.missing)
        nothing = unit.status is UnitStatus.ABSENT  # 采用了一份的，不能说只交来别的
        sent = f"（{listed.sent[unit.key]}）" if nothing and unit.key in listed.sent else ""
        limit = limit_of(listed.deadline, unit.until)
        late = max(0, (listed.today - limit).days) if limit else 0
        yield {
            "number": number,
            "name": bounded(unit.name, LONGEST_NAME),
            "code": unit.code,
            "group": unit.group,
            "contact": unit.contact,
            "phone": unit.phone,
            "status": unit.status.label,
            "owed": f"{bounded(owed)}{sent}",
            "until": day_text(unit.until) if unit.until else "",
            "late": late or None,
            "remark": bounded(unit.remark),
            "called": listed.called.get(unit_mark(unit.code, unit.name), ""),
        }


def unit_mark(code: str, name: str) -> str:
    """一个单位，凭名称和编码认。"""
    return f"{fold(code)} {fold(name)}"


def called_in(book: Book) -> dict[Identity, str]:
    """一份催报名单里人写的催报记录，各是写在哪个单位的。"""
    grid = next((grid for grid in book.grids if grid.name == SHEET), None)
    table = find_table(grid, _HEADINGS, ("name", "called")) if grid else None
    if table is None:
        return {}
    said = {
        Identity(fold(table.text(row, "code")), fold(table.text(row, "name"))): table.text(
            row, "called"
        )
        for row in table.rows()
    }
    return {who: bounded(text) for who, text in said.items() if text}


def followed(called: Mapping[Identity, str], units: Sequence[UnitStanding]) -> dict[str, str]:
    """催报记录是现在哪个单位的，按它的编码和名称；改了名、换了编码的照曾用名认，分不清的不放。

    曾用名下的与现在名称下的都写了，接在一起：先写的在前，已经写在另一条里的不重复。
    """
    now = [
        (unit_mark(one.code, one.name), Identity("", fold(one.name), former=_folded(one.aliases)))
        for one in units
    ]
    owners = Owners(now)  # 编码会挪给别的单位，这里只有要催的，看不出：只看名称
    names = {key: who.name for key, who in now}
    own: dict[str, str] = {}
    said: dict[str, list[str]] = defaultdict(list)
    for who, text in called.items():
        key = owners.of(who._replace(code="")).key
        if key and names[key] == who.name:
            own[key] = text
        elif key:
            said[key].append(text)
    for key, text in own.items():
        said[key].append(text)
    return {key: _joined(list(dict.fromkeys(texts))) for key, texts in said.items()}


def _joined(texts: Sequence[str]) -> str:
    kept = (one for one in texts if not any(one in other for other in texts if other != one))
    return _JOINT.join(kept)


def _folded(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(fold, names))
