"""把方案的内容写成方案文件：次序、分节、缩进都固定，同样的内容写出同样的字节。"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from xltool.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    Data = Mapping[str, Any]

_RULE: Final = "# " + "-" * 64
_SHORT: Final = 80
_INDENT: Final = "    "
_LARGEST: Final = 2**63  # TOML 的整数只保证到 64 位，更大的写成带小数点的数
_BARE: Final = re.compile("[A-Za-z0-9_-]+")  # 不用加引号的键
_UNWRITABLE: Final = re.compile(r'["\\\x00-\x1f\x7f]')
_ESCAPES: Final = {
    '"': r"\"",
    "\\": r"\\",
    "\b": r"\b",
    "\t": r"\t",
    "\n": r"\n",
    "\f": r"\f",
    "\r": r"\r",
}
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
    parts = ["\n".join(f"# {line}" for line in heading)]
    # 空的列要写在第一节之前，写在后面就成了前一节的键
    parts += [f"{key} = []" for key, _ in _SECTIONS if data.get(key) == []]
    for key, title in _SECTIONS:
        if data.get(key, []) != []:
            head = f"{_RULE} {title}\n\n" if title else ""
            parts.append(head + _section(key, data[key]))
    return "\n\n".join(parts) + "\n"


def _section(key: str, value: Data | list[Data]) -> str:
    if not isinstance(value, Mapping):
        return _tables(key, value)
    if value and all(isinstance(item, Mapping) for item in value.values()):
        return _spaced(_table(f"[{key}.{_key(name)}]", item) for name, item in value.items())
    # 每种分法自成一节
    cases = [_tables(f"{key}.cases", value["cases"])] if "cases" in value else []
    own = {name: item for name, item in value.items() if name != "cases"}
    return _spaced([_table(f"[{key}]", own), *cases])


def _tables(path: str, items: Iterable[Data]) -> str:
    return _spaced(_table(f"[[{path}]]", item) for item in items)


def _spaced(parts: Iterable[str]) -> str:
    return "\n\n".join(parts)


def _table(head: str, data: Data) -> str:
    """一张表：文字、数、短的列写在一行，一列表和成段的文字一项一行。"""
    lines = (f"{_key(key)} = {_item(value, tall=True)}" for key, value in data.items())
    return "\n".join((head, *lines))


def _item(value: object, *, tall: bool = False) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return _number(Decimal(value))
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{_key(key)} = {_item(item)}' for key, item in value.items())}}}"
    if isinstance(value, list | tuple):
        return _array(value, tall=tall)
    raise TypeError(type(value).__name__)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _text(value: str) -> str:
    return f'"{_UNWRITABLE.sub(_escaped, value)}"'


def _escaped(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04x}"


def _number(value: Decimal) -> str:
    """数一位不差：整数写整数，小数写成十进制小数。"""
    text = plain(value)
    whole = "." not in text
    return f"{text}.0" if whole and abs(value) >= _LARGEST else text


def _array(values: list[object] | tuple[object, ...], *, tall: bool) -> str:
    items = [_item(value) for value in values]
    # 几个短词一行写得下
    width = sum(len(value) if isinstance(value, str) else _SHORT for value in values)
    if tall and width >= _SHORT:
        return "\n".join(("[", *(f"{_INDENT}{item}," for item in items), "]"))
    return f"[{', '.join(items)}]"
