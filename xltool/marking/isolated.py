"""在另一个进程里标注：openpyxl 碰到怪文件会卡住、吃光内存，那样只丢这一份，其余照常。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

from xltool.marking.annotate import annotated
from xltool.messages import marking as say
from xltool.workers.pool import WorkerPool
from xltool.workers.run import TIMEOUT, Lost, run_all

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from xltool.finding import Finding
    from xltool.marking.annotate import Job

    Annotate = Callable[[Job], bytes | Finding]

_MEMORY: Final = 2 << 30


class Annotator:
    """另一个进程里的标注；用 with 打开，死了或超时就换一个进程。"""

    def __init__(
        self, annotate: Annotate = annotated, timeout: float = TIMEOUT, jobs: int | None = 1
    ) -> None:
        """`jobs` 是同时标注几份，空着就看有几个处理器。"""
        self._annotate = annotate
        self._timeout = timeout
        self._pool = WorkerPool(jobs, memory=_MEMORY, apart=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.__exit__()

    def annotated(self, job: Job) -> bytes | Finding:
        """标注一份；出什么事都有说法。"""
        (result,) = self.all_annotated([job])
        return result

    def all_annotated(self, jobs: Sequence[Job]) -> list[bytes | Finding]:
        """标注几份，依次给出。"""
        results = run_all(self._pool, self._annotate, jobs, timeout=self._timeout)
        return [self._told(result) for result in results]

    def _told(self, result: bytes | Finding | Lost) -> bytes | Finding:
        if result is Lost.TIMED_OUT:
            return say.TOO_LONG.finding(seconds=round(self._timeout))
        return say.CANNOT_MARK.finding() if isinstance(result, Lost) else result
