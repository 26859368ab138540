"""把一样事做完：分派、收结果，看住死了的和超时的；件数少的就在本进程做。

工作进程死了，它正做着的一件换一个新进程单独再做一次，又死才算没有结果；同一批里的其他各件不受牵连。
"""

from __future__ import annotations

import time
from collections import deque
from enum import Enum
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Final, Generic, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection

    from xltool.workers.pool import WorkerPool
    from xltool.workers.worker import Worker

    Progress = Callable[[int, int], None]

TIMEOUT: Final = 60.0
FEW: Final = 50  # 比这少的，起进程的工夫比做的工夫还多
_FEWEST: Final = 16  # 一个进程至少做这么多件才合算
_CHUNK: Final = 8  # 一批这么多件：批小，各进程才差不多同时做完
_START: Final = 60.0  # 进程起得来要多久；机器忙的时候也够

T = TypeVar("T")
R = TypeVar("R")


class Lost(Enum):
    """一件没有结果。"""

    CRASHED = "做它的进程死了"
    TIMED_OUT = "超过了时限"


class Run(Generic[T, R]):
    """做一遍；`jobs` 是同时用几个进程，做的时候也可以改。"""

    def __init__(  # noqa: PLR0913 - what to do, and with what
        self,
        pool: WorkerPool,
        work: Callable[[T], R],
        items: Sequence[T],
        *,
        timeout: float = TIMEOUT,
        progress: Progress | None = None,
        received: Callable[[T, R], R] | None = None,
    ) -> None:
        count = len(items)
        self.jobs = min(pool.jobs, -(-count // _FEWEST))
        self.parallel: Final = pool.apart or (self.jobs > 1 and count >= FEW)
        self._pool = pool
        self._work = work
        self._items = items
        self._timeout = timeout
        self._progress = progress
        self._received = received
        self._results: dict[int, R | Lost] = {}
        starts = range(0, count, _CHUNK) if self.parallel else ()
        self._chunks = deque(list(range(one, min(one + _CHUNK, count))) for one in starts)
        self._suspects: deque[int] = deque()
        self._retried: set[int] = set()
        self._error: Exception | None = None
        self._stopped = False

    def results(self) -> list[R | Lost]:
        """做完，给出各件的结果；出了错的，手上的做完就停。

        Raises:
            OSError: 有一件做的时候出的。
            RuntimeError: 有一件出了别的错，里面是出错的位置。
        """
        while self._fill():
            self._collect()
        if self._error is not None:
            raise self._error
        for index, item in enumerate(self._items):
            if index not in self._results and not self._stopped:
                self._record(index, self._work(item))
        return [self._results[index] for index in sorted(self._results)]

    def stop(self) -> None:
        """手上的做完就停，不再分派。"""
        self._stopped = True

    def _record(self, index: int, result: R | Lost) -> None:
        if self._received is not None and not isinstance(result, Lost):
            result = self._received(self._items[index], result)
        self._results[index] = result
        if self._progress is not None:
            self._progress(len(self._results), len(self._items))

    def _busy(self) -> list[Worker]:
        return [worker for worker in self._pool.workers if worker.left]

    def _fill(self) -> bool:
        """空闲的进程各给一批，不够就补；可疑的一件单独给一个新进程。还有在做的就是真。"""
        while (self._suspects or self._chunks) and not self._stopped:
            if len(self._busy()) >= self.jobs:
                break
            idle = [worker for worker in self._pool.workers if not worker.left]
            if self._suspects and idle:
                self._pool.discard(idle.pop())
            fresh = self._suspects or not idle
            worker = self._pool.start(self._work) if fresh else idle.pop()
            indices = [self._suspects.popleft()] if self._suspects else self._chunks.popleft()
            patience = self._timeout if worker.ready else max(self._timeout, _START)
            batch = [self._items[index] for index in indices]
            worker.give(self._work, indices, batch, time.monotonic() + patience)
        return bool(self._busy())

    def _collect(self) -> None:
        busy = {worker.connection: worker for worker in self._busy()}
        nearest = min(worker.deadline for worker in busy.values())
        for connection in wait(list(busy), max(nearest - time.monotonic(), 0)):
            self._receive(busy[cast("Connection", connection)])
        now = time.monotonic()
        for worker in busy.values():
            if worker.left and worker.deadline <= now:
                index = self._abandon(worker)
                if index is not None:
                    self._record(index, Lost.TIMED_OUT)

    def _receive(self, worker: Worker) -> None:
        try:
            answer = worker.connection.recv()
        except (EOFError, OSError):
            self._died(worker)
            return
        worker.deadline = time.monotonic() + self._timeout
        if answer is None:
            worker.ready = True
            return
        index = worker.left.pop(0)
        result, error = answer
        if error is None:
            self._record(index, result)
        elif self._pool.apart:
            self._record(index, Lost.CRASHED)
        else:
            self._error = self._error or error
            self._stopped = True

    def _died(self, worker: Worker) -> None:
        index = self._abandon(worker)
        if index is None:
            return
        if self._pool.apart or index in self._retried:
            self._record(index, Lost.CRASHED)
        else:
            self._retried.add(index)
            self._suspects.append(index)

    def _abandon(self, worker: Worker) -> int | None:
        """结束一个进程：给出它正做着的一件，同一批的其余退回待做。"""
        self._pool.discard(worker)
        (index, *rest), worker.left = worker.left, []
        if rest:
            self._chunks.appendleft(rest)
        if worker.ready or self._pool.apart:
            return index
        self._chunks.clear()  # 不是哪一件的缘故：这里起不了进程，都在本进程做
        self._suspects.clear()
        return None


def run_all(  # noqa: PLR0913 - what to do, and with what
    pool: WorkerPool,
    work: Callable[[T], R],
    items: Sequence[T],
    *,
    timeout: float = TIMEOUT,
    progress: Progress | None = None,
    received: Callable[[T, R], R] | None = None,
) -> list[R | Lost]:
    """每一件都做一遍，结果依 `items` 的次序，与用几个进程无关；还好的进程留着。

    `work` 写在模块里，工作进程才载入得了；一件最多做 `timeout` 秒。
    `received` 每收到一件的结果就用它换成要留着的。

    Raises:
        OSError: 有一件做的时候出的。
        RuntimeError: 有一件出了别的错，里面是出错的位置。
    """
    run = Run(pool, work, items, timeout=timeout, progress=progress, received=received)
    return run.results()
