"""工作进程：收一批，做一件送回一件；先读文件，读完还可以做别的。"""

from __future__ import annotations

import signal
import sys
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from types import ModuleType
from typing import TYPE_CHECKING, Any

from xltool.workers.gc_tuning import seldom_collected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    Work = Callable[[Any], object]

READY = "ready"


def serve(connection: Connection, first: Work) -> None:
    """在工作进程里运行：按吩咐逐件做，逐件送回，直到主进程结束它。

    `first` 是头一样要做的：载入它才算起来了，载入不了的，还没有做就知道。
    """
    del first
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # 中断由主进程处理，免得各进程都喊一遍
    connection.send(READY)
    with seldom_collected(), suppress(EOFError):  # 主进程不在了，也就不必做了
        while True:
            work, batch = connection.recv()
            for item in batch:
                connection.send(work(item))


class Worker:
    """主进程里看到的一个工作进程，以及它手上还没有做完的。"""

    def __init__(self, work: Work) -> None:
        context = get_context("spawn")
        self.connection, inner = context.Pipe()
        self.process: BaseProcess = context.Process(target=serve, args=(inner, work), daemon=True)
        with _bare_main(), _deaf():
            self.process.start()
        inner.close()
        self.work = work
        self.ready = False
        self.left: list[int] = []
        self.deadline = 0.0

    def give(self, indices: list[int], items: Sequence[object], deadline: float) -> None:
        """交给它一批；它已经死了也不出错，取结果时自会知道。"""
        self.left = indices
        self.deadline = deadline
        try:
            self.connection.send((self.work, items))
        except OSError:
            return

    def order(self, work: Work, item: object) -> None:
        """交给它一件；可以连着交几件，它依次去做。

        Raises:
            OSError: 它死了。
        """
        self.connection.send((work, [item]))

    def result(self) -> object:
        """等它做完最早的一件，给出结果。

        Raises:
            EOFError: 它死了。
            OSError: 它死了。
        """
        while (answer := self.connection.recv()) == READY:
            self.ready = True
        return answer

    def stop(self) -> None:
        """结束它，不管它在做什么。"""
        self.process.kill()
        self.process.join()
        self.connection.close()


@contextmanager
def _deaf() -> Iterator[None]:
    """起进程时先挡住中断，新进程生来就挡着：还没有载入完就被中断的，会印出一串出错信息。

    主进程的中断只是晚到一会儿；Windows 没有这个功能，照旧。
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _bare_main() -> Iterator[None]:
    """新进程会照着主模块再载入一遍；工作进程用不着命令行的那些库，让它只看到空的主模块。"""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
