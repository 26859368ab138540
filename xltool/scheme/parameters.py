"""把方案里的参数读成一张总表，每个参数有标识、说法、值、单位和来源。"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xltool.scheme.model import MethodSpec, Parameter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from xltool.scheme.reader import Table

# 计分办法里每种参数怎么说、什么单位；limit 的单位随取数的项而定，读入时补上。
METHOD_LABELS = {
    "when_zero": ("分母为零时得分比例", "%"),
    "limit": ("第{n}档界限", ""),
    "share": ("第{n}档得分比例", "%"),
    "rest_share": ("其余得分比例", "%"),
    "ceiling": ("上限", ""),
    "beyond_share": ("超过上限得分比例", "%"),
    "points": ("第{n}项分值", "分"),
    "shares": ("第{n}个选项得分比例", "%"),
    "each": ("每发生一项扣分", "分"),
    "pass_mark": ("及格线", "%"),
    "bound": ("界限", ""),
    "step": ("每一步的大小", ""),
    "per_step": ("每差一步扣分", "分"),
    "floor_share": ("最低得分比例", "%"),
}
_BANDS = "bands"  # 一列档次，每档是几个参数


def shared_parameters(root: Table) -> Iterator[Parameter]:
    """共用参数。"""
    table = root.table("parameters")
    for key in table.keys():  # noqa: SIM118 - Table.keys is not a dict's
        item = table.table(key)
        value = item.number("value")
        yield Parameter(key, item.text("label"), value, item.text("unit"), item.origin())
        item.done()


def method_spec(table: Table, code: str) -> tuple[MethodSpec, tuple[Parameter, ...]]:
    """读一个计分办法；参数的标识是“指标编码.名字序号”，几种办法之一的是“指标编码.way几.名字序号”。"""
    spec, parameters = _spec(table, code, "")
    ways = []
    for number, inner in enumerate(table.tables("ways", optional=True), 1):
        title = inner.text("title")
        way, own = _spec(inner, f"{code}.way{number}", f"{title}：")
        inner.done()
        ways.append(replace(way, title=title))
        parameters += own
    table.done()
    return replace(spec, ways=tuple(ways)), parameters


def _spec(table: Table, code: str, head: str) -> tuple[MethodSpec, tuple[Parameter, ...]]:
    origin = table.origin()
    given = table.table("inputs", optional=table.has("ways"))
    inputs = {
        key: given.text(key) if isinstance(given.raw(key), str) else given.texts(key)
        for key in given.keys()  # noqa: SIM118 - Table.keys is not a dict's
    }
    parameters = tuple(
        replace(item, label=f"{head}{item.label}")
        for item in _method_parameters(table, code, origin)
    )
    spec = MethodSpec(table.text("name"), inputs, tuple(item.key for item in parameters), origin)
    return spec, parameters


def _method_parameters(table: Table, code: str, origin: str) -> Iterator[Parameter]:
    values = table.table("parameters", optional=True)
    for key in values.keys():  # noqa: SIM118 - Table.keys is not a dict's
        for name, number, value in _flat(values, key):
            if name not in METHOD_LABELS:
                values.fault(key, "计分办法没有这个参数")
                continue
            label, unit = METHOD_LABELS[name]
            suffix = "" if number == 0 else str(number)
            yield Parameter(f"{code}.{name}{suffix}", label.format(n=number), value, unit, origin)


def _flat(values: Table, key: str) -> Iterator[tuple[str, int, Decimal]]:
    """单个数、一列数、一列档次，都摊平成（名字，序号，值）；单个数的序号为 0。"""
    raw = values.raw(key)
    if not isinstance(raw, list):
        yield key, 0, values.number(key)
        return
    for number, item in enumerate(raw, 1):
        if isinstance(item, dict):
            if key != _BANDS:
                values.fault(key, "计分办法没有这个参数")
                return
            for name, value in item.items():
                yield name, number, values.decimal(key, value)
        else:
            yield key, number, values.decimal(key, item)
