"""退回件的问题清单：叫什么、各栏的表头、行的标识；从报回来的一份读出单位写的说明。

标注的一方照这里的表头写，读的一方照这里的表头读。
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from xltool.address import At, Place
from xltool.facts.statements import Statement
from xltool.finding import CODE_HEADINGS, bounded
from xltool.intake.identity import lineage_of
from xltool.messages import statements as say
from xltool.values import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xltool.finding import Finding
    from xltool.xlsx.grid import Book, Grid

NAME: Final = "问题清单"
TITLE: Final = "问题清单（退回修改）"
HEADINGS: Final[Mapping[str, str]] = {
    "number": "序号",
    "severity": "级别",
    "code": CODE_HEADINGS[0],
    "where": "位置",
    "message": "事实",
    "remedy": "办法",
    "statement": "单位说明",
    "key": "标识",
}
_NEEDED: Final = ("code", "where", "message", "statement")
_HEADER_ROWS: Final = 12
_MOST: Final = 2_000
"""一份最多读几条说明：问题清单再长也没有这么多条。"""
_CODE: Final = re.compile("[A-Z][0-9]{2,3}")
_KEY: Final = re.compile("([A-Z][0-9]{2,3})[|]([A-Za-z.]*)[|]([A-Za-z]+)[|]([0-9]{1,4})")


def key_text(code: str, place: str, fact: str, turn: int) -> str:
    """一行的标识；位置和事实都是指纹。"""
    return f"{code}|{place}|{fact}|{turn}"


def is_issue_list(grid: Grid) -> bool:
    """是不是标注时加的问题清单；单位自己的同名的表不是。"""
    first = grid.cells.get((1, 1))
    return grid.name.startswith(NAME) and first is not None and first.text == TITLE


def issue_lists(book: Book) -> tuple[Grid, ...]:
    """退回件里的问题清单；标识表没有说是退回件的，一张也不算。"""
    return tuple(filter(is_issue_list, book.grids)) if lineage_of(book) else ()


def statements_of(book: Book) -> tuple[Statement, ...]:
    """单位写的说明，依清单的次序；太多的只读前一些，由 `unread_statements` 说出。"""
    return _every_statement(book)[:_MOST]


def unread_statements(book: Book) -> Iterator[Finding]:
    """说明太多，有的没有读。"""
    count = len(_every_statement(book))
    if count > _MOST:
        place = Place(issue_lists(book)[0].name, At(1, 1))
        yield say.TOO_MANY.finding(place, count=count, most=_MOST)


def _every_statement(book: Book) -> tuple[Statement, ...]:
    return tuple(dict.fromkeys(one for grid in issue_lists(book) for one in _statements(grid)))


def _statements(grid: Grid) -> Iterator[Statement]:
    header = _header(grid)
    if header is None:
        return
    top, columns = header
    for row in sorted({row for row, column in grid.cells if column == columns["statement"]}):
        if row <= top:
            continue
        said = {key: _text(grid, row, column) for key, column in columns.items()}
        text = said["statement"].strip()
        if not text:
            continue
        known = _KEY.fullmatch(said.get("key", "").strip())
        code, place, fact, turn = known.groups() if known else (said["code"].strip(), "", "", "0")
        if not _CODE.fullmatch(code):
            code = ""  # 单位自己加的一行，照样留着
        where, message = bounded(said["where"].strip()), bounded(said["message"].strip())
        yield Statement(code, place, fact, int(turn), where, message, bounded(text))


def _header(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """表头在第几行，各栏在第几列；少了要紧的一栏的不读。"""
    wanted = {fold(heading): key for key, heading in HEADINGS.items()}
    wanted |= {fold(heading): "code" for heading in CODE_HEADINGS}
    rows: dict[int, dict[str, int]] = {}
    for (row, column), cell in sorted(grid.cells.items()):
        if row <= _HEADER_ROWS and (key := wanted.get(fold(cell.text))):
            rows.setdefault(row, {}).setdefault(key, column)
    return next(
        ((row, columns) for row, columns in rows.items() if columns.keys() >= set(_NEEDED)), None
    )


def _text(grid: Grid, row: int, column: int) -> str:
    cell = grid.cells.get((row, column))
    return cell.text if cell else ""
