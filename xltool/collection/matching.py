"""一份报送是名单上的哪个单位：先看预算编码，再看名称。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xltool.collection.roster import code_of
from xltool.messages import collection as say
from xltool.values import fold, nearest_all, quote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xltool.collection.roster import Roster, RosterEntry
    from xltool.finding import Finding


@dataclass(frozen=True, slots=True)
class Match:
    """认出的单位（认不出为空）和有关的问题。"""

    entry: RosterEntry | None
    findings: tuple[Finding, ...] = ()


_MOST_NEAR: Final = 3  # 一样像的，最多说几个


@dataclass(frozen=True, slots=True)
class Directory:
    """按编码、按名称查名单。"""

    by_code: Mapping[str, RosterEntry]
    by_name: Mapping[str, RosterEntry]
    names: tuple[str, ...]

    def match(self, name: str, code: str) -> Match:
        """编码在名单里就按编码；名称却正好是另一个单位的，按名称，并说出来。"""
        coded, named = self.by_code.get(code_of(code)), self.by_name.get(fold(name))
        if coded is None or named is coded:
            entry = coded or named
            if entry is not None:
                return Match(entry)
            near = "”“".join(map(quote, nearest_all(name, self.names)[:_MOST_NEAR]))
            hint = say.NEAREST.format(name=near) if near else ""
            return Match(None, (say.NOT_ON_ROSTER.finding(name=quote(name), nearest=hint),))
        shown = quote(code)
        if named is not None:
            other = quote(coded.name)
            note = say.OTHER_CODE.finding(name=quote(named.name), code=shown, other=other)
            return Match(named, (note,))
        expected, written = quote(coded.name), quote(name)
        note = say.OTHER_NAME.finding(name=written, code=shown, expected=expected)
        return Match(coded, (note,))

    def in_path(self, file: str) -> RosterEntry | None:
        """文件名或文件夹名里写着哪个单位；几个都写着的取名称最长的。"""
        text = fold(file)
        found = [name for name in self.by_name if name in text]
        return self.by_name[max(found, key=lambda name: (len(name), name))] if found else None


def directory_of(roster: Roster) -> Directory:
    """由名单编成；正式名称先于曾用名。"""
    by_name: dict[str, RosterEntry] = {}
    for entry in roster.entries:
        by_name[fold(entry.name)] = entry
    for entry in roster.entries:
        for name in entry.names:
            by_name.setdefault(name, entry)
    by_code = {code_of(entry.code): entry for entry in roster.entries if code_of(entry.code)}
    return Directory(by_code, by_name, tuple(entry.name for entry in roster.entries))
