"""在另一个进程里标注：openpyxl 碰到怪文件会卡住、吃光内存，那样只丢这一份，其余照常。"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from xltool.finding import Finding
from xltool.marking.annotate import annotated
from xltool.messages import marking as say
from xltool.workers.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Callable

    from xltool.marking.annotate import Job

    Annotate = Callable[[Job], bytes | Finding]

TIMEOUT: Final = 60.0
_START: Final = 60.0
_MEMORY: Final = 2 << 30  # 比进程刚起来时多用的，到此为止
_PAGES: Final = Path("/proc/self/statm")


class Annotator:
    """另一个进程里的标注；用 with 打开，死了或超时就换一个进程。"""

    def __init__(self, annotate: Annotate | None = None, timeout: float = TIMEOUT) -> None:
        self._annotate = annotate or limited
        self._timeout = timeout
        self._worker: Worker | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def annotated(self, job: Job) -> bytes | Finding:
        """标注一份；出什么事都有说法。"""
        result = self._ask(self._ready_worker(), job)
        if result is None:
            self._stop()
            return say.CANNOT_MARK.finding()
        return result

    def _ready_worker(self) -> Worker:
        if self._worker is None:
            self._worker = Worker(self._annotate)
        return self._worker

    def _stop(self) -> None:
        if self._worker is not None:
            self._worker.stop()
            self._worker = None

    def _ask(self, worker: Worker, job: Job) -> bytes | Finding | None:
        """交给它，等结果；它死了给空。进程刚起来时多等一会。"""
        deadline = time.monotonic() + self._timeout + (0 if worker.ready else _START)
        worker.give([0], [job], deadline)
        try:
            while worker.connection.poll(max(0.0, deadline - time.monotonic())):
                message = worker.connection.recv()
                if isinstance(message, bytes | Finding):
                    return message
                worker.ready = True  # 起来了，从现在起算时间
                deadline = time.monotonic() + self._timeout
        except (EOFError, OSError):
            return None
        self._stop()
        return say.TOO_LONG.finding(seconds=round(self._timeout))


def limited(job: Job) -> bytes | Finding:
    """先限定内存再标注；Windows 没有这种限制，靠合并区的上限和时间的上限。"""
    if sys.platform != "win32":
        _limit_memory()
    return annotated(job)


def _limit_memory() -> None:
    import resource  # noqa: PLC0415 - Unix only

    limit, hard = resource.getrlimit(resource.RLIMIT_AS)
    if limit == resource.RLIM_INFINITY and _PAGES.exists():
        used = int(_PAGES.read_text("ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + _MEMORY, hard))
