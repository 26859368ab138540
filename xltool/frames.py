"""汇总的结果变成 pandas 的表，供要作分析的人用。

各表与汇总工作簿的登记表出自同一处：工作表上有的栏这里都有，表头、次序相同，值是格里的数和字；
另有几栏只供分析（工作表上没有列的预算编码、单位名称、来源文件、表种等）。以后只增加，不改名。
各行依名单的次序。没有的值是 <NA>，不是 0，也不是空串。程序里的数一直是十进制小数，只在这最后一步
变成 Float64：排序、求平均够用，要一分不差的请用 --json。没有安装 pandas 也能用本程序的其他部分，
用到这里才载入。
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from math import inf
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from xltool.consolidated.book import parts_of
from xltool.consolidated.columns import Kind
from xltool.consolidated.delivery import problems
from xltool.consolidated.findings import findings as doubts
from xltool.consolidated.findings import readings
from xltool.consolidated.lower import units
from xltool.consolidated.sources import make_sources
from xltool.scheme.categories import SHEET as INDICATORS
from xltool.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pandas import DataFrame  # type: ignore[import-untyped] # no stubs are shipped with pandas

    from xltool.collection.model import Collection
    from xltool.consolidated.columns import Column, Value
    from xltool.consolidated.part import Part
    from xltool.consolidated.register import Register

_TYPES: Final = {Kind.TEXT: "string", Kind.NUMBER: "Float64", Kind.COUNT: "Int64"}


def summary(collection: Collection) -> DataFrame:
    """汇总：一行一个单位（项目），没有报送的也列出。

    名次在同一表种里排；别的表种才有的指标，没有数。
    """
    return _frame(part.summary.register() for part in _parts(collection))


def levels(collection: Collection) -> DataFrame:
    """各级单位：本级的和并入的各本下级汇总里的，一行一个，写着层级、得分、等级、复核得分、名次。

    别的各表只有本级的；各级合起来的统计由这一张来。
    """
    return _frame((units(collection, _parts(collection), ""),))


def scores(collection: Collection) -> DataFrame:
    """得分明细：一行一个单位的一个三级指标。"""
    return _frame(part.details for part in _parts(collection))


def indicators(collection: Collection) -> DataFrame:
    """绩效指标明细：一行一个单位的一个绩效指标。

    几种表合在一起时各种表的栏都有，自己的表没有的栏没有值。
    预期值、实现值有数有字，一律是文字；能比的已换算到同一单位。
    """
    return _frame(
        part.register(sheet)
        for part in _parts(collection)
        for sheet in part.source.scheme.sheets
        if sheet.key == INDICATORS
    )


def findings(collection: Collection) -> DataFrame:
    """一行一条问题：先是疑点清单、读数说明，再是退回与提醒，后者的栏归到前者同样的栏里。

    豁免了的也在内，级别是原来的级别，有豁免的理由。
    """
    sources = make_sources(collection, "")
    found, others = doubts(sources), problems(collection, "")
    headings = {column.key: column.heading for column in found.columns}
    columns = (replace(one, heading=headings.get(one.key, one.heading)) for one in others.columns)
    return _frame((found, readings(sources), replace(others, columns=tuple(columns))))


def _parts(collection: Collection) -> list[Part]:
    return parts_of(make_sources(collection, ""))


def _frame(registers: Iterable[Register[Any]]) -> DataFrame:
    """几张登记表接成一张，同样的表头是一栏；依单位序号排，没有单位的在后。"""
    import pandas as pd  # noqa: PLC0415 - heavy; only here

    kinds: dict[str, Kind] = {}
    rows: list[tuple[float, dict[str, Value]]] = []
    for register in registers:
        columns = [column for column in register.columns if not column.hidden]
        kinds = _merged(kinds, columns)
        headings = {column.key: column.heading for column in columns}
        for values in register.data():
            row = dict(zip(headings, values, strict=True))
            number = row.get("no")
            place = number if isinstance(number, int) else inf
            rows.append((place, {headings[key]: value for key, value in row.items()}))
    rows.sort(key=itemgetter(0))
    return pd.DataFrame(
        {
            heading: pd.array(
                [_final(row.get(heading), kind) for _, row in rows], dtype=_TYPES[kind]
            )
            for heading, kind in kinds.items()
        }
    )


def _merged(kinds: dict[str, Kind], columns: Iterable[Column[Any]]) -> dict[str, Kind]:
    """添上一张登记表的栏，紧接它左边的那一栏；同样的表头在有的表里是文字的，按文字。"""
    order, place = list(kinds), 0
    added = dict(kinds)
    for column in columns:
        if column.heading not in added:
            order.insert(place, column.heading)
        place = order.index(column.heading) + 1
        same = added.setdefault(column.heading, column.kind) is column.kind
        added[column.heading] = column.kind if same else Kind.TEXT
    return {heading: added[heading] for heading in order}


def _final(value: Value, kind: Kind) -> str | float | int | None:
    """最后一步：十进制小数变成双精度，空串变成没有；数字栏里填的不是数的，没有数。"""
    if value is None or value == "":
        return None
    if kind is Kind.COUNT:
        return int(str(value))
    if kind is Kind.NUMBER:
        return float(value) if isinstance(value, Decimal | int) else None
    return plain(value) if isinstance(value, Decimal) else str(value)
