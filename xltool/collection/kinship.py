"""退回件报回来时换了名称的：名单外的单位、项目并回名单上的；像是拿别人的表改的，说出来。"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xltool.collection.versions import is_ancestor
from xltool.messages import versions as say
from xltool.values import fold, quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xltool.collection.departments import Department, Member


def reunited(departments: Sequence[Department]) -> tuple[Department, ...]:
    """各部门；封面的名称、编码写错了、退回后改正的，原来的一份归到改正后的单位。"""
    kept = {department.key: department for department in departments}
    for parent_home, parent, child_home, child in list(_across(departments)):
        home, other = kept[child_home.key], kept[parent_home.key]
        if _strayed(other, home):
            # 原来的一份不在名单里，改正后在：就是这个单位的，名单外的提醒不必再说
            told = tuple(note for note in other.findings if note.file != parent.file)
            left = tuple(one for one in other.members if one is not parent)
            kept[other.key] = replace(other, members=left, findings=told)
            kept[home.key] = replace(home, members=(*home.members, parent))
        else:
            note = say.FROM_ANOTHER.finding(
                name=quote(home.name), file=child.file, parent=parent.file, other=quote(other.name)
            )
            notes = (*home.findings, note.in_file(child.file))
            kept[home.key] = replace(home, findings=notes)
    return tuple(department for department in kept.values() if department.members)


def _strayed(other: Department, home: Department) -> bool:
    """原来的一份名称（项目）不在名单里，改正后的在。"""
    if home.entry is None:
        return False
    if other.entry is None:
        return other.project == home.project
    listed = [fold(project) for project in home.entry.projects]
    return (
        other.entry is home.entry
        and other.project != ""
        and fold(other.project) not in listed
        and fold(home.project) in listed
    )


def _across(
    departments: Sequence[Department],
) -> Iterator[tuple[Department, Member, Department, Member]]:
    """别的部门的一份，和由它退回后改的一份；一份只说一次。"""
    every = [(home, one) for home in departments for one in home.members]
    returned = [(home, one) for home, one in every if one.summary.lineage]
    for parent_home, parent in every:
        for child_home, child in returned:
            if child_home is not parent_home and is_ancestor(parent, child):
                yield parent_home, parent, child_home, child
                break
