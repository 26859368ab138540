"""移表清单：没有搬的、要核对的、上年的答案，一行一条，写着值、原单元格、原因、怎么办。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.address import Area, At
from xltool.form.common import TITLE_HEIGHT, title_cells
from xltool.layout.layout import BACK, CARRIED, GUIDE
from xltool.layout.wording import BACK_TEXT
from xltool.migrating.model import Fate
from xltool.sheets.paper import plainly
from xltool.sheets.plan import Cell, Link, Role, SheetPlan
from xltool.sheets.text import row_height

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.migrating.model import Line, Migrated
    from xltool.sheets.plan import Content


class _Column(NamedTuple):
    heading: str
    width: float
    role: Role = Role.BODY


_COLUMNS: Final = (
    _Column("序号", 6, Role.BODY_CENTER),
    _Column("情况", 10, Role.BODY_CENTER),
    _Column("旧表的格", 22),
    _Column("旧表写的", 34),
    _Column("是什么、为什么", 46),
    _Column("怎么办", 36),
    _Column("新表的格", 20, Role.LINK),
)
_ROLES: Final = {Fate.LEFT: Role.WARNING, Fate.LOOK: Role.NOTICE, Fate.EARLIER: Role.BODY_CENTER}
_TITLE, _NOTE, _HEADER = 2, 3, 5
_FATE: Final = 2


def list_sheet(migrated: Migrated) -> SheetPlan:
    """移表清单的计划。"""
    lines = migrated.lines
    last = _HEADER + max(1, len(lines))
    widths = tuple(column.width for column in _COLUMNS)
    return SheetPlan(
        name=CARRIED,
        cells=tuple(_cells(migrated)),
        widths=widths,
        heights={
            _TITLE: TITLE_HEIGHT,
            **{row: _height(line) for row, line in enumerate(lines, _HEADER + 1)},
        },
        freeze=At(_HEADER + 1, 1),
        filter=Area(At(_HEADER, 1), At(last, len(_COLUMNS))),
        printing=plainly(widths, Area(At(_TITLE, 1), At(last, len(_COLUMNS))), _HEADER, 1),
        tab=Role.WARNING if migrated.listed(Fate.LEFT) else Role.NOTICE,
    )


def counted(migrated: Migrated) -> str:
    """各种各几条，给人看。"""
    words = [f"{fate.label} {len(migrated.listed(fate))} 条" for fate in Fate]
    return f"搬了 {len(migrated.contents)} 格；{'，'.join(words)}"


def _cells(migrated: Migrated) -> Iterator[Cell]:
    yield Cell(BACK, Link(BACK_TEXT, GUIDE, At(1, 1)), Role.LINK)
    yield from title_cells(_TITLE, CARRIED, len(_COLUMNS))
    note = f"由{migrated.year}年度的旧表移来：{counted(migrated)}。看完不用删，报送时留着不影响。"
    yield Cell(At(_NOTE, 1), note, Role.INFO)
    for position, column in enumerate(_COLUMNS, 1):
        yield Cell(At(_HEADER, position), column.heading, Role.HEADER)
    for number, line in enumerate(migrated.lines, 1):
        row = _HEADER + number
        for position, (content, column) in enumerate(
            zip(_contents(number, line), _COLUMNS, strict=True), 1
        ):
            role = _ROLES[line.fate] if position == _FATE else column.role
            blank = role is Role.LINK and content is None
            yield Cell(At(row, position), content, Role.BODY if blank else role)


def _contents(number: int, line: Line) -> tuple[Content, ...]:
    finding, to = line.finding, line.to
    link = Link(to.label, to.sheet, to.at) if to else None
    return (
        number,
        line.fate.label,
        finding.where or None,
        line.value or None,
        finding.message,
        finding.remedy,
        link,
    )


def _height(line: Line) -> float:
    texts = [str(text or "") for text in _contents(0, line)[:-1]]
    texts.append(line.to.label if line.to else "")
    return row_height(zip(texts, (column.width for column in _COLUMNS), strict=True))
