"""上年度的各份是现在哪个单位的：按编码、按名称查；名单上改了名、换了编码的，照曾用名接上。

与上年度比、照上年起头，问的都是这里的同一条：一个编码今年是不是给了别人。
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from xltool.collection.departments import PART, project_key
from xltool.collection.roster import code_of
from xltool.values import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xltool.collection.roster import RosterEntry

T = TypeVar("T")


class Codes:
    """名单上各名称（连同曾用名）现在的编码。"""

    def __init__(self, entries: Sequence[RosterEntry]) -> None:
        self._now = {
            name: code_of(entry.code) for entry in reversed(entries) for name in entry.names
        }

    def moved(self, name: str, code: str) -> bool:
        """上年写着这个编码的单位（折叠过的名称），今年另有编码：这个编码现在是别人的。"""
        return self._now.get(name, "") not in ("", code)


@dataclass(frozen=True, slots=True)
class Remembered(Generic[T]):
    """各单位（项目）上年度的；`written` 是各编码写在哪个名称旁边。"""

    by_name: dict[str, T] = field(default_factory=dict)
    by_code: dict[str, T] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)

    def of(self, name: str, code: str, project: str) -> T | None:
        """先看预算编码，再看名称；那个编码上年写在别的名称旁边，这个名称上年也有的，看名称。"""
        key = project_key(code_of(code), project) if code_of(code) else ""
        coded, named = self.by_code.get(key), self.by_name.get(project_key(fold(name), project))
        if named is not None and self.written.get(key) != fold(name):
            return named
        return coded or named

    def add(self, name: str, code: str, project: str, one: T) -> None:
        """添一个；同一个单位有几份的，照头一份。"""
        if name:
            self.by_name.setdefault(project_key(fold(name), project), one)
        if code_of(code):
            key = project_key(code_of(code), project)
            self.by_code.setdefault(key, one)
            self.written.setdefault(key, fold(name))

    def renamed(self, entries: Sequence[RosterEntry]) -> Iterator[tuple[RosterEntry, str]]:
        """照名单接上；几个曾用名各有一份的不猜，给出是哪个单位、哪几个名称。"""
        codes = Codes(entries)
        for key, name in list(self.written.items()):
            if codes.moved(name, key.partition(PART)[0]):
                del self.by_code[key]
        listed: dict[str, dict[str, T]] = defaultdict(dict)
        for key, one in self.by_name.items():
            name, part, project = key.partition(PART)
            listed[name][part + project] = one
        for entry in entries:
            for project, found in _former(entry, listed).items():
                own = f"{fold(entry.name)}{project}"
                if own not in self.by_name and len(found) > 1:
                    yield entry, "、".join(found)
                elif own not in self.by_name:
                    (self.by_name[own],) = found.values()
                if own in self.by_name and code_of(entry.code):
                    self.by_code.setdefault(f"{code_of(entry.code)}{project}", self.by_name[own])


def _former(entry: RosterEntry, listed: Mapping[str, Mapping[str, T]]) -> dict[str, dict[str, T]]:
    """一个单位的各个项目（标识里接在后面的字），在各个曾用名下的；`listed` 是各名称的各个项目。"""
    found: dict[str, dict[str, T]] = defaultdict(dict)
    for alias in entry.aliases:
        for project, one in listed.get(fold(alias), {}).items():
            found[project][alias] = one
    return found
