"""汇总，同样的内容、同样的名字只读一遍：给看归并、不看读的测试用。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.collection.collect import collect
from xltool.collection.reading import read_item

if TYPE_CHECKING:
    from xltool.collection.inbox import Item
    from xltool.collection.model import Collection, Request
    from xltool.collection.reading import Read

_KNOWN: dict[tuple[bytes, str], Read] = {}


def collect_once(request: Request) -> Collection:
    """汇总一个文件夹。"""
    return collect(request, read=read_once)


def read_once(item: Item) -> Read:
    """真读；读过的就用那一次的。"""
    if not item.path.is_file():  # 管道之类，一读就等着
        return read_item(item)
    known = item.path.read_bytes(), item.file
    if known not in _KNOWN:
        _KNOWN[known] = read_item(item)
    return _KNOWN[known]
