"""测试用：由种子排出一份填报内容，全填好的、填了一半的、乱填的都有。"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from xltool.facts.allotment import points_of
from xltool.facts.typed import typed_submission
from xltool.facts.view import Facts
from xltool.scheme.key import VALUE, CellKey
from xltool.scheme.model import FieldKind, SheetKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from xltool.facts.typed import Contents, Typed
    from xltool.scheme.model import Field, Indicator, Scheme, Sheet

# 各界限上和两旁的数
MONEY = (
    "0", "0.01", "1", "33.33", "48", "50", "53.5", "59.99", "60", "75", "89.99", "90", "98.1",
    "99.99", "100", "100.01", "110", "120", "130", "130.01", "1000", "27246.58", "99999999.99",
)  # fmt: skip
COUNTS = ("0", "0", "0", "1", "2", "3", "4", "5", "6", "7", "12")
RATIOS = ("0", "0.1", "0.1999999999", "0.2", "0.29999999996", "0.3", "0.757", "1", "1.5")
POINTS = ("0", "0.5", "1", "2", "2.675", "4.905", "10", "20", "3.333")
TARGETS = ("0", "0.3", "1", "3", "7", "33", "100", "405", "40000", "-5")
TIMES = ("0", "0.333", "0.5", "0.99", "1", "1.0001", "1.2", "1.5", "1.50000000001", "1.51", "2",
         "2.01", "3.4", "-1")  # fmt: skip
WORDS = ("有效促进", "未统计", "5万元", "无", "=1+1", "×", "100", "-", "日期")
UNITS = ("家", "%", "万元", "无量纲", "日期", "某种单位")
YEAR_END, MONTH_END = date(2024, 12, 31), date(2024, 11, 30)
ODD = ("别的", "有", "否 ")


class Filler:
    """一份内容；`fill` 是一格有多大机会填，`odd` 是填得不合要求的机会。"""

    def __init__(self, scheme: Scheme, seed: int) -> None:
        self.scheme = scheme
        self.random = Random(seed)  # noqa: S311 - a repeatable draw, nothing secret
        self.fill, self.odd = self.random.choice(
            ((1.0, 0.0), (1.0, 0.0), (0.97, 0.0), (0.9, 0.03), (0.5, 0.05), (0.15, 0.1))
        )

    def contents(self) -> Contents:
        """各格的内容。"""
        found: Contents = {}
        for sheet in self.scheme.sheets:
            for row in self._rows(sheet):
                found |= self._row(sheet, row)
        if not self.odd:
            self._weigh(found)
            self._balance(found)
        return found

    def _rows(self, sheet: Sheet) -> Iterator[str]:
        if sheet.kind is SheetKind.FIELDS:
            yield from (field.key for field in sheet.fields if field.computation is None)
        elif sheet.kind is SheetKind.FORM:
            yield from (indicator.code for indicator in self.scheme.indicators)
        else:
            count = self.random.choice((0, 1, 2, 3, 5, 8, 12))
            if self.random.random() < 0.03:
                count = sheet.capacity + 3
            last = min(sheet.capacity, count + 2) if self.odd else count
            rows = self.random.sample(range(1, max(last, count) + 1), count)
            yield from map(str, sorted(rows))

    def _row(self, sheet: Sheet, row: str) -> Iterator[tuple[CellKey, Typed]]:
        if sheet.kind is SheetKind.FIELDS:
            columns = [(VALUE, self.scheme.field(CellKey(sheet.key, row)))]
            columns += [(extra.key, extra) for extra in sheet.extras]
        else:
            columns = [(field.key, field) for field in sheet.columns if field.computation is None]
        self.target = Decimal(self.random.choice(TARGETS))
        self.level1 = ""
        for column, field in columns:
            must = field.required and self.fill == 1
            if must or self.random.random() < min(self.fill, 0.9):
                yield CellKey(sheet.key, row, column), self._typed(field)

    def _typed(self, field: Field) -> Typed:
        if self.random.random() < self.odd:
            return self._odd(field)
        if field.kind.numeric:
            return self._number(field)
        special: dict[FieldKind, Callable[[Field], Typed]] = {
            FieldKind.CHOICE: self._choice,
            FieldKind.MEASURE: self._measure,
            FieldKind.DATE: self._day,
        }
        if field.kind in special:
            return special[field.kind](field)
        return self.random.choice(UNITS if field.kind is FieldKind.SUGGESTION else WORDS)

    def _day(self, _: Field) -> date:
        return YEAR_END + timedelta(days=self.random.randrange(-30, 130))

    def _odd(self, field: Field) -> Typed:
        if field.kind.numeric:
            negative = -Decimal(self.random.choice(MONEY))
            return self.random.choice(("未统计", "12", "1,200", "10家", YEAR_END, negative))
        if field.kind is FieldKind.MEASURE:
            return self.random.choice((YEAR_END, MONTH_END, *WORDS))
        return self.random.choice(ODD)

    def _number(self, field: Field) -> Decimal:
        pool = {
            FieldKind.INTEGER: COUNTS,
            FieldKind.PERCENT: RATIOS,
            FieldKind.POINTS: POINTS,
        }.get(field.kind, MONEY)
        if pool is MONEY and self.random.random() < 0.3:
            return Decimal(self.random.randrange(10**9)).scaleb(-2)
        return Decimal(self.random.choice(pool))

    def _choice(self, field: Field) -> str:
        name = field.options or field.options_by.get(self.level1, "level2_output")
        weights = [3, *(1 for _ in self.scheme.options[name].options[1:])]
        option = self.random.choices(self.scheme.options[name].options, weights)[0].value
        if field.key == "level1":
            self.level1 = option
        return option

    def _measure(self, field: Field) -> Typed:
        draw = self.random.random()
        if draw < 0.15:
            return self.random.choice(WORDS)
        if field.key == "actual":
            return self.target * Decimal(self.random.choice(TIMES))
        return self.target

    def _balance(self, found: Contents) -> None:
        """合计等于分项之和，多半相符，有时差一分、刚好差到允许的尾差。"""
        for check in self.scheme.checks:
            signs = [(key, 1) for key in check.plus] + [(key, -1) for key in check.minus]
            found[check.total] = sum(
                (sign * _decimal(found.get(key)) for key, sign in signs), self._slip()
            )
        scores = [value for key, value in found.items() if key.column == "self_score"]
        total = sum(map(_decimal, scores), self._slip())
        found[CellKey("cover", "self_total")] = total

    def _weigh(self, found: Contents) -> None:
        """各行有分值的表：多半让同类各行合计正好是评分表上的分值，有时差一点。"""
        if not self.scheme.has("indicators.points"):
            return
        facts = Facts(self.scheme, typed_submission(self.scheme, found))
        for indicator in self.scheme.indicators:
            if indicator.method.name == "indicator_sum" and self.random.random() < 0.95:
                self._share_out(found, facts, indicator)

    def _share_out(self, found: Contents, facts: Facts, indicator: Indicator) -> None:
        options, _, option = str(indicator.method.inputs["equals"]).partition(".")
        wanted = self.scheme.options[options].value(option)
        rows = [r.row for r in facts.records("indicators") if r.text("level1") == wanted]
        left = points_of(facts, indicator)
        for number, row in enumerate(rows, 1):
            last = number == len(rows)
            part = left if last else (left / (len(rows) - number + 1)).quantize(Decimal("0.1"))
            found[CellKey("indicators", row, "points")] = part
            share = Decimal(self.random.choice(("1", "0.8", "0.75", "0.6", "0.5", "0.333")))
            found[CellKey("indicators", row, "self_score")] = round(part * share, 2)
            left -= part

    def _slip(self) -> Decimal:
        return Decimal(
            self.random.choice(("0",) * 12 + ("0.01", "-0.01", "0.02", "0.0100000000004"))
        )


def _decimal(value: Typed | None) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)


def random_contents(scheme: Scheme, seed: int) -> Contents:
    """一份内容，只由种子决定。"""
    return Filler(scheme, seed).contents()
