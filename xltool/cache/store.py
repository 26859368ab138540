"""缓存的各条：一条一个文件，名字由它取决于的一切定，内容带着使用者自己的密钥算的印。

别人放进来的、改过的、写了一半的、挪了名字的，印都对不上，当作没有。印对上了也不执行里面的任何东西。
写不进、读不了，一律当作没有缓存：这里的哪一样都不使汇总停下。
"""

from __future__ import annotations

import hmac
import os
import secrets
import stat
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

LARGEST: Final = 256 * 1024 * 1024
"""各条合起来最多这么多字节；超过了，久不用的先删。"""

_AFTER: Final = 0.8  # 删到这么多为止，免得每次都删
_MAGIC: Final = b"xltool-cache/1\n"
_SEAL: Final = 32
_LARGEST_ENTRY: Final = 64 * 1024 * 1024
_KEY: Final = "key"
_PART: Final = "part-"
_DEAD: Final = 3_600  # 写了一半、过了这么多秒还在的，是死了的留下的
_DAY: Final = 86_400
_PRIVATE_FOLDER, _PRIVATE = 0o700, 0o600
_OTHERS_MAY_WRITE: Final = 0o022
_OTHERS_MAY: Final = 0o077
_SAFE: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_READ: Final = os.O_RDONLY | _SAFE | getattr(os, "O_NONBLOCK", 0)
_CREATE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _SAFE


class Store:
    """打开了的缓存；用 `open_store` 打开。"""

    def __init__(self, folder: Path, key: bytes, largest: int = LARGEST) -> None:
        self._folder = folder
        self._key = key
        self._largest = largest
        self._full = False  # 写不进了，不再试
        self._wrote = False

    def get(self, name: str) -> bytes | None:
        """一条的内容；没有、不是自己写的，都为空。"""
        try:
            with os.fdopen(os.open(self._folder / name, _READ), "rb") as file:
                status = os.fstat(file.fileno())
                if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST_ENTRY:
                    return None
                whole = file.read()
        except OSError:
            return None
        head, seal, data = whole[: len(_MAGIC)], whole[len(_MAGIC) :][:_SEAL], None
        if head == _MAGIC and len(seal) == _SEAL:
            data = whole[len(_MAGIC) + _SEAL :]
        if data is None or not hmac.compare_digest(seal, self._seal(name, data)):
            return None
        if time.time() - status.st_mtime > _DAY:  # 用过的算新的
            with suppress(OSError):
                os.utime(self._folder / name)
        return data

    def put(self, name: str, data: bytes) -> None:
        """记下一条；写不进的算了。"""
        if self._full or len(data) > _LARGEST_ENTRY - len(_MAGIC) - _SEAL:
            return
        part = self._folder / f"{_PART}{secrets.token_hex(8)}"
        try:
            with os.fdopen(os.open(part, _CREATE, _PRIVATE), "wb") as file:
                file.write(_MAGIC + self._seal(name, data) + data)
            part.replace(self._folder / name)
        except OSError:
            self._full = True
            with suppress(OSError):
                part.unlink(missing_ok=True)
        self._wrote = True

    def tidy(self) -> None:
        """写过的，看看是不是太大了：久不用的、死了的留下的删去。"""
        if not self._wrote:
            return
        with suppress(OSError):
            self._tidy(list(os.scandir(self._folder)), time.time())

    def _tidy(self, entries: list[os.DirEntry[str]], now: float) -> None:
        kept: list[tuple[float, int, str]] = []
        for entry in entries:
            with suppress(OSError):
                status = entry.stat(follow_symlinks=False)
                if entry.name.startswith(_PART) and now - status.st_mtime > _DEAD:
                    Path(entry.path).unlink()
                elif stat.S_ISREG(status.st_mode) and entry.name != _KEY:
                    kept.append((status.st_mtime, status.st_size, entry.path))
        total = sum(size for _, size, _ in kept)
        if total <= self._largest:
            return
        for _, size, path in sorted(kept):
            if total <= self._largest * _AFTER:
                break
            with suppress(OSError):
                Path(path).unlink()
            total -= size

    def _seal(self, name: str, data: bytes) -> bytes:
        """连名字一起算：挪到别的名字下的不算。"""
        return hmac.digest(self._key, name.encode() + b"\0" + data, "sha256")


def open_store(folder: Path | None, largest: int = LARGEST) -> Store | None:
    """打开缓存，没有就建；不是只有自己写得了的文件夹、建不了的，不用。"""
    if folder is None:
        return None
    try:
        folder.mkdir(_PRIVATE_FOLDER, parents=True, exist_ok=True)
        if not _own(folder.lstat()):
            return None
        key = _key(folder / _KEY) or _new_key(folder / _KEY)
    except OSError:
        return None
    return Store(folder, key, largest) if key else None


def _own(status: os.stat_result) -> bool:
    """是自己的文件夹，别人写不了；Windows 上由所在的文件夹的权限保证。"""
    if not stat.S_ISDIR(status.st_mode):
        return False
    return os.name == "nt" or (
        status.st_uid == os.geteuid() and not status.st_mode & _OTHERS_MAY_WRITE
    )


def _key(path: Path) -> bytes | None:
    """自己的密钥；没有、别人也读得了的、不完整的为空。"""
    try:
        with os.fdopen(os.open(path, _READ), "rb") as file:
            status, key = os.fstat(file.fileno()), file.read(_SEAL + 1)
    except OSError:
        return None
    private = os.name == "nt" or (
        status.st_uid == os.geteuid() and not status.st_mode & _OTHERS_MAY
    )
    return key if private and stat.S_ISREG(status.st_mode) and len(key) == _SEAL else None


def _new_key(path: Path) -> bytes | None:
    """另造一个密钥：用旧的记下的各条从此都不认。"""
    path.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(path, _CREATE, _PRIVATE), "wb") as file:
            file.write(key := secrets.token_bytes(_SEAL))
    except FileExistsError:  # 另一个正好也在造
        return _key(path)
    return key
