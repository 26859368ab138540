"""汇总旁边的别的几份：人存过的编上号留着（汇总_1.xlsx），正名开着时写的另有名字（汇总_另存.xlsx）。

一看名字就分得清：编了号的是旧的，“另存”的是新的。它们链接到的评分表也留着。
先编号、再换名：编号用硬链接（没有的抄一份），编号以前、以后，人写的都至少在一个文件里。
"""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from html import unescape
from itertools import count
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from xltool.excel.atomic import sync_folder
from xltool.excel.claim import part_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LINKED: Final = re.compile(rb'Target="([^"]*)/([0-9a-f]{12})/[^"]*"')
_RELATIONS: Final = "xl/worksheets/_rels/"
_SPARE: Final = "_另存"
_SPARES: Final = range(2, 100)
_YEARS: Final = 1_000  # 从这么大起是年份：汇总_2024.xlsx 是上一年的，里面的意见说的不是这一年的事


def earlier_books(target: Path) -> list[Path]:
    """编了号的各份，由先到后；人照年份取名的也在内。"""
    return [one for _, one in _numbered(target)]


def spare_names(target: Path) -> Iterator[Path]:
    """正名的正开着时依次另取的名字，如 汇总_另存.xlsx。"""
    for number in ("", *map(str, _SPARES)):
        yield target.with_name(f"{target.stem}{_SPARE}{number}{target.suffix}")


def spare_books(target: Path) -> list[Path]:
    """另取了名字的各份，由先到后。"""
    return [one for one in spare_names(target) if one.is_file()]


def latest_book(target: Path) -> Path | None:
    """意见要从哪一份带：正名的；正名的没有了，另取了名字的最后一份，再没有，编号最大的。"""
    if target.exists():
        return target
    return next(reversed(spare_books(target)), None) or _last_kept(target)


def keep_beside(book: Path, target: Path) -> Path:
    """照 `target` 编上号留在旁边，返回留下的；上一次编了号、还没来得及换名的，就是那一份。"""
    last = _last_kept(target)
    if last is not None and same_contents(last, book):
        return last
    taken = {one.name for one in earlier_books(target)}
    for number in count(1):
        kept = target.with_name(f"{target.stem}_{number}{target.suffix}")
        if kept.name not in taken and _linked(book, kept):
            sync_folder(kept.parent)
            return kept
    raise AssertionError


def _batches(book: Path) -> frozenset[tuple[str, str]] | None:
    """一份汇总链接到哪几批评分表（文件夹、子文件夹）；读不了的为空：那就一批也不许动。"""
    try:
        with zipfile.ZipFile(book) as archive:
            parts = [name for name in archive.namelist() if name.startswith(_RELATIONS)]
            found = {one for part in parts for one in _LINKED.findall(archive.read(part))}
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return None
    return frozenset((_folder(place), generation.decode()) for place, generation in found)


def _folder(place: bytes) -> str:
    """链接里文件夹的名字；别的程序存过的，可能转义了，可能成了绝对路径。"""
    return unquote(unescape(place.decode("utf-8", "replace"))).rpartition("/")[2]


def linked_forms(book: Path) -> list[Path]:
    """一本汇总链接到的各批评分表；汇总编了号、改了名的，评分表还在原来的文件夹。"""
    return [book.parent / folder / name for folder, name in sorted(_batches(book) or ())]


def generations_of(book: Path) -> frozenset[str] | None:
    """一份汇总链接到哪几批评分表的子文件夹；读不了的为空。"""
    found = _batches(book)
    return None if found is None else frozenset(generation for _, generation in found)


def same_contents(one: Path, other: Path) -> bool:
    """两个文件是不是一个字节也不差。"""
    if one.samefile(other):
        return True
    return one.stat().st_size == other.stat().st_size and one.read_bytes() == other.read_bytes()


def _numbered(target: Path) -> list[tuple[int, Path]]:
    pattern = re.compile(rf"{re.escape(target.stem)}_([1-9][0-9]*){re.escape(target.suffix)}")
    found = target.parent.iterdir() if target.parent.is_dir() else ()
    return sorted((int(match[1]), one) for one in found if (match := pattern.fullmatch(one.name)))


def _last_kept(target: Path) -> Path | None:
    """程序编号留下的最后一份。"""
    kept = [one for number, one in _numbered(target) if number < _YEARS]
    return kept[-1] if kept else None


def _linked(target: Path, kept: Path) -> bool:
    """给一个还没有人用的名字；名字已有了的为假，从不覆盖。"""
    try:
        os.link(target, kept)
    except FileExistsError:
        return False
    except OSError:  # 这里的文件系统没有硬链接
        return _copied(target, kept)
    return True


def _copied(target: Path, kept: Path) -> bool:
    part = part_path(kept)
    shutil.copy2(target, part)
    with part.open("rb+") as handle:
        os.fsync(handle.fileno())
    if kept.exists():
        part.unlink()
        return False
    part.rename(kept)
    return True
