"""测试用：把公式和填报值放进内存里的表，由另一个计算引擎算出来。"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import formualizer

from xltool.address import At
from xltool.facts.computed import formula
from xltool.scheme.key import CellKey
from xltool.scheme.model import SheetKind
from xltool.values import Measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.view import Facts
    from xltool.scheme.model import Computation, Scheme
    from xltool.scoring.method import Method

SHEET = "S"
ROWS = 6


@cache
def computed(scheme: Scheme) -> dict[str, tuple[tuple[CellKey, Computation], ...]]:
    """自动计算的各项、各栏，以占的格的名字为名。"""
    found = {}
    for sheet in scheme.sheets:
        for field in sheet.fields:
            if field.computation is None:
                continue
            name = str(CellKey(sheet.key, field.key))
            keys = [CellKey(sheet.key, field.key)]
            if sheet.kind is SheetKind.RECORDS:
                name = f"{sheet.key}[].{field.key}"
                keys = [CellKey(sheet.key, str(row), field.key) for row in range(1, ROWS + 1)]
            found[name] = tuple((key, field.computation) for key in keys)
    return found


class EngineRefs:
    """每个名字占一格；记录表每栏占 ROWS 行。自动计算的，公式称呼到了才写上。"""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.scheme = facts.scheme
        self.book = formualizer.Workbook()
        self.book.set_changelog_enabled(False)
        self.book.add_sheet(SHEET)
        self.places: dict[str, At] = {}
        self.columns = 0
        self.waiting = dict(computed(facts.scheme))
        self.filled: dict[CellKey, Decimal | str] = {}
        self.method: Method | None = None
        self._fill()

    def refill(self, facts: Facts) -> None:
        """换成同一个方案的另一份：只动不同的格，公式留着，比从头写快好几倍。"""
        assert facts.scheme is self.scheme
        self.facts = facts
        self._fill()

    def evaluate(self, method: Method) -> Decimal | str:
        """公式的结果；不能计分时是空串。"""
        at = self._place("结果")
        if method is not self.method:
            self.book.set_formula(SHEET, at.row, at.col, "=" + method.formula(self))
            self.method = method
        value = self.book.evaluate_cell(SHEET, at.row, at.col)
        if isinstance(value, str):
            return value
        return Decimal(repr(value)).quantize(Decimal("0.01"))

    def cell(self, key: CellKey) -> str:
        if key.row.isdecimal():
            top = self._place(f"{key.sheet}[].{key.column}")
            return top.moved(rows=int(key.row) - 1).absolute
        return self._place(str(key)).absolute

    def column(self, sheet: str, column: str) -> str:
        top = self._place(f"{sheet}[].{column}")
        return f"{top.absolute}:{top.moved(rows=ROWS - 1).absolute}"

    def parameter(self, key: str) -> str:
        return self._known(f"参数 {key}", self.scheme.number(key))

    def points(self, code: str) -> str:
        return self._known(f"分值 {code}", self.scheme.indicator(code).points)

    def option(self, options: str, key: str) -> str:
        return self._known(f"选项 {options}.{key}", self.scheme.options[options].value(key))

    def options(self, options: str) -> str:
        name, words = f"选项 {options}", self.scheme.options[options].values
        new = name not in self.places
        first = self._place(name)
        if new:
            self.book.set_values_batch(SHEET, first.row, first.col, [[word] for word in words])
        return f"{first.absolute}:{first.moved(rows=len(words) - 1).absolute}"

    def _place(self, name: str) -> At:
        if name not in self.places:
            self.columns += 1
            self.places[name] = At(1, self.columns)
            for key, computation in self.waiting.pop(name, ()):
                self._put_formula(key, computation)
        return self.places[name]

    def _known(self, name: str, value: Decimal | str) -> str:
        new = name not in self.places
        at = self._place(name)
        if new:
            self._put(at, value)
        return at.absolute

    def _put(self, at: At, value: Decimal | str) -> None:
        content = float(value) if isinstance(value, Decimal) else value
        self.book.set_value(SHEET, at.row, at.col, content)

    def _fill(self) -> None:
        before, self.filled = self.filled, dict(self._values())
        for key, value in self.filled.items():
            if before.get(key) != value:
                self._put(At.parse(self.cell(key).replace("$", "")), value)
        for key in before.keys() - self.filled.keys():
            at = At.parse(self.cell(key).replace("$", ""))
            self.book.set_value(SHEET, at.row, at.col, None)

    def _values(self) -> Iterator[tuple[CellKey, Decimal | str]]:
        for key, entry in self.facts.submission.entries.items():
            value = entry.value
            if isinstance(value, Measure):
                plain = value.unit is None and value.operator is None and value.number is not None
                value = value.number if plain else entry.raw
            assert isinstance(value, Decimal | str)
            yield key, value

    def _put_formula(self, key: CellKey, computation: Computation) -> None:
        text = formula(self.scheme, computation, key, self)
        at = At.parse(self.cell(key).replace("$", ""))
        self.book.set_formula(SHEET, at.row, at.col, f"={text}")
