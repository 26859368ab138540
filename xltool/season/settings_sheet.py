"""设置：一行一项，填的格有提示，有列表的从列表里选；各项照登记的次序。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from xltool.address import Area, At
from xltool.form.common import TITLE_HEIGHT, in_order, title_cells
from xltool.layout.wording import BACK_TEXT
from xltool.season.kinds import DAY
from xltool.season.lists_sheet import list_name
from xltool.season.register import SETTINGS
from xltool.season.settings import HELP, LABEL, SHEET, VALUE
from xltool.sheets.paper import plainly
from xltool.sheets.plan import Cell, Link, Role, SheetPlan, Validation, ValidationKind
from xltool.sheets.prompts import prompt_text
from xltool.sheets.text import row_height

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xltool.season.register import Setting

_TITLE, _NOTE, _HEADER = 2, 3, 4
_HEADS: Final = (LABEL, VALUE, HELP)
_WIDTHS: Final = (18.0, 32.0, 66.0)
_NOTE_TEXT: Final = "浅黄格填写。命令上另写的以命令为准；位置从这个文件夹算起，也可写完整的路径。"


def settings_sheet(home: str, known: Mapping[str, str]) -> SheetPlan:
    """设置一张；`known` 是已经知道的各项（键和要写的文字）。"""
    cells = [
        Cell(At(1, 1), Link(BACK_TEXT, home, At(1, 1)), Role.LINK),
        *title_cells(_TITLE, SHEET, len(_WIDTHS)),
        Cell(At(_NOTE, 1), _NOTE_TEXT, Role.INFO),
        *(Cell(At(_HEADER, col), text, Role.HEADER) for col, text in enumerate(_HEADS, 1)),
    ]
    heights = {_TITLE: TITLE_HEIGHT}
    for row, setting in enumerate(SETTINGS, _HEADER + 1):
        text = known.get(setting.key) or None
        cells += [
            Cell(At(row, 1), setting.label, Role.FIXED),
            Cell(At(row, 2), text, Role.INPUT, setting.kind.number, unlocked=True),
            Cell(At(row, 3), setting.full_help, Role.FIXED),
        ]
        heights[row] = row_height([(setting.full_help, _WIDTHS[2]), (text or "", _WIDTHS[1])], 24.0)
    last = _HEADER + len(SETTINGS)
    return SheetPlan(
        name=SHEET,
        cells=in_order(cells),
        widths=_WIDTHS,
        heights=heights,
        validations=tuple(_validations()),
        freeze=At(_HEADER + 1, 1),
        printing=plainly(_WIDTHS, Area(At(_TITLE, 1), At(last, len(_WIDTHS))), _HEADER),
        protected=True,
    )


def _validations() -> Iterator[Validation]:
    for row, setting in enumerate(SETTINGS, _HEADER + 1):
        yield _validation(setting, Area(At(row, 2), At(row, 2)))


def _validation(setting: Setting[Any], area: Area) -> Validation:
    """填的格：日期、列表有校验，不合的只提醒；其余只有提示。"""
    kind = setting.kind
    prompt = prompt_text(f"应填{kind.expected}。{setting.full_help}")
    source, rule = "", ValidationKind.ANY
    if kind.options():
        source, rule = list_name(setting.key), ValidationKind.LIST
    elif setting.kind is DAY:
        rule = ValidationKind.DATE
    return Validation(
        area,
        rule,
        setting.label,
        prompt,
        "请核对" if rule is not ValidationKind.ANY else "",
        f"“{setting.label}”应填{kind.expected}。" if rule is not ValidationKind.ANY else "",
        source,
        strict=rule is ValidationKind.LIST and not kind.several,
    )
