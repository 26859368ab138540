"""一处问题，表上的“自查”一栏当场怎样说：那一句没有了，就是改好了，不论改的是哪一格。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.address import column_letters
from xltool.form.live.catalogue import words_of
from xltool.layout.columns import SELF_CHECK
from xltool.marking.sent_values import ROW
from xltool.scoring.catalogue import ready_scheme

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xltool.address import At
    from xltool.assessment.noted import Noted
    from xltool.xlsx.grid import Grid

    Words = tuple[str, ...]

_HEADER_ROWS = 12
_LONGEST = 200  # 公式里一段文字最多 255 个字


def live_words(scheme: str, notes: Iterable[Noted]) -> tuple[Words, ...]:
    """各条在“自查”里的说法；不指某一格的、当场判不出的没有。"""
    known = ready_scheme(scheme)[0]
    return tuple(words_of(known, one.key, one.finding.code) if one.key else () for one in notes)


class SelfCheck:
    """一张表的“自查”一栏，和退回时它说的。"""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._column = next(
            (
                column
                for (row, column), cell in grid.cells.items()
                if row <= _HEADER_ROWS and cell.text == SELF_CHECK.heading
            ),
            0,
        )

    def still_said(self, at: At, said: Sequence[Words]) -> str:
        """这一格的各条，自查还说着其中一条；有一条它没有说，就不凭它。"""
        cell = self._grid.cells.get((at.row, self._column))
        if cell is None or not self._column:
            return ""
        found = [self._first(cell.text, words) for words in said]
        if not all(found):
            return ""
        place = f"${column_letters(self._column)}{ROW}"
        parts = [f'ISNUMBER(FIND("{words}",{place}))' for words in dict.fromkeys(found)]
        return parts[0] if len(parts) == 1 else f"OR({','.join(parts)})"

    @staticmethod
    def _first(text: str, words: Words) -> str:
        fits = (one for one in words if one in text and '"' not in one and len(one) <= _LONGEST)
        return next(fits, "")
