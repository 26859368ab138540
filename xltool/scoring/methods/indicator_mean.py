"""绩效指标平均：各指标得分率的平均数×分值（docs/来源.md §1 第 1、2、4 行，§9）。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from xltool.facts.computed import percent
from xltool.facts.factor import factor
from xltool.facts.left_out import kinds, left_out, mark, says_absent, takes_absence
from xltool.facts.shortfall import shortfall
from xltool.facts.target import target_rows
from xltool.scheme.categories import SHEET, categories_under, level1_of
from xltool.scoring.deduction import Loss
from xltool.scoring.factor_wording import factor_sentence
from xltool.scoring.method import Method
from xltool.values import quote

if TYPE_CHECKING:
    from xltool.facts.records import Target
    from xltool.facts.refs import Refs
    from xltool.facts.view import Facts
    from xltool.scheme.key import CellKey
    from xltool.scoring.score import Score

_FACTOR = "factor"


class IndicatorMean(Method):
    """某一类绩效指标得分率的平均数×分值；`where` 栏等于 `equals` 选项的指标算入。"""

    __slots__ = ()
    name: ClassVar[str] = "indicator_mean"
    needs: ClassVar[tuple[str, ...]] = ("where", "equals")

    def check(self) -> None:
        """核对筛选的栏和选项。"""
        super().check()
        where, equals = self.text("where"), self.text("equals")
        if not self.scheme.has(f"{SHEET}.{where}"):
            raise self.problem("inputs.where", f"“{where}”不是 {SHEET} 表的栏")
        if not self.scheme.has(f"{SHEET}.{_FACTOR}"):
            raise self.problem("name", f"{SHEET} 表要有 {_FACTOR} 一栏")
        options, _, option = equals.partition(".")
        known = self.scheme.options.get(options)
        if known is None or option not in {item.key for item in known.options}:
            raise self.problem("inputs.equals", f"没有选项“{equals}”")

    @property
    def _wanted(self) -> str:
        key = self.input("equals")
        return self.scheme.options[key.sheet].value(key.row)

    def _rows(self, facts: Facts) -> tuple[Target, ...]:
        where, wanted = self.text("where"), self._wanted
        return tuple(r for r in target_rows(facts) if r.record.text(where) == wanted)

    def score(self, facts: Facts) -> Score:
        """算出得分。"""
        every = self._rows(facts)
        used = tuple(row.record.key("actual") for row in every)
        if not every:
            return self.unscored((), self._nothing, used)
        rows = self._counted(every)
        if not rows:
            return self.unscored((), self._absent, used)
        shares = [factor(self.scheme, row) for row in rows]
        known = [share for share in shares if share is not None]
        if len(known) < len(rows):
            short = [row for row, share in zip(rows, shares, strict=True) if share is None]
            return self._short(tuple(short), used)
        mean = sum(known, Decimal(0)) / len(rows)
        count = f"{self._subject}的{len(rows)}个指标"
        parts = f"{self._parts(known)}{self._beside(every, rows)}"
        trace = f"{count}{parts}，平均{percent(mean)}×{self.full}分"
        each = self.indicator.points / len(rows)  # 每个指标摊到同样的分
        losses = [
            self._loss(row, share, (1 - share) * each)
            for row, share in zip(rows, known, strict=True)
            if share < 1
        ]
        return self.scored(mean * self.indicator.points, trace, used, losses)

    def _loss(self, row: Target, share: Decimal, lost: Decimal) -> Loss:
        """一个指标扣了几分、为什么。"""
        text = shortfall(self.scheme, row, share)
        title = f"“{quote(row.title)}”" if row.title else ""
        why = f"第{row.record.row}号指标{title}{text.why}"
        return Loss(lost, why, text.avoid, row.record.key("actual"))

    def _counted(self, rows: tuple[Target, ...]) -> tuple[Target, ...]:
        """要计分的各行；写明不适用而摊分的不在内。"""
        return tuple(row for row in rows if not left_out(self.scheme, row))

    def _beside(self, every: tuple[Target, ...], rows: tuple[Target, ...]) -> str:
        """不计分的有几个。"""
        absent = len(every) - len(rows)
        return f"，另有{absent}个不适用、分值摊到其余各行" if absent else ""

    @property
    def _absent(self) -> str:
        return f"{self._subject}的指标都写不适用，分值没有可以摊到的行"

    @property
    def _nothing(self) -> str:
        return f"{self.scheme.sheet(SHEET).name}表里没有{self._subject}的指标"

    def _short(self, rows: tuple[Target, ...], used: tuple[CellKey, ...]) -> Score:
        names = "、".join(f"第{row.record.row}号" for row in rows)
        missing = tuple(row.record.key(self._needed(row)) for row in rows)
        unsaid = [row for row in rows if self._unexplained(row)]
        why = f"指标{names}既不能用数比较，也没有选达成情况"
        if unsaid:
            absent = "、".join(f"第{row.record.row}号" for row in unsaid)
            why += f"；{absent}写不适用而没有写原因"
        return self.unscored(missing, why, used)

    def _unexplained(self, row: Target) -> bool:
        """写了不适用，要写原因才认。"""
        return takes_absence(self.scheme) and not row.noted and says_absent(self.scheme, row)

    def _needed(self, row: Target) -> str:
        """让这个指标能计分要补的格：写不适用的补原因，定量的补实现值，其余选达成情况。"""
        numeric = row.expected.number is not None
        if numeric and self._unexplained(row):
            return "note"
        return "actual" if numeric and row.actual.raw == "" else "tier"

    def _parts(self, shares: list[Decimal]) -> str:
        """各得分率有几个，从高到低。"""
        counts = {share: shares.count(share) for share in sorted(set(shares), reverse=True)}
        return "、".join(f"{count}个得{percent(share)}" for share, count in counts.items())

    @property
    def _subject(self) -> str:
        field = self.scheme.sheet(SHEET).column(self.text("where"))
        return f"{field.label}为“{self._wanted}”"

    def formula(self, refs: Refs) -> str:
        """同样算法的公式。"""
        where, shares = refs.column(SHEET, self.text("where")), refs.column(SHEET, _FACTOR)
        key = self.input("equals")
        wanted = refs.option(key.sheet, key.row)
        count = self._count(refs, where, wanted)
        ready = f'COUNTIFS({where},{wanted},{shares},">=0")'
        mean = f"SUMIFS({shares},{where},{wanted})/{count}"
        value = self.rounded(refs, f"{mean}*{self.own_points(refs)}")
        return f'IF({count}=0,"",IF({count}<>{ready},"",{value}))'

    def _count(self, refs: Refs, where: str, wanted: str) -> str:
        """要计分的有几行：得分率一栏印着字的不算。"""
        shares, count = refs.column(SHEET, _FACTOR), f"COUNTIFS({where},{wanted})"
        for kind in kinds(self.scheme):
            count += f"-COUNTIFS({where},{wanted},{shares},{mark(refs, kind)})"
        return f"({count})" if kinds(self.scheme) else count

    def basis(self, refs: Refs) -> tuple[str, bool]:
        """平均得分率。"""
        where, shares = refs.column(SHEET, self.text("where")), refs.column(SHEET, _FACTOR)
        key = self.input("equals")
        wanted = refs.option(key.sheet, key.row)
        ready = f'COUNTIFS({where},{wanted},{shares},">=0")'
        return f'IF({ready}=0,"",SUMIFS({shares},{where},{wanted})/{ready})', True

    def basis_value(self, facts: Facts) -> Decimal | str | None:
        """能计分的指标的平均得分率。"""
        known = [
            share for row in self._rows(facts) if (share := factor(self.scheme, row)) is not None
        ]
        return sum(known, Decimal(0)) / len(known) if known else None

    def sentence(self) -> str:
        """评分标准。"""
        start = f"{self._subject}的指标按个数均分{self.full}分。"
        return f"{start}{self._factor_sentence}"

    @property
    def _factor_sentence(self) -> str:
        """各指标怎么得分，只说这一类里会有的。"""
        level1 = level1_of(self.scheme, self.indicator.method)
        return factor_sentence(self.scheme, categories_under(self.scheme, level1))
