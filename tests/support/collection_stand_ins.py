"""代替真正读文件的函数：有的会死、会卡住、会出错；在工作进程里按名字载入。"""

from __future__ import annotations

import os
import pickle
import sys
import time
from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.collection.model import Summary
from xltool.collection.reading import Read, read_item
from xltool.finding import NONE_FOUND

if TYPE_CHECKING:
    import pytest

    from xltool.collection.inbox import Item

HEAVY = ("typer", "rich", "xlsxwriter", "openpyxl", "pandas", "numpy", "click")


def good(item: Item) -> Read:
    """名字就是部门名称的一份报送。"""
    summary = Summary(
        scheme="jiangmen-2025-special",
        code="",
        name=item.path.stem,
        project="",
        total=Decimal(len(item.path.stem)),
        self_total=None,
        grade="",
        self_grade="",
        levels=(),
        tally=NONE_FOUND,
        filler="",
        phone="",
        date=None,
    )
    return Read(sha256=item.path.stem, summary=summary, packed=pickle.dumps({}))


def dying(item: Item) -> Read:
    """读到“杀手”就死。"""
    if "杀手" in item.file:
        os._exit(9)
    return good(item)


def dying_once(item: Item) -> Read:
    """头一次读到“杀手”就死，再读就好。"""
    mark = item.path.with_suffix(".mark")
    if "杀手" in item.file and not mark.exists():
        mark.touch()
        os._exit(9)
    return good(item)


def hanging(item: Item) -> Read:
    """读到“卡住”就不动了。"""
    if "卡住" in item.file:
        time.sleep(600)
    return good(item)


class Unloadable:
    """在工作进程里一载入就使它退出；在本进程里是好的。"""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (3,)

    def __call__(self, item: Item) -> Read:
        return good(item)


def modules(item: Item) -> Read:
    """真读一遍，再说出工作进程里载入了哪些不该载入的库。"""
    read_item(item)
    heavy = [name for name in HEAVY if name in sys.modules]
    return Read(sha256=str(os.getpid()), skip="、".join(heavy) or "没有")


def shared_out(monkeypatch: pytest.MonkeyPatch, *, among: int) -> None:
    """够这么多件就分给两个进程做：试的是分给几个进程，不是多少件才分。"""
    monkeypatch.setattr("xltool.workers.run.FEW", among)
    monkeypatch.setattr("xltool.workers.run._FEWEST", among // 2)
    monkeypatch.setattr("xltool.workers.run._CHUNK", max(among // 4, 1))
