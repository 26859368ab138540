"""把程序自己的选项表补进方案的内容：方案用到而没有写的，或只写了 key 的。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from xltool.scheme.contract.lists import ALWAYS, OWN_LISTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xltool.scheme.contract.own import OwnList

    Data = Mapping[str, Any]

_OWN: Final = {item.key: item for item in OWN_LISTS}


def with_own_lists(data: Data) -> dict[str, Any]:
    """补好选项表的内容；不成样子的原样留着，读的时候会指出来。"""
    lists = data.get("options", [])
    if not isinstance(lists, list) or not all(isinstance(item, dict) for item in lists):
        return dict(data)
    written = {item.get("key") for item in lists}
    wanted = {*_used(data), *ALWAYS}
    more = [_table(item) for item in OWN_LISTS if item.key in wanted - written]
    return {**data, "options": [*map(_filled, lists), *more]}


def _filled(item: Data) -> dict[str, Any]:
    """方案写的为准，没有写的照程序的。"""
    own = _OWN.get(item["key"]) if isinstance(item.get("key"), str) else None
    return {**_table(own), **item} if own else dict(item)


def _table(own: OwnList) -> dict[str, Any]:
    options = [
        {"key": key, "value": value, **({"aliases": list(aliases)} if aliases else {})}
        for key, value, aliases in own.options
    ]
    return {"key": own.key, "title": own.title, "options": options}


def _used(data: Data) -> Iterator[object]:
    """各项用到的选项表。"""
    for sheet in _tables(data.get("sheets")):
        for field in (*_tables(sheet.get("fields")), *_tables(sheet.get("extras"))):
            yield field.get("options")
            by = field.get("options_by")
            yield from by.values() if isinstance(by, dict) else ()


def _tables(value: object) -> Iterator[Data]:
    items = value if isinstance(value, list) else ()
    return (item for item in items if isinstance(item, dict))
