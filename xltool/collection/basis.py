"""一次汇总除报送文件以外还照着什么：名单、上年度、豁免表各是什么内容，截止日期、几份时怎样办、上限。"""

from __future__ import annotations

from dataclasses import dataclass, fields
from hashlib import sha256
from typing import TYPE_CHECKING, Literal, NamedTuple

from xltool.collection.inbox import list_inbox
from xltool.values.file_names import safe_name
from xltool.xlsx.disk import sha256_of
from xltool.xlsx.limits import Limits, variable

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


OnDuplicate = Literal["ask", "latest"]


class Aid(NamedTuple):
    """报送以外读的一个文件（或文件夹）：名字，内容的指纹。"""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """照着什么；没有用到的空着。`relaxed` 是放宽了的上限，如 XLTOOL_MAX_CELLS=800000。"""

    roster: Aid | None = None
    last_year: Aid | None = None
    waivers: Aid | None = None
    deadline: date | None = None
    on_duplicate: OnDuplicate = "ask"
    relaxed: tuple[str, ...] = ()


def relaxed_limits(now: Limits) -> tuple[str, ...]:
    """改了的各项上限。"""
    usual = Limits()
    return tuple(
        f"{variable(one.name)}={getattr(now, one.name)}"
        for one in fields(Limits)
        if getattr(now, one.name) != getattr(usual, one.name)
    )


def aid_at(path: Path | None) -> Aid | None:
    """一个文件的名字和指纹；文件夹的，是里面各个文件的名字和指纹合起来的。

    Raises:
        OSError: 打不开。
    """
    if path is None:
        return None
    if not path.is_dir():
        return Aid(safe_name(path.name), sha256_of(path))
    listed = (item for item in list_inbox(path, {}) if not (item.skip or item.trouble))
    lines = (f"{item.file}\0{sha256_of(item.path)}\n" for item in listed if item.path.is_file())
    digest = sha256("".join(sorted(lines)).encode("utf-8", "surrogateescape")).hexdigest()
    return Aid(safe_name(path.name), digest)
