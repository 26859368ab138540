"""自查：绩效指标的一行：没有完成、大幅超额要写原因，方向要写明，实现值写数，算不出的要选档。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.computed import printed
from xltool.facts.direction import Way, way_of
from xltool.facts.left_out import PART, kinds, says_absent, takes_absence
from xltool.facts.saying import among_formula
from xltool.facts.target import indicator_row
from xltool.finding import Severity
from xltool.form.live.check import Guard, LiveCheck
from xltool.form.live.saying import unsaid
from xltool.form.live.ways import MISSED, is_overclaimed, overclaimed, way_number
from xltool.form.live.wording import ANSWERS, one_of
from xltool.form.live.written import WRITTEN, is_written, one_number
from xltool.layout.columns import UNSAID, WARNED, WAY
from xltool.scheme.completing import TIERS
from xltool.scheme.contract import word_lists
from xltool.scheme.labels import ACTUAL, EXPECTED, label_of, words_of
from xltool.scheme.thresholds import CEILING_FLOOR, OVERSHOT
from xltool.values import Operator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.records import Target
    from xltool.form.live.check import Judged, Line
    from xltool.scheme.model import Scheme, Sheet

# 条件的说法：写在数的前面、后面的；长的在前不必，逐个长度看
_BEFORE = {
    1: "≥≤＞＜><≧≦⩾⩽≈约近",
    2: (
        "大于",
        "小于",
        "超过",
        "高于",
        "低于",
        "至少",
        "至多",
        "最少",
        "最多",
        "达到",
        "大约",
        "约为",
    ),
    3: ("不低于", "不少于", "不小于", "不高于", "不超过", "不大于", "不多于"),
    4: ("大于等于", "小于等于", "不得低于", "不得少于", "不得超过", "不得高于"),
}
NOTE_UNSAID = Guard(
    lambda line: f"{line.at(UNSAID.key)}=1",
    lambda judged: unsaid(judged.facts, judged.key("note")),
)
_AFTER = ("以上", "以下", "以内", "左右")
_SHORT = 12  # 再长的是一段话，不是一个数


def indicator_checks(scheme: Scheme, sheet: Sheet) -> Iterator[LiveCheck]:
    """绩效指标的一行；没有完成率的表没有。"""
    own = {field.key for field in sheet.fields}
    if not {"expected", "actual", "factor"} <= own:
        return
    wanted = tuple(name for name in ("title", "expected", "actual") if name in own)
    if "tier" in own:
        yield _unjudged(sheet, wanted)
    says = f"{label_of(scheme, ACTUAL)}是文字，不是数：请删去重新输入，{one_number(scheme)}"
    yield LiveCheck(("K05", "K06"), Severity.ERROR, says, _no_number, _is_no_number)
    if "tier" in own:
        asked = label_of(scheme, EXPECTED)
        says = f"{asked}是“是”“否”的，{label_of(scheme, ACTUAL)}也要填“是”“否”"
        yield LiveCheck(("K06",), Severity.ERROR, says, _no_answer, _is_no_answer)
    if "operator" in own:
        yield LiveCheck(
            ("K08",),
            Severity.WARNING,
            "看不出越大越好还是越小越好，请选运算符",
            _doubtful,
            _is_doubtful,
        )
    if "tier" in own:
        tier = sheet.column("tier").label
        says = f"{label_of(scheme, ACTUAL)}没有达到{label_of(scheme, EXPECTED)}，{tier}不能选达成"
        yield LiveCheck(("K23",), Severity.WARNING, says, overclaimed, is_overclaimed)
    if "note" in own:
        guard = NOTE_UNSAID
        yield LiveCheck(
            ("K01",), Severity.WARNING, "没有完成，请写明原因", _owned, _is_owned, guard
        )
        yield LiveCheck(
            ("K02", "K03"), Severity.WARNING, "大幅超额，请写明原因", _over, _is_over, guard
        )
        says = f"远低于{words_of(scheme).ceiling}，请写明原因"
        yield LiveCheck(("K04",), Severity.WARNING, says, _far_below, _is_far_below, guard)


def _target(judged: Judged) -> Target:
    return indicator_row(judged.facts, judged.row)


def _unjudged(sheet: Sheet, wanted: tuple[str, ...]) -> LiveCheck:
    """算不出得分率而没有选档的；写成文字的数另有一条，选了档也不能代替。"""
    many = {"operator", "unit"} <= {field.key for field in sheet.fields}

    def formula(line: Line) -> str:
        filled = ",".join(f'{line.at(name)}<>""' for name in wanted)
        asked = f'AND({filled},{line.at("factor")}="")'
        if many:  # 写成文字的那几条公式长，写在后面的一栏，看那里说了没有
            asked = f'AND({asked},ISERROR(FIND("{WRITTEN}",{line.at(WARNED.key)})))'
        return f"IF({_no_number(line)},FALSE,{asked})"

    def holds(judged: Judged) -> bool:
        facts = judged.facts
        filled = all(facts.entry(judged.key(name)).raw for name in wanted)
        unjudged = filled and printed(facts, judged.key("factor")) is None
        return unjudged and not _is_no_number(judged) and not (many and is_written(judged))

    return LiveCheck(("V171", "Q01"), None, sheet.column("tier").label, formula, holds)


# ---------------------------------------------------------------- 实现值


def _condition(line: Line) -> str:
    cell = line.at("actual")
    tests = []
    for length, words in _BEFORE.items():
        digit = f"ISNUMBER(-MID({cell},{length + 1},1))"
        tests.append(f"AND({digit},{one_of(f'LEFT({cell},{length})', words)})")
    tests.append(f"AND(ISNUMBER(-LEFT({cell},1)),{one_of(f'RIGHT({cell},2)', _AFTER)})")
    return f'IF(AND({line.at("expected")}<>"",LEN({cell})<={_SHORT}),OR({",".join(tests)}),FALSE)'


def _is_condition(judged: Judged) -> bool:
    raw = judged.raw("actual")
    if not judged.raw("expected") or len(raw) > _SHORT:
        return False
    before = any(
        raw[:length] in words and raw[length : length + 1] in _DIGITS and len(raw) > length
        for length, words in _BEFORE.items()
    )
    return before or (raw[:1] in _DIGITS and raw != "" and raw[-2:] in _AFTER)


_DIGITS = "0123456789"


def _no_number(line: Line) -> str:
    """预期值是数的，实现值要是数，或写不适用；预期值是话的，实现值不能只是一个条件。"""
    actual, unit = line.at("actual"), line.at("unit")
    number = f"AND(ISNUMBER({line.goal}),{unit}<>{line.refs.option('unit', 'date')})"
    wrong = f"NOT({_absence(line)})" if takes_absence(line.scheme) else "TRUE"
    return f"IF(ISTEXT({actual}),IF({number},{wrong},{_condition(line)}),FALSE)"


def _absence(line: Line) -> str:
    return among_formula(line.scheme, word_lists.NOT_APPLICABLE, line.at("actual"), line.refs)


def _no_answer(line: Line) -> str:
    """预期值是“是”“否”的，实现值也要是；选了档的字也可以。"""
    expected, actual = line.at("expected"), line.at("actual")
    first = one_of(expected, ANSWERS)
    said = f"{one_of(actual, ANSWERS)},{one_of(f'LEFT({actual},2)', _STARTS)}"
    tiers = "".join(f",{actual}={line.refs.option('tier', name)}" for name in TIERS)
    return f'IF({first},AND({actual}<>"",NOT(OR({said}{tiers}))),FALSE)'


def _is_no_answer(judged: Judged) -> bool:
    expected, actual = (judged.raw(name) for name in ("expected", "actual"))
    if expected not in ANSWERS or not actual:
        return False
    tiers = [judged.facts.scheme.word("tier", name) for name in TIERS]
    return not (actual in ANSWERS or actual[:2] in _STARTS or actual in tiers)


_STARTS = tuple(f"{word}{mark}" for word in "是否有" for mark in "。（(")


def _is_no_number(judged: Judged) -> bool:
    facts, target = judged.facts, _target(judged)
    if not target.actual.raw or target.actual.number is not None:
        return False
    dated = facts.option(target.record.text("unit"), "unit", "date")
    if takes_absence(facts.scheme) and says_absent(facts.scheme, target):
        return (target.expected.number is None or dated) and _is_condition(judged)
    return (target.expected.number is not None and not dated) or _is_condition(judged)


# ---------------------------------------------------------------- 完成得怎样


def _doubtful(line: Line) -> str:
    way = line.at(WAY.key)
    return f"AND(ISNUMBER({way}),{way}=0,{line.at('actual')}<>{line.goal})"


def _is_doubtful(judged: Judged) -> bool:
    target = _target(judged)
    if target.part or target.target is None or target.result is None:
        return False
    if target.result == target.target:
        return False
    return way_of(judged.facts.scheme, target) is Way.DOUBTFUL


def unmet(line: Line) -> str:
    """没有完成：数没有达到，或选了没有达成的档。"""
    way, expected, actual = line.at(WAY.key), line.goal, line.at("actual")
    equal = f"{line.at('operator')}={line.refs.option('operator', 'eq')}"
    up = f"IF(AND({expected}<=0,{equal}),{actual}>0,{actual}<{expected})"
    number = f"IF({way}=-1,{actual}>{expected},IF({way}=0,FALSE,{up}))"
    tiers = ",".join(
        f"{line.at('tier')}={line.refs.option('tier', name)}" for name in ("partial", "missed")
    )
    words = f'AND({line.at("expected")}<>"",{actual}<>"",OR({tiers}))'
    if PART in kinds(line.scheme):
        words = f"AND(NOT({line.left_out(PART)}),{words})"
    return f'IF(ISNUMBER({way}),{number},IF({way}="{MISSED}",TRUE,{words}))'


def is_unmet(judged: Judged) -> bool:
    """与 unmet 同义。"""
    target, scheme = _target(judged), judged.facts.scheme
    if target.part:
        return False
    if target.target is None or target.result is None:
        filled = target.expected.raw and target.actual.raw
        tiers = tuple(scheme.word("tier", name) for name in ("partial", "missed"))
        chosen = bool(filled) and target.tier in tiers
        return chosen or way_number(judged.facts, judged.row) == MISSED
    way = way_of(scheme, target)
    if way is Way.DOWN:
        return target.result > target.target
    if way is Way.DOUBTFUL:
        return False
    if target.target <= 0 and target.operator is Operator.EQ:
        return target.result > 0
    return target.result < target.target


def _owned(line: Line) -> str:
    """没有完成，也没有选达成：选了的另有一条。"""
    return f"IF({overclaimed(line)},FALSE,{unmet(line)})"


def _is_owned(judged: Judged) -> bool:
    return is_unmet(judged) and not is_overclaimed(judged)


def _over(line: Line) -> str:
    way, expected, actual = line.at(WAY.key), line.goal, line.at("actual")
    ratio = f"ROUND({actual}/{expected},{line.refs.parameter('working_digits')})"
    over = f"IF({expected}>0,{ratio}>{line.refs.parameter(OVERSHOT.key)},FALSE)"
    return f"IF(ISNUMBER({way}),IF({way}=1,{over},FALSE),FALSE)"


def _is_over(judged: Judged) -> bool:
    target, scheme = _target(judged), judged.facts.scheme
    if target.part or target.target is None or target.result is None or target.target <= 0:
        return False
    if way_of(scheme, target) is not Way.UP:
        return False
    return scheme.precise(target.result / target.target) > OVERSHOT.of(scheme)


def _far_below(line: Line) -> str:
    way, expected, actual = line.at(WAY.key), line.goal, line.at("actual")
    ratio = f"ROUND({actual}/{expected},{line.refs.parameter('working_digits')})"
    below = f"IF({expected}>0,{ratio}<{line.refs.parameter(CEILING_FLOOR.key)},FALSE)"
    return f"IF(ISNUMBER({way}),IF({way}=-1,{below},FALSE),FALSE)"


def _is_far_below(judged: Judged) -> bool:
    target, scheme = _target(judged), judged.facts.scheme
    if target.part or target.target is None or target.result is None or target.target <= 0:
        return False
    if way_of(scheme, target) is not Way.DOWN:
        return False
    return scheme.precise(target.result / target.target) < CEILING_FLOOR.of(scheme)
