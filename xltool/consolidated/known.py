"""汇总的各张表上哪些是程序印的：读存过的一份时，其余是人写的。"""

from __future__ import annotations

from itertools import chain, takewhile
from typing import TYPE_CHECKING

from xltool.collection.printed import Known, unit_sheet_mark
from xltool.collection.verdicts import Reviews
from xltool.consolidated.book import parts_of, shared_sheets
from xltool.consolidated.columns import ABOVE_ROW, HEADER_ROW
from xltool.consolidated.delivery import differences, waivers
from xltool.consolidated.delivery import units as units_register
from xltool.consolidated.left_over import gone, others
from xltool.consolidated.lower import units, verdicts
from xltool.consolidated.sources import empty_source
from xltool.consolidated.summary import NAME as SUMMARY
from xltool.consolidated.unjudged import unjudged
from xltool.layout.unit import grid_widths
from xltool.scoring.catalogue import ready_schemes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xltool.collection.model import Collection
    from xltool.consolidated.part import Part
    from xltool.consolidated.source import Source
    from xltool.scheme.model import Scheme
    from xltool.sheets.plan import SheetPlan


# 先前各版印在汇总表右边的等级分布：存过的旧书里有，不是人添的
_ONCE_BESIDE = frozenset(
    {"等级", *(f"{who}数（{what}）" for who in ("单位", "项目") for what in ("系统", "复核"))}
)


def known_sheets(sources: tuple[Source, ...]) -> dict[str, Known]:
    """各表，按表名；这一次不列、没有用到的方案的也在内：上一份里可能有，人可能在上面写过。

    各单位的评分表按标题的末尾：单位的序号会变，表名也就变。
    """
    parts = parts_of(sources)
    known = {sheet.name: _known(sheet) for sheet in chain(*shared_sheets(sources, parts))}
    # 报送情况的几栏，有归口、有应报表种的才印：上一次有、这一次没有的，也不是人添的
    delivery = units_register(sources[0].collection, "", lambda _: None)
    printed = known[delivery.name]
    every = printed.headings | {column.heading for column in delivery.columns}
    known[delivery.name] = printed._replace(headings=every)
    for name, headings in _unlisted(sources, parts):
        known.setdefault(name, Known(headings))
    for scheme in ready_schemes():
        if scheme.id not in {source.scheme.id for source in sources}:
            for sheet in _of_unused(scheme, sources[0].collection):
                found, name = _known(sheet), sheet.name
                if found.headings:
                    known[f"{name}|{scheme.id}"] = found
                else:
                    known[name] = _merged(known.get(name, Known()), found)
        title = unit_sheet_mark(scheme.title)
        own = Known(width=len(grid_widths(scheme)))
        known[title] = _merged(known.get(title, own), own)
    summaries = {name: one for name, one in known.items() if name.startswith(SUMMARY)}
    return known | {name: one._replace(beside=_ONCE_BESIDE) for name, one in summaries.items()}


def _unlisted(
    sources: tuple[Source, ...], parts: Sequence[Part]
) -> Iterator[tuple[str, frozenset[str]]]:
    """没有内容就不列的各表，和表头。"""
    collection, nothing = sources[0].collection, Reviews()
    for one in (
        parts[0].read,
        differences(collection, ""),
        waivers(collection, ""),
        unjudged(sources),
        units(collection, parts, ""),
        verdicts(collection, ""),
        gone(nothing, ""),
        others(nothing, ""),
    ):
        yield one.name, one.headings


def _of_unused(scheme: Scheme, collection: Collection) -> Iterator[SheetPlan]:
    """没有用到的一个方案的各表；各方案共用的不在内。"""
    (part,) = parts_of((empty_source(scheme, collection),))
    yield part.summary.plan()
    yield from part.scores()
    yield from part.registers()
    yield from part.references()


def _merged(known: Known, other: Known) -> Known:
    """同名而不是登记表的（评分参数、选项），各方案的合起来。"""
    return Known(width=max(known.width, other.width), texts=known.texts | other.texts)


def _known(sheet: SheetPlan) -> Known:
    """一张工作表；登记表只走到表头那一行。"""
    if sheet.filter is None:
        texts = {str(cell.content) for cell in sheet.every_cell() if isinstance(cell.content, str)}
        return Known(width=len(sheet.widths), texts=frozenset(texts))
    above: dict[int, str] = {}
    own: dict[int, str] = {}
    for cell in takewhile(lambda one: one.row <= HEADER_ROW, sheet.every_cell()):
        at, text = cell.at, str(cell.content)
        if at.row == ABOVE_ROW:
            above[at.col] = text
        elif at.row == HEADER_ROW:
            own[at.col] = text
    return Known(
        frozenset(own.values()),
        above=frozenset(own[column] for column in above),
        texts=frozenset(above.values()),
    )
