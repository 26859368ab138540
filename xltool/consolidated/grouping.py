"""按什么分组：名单上的归口科室；没有的，看名单另有的栏里有没有合用的。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from xltool.collection.model import Unit
    from xltool.consolidated.source import Source

_GROUP: Final = "归口"
NO_GROUP: Final = "（没有写）"
_MOST: Final = 20  # 再多就不是分组的栏
_LEAST: Final = 2


class Grouping(NamedTuple):
    """一种分法：表头、各组（依名单的次序，没有写的在后）、一个单位在哪一组。

    `named` 是别处的单位在哪一组，这里没有那一组的为空。
    """

    heading: str
    names: tuple[str, ...]
    of: Callable[[Unit], str]
    named: Callable[[Unit], str | None]


def grouping_of(source: Source) -> Grouping | None:
    """一种表的各单位按什么分组；名单上没有可分的为空。"""
    units = [unit for _, unit in source.units]
    if any(unit.group for unit in units):
        return _grouping(_GROUP, units, lambda unit: unit.group)
    headings = dict.fromkeys(key for unit in units for key, text in unit.extra.items() if text)
    for heading in headings:

        def own(unit: Unit, heading: str = heading) -> str:
            return unit.extra.get(heading, "")

        count = len({own(unit) for unit in units if own(unit)})
        if _LEAST <= count <= min(_MOST, len(units) // _LEAST):
            return _grouping(heading, units, own)
    return None


def _grouping(heading: str, units: list[Unit], own: Callable[[Unit], str]) -> Grouping:
    known: dict[str, str] = {}  # 大小写不同的，公式里是同一组；写法照头一个
    for unit in units:
        known.setdefault(own(unit).casefold(), own(unit))
    without = (NO_GROUP,) if "" in known else ()
    names = (*filter(None, known.values()), *without)

    def named(unit: Unit) -> str | None:
        found = known.get(own(unit).casefold())
        return found if found is None else found or NO_GROUP

    return Grouping(heading, names, lambda unit: known[own(unit).casefold()] or NO_GROUP, named)


def same_as(cell: str) -> str:
    """条件里写“与这一格的字相同”：名单上的字里有 * ? ~ 或以 < > = 开头的，也只是字。"""
    for mark in "~*?":
        cell = f'SUBSTITUTE({cell},"{mark}","~{mark}")'
    return f'"="&{cell}'


def in_groups(source: Source) -> Sequence[tuple[int, Unit]]:
    """各单位和序号：分组的，一组排在一起，组里依名单的次序。"""
    grouping = grouping_of(source)
    if grouping is None:
        return source.units
    places = {name: place for place, name in enumerate(grouping.names)}
    return sorted(source.units, key=lambda pair: places[grouping.of(pair[1])])
