"""“自查”一栏还在不在：公式没有了的、算不出来的，表上说的可不可以报送不作准。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.address import At, Place
from xltool.form.live.check import DUTIES, duty_of
from xltool.intake.template_cells import Kind
from xltool.layout.columns import SAID, SELF_CHECK
from xltool.messages import form as say
from xltool.xlsx.grid import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from xltool.finding import Finding
    from xltool.intake.classify_cells import Filled
    from xltool.intake.template_cells import Coordinate, TemplateCells
    from xltool.xlsx.grid import GridCell

_STARTS = tuple(f"{duty_of(one)}：" for one in DUTIES)


def dead_self_checks(
    sheet: str,
    cells: Mapping[Coordinate, GridCell],
    expected: TemplateCells,
    changed: Iterable[Filled],
    used: frozenset[str] | None,
) -> Iterator[Finding]:
    """一张表说一句；记录表没有填的行（不在 `used` 里）不算。"""
    dead = {
        (planned.key.row, at)
        for planned, at, cell in changed
        if planned.kind is Kind.LIVE and is_dead(planned.key.column, cell)
    }
    dead |= {
        (planned.key.row, at)
        for at, planned in expected.items()
        if planned.key.column == SELF_CHECK.key and planned.kind is Kind.LIVE and at not in cells
    }
    places = {row: at for row, at in sorted(dead, reverse=True) if used is None or row in used}
    if places:
        first = Place(sheet, At(*min(places.values())))
        yield say.DEAD_SELF_CHECK.finding(first, count=len(places))


def is_dead(column: str, cell: GridCell) -> bool:
    """写了别的字的，另说；照印着的粘贴成了数值的算。"""
    if column not in (SELF_CHECK.key, SAID.key):
        return False
    if cell.state is State.ERROR:
        return True
    text = cell.text.strip()
    return not cell.formula and (not text or text.startswith(_STARTS))
