"""填报的事实：按名字取数、取文字、取记录。"""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from xltool.facts.entry import BLANK, EntryState
from xltool.facts.records import Record
from xltool.scheme.key import field_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xltool.address import Place
    from xltool.facts.entry import Entry, Submission
    from xltool.facts.records import Target
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Computation, Scheme, Sheet


class Filled(ABC):
    """一份报送填了什么，连同它所用的方案；自动计算的项怎么算，由 Facts 给出。"""

    def __init__(
        self,
        scheme: Scheme,
        submission: Submission,
        computed: Mapping[CellKey, Decimal | None] | None = None,
    ) -> None:
        """`computed` 是早已算好的项，不必再算。"""
        self.scheme = scheme
        self.submission = submission
        self.indicator_cache: dict[str, Target] = {}
        self.indicators: tuple[Target, ...] | None = None
        self._computed: dict[CellKey, Decimal | None] = dict(computed or {})
        self._records: dict[tuple[str, str], Record] = {}
        self._listed: dict[str, tuple[Record, ...]] = {}

    def release(self) -> None:
        """看完了，放下归好的各行；它们与事实互相指着，不放下就要等回收器来找。"""
        self.indicator_cache.clear()
        self.indicators = None
        self._records.clear()
        self._listed.clear()
        vars(self).pop("form_rows", None)

    def entry(self, key: CellKey | str) -> Entry:
        """某格的填报值；空白也有值（状态为空白）。"""
        if isinstance(key, str):
            key = field_key(key)
        return self.submission.entries.get(key, BLANK)

    def number(self, key: CellKey | str) -> Decimal | None:
        """某格的数；没填、读不成数时为空；自动计算的项在此算出。"""
        key = _key(key)
        computation = self.scheme.computation(key)
        if computation is not None:
            if key not in self._computed:
                self._computed[key] = self.compute(key, computation)
            return self._computed[key]
        value = self.entry(key).value
        return value if isinstance(value, Decimal) else None

    @abstractmethod
    def compute(self, key: CellKey, computation: Computation) -> Decimal | None:
        """算出自动计算的一项；缺数时为空。"""

    def text(self, key: CellKey | str) -> str:
        """某格的文字；没填时为空串。"""
        value = self.entry(key).value
        return value if isinstance(value, str) else ""

    def day(self, key: CellKey | str) -> date | None:
        """某格的日期。"""
        value = self.entry(key).value
        return value if isinstance(value, date) else None

    def blank(self, key: CellKey | str) -> bool:
        """某格是不是空着。"""
        return self.entry(key).state is EntryState.BLANK

    def place(self, key: CellKey | str) -> Place | None:
        """某格在报送文件里的位置。"""
        return self.submission.place(_key(key))

    def record(self, sheet: str, row: str) -> Record:
        """某张表的某一行。"""
        known = self._records.get((sheet, row))
        if known is None:
            entries = self._by_row.get((sheet, row), {})
            known = self._records[sheet, row] = Record(self, sheet, row, entries)
        return known

    @cached_property
    def _by_row(self) -> dict[tuple[str, str], dict[str, Entry]]:
        """各行的填报值：一份报送要取上千次，先按行归好。"""
        rows: dict[tuple[str, str], dict[str, Entry]] = {}
        for (sheet, row, column), entry in self.submission.entries.items():
            rows.setdefault((sheet, row), {})[column] = entry
        return rows

    def records(self, sheet: str) -> tuple[Record, ...]:
        """某张记录表里填了的各行，依文件里的次序。"""
        known = self._listed.get(sheet)
        if known is None:
            rows = self.submission.records.get(sheet, ())
            known = self._listed[sheet] = tuple(self.record(sheet, row) for row in rows)
        return known

    def begun(self, sheet: Sheet) -> int:
        """一张记录表里写了名称（`anchor` 一栏）的有几行。"""
        return sum(bool(row.entry(sheet.anchor).raw) for row in self.records(sheet.key))

    @cached_property
    def form_rows(self) -> tuple[Record, ...]:
        """评分表的各行，依方案的次序。"""
        sheet = self.scheme.score_sheet.key
        return tuple(self.record(sheet, item.code) for item in self.scheme.indicators)

    def option(self, text: str, list_key: str, *keys: str) -> bool:
        """填的文字是不是某个选项表里的某几个选项之一。"""
        return bool(text) and any(text == self.scheme.word(list_key, key) for key in keys)


def _key(key: CellKey | str) -> CellKey:
    return field_key(key) if isinstance(key, str) else key
