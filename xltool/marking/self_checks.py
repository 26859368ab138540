"""各表的“自查”说的、说得出的，对上问题清单的各条；清单里没有的另列。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from xltool.finding import MISSING, Severity
from xltool.form.live.check import duty_of
from xltool.marking.flagged_cells import areas_of
from xltool.marking.live_words import SelfCheck

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xltool.assessment.noted import Noted
    from xltool.marking.live_words import Live, Said
    from xltool.xlsx.grid import Grid

_TO_EXPLAIN: Final = duty_of(Severity.WARNING)
_TOGETHER: Final = re.compile(r" 等共\d+格）$")  # 并成一条的，没有逐格写出


class SelfChecks:
    """各表的“自查”；`live` 是各条问题（`notes`，依次）的说法。"""

    def __init__(self, grids: Iterable[Grid], notes: Iterable[Noted], live: Live) -> None:
        self._columns = {grid.name: SelfCheck(grid) for grid in grids}
        self._told = {
            note: (words, whole)
            for note, words, whole in zip(notes, live.words, live.whole, strict=False)
            if not note.opinion  # 复核人员要改的，自查不说了不等于改好了
        }

    def said_of(self, note: Noted) -> tuple[Said, ...]:
        """一条问题是自查的哪几句；说整张表的，说在别的行。"""
        words, whole = self._told.get(note, ((), ()))
        column = self._columns.get(note.finding.sheet)
        if column is not None and words and (found := tuple(column.says(words, _rows(note)))):
            return found
        listed = (column, *self._columns.values())
        return next((found for one in listed if one and (found := tuple(one.says(whole)))), ())

    def can_say(self, note: Noted) -> tuple[Said, ...]:
        """一条问题，自查会说的要写明的几句，眼下说没说都在内。

        写成文字的数、错误值会让一句说不出来，改好了才说；那时单位可能已经在清单里写明了。
        """
        own, whole = (
            tuple(one for one in words if one.startswith(_TO_EXPLAIN))
            for words in self._told.get(note, ((), ()))
        )
        column = self._columns.get(note.finding.sheet)
        if column is not None and own:
            return tuple(column.can_say(own, _rows(note)))
        return tuple(said for one in self._columns.values() for said in one.can_say(whole))

    def says(self, said: Said) -> bool:
        """退回时说着这一句。"""
        return any(self._columns[said.sheet].says((said.words,), [said.row]))

    def unlisted(self, notes: Iterable[Noted]) -> Mapping[tuple[str, int], tuple[Said, ...]]:
        """清单里没有一条须改正、须说明的，一行一组。"""
        listed: set[Said] = set()
        alike: set[tuple[str, str]] = set()
        for note in notes:
            if note.due.severity is Severity.NOTICE:
                continue
            listed.update(self.said_of(note))
            words, _ = self._told.get(note, ((), ()))
            grouped = _TOGETHER.search(note.finding.message)
            alike.update(
                (note.finding.sheet, one) for one in words if grouped or one.startswith(MISSING)
            )
        left: dict[tuple[str, int], tuple[Said, ...]] = {}
        for said in (one for column in self._columns.values() for one in column.every()):
            if said not in listed and (said.sheet, said.words) not in alike:
                place = said.sheet, said.row
                left[place] = (*left.get(place, ()), said)
        return left


def _rows(note: Noted) -> list[int]:
    areas = areas_of(note.finding)
    return sorted({row for one in areas for row in range(one.first.row, one.last.row + 1)})
