"""文件名写着名单上的一个单位，内容却是另一个单位的：多半是发错了文件，那个单位自己的还没有交来。"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from xltool.collection.departments import unit_key
from xltool.collection.statuses import FileStatus
from xltool.messages import collection as say
from xltool.values import fold, quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from xltool.collection.matching import Directory
    from xltool.collection.model import FileOutcome, Unit
    from xltool.finding import Finding

# 内容认得出是谁的；退回的、不能读的本来就照文件名认
_KNOWN = frozenset(
    {
        FileStatus.ADOPTED,
        FileStatus.PENDING,
        FileStatus.REPLACED,
        FileStatus.SKIPPED,
        FileStatus.BLANK,
    }
)


def misnamed_notes(
    files: Iterable[FileOutcome], units: Sequence[Unit], directory: Directory
) -> Iterator[Finding]:
    """各说一句；名字里也有自己的单位的、是它的下级的不说。"""
    homes = {unit.key: unit for unit in units} | {unit.owner: unit for unit in reversed(units)}
    names = defaultdict[str, list[str]](list)
    for word, entry in directory.by_name.items():
        names[unit_key(entry)].append(word)
    for one in files:
        unit = homes.get(one.unit) if one.status in _KNOWN and one.unit else None
        name = one.file.rpartition("/")[2]
        named = directory.in_path(name) if unit else None
        if unit is None or named is None or unit_key(named) == unit.owner:
            continue
        own, written = fold(unit.department), fold(name)
        if any(word in written for word in (*names[unit.owner], own)) or fold(named.name) in own:
            continue
        found = say.MISNAMED.finding(named=quote(named.name), name=quote(unit.department))
        yield found.in_file(one.file)
