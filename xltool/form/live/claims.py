"""自查：绩效指标一行的话和数对不对得上：方向、没有完成的原因、达成的事实、年份、付款。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.direction import Way, way_of
from xltool.facts.left_out import PART, kinds
from xltool.facts.target import indicator_row
from xltool.finding import Severity
from xltool.form.live.check import Guard, LiveCheck
from xltool.form.live.indicators import NOTE_UNSAID, is_unmet, unmet
from xltool.form.live.payments import payment_checks
from xltool.form.live.saying import unsaid
from xltool.form.live.wording import (
    DIGITS,
    folded,
    folded_formula,
    given_formula,
    has_word,
    is_given,
    names,
    one_of,
)
from xltool.layout.columns import UNSAID, WAY
from xltool.scheme.categories import COSTS, SATISFACTION, is_category
from xltool.scheme.contract import word_lists
from xltool.scheme.contract.judging_words import DISSATISFIED, SAVED
from xltool.scheme.key import field_key
from xltool.scheme.labels import ACTUAL, EXPECTED, label_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.records import Target
    from xltool.form.live.check import Judged, Line
    from xltool.scheme.model import Scheme, Sheet

_YEAR = field_key("cover.year")
_BASES = tuple("较比于对0123456789")  # “较2021年增长”说的是基数
_OPERATORS = ("operator", "operator")


def claim_checks(scheme: Scheme, sheet: Sheet) -> Iterator[LiveCheck]:
    """绩效指标的一行；其中项不看。"""
    own = {field.key for field in sheet.fields}
    if {"title", "expected", "actual", "factor", "note"} <= own:
        every = (*_of_words(scheme, own), *payment_checks(scheme, own))
        yield from (single(scheme, one) for one in every)


def _of_words(scheme: Scheme, own: set[str]) -> Iterator[LiveCheck]:
    """话与数、与选的档。"""
    if {"operator", "level2"} <= own:
        says = "运算符的方向与指标的意思相反"
        yield LiveCheck(("K09",), Severity.WARNING, says, _reversed, _is_reversed)
    if "unit" in own:
        says = "完成了，却写着没有完成的原因"
        yield LiveCheck(("K11",), Severity.WARNING, says, _excused, _is_excused, _NOTE_SAID)
    if "tier" in own:
        says = f"选了达成，{label_of(scheme, ACTUAL)}却没有写事实和数"
        yield LiveCheck(("K12",), Severity.WARNING, says, _vague, _is_vague, NOTE_UNSAID)
    if scheme.has("cover.year"):
        says = f"{label_of(scheme, EXPECTED)}的年份不是评价年度"
        yield LiveCheck(("X03",), Severity.WARNING, says, _other_year, _is_other_year, NOTE_UNSAID)


_NOTE_SAID = Guard(
    lambda line: f"{line.at(UNSAID.key)}=0",
    lambda judged: not unsaid(judged.facts, judged.key("note")),
)


def single(scheme: Scheme, check: LiveCheck) -> LiveCheck:
    """其中项不看。"""
    if PART not in kinds(scheme):
        return check
    return check._replace(
        formula=lambda line: f"IF({line.left_out(PART)},FALSE,{check.formula(line)})",
        holds=lambda judged: not _target(judged).part and check.holds(judged),
    )


def _target(judged: Judged) -> Target:
    return indicator_row(judged.facts, judged.row)


def _word(line: Line, column: str, words: str) -> str:
    return has_word(line.at(column), line.scheme.words(words))


# ---------------------------------------------------------------- 方向


def _reversed(line: Line) -> str:
    """只看运算符一栏；预期值要是数。"""
    operator = line.at("operator")
    unwanted = _word(line, "title", word_lists.UNWANTED)
    handled = _word(line, "title", word_lists.HANDLED)
    up, down = (
        f"OR({','.join(f'{operator}={one}' for one in map(line.refs.option, _OPERATORS, keys))})"
        for keys in (("ge", "gt"), ("le", "lt"))
    )
    costly = f"AND({up},{line.of_category(*COSTS)},NOT({_word(line, 'title', SAVED)}))"
    low = f"AND({down},{line.of_category(SATISFACTION)},NOT({_word(line, 'title', DISSATISFIED)}))"
    # 每个字眼表只问一遍，公式才写得下
    wrong = f"OR({costly},IF({unwanted},AND({up},NOT({handled})),{low}))"
    given = f'AND(ISNUMBER({line.at("expected")}),{line.at("level2")}<>"",{operator}<>"")'
    return f"IF({given},{wrong},FALSE)"


def _is_reversed(judged: Judged) -> bool:
    scheme, target = judged.facts.scheme, _target(judged)
    operator, level2 = judged.raw("operator"), judged.raw("level2")
    if target.record.measure("expected").number is None or not level2:
        return False
    unwanted = names(target.title, scheme.words(word_lists.UNWANTED))
    if operator in (scheme.word("operator", one) for one in ("ge", "gt")):
        if unwanted and not names(target.title, scheme.words(word_lists.HANDLED)):
            return True
        saved = names(target.title, scheme.words(SAVED))
        return is_category(scheme, level2, *COSTS) and not saved
    if operator in (scheme.word("operator", one) for one in ("le", "lt")):
        kind = not names(target.title, scheme.words(DISSATISFIED))
        return is_category(scheme, level2, SATISFACTION) and not unwanted and kind
    return False


# ---------------------------------------------------------------- 完成了没有


def _excused(line: Line) -> str:
    """能比的数完成了，偏差原因写着没有完成。"""
    way, actual = line.at(WAY.key), line.at("actual")
    met = f"IF({way}=0,{actual}={line.goal},NOT({unmet(line)}))"
    return f"IF(ISNUMBER({way}),IF({_word(line, 'note', word_lists.SHORTFALL)},{met},FALSE),FALSE)"


def _is_excused(judged: Judged) -> bool:
    scheme, target = judged.facts.scheme, _target(judged)
    if target.target is None or target.result is None:
        return False
    if not names(judged.raw("note"), scheme.words(word_lists.SHORTFALL)):
        return False
    return not is_unmet(judged) and not _undecided(judged)


def _undecided(judged: Judged) -> bool:
    target = _target(judged)
    return target.result != target.target and way_of(judged.facts.scheme, target) is Way.DOUBTFUL


def _vague(line: Line) -> str:
    """选了达成，实现值只有空泛的话，一个数也没有；照抄预期值的归 K05。"""
    actual, expected = line.at("actual"), line.at("expected")
    words = [word for word in line.scheme.words(word_lists.VAGUE) if len(word) > 1]
    copied = f"{folded_formula(actual)}={folded_formula(expected)}"
    tests = (has_word(actual, words), f"NOT({has_word(actual, DIGITS)})", f"NOT({copied})")
    chosen = f"{line.at('tier')}={line.refs.option('tier', 'achieved')}"
    return f"IF(AND({chosen},{given_formula(expected)}),AND({','.join(tests)}),FALSE)"


def _is_vague(judged: Judged) -> bool:
    scheme, actual = judged.facts.scheme, judged.raw("actual")
    if judged.raw("tier") != scheme.word("tier", "achieved") or not is_given(judged, "expected"):
        return False
    words = [word for word in scheme.words(word_lists.VAGUE) if len(word) > 1]
    copied = folded(actual) == folded(judged.raw("expected"))
    return names(actual, words) and not names(actual, DIGITS) and not copied


# ---------------------------------------------------------------- 年份


def _other_year(line: Line) -> str:
    """预期值写的第一个“某年”不是评价年度，话里也没有评价年度。"""
    expected, year = line.at("expected"), line.refs.cell(_YEAR)
    place = f'FIND("年",{expected})'
    said = one_of(f"MID({expected},{place}-4,4)", _years(line.scheme))
    base = one_of(f'MID("#"&{expected},{place}-4,1)', _BASES)
    other = f"AND({said},NOT({base}),ISERROR(FIND({year},{expected})))"
    ready = f"AND(ISTEXT({expected}),ISNUMBER({year}),{given_formula(line.at('title'))})"
    return f"IF({ready},IFERROR({other},FALSE),FALSE)"


def _is_other_year(judged: Judged) -> bool:
    expected, year = judged.raw("expected"), judged.facts.number(_YEAR)
    measure = _target(judged).record.measure("expected")
    if measure.number is not None or year is None or not is_given(judged, "title"):
        return False
    place = expected.find("年")
    if place < len("2024") or expected[place - 4 : place] not in _years(judged.facts.scheme):
        return False
    base = expected[place - 5 : place - 4] if place > len("2024") else "#"
    return base not in _BASES and f"{year.normalize():f}" not in expected


def _years(scheme: Scheme) -> tuple[str, ...]:
    """沿用旧表的多是前十几年的。"""
    return tuple(str(year) for year in range(scheme.year - 15, scheme.year + 6))
