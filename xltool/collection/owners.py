"""复核意见、豁免、催报记录是现在哪个单位的哪个项目的：都问这一张表。

上年度的（比较、起头）只有名称和编码，另有 remembered。

名称相同的就是它；名称没有了的，看曾用名、预算编码，再看退回件记着的由来。两个都可能的，不猜。
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Identity(NamedTuple):
    """一个单位的一个项目怎样称呼：编码、名称、项目，没有的为空串；`former` 是曾用名。

    `mark` 是填的内容的指纹，`lineage` 是它由填着什么的几份退回后改来的。
    """

    code: str
    name: str
    project: str = ""
    former: tuple[str, ...] = ()
    mark: str = ""
    lineage: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """现在的名称和曾用名。"""
        return (self.name, *self.former)

    @property
    def contents(self) -> frozenset[str]:
        """这一份先后填过的内容。"""
        return frozenset((self.mark, *self.lineage)) - {""}


class Owner(NamedTuple):
    """是哪一个（单位的标识），没有的为空；`several` 是几个都可能，`inherited` 是凭由来认的。"""

    key: str = ""
    several: bool = False
    inherited: bool = False


NOBODY: Final = Owner()
SEVERAL: Final = Owner(several=True)

_Now = tuple[str, Identity]


class Owners:
    """现在的各个单位（项目）；`before` 是原来的一份里有的，两个时候都有的不会是改了名。"""

    def __init__(self, now: Iterable[_Now], before: Iterable[Identity] = ()) -> None:
        self._named: dict[tuple[str, str], list[_Now]] = defaultdict(list)
        self._former: dict[tuple[str, str], list[_Now]] = defaultdict(list)
        self._coded: dict[tuple[str, str], list[_Now]] = defaultdict(list)
        self._heirs: dict[str, list[_Now]] = defaultdict(list)
        for one in now:
            who = one[1]
            self._named[who.name, who.project].append(one)
            self._coded[who.code, who.project].append(one)
            for name in dict.fromkeys(who.former):
                self._former[name, who.project].append(one)
            for mark in dict.fromkeys(who.lineage):
                self._heirs[mark].append(one)
        self._names = {name for name, _ in (*self._named, *self._former)}
        self._before: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._codes: dict[tuple[str, str], set[str]] = defaultdict(set)
        for old in before:
            self._before[old.name, old.project].add(old.mark)
            self._codes[old.name, old.project] |= {old.code} - {""}
        self._once = {name for name, _ in self._before}

    def of(self, old: Identity) -> Owner:
        """原来的一个现在是哪一个。"""
        if same := self._named.get((old.name, old.project)):
            return self._namesake(old, same)
        found = dict([*self._by_former_name(old), *self._by_code(old)])
        if not found:
            return self._heir(old)
        owner = _only(old, list(found.items()))
        # 曾用名的那一个上一次也在：是并进来的，还是原来就是两个，看不出
        who = found.get(owner.key)
        return SEVERAL if who and who.name in self._once and who.name != old.name else owner

    def every(self, who: Identity) -> tuple[str, ...]:
        """叫这个名称的各个，没有就看曾用名叫它的、编码是它的；一个单位报了几种表的有几个。"""
        spot = who.name, who.project
        coded = self._coded.get((who.code, who.project), []) if who.code else []
        found = self._named.get(spot) or self._former.get(spot) or coded
        return tuple(key for key, _ in found)

    def _namesake(self, old: Identity, same: Sequence[_Now]) -> Owner:
        """名称、项目都相同的各个里。"""
        if exact := [one for one in same if one[1].code == old.code]:
            return _only(old, exact)
        others = self._codes[old.name, old.project] - {old.code}
        if old.code and any(who.code in others for _, who in same):
            return NOBODY  # 上一次就有同名而编码不同的，它是另一个
        if old.code and others:
            return SEVERAL
        return _only(old, [*same, *self._takers(old, same)])

    def _takers(self, old: Identity, same: Sequence[_Now]) -> list[_Now]:
        """拿着它的编码、可能是它改了名的：原来没有的单位，或与现在叫它的名称的换了编码的。"""
        coded = self._coded.get((old.code, old.project), []) if old.code else []
        codes = {who.code for _, who in same}
        return [
            one
            for one in coded
            if one[1].name not in self._once or codes & self._codes[one[1].name, old.project]
        ]

    def _by_former_name(self, old: Identity) -> Sequence[_Now]:
        return self._former.get((old.name, old.project), [])

    def _by_code(self, old: Identity) -> Sequence[_Now]:
        """只有编码相同的；那个名称是别的单位的、那个单位原来就有的，是编码挪给了别的单位。"""
        coded = self._coded.get((old.code, old.project), []) if old.code else []
        return [one for one in coded if not self._was_another(one[1], old)]

    def _was_another(self, who: Identity, old: Identity) -> bool:
        elsewhere = old.name in self._names and old.name not in who.names
        return elsewhere or any(name in self._once for name in who.names if name != old.name)

    def _heir(self, old: Identity) -> Owner:
        """由它的退回件改来的；改的时候换了项目或单位的名称，原来的名称现在没有了。"""
        heirs = self._heirs.get(old.mark, []) if old.mark else []
        if len(heirs) != 1:
            return SEVERAL if heirs else NOBODY
        ((key, who),) = heirs
        kin = old.name in who.names or (old.code != "" and old.code == who.code)
        if not kin and old.name in self._names:
            return NOBODY  # 那个单位还在，是拿它的表改的
        was = self._before.get((who.name, who.project), set())
        if was - who.contents:
            return SEVERAL  # 它上一次另有一份，填的不是这个
        return Owner(key, inherited=True)


def _only(old: Identity, found: Sequence[_Now]) -> Owner:
    """几个里的一个：填的内容接得上的。"""
    if len(found) > 1 and old.mark:
        found = [one for one in found if old.mark in one[1].contents] or found
    return Owner(found[0][0]) if len(found) == 1 else SEVERAL
