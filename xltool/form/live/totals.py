"""自查：封面、收支上合计与分项、自评分数、等级、个数、年度和执行率。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.address import literal
from xltool.facts.left_out import PART, kinds, mark
from xltool.facts.portions import portions
from xltool.facts.sizes import huge, in_ten_thousands
from xltool.facts.target import indicator_row
from xltool.finding import Severity
from xltool.form.live.check import LiveCheck
from xltool.form.live.repeats import GOAL_ACTUAL, copied_check
from xltool.form.live.scores import typed_score_checks
from xltool.form.live.sources import source_checks
from xltool.form.live.spending import item_rates
from xltool.form.live.standards import standard_checks
from xltool.form.live.whole import balance_checks
from xltool.form.live.wording import one_of
from xltool.scheme.categories import SHEET
from xltool.scheme.key import STATED_TOTAL, VALUE, field_key
from xltool.scheme.thresholds import TOTAL_TOLERANCE, UTILISATION_TOLERANCE, sum_tolerance
from xltool.values import LIKELY_SERIALS, plain
from xltool.values.rounding import rounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.portions import Portion
    from xltool.facts.view import Facts
    from xltool.form.live.check import Judged, Line
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Check, Scheme

_TOTAL, _GRADE = field_key(STATED_TOTAL), "cover.self_grade"
_PARTS = {"output_count": "output", "outcome_count": "outcome"}
_FUNDS = "funds"
_FIXED, _IN_USE = field_key("finance.fixed_assets"), field_key("finance.fixed_in_use")


def item_checks(scheme: Scheme, key: CellKey) -> Iterator[LiveCheck]:
    """逐项表的一项，除了逐格看的以外还要看的。"""
    yield from (_sum(check) for check in scheme.checks if check.total == key)
    yield from (_above(scheme, one) for one in portions(scheme) if one.part == key)
    if in_ten_thousands(scheme.field(key)):
        yield _huge(scheme)
    yield from _named(scheme, key)
    yield from balance_checks(scheme, key)
    yield from item_rates(scheme, key)
    yield from source_checks(scheme, key)
    yield from standard_checks(scheme, key)
    yield from typed_score_checks(scheme, key)


def _named(scheme: Scheme, key: CellKey) -> Iterator[LiveCheck]:
    """各项自己的一条。"""
    name = f"{key.sheet}.{key.row}"
    if name == STATED_TOTAL:
        if scheme.states_total:
            yield _self_total(scheme)
    elif name == _GRADE and scheme.has(STATED_TOTAL):
        yield _grade(scheme)
    elif name == "cover.year":
        yield _year(scheme)
    elif name == "cover.has_funds" and all(scheme.word("yes_no", word) for word in ("yes", "no")):
        yield _variant(scheme)
    elif key.sheet == "cover" and key.row in ("indicator_count", *_PARTS) and scheme.has(SHEET):
        yield _count(scheme, key)
    elif name == "cover.date" and scheme.has("cover.year"):
        yield _early()
    elif name in ("finance.fixed_in_use", "finance.reported_utilisation"):
        yield from _utilisation(scheme, key)
    elif name == GOAL_ACTUAL and scheme.has("goal.expected"):
        yield copied_check()


def _sum(check: Check) -> LiveCheck:
    keys = (check.total, *check.plus, *check.minus)

    def formula(line: Line) -> str:
        refs = line.refs
        total = refs.cell(check.total)
        parts = "".join(f"-{refs.cell(key)}" for key in check.plus)
        parts += "".join(f"+{refs.cell(key)}" for key in check.minus)
        numbers = ",".join(f"ISNUMBER({refs.cell(key)})" for key in keys)
        gap = f"ABS(ROUND({total}{parts},{refs.parameter('money_digits')}))"
        return f"IF(AND({numbers}),{gap}>{refs.parameter(sum_tolerance(check.rule).key)},FALSE)"

    def holds(judged: Judged) -> bool:
        return unequal(judged.facts, check) is True

    return LiveCheck((check.rule,), Severity.ERROR, f"{check.label}不成立", formula, holds)


def unequal(facts: Facts, check: Check) -> bool | None:
    """一条勾稽是不是不符；没有填全的为空。"""
    values = [facts.number(key) for key in (check.total, *check.plus, *check.minus)]
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return None
    signs = [1, *(-1 for _ in check.plus), *(1 for _ in check.minus)]
    gap = sum((sign * value for sign, value in zip(signs, known, strict=True)), Decimal(0))
    gap = rounded(gap, int(facts.scheme.number("money_digits")))
    return abs(gap) > sum_tolerance(check.rule).of(facts.scheme)


def _above(scheme: Scheme, portion: Portion) -> LiveCheck:
    """一部分比全部还大。"""

    def formula(line: Line) -> str:
        part, whole = map(line.refs.cell, portion)
        return f"IF(AND(ISNUMBER({part}),ISNUMBER({whole})),{part}>{whole},FALSE)"

    def holds(judged: Judged) -> bool:
        part, whole = map(judged.facts.number, portion)
        return part is not None and whole is not None and part > whole

    says = f"大于“{scheme.field(portion.whole).label}”"
    return LiveCheck(("A11",), Severity.ERROR, says, formula, holds)


def _huge(scheme: Scheme) -> LiveCheck:
    """大得像是把元填进了万元的格。"""
    limit, why = huge(scheme)

    def formula(line: Line) -> str:
        own = line.at(VALUE)
        return f"IF(ISNUMBER({own}),{own}>={plain(limit)},FALSE)"

    def holds(judged: Judged) -> bool:
        number = judged.facts.number(judged.key(VALUE))
        return number is not None and number >= limit

    return LiveCheck(("V190",), Severity.WARNING, f"{why}，是不是把元填成了万元", formula, holds)


def _self_total(scheme: Scheme) -> LiveCheck:
    form = scheme.score_sheet

    def formula(line: Line) -> str:
        cells, own = line.refs.column(form.key, "self_score"), line.at(VALUE)
        ready = f"AND(ISNUMBER({own}),COUNT({cells})=ROWS({cells}))"
        gap = f"ABS(ROUND(SUM({cells})-{own},{line.refs.parameter('working_digits')}))"
        return f"IF({ready},{gap}>{line.refs.parameter(TOTAL_TOLERANCE.key)},FALSE)"

    def holds(judged: Judged) -> bool:
        facts = judged.facts
        total, scores = facts.number(_TOTAL), [row.number("self_score") for row in facts.form_rows]
        known = [score for score in scores if score is not None]
        if total is None or len(known) < len(scores):
            return False
        gap = scheme.precise(sum(known, Decimal(0)) - total)
        return abs(gap) > TOTAL_TOLERANCE.of(scheme)

    says = f"不等于{form.name}各行自评得分之和"
    return LiveCheck(("S01",), Severity.ERROR, says, formula, holds)


def _grade(scheme: Scheme) -> LiveCheck:
    grades = scheme.grades
    names = tuple(one.name for one in grades)

    def formula(line: Line) -> str:
        total, own = line.refs.cell(_TOTAL), line.at(VALUE)
        right = literal(grades[-1].name)
        for grade in reversed(grades[:-1]):
            right = (
                f"IF({total}>={line.refs.parameter(grade.parameter)},{literal(grade.name)},{right})"
            )
        return f"IF(AND(ISNUMBER({total}),{one_of(own, names)}),{own}<>{right},FALSE)"

    def holds(judged: Judged) -> bool:
        total, own = judged.facts.number(_TOTAL), judged.facts.entry(_GRADE).raw
        if total is None or own not in names:  # 不在列表里的，另有一条
            return False
        return own != scheme.grade(max(total, grades[-1].minimum))

    return LiveCheck(("S02",), Severity.ERROR, "与自评分数所在的分数段不符", formula, holds)


def _year(scheme: Scheme) -> LiveCheck:
    def formula(line: Line) -> str:
        cell = line.at(VALUE)
        return f"IF(ISNUMBER({cell}),{cell}<>{scheme.year},FALSE)"

    def holds(judged: Judged) -> bool:
        year = judged.facts.number(judged.key(VALUE))
        return year is not None and year != scheme.year

    return LiveCheck(("C06",), Severity.ERROR, f"这是{scheme.year}年度的表", formula, holds)


def _variant(scheme: Scheme) -> LiveCheck:
    option = "yes" if scheme.has(_FUNDS) else "no"
    wrong = "no" if scheme.has(_FUNDS) else "yes"

    def formula(line: Line) -> str:
        if not scheme.word("yes_no", wrong):
            return "FALSE"  # 方案没有这个选项，也就选不错
        return f"{line.at(VALUE)}={line.refs.option('yes_no', wrong)}"

    def holds(judged: Judged) -> bool:
        return judged.facts.text(judged.key(VALUE)) == scheme.word("yes_no", wrong)

    says = f"本表只供选“{scheme.word('yes_no', option)}”的部门用，请换用对应的表"
    return LiveCheck(("C01",), Severity.ERROR, says, formula, holds)


def _count(scheme: Scheme, key: CellKey) -> LiveCheck:
    """封面写的个数，与开了头的行数比；分一级指标的，各行都选了才比。"""
    option = _PARTS.get(key.row, "")

    def formula(line: Line) -> str:
        own, titles = line.at(VALUE), line.refs.column(SHEET, "title")
        levels = line.refs.column(SHEET, "level1")
        started, parts = f"COUNTA({titles})", ""
        if PART in kinds(scheme):  # 其中项不是单独的指标
            parts = f"{line.refs.column(SHEET, 'factor')},{mark(line.refs, PART)}"
        if option:
            same = f"{levels},{line.refs.option('level1', option)}"
            counted = f"COUNTIFS({same})" + (f"-COUNTIFS({same},{parts})" if parts else "")
            ready = f"AND(ISNUMBER({own}),{started}>0,COUNTA({levels})>={started})"
        else:
            counted = started + (f"-COUNTIFS({parts})" if parts else "")
            ready = f"AND(ISNUMBER({own}),{started}>0)"
        return f"IF({ready},{own}<>{counted},FALSE)"

    def holds(judged: Judged) -> bool:
        facts, own = judged.facts, judged.facts.number(key)
        rows = facts.records(SHEET)
        titles = sum(bool(row.entry("title").raw) for row in rows)
        levels = sum(bool(row.entry("level1").raw) for row in rows)
        if own is None or not titles or (option and levels < titles):
            return False
        parts = {row.row for row in rows if indicator_row(facts, row.row).part}
        if not option:
            return own != titles - len(parts)
        wanted = scheme.word("level1", option)
        same = (row for row in rows if row.text("level1") == wanted)
        return own != sum(row.row not in parts for row in same)

    says = f"与{scheme.sheet(SHEET).name}表里的个数不符"
    return LiveCheck(("A06",), Severity.ERROR, says, formula, holds)


def _early() -> LiveCheck:
    year = field_key("cover.year")

    def formula(line: Line) -> str:
        day, own = line.at(VALUE), line.refs.cell(year)
        first, last = LIKELY_SERIALS  # 不是日期的数，YEAR 算不出，另有一条
        known = f"AND(ISNUMBER({own}),N({day})>={first},N({day})<={last})"
        return f"IF({known},YEAR({day})<={own},FALSE)"

    def holds(judged: Judged) -> bool:
        day, own = judged.facts.day(judged.key(VALUE)), judged.facts.number(year)
        return day is not None and own is not None and day.year <= own

    return LiveCheck(("C07",), Severity.WARNING, "在评价年度以内，年度还没有结束", formula, holds)


def _utilisation(scheme: Scheme, key: CellKey) -> Iterator[LiveCheck]:
    """在用的不大于原值；写的使用率与算出的相符。"""
    if not all(scheme.has(f"finance.{one.row}") for one in (_FIXED, _IN_USE)):
        return

    def above(line: Line) -> str:
        fixed, used = line.refs.cell(_FIXED), line.refs.cell(_IN_USE)
        return f"IF(AND(ISNUMBER({fixed}),ISNUMBER({used})),{used}>{fixed},FALSE)"

    def is_above(judged: Judged) -> bool:
        fixed, used = judged.facts.number(_FIXED), judged.facts.number(_IN_USE)
        return fixed is not None and used is not None and used > fixed

    if key == _IN_USE:
        says = f"大于{scheme.field(_FIXED).label}"
        yield LiveCheck(("A05",), Severity.ERROR, says, above, is_above)
        return

    def apart(line: Line) -> str:
        fixed, used, own = line.refs.cell(_FIXED), line.refs.cell(_IN_USE), line.at(VALUE)
        digits = line.refs.parameter("working_digits")
        limit = line.refs.parameter(UTILISATION_TOLERANCE.key)
        gap = f"ROUND(ABS({used}/{fixed}-{own}),{digits})>{limit}"
        known = f"AND(ISNUMBER({fixed}),ISNUMBER({used}),ISNUMBER({own}))"
        return f"IF({known},IF({fixed}=0,FALSE,IF({used}>{fixed},FALSE,{gap})),FALSE)"

    def is_apart(judged: Judged) -> bool:
        facts = judged.facts
        fixed, used, own = facts.number(_FIXED), facts.number(_IN_USE), facts.number(key)
        if not fixed or used is None or own is None or used > fixed:
            return False
        return scheme.precise(abs(used / fixed - own)) > UTILISATION_TOLERANCE.of(scheme)

    yield LiveCheck(("A05",), Severity.ERROR, "与在用固定资产÷账面原值不符", apart, is_apart)
