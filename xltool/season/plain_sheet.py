"""工作文件夹里的登记表：标题、一句说明、表头、各行；收表记录、催报名单都照它排。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.address import Area, At
from xltool.form.common import TITLE_HEIGHT, title_cells
from xltool.sheets.paper import fitted, plainly
from xltool.sheets.plan import Cell, NumberFormat, Role, SheetPlan
from xltool.sheets.text import row_height

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xltool.sheets.plan import Content

_TITLE, _NOTE, _HEADER = 1, 2, 4
_LOWEST: Final = 22.0


class PlainColumn(NamedTuple):
    """一栏：键、表头、宽、作用；居中的是数和短的字。"""

    key: str
    heading: str
    width: float
    role: Role = Role.BODY


@dataclass(frozen=True, slots=True)
class PlainSheet:
    """一张登记表；`frozen` 是左边冻结几栏。"""

    name: str
    note: str
    columns: Sequence[PlainColumn]
    rows: Sequence[Mapping[str, Content]]
    frozen: int

    def plan(self) -> SheetPlan:
        """成为工作表。"""
        columns = self.columns
        last, widths = _HEADER + max(1, len(self.rows)), self._widths
        heights = {
            number: row_height([(str(row[one.key] or ""), one.width) for one in columns], _LOWEST)
            for number, row in enumerate(self.rows, _HEADER + 1)
        }
        return SheetPlan(
            name=self.name,
            cells=self._cells(),
            widths=widths,
            heights={_TITLE: TITLE_HEIGHT, **heights},
            freeze=At(_HEADER + 1, self.frozen + 1),
            filter=Area(At(_HEADER, 1), At(last, len(columns))),
            printing=plainly(
                widths, Area(At(_TITLE, 1), At(last, len(columns))), _HEADER, self.frozen
            ),
        )

    @property
    def _widths(self) -> tuple[float, ...]:
        return tuple(one.width for one in self.columns)

    def _cells(self) -> Iterator[Cell]:
        first = fitted(self._widths, self.frozen).first  # 标题居中在头一页的各栏上面
        yield from title_cells(_TITLE, self.name, first)
        yield Cell(At(_NOTE, 1), self.note, Role.INFO)
        for position, column in enumerate(self.columns, 1):
            yield Cell(At(_HEADER, position), column.heading, Role.HEADER)
        for number, row in enumerate(self.rows, _HEADER + 1):
            for position, column in enumerate(self.columns, 1):
                content = None if row[column.key] == "" else row[column.key]
                kind = NumberFormat.INTEGER if isinstance(content, int) else NumberFormat.TEXT
                yield Cell(At(number, position), content, column.role, kind)
