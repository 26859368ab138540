"""几个人在同一份汇总的副本里各写各的：合到一份里；写的不同的，指出来由人定。"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from xltool.collection.saved_rows import Saved, SavedRow
    from xltool.collection.verdicts import Opinion, Other


class Conflict(NamedTuple):
    """同一条写的不同：已有的一行、它是谁的，另一份里的一行、它是谁的。"""

    kept: SavedRow
    owner: str
    other: SavedRow
    rival: str


class Merged(NamedTuple):
    """合好的：各行（以头一份的行为准）应有的意见、写的不同的、头一份里没有那一行的。

    `notes` 是别的副本里另写的（批注、添的栏、空着的格里的字），头一份里没有，没有合的。
    """

    filled: tuple[tuple[SavedRow, Opinion], ...]
    conflicts: tuple[Conflict, ...]
    strangers: tuple[tuple[str, SavedRow], ...]
    notes: tuple[tuple[str, Other], ...] = ()


def unmerged(base: Saved, others: Mapping[str, Saved]) -> Iterator[tuple[str, Other]]:
    """`others`（文件名、读到的）里另写的，头一份里没有的。"""
    known = set(base.others)
    for name, saved in others.items():
        yield from ((name, one) for one in saved.others if one not in known)


def merged(base: str, rows: Sequence[SavedRow], others: Mapping[str, Iterable[SavedRow]]) -> Merged:
    """把 `others`（文件名、各行）合到 `base` 里；带过来以后没有人再写过的，不算写的。"""
    places = {row.key.text: row for row in rows if row.key}
    written = {key: (base, row) for key, row in places.items() if written_here(row)}
    filled: dict[str, Opinion] = {}
    conflicts: list[Conflict] = []
    strangers: list[tuple[str, SavedRow]] = []
    for name, listed in others.items():
        for row in listed:
            if not written_here(row):
                continue
            key = row.key.text if row.key else ""
            if key not in places:
                strangers.append((name, row))
            elif key not in written:
                written[key] = name, row
                filled[key] = row.opinion
            elif written[key][1].opinion != row.opinion:
                owner, kept = written[key]
                conflicts.append(Conflict(kept, owner, row, name))
    return Merged(
        tuple((places[key], opinion) for key, opinion in filled.items()),
        tuple(conflicts),
        tuple(strangers),
    )


def written_here(row: SavedRow) -> bool:
    """这一份的人写的；清空了带过来的，也是写的。"""
    if row.key and row.key.written:
        return row.opinion.mark != row.key.written
    return row.opinion.given
