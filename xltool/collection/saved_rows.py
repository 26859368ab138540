"""一份人存过的汇总里读到的各行；标识与看得见的字对不上的，找回它自己的标识。"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from xltool.collection.row_keys import shown_marks
from xltool.values import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xltool.collection.row_keys import RowKey
    from xltool.collection.verdicts import Opinion, Other


class SavedRow(NamedTuple):
    """读到的一行：标识（对不上看得见的字的为空）、看得见的字、人写的意见；在哪张表的哪一行。"""

    kind: str
    key: RowKey | None
    name: str
    code: str
    where: str
    message: str
    opinion: Opinion
    sheet: str = ""
    row: int = 0
    columns: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Saved:
    """一份存过的汇总：`listed` 是各条疑点和指标的行，`gone` 是上次就没有地方放的。"""

    listed: tuple[SavedRow, ...]
    gone: tuple[SavedRow, ...]
    others: tuple[Other, ...]


def trusted(rows: Sequence[SavedRow]) -> tuple[SavedRow, ...]:
    """标识与看得见的字对不上的（只给几栏排了序、抄了一行），照看得见的字找回它自己的标识。"""
    owners: dict[tuple[str, str], list[RowKey]] = {}
    for row in rows:
        if row.key:
            owners.setdefault((row.key.whose, row.key.fact), []).append(row.key)
    return tuple(row._replace(key=_own_key(row, owners)) for row in rows)


def _own_key(row: SavedRow, owners: Mapping[tuple[str, str], list[RowKey]]) -> RowKey | None:
    shown = shown_marks(row.name, row.code, row.message)
    key = row.key
    if key and (key.whose, key.fact) == shown:
        return key
    found = set(owners.get(shown, ()))
    if len(found) == 1:
        return found.pop()
    # 事实那一格被人改过，别处也没有这句话：单位和编码对得上就信
    same = key is not None and not found and key.whose == shown[0]
    return key if same and fold(row.name) else None
