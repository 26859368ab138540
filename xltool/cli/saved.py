"""读一份存过的汇总，照程序的规则重新合计；供 report、export 使用。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.cli.exits import Failure
from xltool.consolidated.saved_book import saved_book
from xltool.consolidated.settling import settle
from xltool.excel.saved_reviews import OWN_BOOK
from xltool.finding import Finding
from xltool.messages import papers as say
from xltool.values import quote
from xltool.xlsx.read import read_book

if TYPE_CHECKING:
    from pathlib import Path

    from xltool.consolidated.saved_book import SavedBook
    from xltool.consolidated.settling import Settled
    from xltool.xlsx.grid import Book
    from xltool.xlsx.limits import Limits


def read_saved_book(path: Path, limits: Limits = OWN_BOOK) -> tuple[SavedBook, Settled]:
    """读一份。

    Raises:
        Failure: 读不了、不是汇总，或方案现在没有、是另一版。
    """
    return settled_book(path, read_book(path, limits))


def settled_book(path: Path, book: Book | Finding) -> tuple[SavedBook, Settled]:
    """打开了的一份，重新合计。

    Raises:
        Failure: 读不了、不是汇总，或方案现在没有、是另一版。
    """
    if isinstance(book, Finding):
        raise Failure(f"“{path.name}”读不了：{book.message}。", book.remedy)
    saved = saved_book(book)
    if saved is None:
        raise Failure(
            f"“{path.name}”里认不出“汇总”和汇总的依据。", "给现在的版本的 xltool collect 写的汇总。"
        )
    if saved.strange:
        fault = say.BOOK_OTHER_SCHEME.finding(found=quote("、".join(saved.strange)))
        raise Failure(f"{fault.code} {fault.message}。", fault.remedy)
    return saved, settle(saved)
