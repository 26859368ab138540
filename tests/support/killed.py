"""在另一个进程里做一件事，随时把它杀掉，或照下每一步死了会留下什么；看留下的是哪一套输出。"""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
import time
import zipfile
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote
from xml.sax.saxutils import unescape

if TYPE_CHECKING:
    from collections.abc import Callable

_STEPS = {
    "open",
    "os.chmod",
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.truncate",
    "shutil.rmtree",
}


def run_apart(work: Callable[[], object], *, after: float | None = None) -> int:
    """做完的返回 0；`after` 是几秒后由外面杀掉。"""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:  # noqa: BLE001 - the child must never return into the test
            os._exit(1)
        os._exit(0)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def every_step(work: Callable[[], object], folder: Path, copies: Path) -> list[Path]:
    """做一次；动到文件的每一步之前，把 `folder` 照一份到 `copies`，返回各份，依次序。

    盘上有的就是那一步被杀会留下的：没有写下去的缓冲不在盘上，锁随进程放开。
    """
    copies.mkdir()

    def photographed() -> None:
        busy, number = [False], count()

        def hook(event: str, arguments: tuple[object, ...]) -> None:
            if busy[0] or event not in _STEPS or str(arguments[:1]).startswith("('/proc"):
                return
            busy[0] = True
            copied(folder, copies / f"{next(number):04d}")
            busy[0] = False

        sys.addaudithook(hook)
        work()

    assert run_apart(photographed) == 0
    return sorted(copies.iterdir())


def copied(folder: Path, target: Path) -> None:
    """照原样：同一个文件的几个名字仍是同一个文件。"""
    first: dict[int, str] = {}

    def copy(source: str, place: str) -> str:
        known = first.setdefault(Path(source).stat().st_ino, place)
        if known == place:
            return shutil.copy2(source, place)
        os.link(known, place)
        return place

    shutil.copytree(folder, target, copy_function=copy)


def contents(folder: Path) -> dict[str, bytes]:
    """文件夹里的全部文件。"""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def links(book: Path) -> set[str]:
    """汇总里链接到的文件。"""
    with zipfile.ZipFile(book) as archive:
        texts = [archive.read(n).decode() for n in archive.namelist() if n.endswith(".rels")]
    found = re.findall(r'Target="([^"]+)" TargetMode="External"', "".join(texts))
    return {unquote(unescape(one)).split("#")[0] for one in found}


def standing(target: Path) -> dict[str, bytes]:
    """立着的一套：汇总，和它链接到的全部文件；缺一个就出错。"""
    files = [target, *(target.parent / name for name in sorted(links(target)))]
    return {str(path.relative_to(target.parent)): path.read_bytes() for path in files}
