"""读许多文件：文件少就在本进程读，多就分给几个工作进程，并看住它们。

工作进程死了，正读着的文件换一个新进程单独再读一次，又死才退回；同一批里的其他文件不受牵连。
"""

from __future__ import annotations

import time
from collections import deque
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Final

from xltool.collection.reading import Read
from xltool.messages import collection as say
from xltool.workers.worker import READY

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from xltool.collection.inbox import Item
    from xltool.finding import Finding
    from xltool.workers.pool import WorkerPool
    from xltool.workers.worker import Worker

    Progress = Callable[[int, int], None]
    Reader = Callable[[Item], Read]

FEW: Final = 50  # 比这少的，起进程的工夫比读的工夫还多
TIMEOUT: Final = 60.0
_FEWEST: Final = 16  # 一个进程至少读这么多份才合算
_CHUNK: Final = 8  # 一批读这么多份：批小，各进程才差不多同时读完
_START: Final = 60.0  # 进程起得来要多久；机器忙的时候也够


def read_all(
    items: Sequence[Item],
    read: Reader,
    *,
    pool: WorkerPool,
    timeout: float = TIMEOUT,
    progress: Progress | None = None,
) -> tuple[Read, ...]:
    """读全部文件，结果依 `items` 的次序，与用几个进程无关；读完，还好的进程留在 `pool` 里。"""
    jobs = min(pool.jobs, -(-len(items) // _FEWEST))
    supervisor = _Supervisor(items, read, timeout, progress, pool)
    if jobs > 1 and len(items) >= FEW:
        supervisor.run(jobs)
    return supervisor.finish()


class _Supervisor:
    """分派、收结果、处理死了的和超时的。"""

    def __init__(
        self,
        items: Sequence[Item],
        read: Reader,
        timeout: float,
        progress: Progress | None,
        pool: WorkerPool,
    ) -> None:
        self._items = items
        self._read = read
        self._timeout = timeout
        self._progress = progress
        self._results: dict[int, Read] = {}
        self._chunks: deque[list[int]] = deque()
        self._suspects: deque[int] = deque()
        self._retried: set[int] = set()
        self._pool = pool
        self._usable = True

    def run(self, jobs: int) -> None:
        """用几个工作进程读。"""
        count = len(self._items)
        self._chunks.extend(
            list(range(start, min(start + _CHUNK, count))) for start in range(0, count, _CHUNK)
        )
        while self._usable and len(self._results) < count:
            self._fill(jobs)
            self._collect()

    def finish(self) -> tuple[Read, ...]:
        """还没有读的在本进程读完。"""
        for index, item in enumerate(self._items):
            if index not in self._results:
                self._record(index, self._read(item))
        return tuple(self._results[index] for index in range(len(self._items)))

    def _record(self, index: int, result: Read) -> None:
        self._results[index] = result
        if self._progress is not None:
            self._progress(len(self._results), len(self._items))

    def _fill(self, jobs: int) -> None:
        """空闲的进程给一批；进程不够就补。可疑的文件单独给一个新进程。"""
        workers = self._pool.workers
        idle = [worker for worker in workers if not worker.left]
        while self._suspects or self._chunks:
            if self._suspects or not idle:
                if len(workers) >= jobs and not idle:
                    return
                if idle:
                    self._pool.discard(idle.pop())
                worker = self._pool.start(self._read)
            else:
                worker = idle.pop()
            indices = [self._suspects.popleft()] if self._suspects else self._chunks.popleft()
            batch = [self._items[index] for index in indices]
            patience = self._timeout if worker.ready else max(self._timeout, _START)
            worker.give(indices, batch, time.monotonic() + patience)

    def _collect(self) -> None:
        busy = {worker.connection: worker for worker in self._pool.workers if worker.left}
        nearest = min(worker.deadline for worker in busy.values())
        for connection in wait(list(busy), max(nearest - time.monotonic(), 0)):
            self._receive(busy[connection])  # type: ignore[index] # wait() also takes sockets
        now = time.monotonic()
        for worker in busy.values():
            if worker.left and worker.deadline <= now:
                self._timed_out(worker)

    def _receive(self, worker: Worker) -> None:
        try:
            message: Read | str = worker.connection.recv()
        except (EOFError, OSError):
            self._died(worker)
            return
        worker.deadline = time.monotonic() + self._timeout
        if message == READY:
            worker.ready = True
        elif isinstance(message, Read):
            self._record(worker.left.pop(0), message)

    def _died(self, worker: Worker) -> None:
        index = self._abandon(worker)
        if index is None:
            return
        if index in self._retried:
            self._fail(index, say.CRASHED.finding())
        else:
            self._retried.add(index)
            self._suspects.append(index)

    def _timed_out(self, worker: Worker) -> None:
        index = self._abandon(worker)
        if index is not None:
            self._fail(index, say.TIMED_OUT.finding(seconds=round(self._timeout)))

    def _abandon(self, worker: Worker) -> int | None:
        """结束一个进程：给出它正读着的文件，同一批的其余文件退回待读。"""
        self._pool.discard(worker)
        (index, *rest), worker.left = worker.left, []
        if rest:
            self._chunks.appendleft(rest)
        if worker.ready:
            return index
        self._usable = False  # 不是文件的缘故：这里起不了进程，都在本进程读
        return None

    def _fail(self, index: int, finding: Finding) -> None:
        self._record(index, Read(findings=(finding.in_file(self._items[index].file),)))
