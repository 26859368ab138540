"""文件清单里的各个文件现在在哪里：名字和内容都对的、换了名字的、变了的、不在的。"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xltool.collection.inbox import Item, list_inbox
from xltool.verifying.model import Fate
from xltool.xlsx.disk import sha256_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from xltool.verifying.record import ListedFile


@dataclass(frozen=True, slots=True)
class Originals:
    """`items` 是照清单的次序要读的；`lost` 是不在或变了的；`new` 是清单里没有的。"""

    items: tuple[Item, ...]
    lost: Mapping[str, Fate] = field(default_factory=dict)
    new: tuple[str, ...] = ()


def find_originals(
    listed: Sequence[ListedFile], folder: Path, excluded: Mapping[Path, str]
) -> Originals:
    """凭内容的指纹找，名字只用来分开“变了”和“不在”。

    Raises:
        OSError: 文件夹打不开。
    """
    present = {item.file: item for item in list_inbox(folder, excluded)}
    digests = {file: _digest(item) for file, item in present.items()}
    by_digest: dict[str, Item] = {}
    for file, digest in digests.items():
        by_digest.setdefault(digest, present[file])
    items: list[Item] = []
    lost: dict[str, Fate] = {}
    for one in listed:
        own = present.get(one.file)
        if not one.sha256:  # 锁文件、打不开的文件夹之类：汇总时就没有读
            items.append(own or Item(folder / one.file, one.file, skip=one.reason))
        elif own is not None and digests[one.file] == one.sha256:
            items.append(own)
        elif found := by_digest.get(one.sha256):
            items.append(Item(found.path, one.file))
        else:
            lost[one.file] = Fate.CHANGED if own is not None else Fate.MISSING
            items.append(Item(folder / one.file, one.file, skip=one.reason))
    known = {one.file for one in listed} | {one.sha256 for one in listed}
    new = (
        file
        for file, item in present.items()
        if not item.skip and file not in known and digests[file] not in known
    )
    return Originals(tuple(items), lost, tuple(new))


def _digest(item: Item) -> str:
    """内容的指纹；不读的、读不了的是空串。"""
    if item.trouble or not item.path.is_file() or item.path.is_symlink():
        return ""
    try:
        return sha256_of(item.path)
    except OSError:
        return ""
