"""退回文件夹：程序写的各份记在一个小文件里，再写时只换没有人动过的，人改过的一概留着。"""

from __future__ import annotations

import json
import os
import re
from contextlib import contextmanager
from hashlib import sha256
from operator import methodcaller
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.excel.atomic import atomic_save, opened, other_names, put
from xltool.excel.claim import claimed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RECORD: Final = "退回记录.json"
_SCHEMA: Final = "xltool-returns/1"
_NOTE: Final = "程序凭它知道哪些文件是自己写的、没有人改过；删去它，已有的都当作有人改过。"
_MOST: Final = 16 * 1024 * 1024
_DIGEST: Final = re.compile("[0-9a-f]{64}")


class Known(NamedTuple):
    """写过的一份：内容的指纹，和由什么写成的指纹。"""

    sha256: str
    basis: str


class Slot(NamedTuple):
    """一份写在哪里：`fresh` 是要写（否则现有的就是），`edited` 是有人改过、让开了的一份。"""

    path: Path
    basis: str
    fresh: bool
    edited: Path | None = None


class Swept(NamedTuple):
    """用不着的：删去了的，和有人改过而留着的。"""

    removed: tuple[str, ...]
    kept: tuple[str, ...]


class ReturnsFolder:
    """一次退回；用 `open_returns` 打开。"""

    def __init__(self, folder: Path, known: dict[str, Known]) -> None:
        self.folder: Final = folder
        self._before = known
        self.now: dict[str, Known] = {}
        self._passed: set[str] = set()

    def slot(self, name: str, basis: str) -> Slot:
        """`name` 这一份写在哪里；由同样的东西写成的，没有人动过、改过的都不必再写。"""
        wanted = self.folder / name
        edited: Path | None = None
        for path in (wanted, *other_names(wanted)):
            if path.name in self.now:
                continue
            if not os.path.lexists(path):
                return Slot(path, basis, fresh=True, edited=edited)
            known = self._before.get(path.name)
            if known is not None and known.basis == basis:
                self.now[path.name] = known
                return Slot(path, basis, fresh=False)
            if known is not None and known.sha256 == _digest(path) and not opened(path):
                return Slot(path, basis, fresh=True, edited=edited)
            self._passed.add(path.name)
            edited = edited or path
        raise FileExistsError(17, "另取的名字也都用完了", str(wanted))

    def claim(self, slot: Slot) -> None:
        """先占住名字，等写好了再记内容。"""
        self.now[slot.path.name] = Known("", slot.basis)

    def release(self, slot: Slot) -> None:
        """占了而没有写成的。"""
        del self.now[slot.path.name]

    def put(self, name: str, basis: str, data: bytes) -> tuple[Path, Path | None]:
        """写一份已经有了内容的；返回写在哪里，让开了谁改过的。"""
        slot = self.slot(name, basis)
        if not slot.fresh:
            return slot.path, None
        return self.write(slot, data), slot.edited

    def write(self, slot: Slot, data: bytes) -> Path:
        """写好，记下；返回真正写成的文件。"""
        path = atomic_save(slot.path, methodcaller("write", data))
        self.now[path.name] = Known(sha256(data).hexdigest(), slot.basis)
        return path

    def sweep(self) -> Swept:
        """先前写的、这一次用不着的：没有人动过的删去，改过的留着。"""
        removed, kept = [], []
        for name, known in sorted(self._before.items()):
            path = self.folder / name
            if name in self.now or not os.path.lexists(path):
                continue
            if known.sha256 == _digest(path) and not opened(path):
                path.unlink()
                removed.append(name)
            else:
                self.now[name] = known
                if name not in self._passed:
                    kept.append(name)
        return Swept(tuple(removed), tuple(kept))

    def stay(self) -> None:
        """先前写的都留着，一份也不算用不着。"""
        written = {name: known for name, known in self.now.items() if known.sha256}
        self.now = {**self._before, **written}


@contextmanager
def open_returns(folder: Path) -> Iterator[ReturnsFolder]:
    """打开退回文件夹，没有就新建；出来时记下写了哪些。

    Raises:
        BusyError: 另一个程序正在写它。
    """
    folder.mkdir(parents=True, exist_ok=True)
    record = folder / RECORD
    with claimed(record) as part:
        returns = ReturnsFolder(folder, _known(record))
        try:
            yield returns
        except BaseException:
            returns.stay()  # 半途停下的，写成的也要记得
            part.handle.write(_text(returns.now))
            put(part)
            raise
        part.handle.write(_text(returns.now))
        put(part)


def _text(known: dict[str, Known]) -> bytes:
    files = {name: {"sha256": one.sha256, "basis": one.basis} for name, one in known.items()}
    document = {"schema": _SCHEMA, "note": _NOTE, "files": files}
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _known(record: Path) -> dict[str, Known]:
    """记着的各份；读不懂的当作没有记，那样谁的文件也不会动。"""
    try:
        if record.is_symlink() or record.stat().st_size > _MOST:
            return {}
        document = json.loads(record.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    files = document.get("files") if isinstance(document, dict) else None
    if not isinstance(files, dict) or document.get("schema") != _SCHEMA:
        return {}
    found = {name: _read(value) for name, value in files.items() if _plain(name)}
    return {name: known for name, known in found.items() if known is not None}


def _plain(name: str) -> bool:
    """只是这个文件夹里的一个文件名，不通往别处。"""
    return name not in ("", ".", "..", RECORD) and not re.search(r"[/\\:\0]", name)


def _read(value: object) -> Known | None:
    if not isinstance(value, dict):
        return None
    found = Known(str(value.get("sha256")), str(value.get("basis")))
    return found if all(map(_DIGEST.fullmatch, found)) else None


def _digest(path: Path) -> str:
    """一个文件的指纹；不是平常的文件、打不开的是空串，与谁都不同。"""
    try:
        if path.is_symlink() or not path.is_file():
            return ""
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
