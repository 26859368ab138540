"""几个副本合成一份：以头一个存过的副本为底，只填意见那几格。"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final

from xltool.address import At
from xltool.collection.merging import merged, unmerged
from xltool.collection.model import Collection
from xltool.collection.saved_review import read_saved
from xltool.consolidated.known import known_sheets
from xltool.consolidated.sources import make_sources
from xltool.excel.atomic import atomic_save
from xltool.excel.filling import MissingCellError, fill
from xltool.excel.pristine import State, book_state
from xltool.excel.saved_reviews import OWN_BOOK
from xltool.finding import Finding
from xltool.xlsx.comments import read_comments
from xltool.xlsx.read import read_book

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from xltool.collection.merging import Merged
    from xltool.collection.printed import Known
    from xltool.collection.saved_rows import Saved
    from xltool.collection.verdicts import Written

_FIELDS: Final = ("verdict", "reason", "reviewer", "day")


class MergeError(Exception):
    """不能合；`remedy` 说怎么办。"""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message: Final = message
        self.remedy: Final = remedy


def merge_books(books: Sequence[Path], target: Path) -> Merged:
    """合成 `target`，返回合的结果。

    Raises:
        MergeError: 有一份不是汇总、读不了，或没有一份存过。
    """
    states = [book_state(book) for book in books]
    for book, state in zip(books, states, strict=True):
        if state is State.OTHER or not book.exists():
            raise MergeError(f"“{book}”不是汇总，没有合并。", "给本程序写的汇总的副本。")
    saved = [book for book, state in zip(books, states, strict=True) if state is State.KEPT]
    if not saved:
        raise MergeError("这几份写出以后都没有人存过，没有意见可合。", "给各人写过、存过的副本。")
    base = saved[0]
    nobody = Collection(folder="", roster="", files=(), units=(), findings=())
    known = known_sheets(make_sources(nobody, ""))
    first, *rest = (_saved(book, known) for book in saved)
    others = dict(zip((book.name for book in saved[1:]), rest, strict=True))
    result = merged(base.name, first.listed, {name: one.listed for name, one in others.items()})
    result = result._replace(notes=tuple(unmerged(first, others)))
    cells: dict[str, dict[At, Written]] = {}
    for row, opinion in result.filled:
        for key, written in zip(_FIELDS, opinion, strict=True):
            if key in row.columns:
                cells.setdefault(row.sheet, {})[At(row.row, row.columns[key])] = written
    try:
        data = fill(base.read_bytes(), cells, OWN_BOOK)
    except MissingCellError as error:
        lost = f"“{base.name}”里没有 {error} 这一格。"
        raise MergeError(lost, "用 Excel 或 WPS 打开这一份，另存后再合。") from error

    def write(handle: BinaryIO) -> None:
        handle.write(data)

    atomic_save(target, write)
    return result


def _saved(book: Path, known: Mapping[str, Known]) -> Saved:
    read = read_book(book, OWN_BOOK)
    if isinstance(read, Finding):
        raise MergeError(f"“{book.name}”读不了：{read.message}。", read.remedy)
    return read_saved(read, known, read_comments(book, OWN_BOOK))
