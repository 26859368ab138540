"""工作进程：收一批文件，读一个送回一个。"""

from __future__ import annotations

import signal
import sys
from contextlib import contextmanager
from multiprocessing import get_context
from types import ModuleType
from typing import TYPE_CHECKING

from xltool.collection.calm import seldom_collected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from xltool.collection.inbox import Item
    from xltool.collection.reading import Read

    Reader = Callable[[Item], Read]

READY = "ready"


def serve(connection: Connection, read: Reader) -> None:
    """在工作进程里运行：逐个读，逐个送回，收到空的一批就结束。"""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # 中断由主进程处理，免得各进程都喊一遍
    connection.send(READY)
    with seldom_collected():
        while batch := connection.recv():
            for item in batch:
                connection.send(read(item))


class Worker:
    """主进程里看到的一个工作进程，以及它手上还没有读完的文件。"""

    def __init__(self, read: Reader) -> None:
        context = get_context("spawn")
        self.connection, inner = context.Pipe()
        self.process: BaseProcess = context.Process(target=serve, args=(inner, read), daemon=True)
        with _bare_main():
            self.process.start()
        inner.close()
        self.ready = False
        self.left: list[int] = []
        self.deadline = 0.0

    def give(self, indices: list[int], items: list[Item], deadline: float) -> None:
        """交给它一批；它已经死了也不出错，取结果时自会知道。"""
        self.left = indices
        self.deadline = deadline
        try:
            self.connection.send(items)
        except OSError:
            return

    def stop(self) -> None:
        """结束它，不管它在做什么。"""
        self.process.kill()
        self.process.join()
        self.connection.close()


@contextmanager
def _bare_main() -> Iterator[None]:
    """新进程会照着主模块再载入一遍；工作进程用不着命令行的那些库，让它只看到空的主模块。"""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
