"""退回时各表的“自查”说的，对上问题清单的各条；清单里没有的另列。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from xltool.finding import MISSING, Severity
from xltool.marking.flagged_cells import areas_of
from xltool.marking.live_words import SelfCheck

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xltool.assessment.noted import Noted
    from xltool.marking.live_words import Live, Said
    from xltool.xlsx.grid import Grid

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
        if column is not None and words:
            areas = areas_of(note.finding)
            rows = {r for one in areas for r in range(one.first.row, one.last.row + 1)}
            if found := tuple(column.says(words, sorted(rows))):
                return found
        listed = (column, *self._columns.values())
        return next((found for one in listed if one and (found := tuple(one.says(whole)))), ())

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
