"""退出码，以及不能执行时的说法。"""

from __future__ import annotations

import os
from collections import Counter
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class ExitCode(IntEnum):
    """退出码：对调用的程序，这是公开的约定。"""

    OK = 0  # 全部采用，没有级别为错误的问题
    FOUND = 1  # 有文件退回或待确认，或有级别为错误的问题
    FAILED = 2  # 没能执行：用法、方案或写入有问题，什么都没有写出
    RENAMED = 3  # 目标被占用，结果写在另一个名字下


class Failure(Exception):  # noqa: N818 - said to the user, no fault of the program
    """没能执行；`remedy` 说怎么办，`details` 是要一处一处说的，先印。"""

    def __init__(self, message: str, remedy: str = "", details: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.details = tuple(details)


def refuse_overwriting(target: Path, *given: Path, force: bool) -> None:
    """要写的文件已有的，加了 --force 才覆盖；给的文件无论如何不覆盖。"""
    if not target.exists():
        return
    if any(one.exists() and target.samefile(one) for one in given):
        raise Failure(f"“{target}”是给的文件，不覆盖。", "换一个文件名。")
    if not force:
        raise Failure(f"“{target}”已存在，没有写出。", "换一个文件名，或加 --force 覆盖。")


def refuse_several(
    targets: Sequence[Path],
    twice: str,
    apart: str,
    elsewhere: str,
    *,
    force: bool,
    adding: bool = False,
) -> None:
    """要写几份的，先看全，再动手：有两份同名、有一份已有而没有 --force，就一份也不写。

    `twice` 是哪两份会同名，`apart` 是怎样分开；`adding` 的已有的留着，只补没有的。
    """
    times = Counter(str(target).casefold() for target in targets)
    same = next((one.name for one in targets if times[str(one).casefold()] > 1), "")
    if same:
        raise Failure(f"有{twice}都叫“{same}”，没有写出。", apart)
    existing = [one.name for one in targets if os.path.lexists(one)]
    if existing and not (force or adding):
        more = f"等 {len(existing)} 个文件" if len(existing) > 1 else ""
        raise Failure(
            f"“{existing[0]}”{more}已存在，没有写出。", f"{elsewhere}，或加 --force 覆盖。"
        )
