"""一条问题指的是方案里的哪一格，那一格填的是什么。"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xltool.assessment.noted import Noted
from xltool.assessment.places import anchor_of, place_of, seen_by, statement_keys
from xltool.finding import bounded
from xltool.scheme.key import CellKey

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xltool.facts.view import Facts
    from xltool.finding import Finding


class _Line(NamedTuple):
    """一个工作表的一行：是哪张表的哪一行，各列是哪一栏，排在页上的各处是哪一项。"""

    sheet: str
    row: str
    columns: Mapping[int, str]
    keys: Mapping[tuple[str, str], CellKey]


class _Lines(NamedTuple):
    """一个工作表（的第一张表）和它的各行。"""

    sheet: str
    rows: dict[int, _Line]


class Keys:
    """报送文件里的位置对应哪一格。"""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._sheets: dict[str, _Lines] = {}
        for sheet, block in facts.submission.blocks.items():
            lines = self._sheets.setdefault(block.sheet, _Lines(sheet, {}))
            columns = {position: column for column, position in block.columns.items()}
            keys = block.keys(sheet)
            lines.rows.update(
                {line: _Line(sheet, row, columns, keys) for row, line in block.rows.items()}
            )

    def noted(self, finding: Finding) -> Noted:
        """一条问题，连同它在方案里的位置、看到的数和单位的说明。"""
        key, entry = self._of(finding), self._facts.entry
        if key is None:
            known = self._sheets.get(finding.sheet)
            sheet = known.sheet if known else ""
            place = place_of(self._facts.scheme, key, "", finding, sheet)
            return Noted(finding, key, place=place, seen=seen_by(finding, ""))
        anchor = anchor_of(self._facts.scheme, key)
        named = entry(anchor).raw if anchor else ""
        statements = (entry(one).raw for one in statement_keys(self._facts.scheme, key))
        return Noted(
            finding,
            key,
            place=place_of(self._facts.scheme, key, named, finding),
            seen=seen_by(finding, entry(key).raw),
            statement=bounded(next(filter(None, statements), "")),
        )

    def _of(self, finding: Finding) -> CellKey | None:
        """一条问题所指的格。"""
        known = self._sheets.get(finding.sheet)
        if finding.at is None or known is None:
            return None
        line = known.rows.get(finding.at.row)
        column = line.columns.get(finding.at.col) if line else None
        if line is None or not column:
            return None
        return line.keys.get((line.row, column), CellKey(line.sheet, line.row, column))
