"""从人存过的汇总里取出复核意见，带给要写的这一份；正名的正开着时另取了名字的各份也在内。"""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING, Final

from xltool.collection.carrying import carried_over
from xltool.collection.rejoining import (
    NOTHING_BROUGHT,
    Brought,
    Named,
    joined,
    own_words,
    settled,
)
from xltool.collection.saved_review import read_saved
from xltool.collection.verdicts import FINDING, SCORE, Reviews
from xltool.consolidated.details import NAME as DETAILS
from xltool.consolidated.findings import NAME as DOUBTS
from xltool.consolidated.known import known_sheets
from xltool.excel.earlier import latest_book, spare_books
from xltool.excel.pristine import State, book_state, carries_reviews
from xltool.excel.saved_forms import written_in_forms
from xltool.finding import Finding
from xltool.xlsx.comments import read_comments
from xltool.xlsx.limits import Limits
from xltool.xlsx.read import read_book

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from xltool.collection.model import Unit
    from xltool.collection.printed import Known
    from xltool.consolidated.source import Source

    Printed = Callable[[], Mapping[str, Known]]

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


_SHEETS: Final = {FINDING: DOUBTS, SCORE: DETAILS}


class UnreadableError(Exception):
    """存过的一份（`book`）读不了：不能当作没有人写过。"""

    def __init__(self, book: Path, finding: Finding) -> None:
        super().__init__(finding.message)
        self.book: Final = book
        self.finding: Final = finding


def reviews_for(
    target: Path, sources: tuple[Source, ...], units: Sequence[Unit], *, without: bool = False
) -> Brought:
    """要写到 `target` 的一份，从先前的各份带哪些意见；`without` 时不看正名的一份。

    正名的没有了的，照留着的最后一份；正名的正开着时另取了名字的各份，有人写过的也带。其中读不了的
    记着，不带。

    Raises:
        UnreadableError: 正名的一份有人存过，却读不了。
    """
    known = cache(partial(known_sheets, sources))  # 要印各表，没有要读的就不印
    base = None if without else latest_book(target)
    brought = _whole(base, known, units) if base else NOTHING_BROUGHT
    if base and base != target:
        if book_state(base) is not State.OTHER:
            brought = brought._replace(spares={base: brought.digest})
        elif isinstance(read_book(base, OWN_BOOK), Finding):  # 坏了、加了密：写过没有，看不出
            brought = brought._replace(unread=(base,))
    for spare in spare_books(target):
        state = book_state(spare)
        if spare != base and state is not State.FREE:
            try:
                reviews, digest = _read(spare, known, units, own=True)
            except UnreadableError:
                brought = brought._replace(unread=(*brought.unread, spare))
                continue
            first = Named(base.name if base else "", brought.reviews)
            joint, clashes = joined(first, Named(spare.name, reviews), _SHEETS, units)
            brought = brought._replace(
                reviews=joint,
                spares={**brought.spares, spare: digest},
                clashes=(*brought.clashes, *clashes),
            )
    return brought._replace(reviews=settled(brought.reviews))


def _whole(book: Path, known: Printed, units: Sequence[Unit]) -> Brought:
    """一份里的全部意见，由更早的一份带来的也在内。"""
    state = book_state(book)
    if state is State.OTHER:
        return NOTHING_BROUGHT
    if state is State.FREE and not carries_reviews(book):
        return Brought(Reviews(others=written_in_forms(book)))
    return Brought(*_read(book, known, units, own=False))


def _read(book: Path, known: Printed, units: Sequence[Unit], *, own: bool) -> tuple[Reviews, str]:
    """读一份，连同它的指纹；`own` 时只要这一份的人写的、清空的。

    Raises:
        UnreadableError: 读不了。
    """
    read = read_book(book, OWN_BOOK)
    if isinstance(read, Finding):
        raise UnreadableError(book, read)
    saved = read_saved(read, known(), read_comments(book, OWN_BOOK))
    reviews = carried_over(own_words(saved) if own else saved, units, cleared=own)
    others = tuple(dict.fromkeys((*reviews.others, *written_in_forms(book))))
    return replace(reviews, others=others), read.sha256
