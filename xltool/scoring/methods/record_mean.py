"""记录平均：记录表某一栏比率的平均数×分值（docs/来源.md §1 第 5 行）。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from xltool.facts.computed import clear_percent, input_key, percent, zero_base
from xltool.facts.entry import EntryState
from xltool.scheme.model import Compute, SheetKind
from xltool.scoring.deduction import Loss
from xltool.scoring.gap import Side, falls_short, fill_up
from xltool.scoring.method import Method
from xltool.values import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xltool.facts.records import Record
    from xltool.facts.refs import Refs
    from xltool.facts.view import Facts
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Sheet
    from xltool.scoring.score import Score

_SIDES = 2
_MOST = Decimal(1)


class RecordMean(Method):
    """记录表各行某一栏（比率）的简单平均×分值；这一栏由方案封顶的每项封顶，没有封顶的，平均数最高按100%计。"""

    __slots__ = ()
    name: ClassVar[str] = "record_mean"
    needs: ClassVar[tuple[str, ...]] = ("sheet", "column")

    def check(self) -> None:
        """核对记录表和栏。"""
        super().check()
        sheet, column = self.text("sheet"), self.text("column")
        records = {item.key: item for item in self.scheme.sheets if item.kind is SheetKind.RECORDS}
        if sheet not in records:
            raise self.problem("inputs.sheet", f"没有记录表“{sheet}”")
        if column not in {item.key for item in records[sheet].columns if item.kind.numeric}:
            raise self.problem("inputs.column", f"“{column}”不是 {sheet} 表里填数的栏")

    @property
    def _sheet(self) -> Sheet:
        return self.scheme.sheet(self.text("sheet"))

    def score(self, facts: Facts) -> Score:
        """算出得分。"""
        column, anchor = self.text("column"), self._sheet.anchor
        records = facts.records(self._sheet.key)
        used = tuple(record.key(column) for record in records)
        if not records:
            return self.unscored((), f"{self._sheet.name}表没有填", used)
        unnamed = tuple(r.key(anchor) for r in records if r.entry(anchor).state is EntryState.BLANK)
        if unnamed:
            rows = "、".join(f"第{key.row}行" for key in unnamed)
            label = self._sheet.column(anchor).label
            return self.unscored(unnamed, f"{self._sheet.name}表{rows}没有填{label}", used)
        rates = [record.number(column) for record in records]
        missing = tuple(key for key, rate in zip(used, rates, strict=True) if rate is None)
        if missing:
            return self._unrated(facts, missing, used)
        known = [rate for rate in rates if rate is not None]
        return self._averaged(records, known, used)

    def _unrated(
        self, facts: Facts, missing: tuple[CellKey, ...], used: tuple[CellKey, ...]
    ) -> Score:
        """有的行算不出比率；除数是零的，说是哪一格。"""
        bases = {key: zero_base(facts, key) or key for key in missing}
        rows = "、".join(
            f"第{key.row}行" + (f"（{facts.scheme.field(base).label}为0）" if base != key else "")
            for key, base in bases.items()
        )
        why = f"{self._sheet.name}表{rows}算不出{self._label}"
        return self.unscored(tuple(bases.values()), why, used)

    def _averaged(
        self, records: tuple[Record, ...], rates: list[Decimal], used: tuple[CellKey, ...]
    ) -> Score:
        """各行的比率都有了：平均，计分。"""
        mean = sum(rates, Decimal(0)) / len(rates)
        parts = "+".join(percent(rate) for rate in rates)
        trace = f"({parts})÷{len(rates)}={self._counted(mean)}，×{self.full}分"
        each = self.indicator.points / len(rates)
        losses = self._losses(records, rates, [each] * len(rates))
        return self.scored(min(mean, _MOST) * self.indicator.points, trace, used, losses)

    def _counted(self, mean: Decimal) -> str:
        """平均数，超过100%的说按多少计。"""
        return percent(mean) if mean <= 1 else f"{percent(mean)}，按100%计"

    def _losses(
        self, records: Iterable[Record], rates: Iterable[Decimal], points: Iterable[Decimal]
    ) -> Iterator[Loss]:
        """比率不满的各条记录；`points` 是各条摊到的分。"""
        for record, rate, each in zip(records, rates, points, strict=True):
            if rate < 1:
                yield self._loss(record, rate, (1 - rate) * each)

    def _loss(self, record: Record, rate: Decimal, lost: Decimal) -> Loss:
        """一条记录差在哪里；比率由两栏相除得来的说出两栏，不然只说比率。"""
        key = record.key(self.text("column"))
        name = f"第{record.row}行“{quote(record.text(self._sheet.anchor))}”"
        sides = [
            Side(side, number)
            for side in self._divided(key)
            if (number := record.number(side.column)) is not None
        ]
        if len(sides) < _SIDES or sides[1].number <= 0:
            text = f"{name}{self._label}{clear_percent(rate, Decimal(1))}"
            return Loss(lost, text, f"{self._label}达到100%，可不扣", key)
        text = f"{name}{falls_short(self, *sides)}"
        return Loss(lost, text, fill_up(self, *sides), sides[0].key)

    def _divided(self, key: CellKey) -> tuple[CellKey, ...]:
        """这一格由哪两格相除得来；不是相除的为空。"""
        computation = self.scheme.computation(key)
        if computation is None:
            return ()
        inputs = tuple(input_key(name, key) for name in computation.inputs)
        if computation.kind is Compute.CAPPED:
            return self._divided(inputs[0])
        return inputs if computation.kind is Compute.RATIO else ()

    @property
    def _label(self) -> str:
        return self._sheet.column(self.text("column")).label

    def formula(self, refs: Refs) -> str:
        """同样算法的公式。"""
        _, names, count = self._ranges(refs)
        mean = self._mean(refs) if self._capped else f"MIN(1,{self._mean(refs)})"
        value = self.rounded(refs, f"{mean}*{self.own_points(refs)}")
        lacking = f"OR(COUNTA({names})<>{count},{self._unnamed(refs, names)}>0)"
        return f'IF(COUNTA({names})=0,"",IF({lacking},"",{value}))'

    def _unnamed(self, refs: Refs, names: str) -> str:
        """填了别的栏而没有名称的行数；不数这些行，缺名称的比率会补上别行缺的比率。"""
        others = "+".join(
            f'({refs.column(self._sheet.key, field.key)}<>"")'
            for field in self._sheet.columns
            if field.computation is None and field.key != self._sheet.anchor
        )
        return f'SUMPRODUCT(({names}="")*(({others})>0))'

    def basis(self, refs: Refs) -> tuple[str, bool]:
        """平均比率。"""
        return f'IF({self._ranges(refs)[2]}=0,"",{self._mean(refs)})', True

    def _mean(self, refs: Refs) -> str:
        rates, _, count = self._ranges(refs)
        return f"SUM({rates})/{count}"

    def _ranges(self, refs: Refs) -> tuple[str, str, str]:
        rates = refs.column(self._sheet.key, self.text("column"))
        return rates, refs.column(self._sheet.key, self._sheet.anchor), f"COUNT({rates})"

    def basis_value(self, facts: Facts) -> Decimal | str | None:
        """平均比率。"""
        rates = [record.number(self.text("column")) for record in facts.records(self._sheet.key)]
        known = [rate for rate in rates if rate is not None]
        return sum(known, Decimal(0)) / len(known) if known else None

    def sentence(self) -> str:
        """评分标准。"""
        return f"得分=各项的{self._label}的平均数×{self.full}分，{self._limit}。"

    @property
    def _capped(self) -> bool:
        """这一栏的每一项都封了顶。"""
        computation = self._sheet.column(self.text("column")).computation
        return computation is not None and computation.kind is Compute.CAPPED

    @property
    def _limit(self) -> str:
        return "每项最高按100%计" if self._capped else "平均数最高按100%计"
