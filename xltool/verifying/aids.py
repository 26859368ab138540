"""汇总记着的名单、上年度、豁免表和报送文件夹现在在哪里：给了的，一季的设置里的，汇总旁边的。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from xltool.collection.basis import aid_at
from xltool.consolidated.basis import LAST_YEAR, ROSTER, WAIVERS
from xltool.messages import verify as say
from xltool.values import quote
from xltool.verifying.model import UnverifiableError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from xltool.collection.basis import Aid
    from xltool.consolidated.basis import Recorded
    from xltool.finding import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """报送文件夹和各个依据在哪里；没有用到、没有给的为空。"""

    folder: Path | None = None
    roster: Path | None = None
    last_year: Path | None = None
    waivers: Path | None = None


class Located(NamedTuple):
    """找到的：在哪里，哪些汇总以后改过。"""

    folder: Path
    roster: Path | None
    last_year: Path | None
    waivers: Path | None
    findings: tuple[Finding, ...]


def locate(book: Path, recorded: Recorded, given: Places, settings: Places) -> Located:
    """`given` 是命令上写的，`settings` 是一季的设置里的。

    Raises:
        UnverifiableError: 有一样找不到。
    """
    home = book.absolute().parent
    folder = given.folder or settings.folder or home / recorded.folder
    if not folder.is_dir():
        raise UnverifiableError(
            f"放报送文件的文件夹“{folder}”不存在。", "用 --folder 写明现在放在哪里。"
        )
    basis = recorded.basis
    near = (home, folder, folder.absolute().parent)
    found: dict[str, Path | None] = {}
    findings: list[Finding] = []
    for label, option, aid, own, usual in (
        (ROSTER, "--roster", basis.roster, given.roster, settings.roster),
        (LAST_YEAR, "--last-year", basis.last_year, given.last_year, settings.last_year),
        (WAIVERS, "--waivers", basis.waivers, given.waivers, settings.waivers),
    ):
        if aid is None:
            found[label] = None
            continue
        places = [own] if own else [usual, *(place / aid.name for place in near)]
        path, same = _found(aid, filter(None, places))
        if path is None:
            raise UnverifiableError(
                f"{label}“{aid.name}”找不到，不能照它核对。",
                f"放回汇总旁边，或用 {option} 写明现在在哪里。",
            )
        found[label] = path
        if not same:
            findings.append(say.AID_CHANGED.finding(what=label, name=quote(aid.name)))
    return Located(folder, found[ROSTER], found[LAST_YEAR], found[WAIVERS], tuple(findings))


def _found(aid: Aid, places: Iterable[Path]) -> tuple[Path | None, bool]:
    """内容对的头一个；都不对的，头一个在的。"""
    present = [place for place in places if place.exists()]
    for place in present:
        now = aid_at(place)
        if now is not None and now.sha256 == aid.sha256:
            return place, True
    return (present[0], False) if present else (None, False)
