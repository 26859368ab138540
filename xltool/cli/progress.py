"""终端上的进度：正在做哪一步，做了几件、共几件，大约还要多久。"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import TaskID

    from xltool.cli.console import Console


@contextmanager
def progress_shown(console: Console) -> Iterator[Callable[[str, int, int | None], None]]:
    """给出的函数说哪一步做了几件、共几件（还不知道的是 None）；做完了，进度都擦去。

    只印到标准错误，只在终端上；安静时、改到文件里时，说了也不印。
    """
    if console.quiet or not sys.stderr.isatty():
        yield lambda _step, _done, _total: None
        return
    from rich.console import Console as Terminal
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    terminal = Terminal(stderr=True, no_color=console.no_color or None)
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    tasks: dict[str, TaskID] = {}
    # 标准输出不改道：它可能接在管道上，要的是结果
    with Progress(
        *columns, console=terminal, transient=True, redirect_stdout=False, redirect_stderr=False
    ) as bar:

        def show(step: str, done: int, total: int | None) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(step, total=total)
            bar.update(tasks[step], completed=done, total=total)

        yield show
