"""首页的规则一段：触发最多的几条，各几处，几个单位。"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from xltool.consolidated.blocks import Slot
from xltool.consolidated.by_key import link_by, value_by
from xltool.consolidated.figures import sums
from xltool.sheets.plan import Formula, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xltool.consolidated.blocks import Row
    from xltool.consolidated.columns import Item
    from xltool.consolidated.part import Part
    from xltool.consolidated.register import Register
    from xltool.flags.rule import Rule


class TopRule(NamedTuple):
    """一条规则：编码、名称，各张规则说明里的哪一行，触发几处，涉及几份。"""

    code: str
    title: str
    rows: tuple[tuple[Register[Rule], Item[Rule]], ...]
    hits: int
    units: int

    def total(self, key: str, cell: str, result: int) -> Formula:
        """各张规则说明里的一栏合计；编码写在 `cell` 那一格。"""
        return Formula(
            sums(value_by(register, ("code", cell), key) for register, _ in self.rows), result
        )


def top_rules(parts: Sequence[Part], most: int) -> tuple[TopRule, ...]:
    """触发最多的几条，多的在前；一样多的照规则说明的次序。"""
    hits: Counter[str] = Counter()
    units: Counter[str] = Counter()
    titles: dict[str, str] = {}
    rows: dict[str, list[tuple[Register[Rule], Item[Rule]]]] = {}
    for part in parts:
        hits.update(part.tally.hits)
        units.update(part.tally.units)
        for item in part.rules.lines():
            code = item.value.code
            titles.setdefault(code, item.value.title)
            rows.setdefault(code, []).append((part.rules, item))
    listed = sorted((code for code in rows if hits[code]), key=lambda code: -hits[code])
    return tuple(
        TopRule(code, titles[code], tuple(rows[code]), hits[code], units[code])
        for code in listed[:most]
    )


def rule_slots() -> tuple[Slot[TopRule], ...]:
    """各栏；编码是到规则说明那一行的链接。"""

    def link(row: Row[TopRule]) -> Formula:
        (register, item), code = row.value.rows[0], row.value.code
        return link_by(register, ("code", f'"{code}"'), item, "code", code)

    def hits(row: Row[TopRule]) -> Formula:
        return row.value.total("hits", row.at("code"), row.value.hits)

    def units(row: Row[TopRule]) -> Formula:
        return row.value.total("units", row.at("code"), row.value.units)

    return (
        Slot("code", "规则", link, span=2, role=Role.LINK),
        Slot("title", "名称", lambda row: row.value.title, span=5, role=Role.BODY),
        Slot("hits", "处数", hits, span=2),
        Slot("units", "份数", units, span=2),
    )
