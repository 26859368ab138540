"""自查：照标准应付的钱（数量×标准）比支付的多：两栏（隐藏），一栏写一行标准的单位和对象，一栏算应付多少。

只看名称里写“每家”、单位是“万元/家”一类的；对象的字数量指标的名称里都有，单位相同，只有一个才算。
逐项专项资金的表，钱要先对上是哪一项，表里不看。
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from xltool.address import literal
from xltool.facts.factor import factor
from xltool.facts.left_out import PART, kinds
from xltool.facts.saying import is_listed, listed
from xltool.facts.target import indicator_row
from xltool.finding import Severity
from xltool.form.live.check import LiveCheck
from xltool.form.live.saying import unsaid
from xltool.form.live.spending import SPENT, all_unsaid, unsaid_all
from xltool.form.live.units import units_of
from xltool.form.live.whole import MONEY, money_rate
from xltool.form.live.wording import folded, has_word, names, one_of
from xltool.layout.columns import DUE, NAMED, OBJECT, UNSAID
from xltool.scheme.categories import COSTS, LEVEL2, QUANTITY, SHEET, categories, is_category
from xltool.scheme.contract.word_lists import GRANT, STANDARD
from xltool.scheme.thresholds import STANDARD_GAP
from xltool.values import find_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.view import Facts
    from xltool.form.live.check import Judged, Line
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Scheme

_EACH, _OTHERS = "每", ("单", "均")  # 程序还认“单座”“亩均”，写着的不看
_QUOTES = ("“", "”", '"')
_WILD = ("*", "?", "~")
_BAR = "|"
_SHORTEST, _LONGEST = 2, 10  # 对象几个字
_LONGER = ("千瓦",)  # 后面还可以接“时”的


def asks_standards(scheme: Scheme) -> bool:
    """这种表看不看：付的钱只有一个数。"""
    own = (LEVEL2, "title", "actual", "unit", "note", "expected")
    known = all(scheme.has(f"{SHEET}.{one}") for one in own)
    paid = scheme.has("finance.total") and scheme.has("finance.adjusted")
    both = categories(scheme, (QUANTITY,)) and categories(scheme, COSTS)
    return known and paid and bool(both) and not scheme.has("funds.rate")


@lru_cache(maxsize=16)
def _counted(scheme: Scheme) -> tuple[str, ...]:
    """可以数的单位，一两个字的。"""
    return tuple(
        word
        for word, base in units_of(scheme).bases.items()
        if word == base and len(word) <= len("人次") and word not in _LONGER
        if (unit := find_unit(word)) is not None and unit.factor == 1 and not unit.money
    )


# ---------------------------------------------------------------- 单位和对象


def object_text(line: Line) -> str:
    """一行标准的单位、一道竖线、对象的字；不是标准的为空。"""
    scheme, title = line.scheme, line.at(NAMED.key)
    per, phrase = _per_text(line), _in_title(line)
    words = f'IF({phrase}="",{title},SUBSTITUTE({title},"{_EACH}"&{phrase},"",1))'
    inside = f'MID({title},FIND("(",{title})+1,LEN({title})-FIND("(",{title})-1)'
    one = f'LEN({title})-LEN(SUBSTITUTE({title},"(",""))=1'
    named = f'IF({one},IF({listed(inside, _counted(scheme))},"",{inside}),"")'  # 是单位的不是对象
    words = f'IF(RIGHT({title},1)=")",{named},{words})'
    for word in _dropped(scheme):
        words = f'SUBSTITUTE({words},{literal(word)},"")'
    grant = "" if scheme.of_project else f",{has_word(title, scheme.words(GRANT))}"
    ready = f"AND(ISNUMBER({line.at('actual')}),{line.of_category(*COSTS)}{grant})"
    plain = f"NOT(OR({has_word(title, _OTHERS)}))"
    return f'IFERROR(IF({ready},IF({plain},{per}&"{_BAR}"&{words},""),""),"")'


@lru_cache(maxsize=16)
def _dropped(scheme: Scheme) -> tuple[str, ...]:
    """对象以外的字。"""
    return (*_QUOTES, *sorted(scheme.words(STANDARD), key=len, reverse=True))


def _in_title(line: Line) -> str:
    """名称里“每家”的家；没有的为空。"""
    title = line.at(NAMED.key)
    after = [f'MID({title},FIND("{_EACH}",{title})+1,{length})' for length in (2, 1)]
    two, one = (f"{listed(text, _counted(line.scheme))}" for text in after)
    return f'IFERROR(IF({two},{after[0]},IF({one},{after[1]},"")),"")'


def _per_text(line: Line) -> str:
    """单位是“万元/家”的家，或单位是万元的，名称里“每家”的家。"""
    unit = line.at("unit")
    after = f'MID({unit},FIND("/",{unit})+1,9)'
    money = one_of(f'LEFT({unit},FIND("/",{unit})-1)', MONEY)
    slashed = f'IF(AND({money},{listed(after, _counted(line.scheme))}),{after},"")'
    return f'IF({one_of(unit, MONEY)},{_in_title(line)},IFERROR({slashed},""))'


def object_of(judged: Judged) -> str:
    """与 object_text 同义。"""
    scheme, title = judged.facts.scheme, folded(judged.raw("title"))
    record = judged.facts.record(judged.sheet, judged.row)
    if record.measure("actual").number is None or names(title, _OTHERS):
        return ""
    if not is_category(scheme, judged.raw(LEVEL2), *COSTS):
        return ""
    if not scheme.of_project and not names(title, scheme.words(GRANT)):
        return ""
    phrase = _each_of(scheme, title)
    words = title.replace(f"{_EACH}{phrase}", "", 1) if phrase else title
    if title.endswith(")"):
        words = title.partition("(")[2][:-1] if title.count("(") == 1 else ""
        words = "" if is_listed(words, _counted(scheme)) else words  # 是单位的不是对象
    for word in _dropped(scheme):
        words = words.replace(word, "")
    return f"{_per_of(scheme, judged.raw('unit'), phrase)}{_BAR}{words}"


def _each_of(scheme: Scheme, title: str) -> str:
    after = title.partition(_EACH)[2]
    found = (after[:length] for length in (2, 1))
    return next((one for one in found if one and is_listed(one, _counted(scheme))), "")


def _per_of(scheme: Scheme, unit: str, phrase: str) -> str:
    if unit in MONEY:
        return phrase
    money, _, per = unit.partition("/")
    return per if money in MONEY and is_listed(per[:9], _counted(scheme)) else ""


# ---------------------------------------------------------------- 应付多少


def due_text(line: Line) -> str:
    """应付的万元数；两行都没有写说明的才算，别的是零。"""
    scheme, key, refs = line.scheme, line.at(OBJECT.key), line.refs
    bar = f'FIND("{_BAR}",{key})'
    criteria, alike = _criteria(line, key, bar), _alike(line, key, bar)
    size = f"LEN({key})-{bar}"
    fit = f"AND({bar}>1,{size}>={_SHORTEST},{size}<={_LONGEST},NOT({has_word(key, _WILD)}))"
    unexplained = f"COUNTIFS({criteria},{refs.column(SHEET, UNSAID.key)},1)"
    unit = line.at("unit")
    money = f'LEFT({unit},FIND("/",{unit}&"/")-1)'
    due = (
        f"{line.at('actual')}*{money_rate(money)}*SUMIFS({refs.column(SHEET, 'actual')},{criteria})"
    )
    alone = f"AND(COUNTIFS({alike})=1,{unexplained}=1,{line.at(UNSAID.key)}=1)"
    own = f"IF({line.left_out(PART)},0,{due})" if PART in kinds(scheme) else due
    return f'IF({key}="",0,IFERROR(IF({fit},IF({alone},{own},0),0),0))'


def _criteria(line: Line, key: str, bar: str) -> str:
    """对得上的数量指标：类别、单位、填了数，对象的字都有。"""
    refs = line.refs
    pairs = [
        _alike(line, key, bar),
        f"{refs.column(SHEET, 'unit')},LEFT({key},{bar}-1)",
        f'{refs.column(SHEET, "actual")},">=0"',
    ]
    if PART in kinds(line.scheme):
        pairs.append(f'{refs.column(SHEET, "factor")},">=0"')  # 其中项没有得分率
    return ",".join(pairs)


def _alike(line: Line, key: str, bar: str) -> str:
    """对象的字都有的数量指标；单位写作别的字的（人、名）、实现值写成文字的，程序也认，所以只能有一个。"""
    refs, lists = line.refs, categories(line.scheme, (QUANTITY,))[QUANTITY][0]
    title = refs.column(SHEET, NAMED.key)
    letters = (f'{title},"*"&{_letter(key, bar, n)}&"*"' for n in range(_LONGEST))
    return ",".join((f"{refs.column(SHEET, LEVEL2)},{refs.option(lists, QUANTITY)}", *letters))


def _letter(key: str, bar: str, number: int) -> str:
    """对象的第几个字；没有这么多字的，又从头一个数起。"""
    place = f"MOD({number},LEN({key})-{bar})" if number >= _SHORTEST else f"{number}"
    return f"MID({key},{bar}+1+{place},1)"


def due_number(judged: Judged) -> Decimal:
    """与 due_text 同义。"""
    facts, (per, _, words) = judged.facts, object_of(judged).partition(_BAR)
    own = indicator_row(facts, judged.row)
    fit = per and _SHORTEST <= len(words) <= _LONGEST and not names(per + words, _WILD)
    if not fit or own.part or not unsaid(facts, judged.key("note")):
        return Decimal(0)
    rows = [one.row for one in facts.records(SHEET) if _is_alike(facts, one.row, words)]
    if len(rows) != 1 or not _matches(facts, rows[0], per):
        return Decimal(0)
    if not unsaid(facts, judged.key("note")._replace(row=rows[0])):
        return Decimal(0)
    standard, count = own.record.measure("actual").number, _number(facts, rows[0])
    money = judged.raw("unit").partition("/")[0]
    return (standard or Decimal(0)) * MONEY[money] * (count or Decimal(0))


def _number(facts: Facts, row: str) -> Decimal | None:
    return facts.record(SHEET, row).measure("actual").number


def _is_alike(facts: Facts, row: str, words: str) -> bool:
    """与 _alike 同义。"""
    record = facts.record(SHEET, row)
    quantity = is_category(facts.scheme, record.entry(LEVEL2).raw, QUANTITY)
    return quantity and {*words} <= {*folded(record.entry("title").raw)}


def _matches(facts: Facts, row: str, per: str) -> bool:
    """与 _criteria 添的几项同义。"""
    target, number = indicator_row(facts, row), _number(facts, row)
    if number is None or number < 0:
        return False
    if PART in kinds(facts.scheme) and factor(facts.scheme, target) is None:
        return False
    return target.record.entry("unit").raw == per


# ---------------------------------------------------------------- 支出一格


def standard_checks(scheme: Scheme, key: CellKey) -> Iterator[LiveCheck]:
    """全部支出一项。"""
    if key == SPENT and asks_standards(scheme):
        says = "数量乘以标准比支付的钱多，请核对；没有付完的请写明"
        yield LiveCheck(("E07",), Severity.WARNING, says, _short, _is_short)


def _short(line: Line) -> str:
    refs, total = line.refs, line.refs.cell(SPENT)
    due = f"MAX({refs.column(SHEET, DUE.key)})"
    share = f"ROUND(({due}-{total})/{due},{refs.parameter('working_digits')})"
    far = f"AND({share}>{refs.parameter(STANDARD_GAP.key)},{unsaid_all(line.scheme, line)})"
    return f"IF(ISNUMBER({total}),IF({due}>0,{far},FALSE),FALSE)"


def _is_short(judged: Judged) -> bool:
    facts, total = judged.facts, judged.facts.number(SPENT)
    rows = (judged._replace(sheet=SHEET, row=one.row) for one in facts.records(SHEET))
    due = max(map(due_number, rows), default=Decimal(0))
    if total is None or due <= 0:
        return False
    share = facts.scheme.precise((due - total) / due)
    return share > STANDARD_GAP.of(facts.scheme) and all_unsaid(facts.scheme, judged)
