"""按表头找表：哪一行是表头，认得的各栏在第几列，缺了哪些、重了哪些、多了哪些。

登记表、名单、方案工作簿和移动过的填报表都用它；各表只说要哪些栏、每栏有哪些写法。
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xltool.values import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xltool.xlsx.grid import Grid, GridCell

    Rows = Mapping[int, Mapping[int, GridCell]]

_LONGEST: Final = 200  # 表头没有这么长，长文字不必比


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """要找的表头。

    `names` 是各栏认得的写法，越靠前的意思越准：一行里有几格都像同一栏的，取最靠前的写法，再取
    最左的。`required` 的栏都有的行优先；认得的栏不到 `least` 个的行不算表头。`topmost` 要最上面
    的一行（下面的是重复的表头），否则要认得最多的一行。
    """

    names: Mapping[str, Sequence[str]]
    required: tuple[str, ...] = ()
    least: int = 1
    topmost: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """找到的表头：第几行、各栏在第几列。

    `missing` 是没有的必要的栏；`repeated` 是重复的栏还在哪几列；`unknown` 是有别的内容的列。
    """

    row: int
    columns: Mapping[str, int]
    missing: tuple[str, ...]
    repeated: Mapping[str, tuple[int, ...]]
    unknown: tuple[int, ...]


def rows_of(grid: Grid, last: int | None = None) -> dict[int, dict[int, GridCell]]:
    """工作表的各行、各格，依次序；给了 `last` 就只到那一行。"""
    rows: dict[int, dict[int, GridCell]] = {}
    for (row, column), cell in sorted(grid.cells.items()):
        if last is not None and row > last:
            break
        rows.setdefault(row, {})[column] = cell
    return rows


def find_header(rows: Rows, wanted: Wanted) -> Header | None:
    """最像表头的一行；都不像的为空。"""
    found = headers(rows, wanted)
    if wanted.topmost:
        return next(found, None)
    return max(
        found,
        key=lambda one: (not one.missing, len(one.columns), -one.row),
        default=None,
    )


def headers(rows: Rows, wanted: Wanted) -> Iterator[Header]:
    """够得上表头的各行，由上而下。"""
    words: dict[str, tuple[int, str]] = {}
    for key, names in wanted.names.items():
        for rank, name in enumerate(names):
            words.setdefault(fold(name), (rank, key))
    for row in sorted(rows):
        header = _header(row, rows[row], words, wanted)
        if len(header.columns) >= wanted.least:
            yield header


def _header(
    row: int, cells: Mapping[int, GridCell], words: Mapping[str, tuple[int, str]], wanted: Wanted
) -> Header:
    found: dict[str, list[tuple[int, int]]] = {}
    unknown: list[int] = []
    for column, cell in sorted(cells.items()):
        known = words.get(fold(cell.text)) if len(cell.text) <= _LONGEST else None
        if known is not None:
            found.setdefault(known[1], []).append((known[0], column))
        else:
            unknown.append(column)
    columns = {key: min(matches)[1] for key, matches in found.items()}
    return Header(
        row,
        columns,
        tuple(key for key in wanted.required if key not in columns),
        {
            key: tuple(column for _, column in matches if column != columns[key])
            for key, matches in found.items()
            if len(matches) > 1
        },
        tuple(unknown),
    )
