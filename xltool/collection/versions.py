"""一个部门（项目）的几份里，哪些是同一份，哪一份替代了哪一份；凭所填的内容和退回件记着的由来。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xltool.collection.departments import Member


@dataclass(frozen=True, slots=True)
class Versions:
    """几份之间的关系。

    `distinct` 是内容各不相同的几份，退回次数多的在后；`same` 是与其中一份填得相同的文件和那一份；
    `replaced` 是由退回后改的一份替代了的文件，和直接替代它的那一份。
    """

    distinct: tuple[Member, ...]
    same: Mapping[str, Member]
    replaced: Mapping[str, Member]

    @property
    def leaves(self) -> tuple[Member, ...]:
        """没有被替代的。"""
        return tuple(one for one in self.distinct if one.file not in self.replaced)

    def chain(self, leaf: Member) -> tuple[Member, ...]:
        """`leaf` 依次替代的几份，最早的在前，它自己在最后。"""
        before = tuple(
            one for one in self.distinct if one.file in self.replaced and is_ancestor(one, leaf)
        )
        return (*before, leaf)


def versions_of(members: Sequence[Member]) -> Versions:
    """比较一个部门的各份。"""
    groups: dict[str, list[Member]] = {}
    for member in members:
        groups.setdefault(member.summary.answers or member.file, []).append(member)
    # 原样报回的不代表这一组，其余的退回次数多的代表：它记着的由来最全
    heads = [min(group, key=_order) for group in groups.values()]
    heads.sort(key=lambda one: len(one.summary.lineage))
    same = {
        one.file: head
        for head in heads
        for one in groups[head.summary.answers or head.file]
        if one is not head
    }
    replaced: dict[str, Member] = {}
    for one in heads:
        later = [other for other in heads if is_ancestor(one, other)]
        if later:  # 直接由它改的：退回次数最少的
            replaced[one.file] = min(later, key=lambda other: len(other.summary.lineage))
    return Versions(tuple(heads), same, replaced)


def unchanged(member: Member) -> bool:
    """退回件一处也没有改就报回来了。"""
    lineage = member.summary.lineage
    return bool(lineage) and lineage[-1].answers == member.summary.answers


def is_ancestor(one: Member, other: Member) -> bool:
    """`other` 是不是由 `one` 退回后（一次或几次）改的。

    另存过的字节不同，填的内容相同也算；退回次数总是多起来的，改来改去又改回原样的不会互相替代。
    """
    lineage = other.summary.lineage
    if len(one.summary.lineage) >= len(lineage):
        return False
    return any(
        one.sha256 == ancestor.sha256 or one.summary.answers == ancestor.answers
        for ancestor in lineage
    )


def _order(member: Member) -> tuple[bool, int]:
    return unchanged(member), -len(member.summary.lineage)
