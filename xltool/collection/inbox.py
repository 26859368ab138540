"""清点文件夹：找到的每一样都记下来，该跳过的说明为什么。"""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from xltool.messages import collection as say
from xltool.values.file_names import safe_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

# 汇总结果的文件属性里，关键词以它开头：再汇总时认得出来，不当作报送
OUTPUT_FORMAT: Final = "xltool-collection/1"
REVIEWED: Final = "reviewed"
"""文件属性的关键词里有它的，里面有带过来的复核意见：没有人存过，下一次也要从它带。"""
OUTPUT_MARK: Final = f"<cp:keywords>{OUTPUT_FORMAT}".encode()  # 在文件属性里
OUTPUT_KEYWORDS: Final = re.compile(
    rb"<cp:keywords>" + re.escape(OUTPUT_FORMAT).encode() + rb" ?([^<]*?)"
    rb"(?: " + REVIEWED.encode() + rb")?(?: contents/[0-9a-f]+)?<"
)
"""后面接着各方案和版本。"""

_FORMS: Final = "_评分表"  # 单位太多时，汇总旁边另存各单位评分表的文件夹，接在汇总的名字后面
OWN_PART: Final = re.compile(r"\.part-[0-9a-f]{16}(\.lock)?")

_LOCKS: Final = ("~$", ".~", ".#")
_SYSTEM_NAMES: Final = frozenset(
    {".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", ".localized", ".directory"}
)
_SYSTEM_FOLDERS: Final = frozenset(
    {"__macosx", "$recycle.bin", "system volume information", ".trashes", ".fseventsd"}
)
_PARTIAL: Final = (".tmp", ".temp", ".crdownload", ".download", ".part", ".partial", ".opdownload")
_WORKBOOK: Final = ".xlsx"


@dataclass(frozen=True, slots=True)
class Item:
    """找到的一样东西：在哪、给人看的名字、跳过的理由（空着就要读）、打不开的原因。"""

    path: Path
    file: str
    skip: str = ""
    trouble: str = ""


def list_inbox(folder: Path, excluded: Mapping[Path, str]) -> tuple[Item, ...]:
    """文件夹里（连同各级子文件夹）的每一样，按相对路径的字符次序。

    `excluded` 是不读的文件（或文件夹）和理由。符号链接不跟进去，也不打开管道：照样列出，
    读的时候退回。

    Raises:
        OSError: 文件夹本身打不开。
    """
    with os.scandir(folder):
        pass
    avoided = {_absolute(path): reason for path, reason in excluded.items()}
    used: dict[str, int] = {}
    items: list[Item] = []
    for entry in sorted(_walk(folder), key=_order):
        path = folder / entry.relative
        name = "/".join(map(safe_name, entry.relative.parts))
        used[name] = count = used.get(name, 0) + 1
        shown = f"{name}〔{count}〕" if count > 1 else name
        # 文件自己，或它所在的某一级文件夹，是不是指定不读的
        above = map(_absolute, (path, *path.parents[: len(entry.relative.parts) - 1]))
        reasons = (avoided[one] for one in above if one in avoided)
        skip = next(reasons, "") or skip_reason(entry.relative)
        items.append(Item(path, shown, "" if entry.trouble else skip, entry.trouble))
    return tuple(items)


@dataclass(frozen=True, slots=True)
class _Entry:
    relative: PurePosixPath
    trouble: str = ""


def _order(entry: _Entry) -> tuple[str, str]:
    """不计扩展名：原件在前，“ - 副本”“(1)”在后，内容相同时采用的是原件。"""
    bare = str(entry.relative.parent / entry.relative.stem)
    return unicodedata.normalize("NFC", bare), str(entry.relative)


def _walk(folder: Path) -> Iterator[_Entry]:
    pending = [PurePosixPath()]
    while pending:
        relative = pending.pop()
        try:
            with os.scandir(folder / relative) as scan:
                entries = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in scan]
        except OSError as error:
            yield _Entry(relative, f"系统错误 {error.errno}")
            continue
        for name, is_folder in entries:
            if is_folder:
                pending.append(relative / name)
            if OWN_PART.fullmatch(name):
                continue  # 正在写的汇总放在这里，不是收来的
            if not is_folder or name.lower().endswith(_WORKBOOK):
                yield _Entry(relative / name)


def _absolute(path: Path) -> str:
    """同一个文件的同一个写法；只整理写法，不跟符号链接。"""
    return os.path.normcase(os.path.abspath(path))  # noqa: PTH100 - keeps symlinks, as lstat does


def forms_name(stem: str) -> str:
    """一本汇总另存的评分表放在哪个文件夹，由汇总的名字（不带扩展名）得出。"""
    return f"{stem}{_FORMS}"


def book_name(folder: str) -> str:
    """另存的评分表的文件夹是哪一本汇总的；与 forms_name 相反。"""
    return f"{folder.removesuffix(_FORMS)}{_WORKBOOK}"


def forms_beside(file: str) -> str:
    """一本汇总另存的评分表，相对路径怎样开头。"""
    path = PurePosixPath(file)
    return f"{path.with_name(forms_name(path.stem))}/"


def skip_reason(relative: PurePosixPath) -> str:
    """只看名字就该跳过的理由；不该跳过的为空。"""
    name = relative.name.lower()
    if name.startswith(_LOCKS):
        return say.LOCK_FILE
    folders = [part.lower() for part in relative.parts[:-1]]
    if name in _SYSTEM_NAMES or not _SYSTEM_FOLDERS.isdisjoint(folders):
        return say.SYSTEM_FILE
    if name.startswith("._"):
        return say.SYSTEM_FILE
    if name.endswith(_PARTIAL) or ".part-" in name:
        return say.PARTIAL_FILE
    if any(part.startswith(".") for part in (*folders, name)):
        return say.HIDDEN_FILE
    return ""
