"""各单位的评分表一批一批地放：哪些是本工具放的，有没有人动过。"""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from xltool.collection.inbox import skip_reason
from xltool.excel.pristine import State, form_untouched
from xltool.xlsx.disk import sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_GENERATION: Final = re.compile("[0-9a-f]{12}")
_FORM: Final = re.compile(r"\d{4,}(_.*)?\.xlsx")  # 另存的一份叫什么
_LOCKS: Final = ("~$", ".~")


def generation_of(forms: Iterable[tuple[str, str]]) -> str:
    """一批评分表的子文件夹叫什么：由各份的名字和内容的指纹定。"""
    lines = "".join(f"{digest} {name}\n" for name, digest in sorted(forms))
    return sha256(lines.encode("utf-8", "surrogateescape")).hexdigest()[:12]


def generations(folder: Path) -> list[Path]:
    """各批评分表。"""
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(one for one in found if _GENERATION.fullmatch(one.name) and one.is_dir())


def loose(folder: Path) -> list[Path]:
    """直接放在文件夹里的评分表：早先的版本这样放。"""
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(one for one in found if _FORM.fullmatch(one.name) and one.is_file())


def generation_state(folder: Path) -> State:
    """一批评分表：内容与名字相符的没有人动过，不相符的逐个看是谁动的。"""
    files = [one for one in sorted(folder.iterdir()) if not is_junk(one)]
    if any(one.name.startswith(_LOCKS) for one in files):
        return State.OPENED
    if not all(one.is_file() and _FORM.fullmatch(one.name) for one in files):
        return State.KEPT
    if as_named(folder):
        return State.FREE
    states = map(form_state, files)
    return next((one for one in states if one is not State.FREE), State.FREE)


def as_named(folder: Path) -> bool:
    """一批评分表与它的名字相符。"""
    files = [one for one in folder.iterdir() if not is_junk(one)]
    if not all(one.is_file() and _FORM.fullmatch(one.name) for one in files):
        return False
    return generation_of((one.name, sha256_of(one)) for one in files) == folder.name


def is_junk(path: Path) -> bool:
    """系统放的，如 .DS_Store；锁文件不算。"""
    return not path.name.startswith(_LOCKS) and bool(skip_reason(PurePosixPath(path.name)))


def form_state(file: Path) -> State:
    """一份评分表有没有人存过。"""
    return State.FREE if form_untouched(file) else State.KEPT
