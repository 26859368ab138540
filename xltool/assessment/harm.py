"""问题由重到轻的次序，只在这里定：终端、退回件的问题清单和批注、退回通知都照它。

一、级别：须改正的、须说明的、供核对的（说明了的也在这里）；
二、不指某一格的：整份、整张表的事，改了它，下面的多半也变；
三、使指标不能计分的；
四、所在的一行关系到多少分值，多的在前；
五、其余照表、行、列。
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Self

from xltool.scoring.catalogue import ready_scheme

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xltool.assessment.noted import Noted
    from xltool.scoring.scored import Scored

    Row = tuple[str, str]

Rank = tuple[int, bool, bool, Decimal]


class Harm:
    """一份报送里各行关系到多少分值、是不是有指标因它不能计分；`form` 是评分表的标识。"""

    def __init__(self, form: str, scores: Iterable[Scored]) -> None:
        self._points: Counter[Row] = Counter()
        self._blocking: set[Row] = set()
        for score in scores:
            rows = {(key.sheet, key.row) for key in score.used} | {(form, score.code)}
            self._points.update(dict.fromkeys(rows, score.points))
            if score.score is None:
                self._blocking |= rows

    @classmethod
    def of(cls, scheme: str, scores: Iterable[Scored]) -> Self:
        """照方案（标识）的一份报送的得分；不能读的没有方案，也没有得分。"""
        return cls(ready_scheme(scheme)[0].score_sheet.key if scheme else "", scores)

    def rank(self, note: Noted) -> Rank:
        """排序用：小的在前，一样的照原来的先后。"""
        row = (note.key.sheet, note.key.row) if note.key else ("", "")
        return (
            note.due.standing.order,
            not _of_the_whole(note),
            row not in self._blocking,
            -Decimal(self._points[row]),
        )


def _of_the_whole(note: Noted) -> bool:
    """整份、整张表的；单位自己加的表、自评报告里的一句话，在方案里没有位置，不算。"""
    finding = note.finding
    return finding.at is None and not (finding.sheet and note.place.startswith("?"))
