"""正在读的一格：原文、整理过的正文和年度，以及由它做出结果。"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypedDict, Unpack

from xltool.values.kinds import Family, Kind, Measure

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from xltool.values.kinds import Direction, MeasureUnit, Operator
    from xltool.values.text import Tidied

_BY_FAMILY = {Family.POINT: Kind.PP, Family.TIME: Kind.DUR}
# 这些种类由数或日期构成，整理文字就是换算，要记下
_CONVERTED = frozenset(
    {Kind.NUM, Kind.PP, Kind.GROWTH, Kind.RANGE, Kind.DUR, Kind.DATE, Kind.FRAC, Kind.NAMEVAL}
)


class Parts(TypedDict, total=False):
    """结果里除原文和种类以外的部分。"""

    operator: Operator | None
    number: Decimal | None
    unit: MeasureUnit | None
    magnitude: Decimal
    upper: Decimal | None
    direction: Direction | None
    begins: date | None
    deadline: date | None
    truth: bool | None
    tier: str | None
    name: str
    notices: tuple[str, ...]


class Source(NamedTuple):
    """正在读的一格。"""

    raw: str
    tidied: Tidied
    year: int | None

    @property
    def body(self) -> str:
        """整理过的正文。"""
        return self.tidied.body

    def measure(self, kind: Kind, **parts: Unpack[Parts]) -> Measure:
        """做出结果，带上原文、括注和整理时作过的换算。"""
        if kind in _CONVERTED:
            parts["notices"] = self.tidied.notices + parts.get("notices", ())
        return Measure(raw=self.raw, kind=kind, note=self.tidied.note, **parts)


def kind_of(unit: MeasureUnit | None) -> Kind:
    """带这个单位的数属于哪一种。"""
    return Kind.NUM if unit is None else _BY_FAMILY.get(unit.family, Kind.NUM)
