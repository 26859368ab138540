"""测试用：由种子排出任何一个方案的一份填报内容，全填好的、填了一半的、乱填的都有。

取数偏向方案自己的各条界限、界限两旁，和刚好半分的得分。
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from xltool.facts.allocation import points_of, rows_of
from xltool.facts.claims import KINDS, PROBLEM
from xltool.facts.typed import typed_submission
from xltool.facts.view import Facts
from xltool.scheme.fields import Compute
from xltool.scheme.key import VALUE, CellKey, field_key
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
TIMES = ("0", "0.333", "0.5", "0.99", "1", "1.0001", "2", "2.01", "3.4", "-1")
BESIDE = ("0", "0.01", "-0.01", "0.0000000001", "-0.0000000001", "0.00000000004", "-0.00000000006")
REFERENCES = ("1", "2、3", "1，4;6", "3 5 7", "2、4、6、8", "第2号", "1-3", "无")
HALVES = ("100", "200", "1000", "4000")
WORDS = ("有效促进", "未统计", "5万元", "无", "=1+1", "×", "100", "-", "日期", "其中：甲")
UNITS = ("家", "%", "万元", "无量纲", "日期", "某种单位")
YEAR_END, MONTH_END = date(2024, 12, 31), date(2024, 11, 30)
ODD = ("别的", "有", "否 ")


class Filler:
    """一份内容；`fill` 是一格有多大机会填，`odd` 是填得不合要求的机会。"""

    def __init__(self, scheme: Scheme, seed: int) -> None:
        self.scheme = scheme
        self.random = Random(seed)  # noqa: S311 - a repeatable draw, nothing secret
        self.fill, self.odd = self.random.choice(
            (*[(1.0, 0.0)] * 5, (0.97, 0.0), (0.9, 0.03), (0.5, 0.05), (0.15, 0.1))
        )
        self.times = (*TIMES, *edges(scheme))
        self.unused = self._kinds()  # 全填好的，各类指标多半都有

    def contents(self) -> Contents:
        """各格的内容。"""
        found: Contents = {}
        for sheet in self.scheme.sheets:
            for row in self._rows(sheet):
                found |= self._row(sheet, row)
        if not self.odd:
            self._relate(found)
            self._halve(found)
            self._weigh(found)
            self._balance(found)
        return found

    def _kinds(self) -> list[str]:
        """各个一级指标，次序不定。"""
        kinds = [option.value for option in self.scheme.options["level1"].options]
        self.random.shuffle(kinds)
        return kinds if self.fill == 1 else []

    def _rows(self, sheet: Sheet) -> Iterator[str]:
        if sheet.kind is SheetKind.FIELDS:
            yield from (field.key for field in sheet.fields if field.computation is None)
        elif sheet.kind is SheetKind.SCORE:
            yield from (indicator.code for indicator in self.scheme.indicators)
        else:
            count = self.random.choice((0, 1, 2, 3, 5, 8, 12) if self.fill < 1 else (4, 6, 9))
            if self.random.random() < 0.03:
                count = sheet.capacity + 3
            last = min(sheet.capacity, count + 2)  # 中间空着一两行
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
            must = self.fill == 1 and (field.required or field.key == "tier")
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
            FieldKind.MONTH: self._day,
        }
        if field.kind in special:
            return special[field.kind](field)
        if field.key == "indicator":
            return self.random.choice(REFERENCES)
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
        if field.key == "level1" and self.unused:
            self.level1 = self.unused.pop()
            return self.level1
        if field.options == KINDS and self.random.random() < 0.4:
            return self.scheme.options[KINDS].value(PROBLEM)  # 超额的怎么办会看它
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
        if field.key in ("actual", "adjusted"):
            return self.target * Decimal(self.random.choice(self.times))
        return self.target

    def _relate(self, found: Contents) -> None:
        """算比率的几项，比率多半在方案的界限上或两旁。"""
        for sheet in self.scheme.sheets:
            for field in sheet.fields:
                computation = field.computation
                if sheet.kind is not SheetKind.FIELDS or computation is None:
                    continue
                if computation.kind not in (Compute.RATIO, Compute.CHANGE):
                    continue
                first, second = map(field_key, computation.inputs)
                whole = Decimal(self.random.choice(HALVES))
                ratio = Decimal(self.random.choice(self.times))
                if computation.kind is Compute.CHANGE:
                    ratio += 1
                if self.random.random() < 0.8:
                    found |= {second: whole, first: ratio * whole}

    def _halve(self, found: Contents) -> None:
        """按比例得分的，有时刚好得到半分，如 4.905。"""
        for indicator in self.scheme.indicators:
            inputs = indicator.method.inputs
            if indicator.method.name != "proportional" or self.random.random() < 0.6:
                continue
            whole = Decimal(self.random.choice(HALVES))
            found[field_key(str(inputs["denominator"]))] = whole
            part = self._half(indicator.points) * whole / indicator.points
            found[field_key(str(inputs["numerator"]))] = part

    def _half(self, points: Decimal) -> Decimal:
        """不超过 `points` 的一个带半分的数。"""
        return (2 * self.random.randrange(int(points * 100)) + 1) / Decimal(200)

    def _balance(self, found: Contents) -> None:
        """合计等于分项之和，多半相符，有时差一分、刚好差到允许的尾差；改第一个分项来凑。"""
        for check in self.scheme.checks:
            first, *others = check.plus
            more = sum(
                (_decimal(found.get(key)) for key in (check.total, *check.minus)), self._slip()
            )
            found[first] = more - sum(_decimal(found.get(key)) for key in others)
        own = (self.scheme.score_sheet.key, "self_score")
        scores = [value for key, value in found.items() if (key.sheet, key.column) == own]
        total = sum(map(_decimal, scores), self._slip())
        found[CellKey("cover", "self_total")] = total

    def _weigh(self, found: Contents) -> None:
        """各行有分值的表：多半让同类各行合计正好是评分表上的分值，有时差一点。"""
        if not self.scheme.has("indicators.points"):
            return
        facts = Facts(self.scheme, typed_submission(self.scheme, found))
        summed = [one for one in self.scheme.indicators if one.method.name == "indicator_sum"]
        wanted = {one.code: points_of(facts, one) for one in summed}
        if self.scheme.free_weights:
            wanted = self._drawn([one.code for one in summed if rows_of(facts, one)])
        for indicator in summed:
            if indicator.code in wanted and self.random.random() < 0.95:
                self._share_out(found, facts, indicator, wanted[indicator.code])

    def _drawn(self, codes: list[str]) -> dict[str, Decimal]:
        """分值由项目自定的：有指标的各类随意分，连同定好的合计是满分。"""
        fixed = (one.points for one in self.scheme.indicators if not self.scheme.weighed(one.code))
        left = self.scheme.number("full_marks") - sum(fixed, Decimal(0))
        found: dict[str, Decimal] = {}
        for number, code in enumerate(codes, 1):
            share = Decimal(self.random.choice(("0.25", "0.5", "0.625")))
            found[code] = left if number == len(codes) else round(left * share, 1)
            left -= found[code]
        return found

    def _share_out(
        self, found: Contents, facts: Facts, indicator: Indicator, left: Decimal
    ) -> None:
        rows = [row.record.row for row in rows_of(facts, indicator)]
        for number, row in enumerate(rows, 1):
            last = number == len(rows)
            part = left if last else (left / (len(rows) - number + 1)).quantize(Decimal("0.1"))
            found[CellKey("indicators", row, "points")] = part
            if part > 0 and self.random.random() < 0.2:  # 这一行得分刚好带半分
                found[CellKey("indicators", row, "expected")] = 200 * part
                found[CellKey("indicators", row, "actual")] = 200 * self._half(part)
            share = Decimal(self.random.choice(("1", "0.8", "0.75", "0.6", "0.5", "0.333")))
            found[CellKey("indicators", row, "self_score")] = round(part * share, 2)
            left -= part

    def _slip(self) -> Decimal:
        return Decimal(
            self.random.choice(("0",) * 12 + ("0.01", "-0.01", "0.02", "0.0100000000004"))
        )


def edges(scheme: Scheme) -> tuple[str, ...]:
    """方案里各个像比率的参数，连同两旁；差在第十一位小数的，舍入以后刚好到界限或刚好不到。"""
    ratios = {one.value for one in scheme.parameters.values() if 0 < one.value <= 3}
    return tuple(str(ratio + Decimal(beside)) for ratio in sorted(ratios) for beside in BESIDE)


def _decimal(value: Typed | None) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)


def random_contents(scheme: Scheme, seed: int) -> Contents:
    """一份内容，只由种子决定。"""
    return Filler(scheme, seed).contents()
