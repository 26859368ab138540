"""交给工作进程做的几样事：有的会死、会卡住、会出错；在工作进程里按名字载入。"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

FATAL, STUCK, FAULTY = "死", "卡", "错"


def measured(word: str) -> int:
    """字数；照着字面死、卡住、出错。"""
    if FATAL in word:
        os._exit(9)
    if STUCK in word:
        time.sleep(600)
    if FAULTY in word:
        raise LookupError(word)
    return len(word)


def fatal_once(mark: str) -> str:
    """头一次就死，再做就好；做成了的给出进程号。"""
    if not Path(mark).exists():
        Path(mark).touch()
        os._exit(9)
    return str(os.getpid())


def process_of(_: object) -> int:
    """在哪个进程里。"""
    return os.getpid()


def full(_: object) -> None:
    """磁盘满了。"""
    raise OSError(28, "满了", "某处")


def greedy(size: int) -> int:
    """一下子要这么多内存。"""
    return len(bytes(size))


def slow(word: str) -> str:
    """做得慢。"""
    time.sleep(0.3)
    return word


def surroundings(_: object) -> tuple[list[str], str, str, bool]:
    """工作进程从哪里载入模块：模块路径、两个环境变量；载入过主进程的主模块没有。"""
    safe, given = os.environ.get("PYTHONSAFEPATH", ""), os.environ.get("PYTHONPATH", "")
    return sys.path, safe, given, hasattr(sys.modules["__main__"], "__file__")


class Unloadable:
    """在工作进程里一载入就使它退出；在本进程里是好的。"""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (3,)

    def __call__(self, word: str) -> int:
        return len(word)
