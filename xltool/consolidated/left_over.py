"""带不到原处的：已不再出现的疑点、指标上的意见，和复核人在本工具的栏以外写的；一条不丢。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.collection.verdicts import GONE_HEADINGS, OTHER_HEADINGS
from xltool.consolidated.columns import Column
from xltool.consolidated.register import Register
from xltool.consolidated.source import ABOUT
from xltool.sheets.plan import NumberFormat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from xltool.collection.verdicts import Gone, Other, Reviews, Written
    from xltool.consolidated.columns import Item
    from xltool.sheets.plan import Content, SheetPlan

GONE, OTHERS = "已不再出现", "复核人另写的"


def left_over(reviews: Reviews, version: str) -> Iterator[SheetPlan]:
    """没有的不列这一张。"""
    if reviews.gone:
        yield gone(reviews, version).plan()
    if reviews.others:
        yield others(reviews, version).plan()


def gone(reviews: Reviews, version: str) -> Register[Gone]:
    """这一次没有地方放的意见；再汇总时疑点又出现的，放回原处。"""
    heading = {key: names[0] for key, names in GONE_HEADINGS.items()}
    columns: tuple[Column[Gone], ...] = (
        Column("kind", heading["kind"], 8, lambda i: i.value.kind, centered=True),
        Column("name", heading["name"], 20, lambda i: i.value.name, tall=True),
        Column("code", heading["code"], 9, lambda i: i.value.code, centered=True),
        Column("where", heading["where"], 18, lambda i: i.value.where, tall=True),
        Column("message", heading["message"], 44, lambda i: i.value.message, tall=True),
        Column("verdict", heading["verdict"], 10, lambda i: _shown(i, 0), tall=True),
        Column("reason", heading["reason"], 24, lambda i: _shown(i, 1), tall=True),
        Column("reviewer", heading["reviewer"], 10, lambda i: _shown(i, 2), tall=True),
        Column("day", heading["day"], 12, lambda i: _shown(i, 3), NumberFormat.DATE),
        Column("why", heading["why"], 18, lambda i: i.value.why, tall=True),
        Column("key", heading["key"], 10, lambda i: i.value.key, hidden=True),
    )
    return Register(
        name=GONE,
        title="已不再出现的疑点上的复核意见",
        note="上一份汇总里写了意见，这一次没有那一条疑点（指标）、没有那个单位的报送的，"
        "或分不清是哪一条、哪个单位的；再出现的，下一次汇总放回原处。",
        columns=columns,
        items=reviews.gone,
        count=len(reviews.gone),
        home=ABOUT,
        version=version,
        frozen="name",
        printed="why",
    )


def others(reviews: Reviews, version: str) -> Register[Other]:
    """添的栏、添的行、表外的字、批注、另加的表。"""
    widths = {"sheet": 13.0, "unit": 20.0, "item": 28.0, "heading": 14.0, "text": 46.0}
    columns: tuple[Column[Other], ...] = tuple(
        Column(key, names[0], widths[key], _part(number), tall=True)
        for number, (key, names) in enumerate(OTHER_HEADINGS.items())
    )
    return Register(
        name=OTHERS,
        title="复核人在各表另写的",
        note="上一份汇总里，不在本工具的栏里写的字和批注，照抄在这里；原样的在编了号的那一份里。",
        columns=columns,
        items=reviews.others,
        count=len(reviews.others),
        home=ABOUT,
        version=version,
        frozen="unit",
    )


def _shown(item: Item[Gone], place: int) -> Content:
    written: Written = item.value.opinion[place]
    return None if written == "" else written


def _part(number: int) -> Callable[[Item[Other]], Content]:
    return lambda item: item.value[number]
