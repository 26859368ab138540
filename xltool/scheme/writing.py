"""把方案的内容写成方案文件：次序、分节、缩进都固定，同样的内容写出同样的字节。"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import tomlkit
from tomlkit.items import Float, Trivia

from xltool.values import plain

if TYPE_CHECKING:
    from tomlkit.items import AoT, Array, Item, Table

    Data = Mapping[str, Any]

_RULE: Final = "# " + "-" * 64
_SHORT: Final = 80
_LARGEST: Final = 2**63  # TOML 的整数只保证到 64 位，更大的写成带小数点的数
# 各节的次序和小标题；“表”写成一节一节，“列”写成一列表
_SECTIONS: Final = (
    ("scheme", ""),
    ("grades", "等级"),
    ("parameters", "共用参数"),
    ("flags", "疑点参数"),
    ("options", "选项"),
    ("checks", "勾稽"),
    ("sheets", "表和填报项"),
    ("levels", "一级、二级指标"),
    ("indicators", "三级指标"),
    ("allocation", "分值的分法"),
)


def scheme_toml(data: Data, heading: tuple[str, ...]) -> str:
    """方案文件的文字；`heading` 是文件开头的几行说明。"""
    parts = ["".join(tomlkit.comment(line).as_string() for line in heading)]
    for key, title in _SECTIONS:
        if key in data:
            head = f"{_RULE} {title}\n\n" if title else ""
            parts.append(head + _section(key, data[key]))
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def _section(key: str, value: Data | list[Data]) -> str:
    document = tomlkit.document()
    if not isinstance(value, Mapping):
        document.add(key, _tables(value))
    elif value and all(isinstance(item, Mapping) for item in value.values()):
        outer = tomlkit.table(is_super_table=True)
        for name, inner in value.items():
            outer.add(name, _table(inner))
        document.add(key, outer)
    else:
        document.add(key, _table(value))
    return tomlkit.dumps(document)


def _tables(items: list[Data]) -> AoT:
    listed = tomlkit.aot()
    for item in items:
        listed.append(_table(item))
    return listed


def _table(data: Data) -> Table:
    """一张表：文字、数、短的列写在一行，一列表和成段的文字一项一行。"""
    table = tomlkit.table()
    for key, value in data.items():
        if key == "cases":  # 每种分法自成一节
            table.add(key, _tables(value))
        else:
            table.add(key, _item(value, tall=True))
    return table


def _item(value: object, *, tall: bool = False) -> Item:
    if isinstance(value, str):
        return tomlkit.string(value)
    if isinstance(value, bool):
        return tomlkit.item(value)
    if isinstance(value, int | Decimal):
        return _number(Decimal(value))
    if isinstance(value, Mapping):
        table = tomlkit.inline_table()
        for key, item in value.items():
            table.append(key, _item(item))
        return table
    if isinstance(value, list | tuple):
        return _array(list(value), tall=tall)
    raise TypeError(type(value).__name__)


def _number(value: Decimal) -> Item:
    """数一位不差：整数写整数，小数写成十进制小数。"""
    text = plain(value)
    if "." not in text and abs(value) < _LARGEST:
        return tomlkit.integer(text)
    raw = text if "." in text else f"{text}.0"
    return Float(float(value), Trivia(), raw)


def _array(values: list[object], *, tall: bool) -> Array:
    array = tomlkit.array()
    # 几个短词一行写得下
    width = sum(len(value) if isinstance(value, str) else _SHORT for value in values)
    array.multiline(tall and width >= _SHORT)
    for value in values:
        array.append(_item(value))
    return array
