"""一个工作进程：收一批，做一件送回一件，直到主进程结束它。"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing import get_context
from pathlib import Path
from traceback import format_exception
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from xltool.workers.gc_tuning import seldom_collected
from xltool.workers.import_path import child_environment, child_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection

    Work = Callable[[Any], object]

_PAGES: Final = Path("/proc/self/statm")


def serve(connection: Connection, first: Work, memory: int | None) -> None:
    """在工作进程里运行。`first` 是头一样要做的：载入它才算起来了，载入不了的还没有做就知道。

    起来了先送回一个空；以后每做完一件，送回结果和出的错，其一为空。主进程不在了，也就不必做了。
    """
    del first
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # 中断由主进程处理，免得各进程都喊一遍
    if memory is not None and sys.platform != "win32":  # Windows 没有这种限制，靠时间的上限
        _limit_memory(memory)
    with seldom_collected(), suppress(EOFError, OSError):
        connection.send(None)
        while True:
            work, batch = connection.recv()
            for item in batch:
                connection.send(_answer(work, item))


def _answer(work: Work, item: object) -> tuple[object, Exception | None]:
    try:
        return work(item), None
    except OSError as error:  # 磁盘满了之类，照原样报
        return None, error
    except Exception as error:  # noqa: BLE001 - raised again, or told, by the one who waits
        return None, RuntimeError("".join(format_exception(error)))


def _limit_memory(more: int) -> None:
    """比现在最多再用这么多内存。"""
    import resource  # noqa: PLC0415 - Unix only

    limit, hard = resource.getrlimit(resource.RLIMIT_AS)
    if limit == resource.RLIM_INFINITY and _PAGES.exists():
        used = int(_PAGES.read_text("ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + more, hard))


class Worker:
    """主进程里看到的一个工作进程，以及它手上还没有做完的各件的序号。"""

    def __init__(self, first: Work, memory: int | None = None) -> None:
        context = get_context("spawn")
        self.connection, inner = context.Pipe()
        self.process = context.Process(target=serve, args=(inner, first, memory), daemon=True)
        with _starting():
            self.process.start()
        inner.close()
        self.ready = False
        self.left: list[int] = []
        self.deadline = 0.0

    def give(
        self, work: Work, indices: list[int], items: Sequence[object], deadline: float
    ) -> None:
        """交给它一批；它已经死了也不出错，取结果时自会知道。"""
        self.left = indices
        self.deadline = deadline
        with suppress(OSError):
            self.connection.send((work, items))

    def stop(self) -> None:
        """结束它，不管它在做什么。"""
        self.process.kill()
        self.process.join()
        self.connection.close()


@contextmanager
def _starting() -> Iterator[None]:
    """起进程的一会儿：新进程照着这时的样子起来。

    它不从当前文件夹载入模块；生来就挡着中断，免得还没有载入完就印出一串出错信息（Windows 没有
    这个功能）；看到的主模块是空的：照着命令行再载入一遍，那些库它用不着。
    """
    main, path = sys.modules["__main__"], sys.path
    with ExitStack() as stack:
        if hasattr(signal, "pthread_sigmask"):
            mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
            stack.callback(signal.pthread_sigmask, signal.SIG_SETMASK, mask)
        for name, value in child_environment().items():
            stack.callback(_set_variable, name, os.environ.get(name))
            _set_variable(name, value)
        stack.callback(setattr, sys, "path", path)
        sys.path = child_path()
        stack.callback(sys.modules.__setitem__, "__main__", main)
        sys.modules["__main__"] = ModuleType("__main__")
        yield


def _set_variable(name: str, value: str | None) -> None:
    if value is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = value
