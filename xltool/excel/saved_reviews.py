"""从人存过的汇总里取出复核意见，带给要写的这一份。"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.collection.carrying import carried_over
from xltool.collection.saved_review import read_saved
from xltool.collection.verdicts import Reviews
from xltool.consolidated.known import known_sheets
from xltool.excel.earlier import latest_book
from xltool.excel.pristine import State, book_state, carries_reviews
from xltool.excel.saved_forms import written_in_forms
from xltool.finding import Finding
from xltool.xlsx.comments import read_comments
from xltool.xlsx.limits import Limits
from xltool.xlsx.read import read_book

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from xltool.collection.model import Unit
    from xltool.consolidated.source import Source

_MB: Final = 1024 * 1024
# 自己写的汇总比一份报送大得多：两千个单位的也要读得完
OWN_BOOK: Final = Limits(
    file_bytes=512 * _MB,
    part_bytes=1024 * _MB,
    total_bytes=2048 * _MB,
    cells=20_000_000,
    tags=200_000_000,
    characters=1_000_000_000,
    strings=20_000_000,
)


class UnreadableError(Exception):
    """存过的那一份读不了：不能当作没有人写过。"""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding: Final = finding


class Brought(NamedTuple):
    """带过来的，和它从怎样的内容读出（指纹；没有读的为空）。"""

    reviews: Reviews
    digest: str = ""


def reviews_for(target: Path, sources: tuple[Source, ...], units: Sequence[Unit]) -> Brought:
    """要写到 `target` 的一份，从先前的一份带哪些意见。

    Raises:
        UnreadableError: 有人存过，却读不了。
    """
    book = latest_book(target)
    if book is None:
        return Brought(Reviews())
    state = book_state(book)
    if state is State.OTHER:
        return Brought(Reviews())
    in_forms = written_in_forms(book)
    if state is State.FREE and not carries_reviews(book):
        return Brought(Reviews(others=in_forms))
    read = read_book(book, OWN_BOOK)
    if isinstance(read, Finding):
        raise UnreadableError(read)
    saved = read_saved(read, known_sheets(sources), read_comments(book, OWN_BOOK))
    reviews = carried_over(saved, units)
    others = tuple(dict.fromkeys((*reviews.others, *in_forms)))
    return Brought(replace(reviews, others=others), read.sha256)
