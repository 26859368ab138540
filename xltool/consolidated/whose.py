"""作分析才要的栏：哪个单位、哪一种表、哪个文件、哪一格；工作表上由链接和表名说明，不另列。"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from xltool.consolidated.columns import Column
from xltool.finding import CODE_HEADINGS
from xltool.scoring.catalogue import ready_scheme

if TYPE_CHECKING:
    from collections.abc import Callable

    from xltool.collection.model import Unit
    from xltool.consolidated.columns import Item
    from xltool.finding import Finding

T = TypeVar("T")


def with_whose(
    columns: tuple[Column[T], ...], unit_of: Callable[[T], Unit | None]
) -> tuple[Column[T], ...]:
    """补上表里没有的：预算编码、单位名称、来源文件、表种；表头或标识相同的已经有了。"""

    def column(key: str, heading: str, value: Callable[[Unit], str]) -> Column[T]:
        def shown(item: T) -> str:
            unit = unit_of(item)
            return value(unit) if unit else ""

        return for_analysis(key, heading, shown)

    whose = (
        column("budget_code", "预算编码", lambda unit: unit.code),
        column("unit_name", "单位名称", lambda unit: unit.name),
        column("file", "来源文件", lambda unit: unit.file),
        column("form", "表种", variant_of),
    )
    known = {name for column in columns for name in (column.key, column.heading)}
    return (*columns, *(one for one in whose if not {one.key, one.heading} & known))


def code_column(finding_of: Callable[[T], Finding]) -> Column[T]:
    """编码一栏；作分析的还照早先的表头再列一遍。"""
    heading, former = CODE_HEADINGS

    def code(item: Item[T]) -> str:
        return finding_of(item.value).code

    return Column("code", heading, 6, code, centered=True, formerly=former)


def where_of(finding_of: Callable[[T], Finding]) -> tuple[Column[T], ...]:
    """问题所在的工作表和格。"""

    def cell(item: T) -> str:
        at = finding_of(item).at
        return at.a1 if at else ""

    return (
        for_analysis("sheet", "工作表", lambda item: finding_of(item).sheet),
        for_analysis("cell", "单元格", cell),
    )


def for_analysis(key: str, heading: str, value: Callable[[T], str]) -> Column[T]:
    """工作表上不列的一栏。"""
    return Column(key, heading, 0, lambda item: value(item.value), on_sheet=False)


def variant_of(unit: Unit) -> str:
    """采用的那份用的是哪一种表；没有采用的，没有。"""
    return ready_scheme(unit.scheme)[0].variant if unit.scheme else ""
