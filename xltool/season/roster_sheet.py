"""名单：一行一个单位，各栏有提示和下拉列表，头一行是示例，其下留着空行。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.address import Area, At, column_letters
from xltool.collection.roster import HEADINGS
from xltool.collection.variants import variant_names
from xltool.form.common import TITLE_HEIGHT, in_order, title_cells
from xltool.season.lists_sheet import VARIANTS, ZERO, list_name
from xltool.sheets.paper import plainly
from xltool.sheets.plan import (
    Cell,
    Highlight,
    NumberFormat,
    Role,
    SheetPlan,
    Validation,
    ValidationKind,
)
from xltool.sheets.text import row_height

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xltool.collection.owed import Obligation
    from xltool.collection.roster import RosterEntry

SHEET: Final = "名单"
EXAMPLE_NAME: Final = "（示例，填时删去）某某局"  # 读名单时认得是示例，不算单位
_TITLE, _NOTE, _HEADER = 2, 3, 4
_FIRST: Final = _HEADER + 1
_SPARE: Final = 300  # 预留的空行；再往下照样填、照样读，只是没有下拉列表
_OWN: Final = "own "  # 旧名单另有的栏，键是表头
_NOTE_TEXT: Final = (
    "一行一个单位，浅黄格填写；只有“单位名称”必填。可以整列粘贴，也可以在右边另加自己的栏。"
)


class _Column(NamedTuple):
    """一栏：名单的键、宽、提示、示例；`choices` 是下拉列表，`several` 的可以填几个。"""

    key: str
    width: float
    prompt: str
    example: str = ""
    choices: str = ""
    several: bool = False


_COLUMNS: Final = (
    _Column("name", 28.0, "单位的全称，与封面上填的一致，如 示例市教育局。", EXAMPLE_NAME),
    _Column("code", 11.0, "预算编码，开头的0照写；有它，改了名的单位也认得出。", "101001"),
    _Column(
        "variants",
        16.0,
        "这个单位报哪种表，从列表里选；要报几种的，用顿号隔开，如 无专项资金、项目支出。",
        choices=VARIANTS,
        several=True,
    ),
    _Column("project", 22.0, "这个单位要评的项目，一个一行（单位名称照写）；评部门整体的空着。"),
    _Column("contact", 10.0, "联系谁报送，催报时用，如 张三。", "张三"),
    _Column("phone", 15.0, "联系人的电话，如 0750-1234567。", "0750-1234567"),
    _Column(
        "zero",
        8.0,
        "没有要评的选“是”（算应报，报的是零）；批准不用报的选“免报”（不算应报），缘由写在备注；其余空着。",
        "否",
        choices=ZERO,
    ),
    _Column("until", 12.0, "批准缓报的，填到哪一天，如 2025-5-31；逾期几天照它数。"),
    _Column("aliases", 16.0, "改过名的写原来的名称，几个用顿号隔开，如 示例市教委。"),
    _Column("group", 12.0, "归口哪个科室，汇总里可以照它筛选。"),
    _Column("remark", 18.0, "给自己看的，印在汇总的报送情况里。"),
)


def roster_sheet(entries: Sequence[RosterEntry] = ()) -> SheetPlan:
    """名单一张；`entries` 是已经知道的各单位，没有的印一行示例。"""
    rows = [row for entry in entries for row in _rows(entry)] or [_example()]
    columns = (*_COLUMNS, *_own(entries))
    cells = [
        *title_cells(_TITLE, "应报单位名单", len(columns)),
        Cell(At(_NOTE, 1), _NOTE_TEXT, Role.INFO),
    ]
    last = _HEADER + len(rows) + _SPARE
    heights = {_TITLE: TITLE_HEIGHT}
    for position, column in enumerate(columns, 1):
        cells.append(Cell(At(_HEADER, position), _heading(column), Role.HEADER))
        for row in range(_FIRST, last + 1):
            known = rows[row - _FIRST] if row - _FIRST < len(rows) else None
            text = known.get(column.key) or None if known else None
            role = Role.PLAIN if known is None else Role.INPUT
            cells.append(Cell(At(row, position), text, role, NumberFormat.TEXT, unlocked=True))
    widths = tuple(column.width for column in columns)
    for number, known in enumerate(rows, _FIRST):
        texts = [(known.get(one.key, ""), one.width) for one in columns]
        heights[number] = row_height(texts, 22.0)
    return SheetPlan(
        name=SHEET,
        cells=in_order(cells),
        widths=widths,
        heights=heights,
        validations=tuple(_validations(last)),
        freeze=At(_FIRST, 2),
        highlights=(_to_fill(_FIRST + len(rows), last, len(columns)),),
        printing=plainly(widths, None, _HEADER, 1),
    )


def _to_fill(first: int, last: int, columns: int) -> Highlight:
    """空行填到哪一行，浅黄的底色和框线就到它的下一行：印出来没有空着的几页。"""
    right = column_letters(columns)
    area = Area(At(first, 1), At(last, columns))
    return Highlight(area, f"COUNTA($A{first - 1}:${right}{first})>0", Role.INPUT)


def _example() -> Mapping[str, str]:
    """示例行：读的时候不算单位。"""
    texts = {column.key: column.example for column in _COLUMNS}
    return texts | {"variants": variant_names()[0]}


def _rows(entry: RosterEntry) -> Iterator[Mapping[str, str]]:
    """一个单位的各行：写了项目的一份一行，只有表种的写在一格里；另有的栏照抄。"""
    common = {
        "name": entry.name,
        "code": entry.code,
        "contact": entry.contact,
        "phone": entry.phone,
        "group": entry.group,
    }
    first = {
        "until": entry.until.isoformat() if entry.until else "",
        "aliases": "、".join(entry.aliases),
        "remark": entry.remark,
        **{_own_key(heading): text for heading, text in entry.extra.items()},
    }
    zero = "免报" if entry.exempt else "是" if entry.zero else ""
    rows = [*_lines(entry.owed, zero), *_lines(entry.spared, "免报")]
    rows.sort(key=lambda row: any(row[key] for key in ("variants", "project")))
    for number, row in enumerate(rows):
        yield common | row | (first if number == 0 else {})


def _lines(owed: Sequence[Obligation], zero: str) -> Iterator[dict[str, str]]:
    """几份各写在哪一行；零报送、免报只管写着它的那一行，每一行都写。"""
    whole = [one.form for one in owed if not one.project]
    if whole:
        yield {"variants": "、".join(filter(None, whole)), "project": "", "zero": zero}
    for one in owed:
        if one.project:
            yield {"variants": one.form, "project": one.project, "zero": zero}


def _own(entries: Sequence[RosterEntry]) -> Iterator[_Column]:
    """旧名单另有的栏，接在右边。"""
    for heading in dict.fromkeys(heading for entry in entries for heading in entry.extra):
        yield _Column(_own_key(heading), 20.0, "")


def _own_key(heading: str) -> str:
    return f"{_OWN}{heading}"


def _heading(column: _Column) -> str:
    if column.key.startswith(_OWN):
        return column.key.removeprefix(_OWN)
    return HEADINGS[column.key][0]


def _validations(last: int) -> Iterator[Validation]:
    for position, column in enumerate(_COLUMNS, 1):
        heading = _heading(column)
        area = Area(At(_FIRST, position), At(last, position))
        if column.choices:
            yield Validation(
                area,
                ValidationKind.LIST,
                heading,
                column.prompt,
                "不在列表里",
                f"“{heading}”请从列表里选。",
                list_name(column.choices),
                strict=not column.several,
            )
        else:
            yield Validation(area, ValidationKind.ANY, heading, column.prompt)
