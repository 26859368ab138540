"""一班工作进程：做完一样不散，接着做别的，不必再起一班。"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, Self

from xltool.workers.worker import Worker

if TYPE_CHECKING:
    from xltool.workers.worker import Work

_MOST_JOBS: Final = 32


class WorkerPool:
    """用 with 打开，用到时才起进程，出来时都结束。"""

    def __init__(
        self, jobs: int | None = None, *, memory: int | None = None, apart: bool = False
    ) -> None:
        """`jobs` 是最多同时用几个，不给就看能用几个处理器；`memory` 是每个起来后最多再用几字节。

        `apart`：再少也不在本进程做，出错的也只丢它自己。
        """
        self.jobs: Final = min(jobs or _processors(), _MOST_JOBS)
        self.workers: list[Worker] = []
        self.apart: Final = apart
        self._memory = memory

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        while self.workers:
            self.workers.pop().stop()

    def start(self, first: Work) -> Worker:
        """添一个，先载入 `first` 所在的模块。"""
        worker = Worker(first, self._memory)
        self.workers.append(worker)
        return worker

    def discard(self, worker: Worker) -> None:
        """结束一个，不管它在做什么。"""
        self.workers.remove(worker)
        worker.stop()


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
