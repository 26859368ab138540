"""打好包的结论存在临时文件里，用到哪一份再取：几千份都放在内存里要几百兆。"""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from threading import Lock
from typing import Final
from weakref import finalize

_IN_MEMORY: Final = 4 * 1024 * 1024  # 比这少的不必写到盘上


class Spool:
    """一次汇总的临时文件；没有人再用它时自己关上、删去。"""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed by the finalizer
        self._lock = Lock()  # 写各单位的表在另一个线程里取
        self._size = 0
        finalize(self, self._file.close)

    def put(self, data: bytes) -> Spooled:
        """存一份。

        Raises:
            OSError: 磁盘满了之类。
        """
        with self._lock:
            self._file.seek(self._size)
            self._file.write(data)
            start, self._size = self._size, self._size + len(data)
        return Spooled(self, start, len(data))

    def get(self, start: int, size: int) -> bytes:
        """取一份。"""
        with self._lock:
            self._file.seek(start)
            return self._file.read(size)


class Spooled:
    """存着的一份：用 bytes() 取出；送到别的进程去的就是它的字节。"""

    __slots__ = ("_size", "_spool", "_start")

    def __init__(self, spool: Spool, start: int, size: int) -> None:
        self._spool = spool
        self._start = start
        self._size = size

    def __bytes__(self) -> bytes:
        return self._spool.get(self._start, self._size)

    def __reduce__(self) -> tuple[type[bytes], tuple[bytes]]:
        return bytes, (bytes(self),)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Spooled) and bytes(self) == bytes(other)

    def __hash__(self) -> int:
        return hash(bytes(self))
