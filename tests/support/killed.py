"""在另一个进程里做一件事，到某一步把它杀掉；看杀了以后留下的是哪一套输出。"""

from __future__ import annotations

import os
import re
import signal
import sys
import time
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import unquote
from xml.sax.saxutils import unescape

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

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


def run_apart(work: Callable[[], object], *, at_step: int = 0, after: float | None = None) -> int:
    """做完的返回 0；`at_step` 是动到第几步文件时自己杀掉自己，`after` 是几秒后由外面杀掉。"""
    child = os.fork()
    if child == 0:
        try:
            if at_step:
                _die_at(at_step)
            work()
        except BaseException:  # noqa: BLE001 - the child must never return into the test
            os._exit(1)
        os._exit(0)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _die_at(step: int) -> None:
    """动到文件的每一步之前都数一数。"""
    left = [step]

    def count(event: str, arguments: tuple[object, ...]) -> None:
        if event in _STEPS and not str(arguments[:1]).startswith("('/proc"):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


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
