"""自查：合起来看的：指标的类别全不全，佐证材料写了没有，钱的单位、结余的去向。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.facts.left_out import PART, kinds, mark
from xltool.facts.saying import says_nothing
from xltool.facts.target import indicator_row, target_records, target_rows
from xltool.facts.wanted_categories import spares, wanted_categories, weighing
from xltool.finding import Severity
from xltool.form.live.check import Guard, LiveCheck
from xltool.form.live.indicators import NOTE_UNSAID
from xltool.form.live.spending import (
    BASE,
    SPENT,
    all_unsaid,
    is_unsaid_beside,
    unsaid_all,
    unsaid_beside,
)
from xltool.form.live.wording import has_word, names
from xltool.layout.columns import EVIDENCE, PROVED
from xltool.scheme.categories import COSTS, LEVEL2, SHEET, categories, is_category
from xltool.scheme.contract.word_lists import TOTAL_COST
from xltool.scheme.key import field_key
from xltool.scheme.thresholds import BALANCE_TOLERANCE, OUTSIZED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.view import Facts
    from xltool.form.live.check import Judged, Line
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Scheme, Sheet

MONEY = {"万元": Decimal(1), "元": Decimal("0.0001"), "亿元": Decimal(10000)}


def money_rate(unit: str) -> str:
    """公式的一段：一格写的单位合几万元；不是钱的单位是零。"""
    rate = "0"
    for name, times in MONEY.items():
        rate = f'IF({unit}="{name}",{times},{rate})'
    return rate


_CARRIED, _PROJECT = field_key("finance.carried"), field_key("cover.project")


def whole_checks(scheme: Scheme, sheet: Sheet, row: str) -> Iterator[LiveCheck]:
    """记录表、评分表的一行；整张表一件事的，说在第一行。"""
    own = {field.key for field in sheet.columns}
    if sheet.key == SHEET:
        if row == "1" and {LEVEL2, "title", "factor"} <= own:
            yield from _categories(scheme)
        if {LEVEL2, "actual", "unit", "note"} <= own:
            yield from _outsized_cost(scheme)
        if row == "1" and EVIDENCE in own and "title" in own:
            yield _unproved(scheme)
    elif sheet.key == "funds" and {"planned", "paid", "rate"} <= own:
        yield from _outsized_fund(scheme)
    first = row == (scheme.indicators[0].code if sheet == scheme.score_sheet else "1")
    asked = scheme.has(f"{scheme.score_sheet.key}.{EVIDENCE}")
    place = scheme.score_sheet if asked else scheme.sheet(SHEET) if scheme.has(SHEET) else None
    if first and sheet == place and scheme.has(f"{SHEET}.{EVIDENCE}"):
        yield _nothing_proved(asked=asked)


# ---------------------------------------------------------------- 类别


def _single(line: Line) -> str:
    """不是其中项的各行；没有其中项的表不用分。"""
    if PART not in kinds(line.scheme):
        return ""
    return f"*({line.refs.column(SHEET, 'factor')}<>{mark(line.refs, PART)})"


def _categories(scheme: Scheme) -> Iterator[LiveCheck]:
    """缺的各类；有一行没有选二级指标的，还看不出缺不缺。"""
    for name, accepted in wanted_categories(scheme).items():
        yield _category(scheme, name, accepted)


def _classed(line: Line) -> str:
    """有指标，而且每一行都选了二级指标。"""
    refs, single = line.refs, _single(line)
    titles, blank = refs.column(SHEET, "title"), f'({refs.column(SHEET, LEVEL2)}="")'
    rows = f'SUMPRODUCT(({titles}<>""){single or "*1"})>0'
    return f'AND({rows},SUMPRODUCT(({titles}<>"")*{blank}{single})=0)'


def _is_classed(judged: Judged) -> bool:
    rows = [row.record for row in target_rows(judged.facts) if row.record.entry("title").raw]
    return bool(rows) and all(row.entry(LEVEL2).raw for row in rows)


_CLASSED = Guard(_classed, _is_classed)


def _category(scheme: Scheme, name: str, accepted: tuple[str, ...]) -> LiveCheck:
    known = categories(scheme, accepted)

    def formula(line: Line) -> str:
        refs = line.refs
        listed = "+".join(
            f"({refs.column(SHEET, LEVEL2)}={refs.option(lists, key)})"
            for key, (lists, _) in known.items()
        )
        text = f"SUMPRODUCT(({listed}){_single(line) or '*1'})=0" if known else "TRUE"
        free = [_spared(line, key) for key in accepted]
        return text if not free or "FALSE" in free else f"AND({text},NOT(AND({','.join(free)})))"

    def holds(judged: Judged) -> bool:
        facts = judged.facts
        words = {word for _, word in known.values()}
        if any(row.record.entry(LEVEL2).raw in words for row in target_rows(facts)):
            return False
        return not accepted or not all(spares(facts, key) for key in accepted)

    return LiveCheck(("C02",), Severity.WARNING, f"没有一个{name}", formula, holds, _CLASSED)


def _spared(line: Line, category: str) -> str:
    """与 spares 同义。"""
    rows = tuple(weighing(line.scheme, category))
    if any(line.scheme.weighed(one.code) and one.points == 0 for one in rows):
        return "TRUE"
    free = [line.refs.points(one.code) for one in rows if not line.scheme.weighed(one.code)]
    return f"OR({','.join(f'{one}=0' for one in free)})" if free else "FALSE"


# ---------------------------------------------------------------- 佐证材料


def _proofs(line: Line) -> str:
    """写了佐证材料的有几处。"""
    form = line.scheme.score_sheet.key
    count = f"SUMPRODUCT(({line.refs.column(SHEET, PROVED.key)}=1){_single(line) or '*1'})"
    if line.scheme.has(f"{form}.{EVIDENCE}"):
        count += f"+SUM({line.refs.column(form, PROVED.key)})"
    return count


def _is_proved(facts: Facts) -> bool:
    rows = target_records(facts)
    if facts.scheme.has(f"{facts.scheme.score_sheet.key}.{EVIDENCE}"):
        rows += facts.form_rows
    return any(not says_nothing(facts.scheme, row.entry(EVIDENCE).raw) for row in rows)


def _unproved(scheme: Scheme) -> LiveCheck:
    """写了一些的：说在第一行，只说一次，不比一处也没有写的多问。"""

    def formula(line: Line) -> str:
        titles, proved = (line.refs.column(SHEET, one) for one in ("title", PROVED.key))
        without = f'SUMPRODUCT(({titles}<>"")*({proved}=0){_single(line)})'
        return f"IF({without}>0,{_proofs(line)}>0,FALSE)"

    def holds(judged: Judged) -> bool:
        rows = (row for row in target_rows(judged.facts) if row.record.entry("title").raw)
        without = any(says_nothing(scheme, row.record.entry(EVIDENCE).raw) for row in rows)
        return without and _is_proved(judged.facts)

    says = "有的指标没有写佐证材料，请补上材料的名称"
    return LiveCheck(("C04",), Severity.WARNING, says, formula, holds)


def _nothing_proved(*, asked: bool) -> LiveCheck:
    def formula(line: Line) -> str:
        rows = f"COUNTA({line.refs.column(SHEET, 'title')})>0,"
        return f"AND({'' if asked else rows}{_proofs(line)}=0)"

    def holds(judged: Judged) -> bool:
        rows = judged.facts.records(SHEET)
        some = asked or any(row.entry("title").raw for row in rows)
        return some and not _is_proved(judged.facts)

    says = "整本一处也没有写佐证材料"
    return LiveCheck(("C04",), Severity.WARNING, says, formula, holds)


# ---------------------------------------------------------------- 钱


def _outsized_fund(scheme: Scheme) -> Iterator[LiveCheck]:
    if not (scheme.has("finance.total") and scheme.has("finance.adjusted")):
        return
    for column in ("planned", "paid"):
        yield _outsized_of(scheme, column)


def _outsized_of(scheme: Scheme, column: str) -> LiveCheck:
    def formula(line: Line) -> str:
        cell = line.at(column)
        return f"IF(ISNUMBER({cell}),AND({_far(line, cell)},{unsaid_beside(scheme, line)}),FALSE)"

    def holds(judged: Judged) -> bool:
        amount = judged.facts.number(judged.key(column))
        return amount is not None and _is_far(judged, amount) and is_unsaid_beside(scheme, judged)

    says = f"“{scheme.sheet('funds').column(column).label}”{_TOO_BIG}"
    return LiveCheck(("A08",), Severity.WARNING, says, formula, holds)


_TOO_BIG = "比全部支出还大得多，请核对是不是把元填成了万元，或写明原因"


def _outsized_cost(scheme: Scheme) -> Iterator[LiveCheck]:
    known = scheme.has("finance.total") and scheme.has("finance.adjusted")
    if not known or not categories(scheme, COSTS):
        return

    def formula(line: Line) -> str:
        cell, unit = line.at("actual"), line.at("unit")
        ready = f"AND(ISNUMBER({cell}),{line.of_category(*COSTS)}{_of_one_thing(line)})"
        return f"IF({ready},{_far(line, f'{cell}*{money_rate(unit)}')},FALSE)"

    def holds(judged: Judged) -> bool:
        row = indicator_row(judged.facts, judged.row)
        number = row.record.measure("actual").number
        raw = judged.raw(LEVEL2)
        if row.part or number is None or not is_category(scheme, raw, *COSTS):
            return False
        if _names_project(judged.facts, row.title):
            return False
        times = MONEY.get(judged.raw("unit"), Decimal(0))
        return _is_far(judged, number * times)

    says = f"“{scheme.sheet(SHEET).column('actual').label}”{_TOO_BIG}"
    yield LiveCheck(("A08",), Severity.WARNING, says, formula, holds, NOTE_UNSAID)


def _of_one_thing(line: Line) -> str:
    """说项目总成本的，财政部门与支出比；名称像项目名称的也不看。"""
    if not line.scheme.has("cover.project"):
        return ""
    title, project = line.at("title"), line.refs.cell(_PROJECT)
    whole = has_word(title, line.scheme.words(TOTAL_COST))
    return f",NOT({whole}),LEFT({title},2)<>LEFT({project},2)"


def _names_project(facts: Facts, title: str) -> bool:
    """与 _of_one_thing 相反。"""
    if not facts.scheme.has("cover.project"):
        return False
    project = facts.entry(_PROJECT).raw
    whole = names(title, facts.scheme.words(TOTAL_COST))
    return whole or title[:2].upper() == project[:2].upper()


def _far(line: Line, amount: str) -> str:
    """一笔钱是全部预算和支出的许多倍。"""
    whole = f"MAX({line.refs.cell(SPENT)},{line.refs.cell(BASE)})"
    digits, times = line.refs.parameter("working_digits"), line.refs.parameter(OUTSIZED.key)
    return f"AND({whole}>0,ROUND({amount}-{times}*{whole},{digits})>=0)"


def _is_far(judged: Judged, amount: Decimal) -> bool:
    scheme = judged.facts.scheme
    known = (judged.facts.number(SPENT), judged.facts.number(BASE))
    whole = max((one for one in known if one is not None), default=Decimal(0))
    return whole > 0 and scheme.precise(amount - OUTSIZED.of(scheme) * whole) >= 0


def balance_checks(scheme: Scheme, key: CellKey) -> Iterator[LiveCheck]:
    """没有支出的钱没有去向，或支出和结余比预算还多。"""
    keys = (BASE, SPENT, _CARRIED)
    if key != _CARRIED or not (scheme.has("finance.total") and scheme.has("finance.adjusted")):
        return

    def formula(line: Line) -> str:
        base, total, carried = map(line.refs.cell, keys)
        share = (
            f"ROUND(ABS({base}-{total}-{carried})/{base},{line.refs.parameter('working_digits')})"
        )
        limit = line.refs.parameter(BALANCE_TOLERANCE.key)
        far = f"IF({base}>0,AND({share}>{limit},{unsaid_all(scheme, line)}),FALSE)"
        return f"IF(COUNT({base},{total},{carried})=3,{far},FALSE)"

    def holds(judged: Judged) -> bool:
        base, total, carried = map(judged.facts.number, keys)
        if base is None or total is None or carried is None or base <= 0:
            return False
        far = scheme.precise(abs(base - total - carried) / base) > BALANCE_TOLERANCE.of(scheme)
        return far and all_unsaid(scheme, judged)

    says = "支出加结转结余与预算不平，请核对，或写明去向"
    yield LiveCheck(("A10",), Severity.WARNING, says, formula, holds)
